"""The rows of a table in the orders that lists ask for, kept as row numbers and moved with each change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress
from operator import itemgetter
from typing import Final, NamedTuple

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import sort_key
from coi_desktop.models.found import RowNumbers, row_numbers
from coi_desktop.models.query import Order
from coi_desktop.store.columns import quoted
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.row_sets import RowSet, read_rows
from coi_desktop.store.value_columns import ValueColumn, ValueColumns
from coi_desktop.store.values import Stored

_MOST_ORDERS = 8
_MOST_PICKERS = 2
_FEW = 8
_SLICE = 4_000
_CHOSEN = "coi_chosen"
_TEXTS = (Kind.TEXT, Kind.LONG)


class Ordering(NamedTuple):
    """In which order the rows of a type are wanted; equal ones, and all without an order, as they were
    stored.
    """

    type_name: str
    order: Order | None = None
    grouping: Order | None = None

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that say where a row stands."""
        return tuple(one.field for one in (self.grouping, self.order) if one is not None)


class Key(NamedTuple):
    """One thing that rows are ordered by: an expression in SQL with its values; NULL stands last."""

    sql: str
    values: tuple[Stored, ...]
    is_descending: bool
    has_gaps: bool


class Picker:
    """An order as Python reads it fastest, for picking a set of rows out of it."""

    def __init__(self, order: RowNumbers[int]) -> None:
        self.order: Final = order
        self._rows = order.tolist()
        self._pick = itemgetter(*self._rows) if len(self._rows) > 1 else None

    def iterate(self, chosen: RowSet) -> Iterator[int]:
        """The chosen rows in this order, worked out one by one; the set is as long as the table."""
        return compress(self._rows, map(chosen.__getitem__, self._rows))

    def pick(self, chosen: RowSet) -> RowNumbers[int]:
        """All of the chosen rows in this order."""
        if self._pick is None:
            return row_numbers(self.iterate(chosen))
        return row_numbers(list(compress(self._rows, self._pick(chosen))))


class Orders:
    """Keeps the orders that were asked for last."""

    def __init__(self, connection: sqlite3.Connection, own: OwnFields, columns: ValueColumns) -> None:
        self._connection = connection
        self._own = own
        self._columns = columns
        self._known: dict[Ordering, RowNumbers[int]] = {}
        self._pickers: list[Picker] = []
        self._edition = 0

    def forget(self) -> None:
        """Forget everything that is kept."""
        self._edition += 1
        self._known.clear()
        self._pickers.clear()

    def known(self, ordering: Ordering) -> RowNumbers[int] | None:
        """All rows in an order, when it is kept."""
        return self._known.get(ordering)

    def rows(self, ordering: Ordering) -> RowNumbers[int]:
        """All rows in an order; they are not to be changed."""
        known = self._known.get(ordering)
        if known is None:
            known = row_numbers(self._from_columns(ordering) or self._read(ordering))
        self._keep(ordering, known)
        return known

    def is_quick(self, ordering: Ordering) -> bool:
        """Whether all rows in an order are there in less time than its first ones take to read."""
        return ordering in self._known or (
            bool(ordering.fields)
            and all(self._columns.column(ordering.type_name, name) is not None for name in ordering.fields)
        )

    def _from_columns(self, ordering: Ordering) -> list[int] | None:
        """All rows in an order, when the values they are ordered by are in memory."""
        if not self.is_quick(ordering):
            return None
        type_name = ordering.type_name
        rows = read_rows(self._connection, f"SELECT row FROM {quoted(type_name)} ORDER BY row")
        for order in (ordering.order, ordering.grouping):
            column = None if order is None else self._columns.column(type_name, order.field)
            if order is not None and column is not None:
                rows = column.in_order(rows, self._keys(type_name, order, column), down=order.descending)
        return rows

    def _keys(self, type_name: str, order: Order, column: ValueColumn) -> list[Stored]:
        """What each value of a column is ordered by."""
        field = self._own.field(type_name, order.field)
        if field.kind in _TEXTS:
            return [None if value is None else sort_key(str(value)) for value in column.values]
        key = _key(order, field, "value")
        sql = f"SELECT {key.sql} FROM json_each(?) ORDER BY json_each.key"
        found = self._connection.execute(sql, (*key.values, json.dumps(column.values))).fetchall()
        return [one for (one,) in found]

    def _keep(self, ordering: Ordering, known: RowNumbers[int]) -> None:
        self._known.pop(ordering, None)
        while len(self._known) >= _MOST_ORDERS:
            del self._known[next(iter(self._known))]
        self._known[ordering] = known

    def iter_slices(self, ordering: Ordering) -> Iterator[None]:
        """Work out all rows in an order some milliseconds at a time, and keep them.

        Nothing is kept when a row has moved meanwhile.
        """
        if self.is_quick(ordering):
            self.rows(ordering)
            return
        edition, keys = self._edition, self._keys_of(ordering)
        sql = ", ".join(("row", *(key.sql for key in keys)))
        select = f"SELECT {sql} FROM {quoted(ordering.type_name)} WHERE row BETWEEN ? AND ? ORDER BY row"
        values = [value for key in keys for value in key.values]
        last = self._connection.execute(f"SELECT max(row) FROM {quoted(ordering.type_name)}").fetchone()[0]
        read: dict[int, tuple[Stored, ...]] = {}
        order: list[int] = []
        for start in range(1, (last or 0) + 1, _SLICE):
            found = self._connection.execute(select, (*values, start, start + _SLICE - 1)).fetchall()
            rows = {row[0]: row[1:] for row in found}
            read |= rows
            # Pieces that are in order are put together in much less time than single rows.
            order += _in_order(list(rows), rows, keys)
            yield
            if self._edition != edition:
                return
        order = _in_order(order, read, keys)
        self._keep(ordering, row_numbers(order))

    def picker(self, ordering: Ordering) -> Picker:
        """What picks rows in an order; those of the orders used last are kept."""
        order = self.rows(ordering)
        found = next((one for one in self._pickers if one.order is order), None) or Picker(order)
        self._pickers = [found, *(one for one in self._pickers if one is not found)][:_MOST_PICKERS]
        return found

    def first(self, ordering: Ordering, most: int, chosen: RowSet | None = None) -> RowNumbers[int]:
        """The first rows in an order, of those chosen, in less time than all of them take."""
        among = ""
        if chosen is not None:
            self._connection.create_function(_CHOSEN, 1, chosen.__getitem__)
            among = f" WHERE {_CHOSEN}(row)"
        return row_numbers(self._read(ordering, f" LIMIT {most:d}", among))

    def orderings(self) -> tuple[Ordering, ...]:
        """The orders that are kept."""
        return tuple(self._known)

    def notice_change(self) -> None:
        """A commit has come: what is being worked out is worked out anew."""
        self._edition += 1

    def drop(self, ordering: Ordering) -> None:
        """Keep an order no more."""
        self._known.pop(ordering, None)

    def move(self, ordering: Ordering, rows: Sequence[int]) -> None:
        """Take rows that were made, changed or dropped to where they belong now."""
        moved = set(rows)
        if len(rows) <= _FEW:
            kept = self._known[ordering][:]
            for row in moved:
                if row in kept:
                    kept.remove(row)
        else:
            kept = row_numbers(row for row in self._known[ordering] if row not in moved)
        keys = self._keys_of(ordering)
        sql = ", ".join((*(key.sql for key in keys), "row"))
        select = f"SELECT {sql} FROM {quoted(ordering.type_name)} WHERE row = ?"
        values = [value for key in keys for value in key.values]
        for row in sorted(moved):
            standing = self._connection.execute(select, (*values, row)).fetchone()
            if standing is not None:
                kept.insert(self._place(kept, standing, keys, select, values), row)
        self._known[ordering] = kept

    def _place(
        self,
        kept: RowNumbers[int],
        standing: tuple[Stored, ...],
        keys: Sequence[Key],
        select: str,
        values: Sequence[Stored],
    ) -> int:
        low, high = 0, len(kept)
        while low < high:
            middle = (low + high) // 2
            other = self._connection.execute(select, (*values, kept[middle])).fetchone()
            if _stands_before(other, standing, keys):
                low = middle + 1
            else:
                high = middle
        return low

    def _read(self, ordering: Ordering, limit: str = "", among: str = "") -> list[int]:
        keys = self._keys_of(ordering)
        order = ", ".join((*map(_in_sql, keys), "row"))
        values = [value for key in keys for value in key.values]
        sql = f"SELECT row FROM {quoted(ordering.type_name)}{among} ORDER BY {order}{limit}"
        return read_rows(self._connection, sql, values)

    def _keys_of(self, ordering: Ordering) -> list[Key]:
        """What the rows are ordered by, the most important first; the row number comes last of all."""
        wanted = (ordering.grouping, ordering.order)
        return [self._key(ordering.type_name, order) for order in wanted if order is not None]

    def _key(self, type_name: str, order: Order) -> Key:
        field = self._own.field(type_name, order.field)
        return _key(order, field, self._own.column(type_name, field, in_order=not order.ranking))


