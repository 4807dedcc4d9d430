"""One record type as columns: how a row becomes a Record and back, and the columns derived from others.

Sort keys, folded search text and the checksum are computed from the values and never part of history.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import InvalidOperation
from functools import cache, cached_property, partial
from operator import itemgetter
from string import ascii_uppercase
from typing import Any, Final
from zlib import crc32

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind, RecordType, Search
from coi_desktop.models.folding import fold, sort_key, words
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.store.values import LOAD, STORE, Stored, StoredRow, is_whole_number, store_values

ROW = "row"
CHECKSUM = "checksum"
SORT_SUFFIX = "_sort"
PARTS_COLUMN = "parts_folded"
BETWEEN = "\x1f"
"""What parts the values under a checksum."""

_MARKS = ascii_uppercase
"""What stands before each folded short text and behind the last: folded text holds no capitals."""
_FEW = 8
"""So few rows are not worth being turned into columns."""

_TEXTS = frozenset((str, type(None)))
_WHOLE_NUMBERS = frozenset((int, type(None)))


def checksum(values: Iterable[Stored]) -> int:
    """A checksum (CRC-32) of stored values in their order, kept beside them.

    SQLite's own check does not see values that changed on the disk; this finds every changed bit.
    """
    return crc32(BETWEEN.join(map(str, values)).encode())


class Columns:
    """One record type as columns: what to select, and how a row becomes a Record and back."""

    def __init__(self, record_type: RecordType) -> None:
        self.record_type: Final = record_type
        self.names: Final = tuple(field.name for field in record_type.fields)

    @cached_property
    def loaders(self) -> tuple[tuple[str, Callable[[str], Value]], ...]:
        """The fields whose stored values are read by a function, with that function."""
        fields = self.record_type.fields
        return tuple((field.name, LOAD[field.kind]) for field in fields if field.kind in LOAD)

    @cached_property
    def storers(self) -> Mapping[str, Callable[[Value], Stored]]:
        """For every field what makes its values stored ones."""
        return {field.name: partial(STORE[field.kind], field) for field in self.record_type.fields}

    @cached_property
    def flags(self) -> tuple[str, ...]:
        """The names of the yes/no fields."""
        return tuple(field.name for field in self.record_type.fields if field.kind is Kind.YES_NO)

    @cached_property
    def texts_of(self) -> Callable[[Sequence[Stored]], Sequence[Stored]]:
        """What takes the values stored as text out of a row of ``select``."""
        return _some_of([0, *_places(self.record_type.fields, whole_numbers=False)])

    @cached_property
    def whole_numbers_of(self) -> Callable[[Sequence[Stored]], Sequence[Stored]]:
        """What takes the values stored as whole numbers out of a row of ``select``."""
        return _some_of(_places(self.record_type.fields, whole_numbers=True))

    @cached_property
    def table(self) -> str:
        """The table's name in SQL."""
        return quoted(self.record_type.name)

    @cached_property
    def select(self) -> str:
        """What to select for ``record``: the id first, then every field."""
        return ", ".join(quoted(name) for name in ("id", *self.names))

    @cached_property
    def select_by_id(self) -> str:
        """The query for a stored row by its id: the row number first, then every field."""
        wanted = ", ".join(quoted(name) for name in (ROW, *self.names))
        return f"SELECT {wanted} FROM {self.table} WHERE id = ?"

    @cached_property
    def select_with_id(self) -> str:
        """The query for whole stored rows: the id first, then the row number and every field."""
        wanted = ", ".join(quoted(name) for name in ("id", ROW, *self.names))
        return f"SELECT {wanted} FROM {self.table}"

    @cached_property
    def insert(self) -> str:
        """The statement that puts in a whole row: row number, id, fields, derived columns, checksum."""
        names = (ROW, "id", *self.names, *self.derived_names, CHECKSUM)
        marks = ", ".join("?" for _name in names)
        return f"INSERT INTO {self.table} ({', '.join(map(quoted, names))}) VALUES ({marks})"

    @cached_property
    def derived_names(self) -> tuple[str, ...]:
        """The columns for order and search, computed from others."""
        sorts = tuple(field.name + SORT_SUFFIX for field in self.record_type.sortable_texts)
        return (*sorts, PARTS_COLUMN) if self.short_texts else sorts

    @cached_property
    def short_texts(self) -> tuple[str, ...]:
        """The names of the short fields that are searched by any part, in memory."""
        return tuple(field.name for field in self.record_type.searched if field.search is Search.PARTS)

    @cached_property
    def long_texts(self) -> tuple[str, ...]:
        """The names of the long fields that are searched by the beginnings of words, in the full text."""
        return tuple(field.name for field in self.record_type.searched if field.search is Search.WORDS)

    def record(self, row: Sequence[Stored]) -> Record:
        """The Record in a row of ``select``; Problem ``damaged`` when a value is not what it must be."""
        values: dict[str, Any] = dict(zip(self.names, row[1:], strict=True))
        name = ""
        try:
            if not (
                _TEXTS.issuperset(map(type, self.texts_of(row)))
                and _WHOLE_NUMBERS.issuperset(map(type, self.whole_numbers_of(row)))
            ):
                raise ValueError("a value of another type")
            for name, load in self.loaders:
                stored = values[name]
                if stored is not None:
                    values[name] = load(stored)
        except (ValueError, InvalidOperation) as error:
            raise damaged_value(self.record_type, row, name) from error
        for name in self.flags:
            if values[name] is not None:
                values[name] = bool(values[name])
        return Record(self.record_type.name, str(row[0]), values)

    def records(self, rows: Sequence[Sequence[Stored]]) -> list[Record]:
        """The Records in many rows of ``select``, as ``record`` gives each, worked out column by column."""
        if len(rows) < _FEW:
            return [self.record(row) for row in rows]
        ids, *stored = zip(*rows, strict=True)
        try:
            filled = self._read_columns(ids, stored)
        except (ValueError, InvalidOperation):
            return [self.record(row) for row in rows]  # tells which value it is
        empty, type_name, records = dict.fromkeys(self.names), self.record_type.name, []
        filled = filled or {self.names[0]: [None] * len(rows)}
        for record_id, row in zip(ids, zip(*filled.values(), strict=True), strict=True):
            values: dict[str, Any] = empty.copy()
            values.update(zip(filled, row))  # noqa: B905 - twenty thousand times, and both are as long
            records.append(Record(type_name, record_id, values))
        return records

    def _read_columns(self, ids: Sequence[Any], stored: Sequence[Sequence[Any]]) -> dict[str, Sequence[Any]]:
        """The values of each field that any row has, by its name; ValueError or InvalidOperation when one
        cannot be read.
        """
        if set(map(type, ids)) != {str}:
            raise ValueError("an id of another type")
        read = {
            field.name: _read_column(field, column)
            for field, column in zip(self.record_type.fields, stored, strict=True)
        }
        return {name: column for name, column in read.items() if column is not None}

    def stored(self, values: Values) -> StoredRow:
        """``values`` (some or all fields) as stored; KeyError for a field the record type does not have."""
        storers = self.storers
        return {
            name: storers[name](value) if value is not None or name not in storers else None
            for name, value in values.items()
        }

    def stored_rows(self, records: Sequence[Values], unsaid: StoredRow) -> list[StoredRow]:
        """The filled fields of many new records, worked out column by column; KeyError for an unknown one.

        A field that a record does not speak of is as in ``unsaid``, or empty.
        """
        spoken = set().union(*records)
        if unknown := spoken.difference(self.names):
            raise KeyError(*sorted(unknown))
        silence: list[Stored] = [None] * len(records)
        made: list[Sequence[Stored]] = []
        for field in self.record_type.fields:
            name = field.name
            column = store_values(field, [one.get(name) for one in records]) if name in spoken else silence
            if name in unsaid:
                pairs = zip(column, records, strict=True)
                column = [one if name in values else unsaid[name] for one, values in pairs]
            made.append(column)
        names = self.names
        return [
            {name: value for name, value in zip(names, row, strict=True) if value is not None}
            for row in zip(*made, strict=True)
        ]

    def checksum(self, row_number: Stored, record_id: str, row: Mapping[str, Stored]) -> int:
        """The checksum of a stored row; an empty field may be None or left out."""
        get = row.get
        filled = [f"{name}={value}" for name in self.names if (value := get(name)) is not None]
        return crc32(BETWEEN.join((str(row_number), record_id, *filled)).encode())

    def checksum_in_order(self, record_id: str, whole: Mapping[str, Stored]) -> int:
        """As ``checksum`` of a row whose values stand in their order, the row number first."""
        number, *values = whole.values()
        filled = [
            f"{name}={value}" for name, value in zip(self.names, values, strict=True) if value is not None
        ]
        return crc32(BETWEEN.join((str(number), record_id, *filled)).encode())

    @cached_property
    def derived_from(self) -> frozenset[str]:
        """The fields that order and search are derived from."""
        return frozenset((*self.short_texts, *(field.name for field in self.record_type.sortable_texts)))

    def derived(self, row: Mapping[str, Stored], changed: Iterable[str] | None = None) -> StoredRow:
        """The derived columns of a stored row: Danish sort keys, and the folded short texts.

        An empty field may be None or left out. With ``changed`` only those that depend on such a field.
        """
        derived: StoredRow = {}
        for field in self.record_type.sortable_texts:
            if changed is None or field.name in changed:
                text = row.get(field.name)
                derived[field.name + SORT_SUFFIX] = None if text is None else sort_key(str(text))
        if self.short_texts and (changed is None or not set(self.short_texts).isdisjoint(changed)):
            texts = [row.get(name) for name in self.short_texts]
            folded = ["" if text is None else fold(str(text)) for text in texts]
            derived[PARTS_COLUMN] = "".join(map(str.__add__, _MARKS, folded)) + _MARKS[len(folded)]
        return derived

    def found_words(self, row: Mapping[str, Stored]) -> str:
        """The different folded words of the long texts of a stored row; empty when there are none."""
        texts = [str(text) for name in self.long_texts if (text := row.get(name)) is not None]
        return " ".join(dict.fromkeys(words("\n".join(texts))))


