"""What went when a record was removed: the record, all that hung under it or required it, and the references
to them that were let go of. Worked out from the changed rows of the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from typing import NamedTuple

from coi_desktop.models.changes import Op, RowChange
from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Values


class Removed(NamedTuple):
    """A record that was removed and is not there now: its values, the step that removed it, and when."""

    type_name: str
    id: str
    values: Values
    revision: int
    at: datetime
    op: Op
    detail: str


class LetGo(NamedTuple):
    """A reference that was emptied because what it referred to went."""

    type_name: str
    id: str
    field_name: str
    target_id: str


class Removal(NamedTuple):
    """``rows`` are the removed rows, the record itself first; ``let_go`` the references to any of them."""

    rows: tuple[RowChange, ...]
    let_go: tuple[LetGo, ...]


def removal_of(changes: Iterable[RowChange], type_name: str, record_id: str) -> Removal:
    """What belonged to a record among the rows that one step changed; KeyError when it did not remove it.

    A row belongs when it hangs under one that does, or cannot be without one that does.
    """
    dropped: dict[tuple[str, str], RowChange] = {}
    others: list[RowChange] = []
    for change in changes:
        if change.table not in RECORD_TYPES or change.before is None:
            continue
        if change.after is None:
            dropped[change[:2]] = change
        else:
            others.append(change)
    root = dropped[(type_name, record_id)]
    needed_by: dict[tuple[str, str], list[RowChange]] = {}
    for row in dropped.values():
        for target in needs(row):
            needed_by.setdefault(target, []).append(row)
    taken = {root[:2]: root}
    waiting = [root]
    while waiting:
        for row in needed_by.get(waiting.pop(0)[:2], ()):
            if row[:2] not in taken:
                taken[row[:2]] = row
                waiting.append(row)
    rest = (row for row in (*dropped.values(), *others) if row[:2] not in taken)
    return Removal(tuple(taken.values()), tuple(one for row in rest for one in _let_go(row, taken)))


def goes_with(kind: RecordType, field: FieldSpec) -> bool:
    """Whether a record goes when what it refers to by a field goes: its owner, what it requires, and either
    side of a mere link.
    """
    is_link = len(kind.fields) == 2 and all(one.kind is Kind.REFERENCE for one in kind.fields)
    return is_link or field.required or field.name == kind.parent


@cache
def references(table: str, *, needed: bool) -> tuple[tuple[str, str], ...]:
    """The references of a record type, as field and target: those it cannot be without, or the others."""
    kind = RECORD_TYPES[table]
    return tuple(
        (field.name, field.target)
        for field in kind.fields
        if field.kind is Kind.REFERENCE and goes_with(kind, field) is needed
    )


def needs(row: RowChange) -> Iterator[tuple[str, str]]:
    """What a removed row cannot be without, as record types and ids."""
    for name, target in references(row.table, needed=True):
        target_id = (row.before or {}).get(name)
        if isinstance(target_id, str):
            yield target, target_id


def _let_go(row: RowChange, gone: dict[tuple[str, str], RowChange]) -> Iterator[LetGo]:
    for name, target in references(row.table, needed=False):
        target_id = (row.before or {}).get(name)
        emptied = row.after is None or (name in row.after and row.after[name] is None)
        if isinstance(target_id, str) and emptied and (target, target_id) in gone:
            yield LetGo(row.table, row.key, name, target_id)
