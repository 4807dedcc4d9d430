"""Columns whose values repeat, kept in memory: value lists of a record type, and all own fields.

Each row has the number of its value among the different ones. So a condition is asked of the few different
values only, and an order is one of small numbers.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from itertools import compress, repeat

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import Kind
from coi_desktop.models.own_fields import OWNER, is_own
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.store.columns import quoted
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.row_sets import RowSet, read_columns
from coi_desktop.store.schema import has_lean_index
from coi_desktop.store.values import Stored

_KINDS = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
_PIECE = 5_000
_MOST_VALUES = 30_000
"""A column with more different values is not kept: it would take more memory than it saves time."""
_NOTHING = 0
"""The number of rows that are not there, or have no value of an own field."""

_OWN_VALUES = (
    "SELECT owner.row AS row, own_value.own_field_id AS field, own_value.value AS value FROM own_value"
    f" JOIN {quoted(OWNER)} AS owner ON owner.id = own_value.initiative_id AND own_value.value IS NOT NULL"
)


class ValueColumn:
    """One column: ``codes`` has a number for each row, under which ``values`` has its value."""

    def __init__(self) -> None:
        self.codes: array[int] = array("I", [_NOTHING])
        self.values: list[Stored] = [None]
        self.is_read = False
        self._code_of: dict[Stored, int] = {}

    @property
    def is_too_varied(self) -> bool:
        """Whether there are too many different values to keep."""
        return len(self.values) > _MOST_VALUES

    def put(self, rows: Sequence[int], values: Sequence[Stored]) -> None:
        """Take in the values of these rows."""
        self._lengthen(max(rows, default=0) + 1)
        for value in set(values).difference(self._code_of):
            self._code_of[value] = len(self.values)
            self.values.append(value)
        for row, code in zip(rows, map(self._code_of.__getitem__, values), strict=True):
            self.codes[row] = code

    def clear(self, rows: Iterable[int]) -> None:
        """Take in that these rows are not there."""
        for row in rows:
            if row < len(self.codes):
                self.codes[row] = _NOTHING

    def fitting(
        self, connection: sqlite3.Connection, name: str, demand: str, values: Sequence[Stored]
    ) -> RowSet:
        """The rows whose value SQLite judges to fit: ``demand`` speaks of a column called ``name``."""
        fits = bytearray(len(self.values))
        listed = f"SELECT key, value AS {quoted(name)} FROM json_each(?)"
        sql = f"SELECT key FROM ({listed}) WHERE key > {_NOTHING} AND ({demand})"
        for (code,) in connection.execute(sql, (json.dumps(self.values), *values)):
            fits[code] = 1
        return bytes(map(fits.__getitem__, self.codes))

    def in_order(self, rows: Iterable[int], keys: Sequence[Stored], *, down: bool) -> list[int]:
        """``rows`` by the keys of their values, one for each of ``values``. What is equal stays as it stands,
        what has no key comes last.
        """
        different = sorted({key for key in keys[1:] if key is not None})
        places: dict[Stored, int] = {key: place for place, key in enumerate(different)}
        last = -1 if down else len(places)
        place_of = array(
            "i", map([last, *(places.get(key, last) for key in keys[1:])].__getitem__, self.codes)
        )
        ordered = list(rows)
        place_of.extend(repeat(last, max(ordered, default=0) + 1 - len(place_of)))
        ordered.sort(key=place_of.__getitem__, reverse=down)
        return ordered

    def _lengthen(self, length: int) -> None:
        self.codes.extend(repeat(_NOTHING, length - len(self.codes)))


class ValueColumns:
    """The columns on one connection, read in pieces while nobody waits."""

    def __init__(self, connection: sqlite3.Connection, own: OwnFields) -> None:
        self._connection = connection
        self._own = own
        self._known: dict[tuple[str, str], ValueColumn] = {}
        self._next_own = 1

    def forget(self) -> None:
        """Forget everything that is kept."""
        self._known.clear()
        self._next_own = 1

    def column(self, type_name: str, field_name: str) -> ValueColumn | None:
        """The column of a field, when it is in memory."""
        column = self._known.get((type_name, field_name))
        return None if column is None or not column.is_read or column.is_too_varied else column

    def is_awaited(self, type_name: str, field_name: str) -> bool:
        """Whether a column is kept of a field, and still has to be read."""
        column = self._known.get((type_name, field_name))
        return field_name in self._names(type_name) and (column is None or not column.is_read)

    def prepare(self, type_name: str, field_name: str = "") -> bool:
        """Read a piece, of one column or of those still to be read; True when there was something to read."""
        for name in (field_name,) if field_name else self._names(type_name):
            if self.is_awaited(type_name, name):
                if is_own(name):
                    self._read_own()
                else:
                    self._read(type_name, name)
                return True
        return False

    def catch_up(self, changes: ChangeSet, moved: Callable[[Query], Sequence[int] | None]) -> None:
        """Bring the columns up to date with a commit. ``moved`` tells which rows it may have moved in the
        answer to a query, None when they are many.
        """
        if not self._known:
            return
        from coi_desktop.store.conditions import may_move  # nothing changes before a window

        for (type_name, name), column in list(self._known.items()):
            query = Query(type_name, conditions=(Condition(name, Test.FILLED),))
            if not may_move(query, changes):
                continue
            rows = moved(query)
            if rows is None or name not in self._names(type_name):
                del self._known[type_name, name]
                if is_own(name):
                    self._next_own = 1
            else:
                self._read_again(column, type_name, name, rows)

    def _names(self, type_name: str) -> Sequence[str]:
        names = _value_lists(type_name)
        return (*names, *self._own.known) if type_name == OWNER else names

    def _read(self, type_name: str, name: str) -> None:
        column = self._known.setdefault((type_name, name), ValueColumn())
        # SQLite itself would read the whole table, long texts and all.
        lean = f" INDEXED BY {quoted(type_name + '_lean')}" if has_lean_index(type_name) else ""
        sql = (
            f"SELECT row, {quoted(name)} AS value FROM {quoted(type_name)}{lean} WHERE row >= ? ORDER BY row"
        )
        start = len(column.codes)
        rows, texts = read_columns(self._connection, ("row", "value"), f"{sql} LIMIT {_PIECE}", (start,))
        is_number = record_type(type_name).by_name[name].kind is Kind.YES_NO
        stored: dict[str, Stored] = {
            text: int(text) if text and is_number else text or None for text in set(texts)
        }
        column.put(list(map(int, rows)), [stored[text] for text in texts])
        column.is_read = len(rows) < _PIECE or column.is_too_varied

    def _read_own(self) -> None:
        """Read the next own values, those of all fields at once."""
        columns = {name: self._known.setdefault((OWNER, name), ValueColumn()) for name in self._own.known}
        end = self._next_own + _PIECE
        self._put_own(columns, " WHERE own_value.row >= ? AND own_value.row < ?", (self._next_own, end))
        self._next_own = end
        (last,) = self._connection.execute("SELECT max(row) FROM own_value").fetchone()
        for column in columns.values():
            column.is_read = column.is_read or (last or 0) < end or column.is_too_varied

    def _put_own(self, columns: Mapping[str, ValueColumn], which: str, values: Sequence[int]) -> None:
        names = ("row", "field", "value")
        rows, fields, texts = read_columns(self._connection, names, _OWN_VALUES + which, values)
        numbers = list(map(int, rows))
        for name, column in columns.items():
            fits = list(map(self._own.known[name][0].__eq__, fields))
            if not column.is_too_varied:
                column.put(list(compress(numbers, fits)), list(compress(texts, fits)))

    def _read_again(self, column: ValueColumn, type_name: str, name: str, rows: Sequence[int]) -> None:
        if is_own(name):
            column.clear(rows)
            self._put_own({name: column}, f" WHERE owner.row IN ({_marks(rows)})", rows)
            return
        if not column.is_read:
            rows = [row for row in rows if row < len(column.codes)]  # the others are still to be read
        sql = f"SELECT row, {quoted(name)} FROM {quoted(type_name)} WHERE row IN ({_marks(rows)})"
        now = dict(self._connection.execute(sql, rows).fetchall())
        column.clear(rows)
        column.put(list(now), list(now.values()))


@cache
def _value_lists(type_name: str) -> tuple[str, ...]:
    return tuple(field.name for field in record_type(type_name).fields if field.kind in _KINDS)


def _marks(rows: Sequence[int]) -> str:
    return ", ".join("?" for _row in rows)