@cache
def part_marks(type_name: str) -> Mapping[str, tuple[str, str]]:
    """What stands before and behind each short text in the column of the folded ones, by field."""
    names = columns(type_name).short_texts
    return {name: (_MARKS[place], _MARKS[place + 1]) for place, name in enumerate(names)}


@cache
def columns(type_name: str) -> Columns:
    """The columns of a record type."""
    return Columns(record_type(type_name))


def _places(fields: Sequence[FieldSpec], *, whole_numbers: bool) -> list[int]:
    return [place for place, field in enumerate(fields, start=1) if is_whole_number(field) is whole_numbers]


def _read_column(field: FieldSpec, column: Sequence[Any]) -> Sequence[Any] | None:
    """The values of a field in many rows, None where none of them has any; ValueError or InvalidOperation
    when one cannot be read. What stands there many times is read once.
    """
    different = set(column)
    is_whole = is_whole_number(field)
    kinds = set(map(type, column if is_whole else different))  # 1.0 is 1 to a set, but no whole number
    if not kinds <= (_WHOLE_NUMBERS if is_whole else _TEXTS):
        raise ValueError("a value of another type")
    if kinds == {type(None)}:
        return None
    load = bool if field.kind is Kind.YES_NO else LOAD.get(field.kind)
    if load is None:
        return column
    values = {stored: None if stored is None else load(stored) for stored in different}
    return [values[stored] for stored in column]


def _some_of(places: list[int]) -> Callable[[Sequence[Stored]], Sequence[Stored]]:
    # One place is asked for twice, so that the answer is a tuple; none gives an empty one.
    return itemgetter(*places, *places[:1]) if places else lambda _row: ()


@cache
def quoted(name: str) -> str:
    """A table or column name of ours in SQL. Names come from record types, never from users."""
    if not name.replace("_", "a").isalnum() or not name.isascii():
        raise ValueError(f"not a name of a table or column: {name!r}")
    return f'"{name}"'


def damaged_value(kind: RecordType, row: Sequence[Stored], field_name: str) -> Problem:
    """The Problem of a stored value that cannot be read."""
    return Problem(
        _("A value in the register cannot be read: {record}, {field} ({id}).").format(
            record=kind.label(),
            field=kind.field(field_name).label() if field_name else "?",
            id=str(row[0])[:8],
        ),
        meaning=_("The register file is damaged in this place; the other records are untouched."),
        advice=_("Restore the newest backup, or ask for help and send the file."),
        code="damaged",
    )
