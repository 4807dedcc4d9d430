"""The values of a filter in writing: read as Danes and the English write them, written so that they read
back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.dates import Period, parse_date
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import OF_PARTS, OF_SEVERAL
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.query import Between, Myself, Operand, Relative, Test
from coi_desktop.models.records import Value
from coi_desktop.models.text import format_editable, parse_money, parse_number
from coi_desktop.models.vocabulary import Vocabulary

TESTS = "filter.test"
"""The value list with the words of the tests."""

MYSELF = "@me"
TODAY = "today"

_FIGURES = (Kind.INTEGER, Kind.NUMBER, Kind.MONEY)
_DAYS = (Kind.DATE, Kind.TIME)
_KEYED = (Kind.CHOICE, Kind.CHOICES, Kind.RANK)
_MYSELF = ("@me", "@mig")
_YES, _NO = ("yes", "ja", "true", "1"), ("no", "nej", "false", "0")
_RELATIVE = r"(?:(?:today|i ?dag|idag) ?)?(?:([+-]) ?([0-9]{1,5}) ?([a-zæøå]+)\.?)?"
_DAY_UNITS = {
    "d": 1, "dag": 1, "dage": 1, "day": 1, "days": 1,
    "w": 7, "u": 7, "uge": 7, "uger": 7, "week": 7, "weeks": 7,
}  # fmt: skip
_MONTH_UNITS = {
    "m": 1, "md": 1, "mdr": 1, "måned": 1, "måneder": 1, "month": 1, "months": 1,
    "y": 12, "år": 12, "year": 12, "years": 12,
}  # fmt: skip
_SPLIT_ENDS = r"\s*\.\.\s*|\s+(?:og|and|til|to)\s+"
_MOST_CHOICES = 30


def wrong_filter(what: str, advice: str) -> Problem:
    """The Problem of a filter that cannot be read."""
    return Problem(what, meaning=_("Nothing was looked for."), advice=advice, code="bad_filter")


def parse_operand(
    field: FieldSpec, test: Test, text: str, words: Vocabulary, *, strict: bool = True
) -> Operand:
    """What stands behind a test. Not ``strict``, a choice that is in no list any more is taken as it is.

    Raises Problem ``bad_filter``, naming what is not understood and what fits instead.
    """
    if test in OF_PARTS:
        return _needed(field, test, _unquoted(text), words)
    if test in OF_SEVERAL:
        return tuple(_parse_items(field, text, words, strict=strict))
    if test is Test.BETWEEN:
        return _parse_ends(field, text)
    _needed(field, test, text, words)
    if field.kind in _DAYS:
        return parse_day(field, text, "end" if test is Test.AFTER else "start")
    return parse_one(field, text, words, strict=strict)


def _needed(field: FieldSpec, test: Test, text: str, words: Vocabulary) -> str:
    if not text:
        raise wrong_filter(
            _("A value is missing behind “{field} {test}”.").format(
                field=field.label(), test=words.label(TESTS, test.value)
            ),
            _("Write what is to be compared with."),
        )
    return text


def parse_one(field: FieldSpec, text: str, words: Vocabulary, *, strict: bool = True) -> Operand:
    """One value of a field, by its kind."""
    if field.kind in _KEYED:
        return _parse_choice(field, _unquoted(text), words, strict=strict)
    if field.kind is Kind.YES_NO:
        answer = fold(_unquoted(text))
        if answer not in (*_YES, *_NO):
            raise _unlike(field, text, _("Write “yes” or “no”."))
        return answer in _YES
    if field.kind in _FIGURES:
        return _parse_figure(field, _unquoted(text))
    if field.kind in _DAYS:
        return parse_day(field, text, "start")
    return Myself() if text.lower() in _MYSELF else _unquoted(text)


def _unlike(field: FieldSpec, text: str, advice: str) -> Problem:
    return wrong_filter(
        _("“{value}” is no value of “{field}”.").format(value=text[:80], field=field.label()), advice
    )


def _parse_choice(field: FieldSpec, text: str, words: Vocabulary, *, strict: bool) -> str:
    keys = words.keys(field.values)
    if text in keys:
        return text
    for key in keys:
        if fold(text) in [fold(words.label(field.values, key, language)) for language in LANGUAGES]:
            return key
    if not strict:
        return text
    said = ", ".join(words.label(field.values, key) for key in keys[:_MOST_CHOICES])
    raise _unlike(field, text, _("The choices are: {choices}.").format(choices=said))


def _parse_figure(field: FieldSpec, text: str) -> Value:
    parsed = parse_money(text) if field.kind is Kind.MONEY else parse_number(text)
    if not parsed.is_number:
        raise _unlike(field, text, _("Write a number such as 1250 or 12,5."))
    if parsed.is_ambiguous:
        danish, english = (format_editable(one, "da") for one in (parsed.comma, parsed.point))
        raise wrong_filter(
            _("The number {number} may be {first} or {second}.").format(
                number=text, first=danish, second=english
            ),
            _("Write it without dots between thousands, and with decimals if it has any."),
        )
    assert parsed.value is not None
    if field.kind is not Kind.INTEGER:
        return parsed.value
    if parsed.value != parsed.value.to_integral_value():
        raise _unlike(field, text, _("Write a whole number."))
    return int(parsed.value)


def parse_day(field: FieldSpec, text: str, period: Period) -> date | Relative:
    """A day, or one counted from today: ``22-11-2026``, ``2026``, ``today``, ``-365d``, ``-1 år``.

    ``period`` says whether a year or month means its first or its last day.
    """
    plain = " ".join(_unquoted(text).lower().replace("\u2212", "-").split())
    found = re.fullmatch(_RELATIVE, plain)
    if plain and found is not None:
        sign, amount, unit = found.groups()
        number = 0 if amount is None else int(sign + amount)
        if unit is None or unit in _DAY_UNITS:
            return Relative(days=number * _DAY_UNITS[unit] if unit else 0)
        if unit in _MONTH_UNITS:
            return Relative(months=number * _MONTH_UNITS[unit])
    day = parse_date(plain, period=period)
    if day is None:
        raise _unlike(field, text, _("Write a date such as 22-11-2026, “today”, or -365d for a year ago."))
    return day


def _parse_ends(field: FieldSpec, text: str) -> Between:
    ends = re.split(_SPLIT_ENDS, text.strip())
    if len(ends) != 2 or not any(ends):
        raise _unlike(
            field, text, _("Write both ends with two dots between: 100..200, or 100.. for no upper end.")
        )
    if field.kind in _DAYS:
        low = parse_day(field, ends[0], "start") if ends[0] else None
        return Between(low, parse_day(field, ends[1], "end") if ends[1] else None)
    return Between(*(_parse_figure(field, _unquoted(end)) if end else None for end in ends))


def _parse_items(field: FieldSpec, text: str, words: Vocabulary, *, strict: bool) -> list[str]:
    """The values of a list with commas; where the words of a choice hold a comma, its pieces belong
    together.
    """
    pieces = split_items(text)
    if not pieces:
        raise wrong_filter(
            _("No value of “{field}” is named.").format(field=field.label()),
            _("Write one or several values with commas between."),
        )
    if field.kind not in _KEYED:
        return list(dict.fromkeys(map(_unquoted, pieces)))
    found: list[str] = []
    while pieces:
        sizes = range(len(pieces), 1, -1)
        size = next((size for size in sizes if _is_choice(field, pieces[:size], words)), 1)
        found.append(_parse_choice(field, _unquoted(", ".join(pieces[:size])), words, strict=strict))
        pieces = pieces[size:]
    return list(dict.fromkeys(found))


def _is_choice(field: FieldSpec, pieces: Sequence[str], words: Vocabulary) -> bool:
    return words.has(field.values, _parse_choice(field, ", ".join(pieces), words, strict=False))


def split_items(text: str) -> list[str]:
    """The pieces of a list with commas, as written; commas inside quotes part nothing."""
    pieces = re.findall(r'(?:"(?:[^"\\]|\\.)*"|[^,"]|")+', text)
    return [piece.strip() for piece in pieces if piece.strip()]


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == '"' and text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return clean_line(text)


def quoted_text(text: str) -> str:
    """A text in quotes, as it is read back."""
    return '"' + clean_line(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def format_operand(field: FieldSpec, value: Operand) -> str:
    """A value of a condition in the one form that no language changes."""
    if isinstance(value, Myself):
        return MYSELF
    if isinstance(value, Relative):
        return _format_relative(value)
    if isinstance(value, Between):
        low, high = (format_operand(field, end) if end is not None else "" for end in value)
        return f"{low}..{high}"
    if isinstance(value, tuple):
        return ", ".join(format_operand(field, one) for one in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (date, datetime)):
        return f"{value:%Y-%m-%d}" if value.year > 999 else value.isoformat()
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        return format_editable(value, "da")
    if field.kind in _KEYED and re.fullmatch(r"-?\w+", value or ""):
        return str(value)
    return quoted_text(value or "")


def _format_relative(value: Relative) -> str:
    if value.months:
        return f"{value.months:+d}m"
    return f"{value.days:+d}d" if value.days else TODAY
