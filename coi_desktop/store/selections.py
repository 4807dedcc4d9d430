"""What conditions select of a table, as sets of rows, kept and moved with each change.

Each condition has a set of its own where that is quick: tests of short texts look into those that the search
holds in memory, tests of value lists at the few different values that stand in a column. What is left is
asked of SQLite in one go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import compress, count, repeat
from operator import contains

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import fold
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.record_types.table import record_type
from coi_desktop.store.columns import part_marks, quoted
from coi_desktop.store.conditions import OPPOSITES, is_slow, may_move, where
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.row_sets import (
    RowSet,
    all_of,
    make_set,
    parse_rows,
    read_rows,
    with_changes,
    without,
)
from coi_desktop.store.schema import has_lean_index
from coi_desktop.store.values import Stored

_MOST = 64
_MOST_KEYS = 200
_KEYS = (Kind.CHOICE, Kind.CHOICES, Kind.YES_NO)
_PIECE = 5_000
_ALL = 10_000_000
_BETWEEN = "\x1e"
"""What parts the keys of two records when they are read; keys hold no control characters."""
_FEW_ROWS = 5_000
"""Tables of so few rows are asked in one go, whatever is asked."""
SLICE = 400
"""Rows with long texts that are looked into in one go: some milliseconds."""

Selection = tuple[str, tuple[Condition, ...]]


class Selections:
    """The sets that conditions select, those used last. ``texts`` gives the short texts of a type by row
    number when they are in memory.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        own: OwnFields,
        texts: Callable[[str], Sequence[str] | None],
    ) -> None:
        self._connection = connection
        self._own = own
        self._texts = texts
        self._known: dict[Selection, RowSet] = {}
        self._columns: dict[tuple[str, str], KeyColumn] = {}
        self._asked_for: set[tuple[str, str]] = set()
        self._commits = 0

    def forget(self) -> None:
        """Forget everything that is kept."""
        self._commits += 1
        self._known.clear()
        self._columns.clear()
        self._asked_for.clear()

    def rows(self, type_name: str, conditions: Sequence[Condition]) -> RowSet | None:
        """The rows that fit all conditions; None without any."""
        sets, rest = [], []
        for condition in conditions:
            found = self._quick(type_name, condition)
            if found is None:
                rest.append(condition)
            else:
                sets.append(found)
        if rest:
            sets.append(self._asked((type_name, tuple(rest))))
        return all_of(sets)

    def is_slow(self, type_name: str, conditions: Sequence[Condition]) -> bool:
        """Whether it takes long to work out what fits: long texts of many rows are to be read."""
        fields = self._own.by_name(type_name)
        rest = tuple(one for one in conditions if self._quick(type_name, one) is None)
        return (
            (type_name, rest) not in self._known
            and any(is_slow(type_name, one, fields) for one in rest)
            and self._greatest_row(type_name) > _FEW_ROWS
        )

    def iter_slices(self, type_name: str, conditions: Sequence[Condition]) -> Iterator[float]:
        """Work out what fits, some milliseconds at a time, and keep it: how much of it is done, up to 1.

        Nothing is kept when the register has changed meanwhile.
        """
        rest = tuple(one for one in conditions if self._quick(type_name, one) is None)
        if not rest:
            return
        commits = self._commits
        last = self._greatest_row(type_name)
        demands, values = where(type_name, rest, self._own.by_name(type_name))
        sql = f"SELECT row FROM {quoted(type_name)}{demands} AND row BETWEEN ? AND ?"
        rows: list[int] = []
        for start in range(1, last + 1, SLICE):
            rows += read_rows(self._connection, sql, (*values, start, start + SLICE - 1))
            yield start / last
            if self._commits != commits:
                return
        self._keep((type_name, rest), make_set(rows))

    def _quick(self, type_name: str, condition: Condition) -> RowSet | None:
        selection = (type_name, (condition,))
        known = self._known.get(selection)
        if known is None:
            known = self._from_texts(type_name, condition)
            if known is None:
                known = self._from_keys(type_name, condition)
        if known is not None:
            self._keep(selection, known)
        return known

    def _asked(self, selection: Selection) -> RowSet:
        known = self._known.get(selection)
        if known is None:
            type_name, conditions = selection
            demands, values = where(type_name, conditions, self._own.by_name(type_name), whole=True)
            known = make_set(
                read_rows(self._connection, f"SELECT row FROM {quoted(type_name)}{demands}", values)
            )
        self._keep(selection, known)
        return known

    def _keep(self, selection: Selection, rows: RowSet) -> None:
        self._known.pop(selection, None)
        while len(self._known) >= _MOST:
            del self._known[next(iter(self._known))]
        self._known[selection] = rows

    def _greatest_row(self, type_name: str) -> int:
        return int(self._connection.execute(f"SELECT max(row) FROM {quoted(type_name)}").fetchone()[0] or 0)

    # The quick ways

    def _from_texts(self, type_name: str, condition: Condition) -> RowSet | None:
        """What a test of a short text selects, when the short texts are in memory."""
        marks = part_marks(type_name).get(condition.field)
        claim = OPPOSITES.get(condition.test, condition.test)
        if marks is None or claim not in (Test.CONTAINS, Test.IS, Test.ONE_OF):
            return None
        wanted = condition.value if isinstance(condition.value, tuple) else (condition.value,)
        needles = [fold(one) for one in wanted if isinstance(one, str)]
        if len(needles) < len(wanted) or not all(needles) or (claim is Test.CONTAINS and len(needles) != 1):
            return None
        texts = self._texts(type_name)
        if texts is None:
            return None
        begin, end = marks
        if claim is Test.CONTAINS:
            found = bytearray(map(contains, texts, repeat(needles[0])))
            for row in compress(count(), bytes(found)):
                start = texts[row].index(begin) + 1
                if texts[row].find(needles[0], start, texts[row].index(end, start)) < 0:
                    found[row] = 0
            rows = bytes(found)
        else:
            rows = b"\0" * len(texts)
            for needle in needles:
                rows = bytes(map(max, rows, map(contains, texts, repeat(f"{begin}{needle}{end}"))))
        if condition.test is claim:
            return rows
        return without(bytes(map(bool, texts)), rows)

    def _from_keys(self, type_name: str, condition: Condition) -> RowSet | None:
        """What a test of a field with few different values selects."""
        field = record_type(type_name).by_name.get(condition.field)
        if field is None or field.kind not in _KEYS:
            return None
        key = (type_name, field.name)
        column = self._columns.get(key)
        if column is None or not column.is_read:
            if key not in self._asked_for:  # one question is answered quicker without the column
                self._asked_for.add(key)
                return None
            column = column or self._columns.setdefault(key, KeyColumn(self._connection, type_name, field))
            column.read(_ALL)
        return column.rows(condition)

    def prepare(self, type_name: str) -> bool:
        """Read a piece of the columns of value lists; True when there was something to read."""
        for field in record_type(type_name).fields:
            if field.kind in _KEYS:
                key = (type_name, field.name)
                if key not in self._columns:
                    self._columns[key] = KeyColumn(self._connection, type_name, field)
                if not self._columns[key].is_read:
                    self._columns[key].read(_PIECE)
                    return True
        return False

    # What changed

    def catch_up(self, changes: ChangeSet, moved: Callable[[Query, ChangeSet], list[int] | None]) -> None:
        """Bring what is kept up to date with a commit. ``moved`` tells the rows that it may have moved in the
        answer to a query, None when they are many.
        """
        self._commits += 1
        for key, column in list(self._columns.items()):
            query = Query(key[0], conditions=(Condition(key[1], Test.FILLED),))
            if may_move(query, changes):
                rows = moved(query, changes)
                if rows is None or not column.read_again(rows):
                    del self._columns[key]
        for selection in list(self._known):
            query = Query(selection[0], conditions=selection[1])
            if may_move(query, changes):
                rows = moved(query, changes)
                if rows is None:
                    del self._known[selection]
                else:
                    self._select_again(selection, rows)

    def _select_again(self, selection: Selection, rows: list[int]) -> None:
        type_name, conditions = selection
        demands, values = where(type_name, conditions, self._own.by_name(type_name))
        sql = f"SELECT row FROM {quoted(type_name)}{demands} AND row IN ({', '.join('?' * len(rows))})"
        fits = set(read_rows(self._connection, sql, (*values, *rows)))
        self._known[selection] = with_changes(self._known[selection], {row: row in fits for row in rows})


