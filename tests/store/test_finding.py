"""What is kept between two questions gives the same answers as plain Python that keeps nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.models.folding import sort_key
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.query import Condition, Order, Query, Test
from coi_desktop.models.records import Record, Value
from coi_desktop.store import orders, search, selections
from coi_desktop.store.register import Register
from coi_desktop.store.row_sets import add_rows, both, either, make_set, with_changes, without
from tests.store.making import ADD, EDIT, StandingClock, add, drop, edit
from tests.store.plain_search import searched_plainly

TITLES = ("Ærø", "Hjemmepleje", "Aarhus robot", "århus", "Zebra", "æble", "Østen", "sygepleje på Rømø", "Ål")
TEXTS = (None, "Borgeren får hjemmebesøg", "pleje og ro", "Ærøskøbing færge", "x")
OWNERS = (None, "Åse Ågård", "Bent", "åse", "Zenia")
PHASES = (None, "idea", "test", "operation")
BUDGETS = (None, Decimal("10"), Decimal("9.50"), Decimal("100"), Decimal("-3"))
DAYS = (None, date(2026, 1, 1), date(2025, 12, 31))
RANKING = ("test", "idea")
TYPED = (
    "",
    "p",
    "pl",
    "plej",
    "pleje",
    "ærø",
    "hjemme",
    "b",
    "å",
    "aa",
    "ro ple",
    "zeb",
    "ø",
    "aarhus r",
    "ågård",
)

CONDITIONS = (
    (),
    (Condition("phase", Test.IS, "test"),),
    (Condition("phase", Test.EMPTY), Condition("owner", Test.FILLED)),
    (Condition("budget", Test.GREATER, Decimal("9.6")),),
)
ORDERS: tuple[Order | None, ...] = (
    None,
    Order("title"),
    Order("title", descending=True),
    Order("owner"),
    Order("owner", descending=True),
    Order("budget"),
    Order("start", descending=True),
    Order("phase", ranking=RANKING),
    Order("phase", descending=True, ranking=RANKING),
)

INITIATIVES = st.fixed_dictionaries(
    {
        "title": st.sampled_from(TITLES),
        "description": st.sampled_from(TEXTS),
        "owner": st.sampled_from(OWNERS),
        "phase": st.sampled_from(PHASES),
        "budget": st.sampled_from(BUDGETS),
        "start": st.sampled_from(DAYS),
    }
)
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), INITIATIVES),
        st.tuples(st.just("edit"), st.integers(0, 30), INITIATIVES),
        st.tuples(
            st.just("one"), st.integers(0, 30), st.sampled_from(("title", "owner", "phase")), INITIATIVES
        ),
        st.tuples(st.just("drop"), st.integers(0, 30)),
        st.tuples(st.just("undo")),
        st.tuples(st.just("redo")),
        st.tuples(st.just("all"), st.sampled_from(PHASES)),
    ),
    max_size=8,
)
QUERIES = [
    Query("initiative", typed, conditions, order)
    for place, typed in enumerate(TYPED)
    for conditions, order in ((CONDITIONS[place % 4], ORDERS[place % 9]), ((), ORDERS[(place * 5 + 1) % 9]))
]


def fits_plainly(record: Record, condition: Condition) -> bool:
    """Whether a record fits one of the conditions above."""
    value = record[condition.field]
    checks: dict[Test, Callable[[], bool]] = {
        Test.IS: lambda: value == condition.value,
        Test.EMPTY: lambda: value is None,
        Test.FILLED: lambda: value is not None,
        Test.GREATER: lambda: value is not None and value > condition.value,
    }
    return checks[condition.test]()


def plain_key(record: Record, order: Order) -> object:
    """What a record is sorted by; None without a value."""
    value = record[order.field]
    if value is None:
        return None
    if order.ranking:
        return order.ranking.index(value) if value in order.ranking else len(order.ranking)
    return sort_key(value) if isinstance(value, str) else value


def found_plainly(records: list[Record], query: Query) -> list[str]:
    """What a query finds, in plain Python; ``records`` come as they were stored."""
    found = [
        record
        for record in records
        if searched_plainly(record, query.search)
        and all(fits_plainly(record, one) for one in query.conditions)
    ]
    order = query.order
    if order is not None:
        filled = [record for record in found if plain_key(record, order) is not None]
        empty = [record for record in found if plain_key(record, order) is None]
        places = {record.id: place for place, record in enumerate(filled)}
        filled.sort(key=lambda record: places[record.id])
        filled.sort(key=lambda record: plain_key(record, order), reverse=order.descending)
        found = filled + empty
    return [record.id for record in found]


def take(register: Register, step: tuple[object, ...]) -> None:
    """One step on the register; a place beyond the last record counts from the start again."""
    ids = register.find_ids(Query())
    match step:
        case ("add", dict(values)):
            register.transact(ADD, lambda writer: writer.put("initiative", values))
        case ("edit", int(place), dict(values)) if ids:
            edit(register, ids[place % len(ids)], **values)
        case ("one", int(place), str(name), dict(values)) if ids:
            edit(register, ids[place % len(ids)], **{name: values[name]})
        case ("drop", int(place)) if ids:
            drop(register, ids[place % len(ids)])
        case ("undo",):
            register.undo()
        case ("redo",):
            register.redo()
        case ("all", phase):
            same: dict[str, Value] = {"phase": phase}
            register.transact(EDIT, lambda writer: writer.change_many("initiative", dict.fromkeys(ids, same)))
        case _:
            pass


@settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=60)
@given(start=st.lists(INITIATIVES, max_size=12), steps=STEPS)
def test_kept_answers_follow_every_change(
    tmp_path_factory: pytest.TempPathFactory, start: list[dict[str, Value]], steps: list[tuple[object, ...]]
) -> None:
    path = tmp_path_factory.mktemp("finding") / "r.coi"
    with Register.create(path, clock=StandingClock()) as register:
        for values in start:
            register.transact(ADD, lambda writer, values=values: writer.put("initiative", values))
        for step in [("nothing",), *steps]:
            register.prepare_search("initiative")
            take(register, step)
            records = list(register.find(Query()))
            for query in QUERIES:
                wanted = found_plainly(records, query)
                assert register.find_ids(query) == wanted, (step, query)
                assert register.count_found(query) == len(wanted) == len(register.find_rows(query))


def put_many(register: Register, number: int) -> list[str]:
    """So many initiatives in one step; their ids as they are stored."""
    records: list[tuple[str, dict[str, Value]]] = [
        (
            f"i{place:03}",
            {"title": f"{TITLES[place % len(TITLES)]} {place * 7 % 50}", "owner": OWNERS[place % 5]},
        )
        for place in range(number)
    ]
    register.transact(ADD, lambda writer: writer.put_many("initiative", records))
    return [record_id for record_id, _values in records]


def test_more_changed_than_is_followed_row_by_row_is_read_anew(register: Register) -> None:
    ids = put_many(register, search._MANY + 1)
    query = Query("initiative", "robot", (Condition("owner", Test.IS, "Bent"),), Order("title"))
    before = register.find_ids(query)
    assert 0 < len(before) < len(ids)
    values: dict[str, Value] = {"title": "Robot", "owner": "Bent"}
    register.transact(EDIT, lambda writer: writer.change_many("initiative", dict.fromkeys(ids, values)))
    assert register.find_ids(query) == ids
    register.undo()
    assert register.find_ids(query) == before


def test_the_first_rows_of_an_order_are_its_first_rows(register: Register) -> None:
    number = search._FIRST + 20
    put_many(register, number)
    for order in ORDERS:
        found = register.find_rows(Query(order=order))
        assert len(found) == number
        assert not found.is_lasting
        first = [found.row(place) for place in range(search._FIRST)]
        rest = [found.row(place) for place in range(search._FIRST, number)]
        assert found.is_lasting
        again = register.find_rows(Query(order=order))
        assert list(again.rows()) == first + rest
        assert again.is_lasting
        assert [again.place(row) for row in islice(again.rows(), 3)] == [0, 1, 2]
        assert found.row(-1) is None
        assert found.row(number) is None
        assert found.place(10_000) == -1


def test_an_order_worked_out_in_pieces_is_the_order(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders, "_SLICE", 7)
    put_many(register, 100)
    for number, record_id in enumerate(register.find_ids(Query())[::3]):
        edit(
            register, record_id, budget=BUDGETS[number % 5], start=DAYS[number % 3], phase=PHASES[number % 4]
        )
    for order in ORDERS:
        for grouping in (None, Order("phase", ranking=RANKING), Order("owner")):
            query = Query(order=order, grouping=grouping)
            register._finder.forget()
            wanted = register.find_rows(query).rows()
            register._finder.forget()
            pieces = len(list(register.iter_ordering(query)))
            assert pieces > 10
            found = register.find_rows(query)
            assert found.is_lasting
            assert found.rows() == wanted, query


def test_an_order_that_a_change_overtakes_is_not_kept(register: Register) -> None:
    ids = put_many(register, 300)
    pieces = register.iter_ordering(Query(order=Order("owner")))
    next(pieces)
    edit(register, ids[7], owner="Aa")
    assert list(pieces) == []
    assert not register.find_rows(Query(order=Order("owner"))).is_lasting


def test_long_texts_are_looked_through_in_pieces_and_in_vain_when_something_changes(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selections, "FEW_ROWS", 5)
    monkeypatch.setattr(selections, "SLICE", 7)
    ids = put_many(register, 40)
    for record_id in ids[::4]:
        edit(register, record_id, description="Borgere på Ærø")
    query = Query(conditions=(Condition("description", Test.CONTAINS, "ærø"),))
    assert register.takes_long(query)
    by_title = Query(conditions=(Condition("title", Test.CONTAINS, "ærø"),))
    assert register.takes_long(by_title)
    assert register.prepare_search("initiative")
    assert not register.takes_long(by_title)
    half = register.iter_finding(query)
    next(half)
    edit(register, ids[1], description="Ærøskøbing")
    list(half)
    assert register.takes_long(query)
    done = list(register.iter_finding(query))
    assert len(done) == 6
    assert done == sorted(done)
    assert not register.takes_long(query)
    assert register.find_ids(query) == [one for place, one in enumerate(ids) if place % 4 == 0 or place == 1]


def test_what_was_found_before_a_change_stays_what_was_found(register: Register) -> None:
    robot, drone = add(register, "Robot", owner="Bent"), add(register, "Drone", owner="Bent")
    before = register.find_rows(Query(search="bent", order=Order("title")))
    edit(register, robot, owner="Mette", title="Automat")
    assert [register.get_rows("initiative", [row])[row].id for row in before.rows()] == [drone, robot]
    assert register.find_ids(Query(search="bent", order=Order("title"))) == [drone]


def test_values_are_counted_as_the_records_have_them_in_the_order_they_first_came(register: Register) -> None:
    assert register.count_by("initiative", "phase") == {}
    for phase in ("develop", None, "idea", "develop", "closed", None, "develop"):
        add(register, phase=phase)
    assert list(register.count_by("initiative", "phase").items()) == [
        ("develop", 3), ("", 2), ("idea", 1), ("closed", 1),
    ]  # fmt: skip
    register.undo()
    assert register.count_by("initiative", "phase")["develop"] == 2


def test_records_are_read_by_the_rows_they_stand_in(register: Register) -> None:
    robot, drone = add(register, "Robot"), add(register, "Drone")
    numbers = [register.row_number("initiative", record_id) for record_id in (robot, drone)]
    rows = register.get_rows("initiative", [number for number in numbers if number] + [999])
    assert [record.id for record in rows.values()] == [robot, drone]
    drop(register, drone)
    assert register.row_number("initiative", drone) is None


def test_a_search_prepared_in_pieces_finds_the_same(register: Register) -> None:
    ids = put_many(register, 5_200)
    edit(register, ids[5_100], title="Ubåd")
    drop(register, ids[2_000])
    wanted = [register.find_ids(Query(search=typed)) for typed in ("u", "ubåd", "ære", "z")]
    with Register.open(register.path, write=False) as other:
        assert other.prepare_search("initiative")
        assert [other.find_ids(Query(search=typed)) for typed in ("u", "ubåd", "ære", "z")] == wanted
    with Register.open(register.path, write=False) as other:
        for _piece in range(100):
            if not other.prepare_search("initiative"):
                break
        else:
            pytest.fail("never ready")
        assert [other.find_ids(Query(search=typed)) for typed in ("u", "ubåd", "ære", "z")] == wanted
    assert ids[2_000] not in wanted[0]


def test_own_texts_are_found_the_same_when_whose_they_are_is_known(register: Register) -> None:
    ids = put_many(register, 30)
    made: dict[str, Value] = {"da": "Makker", "kind": "text"}
    number: dict[str, Value] = {"da": "Antal", "kind": "number"}
    fields = [register.transact(ADD, lambda w, v=v: w.put("own_field", v)).result for v in (made, number)]
    text, amount = map(own_name, fields)

    def change(record_id: str, values: dict[str, Value]) -> None:
        register.transact(EDIT, lambda writer: writer.change("initiative", record_id, values))

    def both_ways(typed: str) -> list[str]:
        kept = register.find_ids(Query(search=typed))
        with Register.open(register.path, write=False) as other:
            assert other.find_ids(Query(search=typed)) == kept
        return kept

    change(ids[3], {text: "Ubåd og kaj", amount: Decimal(77)})
    assert register.prepare_search("initiative")
    change(ids[5], {text: "Kaj alene"})  # half of it is read
    while register.prepare_search("initiative"):
        pass
    assert both_ways("kaj") == [ids[3], ids[5]]
    assert both_ways("77") == []
    change(ids[4], {text: "En kaj til"})
    change(ids[3], {text: None})
    assert both_ways("kaj") == [ids[4], ids[5]]
    drop(register, ids[5])
    change(ids[8], {text: "Kajen"})
    assert both_ways("kaj") == [ids[4], ids[8]]
    register.undo()
    register.undo()
    assert both_ways("kaj") == [ids[4], ids[5]]
    register.undo()
    assert both_ways("kaj") == [ids[3], ids[4], ids[5]]


ROWS = st.lists(st.integers(0, 40), max_size=20)


@given(one=ROWS, other=ROWS, now=st.dictionaries(st.integers(0, 50), st.booleans(), max_size=10))
def test_sets_of_rows_are_sets(one: list[int], other: list[int], now: dict[int, bool]) -> None:
    def rows(held: bytes) -> set[int]:
        return {row for row, is_in in enumerate(held) if is_in}

    assert rows(both(make_set(one), make_set(other))) == set(one) & set(other)
    assert rows(add_rows(make_set(one), other)) == set(one) | set(other)
    assert rows(either(make_set(one), make_set(other))) == set(one) | set(other)
    assert rows(without(make_set(one), make_set(other))) == set(one) - set(other)
    added, gone = ({row for row, is_in in now.items() if is_in is wanted} for wanted in (True, False))
    assert rows(with_changes(make_set(one), now)) == (set(one) | added) - gone


def test_a_search_reads_each_text_once_and_then_only_what_changed(register: Register, path: Path) -> None:
    for number in range(30):
        add(register, f"Robot {number}")
    statements: list[str] = []
    register._connection.set_trace_callback(statements.append)
    for typed in ("r", "ro", "rob", "ro", "rob", "robo"):
        register.find_ids(Query(search=typed, order=Order("title")))
    register._connection.set_trace_callback(None)
    assert sum("group_concat(ifnull(parts_folded" in one for one in statements) == 1
    assert sum('initiative_search" MATCH' in one for one in statements) == 4
