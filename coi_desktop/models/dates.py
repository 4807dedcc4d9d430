"""Dates as people write them: read and written in one place.

Inside the program a date is a ``datetime.date``; only here does it meet ``22-11-2026``. Formatting takes the
language as an argument (``"da"`` or ``"en"``).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Literal

from coi_desktop.models.text import plain_signs

DateOrder = Literal["dmy", "mdy", "ymd"]
Period = Literal["", "start", "end"]

FIRST_YEAR = 1900
LAST_YEAR = 2199
TWO_DIGIT_YEAR_PIVOT = 70

_MONTHS_DA = (
    "januar", "februar", "marts", "april", "maj", "juni",
    "juli", "august", "september", "oktober", "november", "december",
)  # fmt: skip
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MONTH_NUMBERS = {
    word: number
    for names in (_MONTHS_DA, _MONTHS_EN)
    for number, name in enumerate(names, 1)
    for word in (name.lower(), name[:3].lower())
} | {"sept": 9}

_CLOCK_TIME = r"[ t](?:kl\.? ?)?[0-2]?[0-9][:.][0-5][0-9](?:[:.][0-5][0-9](?:\.[0-9]+)?)?(?:z|\+[0-9:]+)?$"
_WEEKDAY = r"^(?:(?:man|tirs|ons|tors|fre|lør|søn)(?:dag)?\.?,? )?(?:den |d\. ?)?(?=[0-9])"
_YEAR_FIRST = r"([0-9]{4})[-./]([0-9]{1,2})[-./]([0-9]{1,2})"
_COMPACT = r"([12][0-9]{3})([01][0-9])([0-3][0-9])"
_FIGURES = r"([0-9]{1,2}) ?[-./] ?([0-9]{1,2})(?: ?[-./] ?| )([0-9]{4}|[0-9]{2})"
_DAY_MONTH_NAME = r"([0-9]{1,2})(?:\.|st|nd|rd|th)?[- ]?([a-z]{3,9})\.?,?[- ]?([0-9]{4}|[0-9]{2})"
_MONTH_NAME_DAY = r"([a-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})"
_YEAR = r"([12][0-9]{3})(?:[.,]0+)?"
_MONTH_NAME = r"([a-z]{3,9})\.? ([0-9]{4})"
_MONTH = r"(?:([0-9]{1,2})[-/.]([0-9]{4})|([0-9]{4})-([0-9]{1,2}))"
_QUARTER = r"(?:q([1-4])|([1-4])\. ?(?:kvartal|kvt\.?|kv\.?)|([1-4])q),? ?([0-9]{4})|([0-9]{4}) ?-?q([1-4])"
_HALF_YEAR = r"([12])\. ?(?:halvår|half(?: of)?),? ?([0-9]{4})|h([12]),? ?([0-9]{4})|([0-9]{4}) ?-?h([12])"
_WEEK = (
    r"(?:uge|week|w|u\.?) ?([0-9]{1,2})(?:,| i| in|/|-)? ?([0-9]{4})"
    r"|([0-9]{4}),? ?-?(?:uge|week|w) ?-?([0-9]{1,2})"
)


def parse_date(text: str, *, order: DateOrder = "dmy", period: Period = "") -> date | None:
    """Read a date in the usual Danish and English forms; None when it is none or there is no such day.

    ``22-11-2026``, ``22.11.2026``, ``22/11/26``, ``22/11-2026``, ``1. marts 2025``, ``d. 1. mar. 2025``,
    ``March 1, 2025``, ISO, and any of them with a time of day, which is dropped. ``order`` says how figures
    are read; two-digit years below 70 are 20xx, the others 19xx. With ``period`` ``"start"`` or ``"end"`` a
    year (``2021``, ``2021.0``), a half (``1. halvår 2026``), a quarter (``3. kvartal 2025``), a month
    (``marts 2025``, ``03-2025``) or an ISO week (``uge 34 2026``, ``2026-W34``) is accepted too and gives its
    first or last day.
    """
    rest = plain_signs(text).lower()
    rest = re.sub(_WEEKDAY, "", rest)
    found = _parts_of_day(rest, order) or _parts_of_day(re.sub(_CLOCK_TIME, "", rest), order)
    if found is not None:
        return _make_date(*found)
    return _parse_period(rest, period) if period else None


def _parts_of_day(text: str, order: DateOrder) -> tuple[int, int, int] | None:
    """Year, month and day of a text in the form of a full date, whether or not there is such a day."""
    match = re.fullmatch(_YEAR_FIRST, text) or re.fullmatch(_COMPACT, text)
    if match:
        return int(match[1]), int(match[2]), int(match[3])
    match = re.fullmatch(_FIGURES, text)
    if match:
        first, second, third = int(match[1]), int(match[2]), match[3]
        if order == "mdy":
            return _full_year(third), first, second
        if order == "ymd" and len(third) == 2:
            return _full_year(match[1]), second, int(third)
        return _full_year(third), second, first
    match = re.fullmatch(_DAY_MONTH_NAME, text)
    if match and match[2] in _MONTH_NUMBERS:
        return _full_year(match[3]), _MONTH_NUMBERS[match[2]], int(match[1])
    match = re.fullmatch(_MONTH_NAME_DAY, text)
    if match and match[1] in _MONTH_NUMBERS:
        return int(match[3]), _MONTH_NUMBERS[match[1]], int(match[2])
    return None


def _full_year(digits: str) -> int:
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < TWO_DIGIT_YEAR_PIVOT else 1900)


def _make_date(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parse_period(text: str, period: Period) -> date | None:
    """First or last day of a year, a half, a quarter, a month or a week."""
    if match := re.fullmatch(_WEEK, text):
        return _day_of_week(int(match[2] or match[3]), int(match[1] or match[4]), period)
    if match := re.fullmatch(_YEAR, text):
        year, first, months = int(match[1]), 1, 12
    elif (match := re.fullmatch(_MONTH_NAME, text)) and match[1] in _MONTH_NUMBERS:
        year, first, months = int(match[2]), _MONTH_NUMBERS[match[1]], 1
    elif match := re.fullmatch(_MONTH, text):
        year, first, months = int(match[2] or match[3]), int(match[1] or match[4]), 1
    elif match := re.fullmatch(_QUARTER, text):
        quarter = int(match[1] or match[2] or match[3] or match[6])
        year, first, months = int(match[4] or match[5]), 3 * quarter - 2, 3
    elif match := re.fullmatch(_HALF_YEAR, text):
        half = int(match[1] or match[3] or match[6])
        year, first, months = int(match[2] or match[4] or match[5]), 6 * half - 5, 6
    else:
        return None
    if period == "start":
        return _make_date(year, first, 1)
    last = first + months - 1
    following = _make_date(year + last // 12, last % 12 + 1, 1) if 1 <= first <= 12 else None
    return None if following is None else following - timedelta(days=1)


def _day_of_week(year: int, week: int, period: Period) -> date | None:
    """Monday or Sunday of an ISO week; None where the year has no such week."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date.fromisocalendar(year, week, 1 if period == "start" else 7)
    except ValueError:
        return None


