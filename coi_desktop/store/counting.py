"""Counting what fits a query a few thousand rows at a time, so that whoever counts can breathe between."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from coi_desktop.models.query import Query
from coi_desktop.store.columns import quoted
from coi_desktop.store.values import Stored

#: Rows looked at in one go; some milliseconds where every row has to be looked into.
ROWS = 2_000


def iter_counts(
    connection: sqlite3.Connection, query: Query, demands: str, values: list[Stored]
) -> Iterator[int]:
    """How many rows fit in one slice of the table after the other. ``demands`` is the WHERE of the query."""
    table = quoted(query.type_name)
    (last,) = connection.execute(f"SELECT max(row) FROM {table}").fetchone()
    slice_of = f" AND {table}.row BETWEEN ? AND ?" if demands else f" WHERE {table}.row BETWEEN ? AND ?"
    for start in range(1, (last or 0) + 1, ROWS):
        sql = f"SELECT count(*) FROM {table}{demands}{slice_of}"
        (found,) = connection.execute(sql, (*values, start, start + ROWS - 1)).fetchone()
        yield int(found)
