"""How values stand in SQLite: STRICT columns of text and whole numbers, and the derived ones beside them.

Decimals are text exactly as typed, dates and moments ISO 8601, several choices one text separated by ``|``.
Sort keys and folded search text are computed from the values and never part of history.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind, RecordType, Search
from coi_desktop.models.folding import clean, clean_line, fold, sort_key
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values

T = TypeVar("T")

Stored = str | int | None
StoredRow = dict[str, Stored]

SEPARATOR = "|"
SORT_SUFFIX = "_sort"
PARTS_COLUMN = "parts_folded"

_WHOLE_NUMBER_KINDS = (Kind.INTEGER, Kind.YES_NO)
_GREATEST_INTEGER = 2**53


def sql_type(field: FieldSpec) -> str:
    """The STRICT column type of a field."""
    return "INTEGER" if field.kind in _WHOLE_NUMBER_KINDS else "TEXT"


def store_value(field: FieldSpec, value: Value) -> Stored:
    """``value`` as it is stored. Texts are cleaned here, at the one door into the register.

    Raises Problem when a text is longer than the field allows or a number is not finite; TypeError when the
    value is of the wrong type, which is a fault of the program.
    """
    if value is None:
        return None
    return _STORE[field.kind](field, value)


def _store_text(field: FieldSpec, value: Value) -> Stored:
    text = (
        clean_line(_expect(field, value, str))
        if field.kind is Kind.TEXT
        else clean(_expect(field, value, str))
    )
    if field.limit and len(text) > field.limit:
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
    return _expect(field, value, str) or None


def _store_keys(field: FieldSpec, value: Value) -> Stored:
    keys = _expect(field, value, tuple)
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
    if not decimal.is_finite() or abs(decimal) >= Decimal("1e15") or len(decimal.as_tuple().digits) > 28:
        raise _bad_number(field)
    return format(decimal, "f")


def _store_flag(field: FieldSpec, value: Value) -> Stored:
    return int(_expect(field, value, bool))


def _store_day(field: FieldSpec, value: Value) -> Stored:
    day = _expect(field, value, date)
    return day.date().isoformat() if isinstance(day, datetime) else day.isoformat()


def _store_moment(field: FieldSpec, value: Value) -> Stored:
    return _expect(field, value, datetime).astimezone(UTC).isoformat(timespec="milliseconds")


def _bad_number(field: FieldSpec) -> Problem:
    return Problem(
        _("The number in “{field}” is too large or not a number.").format(field=field.label()),
        meaning=_("Nothing was changed."),
        advice=_("Write a number of at most 15 digits before the decimal comma."),
        code="bad_number",
    )


def _expect(field: FieldSpec, value: object, kind: type[T]) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{field.name}: {value!r} is not {kind.__name__}")
    return value


_STORE: Mapping[Kind, Callable[[FieldSpec, Value], Stored]] = {
    Kind.TEXT: _store_text,
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


def _load_keys(stored: str) -> Value:
    return tuple(stored.split(SEPARATOR))


_LOAD: Mapping[Kind, Callable[[str], Value]] = {
    Kind.CHOICES: _load_keys,
    Kind.RANK: _load_keys,
    Kind.NUMBER: Decimal,
    Kind.MONEY: Decimal,
    Kind.DATE: date.fromisoformat,
    Kind.TIME: datetime.fromisoformat,
}


@dataclass(frozen=True)
class Columns:
    """One record type as columns: what to select, and how a row becomes a Record and back."""

    record_type: RecordType
    names: tuple[str, ...]
    select: str
    loaders: tuple[tuple[str, Callable[[str], Value]], ...]
    flags: tuple[str, ...]

    def record(self, row: Sequence[Stored]) -> Record:
        """The Record in a row of ``select`` (the id first, then every field)."""
        values: dict[str, Value] = dict(zip(self.names, row[1:], strict=True))
        name = ""
        try:
            for name, load in self.loaders:
                stored = values[name]
                if stored is not None:
                    values[name] = load(stored)  # type: ignore[arg-type]  # STRICT columns of text
        except (ValueError, InvalidOperation) as error:
            raise damaged_value(self.record_type, str(row[0]), name) from error
        for name in self.flags:
            if values[name] is not None:
                values[name] = bool(values[name])
        return Record(self.record_type.name, str(row[0]), values)

    def stored(self, values: Values) -> StoredRow:
        """``values`` (some or all fields) as stored; KeyError for a field the record type does not have."""
        return {name: store_value(self.record_type.field(name), value) for name, value in values.items()}

    def derived(self, row: Mapping[str, Stored]) -> StoredRow:
        """The derived columns of a whole stored row: Danish sort keys, and the folded short texts."""
        derived: StoredRow = {}
        for field in self.record_type.sortable_texts:
            text = row[field.name]
            derived[field.name + SORT_SUFFIX] = None if text is None else sort_key(str(text))
        if self.record_type.searched:
            derived[PARTS_COLUMN] = " \n".join(self._folded(row, Search.PARTS))
        return derived

    def search_words(self, row: Mapping[str, Stored]) -> str:
        """All searched text of a stored row, folded, for the full-text index."""
        return "\n".join(self._folded(row, Search.PARTS, Search.WORDS))

    def _folded(self, row: Mapping[str, Stored], *weights: Search) -> list[str]:
        return [
            fold(str(row[field.name]))
            for field in self.record_type.searched
            if field.search in weights and row[field.name] is not None
        ]


@cache
def columns(type_name: str) -> Columns:
    """The columns of a record type."""
    kind = record_type(type_name)
    names = tuple(field.name for field in kind.fields)
    return Columns(
        kind,
        names,
        ", ".join(quoted(name) for name in ("id", *names)),
        tuple((field.name, _LOAD[field.kind]) for field in kind.fields if field.kind in _LOAD),
        tuple(field.name for field in kind.fields if field.kind is Kind.YES_NO),
    )


def quoted(name: str) -> str:
    """A table or column name of ours in SQL. Names come from record types, never from users."""
    if not name.replace("_", "a").isalnum() or not name.isascii():
        raise ValueError(f"not a name of a table or column: {name!r}")
    return f'"{name}"'


def damaged_value(kind: RecordType, record_id: str, field_name: str) -> Problem:
    """The Problem of a stored value that cannot be read."""
    return Problem(
        _("A value in the register cannot be read: {record}, {field} ({id}).").format(
            record=kind.label(), field=kind.field(field_name).label(), id=record_id[:8]
        ),
        meaning=_("The register file is damaged in this place; the other records are untouched."),
        advice=_("Restore the newest backup, or ask for help and send the file."),
        code="damaged",
    )