def _lean(type_name: str) -> str:
    """The narrow index of a searched type, in the order of rows; SQLite itself would read the whole table."""
    return f" INDEXED BY {quoted(type_name + '_lean')}" if has_lean_index(type_name) else ""


class KeyColumn:
    """One column with few different values, as one byte a row: 0 where there is no row, else the place of its
    value among the different ones.
    """

    def __init__(self, connection: sqlite3.Connection, type_name: str, field: FieldSpec) -> None:
        self._connection = connection
        self._type = type_name
        self._column = quoted(field.name)
        self._values: list[Stored] = [None]
        self._codes: bytes | None = b"\0"
        self._is_number = field.kind is Kind.YES_NO
        self.is_read = False

    def read(self, most: int) -> None:
        """Read so many more rows; ``is_read`` when there are no others."""
        if self._codes is None:
            self.is_read = True
            return
        among = f"{quoted(self._type)}{_lean(self._type)} WHERE row >= ? ORDER BY row LIMIT {most:d}"
        sql = (
            f"SELECT group_concat(row), group_concat(ifnull({self._column}, ''), char({ord(_BETWEEN)}))"
            f" FROM (SELECT row, {self._column} FROM {among})"
        )
        numbers, joined = self._connection.execute(sql, (len(self._codes),)).fetchone()
        if numbers is None:
            self.is_read = True
            return
        rows, texts = parse_rows(numbers), joined.split(_BETWEEN)
        self._codes = self._coded(self._codes, rows, texts)
        self.is_read = len(rows) < most

    def _coded(self, codes_before: bytes, rows: Sequence[int], texts: Sequence[str]) -> bytes | None:
        stored = {text: self._stored(text) for text in set(texts)}
        self._values += [value for value in stored.values() if value not in self._values[1:]]
        if len(rows) != len(texts) or len(self._values) > _MOST_KEYS:
            return None  # damaged, or no value list at all
        codes = {text: self._values.index(value, 1) for text, value in stored.items()}
        coded = bytes(map(codes.__getitem__, texts))
        if rows[-1] == len(codes_before) - 1 + len(rows):
            return codes_before + coded
        made = bytearray(codes_before.ljust(rows[-1] + 1, b"\0"))
        for row, code in zip(rows, coded, strict=True):
            made[row] = code
        return bytes(made)

    def _stored(self, text: str) -> Stored:
        if not text:
            return None
        return int(text) if self._is_number else text

    def rows(self, condition: Condition) -> RowSet | None:
        """The rows whose value fits, as SQLite judges each value; None when there are too many values."""
        if self._codes is None:
            return None
        demands, values = where(self._type, (condition,))
        judge = f"SELECT EXISTS (SELECT 1 FROM (SELECT ? AS {self._column}){demands})"
        fits = bytearray(256)
        for code, value in enumerate(self._values[1:], 1):
            fits[code] = self._connection.execute(judge, (value, *values)).fetchone()[0]
        return self._codes.translate(bytes(fits))

    def read_again(self, rows: Sequence[int]) -> bool:
        """Take in that these rows were made, changed or dropped; False when there are too many values now."""
        if self._codes is None:
            return False
        if not self.is_read:
            rows = [row for row in rows if row < len(self._codes)]  # the others are still to be read
        made = bytearray(self._codes.ljust(max(rows, default=0) + 1, b"\0"))
        marks = ", ".join("?" * len(rows))
        sql = f"SELECT row, {self._column} FROM {quoted(self._type)} WHERE row IN ({marks})"
        now = dict(self._connection.execute(sql, rows).fetchall())
        for row in rows:
            if row in now and now[row] not in self._values[1:]:
                self._values.append(now[row])
            made[row] = self._values.index(now[row], 1) if row in now else 0
        self._codes = bytes(made)
        return len(self._values) <= _MOST_KEYS + 1
