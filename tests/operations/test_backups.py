"""Backups as a user meets them: when something changed, in two places, listed, and told of truly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.backups import (
    BackupDone,
    find_backups,
    find_damaged_backups,
    keep_backup,
    last_copy_elsewhere,
    needs_word_elsewhere,
    newest_backup,
)
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.store.register import Register
from tests.store.making import START, StandingClock
from tests.store.test_backups import flip


@pytest.fixture
def register(tmp_path: Path, clock: StandingClock) -> Iterator[Register]:
    with create_register(tmp_path / "register.coi", clock=clock) as made:
        yield made


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder outside this computer."""
    folder = tmp_path / "netværksdrev"
    folder.mkdir()
    return folder


def keep(register: Register, place: Path | None = None) -> BackupDone | None:
    """A backup of the open register."""
    return run_to_end(keep_backup(register.path, Reason.REGULAR, elsewhere=place, clock=register.clock))


def test_only_what_has_changed_is_backed_up(register: Register) -> None:
    assert keep(register) is None
    add_initiative(register, {"title": "Robot"})
    done = keep(register)
    assert done is not None
    assert done.is_new
    again = keep(register)
    assert again is not None
    assert not again.is_new
    assert again.manifest == done.manifest == newest_backup(register.id)


def test_a_finished_backup_is_copied_to_the_second_place(register: Register, place: Path) -> None:
    add_initiative(register, {"title": "Robot"})
    done = keep(register, place)
    assert done is not None
    assert done.elsewhere is None
    (folder,) = place.iterdir()
    assert folder.name == f"register {register.id[-8:]}"
    (copy,) = folder.glob("*.coi")
    with pytest.raises(Problem) as caught:
        open_register(copy)
    assert caught.value.code == "backup_copy"
    with open_register(copy, write=False) as read:
        assert read.count("initiative") == 1
    assert not list(folder.glob(".*"))
    assert last_copy_elsewhere(register.id) is not None


def test_a_place_that_cannot_be_reached_is_never_made_and_tried_again(
    register: Register, place: Path, clock: StandingClock
) -> None:
    place.rmdir()
    add_initiative(register, {"title": "Robot"})
    done = keep(register, place)
    assert done is not None
    assert done.is_new
    assert done.elsewhere is not None
    assert done.elsewhere.code == "unreachable"
    assert not place.exists()
    assert needs_word_elsewhere(register.id, place, clock())
    place.mkdir()
    again = keep(register, place)
    assert again is not None
    assert again.elsewhere is None
    assert len(list(place.rglob("*.coi"))) == 1


def test_a_copy_over_seven_days_old_is_told_of(register: Register, place: Path, clock: StandingClock) -> None:
    assert not needs_word_elsewhere(register.id, None, clock())
    add_initiative(register, {"title": "Robot"})
    keep(register, place)
    clock.moment = START + timedelta(days=7)
    assert not needs_word_elsewhere(register.id, place, clock())
    clock.moment += timedelta(seconds=1)
    assert needs_word_elsewhere(register.id, place, clock())
    keep(register, place)  # nothing changed: seen there again
    assert not needs_word_elsewhere(register.id, place, clock())


def test_backups_of_both_places_are_listed_once(register: Register, place: Path, tmp_path: Path) -> None:
    for title in ("Robot", "Drone"):
        add_initiative(register, {"title": title})
        keep(register, place)
    found = find_backups(register.path, place)
    assert [(one.manifest.sequence, one.is_elsewhere) for one in found] == [(2, False), (1, False)]
    assert find_damaged_backups(found) == []
    found[1].path.unlink()
    assert [(one.manifest.sequence, one.is_elsewhere) for one in find_backups(register.path, place)] == [
        (2, False),
        (1, True),
    ]
    flip(found[0].path, found[0].path.read_bytes().rindex(b"Drone"))
    assert [one.manifest.sequence for one in find_damaged_backups(find_backups(register.path, place))] == [2]


def test_another_program_s_backups_in_the_second_place_are_left_alone(
    register: Register, place: Path, clock: StandingClock
) -> None:
    (place / "andres.txt").write_text("mit")
    add_initiative(register, {"title": "Robot"})
    keep(register, place)
    assert (place / "andres.txt").read_text() == "mit"


def test_a_new_register_in_an_old_one_s_place_does_not_pass_for_it(register: Register, place: Path) -> None:
    add_initiative(register, {"title": "Robot"})
    keep(register)
    register.close()
    register.path.unlink()
    with create_register(register.path) as new:
        assert keep(new, place) is None, "nothing was put into this one"
        assert list(place.iterdir()) == []
        (offered,) = find_backups(new.path)
        assert offered.manifest.initiatives == 1, "the old one's backup is offered"


def test_no_backup_is_told_of_with_what_it_means(register: Register, private_folders: Path) -> None:
    from coi_desktop import paths

    paths.backup_folder().parent.mkdir(parents=True, exist_ok=True)
    paths.backup_folder().write_text("en fil, hvor mappen skulle være")
    add_initiative(register, {"title": "Robot"})
    with pytest.raises(Problem) as caught:
        keep(register)
    assert caught.value.code == "no_backup"
    assert "Selve registret er gemt" in caught.value.meaning
