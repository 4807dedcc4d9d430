"""Whose the records below initiatives are: for every row of a table the row of its initiative, in memory.

With it a question about tags or evaluations is one to their own narrow tables. SQLite would look for each
of a hundred thousand initiatives by its id.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import repeat

from coi_desktop.models.changes import RowChange
from coi_desktop.models.found import row_numbers
from coi_desktop.models.own_fields import OWNER
from coi_desktop.store.columns import quoted
from coi_desktop.store.row_sets import read_columns

TABLES = ("tag", "evaluation", "attachment")
"""The tables below initiatives that conditions ask for."""

_PARENT = f"{OWNER}_id"
_PIECE = 5_000
_MANY = 200


class Owners:
    """The owners of the rows of one table; ``among`` is a JOIN on ``child`` that leaves some rows out."""

    def __init__(self, connection: sqlite3.Connection, table: str, among: str = "") -> None:
        self._connection = connection
        self._table = quoted(table)
        self._sql = (
            f"SELECT child.row AS row, owner.row AS owner FROM {self._table} AS child{among}"
            f" JOIN {quoted(OWNER)} AS owner ON owner.id = child.{quoted(_PARENT)}"
        )
        self._owners = row_numbers([0])
        self.is_read = False

    def prepare(self) -> bool:
        """Read a piece; True when there was something to read. Takes some milliseconds."""
        if self.is_read:
            return False
        start = len(self._owners)
        self._owners.extend(repeat(0, _PIECE))
        self._put(f" WHERE child.row BETWEEN {start} AND {start + _PIECE - 1}", ())
        self.is_read = self._greatest_row() < len(self._owners)
        return True

    def catch_up(self, rows: Sequence[int]) -> None:
        """Take in that something under the initiatives in these rows has changed."""
        if self.is_read:
            self._owners.extend(repeat(0, self._greatest_row() + 1 - len(self._owners)))
        if len(self._owners) > 1:
            self._put(f" WHERE owner.row IN ({', '.join('?' * len(rows))})", rows)

    def owners_of(self, rows: Iterable[int]) -> list[int]:
        """The initiatives' rows of these rows, in their order; rows that are left out have none. All must
        have been read.
        """
        return list(filter(None, map(self._owners.__getitem__, rows)))

    def _put(self, which: str, values: Sequence[int]) -> None:
        found = read_columns(self._connection, ("row", "owner"), self._sql + which, values)
        for row, owner in zip(*(map(int, column) for column in found), strict=True):
            if row < len(self._owners):  # the others are still to be read
                self._owners[row] = owner

    def _greatest_row(self) -> int:
        return int(self._connection.execute(f"SELECT max(row) FROM {self._table}").fetchone()[0] or 0)


def changed_owners(
    connection: sqlite3.Connection, table: str, changes: Sequence[RowChange]
) -> list[int] | None:
    """The rows of the initiatives under which rows of a table have changed; None when those are many."""
    if len(changes) > _MANY:
        return None
    said = [values for row in changes for values in (row.before, row.after) if values and _PARENT in values]
    ids = [str(values[_PARENT]) for values in said]
    silent = [row.key for row in changes if row.before and row.after and _PARENT not in row.after]
    sql = (
        f"SELECT row FROM {quoted(OWNER)} WHERE id IN ({', '.join('?' * len(ids))})"
        f" UNION SELECT owner.row FROM {quoted(table)} AS child JOIN {quoted(OWNER)} AS owner"
        f" ON owner.id = child.{quoted(_PARENT)} WHERE child.id IN ({', '.join('?' * len(silent))})"
    )
    return [row for (row,) in connection.execute(sql, (*ids, *silent))]
