"""The trash in words: what is in it, what belonged, and putting it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.record_words import FILE, count_words, parse_counted
from coi_desktop.operations import initiatives, registers, trash
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.store.register import Register
from tests.store.making import ADD, put_evaluation

#: What the program notes for itself is not told of.
OWN_NOTES = {
    "unit",
    "not_duplicate",
    "reminder_choice",
    "import_source",
    "import_layout",
    "answer_source",
    "method_question",
    "change_none",
}


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with registers.create_register(tmp_path / "r.coi") as made:
        yield made


def test_a_removed_initiative_is_told_of_with_what_belonged(register: Register) -> None:
    record_id = initiatives.add_initiative(register, {"title": "Skærmbesøg"})
    register.transact(ADD, lambda writer: put_evaluation(writer, record_id))
    initiatives.add_row(register, "tag", {"initiative_id": record_id, "name": "velfærd"})
    initiatives.remove_initiative(register, record_id)
    [item] = trash.find_trash(register)
    assert (item.kind, item.title, item.step) == ("Tiltag", "Skærmbesøg", "Fjern tiltag: Skærmbesøg")
    assert trash.describe_belongings(register, item) == (
        "1 emneord, 1 evaluering, 1 spørgsmål, 1 indikator, 3 målinger"
    )
    done = trash.restore_item(register, trash.find_trash_item(register, item.id[:8]))
    assert done.came == trash.describe_belongings(register, item)
    assert done.left == ""
    assert trash.find_trash(register) == ()
    assert register.next_undo is not None
    assert register.next_undo[0] == trash.RESTORE


def test_single_rows_are_told_of_when_asked_for(register: Register) -> None:
    record_id = initiatives.add_initiative(register, {"title": "T"})
    tag = initiatives.add_row(register, "tag", {"initiative_id": record_id, "name": "velfærd"})
    initiatives.remove_row(register, "tag", tag)
    assert trash.find_trash(register) == ()
    [item] = trash.find_trash(register, rows=True)
    assert (item.kind, item.title) == ("Emneord", "velfærd")
    assert trash.find_trash(register, rows=True, search="VELF") == (item,)
    assert trash.find_trash(register, rows=True, search="andet") == ()


def test_what_hangs_under_something_removed_says_so(register: Register) -> None:
    record_id = initiatives.add_initiative(register, {"title": "T"})
    evaluation = start_evaluation(register, record_id)
    initiatives.remove_row(register, "evaluation", evaluation)
    initiatives.remove_initiative(register, record_id)
    item = next(one for one in trash.find_trash(register) if one.id == evaluation)
    with pytest.raises(Problem) as refused:
        trash.restore_item(register, item)
    assert refused.value.code == "owner_gone"
    assert register.count("evaluation") == 0


def test_restoring_twice_is_refused(register: Register) -> None:
    record_id = initiatives.add_initiative(register, {"title": "T"})
    initiatives.remove_initiative(register, record_id)
    [item] = trash.find_trash(register)
    trash.restore_item(register, item)
    with pytest.raises(Problem) as refused:
        trash.restore_item(register, item)
    assert refused.value.code == "there_already"


@pytest.mark.parametrize("typed", ["", "abc", "00000000"])
def test_an_id_that_is_not_in_the_trash_is_refused(register: Register, typed: str) -> None:
    with pytest.raises(Problem) as refused:
        trash.find_trash_item(register, typed)
    assert refused.value.code == "no_such_record"


def test_every_kind_of_record_has_words_for_one_and_several_or_is_a_note() -> None:
    assert set(RECORD_TYPES) - set(trash.counted()) == OWN_NOTES


def test_how_many_is_said_in_both_languages() -> None:
    counts = {"measurement": 1200, "evaluation": 1, "import_source": 3}
    assert count_words(counts, trash.counted()) == "1 evaluering, 1.200 målinger"
    with speaking("en"):
        assert count_words(counts, trash.counted()) == "1 evaluation, 1,200 measurements"


@pytest.mark.parametrize("wrong", [{}, {"counted": {"robot": ["a"] * 4}}, {"counted": {"tag": ["a"] * 3}}])
def test_a_mistake_in_the_words_is_named(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="counted"):
        parse_counted(wrong)
    assert parse_counted(resources.read_toml(FILE))
