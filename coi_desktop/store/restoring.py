"""Taking a stored step back, or doing it again: rows come back exactly as they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from coi_desktop.models.changes import RowChange
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import ROW, Columns, columns
from coi_desktop.store.faults import damaged
from coi_desktop.store.rows import Rows
from coi_desktop.store.values import Stored


def restore(rows: Rows, changes: Sequence[RowChange], path: Path, *, backwards: bool) -> None:
    """Give every changed row its values from before the step (``backwards``) or from after it.

    What goes leaves before anything comes, so that places and unique values are free. Raises Problem
    ``damaged`` when a row does not stand as the step left it.
    """
    wanted = [
        (change, *((change.after, change.before) if backwards else (change.before, change.after)))
        for change in changes
    ]
    for change, _found, after in wanted:
        if change.table not in RECORD_TYPES or set(after or ()) - {ROW, *columns(change.table).names}:
            raise damaged(path)
    for change, found, after in reversed(wanted) if backwards else wanted:
        if after is None and found is not None:
            layout = columns(change.table)
            rows.delete(layout, change.key, _standing(rows, layout, change.key, found, path))
    for change, found, after in wanted:
        if after is not None and found is not None:
            layout = columns(change.table)
            rows.update(layout, change.key, _standing(rows, layout, change.key, found, path), dict(after))
    for change, found, after in reversed(wanted) if backwards else wanted:
        if after is not None and found is None:
            layout = columns(change.table)
            rows.insert(layout, [(change.key, dict(after))])


def _standing(
    rows: Rows, layout: Columns, record_id: str, must_be: Mapping[str, Stored], path: Path
) -> dict[str, Stored]:
    found = rows.find(layout, record_id)
    if found is None or any(name not in found or found[name] != value for name, value in must_be.items()):
        raise damaged(path)
    return found