def format_date(value: date | None, language: str) -> str:
    """``22-11-2026`` (da) or ``22 Nov 2026`` (en); empty text for None."""
    if value is None:
        return ""
    if language == "da":
        return f"{value.day:02d}-{value.month:02d}-{value.year:04d}"
    return f"{value.day} {_MONTHS_EN[value.month - 1][:3]} {value.year}"


def format_long_date(value: date | None, language: str) -> str:
    """``22. november 2026`` (da) or ``22 November 2026`` (en); empty text for None."""
    if value is None:
        return ""
    return f"{value.day}{'.' if language == 'da' else ''} {format_month(value, language)}"


def format_month(value: date, language: str) -> str:
    """``november 2026`` (da) or ``November 2026`` (en)."""
    return f"{(_MONTHS_DA if language == 'da' else _MONTHS_EN)[value.month - 1]} {value.year}"


def format_short_month(value: date, language: str) -> str:
    """``nov.``, ``maj`` (da) or ``Nov``, ``May`` (en), for scales of time; the year stands elsewhere."""
    name = (_MONTHS_DA if language == "da" else _MONTHS_EN)[value.month - 1]
    if language != "da":
        return name[:3]
    return name if len(name) <= 4 else f"{name[:3]}."


def format_quarter(value: date, language: str) -> str:
    """``4. kvt.`` (da) or ``Q4`` (en), for scales of time; the year stands elsewhere."""
    quarter = (value.month + 2) // 3
    return f"{quarter}. kvt." if language == "da" else f"Q{quarter}"


def format_week(value: date, language: str) -> str:
    """The ISO week, as Danish calendars count it: ``uge 47`` or ``week 47``."""
    return f"{'uge' if language == 'da' else 'week'} {value.isocalendar().week}"


def format_time(value: datetime, language: str) -> str:
    """``10.42`` (da) or ``10:42`` (en)."""
    return f"{value.hour:02d}{'.' if language == 'da' else ':'}{value.minute:02d}"


def format_datetime(value: datetime | None, language: str) -> str:
    """``22-11-2026 10.42`` (da) or ``22 Nov 2026 10:42`` (en), in the zone the value carries; "" for None."""
    if value is None:
        return ""
    return f"{format_date(value.date(), language)} {format_time(value, language)}"
