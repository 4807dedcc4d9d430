"""One value on its way into SQLite and back: STRICT columns of text and whole numbers.

Decimals are text exactly as typed, dates and moments ISO 8601, several choices one text separated by ``|``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeVar, cast

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean, clean_all, clean_line, clean_lines
from coi_desktop.models.records import Value

T = TypeVar("T")

Stored = str | int | None
StoredRow = dict[str, Stored]

SEPARATOR = "|"

_WHOLE_NUMBER_KINDS = (Kind.INTEGER, Kind.YES_NO)
_GREATEST_INTEGER = 2**53
_GREATEST_AMOUNT = Decimal("1e15")
_MOST_DIGITS = 28


def is_whole_number(field: FieldSpec) -> bool:
    """Whether the values of a field stand as whole numbers in SQLite; all others are text."""
    return field.kind in _WHOLE_NUMBER_KINDS


def store_value(field: FieldSpec, value: Value) -> Stored:
    """``value`` as it is stored. Texts are cleaned here, at the one door into the register.

    Raises Problem when a text is longer than the field allows or a number is not finite; TypeError when the
    value is of the wrong type, which is a fault of the program.
    """
    if value is None:
        return None
    return STORE[field.kind](field, value)


def store_values(field: FieldSpec, values: Sequence[Value]) -> Sequence[Stored]:
    """Many values of one field, each as ``store_value`` stores it; texts are looked at many together."""
    given = values if None not in values else [value for value in values if value is not None]
    if not given:
        return [None] * len(values)
    clean_many = _CLEAN_MANY.get(field.kind)
    if clean_many is None or set(map(type, given)) != {str}:
        store = STORE[field.kind]
        return [None if value is None else store(field, value) for value in values]
    cleaned = clean_many(cast("Sequence[str]", given))
    if field.limit and max(map(len, cleaned)) > field.limit:
        _fitting(field, max(cleaned, key=len))
    if given is values and "" not in cleaned:
        return cleaned
    following = iter(cleaned)
    return [None if value is None else next(following) or None for value in values]


def _store_line(field: FieldSpec, value: Value) -> Stored:
    return _fitting(field, clean_line(_expect(field, value, str)))


def _store_text(field: FieldSpec, value: Value) -> Stored:
    return _fitting(field, clean(_expect(field, value, str)))


def _fitting(field: FieldSpec, text: str) -> Stored:
    if len(text) > field.limit > 0:
        raise Problem(
            _("“{field}” holds {length} characters; there is room for {limit}.").format(
                field=field.label(), length=len(text), limit=field.limit
            ),
            meaning=_("Nothing was changed."),
            advice=_("Shorten the text, or put the rest in an attachment."),
            code="too_long",
        )
    return text or None


def _store_key(field: FieldSpec, value: Value) -> Stored:
    return clean_line(_expect(field, value, str)) or None


def _store_keys(field: FieldSpec, value: Value) -> Stored:
    keys = [clean_line(_expect(field, key, str)) for key in _expect(field, value, tuple)]
    if any(SEPARATOR in key for key in keys):
        raise ValueError(f"{field.name}: a key holds {SEPARATOR!r}: {keys}")
    return SEPARATOR.join(keys) or None


def _store_integer(field: FieldSpec, value: Value) -> Stored:
    number = _expect(field, value, int)
    if isinstance(value, bool):
        raise TypeError(f"{field.name}: {value!r} is not a whole number")
    if abs(number) > _GREATEST_INTEGER:
        raise _bad_number(field)
    return number


def _store_decimal(field: FieldSpec, value: Value) -> Stored:
    number = Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value
    decimal = _expect(field, number, Decimal)
    if not decimal.is_finite() or abs(decimal) >= _GREATEST_AMOUNT:
        raise _bad_number(field)
    text = format(decimal, "f")
    if len(text) > _MOST_DIGITS + 2:
        raise _bad_number(field)
    return text


def _store_flag(field: FieldSpec, value: Value) -> Stored:
    return int(_expect(field, value, bool))


def _store_day(field: FieldSpec, value: Value) -> Stored:
    day = _expect(field, value, date)
    return day.date().isoformat() if isinstance(day, datetime) else day.isoformat()


def _store_moment(field: FieldSpec, value: Value) -> Stored:
    return format_moment(_expect(field, value, datetime))


@lru_cache(maxsize=4)
def format_moment(moment: datetime) -> str:
    """A moment as it is stored: ISO 8601 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _bad_number(field: FieldSpec) -> Problem:
    return Problem(
        _("The number in “{field}” is too large, too long or not a number.").format(field=field.label()),
        meaning=_("Nothing was changed."),
        advice=_("Write a number of at most 15 digits before the decimal comma and 28 in all."),
        code="bad_number",
    )


def _expect(field: FieldSpec, value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{field.name}: {value!r} is not {kind.__name__}")
    return value


STORE: Mapping[Kind, Callable[[FieldSpec, Value], Stored]] = {
    Kind.TEXT: _store_line,
    Kind.LONG: _store_text,
    Kind.CHOICE: _store_key,
    Kind.REFERENCE: _store_key,
    Kind.CHOICES: _store_keys,
    Kind.RANK: _store_keys,
    Kind.INTEGER: _store_integer,
    Kind.NUMBER: _store_decimal,
    Kind.MONEY: _store_decimal,
    Kind.YES_NO: _store_flag,
    Kind.DATE: _store_day,
    Kind.TIME: _store_moment,
}


_CLEAN_MANY: Mapping[Kind, Callable[[Sequence[str]], list[str]]] = {
    Kind.TEXT: clean_lines,
    Kind.LONG: clean_all,
    Kind.CHOICE: clean_lines,
    Kind.REFERENCE: clean_lines,
}


def _load_keys(stored: str) -> Value:
    return tuple(stored.split(SEPARATOR))


def _load_decimal(stored: str) -> Value:
    number = Decimal(stored)
    if not number.is_finite():
        raise ValueError(f"not a finite number: {stored!r}")
    return number


def load_moment(stored: str) -> datetime:
    """A stored moment; ValueError when it is none or does not say its distance from UTC."""
    moment = datetime.fromisoformat(stored)
    if moment.tzinfo is None:
        raise ValueError(f"a moment without its time zone: {stored!r}")
    return moment


LOAD: Mapping[Kind, Callable[[str], Value]] = {
    Kind.CHOICES: _load_keys,
    Kind.RANK: _load_keys,
    Kind.NUMBER: _load_decimal,
    Kind.MONEY: _load_decimal,
    Kind.DATE: date.fromisoformat,
    Kind.TIME: load_moment,
}
"""How stored text becomes a value, by kind; kinds that are not here are stored as they are."""


def load_value(field: FieldSpec, stored: Stored) -> Value:
    """A stored value as it is used; ValueError when it cannot be read."""
    if stored is None:
        return None
    if field.kind is Kind.YES_NO:
        return bool(int(stored))  # a value of an own field stands as text
    load = LOAD.get(field.kind)
    return stored if load is None else load(str(stored))
