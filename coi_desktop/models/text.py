"""Numbers, money, percent, durations and dates as people write them: read and written in one place.

Inside the program a number is a ``Decimal`` and a date a ``datetime.date``; only here do they meet a decimal
comma or ``22-11-2026``. Reading never guesses: ``1.234`` is told to have two readings, and the caller asks,
or decides by all values of a column. Formatting takes the language as an argument (``"da"`` or ``"en"``).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

NBSP = "\u00a0"
MINUS = "\u2212"

NumberForm = Literal["comma", "point"]
DateOrder = Literal["dmy", "mdy", "ymd"]
Period = Literal["", "start", "end"]

FIRST_YEAR = 1900
LAST_YEAR = 2199
TWO_DIGIT_YEAR_PIVOT = 70

# ---------------------------------------------------------------------------------------------- numbers

_SPACES = "\u0020\u00a0\u202f\u2007\u2009"
_MINUS_SIGNS = str.maketrans({"\u2212": "-", "\u2013": "-", "\u2011": "-", "\ufe63": "-", "\uff0d": "-"})
_PLAIN_SPACES = str.maketrans(dict.fromkeys(_SPACES, " "))
_NO_SPACES = str.maketrans(dict.fromkeys(_SPACES, ""))
# Patterns are texts: re compiles each when it is first used and keeps it; no start waits for all of them.
_SPACED_GROUPS = rf"[0-9]{{1,3}}(?:[{_SPACES}][0-9]{{3}})+(?=[.,]|$)"
_COMMA_FORM = r"(?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+)(?:,[0-9]+)?|,[0-9]+"
_POINT_FORM = r"(?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?|\.[0-9]+"
_LONGEST_NUMBER = 60


class ParsedNumber(NamedTuple):
    """The readings of a text as a number.

    ``comma`` is the reading with a decimal comma (1.234,5), ``point`` the one with a decimal point (1,234.5);
    None where the text cannot be read so. ``percent`` tells that a percent sign stood behind: the value is in
    percent as written (``12,5 %`` is 12.5).
    """

    text: str
    comma: Decimal | None
    point: Decimal | None
    percent: bool = False

    @property
    def is_number(self) -> bool:
        """True when there is at least one reading."""
        return self.comma is not None or self.point is not None

    @property
    def is_ambiguous(self) -> bool:
        """True for ``1.234`` and ``1,234``, which mean one thing in Danish and another in English."""
        return self.comma is not None and self.point is not None and self.comma != self.point

    @property
    def value(self) -> Decimal | None:
        """The one and only reading; None when there is none or when there are two."""
        if self.is_ambiguous:
            return None
        return self.comma if self.comma is not None else self.point

    def reading(self, form: NumberForm) -> Decimal | None:
        """The reading under one form of numbers, for a caller that knows the form."""
        return self.comma if form == "comma" else self.point


def parse_number(text: str) -> ParsedNumber:
    """Read ``text`` as a number, with decimal comma or point, thousands grouped or not, and a percent sign.

    A single separator followed by exactly three digits is ambiguous (``1.234``) unless the other reading
    cannot be meant (``0,125``, ``1234,500``). Thousands may be grouped by blanks of any width; the minus may
    be a hyphen, a dash, U+2212, trailing as in ledgers, or brackets. Only ASCII digits count.
    """
    rest = text.strip().strip(_SPACES).translate(_MINUS_SIGNS)
    percent = rest.endswith("%")
    if percent:
        rest = rest[:-1].rstrip(_SPACES)
    negative, rest = _take_sign(rest)
    rest = _join_groups(rest)
    if len(rest) > _LONGEST_NUMBER:
        return ParsedNumber(text, None, None)
    comma = _to_decimal(rest.replace(".", "").replace(",", ".")) if re.fullmatch(_COMMA_FORM, rest) else None
    point = _to_decimal(rest.replace(",", "")) if re.fullmatch(_POINT_FORM, rest) else None
    if comma is None and point is None:
        return ParsedNumber(text, None, None)
    if negative:
        comma, point = (None if value is None else -value for value in (comma, point))
    return ParsedNumber(text, comma, point, percent)


def _take_sign(text: str) -> tuple[bool, str]:
    if text.startswith("(") and text.endswith(")"):
        return True, text[1:-1].strip(_SPACES)
    if text.startswith("-"):
        return True, text[1:].lstrip(_SPACES)
    if text.startswith("+"):
        return False, text[1:].lstrip(_SPACES)
    if text.endswith("-") and text[:1].isdigit():
        return True, text[:-1].rstrip(_SPACES)
    return False, text


def _join_groups(text: str) -> str:
    """``1 234 567,5`` without its blanks; any other blank stays and makes the text no number."""
    groups = re.match(_SPACED_GROUPS, text)
    if groups is None:
        return text
    return groups.group().translate(_NO_SPACES) + text[groups.end() :]


def _to_decimal(neutral: str) -> Decimal:
    return Decimal("0" + neutral if neutral.startswith(".") else neutral)


def format_number(
    value: Decimal | int | float | None,
    language: str,
    decimals: int | None = None,
    *,
    grouping: bool = True,
    minus: str = MINUS,
) -> str:
    """``1.234,5`` (da) or ``1,234.5`` (en); empty text for None.

    ``decimals`` rounds half up to so many digits and keeps them all; None shows the digits there are, without
    trailing zeros. The minus is the sign U+2212, which does not break from its number; what a program or a
    person goes on with has a plain hyphen. ``parse_number`` reads both.
    """
    if value is None:
        return ""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is not None:
        number = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    plain = f"{number:,f}" if grouping else f"{number:f}"
    if decimals is None and "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    plain = plain.removeprefix("-") if number == 0 else plain.replace("-", minus)
    return plain.translate(_SWAPPED) if language == "da" else plain


_SWAPPED = str.maketrans({",": ".", ".": ","})


def format_editable(value: Decimal | None, language: str) -> str:
    """A number as it stands in an entry field or a copied cell: without grouping, with a plain hyphen, and so
    that it is read back without a doubt.

    ``Decimal("1.234")`` becomes ``1,2340``: with three decimals it would look like a thousand.
    """
    text = format_number(value, language, grouping=False, minus="-")
    return text + "0" if parse_number(text).is_ambiguous else text


def format_percent(value: Decimal | int | float | None, language: str, decimals: int | None = None) -> str:
    """``12,5 %`` (da, with a no-break space) or ``12.5%`` (en) for 12.5; empty text for None."""
    if value is None:
        return ""
    return format_number(value, language, decimals) + (f"{NBSP}%" if language == "da" else "%")


def format_size(size: int | None, language: str) -> str:
    """The length of a file: ``48 kB``, ``1,3 MB`` (da), ``1.3 MB`` (en); a kB is 1,000 bytes; "" for None."""
    if size is None:
        return ""
    for unit, name in ((10**9, "GB"), (10**6, "MB")):
        if size >= unit:
            decimals = 1 if size < 100 * unit else 0
            return f"{format_number(Decimal(size) / unit, language, decimals)}{NBSP}{name}"
    kilobytes = max(1, round(size / 1000)) if size else 0
    return f"{format_number(kilobytes, language)}{NBSP}kB"


# ------------------------------------------------------------------------------------------------ money

_CURRENCY = r"(?:(?:danske )?kr(?:oner|\.)?|dkk|d\.?kr\.?)"
_MONEY = (
    rf"(?i)(?:{_CURRENCY} ?)?(?P<number>[^a-z]*[0-9)\-])"
    rf"(?: ?(?P<multiple>mia|milliard|mio|mill|t)(?:er|ion(?:er|s)?|\.)?(?: ?{_CURRENCY})?| ?{_CURRENCY})?"
)
_MULTIPLES = {"mia": 10**9, "milliard": 10**9, "mio": 10**6, "mill": 10**6, "t": 1000}
_ROUND_KRONER = r",-{1,2}$|,=$"


def parse_money(text: str) -> ParsedNumber:
    """Read an amount in Danish kroner: as ``parse_number``, with ``kr.``, ``kr`` or ``DKK`` before or behind.

    Also ``500,-`` and the short forms of budgets: ``1,5 mio. kr.``, ``250 t.kr.``, ``2 mia.``
    """
    rest = " ".join(text.translate(_MINUS_SIGNS).translate(_PLAIN_SPACES).split())
    match = re.fullmatch(_MONEY, rest)
    if match is None or "%" in rest:
        return ParsedNumber(text, None, None)
    multiple = (match["multiple"] or "").lower()
    if multiple == "t" and not rest.lower().endswith(("kr", "kr.", "kroner", "dkk")):
        return ParsedNumber(text, None, None)
    figure = re.sub(_ROUND_KRONER, "", match["number"])
    parsed = parse_number(figure)
    factor = _MULTIPLES.get(multiple, 1)
    comma, point = (None if value is None else value * factor for value in (parsed.comma, parsed.point))
    if figure != match["number"]:
        point = comma if comma is not None else point
    return ParsedNumber(text, comma, point)


def format_money(value: Decimal | int | float | None, language: str, decimals: int | None = None) -> str:
    """``1.234,50 kr.`` (da) or ``DKK 1,234.50`` (en); whole kroner without decimals; empty text for None."""
    if value is None:
        return ""
    number = value if isinstance(value, Decimal) else Decimal(str(value))
    if decimals is None:
        decimals = 0 if number == number.to_integral_value() else 2
    text = format_number(number, language, decimals)
    return f"{text}{NBSP}kr." if language == "da" else f"DKK{NBSP}{text}"


# -------------------------------------------------------------------------------------------- durations

_CLOCK = r"([0-9]{1,4}):([0-5][0-9])"
_DURATION_PART = (
    rf"(?i)([0-9]+(?:[.,][0-9]+)?)[{_SPACES}]*"
    r"(timer|time|t\.?|hours?|hrs?|h|minutter|minutes?|min\.?|m)(?![a-zæøå])"
)


def parse_minutes(text: str) -> Decimal | None:
    """A length of time in minutes: ``1:30``, ``90 min``, ``1,5 t``, ``1 time 30 minutter``; else None."""
    rest = text.strip().strip(_SPACES)
    clock = re.fullmatch(_CLOCK, rest)
    if clock:
        return Decimal(int(clock[1]) * 60 + int(clock[2]))
    total = Decimal(0)
    end = 0
    for part in re.finditer(_DURATION_PART, rest):
        if rest[end : part.start()].strip(_SPACES + ",").lower() not in ("", "og", "and"):
            return None
        amount = Decimal(part[1].replace(",", "."))
        total += amount * 60 if part[2][0] in "tThH" else amount
        end = part.end()
    return total if end == len(rest) and end > 0 else None


def format_minutes(value: Decimal | int | None, language: str) -> str:
    """Whole minutes as ``1 t. 30 min.`` (da) or ``1 h 30 min`` (en), rounded half up; empty text for None."""
    if value is None:
        return ""
    whole = int(Decimal(value).quantize(Decimal(1), rounding=ROUND_HALF_UP))
    sign, (hours, minutes) = (MINUS if whole < 0 else ""), divmod(abs(whole), 60)
    hour_word, minute_word = ("t.", "min.") if language == "da" else ("h", "min")
    parts = [f"{hours}{NBSP}{hour_word}"] if hours else []
    if minutes or not hours:
        parts.append(f"{minutes}{NBSP}{minute_word}")
    return sign + " ".join(parts)


def format_years(value: Decimal | int | float | None, language: str, decimals: int = 1) -> str:
    """``2,5 år`` (da), ``2.5 years`` (en), for a payback time; empty text for None."""
    if value is None:
        return ""
    text = format_number(value, language, decimals)
    if language == "da":
        return f"{text}{NBSP}år"
    return f"{text}{NBSP}{'year' if Decimal(str(value)) == 1 else 'years'}"


# ------------------------------------------------------------------------------------------------ dates

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
    rest = " ".join(text.translate(_MINUS_SIGNS).translate(_PLAIN_SPACES).lower().split())
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
