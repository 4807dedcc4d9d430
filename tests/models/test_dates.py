from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models import dates

LANGUAGES = st.sampled_from(["da", "en"])


@pytest.mark.parametrize(
    "written",
    [
        "1-3-2025", "01.03.2025", "01/03/25", "1/3-2025", "1/3 2025", "1. 3. 2025", "d. 1. marts 2025",
        "1. marts 2025", "1. mar. 2025", "1 mar 2025", "1-mar-25", "lørdag den 1. marts 2025", "2025-03-01",
        "2025-03-01T10:00:00Z", "2025-03-01 00:00:00", "01-03-2025 kl. 10.42", "20250301", "March 1, 2025",
        "1st March 2025", "\u00a01.\u00a0marts\u00a02025 ", "01\u201303\u20132025",
    ],
)  # fmt: skip
def test_date_is_read_in_every_usual_form(written):
    assert dates.parse_date(written) == date(2025, 3, 1)


@pytest.mark.parametrize("written", ["2021", "2021.0", "2021,0"])
def test_year_is_a_date_only_where_a_period_is_accepted(written):
    assert dates.parse_date(written) is None
    assert dates.parse_date(written, period="start") == date(2021, 1, 1)
    assert dates.parse_date(written, period="end") == date(2021, 12, 31)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("februar 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("dec. 2025", date(2025, 12, 1), date(2025, 12, 31)),
        ("03-2025", date(2025, 3, 1), date(2025, 3, 31)),
        ("2025-03", date(2025, 3, 1), date(2025, 3, 31)),
        ("3. kvartal 2025", date(2025, 7, 1), date(2025, 9, 30)),
        ("Q4 2025", date(2025, 10, 1), date(2025, 12, 31)),
        ("1. halvår 2026", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026H2", date(2026, 7, 1), date(2026, 12, 31)),
        ("uge 34 2026", date(2026, 8, 17), date(2026, 8, 23)),
        ("Uge 1, 2026", date(2025, 12, 29), date(2026, 1, 4)),
        ("uge 53/2026", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-W34", date(2026, 8, 17), date(2026, 8, 23)),
        ("2026 uge 34", date(2026, 8, 17), date(2026, 8, 23)),
    ],
)
def test_a_period_gives_its_first_or_last_day(written, first, last):
    assert dates.parse_date(written, period="start") == first
    assert dates.parse_date(written, period="end") == last


@pytest.mark.parametrize("written", ["uge 54 2026", "uge 0 2026", "uge 53 2025", "uge 34", "3. halvår 2026"])
def test_weeks_and_halves_that_no_year_has_are_no_dates(written):
    assert dates.parse_date(written, period="end") is None


def test_two_digit_years_pivot_at_seventy():
    assert dates.parse_date("1/1/69") == date(2069, 1, 1)
    assert dates.parse_date("1/1/70") == date(1970, 1, 1)


def test_order_of_figures_is_the_callers():
    assert dates.parse_date("03/04/2025") == date(2025, 4, 3)
    assert dates.parse_date("03/04/2025", order="mdy") == date(2025, 3, 4)
    assert dates.parse_date("25-04-03", order="ymd") == date(2025, 4, 3)


@pytest.mark.parametrize(
    "written",
    ["31-02-2025", "2025-13-01", "jan-26", "0-0-2025", "1-1-0202", "13-2025", "45678", "i morgen", "", "99"],
)
def test_what_is_no_day_is_no_date(written):
    assert dates.parse_date(written, period="start") is None


@given(st.text(max_size=30))
def test_no_text_breaks_the_reader(written):
    dates.parse_date(written, period="end")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2199, 12, 31)), LANGUAGES)
def test_formatted_date_is_read_back(value, language):
    assert dates.parse_date(dates.format_date(value, language)) == value
    assert dates.parse_date(dates.format_long_date(value, language)) == value


def test_dates_and_times_have_the_form_of_their_language():
    moment = datetime(2026, 11, 22, 10, 42)
    assert dates.format_date(moment.date(), "da") == "22-11-2026"
    assert dates.format_date(moment.date(), "en") == "22 Nov 2026"
    assert dates.format_datetime(moment, "da") == "22-11-2026 10.42"
    assert dates.format_datetime(moment, "en") == "22 Nov 2026 10:42"
    assert dates.format_long_date(moment.date(), "da") == "22. november 2026"
    assert dates.format_week(moment.date(), "da") == "uge 47"
