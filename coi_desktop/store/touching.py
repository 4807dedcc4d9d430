"""Owners follow what hangs under them: a change below a record moves the moment that it was last changed.

So ``updated`` of an initiative or an evaluation is the one answer to "when did anybody last work on this",
for lists, reminders and sheets alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coi_desktop.models.changes import RowChange
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import columns
from coi_desktop.store.row_changes import UPDATED
from coi_desktop.store.rows import Rows
from coi_desktop.store.values import Stored

#: What the program notes for itself about a record is no work on it.
_OWN_NOTES = frozenset(("import_source", "not_duplicate", "reminder_choice"))


def touch_owners(rows: Rows, changes: Sequence[RowChange], stamp: str) -> tuple[RowChange, ...]:
    """Set ``updated`` of every record above the changed ones to ``stamp`` (a stored moment), as rows to be
    stored with the step.

    Records that were made, dropped or stamped in the step itself stay as they are.
    """
    seen = {change[:2] for change in changes}
    touched: list[RowChange] = []
    # An owner that is seen is not read: a bulk import makes thousands of rows below what it makes.
    owners = [
        owner
        for change in changes
        if change.table not in _OWN_NOTES
        and (owner := _owner_of(change.table, _owner_known(rows, change))) is not None
    ]
    while owners:
        above: dict[str, list[str]] = {}
        for table, key in owners:
            if (table, key) not in seen:
                seen.add((table, key))
                above.setdefault(table, []).append(key)
        owners = []
        for table, keys in above.items():
            layout = columns(table)
            found = rows.find_many(layout, keys)
            if UPDATED in layout.names:  # also within the same moment: history is to know of it
                rows.update_many(layout, [(key, row, {}) for key, row in found.items()], {UPDATED: stamp})
                touched += [
                    RowChange(table, key, {UPDATED: row[UPDATED]}, {UPDATED: stamp})
                    for key, row in found.items()
                ]
            owners += [owner for row in found.values() if (owner := _owner_of(table, row)) is not None]
    return tuple(touched)


def _owner_known(rows: Rows, change: RowChange) -> Mapping[str, Stored]:
    """Values of a changed row that say what it hangs under; none when it hangs under nothing."""
    kind = RECORD_TYPES[change.table]
    known = change.after or change.before or {}
    if not kind.parent or kind.parent in known:
        return known
    return rows.find(columns(kind.name), change.key) or {}


def _owner_of(table: str, values: Mapping[str, Stored]) -> tuple[str, str] | None:
    """The table and id of the record that a row hangs under, or None."""
    kind = RECORD_TYPES[table]
    owner_id = values.get(kind.parent) if kind.parent else None
    return (kind.parent_type, owner_id) if isinstance(owner_id, str) else None
