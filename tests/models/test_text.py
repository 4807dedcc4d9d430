from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models import text

LANGUAGES = st.sampled_from(["da", "en"])
NUMBERS = st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=4)


@pytest.mark.parametrize(
    ("written", "comma", "point"),
    [
        ("1.234.567,50", "1234567.50", None),
        ("1,234,567.50", None, "1234567.50"),
        ("1234567.5", None, "1234567.5"),
        ("1.234", "1234", "1.234"),
        ("1,234", "1.234", "1234"),
        ("-1.234", "-1234", "-1.234"),
        ("0,125", "0.125", None),
        ("1234,500", "1234.500", None),
        ("1 234 567,5", "1234567.5", None),
        ("1\u00a0234,5", "1234.5", None),
        ("1\u202f234", "1234", "1234"),
        ("\u22125,5", "-5.5", None),
        ("(12)", "-12", "-12"),
        ("500-", "-500", "-500"),
        ("42", "42", "42"),
        ("007", "7", "7"),
        (",5", "0.5", None),
    ],
)
def test_number_has_every_reading_it_can_have(written, comma, point):
    parsed = text.parse_number(written)
    assert parsed.comma == (None if comma is None else Decimal(comma))
    assert parsed.point == (None if point is None else Decimal(point))


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "abc",
        "1.2.3",
        "12.34.567",
        "1,23457E+15",
        "1e5",
        "NaN",
        "inf",
        "12 34",
        "٣",
        "１２",
        "1.",
        "-",
        "1-2",
        "9" * 61,
    ],
)
def test_text_that_is_no_number_has_no_reading(written):
    assert not text.parse_number(written).is_number


def test_a_lone_separator_before_three_digits_is_ambiguous_and_has_no_value():
    parsed = text.parse_number("1.234")
    assert parsed.is_ambiguous
    assert parsed.value is None
    assert parsed.reading("comma") == 1234
    assert parsed.reading("point") == Decimal("1.234")


def test_percent_sign_is_told_and_the_value_stays_as_written():
    parsed = text.parse_number("12,5\u00a0%")
    assert (parsed.value, parsed.percent) == (Decimal("12.5"), True)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1.234,50 kr.", "1234.50"),
        ("kr. 1.234,50", "1234.50"),
        ("DKK 1,234.50", "1234.50"),
        ("1.234.567 kroner", "1234567"),
        ("500,-", "500"),
        ("1.500,-", "1500"),
        ("-500,-", "-500"),
        ("1,5 mio. kr.", "1500000"),
        ("1,5 mio.", "1500000"),
        ("250 t.kr.", "250000"),
        ("250 tkr", "250000"),
        ("2 mia.", "2000000000"),
        ("5 millioner kroner", "5000000"),
        ("200\u00a0000", "200000"),
    ],
)
def test_money_is_read_as_budgets_write_it(written, value):
    assert text.parse_money(written).value == Decimal(value)


@pytest.mark.parametrize(
    "written", ["500 t", "12 %", "kr.", "USD 5", "5 stk.", "ca. 500", "500 kr. pr. år", ""]
)
def test_what_is_no_amount_in_kroner_is_not_read_as_money(written):
    assert not text.parse_money(written).is_number


def test_money_with_two_readings_stays_ambiguous():
    assert text.parse_money("1.234 kr.").is_ambiguous


def test_formatted_money_has_the_form_of_its_language():
    assert text.format_money(Decimal("1234.5"), "da") == "1.234,50\u00a0kr."
    assert text.format_money(Decimal("1234.5"), "en") == "DKK\u00a01,234.50"
    assert text.format_money(Decimal(2_000_000), "da") == "2.000.000\u00a0kr."
    assert text.format_money(None, "da") == ""


def test_formatted_numbers_round_half_up_and_never_show_minus_zero():
    assert text.format_number(Decimal("2.5"), "da", 0) == "3"
    assert text.format_number(Decimal("-0.001"), "da", 2) == "0,00"
    assert text.format_number(Decimal("1234567.50"), "da") == "1.234.567,5"
    assert text.format_number(0.1, "en") == "0.1"
    assert text.format_percent(Decimal("12.5"), "da") == "12,5\u00a0%"
    assert text.format_percent(Decimal("12.5"), "en") == "12.5%"


@given(NUMBERS, LANGUAGES)
def test_editable_number_is_read_back_without_a_doubt(value, language):
    parsed = text.parse_number(text.format_editable(value, language))
    assert parsed.value == value


@given(NUMBERS, LANGUAGES)
def test_formatted_number_is_read_back_in_its_own_form(value, language):
    form = "comma" if language == "da" else "point"
    assert text.parse_number(text.format_number(value, language)).reading(form) == value


@given(st.decimals(max_value=0, min_value=Decimal("-1e12"), places=2), LANGUAGES)
def test_a_minus_is_one_sign_for_people_and_a_hyphen_where_somebody_goes_on_typing(value, language):
    shown = [text.format_number(value, language), text.format_money(value, language)]
    shown += [text.format_percent(value, language), text.format_years(value, language)]
    assert not any("-" in one for one in shown)
    assert [one.count(text.MINUS) for one in shown[:3]] == [int(value != 0)] * 3
    assert text.MINUS not in text.format_editable(value, language)


@given(st.decimals(min_value=Decimal("-1e12"), max_value=Decimal("1e12"), places=2), LANGUAGES)
def test_formatted_money_is_read_back_in_its_own_form(value, language):
    form = "comma" if language == "da" else "point"
    assert text.parse_money(text.format_money(value, language)).reading(form) == value


@given(st.text(max_size=30))
def test_no_text_breaks_the_readers(written):
    text.parse_number(written)
    text.parse_money(written)
    text.parse_minutes(written)


@pytest.mark.parametrize(
    ("written", "minutes"),
    [
        ("1:30", 90),
        ("90 min", 90),
        ("1,5 t", 90),
        ("1 time 30 minutter", 90),
        ("2 timer", 120),
        ("2h", 120),
        ("45m", 45),
    ],
)
def test_length_of_time_is_read_in_minutes(written, minutes):
    assert text.parse_minutes(written) == minutes


@pytest.mark.parametrize("written", ["", "90", "to timer", "1:75", "3 dage"])
def test_length_of_time_without_a_unit_is_not_guessed(written):
    assert text.parse_minutes(written) is None


def test_length_of_time_is_shown_in_hours_and_minutes():
    assert text.format_minutes(90, "da") == "1\u00a0t. 30\u00a0min."
    assert text.format_minutes(90, "en") == "1\u00a0h 30\u00a0min"
    assert text.format_minutes(0, "da") == "0\u00a0min."
    assert text.format_minutes(Decimal("-120"), "da") == "\u22122\u00a0t."
    assert text.format_years(Decimal("2.54"), "da") == "2,5\u00a0år"
    assert text.format_years(1, "en", 0) == "1\u00a0year"
