"""Numbers, money, percent and durations as people write them: read and written in one place.

Inside the program a number is a ``Decimal``; only here does it meet a decimal comma. Reading never guesses:
``1.234`` is told to have two readings, and the caller asks, or decides by all values of a column. Formatting
takes the language as an argument (``"da"`` or ``"en"``).
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple

NBSP = "\u00a0"
MINUS = "\u2212"

NumberForm = Literal["comma", "point"]

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


def plain_signs(text: str) -> str:
    """A text with a hyphen for every minus and one plain space between words, none around them."""
    return " ".join(text.translate(_MINUS_SIGNS).translate(_PLAIN_SPACES).split())


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
    rest = plain_signs(text)
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
