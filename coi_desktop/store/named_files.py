"""Which files beside the register are named: by a record, or by what history and trash can bring back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator

_TYPE, _FIELD = "attachment", "sha256"


def find_named_now(connection: sqlite3.Connection) -> frozenset[str]:
    """The checksums that attachments name as they are now."""
    return frozenset(
        row[0]
        for row in connection.execute(
            f"SELECT DISTINCT {_FIELD} FROM {_TYPE} WHERE coalesce({_FIELD}, '') <> ''"
        )
    )


def find_named_ever(connection: sqlite3.Connection) -> frozenset[str]:
    """Those, and the ones that undo, redo or the trash may name again: what a sweep must leave."""
    return find_named_now(connection) | frozenset(_iter_named_in_history(connection))


def _iter_named_in_history(connection: sqlite3.Connection) -> Iterator[str]:
    changes = connection.execute('SELECT "before", "after" FROM change WHERE record = ?', (_TYPE,))
    for texts in changes:
        for text in texts:
            values = json.loads(text) if text else {}
            if values.get(_FIELD):
                yield values[_FIELD]
