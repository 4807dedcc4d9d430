"""Own fields behave as fields of the initiative: read, written, asked for, told, undone."""

from __future__ import annotations

import sqlite3
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.models import query as queries
from coi_desktop.models.changes import ChangeSet, RowChange
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import sort_key
from coi_desktop.models.own_fields import fields_of, own_name
from coi_desktop.models.query import Condition, Order, Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.store.register import Register
from coi_desktop.store.search import Finder
from coi_desktop.store.writer import Writer
from tests.store.making import ADD, DROP, EDIT, StandingClock, add, drop, edit

VALUES: dict[str, st.SearchStrategy[Value]] = {
    "text": st.sampled_from(["Ærø", "Aase", "åben", "zebra", "Café 2026"]),
    "long": st.sampled_from(["Første linje\nanden linje", "Blåbær"]),
    "person": st.sampled_from(["Ane Holm", "Åse Ømand"]),
    "number": st.decimals(-1000, 1000, places=2),
    "money": st.sampled_from([Decimal("100000"), Decimal("9.50"), Decimal("-3"), Decimal("0")]),
    "date": st.dates(date(1999, 12, 31), date(2031, 1, 1)),
    "yes_no": st.booleans(),
    "choice": st.sampled_from(["a", "b", "c"]),
}


def add_field(register: Register, kind: str, da: str = "", **values: Value) -> str:
    """An own field, as one step; its name as a field of initiatives."""
    made = {"da": da or f"Eget {kind}", "kind": kind, "section": "own", **values}
    return own_name(register.transact(ADD, lambda writer: writer.put("own_field", made)).result)


def listen(register: Register) -> list[ChangeSet]:
    """All that the register tells from now on."""
    heard: list[ChangeSet] = []
    register.subscribe(heard.append)
    return heard


def in_order(values: dict[str, Value], field: FieldSpec, *, descending: bool) -> list[str]:
    """Ids by their values as the list sorts them: those without a value last, equal ones as stored."""
    is_text = field.kind in (Kind.TEXT, Kind.LONG)
    filled: list[tuple[Any, str]] = [
        (sort_key(str(value)) if is_text else value, record_id)
        for record_id, value in values.items()
        if value is not None
    ]
    filled.sort(key=itemgetter(0), reverse=descending)
    empty = [record_id for record_id, value in values.items() if value is None]
    return [record_id for _key, record_id in filled] + empty


def test_a_register_without_own_fields_has_those_of_the_record_type(register: Register) -> None:
    assert register.fields("initiative") == record_type("initiative").fields


