"""Many records changed at once stand exactly as if each had been changed by itself."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Value, Values
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.store.making import (
    EDIT,
    StandingClock,
    add,
    content,
    edit,
    make_value,
    make_values,
    put_everything,
    rows_of,
)

VALUES: list[dict[str, Value]] = [
    {"title": "Ærø"},
    {"owner": "Åse Ågård"},
    {"owner": None},
    {"description": "Hjemmepleje på Rømø"},
    {"description": None, "status": "done"},
    {"title": "Robot"},
    {},
]


def change_each(register: Register, changes: dict[str, Values]) -> list[str]:
    """The same by one ``change`` a record."""

    def change(writer: Writer) -> list[str]:
        return [key for key, values in changes.items() if writer.change("initiative", key, values)]

    return register.transact(EDIT, change).result


def change_many(register: Register, changes: dict[str, Values]) -> list[str]:
    """By one ``change_many``."""
    return register.transact(EDIT, lambda writer: writer.change_many("initiative", changes)).result


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(choices=st.lists(st.integers(0, len(VALUES) - 1), max_size=6))
def test_many_changed_at_once_stand_as_if_changed_one_by_one(
    register: Register, clock: StandingClock, path: Path, choices: list[int]
) -> None:
    ids = [add(register, f"Robot {number}", owner="Mette") for number in range(6)]
    changes: dict[str, Values] = {key: VALUES[choice] for key, choice in zip(ids, choices, strict=False)}
    clock.forward(60)
    one_by_one = change_each(register, changes)
    wanted, steps = content(path), register.history(limit=1)[0].rows if one_by_one else ()
    if one_by_one:
        register.undo()

    assert change_many(register, changes) == one_by_one
    assert content(path) == wanted
    if one_by_one:
        assert set(map(repr, register.history(limit=1)[0].rows)) == set(map(repr, steps))
    assert register.find_damage() == []
    for typed in ("ærø", "ågård", "hjemme"):
        expected = [key for key in ids if typed in repr(register.get("initiative", key)).casefold()]
        assert set(expected) <= set(register.find_ids(Query(search=typed)))
    register.undo() if one_by_one else None


@pytest.mark.parametrize("type_name", list(RECORD_TYPES))
def test_every_field_of_every_type_may_be_changed_for_many(
    register: Register, clock: StandingClock, path: Path, type_name: str
) -> None:
    owners = register.transact(EDIT, put_everything).result
    values = make_values(type_name, owners, 2)
    clock.forward(60)
    one = register.transact(EDIT, lambda writer: writer.change(type_name, owners[type_name], values))
    wanted = rows_of(path, type_name)
    if one.changes is not None:
        register.undo()
    register.transact(EDIT, lambda writer: writer.change_many(type_name, {owners[type_name]: values}))
    assert rows_of(path, type_name) == wanted
    assert register.find_damage() == []


def test_one_that_is_not_there_keeps_all_from_being_changed(register: Register, path: Path) -> None:
    record_id = add(register)
    before = content(path)
    with pytest.raises(KeyError):
        change_many(register, {record_id: {"title": "Ny"}, "not-there": {"title": "Ny"}})
    assert content(path) == before


def test_a_value_that_does_not_fit_keeps_all_from_being_changed(register: Register, path: Path) -> None:
    ids = [add(register), add(register)]
    before = content(path)
    limit = record_type("initiative").field("title").limit
    with pytest.raises(Problem):
        change_many(register, {ids[0]: {"title": "Ny"}, ids[1]: {"title": "x" * (limit + 1)}})
    assert content(path) == before


def test_many_are_one_step_and_those_that_stood_so_are_no_part_of_it(
    register: Register, clock: StandingClock
) -> None:
    robot, drone = add(register, "Robot", status="done"), add(register, "Drone")
    clock.forward(60)
    done: dict[str, Value] = {"status": "done"}
    assert change_many(register, {robot: done, drone: done}) == [drone]
    assert {row.key for row in register.history(limit=1)[0].rows} == {drone}
    assert change_many(register, {robot: done, drone: done}) == []
    register.undo()
    assert register.get("initiative", drone)["status"] is None


def test_a_moment_that_is_given_stands(register: Register, clock: StandingClock) -> None:
    records = [add(register), add(register)]
    clock.forward(60)
    given_moment = make_value(record_type("initiative").field("updated"), 7)
    change_many(register, {records[0]: {"updated": given_moment, "owner": "A"}, records[1]: {"owner": "A"}})
    assert register.get("initiative", records[0])["updated"] == given_moment
    assert register.get("initiative", records[1])["updated"] == clock()
    edit(register, records[0], owner="B")
