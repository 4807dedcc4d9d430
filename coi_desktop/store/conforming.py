"""Bringing the tables of an older register into the form they have today, after its values have been moved.

A migration step only moves values: renames a column, splits one, fills a new one. What is left (new tables
and columns, indexes, derived columns, checksums, full text) follows from the record types and is done here.
"""

from __future__ import annotations

import sqlite3

from coi_desktop.models.fields import RecordType
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import ROW, columns, quoted
from coi_desktop.store.integrity import rebuild_search
from coi_desktop.store.schema import expected_objects, find_strange_objects, table_statement

_FRESH = "fresh_"


def conform(connection: sqlite3.Connection) -> None:
    """Make every record table that is missing or differs anew, with the values of the columns that are in
    both.

    Runs in an open transaction with foreign keys off. Raises sqlite3.IntegrityError when a value is missing
    that must be there: a step has to provide it.
    """
    strange = find_strange_objects(connection)
    for kind in RECORD_TYPES.values():
        found = connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", (kind.name,)
        ).fetchone()
        if found is None:
            connection.execute(table_statement(kind))
        elif kind.name in strange:
            _make_anew(connection, kind)
    for name in find_strange_objects(connection):
        if connection.execute(
            "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?", (name,)
        ).fetchone():
            connection.execute(f"DROP INDEX {quoted(name)}")
    for (what, _name), statement in expected_objects().items():
        if what == "index" and statement is not None:
            connection.execute(statement.replace("INDEX ", "INDEX IF NOT EXISTS ", 1))
    rebuild_search(connection)


def _make_anew(connection: sqlite3.Connection, kind: RecordType) -> None:
    layout = columns(kind.name)
    fresh = quoted(_FRESH + kind.name)
    connection.execute(table_statement(kind).replace(layout.table, fresh, 1))
    there = {row[1] for row in connection.execute(f"PRAGMA table_info({layout.table})")}
    names = [name for name in layout.names if name in there]
    select = ", ".join(map(quoted, (ROW, "id", *names)))
    rows = connection.execute(f"SELECT {select} FROM {layout.table} ORDER BY row").fetchall()
    insert = layout.insert.replace(layout.table, fresh, 1)
    empty = dict.fromkeys(layout.names)
    for number, record_id, *values in rows:
        row = empty | dict(zip(names, values, strict=True))
        derived = layout.derived(row)
        connection.execute(
            insert,
            (
                number,
                record_id,
                *map(row.__getitem__, layout.names),
                *map(derived.__getitem__, layout.derived_names),
                layout.checksum(number, record_id, row),
            ),
        )
    connection.execute(f"DROP TABLE {layout.table}")
    connection.execute(f"ALTER TABLE {fresh} RENAME TO {layout.table}")
