"""Changes as steps: what a transaction writes beside the changed rows, and steps taken back or done again.

No first window changes anything, so that ``Register`` has this part made at the first change. It begins and
ends no transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from coi_desktop.models.changes import Op, RowChange, StepKind
from coi_desktop.store import erasing, integrity, own_values, step_log
from coi_desktop.store.erasing import Erased, Erasure
from coi_desktop.store.restoring import restore
from coi_desktop.store.row_changes import is_nothing, is_only_touched, merged
from coi_desktop.store.rows import Rows
from coi_desktop.store.step_log import Step
from coi_desktop.store.touching import touch_owners
from coi_desktop.store.values import format_moment
from coi_desktop.store.writer import Writer

T = TypeVar("T")

Changed = tuple[RowChange, ...]
"""The rows of a commit as they are announced."""


class StepWriter:
    """Writes steps within the transaction that a ``Register`` has begun on ``connection``."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def write(self, change: Callable[[Writer], T], step: Step, revision: int) -> tuple[T, Changed | None]:
        """Run ``change`` and write it as ``step``: what it gave, and what changed; None when nothing did."""
        rows = Rows(self._connection)
        result = change(Writer(rows, step.at))
        rows.untouch(rows.changes)
        changed = rows.changes
        if not changed:
            return result, None
        if self._write_step(revision, step, rows, changed):
            changed = rows.changes
        return result, own_values.told(self._connection, changed)

    def _write_step(self, revision: int, step: Step, rows: Rows, stored: Changed) -> bool:
        """Write a step, or join it to the one that it continues. True when that changed rows once more: back
        to where they stood, or the moment their owners were last worked on.

        Typing back to the start leaves no step.
        """
        touched: Changed = ()
        earlier = step_log.find_mergeable(self._connection, step)
        if earlier is not None:
            earlier_revision, since = earlier
            step = step._replace(since=since)
            stored = merged(step_log.rows_of(self._connection, earlier_revision), stored)
            step_log.remove_step(self._connection, earlier_revision)
            rows.untouch([row for row in stored if is_only_touched(row)])
            stored = tuple(row for row in stored if not is_nothing(row))
        if stored:
            touched = touch_owners(rows, stored, format_moment(step.at))
            step_log.write_step(self._connection, revision, step, stored + touched)
        return earlier is not None or bool(touched)

    def take(
        self, kind: StepKind, moment: datetime, source: str, revision: int
    ) -> tuple[Op, str, Changed] | None:
        """Take the last step back (UNDO), or do the one again that was last undone (REDO): its operation,
        what it was done to, and what changed; None when there is none.
        """
        backwards = kind is StepKind.UNDO
        find = step_log.next_undo if backwards else step_log.next_redo
        target = find(self._connection)
        if target is None:
            return None
        target_revision, op, detail = target
        rows = Rows(self._connection)
        restore(rows, step_log.rows_of(self._connection, target_revision), self._path, backwards=backwards)
        step_log.mark(self._connection, target_revision, step_log.UNDONE if backwards else step_log.DONE)
        step = Step(moment, moment, op, detail, source, kind, target_revision)
        step_log.write_step(self._connection, revision, step, rows.changes)
        return op, detail, own_values.told(self._connection, rows.changes)

    def erase(self, erasure: Erasure, step: Step, revision: int) -> tuple[Changed, Erased]:
        """Erase for good; ``step`` is written as history that cannot be undone."""
        erased = erasing.erase_in(self._connection, erasure)
        step_log.write_step(self._connection, revision, step, (), undoable=False)
        return own_values.told(self._connection, erased.rows), erased

    def rebuild_search(self) -> None:
        """Make everything anew that is derived for search; no step."""
        integrity.rebuild_search(self._connection)
