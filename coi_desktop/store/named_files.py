"""Which files beside the register are named: by a record, or by what history and trash can bring back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

from coi_desktop.models.record_types.table import FILE_TYPES
from coi_desktop.store.columns import quoted

_FIELD = "sha256"


def find_named_now(connection: sqlite3.Connection) -> frozenset[str]:
    """The checksums that attachments of initiatives and cases name as they are now."""
    return frozenset(
        row[0]
        for table in FILE_TYPES
        if _has_files(connection, table)
        for row in connection.execute(
            f"SELECT DISTINCT {_FIELD} FROM {quoted(table)} WHERE coalesce({_FIELD}, '') <> ''"
        )
    )


def find_named_ever(connection: sqlite3.Connection) -> frozenset[str]:
    """Those, and the ones that undo, redo or the trash may name again: what a sweep must leave."""
    return find_named_now(connection) | frozenset(_iter_named_in_history(connection))


def _has_files(connection: sqlite3.Connection, table: str) -> bool:
    """Whether the table names files: in a backup of an older version it may not."""
    return any(row[1] == _FIELD for row in connection.execute(f"PRAGMA table_info({quoted(table)})"))


def _iter_named_in_history(connection: sqlite3.Connection) -> Iterator[str]:
    wanted = ", ".join("?" for _table in FILE_TYPES)
    changes = connection.execute(
        f'SELECT "before", "after" FROM change WHERE record IN ({wanted})', FILE_TYPES
    )
    for texts in changes:
        for text in texts:
            values = json.loads(text) if text else {}
            if values.get(_FIELD):
                yield values[_FIELD]
