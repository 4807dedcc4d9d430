"""What makes a change last: its step in the history, and the commit itself."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from pathlib import Path

from coi_desktop.models.changes import RowChange
from coi_desktop.store import identity, step_log
from coi_desktop.store.identity import Identity
from coi_desktop.store.row_changes import is_nothing, is_only_touched, merged
from coi_desktop.store.rows import Rows
from coi_desktop.store.step_log import Step
from coi_desktop.store.touching import touch_owners
from coi_desktop.store.values import format_moment

_log = logging.getLogger(__name__)


def write_step(
    connection: sqlite3.Connection, revision: int, step: Step, rows: Rows, stored: tuple[RowChange, ...]
) -> bool:
    """Write a step, or join it to the one that it continues. True when that changed rows once more: back
    to where they stood, or the moment their owners were last worked on.

    Typing back to the start leaves no step.
    """
    touched: tuple[RowChange, ...] = ()
    earlier = step_log.find_mergeable(connection, step)
    if earlier is not None:
        earlier_revision, since = earlier
        step = step._replace(since=since)
        stored = merged(step_log.rows_of(connection, earlier_revision), stored)
        step_log.remove_step(connection, earlier_revision)
        rows.untouch([row for row in stored if is_only_touched(row)])
        stored = tuple(row for row in stored if not is_nothing(row))
    if stored:
        touched = touch_owners(rows, stored, format_moment(step.at))
        step_log.write_step(connection, revision, step, stored + touched)
    return earlier is not None or bool(touched)


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
