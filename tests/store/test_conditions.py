"""Conditions: SQL finds what a plain look at every record finds, for every test on every kind of field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import RELATED, fitting_tests
from coi_desktop.models.folding import fold
from coi_desktop.models.own_fields import own_name
from coi_desktop.models.query import Between, Condition, Myself, Order, Query, Relative, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.store.conditions import may_move, where
from coi_desktop.store.register import Register
from tests.store.making import ADD, START, StandingClock, add, edit, put_evaluation

FIELDS = (
    "number", "title", "problem", "field", "owner", "phase", "start", "budget", "innovation_type", "created",
)  # fmt: skip

TEXTS = st.sampled_from(
    ["Ærø", "ÆRØ pleje", "aeroe", "Aabenraa", "å", "", "plejehjem", "%_'\"", "\U0001f642", "e\u0301"]
)
AMOUNTS = [
    "0",
    "0.1",
    "0.10",
    "0.3",
    "-5",
    "100000000000000.01",
    "100000000000000.02",
    "9.999999999999999999999999",
]
MONEY = st.sampled_from([Decimal(text) for text in AMOUNTS])
DAYS = st.dates(date(2026, 11, 18), date(2026, 11, 26))
KEYS = st.sampled_from(["idea", "develop", "operate"])
SEVERAL = st.lists(st.sampled_from(["a", "ab", "b"]), max_size=3, unique=True).map(tuple)

OPERANDS: dict[Kind, st.SearchStrategy[Value]] = {
    Kind.INTEGER: st.integers(0, 5),
    Kind.TEXT: TEXTS,
    Kind.LONG: TEXTS,
    Kind.CHOICE: KEYS,
    Kind.CHOICES: st.sampled_from(["a", "ab", "b", "c"]),
    Kind.MONEY: MONEY,
    Kind.DATE: DAYS,
    Kind.TIME: DAYS,
}
STORED = {
    "number": st.integers(0, 5),
    "title": st.sampled_from(["Ærøs ældre", "aeroe", "PLEJEHJEM", "Åbenrå", "100 %_'", "x\U0001f642"]),
    "problem": st.none() | st.sampled_from(["Plejehjem på Ærø\nog i Aabenraa", "\u00c9t", "E\u0301n é"]),
    "field": st.none() | KEYS,
    "owner": st.none() | TEXTS.map(lambda text: text or None),
    "phase": st.none() | KEYS,
    "start": st.none() | DAYS,
    "budget": st.none() | MONEY,
    "innovation_type": st.none() | SEVERAL.map(lambda keys: keys or None),
    "created": st.none() | st.integers(-100, 100).map(lambda hours: START + timedelta(hours=hours)),
}


def field_of(name: str) -> FieldSpec:
    return record_type("initiative").field(name)


@st.composite
def conditions(draw: st.DrawFn) -> Condition:
    field = field_of(draw(st.sampled_from(FIELDS)))
    test = draw(st.sampled_from(fitting_tests(field)))
    one = OPERANDS[field.kind]
    if test in (Test.EMPTY, Test.FILLED):
        return Condition(field.name, test)
    if test in (Test.ONE_OF, Test.NONE_OF):
        return Condition(field.name, test, tuple(draw(st.lists(one, max_size=3))))
    if test is Test.BETWEEN:
        return Condition(field.name, test, Between(draw(st.none() | one), draw(st.none() | one)))
    return Condition(field.name, test, draw(one))


def plain(field: FieldSpec, value: Value) -> object:
    """A value as it is compared."""
    if isinstance(value, datetime):
        return value.astimezone().date()
    return fold(value) if isinstance(value, str) else value


def holds(record: Record, condition: Condition) -> bool:
    """The plain filter that SQL is measured by."""
    field, test, wanted = field_of(condition.field), condition.test, condition.value
    value = record[field.name]
    opposites = {Test.LACKS: Test.CONTAINS, Test.IS_NOT: Test.IS, Test.NONE_OF: Test.ONE_OF}
    if test in opposites:
        return not holds(record, Condition(field.name, opposites[test], wanted))
    if test in (Test.EMPTY, Test.FILLED, Test.NOT_SINCE) and value is None:
        return test is not Test.FILLED
    if value is None:
        return False
    if test in (Test.EMPTY, Test.FILLED):
        return test is Test.FILLED
    found = plain(field, value)
    if test is Test.ONE_OF:
        several = [plain(field, one) for one in wanted]
        return any(one in several for one in value) if isinstance(value, tuple) else found in several
    if isinstance(wanted, Between):
        low, high = wanted
        return (low is None or found >= low) and (high is None or found <= high)
    other = plain(field, wanted)
    compared: dict[Test, Callable[[], bool]] = {
        Test.CONTAINS: lambda: str(other) in str(found),
        Test.IS: lambda: found == other,
        Test.LESS: lambda: found < other,
        Test.GREATER: lambda: found > other,
        Test.BEFORE: lambda: found < other,
        Test.NOT_SINCE: lambda: found < other,
        Test.AFTER: lambda: found > other,
    }
    return compared[test]()


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(st.fixed_dictionaries(STORED), min_size=1, max_size=12),
    wanted=st.lists(st.lists(conditions(), max_size=3).map(tuple), min_size=8, max_size=8),
)
def test_conditions_find_what_a_plain_filter_finds(tmp_path_factory, rows, wanted) -> None:
    path: Path = tmp_path_factory.mktemp("conditions") / "register.coi"
    with Register.create(path) as register:
        register.transact(ADD, lambda writer: [writer.put("initiative", row) for row in rows])
        records = register.find(Query())
        for some in wanted:
            expected = [record.id for record in records if all(holds(record, one) for one in some)]
            assert register.find_ids(Query(conditions=some)) == expected, some
        register._finder.forget()
        while register.prepare_search("initiative"):
            pass  # from here on short texts are looked into in memory
        for some in wanted:
            expected = [record.id for record in records if all(holds(record, one) for one in some)]
            assert register.find_ids(Query(conditions=some)) == expected, some
            for _done in register._finder.iter_slices(Query(conditions=some)):
                pass
            assert register.find_ids(Query(conditions=some)) == expected, some
        gone, changed, values = records[0].id, records[-1].id, {**rows[0], "title": "Ny"}
        register.transact(ADD, lambda writer: writer.change("initiative", changed, values))
        if gone != changed:
            register.transact(ADD, lambda writer: writer.drop("initiative", gone))
        records = register.find(Query())
        for some in wanted:
            expected = [record.id for record in records if all(holds(record, one) for one in some)]
            assert register.find_ids(Query(conditions=some)) == expected, some


def test_the_plain_filter_would_notice_floats() -> None:
    low, high = Decimal("100000000000000.01"), Decimal("100000000000000.02")
    record = Record("initiative", "1", {"budget": low + Decimal("1e-13")})
    assert holds(record, Condition("budget", Test.GREATER, low))
    assert holds(record, Condition("budget", Test.LESS, high))
    assert float(low + Decimal("1e-13")) == float(low)


def titles(register: Register, *wanted: Condition) -> list[str]:
    return [record.text("title") for record in register.find(Query(conditions=wanted))]


def test_amounts_are_compared_digit_by_digit(register: Register) -> None:
    add(register, "lidt mere", budget=Decimal("100000000000000.0000000000001"))
    add(register, "lige", budget=Decimal("100000000000000.000"))
    exactly = Decimal("100000000000000")
    assert titles(register, Condition("budget", Test.GREATER, exactly)) == ["lidt mere"]
    assert titles(register, Condition("budget", Test.IS, exactly)) == ["lige"]
    assert titles(register, Condition("budget", Test.LESS, exactly)) == []


def test_not_confirmed_for_a_year_stays_true_tomorrow(register: Register, clock: StandingClock) -> None:
    add(register, "aldrig")
    add(register, "i fjor", confirmed=date(2025, 11, 22))
    add(register, "i går", confirmed=date(2026, 11, 21))
    stale = Condition("confirmed", Test.NOT_SINCE, Relative(months=-12))
    assert titles(register, stale) == ["aldrig"]
    clock.forward(24 * 3600)
    assert titles(register, stale) == ["aldrig", "i fjor"]


def test_a_relative_day_in_a_shorter_month_is_its_last() -> None:
    assert Relative(months=1).on(date(2026, 1, 31)) == date(2026, 2, 28)
    assert Relative(months=-12).on(date(2024, 2, 29)) == date(2023, 2, 28)
    assert Relative(days=30).on(date(2026, 12, 15)) == date(2027, 1, 14)
    assert Relative(months=-999_999).on(date(2026, 1, 1)).year == 1


def test_who_asks_is_put_in_when_it_is_asked() -> None:
    assert Condition("owner", Test.IS, Myself()).on_me("Bo").value == "Bo"
    assert Condition("owner", Test.IS, "Ann").on_me("Bo").value == "Ann"


def test_tags_are_found_whatever_their_capitals(register: Register) -> None:
    first, second, third = (add(register, title) for title in ("Et", "To", "Tre"))
    tags = ((first, "Ærø"), (first, "robot"), (second, "Robotter"))
    register.transact(
        ADD, lambda writer: [writer.put("tag", {"initiative_id": one, "name": name}) for one, name in tags]
    )
    assert titles(register, Condition("tags", Test.ONE_OF, ("ROBOT", "ny"))) == ["Et"]
    assert titles(register, Condition("tags", Test.CONTAINS, "robot")) == ["Et", "To"]
    assert titles(register, Condition("tags", Test.NONE_OF, ("aeroe",))) == ["To", "Tre"]
    assert titles(register, Condition("tags", Test.EMPTY)) == ["Tre"]
    assert third


def test_what_hangs_under_an_initiative_is_asked_for_as_if_it_were_its_field(register: Register) -> None:
    add(register, "uden")
    measured = add(register, "målt")
    begun = add(register, "begyndt")
    register.transact(ADD, lambda writer: put_evaluation(writer, measured))

    def begin(writer) -> None:
        evaluation = writer.put("evaluation", {"initiative_id": begun})
        writer.put("indicator", {"evaluation_id": evaluation, "name": "Ventetid"})

    register.transact(ADD, begin)
    found = {
        (field.name, flag): titles(register, Condition(field.name, Test.IS, flag))
        for field in RELATED
        if field.kind is Kind.YES_NO
        for flag in (True, False)
    }
    assert found == {
        ("evaluated", True): ["målt", "begyndt"],
        ("evaluated", False): ["uden"],
        ("measured", True): ["målt"],
        ("measured", False): ["uden", "begyndt"],
        ("unmeasured", True): ["begyndt"],
        ("unmeasured", False): ["uden", "målt"],
        ("attached", True): [],
        ("attached", False): ["uden", "målt", "begyndt"],
    }


def test_an_answer_that_is_kept_follows_what_moves_it(register: Register) -> None:
    first = add(register, "Et", owner="Bo")
    by_tag = Query(conditions=(Condition("tags", Test.ONE_OF, ("robot",)),))
    assert register.find_ids(by_tag) == []
    tagged = register.transact(
        ADD, lambda writer: writer.put("tag", {"initiative_id": first, "name": "Robot"})
    )
    assert register.find_ids(by_tag) == [first]
    assert tagged.changes is not None
    assert may_move(by_tag, tagged.changes)
    assert not may_move(Query(conditions=(Condition("owner", Test.IS, "Bo"),)), tagged.changes)
    by_owner = Query(conditions=(Condition("owner", Test.CONTAINS, "b"),))
    assert register.find_ids(by_owner) == [first]
    edit(register, first, owner="Ann")
    assert register.find_ids(by_owner) == []


def test_a_grouping_comes_before_the_order(register: Register) -> None:
    for title, phase in (("c", "operate"), ("b", "idea"), ("a", "operate"), ("d", None)):
        add(register, title, phase=phase)
    grouping = Order("phase", ranking=("idea", "operate"))
    found = register.find(Query(order=Order("title"), grouping=grouping))
    assert [record.text("title") for record in found] == ["b", "a", "c", "d"]


@pytest.mark.parametrize("text", ["'; DROP TABLE initiative; --", '") OR 1=1 --', "\x00", "%", "_%_"])
def test_odd_values_are_values(register: Register, text: str) -> None:
    add(register, "Et")
    for test in (Test.CONTAINS, Test.IS, Test.ONE_OF):
        value = (text,) if test is Test.ONE_OF else text
        sql, values = where("initiative", [Condition("owner", test, value)])
        assert text not in sql
        assert sql.count("?") == len(values)
        assert titles(register, Condition("owner", test, value)) == []


def test_a_field_that_is_not_there_is_told(register: Register) -> None:
    with pytest.raises(KeyError):
        register.find_ids(Query(conditions=(Condition("colour", Test.FILLED),)))


def test_own_fields_are_asked_of_as_fields_of_the_initiative(register: Register) -> None:
    kinds = {
        "money": Decimal("100000000000000.01"),
        "text": "Ærø Fond",
        "yes_no": True,
        "date": date(2026, 3, 1),
    }
    made = {
        kind: register.transact(
            ADD, lambda writer, kind=kind: writer.put("own_field", {"da": kind, "kind": kind})
        ).result
        for kind in kinds
    }
    names = {kind: own_name(field_id) for kind, field_id in made.items()}
    filled = add(register, "Med", **{names[kind]: value for kind, value in kinds.items()})
    add(register, "Uden")
    for kind, test, value in (
        ("money", Test.GREATER, Decimal("100000000000000")),
        ("money", Test.IS, Decimal("100000000000000.010")),
        ("text", Test.CONTAINS, "aeroe"),
        ("text", Test.ONE_OF, ("ÆRØ FOND",)),
        ("yes_no", Test.IS, True),
        ("date", Test.BETWEEN, Between(date(2026, 3, 1), None)),
        ("date", Test.FILLED, None),
    ):
        assert titles(register, Condition(names[kind], test, value)) == ["Med"], (kind, test)
    assert titles(register, Condition(names["yes_no"], Test.IS, False)) == []
    assert titles(register, Condition(names["text"], Test.EMPTY)) == ["Uden"]
    assert titles(register, Condition(names["text"], Test.LACKS, "fond")) == ["Uden"]
    edit(register, filled, **{names["text"]: "Andet"})
    assert titles(register, Condition(names["text"], Test.CONTAINS, "aeroe")) == []
