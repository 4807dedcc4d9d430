"""What a backup differs in is said in words and by record; restoring it is one call and its swap."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.backup_differences import Difference, Differences, say_differences
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.backups import FoundBackup, find_backups, keep_backup
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.operations.restores import (
    compare_backup,
    drop_restore,
    finish_restore,
    get_backup,
    prepare_restore,
)
from coi_desktop.store.register import Register
from tests.store.making import EDIT, StandingClock, add, drop, put_evaluation


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_register(tmp_path / "register.coi", clock=StandingClock()) as made:
        yield made


@pytest.fixture
def found(register: Register) -> FoundBackup:
    """A backup of two initiatives with three measurements."""
    first = add(register, "Robot")
    add(register, "Drone")
    register.transact(EDIT, lambda writer: put_evaluation(writer, first))
    run_to_end(keep_backup(register.path, Reason.REGULAR, clock=register.clock))
    (one,) = find_backups(register.path)
    return one


def differences(register: Register, found: FoundBackup) -> Differences:
    """As the dialog asks for them."""
    return run_to_end(compare_backup(register.path, found))


def test_nothing_differs_at_first(register: Register, found: FoundBackup) -> None:
    assert differences(register, found).is_nothing
    assert say_differences(differences(register, found)) == "Kopien rummer det samme som registret nu."


def test_what_is_fewer_more_and_older_is_counted_and_named(register: Register, found: FoundBackup) -> None:
    for title in ("Elbiler", "Madspild", "Skærmbesøg"):
        add(register, title)
    measurements = register.snapshot().rows("measurement")
    register.transact(
        EDIT,
        lambda writer: [
            writer.change("measurement", one.id, {"date": date(2027, 1, 1)}) for one in measurements[:2]
        ],
    )
    told = differences(register, found)
    assert told.types["initiative"].fewer == 3
    assert told.types["measurement"] == Difference(other=2)
    said = say_differences(told)
    assert said.startswith("Kopien har 3 tiltag færre, og ")
    assert "2 målinger" in said
    assert said.endswith("er ældre udgaver.")
    assert {one.title for one in told.records if one.how == "fewer"} == {"Elbiler", "Madspild", "Skærmbesøg"}
    changed = [one for one in told.records if one.type_name == "measurement"]
    assert [one.fields for one in changed] == [("date",), ("date",)]


@pytest.mark.parametrize("left", [0, 5_000, None])
def test_a_copy_that_cannot_be_compared_is_named_and_not_the_register(
    register: Register, found: FoundBackup, left: int | None
) -> None:
    content = found.path.read_bytes()
    found.path.unlink()
    if left is not None:
        found.path.write_bytes(content[:left])
    with pytest.raises(Problem) as caught:
        differences(register, found)
    assert caught.value.code in ("damaged", "missing", "cannot_open")
    assert found.path.name in caught.value.what


def test_what_was_dropped_since_is_more_in_the_copy(register: Register, found: FoundBackup) -> None:
    drop(register, next(one.id for one in register.snapshot().rows("initiative") if one["title"] == "Drone"))
    assert say_differences(differences(register, found)) == "Kopien har 1 tiltag mere."


@pytest.mark.parametrize(
    ("types", "newer", "said"),
    [
        (
            {"initiative": Difference(fewer=3), "measurement": Difference(other=12)},
            False,
            "Kopien har 3 tiltag færre, og 12 målinger er ældre udgaver.",
        ),
        (
            {"initiative": Difference(0, 1, 1)},
            True,
            "Kopien har 1 tiltag mere, og 1 tiltag er en nyere udgave.",
        ),
        (
            {"tag": Difference(2), "evaluation": Difference(1)},
            False,
            "Kopien har 1 evaluering og 2 andre poster færre.",
        ),
    ],
)
def test_the_sentence(types: dict[str, Difference], newer: bool, said: str) -> None:
    assert say_differences(Differences(types, newer)) == said


def test_a_backup_is_restored_and_what_it_replaced_can_be_had_back(
    register: Register, found: FoundBackup
) -> None:
    add(register, "Ny siden")
    prepared = run_to_end(prepare_restore(register.path, found, clock=register.clock))
    register.close()
    finish_restore(prepared)
    with open_register(register.path) as restored:
        assert restored.count("initiative") == 2
        newest = get_backup(register.path, "2")
        assert newest.manifest.reason is Reason.RESTORE
        prepared = run_to_end(prepare_restore(register.path, newest))
        assert say_differences(differences(restored, newest)).startswith("Kopien har 1 tiltag mere")
    finish_restore(prepared)
    with open_register(register.path) as again:
        assert again.count("initiative") == 3


def test_keeping_what_is_replaced_never_thins_away_the_backup_that_is_restored(
    register: Register, found: FoundBackup
) -> None:
    for number in range(14):
        add(register, f"Nr. {number}")
        run_to_end(keep_backup(register.path, Reason.REGULAR, clock=register.clock))
    tenth = find_backups(register.path)[9]
    add(register, "Siden")
    drop_restore(run_to_end(prepare_restore(register.path, tenth, clock=register.clock)))
    assert tenth.path.exists()
    add(register, "Og siden")
    run_to_end(keep_backup(register.path, Reason.REGULAR, clock=register.clock))
    assert not tenth.path.exists()


def test_a_backup_is_found_by_number_and_by_file(
    register: Register, found: FoundBackup, tmp_path: Path
) -> None:
    assert get_backup(register.path, "1").path == found.path
    assert get_backup(register.path, str(found.path)).path == found.path
    stick = tmp_path / "usb"
    shutil.copytree(found.backups.folder, stick)
    assert get_backup(register.path, str(stick / found.path.name)).path == stick / found.path.name
    with pytest.raises(Problem) as caught:
        get_backup(register.path, "17")
    assert caught.value.code == "missing"
