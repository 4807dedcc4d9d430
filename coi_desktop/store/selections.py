"""What conditions select of a table, as sets of rows, kept and moved with each change.

Each condition has a set of its own where that is quick: tests of short texts look into those that the search
holds in memory, tests of value lists and own fields at the different values that stand in a column, and what
is asked of tags or evaluations is asked of their own tables. What is left is asked of SQLite in one go.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import compress, count, repeat
from operator import contains

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.folding import fold
from coi_desktop.models.own_fields import OWNER, is_own
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.store import counting
from coi_desktop.store.columns import part_marks, quoted
from coi_desktop.store.conditions import (
    OPPOSITES,
    Claim,
    ask_below,
    ask_own,
    is_slow,
    may_move,
    prepare,
    reads_long_texts,
    where,
)
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.owners import TABLES, Owners, changed_owners
from coi_desktop.store.row_sets import (
    FEW_ROWS,
    RowSet,
    all_of,
    make_set,
    read_rows,
    with_changes,
    without,
)
from coi_desktop.store.value_columns import ValueColumns

_MOST = 64
SLICE = 400
"""Rows with long texts that are looked into in one go: some milliseconds."""
SHORT_SLICE = 5_000
"""Rows whose short texts are looked into in one go."""

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
        columns: ValueColumns,
    ) -> None:
        self._connection = connection
        self._own = own
        self._texts = texts
        self._columns = columns
        self._known: dict[Selection, RowSet] = {}
        self._owners = {table: Owners(connection, table) for table in TABLES}
        self._commits = 0
        prepare(connection)

    def forget(self) -> None:
        """Forget everything that is kept."""
        self._commits += 1
        self._known.clear()
        self._owners = {table: Owners(self._connection, table) for table in TABLES}

    def prepare(self, type_name: str) -> bool:
        """Read a piece of whose the records below are; True when there was something to read."""
        return type_name == OWNER and any(owners.prepare() for owners in self._owners.values())

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
        """Whether it takes long to work out what fits: then ``iter_slices`` comes first."""
        fields = self._own.by_name(type_name)
        rest = tuple(one for one in conditions if self._quick(type_name, one) is None)
        return (
            (type_name, rest) not in self._known
            and any(self._awaited(type_name, one) or is_slow(type_name, one, fields) for one in rest)
            and self._greatest_row(type_name) > FEW_ROWS
        )

    def iter_slices(self, type_name: str, conditions: Sequence[Condition]) -> Iterator[float]:
        """Read what the conditions need in memory, and look through texts, some milliseconds at a time: how
        much of the latter is done, up to 1. What fits is kept.

        No texts are looked through any further when the register has changed meanwhile.
        """
        for condition in conditions:
            while self._quick(type_name, condition) is None and (read := self._awaited(type_name, condition)):
                read()
                yield 0.0
        rest = tuple(one for one in conditions if self._quick(type_name, one) is None)
        if not rest:
            return
        commits = self._commits
        last = self._greatest_row(type_name)
        fields = self._own.by_name(type_name)
        demands, values = where(type_name, rest, fields)
        slice_of = SLICE if any(reads_long_texts(type_name, one, fields) for one in rest) else SHORT_SLICE
        sql = f"SELECT row FROM {quoted(type_name)}{demands} AND row BETWEEN ? AND ?"
        rows: list[int] = []
        for start in range(1, last + 1, slice_of):
            rows += read_rows(self._connection, sql, (*values, start, start + slice_of - 1))
            yield start / last
            if self._commits != commits:
                return
        self._keep((type_name, rest), make_set(rows))

    def iter_counts(self, query: Query) -> Iterator[int]:
        """How many rows fit the conditions, a slice of the table after the other: the number so far."""
        fields = self._own.by_name(query.type_name)
        demands, values = where(query.type_name, query.conditions, fields)
        found = 0
        for some in counting.iter_counts(self._connection, query, demands, values):
            found += some
            yield found

    def _awaited(self, type_name: str, condition: Condition) -> Callable[[], bool] | None:
        """What reads a piece of what a condition needs in memory; None when nothing is to be read for it."""
        if self._columns.is_awaited(type_name, condition.field):
            return partial(self._columns.prepare, type_name, condition.field)
        below = ask_below(condition, self._own.by_name(type_name)) if type_name == OWNER else None
        owners = None if below is None else self._owners.get(below.table)
        return None if owners is None or owners.is_read else owners.prepare

    def _quick(self, type_name: str, condition: Condition) -> RowSet | None:
        selection = (type_name, (condition,))
        known = self._known.get(selection)
        for find in (self._from_texts, self._from_column, self._from_below):
            if known is None:
                known = find(type_name, condition)
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
        return without(self._every(type_name), rows)

    def _from_column(self, type_name: str, condition: Condition) -> RowSet | None:
        """What a test of a field selects whose values are in memory."""
        column = self._columns.column(type_name, condition.field)
        if column is None:
            return None
        if not is_own(condition.field):
            demands, values = where(type_name, (condition,))
            return column.fitting(self._connection, condition.field, demands.removeprefix(" WHERE "), values)
        demand = ask_own(condition, self._own.by_name(type_name))
        found = column.fitting(self._connection, "value", demand.sql, demand.values)
        return without(self._every(type_name), found) if Claim.of(condition).is_denied else found

    def _from_below(self, type_name: str, condition: Condition) -> RowSet | None:
        """What a test of records below initiatives selects, when it is known whose those are."""
        below = ask_below(condition, self._own.by_name(type_name)) if type_name == OWNER else None
        owners = None if below is None else self._owners.get(below.table)
        if below is None or owners is None or not owners.is_read:
            return None
        rows = read_rows(self._connection, below.rows_sql, below.demand.values)
        found = make_set(owners.owners_of(rows))
        return without(self._every(type_name), found) if below.is_denied else found

    def _every(self, type_name: str) -> RowSet:
        """All rows that are there."""
        texts = self._texts(type_name)
        return self._asked((type_name, ())) if texts is None else bytes(map(bool, texts))

    # What changed

    def catch_up(self, changes: ChangeSet, moved: Callable[[Query, ChangeSet], list[int] | None]) -> None:
        """Bring what is kept up to date with a commit. ``moved`` tells the rows that it may have moved in the
        answer to a query, None when they are many.
        """
        self._commits += 1
        for table, owners in self._owners.items():
            if changes.touches(table):
                changed = [row for row in changes.rows if row.table == table]
                rows = changed_owners(self._connection, table, changed)
                if rows is None:
                    self._owners[table] = Owners(self._connection, table)
                else:
                    owners.catch_up(rows)
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
        demands = f"{demands} AND" if demands else " WHERE"
        sql = f"SELECT row FROM {quoted(type_name)}{demands} row IN ({', '.join('?' * len(rows))})"
        fits = set(read_rows(self._connection, sql, (*values, *rows)))
        self._known[selection] = with_changes(self._known[selection], {row: row in fits for row in rows})
