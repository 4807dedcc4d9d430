"""Own fields, value lists and what hangs under initiatives, asked from memory, give the answers of SQL."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.models.own_fields import own_name
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.records import Value
from coi_desktop.store import owners, selections, value_columns
from coi_desktop.store.register import Register
from tests.store.making import ADD, EDIT, StandingClock

KINDS = {"text": "text", "number": "number", "yes_no": "yes_no", "choice": "choice"}
OWN: dict[str, st.SearchStrategy[Any]] = {
    "text": st.sampled_from([None, "Ærø Fond", "ærø fond", "Plejehjem", "100 %"]),
    "number": st.sampled_from(
        [None, Decimal("9.5"), Decimal("9.50"), Decimal(-3), Decimal(1000), Decimal(9)]
    ),
    "yes_no": st.sampled_from([None, True, False]),
    "choice": st.sampled_from([None, "b", "a", "c"]),
}
PHASES = st.sampled_from([None, "idea", "test"])
PLACE = st.integers(0, 20)
STEPS = st.one_of(
    st.tuples(st.just("own"), PLACE, st.fixed_dictionaries(OWN)),
    st.tuples(st.just("one own"), PLACE, st.sampled_from(sorted(KINDS)), st.fixed_dictionaries(OWN)),
    st.tuples(st.just("phase"), PLACE, PHASES),
    st.tuples(st.just("all"), PHASES, st.fixed_dictionaries(OWN)),
    st.tuples(st.just("add"), PHASES),
    st.tuples(st.just("drop"), PLACE),
    st.tuples(st.just("tag"), PLACE, st.sampled_from(["Robot", "ærø", "Robotter"])),
    st.tuples(st.just("move tag"), PLACE, PLACE),
    st.tuples(st.just("rename tag"), PLACE, st.sampled_from(["Robot", "Drone"])),
    st.tuples(st.just("drop tag"), PLACE),
    st.tuples(st.just("evaluation"), PLACE),
    st.tuples(st.just("indicator"), PLACE),
    st.tuples(st.just("measurement"), PLACE),
    st.tuples(st.just("drop field"), st.sampled_from(sorted(KINDS))),
    st.tuples(st.just("undo")),
    st.tuples(st.just("redo")),
    st.tuples(st.just("prepare"), st.integers(1, 30)),
)


def queries(names: dict[str, str]) -> list[Query]:
    """Questions of all kinds about own fields, lists and what hangs below, and orders by them."""
    text, number, flag, choice = (names[kind] for kind in ("text", "number", "yes_no", "choice"))
    asked = (
        *(Condition(text, test, "ærø") for test in (Test.CONTAINS, Test.LACKS)),
        *(Condition(text, test, "Ærø fond") for test in (Test.IS, Test.IS_NOT)),
        Condition(text, Test.ONE_OF, ("plejehjem", "100 %")),
        Condition(text, Test.NONE_OF, ("plejehjem",)),
        *(Condition(name, test) for name in names.values() for test in (Test.EMPTY, Test.FILLED)),
        Condition(text, Test.IS, None),
        *(Condition(number, test, Decimal("9.5")) for test in (Test.GREATER, Test.LESS, Test.IS)),
        *(Condition(flag, Test.IS, value) for value in (True, False)),
        Condition(choice, Test.NONE_OF, ("a", "c")),
        *(Condition("phase", test, ("idea",)) for test in (Test.ONE_OF, Test.NONE_OF)),
        *(Condition("phase", test) for test in (Test.EMPTY, Test.FILLED)),
        *(Condition("tags", test, "robot") for test in (Test.CONTAINS, Test.LACKS)),
        *(Condition("tags", test, ("robot", "ærø")) for test in (Test.ONE_OF, Test.NONE_OF)),
        *(Condition("tags", test) for test in (Test.EMPTY, Test.FILLED)),
        *(
            Condition(name, Test.IS, value)
            for name in ("evaluated", "measured", "unmeasured", "attached")
            for value in (True, False)
        ),
    )
    orders = [Order(name, down) for name in (*names.values(), "phase") for down in (False, True)]
    orders += [Order(choice, down, ("c", "b")) for down in (False, True)]
    grouping = (None, Order("phase", ranking=("test", "idea")), Order(flag))
    found = [Query(conditions=(one,), order=orders[place % 10]) for place, one in enumerate(asked)]
    found += [Query(order=order, grouping=by) for order in orders for by in grouping]
    return [
        *found,
        Query(conditions=(asked[0], asked[-1])),
        Query(conditions=asked[14:16], order=Order("title")),
    ]


def answers(register: Register, asked: list[Query]) -> list[object]:
    known = {field.name for field in register.fields("initiative")}
    there = []
    for query in asked:
        names = [one.field for one in (*query.conditions, query.order, query.grouping) if one is not None]
        if all(name in known for name in names if name.startswith("own_")):
            there.append((query, register.find_ids(query), register.count_found(query)))
    return list(there)


class Steps:
    """The steps on one register; a place beyond the last record counts from the start again."""

    def __init__(self, register: Register, fields: dict[str, str]) -> None:
        self.register = register
        self.fields = fields

    def take(self, step: tuple[Any, ...]) -> None:
        """Take one step: a method's name and its values."""
        name, *values = step
        getattr(self, name.replace(" ", "_"))(*values)

    def _change(self, type_name: str, place: int, values: dict[str, Value]) -> None:
        if key := self._nth(type_name, place):
            self.register.transact(EDIT, lambda writer: writer.change(type_name, key, values))

    def _put(self, type_name: str, parent: str, place: int, **values: Value) -> None:
        if key := self._nth(parent, place):
            whole = {f"{parent}_id": key, **values}
            self.register.transact(ADD, lambda writer: writer.put(type_name, whole))

    def _drop(self, type_name: str, key: str | None) -> None:
        if key:
            self.register.transact(EDIT, lambda writer: writer.drop(type_name, key))

    def _nth(self, type_name: str, place: int) -> str | None:
        ids = self.register.find_ids(Query(type_name))
        return ids[place % len(ids)] if ids else None

    def _own(self, values: dict[str, Value]) -> dict[str, Value]:
        known = {field.name for field in self.register.fields("initiative")}
        return {self.fields[kind]: value for kind, value in values.items() if self.fields[kind] in known}

    def nothing(self) -> None:
        """As it is."""

    def own(self, place: int, values: dict[str, Value]) -> None:
        self._change("initiative", place, self._own(values))

    def one_own(self, place: int, kind: str, values: dict[str, Value]) -> None:
        self._change("initiative", place, self._own({kind: values[kind]}))

    def phase(self, place: int, phase: str | None) -> None:
        self._change("initiative", place, {"phase": phase})

    def all(self, phase: str | None, values: dict[str, Value]) -> None:
        whole = {"phase": phase, **self._own(values)}
        changes = dict.fromkeys(self.register.find_ids(Query()), whole)
        self.register.transact(EDIT, lambda writer: writer.change_many("initiative", changes))

    def add(self, phase: str | None) -> None:
        self.register.transact(ADD, lambda writer: writer.put("initiative", {"title": "Ny", "phase": phase}))

    def drop(self, place: int) -> None:
        self._drop("initiative", self._nth("initiative", place))

    def tag(self, place: int, name: str) -> None:
        self._put("tag", "initiative", place, name=name)

    def move_tag(self, place: int, other: int) -> None:
        self._change("tag", place, {"initiative_id": self._nth("initiative", other)})

    def rename_tag(self, place: int, name: str) -> None:
        self._change("tag", place, {"name": name})

    def drop_tag(self, place: int) -> None:
        self._drop("tag", self._nth("tag", place))

    def evaluation(self, place: int) -> None:
        self._put("evaluation", "initiative", place)

    def indicator(self, place: int) -> None:
        self._put("indicator", "evaluation", place, name="Ventetid")

    def measurement(self, place: int) -> None:
        self._put("measurement", "indicator", place, value=Decimal(1))

    def drop_field(self, kind: str) -> None:
        ids = self.register.find_ids(Query("own_field"))
        self._drop("own_field", next((key for key in ids if own_name(key) == self.fields[kind]), None))

    def undo(self) -> None:
        self.register.undo()

    def redo(self) -> None:
        self.register.redo()

    def prepare(self, pieces: int) -> None:
        for _piece in range(pieces):
            self.register.prepare_search("initiative")


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Columns and owners are read a few rows at a time, and every table counts as a big one."""
    for module, name in ((owners, "_PIECE"), (value_columns, "_PIECE"), (selections, "SHORT_SLICE")):
        monkeypatch.setattr(module, name, 3)
    monkeypatch.setattr(selections, "FEW_ROWS", 0)


def make(register: Register, number: int) -> dict[str, str]:
    """Some initiatives and an own field of each kind: their names by kind."""
    fields: dict[str, str] = {}
    for kind in KINDS:
        values: dict[str, Value] = {"da": kind, "kind": kind}
        fields[kind] = own_name(
            register.transact(ADD, lambda writer, v=values: writer.put("own_field", v)).result
        )
    for place in range(number):
        initiative: dict[str, Value] = {"title": f"Tiltag {place}", fields["number"]: Decimal(place % 3)}
        register.transact(ADD, lambda writer, v=initiative: writer.put("initiative", v))
    return fields


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=40)
@given(start=st.integers(0, 7), steps=st.lists(STEPS, min_size=1, max_size=10), early=st.integers(0, 40))
def test_what_is_in_memory_gives_the_answers_of_sql_after_every_change(
    tmp_path_factory: pytest.TempPathFactory,
    small_pieces: None,
    start: int,
    steps: list[tuple[Any, ...]],
    early: int,
) -> None:
    path: Path = tmp_path_factory.mktemp("below") / "r.coi"
    with Register.create(path, clock=StandingClock()) as register:
        fields = make(register, start)
        asked = queries(fields)
        for _piece in range(early):
            register.prepare_search("initiative")
        for step in [("nothing",), *steps]:
            Steps(register, fields).take(step)
            with Register.open(path, write=False, clock=StandingClock()) as plain:
                wanted = answers(plain, asked)
            assert answers(register, asked) == wanted, step
        while register.prepare_search("initiative"):
            pass
        assert answers(register, asked) == wanted


def test_in_pieces_is_found_what_is_found_at_once(register: Register, small_pieces: None) -> None:
    fields = make(register, 11)
    for place, name in enumerate(("robot", "Robotter", "ærø")):
        Steps(register, fields).take(("tag", place * 3, name))
    Steps(register, fields).take(
        ("own", 4, {"text": "Ærø Fond", "number": None, "yes_no": False, "choice": "a"})
    )
    for query in [
        *queries(fields),
        Query(search="robot"),
        Query(conditions=(Condition("title", Test.LACKS, "1"),)),
    ]:
        with (
            Register.open(register.path, write=False) as plain,
            Register.open(register.path, write=False) as other,
        ):
            wanted = plain.find_ids(query)
            if other.takes_long(query):
                assert len(list(other.iter_finding(query))) >= 1
            assert not other.takes_long(query), query
            assert other.find_ids(query) == wanted, query


def test_a_column_with_very_many_different_values_is_asked_of_sql(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(value_columns, "_MOST_VALUES", 2)
    fields = make(register, 8)
    Steps(register, fields).take(
        ("all", "idea", {"text": None, "number": Decimal(7), "yes_no": True, "choice": "a"})
    )
    asked = queries(fields)
    wanted = answers(register, asked)
    while register.prepare_search("initiative"):
        pass
    for place in range(5):
        own = {"text": f"Fond {place}", "number": Decimal(place), "yes_no": True, "choice": "a"}
        Steps(register, fields).take(("own", place, own))
    assert register._finder._columns.column("initiative", fields["text"]) is None
    assert register._finder._columns.column("initiative", fields["choice"]) is not None
    with Register.open(register.path, write=False) as plain:
        assert answers(register, asked) == answers(plain, asked) != wanted


def test_an_edit_below_keeps_what_was_found(register: Register) -> None:
    fields = make(register, 9)
    while register.prepare_search("initiative"):
        pass
    asked = queries(fields)
    answers(register, asked)
    statements: list[str] = []
    register._connection.set_trace_callback(statements.append)
    Steps(register, fields).take(("one own", 3, "text", {"text": "Ærø Fond"}))
    Steps(register, fields).take(("tag", 3, "Robot"))
    register._connection.set_trace_callback(None)
    kept = len(statements)
    statements.clear()
    register._connection.set_trace_callback(statements.append)
    register.count_found(Query(conditions=(Condition(fields["text"], Test.CONTAINS, "ærø"),)))
    register.count_found(Query(conditions=(Condition("tags", Test.CONTAINS, "robot"),)))
    register._connection.set_trace_callback(None)
    assert kept
    assert statements == []
