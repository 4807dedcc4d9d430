"""What makes a change last: the commit."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from pathlib import Path

from coi_desktop.store import identity
from coi_desktop.store.identity import Identity

_log = logging.getLogger(__name__)


def commit(connection: sqlite3.Connection, path: Path, following: Identity) -> None:
    """Commit. The disk may refuse the very last call, which only makes what is done proof against power
    cuts: then the file holds the change, and another commit makes up for what was refused.
    """
    try:
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        with contextlib.suppress(sqlite3.Error):
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        if not identity.is_on_disk(path, following):
            raise
        _log.warning("the disk refused the last call of a commit: %s", error)
        connection.execute("BEGIN IMMEDIATE")
        identity.write_again(connection, following)
        connection.execute("COMMIT")