def test_own_fields_stand_last_in_the_order_of_their_places(register: Register) -> None:
    late = add_field(register, "text", place=2)
    first = add_field(register, "date", place=1)
    none = add_field(register, "choice")
    assert [field.name for field in register.fields("initiative")[-3:]] == [first, late, none]
    assert [field.kind for field in register.fields("initiative")[-3:]] == [Kind.DATE, Kind.TEXT, Kind.CHOICE]
    assert register.field("initiative", none).values == none
    assert register.fields("tag") == record_type("tag").fields


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.data(), kind=st.sampled_from(sorted(VALUES)))
def test_whatever_stands_in_an_own_field_is_read_asked_for_and_sorted_as_in_others(
    content: st.DataObject, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Register.create(tmp_path_factory.mktemp("own") / "register.coi", clock=StandingClock()) as register:
        name = add_field(register, kind)
        field = register.field("initiative", name)
        given_values = content.draw(st.lists(st.none() | VALUES[kind], min_size=1, max_size=8))
        ids = [
            add(register, f"Tiltag {number}", **{name: value}) for number, value in enumerate(given_values)
        ]
        for record_id in content.draw(st.lists(st.sampled_from(ids), max_size=4)):
            place = ids.index(record_id)
            given_values[place] = content.draw(st.none() | VALUES[kind])
            edit(register, record_id, **{name: given_values[place]})
        values = dict(zip(ids, given_values, strict=True))
        assert {one.id: one[name] for one in register.find(Query())} == values
        snapshot = register.snapshot()
        assert {one.id: one[name] for one in snapshot.rows("initiative")} == values
        assert fields_of(snapshot, "initiative") == register.fields("initiative")
        assert {one.id: one[name] for one in register.snapshot(ids[:1]).rows("initiative")} == {
            ids[0]: values[ids[0]]
        }
        for descending in (False, True):
            found = register.find_ids(Query(order=Order(name, descending)))
            assert found == in_order(values, field, descending=descending)
        for value in {one for one in given_values if one is not None}:
            equal = {one for one in ids if values[one] == value}
            found = register.find_ids(Query(conditions=(Condition(name, queries.Test.IS, value),)))
            assert equal >= set(found)
            assert register.find_ids(Query(conditions=(Condition(name, queries.Test.ONE_OF, (value,)),)))
        empty = [one for one in ids if values[one] is None]
        assert register.find_ids(Query(conditions=(Condition(name, queries.Test.EMPTY),))) == empty
        assert register.find_ids(Query(conditions=(Condition(name, queries.Test.FILLED),))) == [
            one for one in ids if one not in empty
        ]
        assert register.count("own_value") == len(ids) - len(empty)
        assert register.find_damage() == []


def test_one_page_of_a_list_reads_own_values_with_one_query(register: Register) -> None:
    name = add_field(register, "text")
    ids = [add(register, f"Tiltag {number}", **{name: f"Værdi {number}"}) for number in range(128)]
    register.get_many("initiative", ids[:1])
    asked: list[str] = []
    register._connection.set_trace_callback(asked.append)
    records = register.get_many("initiative", ids)
    register._connection.set_trace_callback(None)
    assert [record[name] for record in records] == [f"Værdi {number}" for number in range(128)]
    assert len([sql for sql in asked if sql.startswith("SELECT")]) == 2


def test_a_register_without_own_fields_asks_nothing_more(register: Register) -> None:
    record_id = add(register)
    register.get("initiative", record_id)
    asked: list[str] = []
    register._connection.set_trace_callback(asked.append)
    register.get("initiative", record_id)
    register._connection.set_trace_callback(None)
    assert len(asked) == 1


def test_an_own_value_is_told_as_a_change_of_its_initiative(register: Register) -> None:
    name, other = add_field(register, "money"), add_field(register, "text")
    record_id = add(register)
    heard = listen(register)
    edit(register, record_id, **{name: Decimal("10.50")})
    edit(register, record_id, **{name: Decimal("11")})
    register.undo()
    edit(register, record_id, **{name: None})
    for changes, (before, after) in zip(
        heard, [(None, "10.50"), ("10.50", "11"), ("11", "10.50"), ("10.50", None)], strict=True
    ):
        assert changes.touches("initiative", name)
        assert not changes.touches("initiative", other)
        assert not changes.touches("initiative", "title")
        assert changes.keys("initiative") == {record_id}
        [row] = [row for row in changes.rows if row.table == "initiative"]
        assert row.before is not None
        assert row.after is not None
        assert (row.before[name], row.after[name]) == (before, after)


def test_history_tells_own_values_as_fields_of_the_initiative_also_when_they_are_gone(
    register: Register,
) -> None:
    name = add_field(register, "date")
    record_id, other = add(register), add(register, "Et andet")
    register.transact(
        EDIT,
        lambda writer: [
            writer.change("initiative", one, {name: date(2026, 3, 1), "owner": "Mange"})
            for one in (record_id, other)
        ],
    )
    edit(register, record_id, **{name: date(2026, 4, 1)})
    edit(register, record_id, **{name: None})

    def told(of: str | None) -> list[list[tuple[object, object]]]:
        rows: list[list[RowChange]] = [
            [row for row in step.rows if row.key == record_id] for step in register.history(of)
        ]
        return [
            [((row.before or {}).get(name), (row.after or {}).get(name)) for row in some]
            for some in rows
            if any(name in row.fields for row in some)
        ]

    expected = [[("2026-04-01", None)], [("2026-03-01", "2026-04-01")], [(None, "2026-03-01")]]
    assert told(record_id) == told(None) == expected
    assert {row.key for step in register.history(record_id) for row in step.rows} == {record_id}


def test_removing_an_own_field_takes_its_values_along_and_undo_brings_them_back(register: Register) -> None:
    name = add_field(register, "choice")
    ids = [add(register, f"Tiltag {number}", **{name: "a"}) for number in range(3)]
    field_id = register.find_ids(Query("own_field"))[0]
    heard = listen(register)
    drop(register, field_id, "own_field")
    assert heard[-1].touches("initiative", name)
    assert register.count("own_value") == 0
    assert name not in register.get("initiative", ids[0]).values
    with pytest.raises(KeyError):
        edit(register, ids[0], **{name: "b"})
    register.undo()
    assert [one[name] for one in register.find(Query())] == ["a"] * 3
    register.redo()
    assert name not in register.get("initiative", ids[0]).values


def test_removing_an_initiative_takes_its_own_values_along(register: Register) -> None:
    name = add_field(register, "text")
    record_id = add(register, **{name: "Med"})
    drop(register, record_id)
    assert register.count("own_value") == 0
    register.undo()
    assert register.get("initiative", record_id)[name] == "Med"


def test_a_field_made_in_a_transaction_can_be_filled_in_it(register: Register) -> None:
    record_id = add(register)

    def change(writer: Writer) -> str:
        field_id = writer.put("own_field", {"da": "Ny", "kind": "yes_no"})
        assert writer.get("initiative", record_id)[own_name(field_id)] is None
        writer.change("initiative", record_id, {own_name(field_id): False})
        assert writer.get("initiative", record_id)[own_name(field_id)] is False
        writer.put_many("initiative", [("1" * 36, {"title": "Nyt", own_name(field_id): True})])
        return own_name(field_id)

    name = register.transact(ADD, change).result
    assert {one.text("title"): one[name] for one in register.find(Query())} == {
        "Robotstøvsuger": False,
        "Nyt": True,
    }


def test_a_transaction_taken_back_takes_its_own_fields_back(register: Register) -> None:
    def change(writer: Writer) -> None:
        writer.put("own_field", {"da": "Ny", "kind": "text"})
        assert len(register.fields("initiative")) == len(record_type("initiative").fields) + 1
        raise RuntimeError

    with pytest.raises(RuntimeError):
        register.transact(ADD, change)
    assert register.fields("initiative") == record_type("initiative").fields


def test_what_does_not_fit_an_own_field_changes_nothing(register: Register) -> None:
    name, number = add_field(register, "text"), add_field(register, "number")
    record_id = add(register, **{name: "Før"})
    with pytest.raises(Problem, match="Eget text"):
        edit(register, record_id, **{name: "x" * 201, "owner": "Ny"})
    with pytest.raises(TypeError):
        edit(register, record_id, **{number: "ti"})
    with pytest.raises(KeyError):
        edit(register, record_id, own_12345678="ukendt")
    with pytest.raises(KeyError):
        edit(register, "0" * 36, **{name: "Hvem"})
    record = register.get("initiative", record_id)
    assert (record[name], record[number], record["owner"]) == ("Før", None, None)
    assert not edit(register, record_id, **{name: "Før"})


def test_two_values_of_one_field_for_one_initiative_do_not_fit(register: Register) -> None:
    name = add_field(register, "text")
    record_id = add(register, **{name: "En"})
    row = register.find(Query("own_value"))[0].values
    with pytest.raises(sqlite3.IntegrityError):
        register.transact(ADD, lambda writer: writer.put("own_value", row))
    assert register.get("initiative", record_id)[name] == "En"


@pytest.mark.parametrize("kind", ["text", "long", "person"])
def test_search_finds_the_beginnings_of_words_in_own_texts(register: Register, kind: str) -> None:
    name, number = add_field(register, kind), add_field(register, "number")
    record_id = add(register, **{name: "Ergoterapeuten i Ærøskøbing", number: Decimal(4711)})
    add(register, "Et andet", **{name: "Fysioterapi"})
    assert register.find_ids(Query(search="ergo")) == [record_id]
    assert register.find_ids(Query(search="robot ærøsk")) == [record_id]
    assert register.find_ids(Query(search="4711")) == []
    edit(register, record_id, **{name: None})
    assert register.find_ids(Query(search="ergo")) == []


@pytest.mark.parametrize("kind", ["tag", "partner"])
def test_search_finds_tags_and_partners_as_words_of_their_initiative(register: Register, kind: str) -> None:
    record_id, other = add(register), add(register, "Et andet")
    assert register.find_ids(Query(search="æblehave")) == []
    row = {"initiative_id": record_id, "name": "Æblehaven"}
    child = register.transact(ADD, lambda writer: writer.put(kind, row)).result
    assert register.find_ids(Query(search="blehave robot")) == [record_id]
    register.transact(EDIT, lambda writer: writer.change(kind, child, {"name": "Pærehaven"}))
    assert register.find_ids(Query(search="blehave")) == []
    assert register.find_ids(Query(search="rehave")) == [record_id]
    assert Finder(register._connection, register._own).find_ids(Query(search="rehave")) == [record_id]
    register.transact(DROP, lambda writer: writer.drop(kind, child))
    assert register.find_ids(Query(search="rehave")) == []
    register.undo()
    assert register.find_ids(Query(search="rehave")) == [record_id]
    assert other not in register.find_ids(Query(search="rehave"))


def test_a_list_in_the_order_of_an_own_field_follows_its_changes(register: Register) -> None:
    name = add_field(register, "choice")
    first, second = add(register, "A", **{name: "b"}), add(register, "B", **{name: "a"})
    by_words = Query(order=Order(name, ranking=("a", "b")))
    demand = Query(conditions=(Condition(name, queries.Test.IS, "b"),))
    assert (register.find_ids(by_words), register.find_ids(demand)) == ([second, first], [first])
    edit(register, second, **{name: None})
    assert register.find_ids(by_words) == [first, second]
    register.undo()
    assert register.find_ids(by_words) == [second, first]
    edit(register, first, **{name: "a"})
    assert (register.find_ids(by_words), register.find_ids(demand)) == ([first, second], [])


def test_a_job_beside_and_a_reader_elsewhere_see_new_own_fields(register: Register, tmp_path: Path) -> None:
    record_id = add(register)
    register.get("initiative", record_id)
    with Register.open(register.path, write=False) as reader:
        reader.find_ids(Query())
        with register.open_beside() as beside:
            made = beside.transact(ADD, lambda writer: writer.put("own_field", {"da": "Ny", "kind": "text"}))
        register.catch_up(made.changes)
        name = own_name(made.result)
        edit(register, record_id, **{name: "Set"})
        assert register.get("initiative", record_id)[name] == "Set"
        assert reader.find(Query())[0][name] == "Set"


def test_many_initiatives_get_own_values_in_one_go(register: Register) -> None:
    name, other = add_field(register, "text"), add_field(register, "yes_no")
    ids = [add(register, f"Tiltag {number}", **{name: "Ens" if number % 2 else None}) for number in range(6)]
    values = {name: "Ens", other: False, "owner": "Mange"}
    heard = listen(register)
    changed = register.transact(
        EDIT, lambda writer: writer.change_many("initiative", dict.fromkeys(ids, values))
    )
    assert changed.result == ids
    assert heard[-1].keys("initiative") == set(ids)
    again = register.transact(
        EDIT, lambda writer: writer.change_many("initiative", {key: {name: "Ens"} for key in ids})
    )
    assert (again.result, again.changes) == ([], None)
    assert [(one[name], one[other], one["owner"]) for one in register.find(Query())] == [
        ("Ens", False, "Mange")
    ] * 6
    emptied = register.transact(
        EDIT, lambda writer: writer.change_many("initiative", {key: {name: None} for key in ids[:2]})
    )
    assert emptied.result == ids[:2]
    assert [one[name] for one in register.find(Query())] == [None, None, *["Ens"] * 4]
    assert register.find_damage() == []
