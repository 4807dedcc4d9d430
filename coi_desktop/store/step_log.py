"""The stored history: one step a commit, its changed rows beside it; undo and redo are read from here."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from zlib import crc32

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import HistoryStep, Op, RowChange, StepKind
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import BETWEEN, checksum
from coi_desktop.store.row_changes import is_only_touched
from coi_desktop.store.values import Stored, format_moment, load_moment

#: A step that changed more rows under a record is told by its name alone.
_MOST_BELOW = 40

MERGE_WITHIN = timedelta(seconds=60)

DONE, UNDONE, ENDED, NOTED = "done", "undone", "ended", "noted"
"""States of a step: can be undone; can be redone; undone for good because something new was done; an undo or
redo itself, which is history but no step of the stack."""

_STEP_COLUMNS = "revision, at, since, op, message, detail, source, kind, target, merge_key"
_SELECT_CHANGES = 'SELECT revision, record, key, "before", "after", checksum FROM change'
_STATES = (DONE, UNDONE, ENDED, NOTED)


class Step(NamedTuple):
    """A step to be written: see ``HistoryStep``.

    ``since`` is when it began (typing that joined into it), ``target`` the revision an undo or redo is about.
    """

    at: datetime
    since: datetime
    op: Op
    detail: str = ""
    source: str = ""
    kind: StepKind = StepKind.DO
    target: int | None = None
    merge_key: str | None = None


def write_step(
    connection: sqlite3.Connection,
    revision: int,
    step: Step,
    rows: Iterable[RowChange],
    *,
    undoable: bool = True,
) -> None:
    """Add a step with its changed rows. Something new ends what could be redone.

    A step that is not ``undoable`` is history only; it leaves the stack of undo and redo as it is.
    """
    is_on_stack = undoable and step.kind is StepKind.DO
    if is_on_stack:
        connection.execute("UPDATE step SET state = ? WHERE kind = 'do' AND state = ?", (ENDED, UNDONE))
    at = format_moment(step.at)
    values = (
        revision,
        at,
        format_moment(step.since),
        step.op.name,
        step.op.message,
        step.detail,
        step.source,
        step.kind.value,
        step.target,
        step.merge_key,
    )
    connection.execute(
        f"INSERT INTO step ({_STEP_COLUMNS}, state, checksum) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, DONE if is_on_stack else NOTED, checksum(values)),
    )
    connection.executemany(
        'INSERT INTO change (revision, record, key, "before", "after", checksum) VALUES (?, ?, ?, ?, ?, ?)',
        _stored_changes(revision, rows),
    )


def _stored_changes(revision: int, rows: Iterable[RowChange]) -> list[tuple[Stored, ...]]:
    """The changed rows of a step as they are stored, each with the checksum of what stands before it."""
    from orjson import dumps

    between, nothing = BETWEEN.encode(), str(None).encode()
    stored: list[tuple[Stored, ...]] = []
    for table, key, before, after in rows:
        old = nothing if before is None else dumps(before)
        new = nothing if after is None else dumps(after)
        head = f"{revision}{BETWEEN}{table}{BETWEEN}{key}{BETWEEN}".encode()
        summed = crc32(new, crc32(between, crc32(old, crc32(head))))  # as ``checksum`` gives it
        stored.append(
            (
                revision,
                table,
                key,
                None if before is None else old.decode(),
                None if after is None else new.decode(),
                summed,
            )
        )
    return stored


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


def find_mergeable(connection: sqlite3.Connection, step: Step) -> tuple[int, datetime] | None:
    """The last step when ``step`` continues it: its revision, and since when it goes on; else None.

    It does when both have the same key and the last one began less than a minute ago.
    """
    if step.merge_key is None:
        return None
    last = connection.execute(
        "SELECT revision, since, merge_key, kind, state FROM step ORDER BY revision DESC LIMIT 1"
    ).fetchone()
    if last is None or last[2:] != (step.merge_key, StepKind.DO.value, DONE):
        return None
    since = _readable(load_moment, last[1])
    return (last[0], since) if timedelta(0) <= step.at - since < MERGE_WITHIN else None


def remove_step(connection: sqlite3.Connection, revision: int) -> None:
    """Take a step and its changed rows out of history: another one holds what it held."""
    connection.execute("DELETE FROM step WHERE revision = ?", (revision,))


def revisions_after(connection: sqlite3.Connection, revision: int) -> list[int]:
    """The revisions of the steps after ``revision``, in order."""
    found = connection.execute("SELECT revision FROM step WHERE revision > ? ORDER BY revision", (revision,))
    return [row[0] for row in found]


def rows_of(connection: sqlite3.Connection, revision: int) -> tuple[RowChange, ...]:
    """The changed rows of a step, in the order they were made. Problem ``damaged`` if unreadable."""
    found = connection.execute(f"{_SELECT_CHANGES} WHERE revision = ? ORDER BY row", (revision,))
    return tuple(_row_change(row) for row in found)


def _row_change(row: tuple[Any, ...]) -> RowChange:
    if checksum(row[:-1]) != row[-1]:
        raise _damaged_history(row[0])
    return RowChange(row[1], row[2], _readable(_loaded, row[3]), _readable(_loaded, row[4]))


def read_history(
    connection: sqlite3.Connection,
    key: str | None,
    limit: int,
    *,
    with_rows: bool = True,
    before: int | None = None,
    most_rows: int = 0,
) -> tuple[HistoryStep, ...]:
    """Steps newest first, all of them or those that touched the record ``key``, at most ``limit``.

    With ``before`` only those before that revision. Steps with more than ``most_rows`` rows come without
    them (0: there is no limit). Problem ``damaged`` when one cannot be read.
    """
    where = "WHERE revision < :before" if before is not None else "WHERE 1"
    if key is not None:
        where += " AND revision IN (SELECT revision FROM change WHERE key = :key)"
    steps = connection.execute(
        "SELECT revision, at, op, message, detail, source, kind, state FROM step"
        f" {where} ORDER BY revision DESC LIMIT :limit",
        {"key": key, "limit": limit, "before": before},
    ).fetchall()
    rows: dict[int, list[RowChange]] = {step[0]: [] for step in steps}
    if with_rows and steps:
        of_record = "" if key is None else "AND key = :key"
        if most_rows and key is None:
            of_record = "AND revision IN (SELECT value FROM json_each(:small))"
        changed = connection.execute(
            f"{_SELECT_CHANGES} WHERE revision BETWEEN :first AND :last {of_record} ORDER BY row",
            {
                "first": steps[-1][0],
                "last": steps[0][0],
                "key": key,
                "small": json.dumps(_small_steps(connection, steps, most_rows)),
            },
        )
        for row in changed:
            if row[0] in rows:
                rows[row[0]].append(_row_change(row))
        for revision, own in rows.items():
            if key is not None and own and all(is_only_touched(row) for row in own):
                rows[revision] = _rows_below(connection, revision, own[0].table, str(key)) or own
    return tuple(_history_step(step, tuple(rows[step[0]])) for step in steps)


def _small_steps(
    connection: sqlite3.Connection, steps: Sequence[tuple[Any, ...]], most_rows: int
) -> list[int]:
    """Revisions of the steps with no more rows than that."""
    if not most_rows:
        return []
    counts = connection.execute(
        "SELECT revision FROM change WHERE revision BETWEEN ? AND ? GROUP BY revision HAVING count(*) <= ?",
        (steps[-1][0], steps[0][0], most_rows),
    )
    return [revision for (revision,) in counts]


def _rows_below(connection: sqlite3.Connection, revision: int, table: str, key: str) -> list[RowChange]:
    """What a step changed that touched its record only from below; nothing where that is too much to read."""
    found = connection.execute(
        f"{_SELECT_CHANGES} WHERE revision = ? AND record <> ? ORDER BY row LIMIT ?",
        (revision, table, _MOST_BELOW + 1),
    ).fetchall()
    if len(found) > _MOST_BELOW:
        return []
    changes = [change for change in map(_row_change, found) if not is_only_touched(change)]
    return [change for change in changes if not _hangs_elsewhere(change, table, key)]


def _hangs_elsewhere(change: RowChange, table: str, key: str) -> bool:
    """Whether a row is known to hang under another record of ``table`` than ``key``."""
    kind = RECORD_TYPES.get(change.table)
    if kind is None or kind.parent_type != table:
        return False
    known = [
        owner for values in (change.before, change.after) if values and (owner := values.get(kind.parent))
    ]
    return bool(known) and key not in known


def _history_step(step: tuple[Any, ...], rows: tuple[RowChange, ...]) -> HistoryStep:
    revision, at, op, message, detail, source, kind, state = step
    if state not in _STATES:
        raise _damaged_history(revision)
    return HistoryStep(
        revision,
        _readable(load_moment, at),
        Op(op, message),
        detail,
        source,
        _readable(StepKind, kind),
        state in (UNDONE, ENDED),
        rows,
    )


def find_damaged_steps(connection: sqlite3.Connection) -> list[int]:
    """Revisions of the steps that are not as they were written."""
    columns = f"{_STEP_COLUMNS}, checksum, state"
    steps = connection.execute(f"SELECT {columns} FROM step ORDER BY revision")
    found = {row[0] for row in steps if checksum(row[:-2]) != row[-2] or row[-1] not in _STATES}
    changed = connection.execute(_SELECT_CHANGES)
    found |= {row[0] for row in changed if checksum(row[:-1]) != row[-1]}
    return sorted(found)


def _damaged_history(revision: object) -> Problem:
    return Problem(
        _("Step {number} of the register's history cannot be read.").format(number=revision),
        meaning=_("The register file is damaged in this place; the records themselves may be whole."),
        advice=_("Restore the newest backup, or ask for help and send the file."),
        code="damaged",
    )


def _readable(load: Any, stored: Any) -> Any:
    try:
        return load(stored)
    except (ValueError, TypeError, RecursionError) as error:
        raise _damaged_history("?") from error


def load_values(text: str) -> dict[str, Stored]:
    """The stored values of a row before or after a change; Problem ``damaged`` when they cannot be read."""
    values: dict[str, Stored] = _readable(_loaded, text)
    return values


def _loaded(text: str | None) -> dict[str, Stored] | None:
    if text is None:
        return None
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("not the values of a row")
    return values