def _key(order: Order, field: FieldSpec, column: str) -> Key:
    """What a field with its values in ``column`` is ordered by."""
    if order.ranking:
        cases = " ".join(f"WHEN ? THEN {place}" for place, _key in enumerate(order.ranking))
        sql = f"iif({column} IS NULL, NULL, CASE {column} {cases} ELSE {len(order.ranking)} END)"
        return Key(sql, order.ranking, order.descending, has_gaps=True)
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        column = f"CAST({column} AS REAL)"
    return Key(column, (), order.descending, has_gaps=not field.required)


def _in_order(rows: Sequence[int], read: Mapping[int, tuple[Stored, ...]], keys: Sequence[Key]) -> list[int]:
    """Rows in the order of their keys; what is equal stays as it stands, gaps come last.

    Python compares texts as SQLite does: by code points, which is the order of their UTF-8 bytes.
    """
    ordered = list(rows)
    for place, key in reversed(list(enumerate(keys))):
        column = {row: read[row][place] for row in ordered}
        filled = [row for row in ordered if column[row] is not None]
        gaps = [row for row in ordered if column[row] is None]
        filled.sort(key=column.__getitem__, reverse=key.is_descending)  # type: ignore[arg-type]  # of one kind
        ordered = filled + gaps
    return ordered


def _in_sql(key: Key) -> str:
    # NULL comes first of itself when ascending, and last when descending.
    gaps = " NULLS LAST" if key.has_gaps and not key.is_descending else ""
    return f"{key.sql}{' DESC' if key.is_descending else ''}{gaps}"


def _stands_before(one: Sequence[Stored], other: Sequence[Stored], keys: Sequence[Key]) -> bool:
    """Whether a row stands before another, given what both are ordered by and their numbers.

    Python compares texts as SQLite does: by code points, which is the order of their UTF-8 bytes.
    """
    for mine, theirs, key in zip(one, other, keys, strict=False):
        if mine != theirs:
            if mine is None or theirs is None:
                return theirs is None
            return (mine > theirs) if key.is_descending else (mine < theirs)  # type: ignore[operator]  # of one kind
    return one[-1] < other[-1]  # type: ignore[operator]  # row numbers
