"""Owners follow what hangs under them: a change below a record moves the moment that it was last changed.

So ``updated`` of an initiative or an evaluation is the one answer to "when did anybody last work on this",
for lists, reminders and sheets alike.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from coi_desktop.models.changes import RowChange
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import columns
from coi_desktop.store.row_changes import UPDATED
from coi_desktop.store.rows import Rows
from coi_desktop.store.values import StoredRow

#: What the program notes for itself about a record is no work on it.
_OWN_NOTES = frozenset(("import_source",))


def touch_owners(rows: Rows, changes: Sequence[RowChange], stamp: str) -> tuple[RowChange, ...]:
    """Set ``updated`` of every record above the changed ones to ``stamp`` (a stored moment), as rows to be
    stored with the step.

    Records that were made, dropped or stamped in the step itself stay as they are.
    """
    seen = {(change.table, change.key) for change in changes}
    touched = []
    for change in changes:
        if change.table in _OWN_NOTES:
            continue
        for table, key, row in _owners(rows, change):
            if (table, key) in seen:
                break  # its own owners follow on its own account, or have done so
            seen.add((table, key))
            if (
                UPDATED in RECORD_TYPES[table].by_name
            ):  # also within the same moment: history is to know of it
                rows.update(columns(table), key, row, {UPDATED: stamp})
                touched.append(RowChange(table, key, {UPDATED: row[UPDATED]}, {UPDATED: stamp}))
    return tuple(touched)


def _owners(rows: Rows, change: RowChange) -> Iterator[tuple[str, str, StoredRow]]:
    """The records above a changed one that are still there, from the nearest up: table, id, stored row."""
    kind = RECORD_TYPES[change.table]
    known = change.after or change.before or {}
    if kind.parent and kind.parent not in known:
        known = rows.find(columns(kind.name), change.key) or {}
    while kind.parent:
        owner_id = known.get(kind.parent)
        kind = RECORD_TYPES[kind.parent_type]
        row = rows.find(columns(kind.name), owner_id) if isinstance(owner_id, str) else None
        if row is None:
            return
        yield kind.name, str(owner_id), row
        known = row
