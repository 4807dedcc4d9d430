"""Two editions of one register: where their histories part, and what became of each row since then."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from itertools import zip_longest
from pathlib import Path
from typing import Any

from coi_desktop.models.changes import RowChange, StepKind
from coi_desktop.models.edited_rows import EditedRow, EditedRows
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Record, Values
from coi_desktop.store import step_log
from coi_desktop.store.columns import columns, quoted
from coi_desktop.store.faults import cannot_open, faults_as_problems
from coi_desktop.store.row_changes import UPDATED
from coi_desktop.store.values import Stored, load_value

_NOT_COMPARED = frozenset(("row", "created", UPDATED))


def copy_edition(source: Path, target: Path) -> None:
    """Copy a register that must stay as it is into a file of our own; it is opened for reading only.

    Raises Problem when it cannot be read.
    """
    if not source.is_file():
        raise cannot_open(source)
    address = f"{source.absolute().as_uri()}?mode=ro"
    with (
        faults_as_problems(source),
        closing(sqlite3.connect(address, uri=True)) as there,
        closing(sqlite3.connect(target)) as here,
    ):
        there.backup(here)


def find_common_revision(here: sqlite3.Connection, there: sqlite3.Connection) -> int:
    """The last revision up to which both histories are the same; 0 when they differ from the first step on.

    Whether a step was undone later is no part of it. A step that later typing joined is another one.
    """
    common = 0
    for mine, others in zip_longest(_steps(here), _steps(there)):
        if mine is None or mine != others:
            break
        common = int(mine[0])
    return common


def _steps(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """Number, checksum and the checksums of the rows of every step, in order."""
    yield from connection.execute(
        "SELECT s.revision, s.checksum, (SELECT count(*) FROM change AS c WHERE c.revision = s.revision),"
        " (SELECT total(c.checksum) FROM change AS c WHERE c.revision = s.revision)"
        " FROM step AS s ORDER BY s.revision"
    )


def read_edited(connection: sqlite3.Connection, since: int) -> EditedRows:
    """What became of every row that was changed after the revision ``since``. Problem ``damaged``."""
    found: dict[tuple[str, str], _Row] = {}
    steps = connection.execute(
        "SELECT revision, kind FROM step WHERE revision > ? ORDER BY revision", (since,)
    )
    for revision, kind in steps.fetchall():
        for change in step_log.rows_of(connection, revision):
            if change.table in RECORD_TYPES:
                row = found.get(change[:2])
                if row is None:
                    row = found[change[:2]] = _Row(change)
                row.take(change, revision, is_undo=kind == StepKind.UNDO)
    return {place: row.edited(place[0]) for place, row in found.items()}


class _Row:
    """One row on its way through the steps."""

    def __init__(self, first: RowChange) -> None:
        self.base: dict[str, Stored] | None = None if first.before is None else {}
        self.fields: set[str] = set()
        self.held: dict[str, set[Stored]] = {}
        self.removed_by = 0

    def take(self, change: RowChange, revision: int, *, is_undo: bool) -> None:
        """One more change of the row."""
        names = columns(change.table).names
        self.fields |= change.fields
        if self.base is not None and change.before is not None:
            known: Mapping[str, Stored] = change.before
            if change.after is None:  # what was empty is not written down there
                known = {name: change.before.get(name) for name in names}
            self.base = {**known, **self.base}
        for name, value in (change.after or {}).items():
            self.held.setdefault(name, set()).add(value)
        is_unmade = is_undo and self.base is None
        self.removed_by = revision if change.after is None and not is_unmade else 0

    def edited(self, type_name: str) -> EditedRow:
        """The row with its values as records have them."""
        by_name = record_type(type_name).by_name
        fields = frozenset(name for name in self.fields if name in by_name and name not in _NOT_COMPARED)
        base = None
        if self.base is not None:
            base = {name: load_value(by_name[name], self.base.get(name)) for name in fields}
        held = {
            name: frozenset(load_value(by_name[name], one) for one in values)
            for name, values in self.held.items()
            if name in by_name
        }
        return EditedRow(fields, base, held, self.removed_by)


def find_like(connection: sqlite3.Connection, type_name: str, values: Values) -> Record | None:
    """The first record of a type with these values."""
    layout = columns(type_name)
    stored = layout.stored(values)
    wanted = " AND ".join(f"{quoted(name)} IS ?" for name in stored)
    row = connection.execute(
        f"SELECT {layout.select} FROM {layout.table} WHERE {wanted} ORDER BY row LIMIT 1",
        tuple(stored.values()),
    ).fetchone()
    return None if row is None else layout.record(row)
