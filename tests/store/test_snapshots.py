"""A snapshot is frozen and complete: the whole register, or some initiatives with all below them."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.models.own_fields import is_own
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Value
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer
from tests.store.making import ADD, StandingClock, add, edit, make_values, put_everything, stands_alone

LEFT_OUT = ("import_source", "import_layout", "view", "not_duplicate")


def test_a_snapshot_of_everything_holds_every_record_of_every_type(
    register: Register, clock: StandingClock
) -> None:
    ids = [
        register.transact(ADD, lambda writer, n=number: put_everything(writer, n)).result for number in (1, 2)
    ]
    clock.forward(60)
    snapshot = register.snapshot(selection="alle")

    for name in RECORD_TYPES:
        rows = snapshot.rows(name)
        if name in LEFT_OUT:
            assert rows == ()
        elif name == "unit":
            assert [record.id for record in rows] == [ids[0]["unit"]]
        else:
            assert [record.id for record in rows] == [found[name] for found in ids], name
            for number, found in enumerate(ids, start=1):
                values = make_values(name, found, number)
                stored = snapshot.get(name, found[name]).values
                assert {field: stored[field] for field in values} == values, name
    assert (snapshot.register_id, snapshot.revision) == (register.id, register.revision)
    assert (snapshot.taken_at, snapshot.selection, snapshot.unit_name) == (clock(), "alle", "Enheden")


def _own_apart(register: Register, type_name: str, record_id: str) -> dict[str, Value]:
    """The values of a record without those of own fields."""
    values = register.get(type_name, record_id).values
    return {name: value for name, value in values.items() if not is_own(name)}


@pytest.mark.parametrize("name", [name for name in RECORD_TYPES if name != "unit"])
def test_every_field_of_every_record_type_comes_back_as_it_was_put_in(register: Register, name: str) -> None:
    ids = register.transact(ADD, put_everything).result
    assert _own_apart(register, name, ids[name]) == make_values(name, ids, 1)

    values = make_values(name, ids, 2)
    register.transact(ADD, lambda writer: writer.change(name, ids[name], values))
    assert _own_apart(register, name, ids[name]) == values
    assert register.find_damage() == []


def test_every_field_can_be_emptied(register: Register) -> None:
    ids = register.transact(ADD, put_everything).result

    def empty(writer: Writer) -> None:
        for name, kind in RECORD_TYPES.items():
            must = {kind.parent} | {field.name for field in kind.fields if field.required}
            writer.change(
                name, ids[name], {field.name: None for field in kind.fields if field.name not in must}
            )

    register.transact(ADD, empty)
    for name, kind in RECORD_TYPES.items():
        must = {kind.parent} | {field.name for field in kind.fields if field.required}
        values = register.get(name, ids[name]).values
        assert {field for field, value in values.items() if value is not None} <= must, name
    assert register.find_damage() == []
    register.undo()
    assert dict(register.get("indicator", ids["indicator"]).values) == make_values("indicator", ids, 1)


def test_a_snapshot_of_some_initiatives_holds_all_below_them_and_nothing_of_others(
    register: Register,
) -> None:
    first, second, third = (
        register.transact(ADD, lambda writer, n=number: put_everything(writer, n)).result
        for number in (1, 2, 3)
    )
    snapshot = register.snapshot([third["initiative"], first["initiative"]])
    for name in RECORD_TYPES:
        if name in LEFT_OUT or name == "unit":
            continue
        wanted = [first[name], third[name]]
        if stands_alone(name):
            wanted = [first[name], second[name], third[name]]
        assert [record.id for record in snapshot.rows(name)] == wanted, name


def test_a_snapshot_of_no_initiative_holds_none(register: Register) -> None:
    register.transact(ADD, put_everything)
    snapshot = register.snapshot([])
    assert snapshot.rows("initiative") == snapshot.rows("evaluation") == snapshot.rows("measurement") == ()
    assert register.snapshot(["no such id"]).rows("initiative") == ()


def test_a_snapshot_of_many_initiatives_is_whole_and_in_order(register: Register) -> None:
    ids = [f"id-{number:04}" for number in range(1_203)]
    register.transact(
        ADD, lambda writer: writer.put_many("initiative", [(key, {"title": key}) for key in ids])
    )
    rows = register.snapshot(ids[::-1]).rows("initiative")
    assert [record.id for record in rows] == ids
    assert [record.id for record in register.get_many("initiative", ids[::-1])] == ids[::-1]


def test_a_snapshot_does_not_change(register: Register) -> None:
    record_id = add(register, "Robot")
    snapshot = register.snapshot()
    edit(register, record_id, title="Drone")
    add(register, "Ny")
    assert [record.text("title") for record in snapshot.rows("initiative")] == ["Robot"]


def test_children_come_in_the_order_they_were_made(register: Register) -> None:
    ids = register.transact(ADD, put_everything).result
    for number in (3, 1, 2):
        register.transact(
            ADD,
            lambda writer, n=number: writer.put("tag", {"initiative_id": ids["initiative"], "name": f"{n}"}),
        )
    names = [record.text("name") for record in register.children("tag", ids["initiative"])]
    assert names[1:] == ["3", "1", "2"]
    assert register.children("tag", "no such id") == ()
    assert register.single("scope", ids["evaluation"]) == register.get("scope", ids["scope"])
    assert register.single("scope", "no such id") is None


def test_a_single_record_is_made_once_and_then_changed(register: Register) -> None:
    ids = register.transact(ADD, put_everything).result
    register.transact(ADD, lambda writer: writer.drop("scope", ids["scope"]))
    evaluation = ids["evaluation"]

    def put(**values: str | None) -> str:
        return register.transact(ADD, lambda writer: writer.put_single("scope", evaluation, values)).result

    assert put(version_label=None) == ""
    assert register.count("scope") == 0
    made = put(version_label="1")
    assert put(not_included="pleje") == made
    assert put(version_label="2") == made
    record = register.single("scope", evaluation)
    assert record is not None
    assert (record.text("version_label"), record.text("not_included")) == ("2", "pleje")


def test_records_are_found_by_the_beginning_of_their_id(register: Register) -> None:
    ids = [register.transact(ADD, lambda w, k=key: w.put("initiative", {"title": "x"}, k)).result for key in (
        "0a1b2c3d-0000-4000-8000-000000000001", "0a1b2c3d-0000-4000-8000-000000000002",
    )]  # fmt: skip
    assert register.find_by_prefix("initiative", "0A1B2C3D") == ids
    assert register.find_by_prefix("initiative", ids[0]) == ids[:1]
    assert register.find_by_prefix("initiative", "0a1b2c3") == []
    assert register.find_by_prefix("initiative", "%%%%%%%%") == []


def test_what_is_not_there_is_a_mistake(register: Register, path: Path) -> None:
    with pytest.raises(KeyError):
        register.get("initiative", "no such id")
    with pytest.raises(KeyError):
        register.get("no_such_type", "x")
    with pytest.raises(KeyError):
        register.count("no_such_type; DROP TABLE unit")
    assert register.get_many("initiative", ["no such id"]) == ()
    assert path.exists()
