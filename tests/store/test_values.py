"""Values go in clean and come out as they were typed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.errors import Problem
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.records import Value
from coi_desktop.store.columns import columns
from coi_desktop.store.values import LOAD, store_value, store_values

KINDS = {kind: FieldSpec("felt", kind, "Felt", "Field", limit=40) for kind in Kind}


def through(kind: Kind, value: Value) -> Value:
    """A value stored and loaded again."""
    stored = store_value(KINDS[kind], value)
    return stored if stored is None or kind not in LOAD else LOAD[kind](str(stored))


@pytest.mark.parametrize(
    "text", ["0", "-0", "1.50", "0.10", "1234567.5", "-999999999999999", "1E+3", "1E-7", "0E+2"]
)
def test_numbers_keep_their_digits(text: str) -> None:
    loaded = through(Kind.NUMBER, Decimal(text))
    assert loaded == Decimal(text)
    assert "E" not in str(store_value(KINDS[Kind.MONEY], Decimal(text)))


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**14), max_value=10**14, places=4))
def test_any_amount_comes_back_as_typed(number: Decimal) -> None:
    loaded = through(Kind.MONEY, number)
    assert isinstance(loaded, Decimal)
    assert loaded.as_tuple() == number.as_tuple()


@pytest.mark.parametrize(
    "text", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+15", "-1E+15", "1E-30", "1E+999999"]
)
def test_numbers_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(Problem) as caught:
        store_value(KINDS[Kind.MONEY], Decimal(text))
    assert caught.value.code == "bad_number"
    assert "Felt" in caught.value.what


@given(st.integers(-(2**53), 2**53))
def test_whole_numbers_come_back(number: int) -> None:
    assert through(Kind.INTEGER, number) == number


@pytest.mark.parametrize("number", [2**53 + 1, -(2**53) - 1, 10**40])
def test_whole_numbers_beyond_what_excel_holds_are_refused(number: int) -> None:
    with pytest.raises(Problem):
        store_value(KINDS[Kind.INTEGER], number)


@given(st.dates())
def test_dates_come_back(day: date) -> None:
    assert through(Kind.DATE, day) == day


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1)))
def test_moments_come_back_to_the_millisecond_in_utc(moment: datetime) -> None:
    loaded = through(Kind.TIME, moment.astimezone(timezone(timedelta(hours=2))))
    assert isinstance(loaded, datetime)
    assert timedelta(0) <= moment - loaded < timedelta(milliseconds=1)
    assert loaded.utcoffset() == timedelta(0)


@given(st.lists(st.text("abc_0", min_size=1, max_size=5), min_size=1, max_size=5, unique=True))
def test_several_choices_come_back_in_their_order(keys: list[str]) -> None:
    assert through(Kind.RANK, tuple(keys)) == tuple(keys)


@pytest.mark.parametrize("kind", Kind)
def test_nothing_is_nothing(kind: Kind) -> None:
    assert store_value(KINDS[kind], None) is None


@pytest.mark.parametrize(
    ("kind", "value"), [(Kind.TEXT, "  "), (Kind.LONG, "\n\t"), (Kind.CHOICE, ""), (Kind.CHOICES, ())]
)
def test_empty_is_nothing(kind: Kind, value: Value) -> None:
    assert store_value(KINDS[kind], value) is None


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.TEXT, 1),
        (Kind.TEXT, b"x"),
        (Kind.CHOICES, "abc"),
        (Kind.CHOICES, (1,)),
        (Kind.INTEGER, True),
        (Kind.INTEGER, Decimal(1)),
        (Kind.MONEY, 1.5),
        (Kind.MONEY, True),
        (Kind.YES_NO, 1),
        (Kind.DATE, "2026-11-22"),
        (Kind.TIME, date(2026, 11, 22)),
    ],
)
def test_a_value_of_the_wrong_type_is_a_fault_of_the_program(kind: Kind, value: Value) -> None:
    with pytest.raises(TypeError):
        store_value(KINDS[kind], value)


def test_a_key_cannot_hold_the_separator() -> None:
    with pytest.raises(ValueError, match="felt"):
        store_value(KINDS[Kind.CHOICES], ("a|b",))


def test_a_text_that_is_too_long_is_refused_and_named() -> None:
    assert store_value(KINDS[Kind.TEXT], "x" * 40) == "x" * 40
    assert store_value(KINDS[Kind.TEXT], " " * 9 + "x" * 40) == "x" * 40
    with pytest.raises(Problem) as caught:
        store_value(KINDS[Kind.LONG], "x" * 41)
    assert all(word in caught.value.what for word in ("Felt", "41", "40"))


@given(st.text(max_size=40))
def test_any_text_that_fits_is_stored_clean(text: str) -> None:
    for kind in (Kind.TEXT, Kind.LONG):
        stored = store_value(KINDS[kind], text)
        assert stored is None or str(stored).encode()
        assert store_value(KINDS[kind], stored) == stored


@given(
    st.sampled_from([Kind.TEXT, Kind.LONG, Kind.CHOICE]),
    st.lists(st.one_of(st.none(), st.text(max_size=9), st.sampled_from(["", " Ærø ", "A\u030a", "a  b"]))),
)
def test_many_values_are_stored_as_one_by_one(kind: Kind, texts: list[str | None]) -> None:
    field = KINDS[kind]
    assert store_values(field, texts) == [store_value(field, text) for text in texts]


@given(st.lists(st.one_of(st.none(), st.decimals(-1000, 1000, places=2))))
def test_many_numbers_are_stored_as_one_by_one(numbers: list[Decimal | None]) -> None:
    field = KINDS[Kind.MONEY]
    assert store_values(field, numbers) == [store_value(field, number) for number in numbers]


def test_one_text_among_many_that_is_too_long_is_refused_and_named() -> None:
    with pytest.raises(Problem) as caught:
        store_values(KINDS[Kind.TEXT], ["kort", "x" * 41, None])
    assert "41" in caught.value.what


def test_one_value_among_many_of_the_wrong_type_is_a_fault_of_the_program() -> None:
    with pytest.raises(TypeError):
        store_values(KINDS[Kind.TEXT], ["kort", 7])


def test_a_field_that_the_record_type_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="no_such"):
        columns("tag").stored_rows([{"name": "velfærd"}, {"name": "it", "no_such": None}], {})


def test_many_rows_are_read_as_one_by_one() -> None:
    layout = columns("measurement")
    rows = [
        (
            f"id-{place}",
            "indicator-1",
            "2026-01-02" if place % 3 else None,
            f"{place}.50",
            place,
            *[None] * 14,
        )
        for place in range(20)
    ]
    assert len(rows[0]) == len(layout.names) + 1
    assert layout.records(rows) == [layout.record(row) for row in rows]
    bare = [(f"id-{place}", *[None] * len(layout.names)) for place in range(20)]
    assert layout.records(bare) == [layout.record(row) for row in bare]


@pytest.mark.parametrize(("place", "value"), [(2, "2026-13-02"), (3, "NaN"), (4, 7.0), (7, b"initiative")])
def test_one_damaged_value_among_many_rows_is_named(place: int, value: object) -> None:
    layout = columns("measurement")
    rows = [["id", "indicator-1", "2026-01-02", "7.5", 7, *[None] * 14] for _time in range(20)]
    assert len(layout.records(rows)) == 20
    rows[11][place] = value
    with pytest.raises(Problem) as caught:
        layout.records(rows)
    assert caught.value.code == "damaged"
