"""Wiping free pages after an erasure: asked for at every opening, since a wipe may have been cut off."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _

BEGUN, DONE = "begun", "done"
"""States of an erased key: the free pages may still hold its text; they are wiped."""


def insist_on_secure_delete(connection: sqlite3.Connection, path: Path) -> None:
    """Have SQLite overwrite what it deletes, however it was built; Problem ``unsafe`` if it does not."""
    connection.execute("PRAGMA secure_delete = ON")
    if connection.execute("PRAGMA secure_delete").fetchone()[0] != 1:
        raise Problem(
            _("Nothing can be erased for good in {name}.").format(name=path.name),
            meaning=_("Deleted text would stay in the file, so nothing was changed."),
            advice=_("Update COI Desktop on this computer."),
            code="unsafe",
        )


def is_wipe_due(connection: sqlite3.Connection) -> bool:
    """Whether something was erased after which the file's free pages were not wiped yet."""
    return (
        connection.execute("SELECT 1 FROM erasure WHERE state = ? LIMIT 1", (BEGUN,)).fetchone() is not None
    )


def wipe(connection: sqlite3.Connection) -> None:
    """Write the whole file anew, outside a transaction: what was deleted stands in no free page then."""
    connection.execute("PRAGMA cache_spill = ON")  # or the whole file would be held in memory
    try:
        connection.execute("VACUUM")
    finally:
        connection.execute("PRAGMA cache_spill = OFF")


def note_wiped(connection: sqlite3.Connection) -> None:
    """Write down that the free pages are wiped."""
    connection.execute("UPDATE erasure SET state = ?", (DONE,))
