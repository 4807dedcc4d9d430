"""The stored history: one step a commit, its changed rows beside it; undo and redo are read from here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from coi_desktop.models.changes import HistoryStep, Op, RowChange, StepKind
from coi_desktop.store.columns import Stored
from coi_desktop.store.writer import joined

MERGE_WITHIN = timedelta(seconds=60)

DONE, UNDONE, ENDED, NOTED = "done", "undone", "ended", "noted"
"""States of a step: can be undone; can be redone; undone for good because something new was done; an undo or
redo itself, which is history but no step of the stack."""


@dataclass(frozen=True, slots=True)
class Step:
    """A step to be written: see ``HistoryStep``. ``target`` is the revision that an undo or redo is about."""

    at: datetime
    op: Op
    detail: str = ""
    source: str = ""
    kind: StepKind = StepKind.DO
    target: int | None = None
    merge_key: str | None = None


def write_step(connection: sqlite3.Connection, revision: int, step: Step, rows: Iterable[RowChange]) -> None:
    """Add a step with its changed rows. Something new ends what could be redone."""
    if step.kind is StepKind.DO:
        connection.execute("UPDATE step SET state = ? WHERE kind = 'do' AND state = ?", (ENDED, UNDONE))
    connection.execute(
        "INSERT INTO step (revision, at, op, message, detail, source, kind, state, target, merge_key)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            revision,
            step.at.isoformat(timespec="milliseconds"),
            step.op.name,
            step.op.message,
            step.detail,
            step.source,
            step.kind.value,
            DONE if step.kind is StepKind.DO else NOTED,
            step.target,
            step.merge_key,
        ),
    )
    connection.executemany(
        'INSERT INTO change (revision, record, key, "before", "after") VALUES (?, ?, ?, ?, ?)',
        [(revision, row.table, row.key, _dumped(row.before), _dumped(row.after)) for row in rows],
    )


def mark(connection: sqlite3.Connection, revision: int, state: str) -> None:
    """Set the state of a step."""
    connection.execute("UPDATE step SET state = ? WHERE revision = ?", (state, revision))


def next_undo(connection: sqlite3.Connection) -> tuple[int, Op, str] | None:
    """The step that undo takes back (revision, operation, detail), or None."""
    return _one(connection, "SELECT max(revision) FROM step WHERE kind = 'do' AND state = ?", DONE)


def next_redo(connection: sqlite3.Connection) -> tuple[int, Op, str] | None:
    """The step that redo does again (revision, operation, detail), or None."""
    return _one(connection, "SELECT min(revision) FROM step WHERE kind = 'do' AND state = ?", UNDONE)


def _one(connection: sqlite3.Connection, sql: str, state: str) -> tuple[int, Op, str] | None:
    revision = connection.execute(sql, (state,)).fetchone()[0]
    if revision is None:
        return None
    name, message, detail = connection.execute(
        "SELECT op, message, detail FROM step WHERE revision = ?", (revision,)
    ).fetchone()
    return revision, Op(name, message), detail


def take_mergeable(connection: sqlite3.Connection, step: Step) -> tuple[RowChange, ...]:
    """The rows of the last step when ``step`` continues it (same key, within a minute); it is removed."""
    if step.merge_key is None:
        return ()
    last = connection.execute(
        "SELECT revision, at, merge_key, kind, state FROM step ORDER BY revision DESC LIMIT 1"
    ).fetchone()
    if last is None or last[2:] != (step.merge_key, StepKind.DO.value, DONE):
        return ()
    if not timedelta(0) <= step.at - datetime.fromisoformat(last[1]) <= MERGE_WITHIN:
        return ()
    rows = rows_of(connection, last[0])
    connection.execute("DELETE FROM step WHERE revision = ?", (last[0],))
    return rows


def merged(earlier: Iterable[RowChange], later: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """The changes of two steps as those of one; rows that ended as they began are left out."""
    found = {(row.table, row.key): row for row in earlier}
    for row in later:
        before = found.get((row.table, row.key))
        found[(row.table, row.key)] = row if before is None else joined(before, row)
    return tuple(row for row in found.values() if not is_nothing(row))


def is_nothing(row: RowChange) -> bool:
    """Whether a changed row ended as it began, but for the moment it was changed."""
    if not row.before and not row.after:
        return True
    return row.before is not None and row.after is not None and row.fields <= {"updated"}


def rows_of(connection: sqlite3.Connection, revision: int) -> tuple[RowChange, ...]:
    """The changed rows of a step, in the order they were made."""
    found = connection.execute(
        'SELECT record, key, "before", "after" FROM change WHERE revision = ? ORDER BY row', (revision,)
    )
    return tuple(
        RowChange(table, key, _loaded(before), _loaded(after)) for table, key, before, after in found
    )


def read_history(connection: sqlite3.Connection, key: str | None, limit: int) -> tuple[HistoryStep, ...]:
    """Steps newest first, all of them or those that touched the record ``key``, at most ``limit``."""
    where = "" if key is None else "WHERE revision IN (SELECT revision FROM change WHERE key = ?)"
    steps = connection.execute(
        "SELECT revision, at, op, message, detail, source, kind, state FROM step"
        f" {where} ORDER BY revision DESC LIMIT ?",
        (limit,) if key is None else (key, limit),
    ).fetchall()
    return tuple(
        HistoryStep(
            revision,
            datetime.fromisoformat(at),
            Op(op, message),
            detail,
            source,
            StepKind(kind),
            state in (UNDONE, ENDED),
            tuple(row for row in rows_of(connection, revision) if key is None or row.key == key),
        )
        for revision, at, op, message, detail, source, kind, state in steps
    )


def _dumped(values: Mapping[str, Stored] | None) -> str | None:
    return None if values is None else json.dumps(values, ensure_ascii=False, separators=(",", ":"))


def _loaded(text: str | None) -> dict[str, Stored] | None:
    return None if text is None else json.loads(text)
