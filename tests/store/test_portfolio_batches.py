"""The portfolio in batches: complete for what figures ask, as stored, and never half of a change."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.own_fields import is_own
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.store.portfolio_batches import NOT_IN_FIGURES
from coi_desktop.store.register import Register
from tests.store.making import ADD, add, edit, put_everything, stands_alone


def taken(register: Register, size: int, *, meanwhile: str = "") -> tuple[list[Snapshot], bool, int]:
    """The batches, whether they are whole, and how many pauses there were; ``meanwhile`` is added in the
    first.
    """
    reading, found, pauses = register.iter_batches(size), [], 0
    while True:
        try:
            batch = next(reading)
        except StopIteration as end:
            return found, end.value, pauses
        if batch is not None:
            found.append(batch.snapshot)
            continue
        pauses += 1
        if meanwhile and pauses == 1:
            add(register, meanwhile)


def plain(record: Record) -> dict[str, object]:
    """The values of a record without those of own fields, each looked at."""
    return {name: record[name] for name in record.values if not is_own(name)}


@pytest.fixture
def filled(register: Register) -> Register:
    for number in range(1, 6):
        register.transact(ADD, lambda writer, n=number: put_everything(writer, n))
    return register


@pytest.mark.parametrize("size", [1, 2, 5, 200])
def test_batches_hold_every_record_that_figures_look_at_in_stored_order(filled: Register, size: int) -> None:
    whole = filled.snapshot()
    batches, is_whole, _pauses = taken(filled, size)
    assert is_whole
    assert len(batches[0].rows("initiative")) == min(size, 5)
    for name in RECORD_TYPES:
        if name in NOT_IN_FIGURES:
            continue
        wanted = [(one.id, plain(one)) for one in whole.rows(name)]
        if stands_alone(name):
            assert all([(one.id, plain(one)) for one in batch.rows(name)] == wanted for batch in batches)
            continue
        assert [(one.id, plain(one)) for batch in batches for one in batch.rows(name)] == wanted, name


def test_a_type_that_was_not_read_is_a_mistake_and_never_nothing(filled: Register) -> None:
    (batch,), _is_whole, _pauses = taken(filled, 200)
    for name in sorted(NOT_IN_FIGURES):
        with pytest.raises(KeyError):
            batch.rows(name)
        with pytest.raises(KeyError):
            batch.children(name, "x")
    with pytest.raises(KeyError):
        filled.read_start().rows("initiative")


def test_many_records_below_one_initiative_are_read_with_pauses(register: Register) -> None:
    ids = register.transact(ADD, put_everything).result
    indicators = [(f"k{n}", {"evaluation_id": ids["evaluation"], "name": f"{n}"}) for n in range(8)]
    measurements = [(f"m{n:05}", {"indicator_id": f"k{n % 8}"}) for n in range(4_000)]  # none has a day
    register.transact(ADD, lambda writer: writer.put_many("indicator", indicators))
    register.transact(ADD, lambda writer: writer.put_many("measurement", measurements))
    (batch,), is_whole, pauses = taken(register, 200)
    assert is_whole
    assert [one.id for one in batch.rows("measurement")] == [
        ids["measurement"],
        *(key for key, _values in measurements),
    ]
    assert pauses >= 8


def test_a_register_that_changes_while_it_is_read_is_not_whole(filled: Register) -> None:
    batches, is_whole, _pauses = taken(filled, 2, meanwhile="Robot")
    assert (batches, is_whole) == ([], False)
    assert taken(filled, 2)[1]


def test_no_lock_is_held_in_a_pause(filled: Register) -> None:
    """Whoever stands in a pause keeps nobody from writing."""
    reading = filled.iter_batches(2)
    assert next(reading) is None
    edit(filled, filled.snapshot().rows("initiative")[0].id, title="Skrevet imens")


def test_a_damaged_value_is_told(filled: Register) -> None:
    with closing(sqlite3.connect(filled.path)) as connection:
        connection.execute("UPDATE risk SET due = 'i morgen'")
        connection.commit()
    with pytest.raises(Problem) as told:
        taken(filled, 200)
    assert told.value.code == "damaged"


def test_a_long_text_is_fetched_when_it_is_looked_at(filled: Register) -> None:
    (batch,), _is_whole, _pauses = taken(filled, 200)
    initiative = batch.rows("initiative")[0]
    assert initiative["description"] == filled.get("initiative", initiative.id)["description"]
    assert len(initiative.values) == len(list(initiative.values))
    with pytest.raises(KeyError):
        initiative["no such field"]


def test_no_initiative_is_no_batch(register: Register) -> None:
    assert taken(register, 200) == ([], True, 0)
    assert register.read_start().unit_name == register.unit().text("name")
