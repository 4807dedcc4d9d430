"""Changes of one row put together: several within a step, and those of two steps that are one to the user."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coi_desktop.models.changes import RowChange
from coi_desktop.store.values import Stored, StoredRow

UPDATED = "updated"
"""The field that only says when a record was last changed."""


def joined(first: RowChange, second: RowChange) -> RowChange:
    """Two changes of one row as one. A row made and dropped again ends as (None, None): nothing happened."""
    if first.before is None:
        after = None if second.after is None else {**(first.after or {}), **second.after}
        return RowChange(first.table, first.key, None, after and _without_nothing(after))
    if first.after is None:
        return _differences(first, first.before, second.after or {})
    before = {**(second.before or {}), **first.before}
    if second.after is None:
        return RowChange(first.table, first.key, _without_nothing(before), None)
    return _differences(first, before, {**first.after, **second.after})


def _differences(change: RowChange, before: Mapping[str, Stored], after: Mapping[str, Stored]) -> RowChange:
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return RowChange(
        change.table,
        change.key,
        {name: before.get(name) for name in changed},
        {name: after.get(name) for name in changed},
    )


def _without_nothing(values: Mapping[str, Stored]) -> StoredRow:
    return {name: value for name, value in values.items() if value is not None}


def merged(earlier: Iterable[RowChange], later: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """The changes of two steps as those of one, also of rows that ended as they began."""
    found = {(row.table, row.key): row for row in earlier}
    for row in later:
        before = found.get((row.table, row.key))
        found[(row.table, row.key)] = row if before is None else joined(before, row)
    return tuple(found.values())


def is_nothing(row: RowChange) -> bool:
    """Whether a changed row ended as it began, but for the moment it was changed."""
    return (not row.before and not row.after) or is_only_touched(row)


def is_only_touched(row: RowChange) -> bool:
    """Whether nothing differs but the moment the record was changed."""
    before, after = row.before, row.after
    if before is None or after is None or UPDATED not in after:
        return False
    return before.keys() | after.keys() == {UPDATED}
