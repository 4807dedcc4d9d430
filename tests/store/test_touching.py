"""The moment a record was last changed follows everything that hangs under it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Value, last_touched
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.store.making import ADD, EDIT, START, StandingClock, content, put_everything

TYPING = "measurement.value"


@pytest.fixture
def ids(register: Register) -> dict[str, str]:
    """One record of every type under one initiative and one case, made at START."""
    return register.transact(ADD, put_everything).result


def minutes(register: Register, ids: dict[str, str], type_name: str) -> float:
    """When a record was last touched, in minutes after START."""
    moment = last_touched(register.get(type_name, ids[type_name]))
    assert moment is not None
    return (moment - START).total_seconds() / 60


OWN_NOTES = ("import_source", "not_duplicate", "reminder_choice")


def below(owner: str) -> list[str]:
    """The record types that hang under ``owner`` at any depth, without the program's own notes."""
    direct = [kind.name for kind in RECORD_TYPES.values() if kind.parent_type == owner]
    return [name for one in direct if one not in OWN_NOTES for name in (one, *below(one))]


def set_field(ids: dict[str, str], type_name: str) -> Callable[[Writer], object]:
    field = next(
        one for one in RECORD_TYPES[type_name].fields if one.kind.value in ("text", "long", "choice")
    )
    return lambda writer: writer.change(type_name, ids[type_name], {field.name: "anders"})


@pytest.mark.parametrize("owner", ["initiative", "evaluation", "case"])
def test_work_on_any_record_below_is_work_on_the_owner(
    register: Register, clock: StandingClock, ids: dict[str, str], owner: str
) -> None:
    for type_name in below(owner):
        kinds = {field.kind.value for field in RECORD_TYPES[type_name].fields}
        if kinds.isdisjoint({"text", "long", "choice"}):
            continue
        clock.forward(3600)
        register.transact(EDIT, set_field(ids, type_name))
        assert last_touched(register.get(owner, ids[owner])) == clock.moment, type_name


def test_a_new_and_a_dropped_measurement_count_as_well(
    register: Register, clock: StandingClock, ids: dict[str, str]
) -> None:
    clock.forward(60)
    values: dict[str, Value] = {"indicator_id": ids["indicator"], "value": 4}
    made = register.transact(EDIT, lambda writer: writer.put("measurement", values)).result
    assert [minutes(register, ids, name) for name in ("initiative", "evaluation")] == [1, 1]
    clock.forward(60)
    register.transact(EDIT, lambda writer: writer.drop("measurement", made))
    assert [minutes(register, ids, name) for name in ("initiative", "evaluation")] == [2, 2]


def test_undo_and_redo_take_the_moment_along(
    register: Register, path: Path, clock: StandingClock, ids: dict[str, str]
) -> None:
    before = content(path)
    clock.forward(60)
    register.transact(EDIT, set_field(ids, "finding"))
    after = content(path)
    register.undo()
    assert content(path) == before
    register.redo()
    assert content(path) == after


def test_typing_that_joins_one_step_moves_the_moment_and_undo_puts_it_back(
    register: Register, path: Path, clock: StandingClock, ids: dict[str, str]
) -> None:
    before = content(path)
    for text in ("F", "Fæ", "Færre"):
        clock.forward(6)
        register.transact(
            EDIT, lambda writer, said=text: writer.change("finding", ids["finding"], {"text": said}),
            merge_key=TYPING,
        )  # fmt: skip
        assert last_touched(register.get("evaluation", ids["evaluation"])) == clock.moment
    assert len([step for step in register.history() if step.op == EDIT]) == 1
    register.undo()
    assert content(path) == before


def test_typing_back_to_the_start_touches_nothing(
    register: Register, path: Path, clock: StandingClock, ids: dict[str, str]
) -> None:
    before, stood = content(path), register.get("finding", ids["finding"]).text("text")
    for text in ("x", stood):
        clock.forward(6)
        register.transact(
            EDIT, lambda writer, said=text: writer.change("finding", ids["finding"], {"text": said}),
            merge_key=TYPING,
        )  # fmt: skip
    assert content(path) == before


def test_what_the_program_notes_of_an_import_is_no_work_on_the_initiative(
    register: Register, clock: StandingClock, ids: dict[str, str]
) -> None:
    stood = last_touched(register.get("initiative", ids["initiative"]))
    clock.forward(3600)
    values: dict[str, Value] = {"last_values": "{}"}
    register.transact(EDIT, lambda writer: writer.change("import_source", ids["import_source"], values))
    assert last_touched(register.get("initiative", ids["initiative"])) == stood


def test_the_history_of_an_owner_tells_what_was_changed_under_it(
    register: Register, clock: StandingClock, ids: dict[str, str]
) -> None:
    clock.forward(60)
    register.transact(EDIT, lambda writer: writer.change("finding", ids["finding"], {"text": "Færre ture"}))
    for owner in ("initiative", "evaluation"):
        (row,) = register.history(ids[owner])[0].rows
        assert (row.table, row.after) == ("finding", {"text": "Færre ture"})
    own = register.history(ids["initiative"])[1]
    assert {row.key for row in own.rows} == {ids["initiative"]}


def test_a_step_of_a_thousand_rows_below_is_told_by_its_name(
    register: Register, clock: StandingClock, ids: dict[str, str]
) -> None:
    clock.forward(60)

    def much(writer: Writer) -> None:
        writer.put_many("finding", [(f"f{n}", {"evaluation_id": ids["evaluation"]}) for n in range(1000)])

    register.transact(EDIT, much)
    step = register.history(ids["initiative"])[0]
    assert [row.table for row in step.rows] == ["initiative"]


def test_two_steps_within_one_moment_are_both_known_to_the_owner(
    register: Register, clock: StandingClock, ids: dict[str, str]
) -> None:
    for text in ("Først", "Så"):
        register.transact(
            EDIT, lambda writer, said=text: writer.change("finding", ids["finding"], {"text": said})
        )
    assert [step.rows[0].after for step in register.history(ids["initiative"])[:2]] == [
        {"text": "Så"},
        {"text": "Først"},
    ]
    register.undo()
    register.undo()
    assert register.get("initiative", ids["initiative"])["updated"] is not None


def test_listeners_hear_of_the_owners_that_were_touched(
    register: Register, clock: StandingClock, ids: dict[str, str]
) -> None:
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    for text in ("Først", "Så"):
        clock.forward(1)
        register.transact(
            EDIT, lambda writer, said=text: writer.change("finding", ids["finding"], {"text": said}),
            merge_key=TYPING,
        )  # fmt: skip
    for changes in heard:
        assert changes.keys("initiative") == {ids["initiative"]}
        assert changes.keys("evaluation") == {ids["evaluation"]}
    assert len(heard) == 2
