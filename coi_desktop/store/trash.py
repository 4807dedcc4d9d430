"""The trash: removals that stand in the history and whose record is not there now, and the way back.

Nothing is marked as deleted anywhere; what was removed is what the step of its removal holds.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from coi_desktop.models.changes import Op, RowChange
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.removals import Removal, Removed, needs, references
from coi_desktop.store import step_log
from coi_desktop.store.columns import ROW, columns, quoted
from coi_desktop.store.rows import Rows
from coi_desktop.store.values import StoredRow, load_moment, load_value

_MANY = 500


class PutBack(NamedTuple):
    """What came back of a removal, what could not, and how many references were tied anew."""

    rows: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, str], ...]
    tied: int


def find_removed(connection: sqlite3.Connection, type_name: str, prefix: str = "") -> Iterator[Removed]:
    """Records of a type that were removed and are not there now, the last removed first.

    What went along with its owner in the same step is not told of: it comes back with the owner. With a
    ``prefix`` only those whose id begins so.
    """
    kind = record_type(type_name)
    sql = (
        'SELECT c.revision, c.key, c."before", s.at, s.op, s.message, s.detail'
        " FROM change AS c INDEXED BY change_dropped CROSS JOIN step AS s ON s.revision = c.revision"
        ' WHERE c.record = ? AND c."after" IS NULL AND s.kind = ? AND s.state = ?'
        f" AND NOT EXISTS (SELECT 1 FROM {quoted(type_name)} AS t WHERE t.id = c.key)"
    )
    values: list[str | int] = [type_name, "do", step_log.DONE]
    if prefix:
        sql += " AND substr(c.key, 1, ?) = ?"
        values += [len(prefix), prefix]
    if kind.parent:
        sql += (
            " AND NOT EXISTS (SELECT 1 FROM change AS o WHERE o.revision = c.revision"
            ' AND o."after" IS NULL AND o.key = json_extract(c."before", ?))'
        )
        values.append(f"$.{kind.parent}")
    seen: set[str] = set()
    for revision, key, before, at, op, message, detail in connection.execute(
        f"{sql} ORDER BY c.revision DESC, c.row", values
    ):
        if key not in seen:
            seen.add(key)
            stored = step_log.load_values(before)
            loaded = {field.name: load_value(field, stored.get(field.name)) for field in kind.fields}
            yield Removed(type_name, key, loaded, revision, load_moment(at), Op(op, message), detail)


def put_back(rows: Rows, removal: Removal) -> PutBack:
    """Put back what can stand: its owner is there or comes along, and so does all it cannot be without.

    References to what is not there stay empty; those that were let go of are tied again where they still are
    empty. A row gets its old place unless another has it now.
    """
    connection = rows.connection
    coming = {row[:2]: row for row in removal.rows if row.before is not None}
    standing = _standing(connection, _spoken_of(removal))
    coming = {place: row for place, row in coming.items() if place not in standing}
    _leave_out_what_cannot_stand(connection, coming, standing)
    there = standing | coming.keys()
    made: dict[str, list[tuple[str, StoredRow]]] = {}
    for (table, key), row in coming.items():
        made.setdefault(table, []).append((key, _row_to_be(row, there)))
    for table, records in made.items():
        _insert(rows, table, records)
    tied = 0
    for one in removal.let_go:
        if (record_type(one.type_name).field(one.field_name).target, one.target_id) in there:
            layout = columns(one.type_name)
            found = rows.find(layout, one.id)
            if found is not None and found[one.field_name] is None:
                rows.update(layout, one.id, found, {one.field_name: one.target_id})
                tied += 1
    left = tuple(row[:2] for row in removal.rows if row[:2] not in there)
    return PutBack(tuple(coming), left, tied)


def _spoken_of(removal: Removal) -> dict[str, set[str]]:
    """Ids by table of everything that a removal speaks of."""
    asked: dict[str, set[str]] = {}
    for row in removal.rows:
        asked.setdefault(row.table, set()).add(row.key)
        for needed in (True, False):
            for name, target in references(row.table, needed=needed):
                target_id = (row.before or {}).get(name)
                if isinstance(target_id, str):
                    asked.setdefault(target, set()).add(target_id)
    return asked


def _standing(connection: sqlite3.Connection, asked: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Which of the records are there now."""
    found: set[tuple[str, str]] = set()
    for table, wanted in asked.items():
        ids = list(wanted)
        for first in range(0, len(ids), _MANY):
            some = ids[first : first + _MANY]
            sql = f"SELECT id FROM {quoted(table)} WHERE id IN ({', '.join('?' * len(some))})"
            found.update((table, record_id) for (record_id,) in connection.execute(sql, some))
    return found


def _leave_out_what_cannot_stand(
    connection: sqlite3.Connection,
    coming: dict[tuple[str, str], RowChange],
    standing: Collection[tuple[str, str]],
) -> None:
    for place, row in list(coming.items()):
        if _has_taken_its_place(connection, row):
            del coming[place]
    while True:
        orphans = [
            place
            for place, row in coming.items()
            if any(target not in standing and target not in coming for target in needs(row))
        ]
        if not orphans:
            return
        for place in orphans:
            del coming[place]


def _has_taken_its_place(connection: sqlite3.Connection, row: RowChange) -> bool:
    """Whether its owner, which may have only one such record, has another one now."""
    kind = RECORD_TYPES[row.table]
    names = (kind.parent,) if kind.single else kind.once
    if not names:
        return False
    wanted = " AND ".join(f"{quoted(name)} = ?" for name in names)
    values = [(row.before or {}).get(name) for name in names]
    sql = f"SELECT 1 FROM {quoted(kind.name)} WHERE {wanted}"
    return connection.execute(sql, values).fetchone() is not None


def _row_to_be(row: RowChange, there: Collection[tuple[str, str]]) -> StoredRow:
    names = {ROW, *columns(row.table).names}
    values: StoredRow = {name: value for name, value in (row.before or {}).items() if name in names}
    for name, target in references(row.table, needed=False):
        if name in values and (target, str(values[name])) not in there:
            del values[name]
    return values


def _insert(rows: Rows, table: str, records: Sequence[tuple[str, StoredRow]]) -> None:
    """Those whose place is free first, so that a new place is never one that is still to be taken."""
    layout = columns(table)
    select = f"SELECT 1 FROM {layout.table} WHERE row = ?"
    free = [one for one in records if rows.connection.execute(select, (one[1].get(ROW),)).fetchone() is None]
    rows.insert(layout, [one for one in free if one[1].get(ROW)])
    placed = {key for key, values in free if values.get(ROW)}
    moved = [(key, {**values, ROW: None}) for key, values in records if key not in placed]
    for _key, values in moved:
        del values[ROW]
    rows.insert(layout, moved)
