"""Changing rows inside one transaction, noting for each what stood there before and after.

The writer only ever exists within ``Register.transact``, ``undo`` and ``redo``; it sends no BEGIN and no
COMMIT.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from coi_desktop.models.changes import RowChange
from coi_desktop.models.fields import Kind, RecordType
from coi_desktop.models.ids import new_id
from coi_desktop.models.record_types.table import RECORD_TYPES, child_types, record_type
from coi_desktop.models.records import Record, Values
from coi_desktop.store.columns import Columns, Stored, StoredRow, columns, quoted
from coi_desktop.store.faults import damaged
from coi_desktop.store.schema import search_table

ROW = "row"


class Writer:
    """Puts, changes and drops records in the open transaction of ``connection``. ``moment`` is its time."""

    def __init__(self, connection: sqlite3.Connection, moment: datetime) -> None:
        self._connection = connection
        self._moment = moment
        self._changes: dict[tuple[str, str], RowChange] = {}

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """What changed so far, one entry a row; rows that ended as they began are left out."""
        return tuple(change for change in self._changes.values() if change.before or change.after)

    def get(self, type_name: str, record_id: str) -> Record:
        """The record as it stands now in this transaction; KeyError when there is none."""
        layout = columns(type_name)
        row = self._connection.execute(
            f"SELECT {layout.select} FROM {quoted(type_name)} WHERE id = ?", (record_id,)
        ).fetchone()
        if row is None:
            raise KeyError((type_name, record_id))
        return layout.record(row)

    def next_number(self, type_name: str, field_name: str) -> int:
        """The next running number of a whole-number field: one more than the greatest in use."""
        top = self._connection.execute(
            f"SELECT max({quoted(field_name)}) FROM {quoted(type_name)}"
        ).fetchone()[0]
        return int(top or 0) + 1

    def find_ids(self, type_name: str) -> list[str]:
        """Ids of all records of a type, in stored order."""
        rows = self._connection.execute(f"SELECT id FROM {quoted(type_name)} ORDER BY row")  # noqa: S608
        return [row[0] for row in rows.fetchall()]

    def find_child_ids(self, type_name: str, owner_id: str) -> list[str]:
        """Ids of the records of a type that hang under ``owner_id``, in no particular order."""
        return self._ids_by(type_name, record_type(type_name).parent, owner_id)

    def put(self, type_name: str, values: Values, record_id: str | None = None) -> str:
        """Make a new record and return its id (a new UUID unless given)."""
        record_id = record_id or new_id()
        self.put_many(type_name, [(record_id, values)])
        return record_id

    def put_many(self, type_name: str, records: Iterable[tuple[str, Values]]) -> None:
        """Make many new records, given as (id, values)."""
        layout = columns(type_name)
        stamps = {
            field.name: self._stamp()
            for field in layout.record_type.fields
            if field.kind is Kind.TIME and field.name in ("created", "updated")
        }
        empty = dict.fromkeys(layout.names)
        rows = [(record_id, {**empty, **stamps, **layout.stored(values)}) for record_id, values in records]
        self._insert(layout, rows)

    def change(self, type_name: str, record_id: str, values: Values) -> bool:
        """Set some fields of a record; False when all stood so already, KeyError for no record."""
        layout = columns(type_name)
        before = self._stored_row(layout, record_id)
        after = {name: value for name, value in layout.stored(values).items() if before[name] != value}
        if not after:
            return False
        if "updated" in layout.record_type.by_name and "updated" not in values:
            after["updated"] = self._stamp()
        self._update(layout, record_id, before, after)
        return True

    def put_single(self, type_name: str, owner_id: str, values: Values) -> str:
        """Set fields of the one record of a single type under ``owner_id``, made when not there."""
        parent = record_type(type_name).parent
        row = self._connection.execute(
            f"SELECT id FROM {quoted(type_name)} WHERE {quoted(parent)} = ?", (owner_id,)
        ).fetchone()
        if row is not None:
            self.change(type_name, row[0], values)
            return str(row[0])
        if all(value is None for value in values.values()):
            return ""
        return self.put(type_name, {**values, parent: owner_id})

    def drop(self, type_name: str, record_id: str) -> None:
        """Drop a record with all that hangs under it; what merely refers to it lets go of it.

        Raises KeyError when there is no such record.
        """
        layout = columns(type_name)
        before = self._stored_row(layout, record_id)
        for child in child_types(type_name):
            for child_id in self._ids_by(child.name, child.parent, record_id):
                self.drop(child.name, child_id)
        for other, field_name in _references_to(type_name):
            for other_id in self._ids_by(other.name, field_name, record_id):
                if _is_link(other):
                    self.drop(other.name, other_id)
                else:
                    self.change(other.name, other_id, {field_name: None})
        self._delete(layout, record_id, before)

    def restore(self, change: RowChange, *, backwards: bool) -> None:
        """Take a stored change back (or do it again): rows come back exactly as they were.

        Raises Problem when the row does not stand as the change left it, which means the file is damaged.
        """
        layout = columns(change.table)
        found, wanted = (change.after, change.before) if backwards else (change.before, change.after)
        if found is None:
            row = dict.fromkeys((ROW, *layout.names)) | dict(wanted or {})
            self._insert(layout, [(change.key, row)])
            return
        current = self._stored_row(layout, change.key, must_be=found)
        if wanted is None:
            self._delete(layout, change.key, current)
        else:
            self._update(layout, change.key, current, dict(wanted))

    def _insert(self, layout: Columns, rows: Sequence[tuple[str, StoredRow]]) -> None:
        kind = layout.record_type
        next_row = self._next_row(kind)
        full: list[StoredRow] = []
        for offset, (record_id, row) in enumerate(rows):
            number = row.get(ROW) or next_row + offset
            self._note(
                kind.name, record_id, None, {ROW: number} | {k: v for k, v in row.items() if v is not None}
            )
            full.append(
                {ROW: number, "id": record_id, **{k: row[k] for k in layout.names}, **layout.derived(row)}
            )
        if not full:
            return
        names = ", ".join(quoted(name) for name in full[0])
        marks = ", ".join("?" for _ in full[0])
        self._connection.executemany(
            f"INSERT INTO {quoted(kind.name)} ({names}) VALUES ({marks})",
            [tuple(row.values()) for row in full],
        )
        if kind.searched:
            self._connection.executemany(
                f"INSERT INTO {quoted(search_table(kind.name))} (rowid, words) VALUES (?, ?)",
                [(row[ROW], layout.search_words(row)) for row in full],
            )

    def _update(self, layout: Columns, record_id: str, before: StoredRow, after: StoredRow) -> None:
        kind = layout.record_type
        whole = {**before, **after}
        written = dict(after)
        if any(field.name in after for field in (*kind.sortable_texts, *kind.searched)):
            written |= layout.derived(whole)
            if any(field.name in after for field in kind.searched):
                self._connection.execute(
                    f"UPDATE {quoted(search_table(kind.name))} SET words = ? WHERE rowid = ?",
                    (layout.search_words(whole), before[ROW]),
                )
        assignments = ", ".join(f"{quoted(name)} = ?" for name in written)
        self._connection.execute(
            f"UPDATE {quoted(kind.name)} SET {assignments} WHERE id = ?",
            (*written.values(), record_id),
        )
        self._note(kind.name, record_id, {name: before[name] for name in after}, after)

    def _delete(self, layout: Columns, record_id: str, before: StoredRow) -> None:
        kind = layout.record_type
        if kind.searched:
            self._connection.execute(
                f"DELETE FROM {quoted(search_table(kind.name))} WHERE rowid = ?", (before[ROW],)
            )
        self._connection.execute(f"DELETE FROM {quoted(kind.name)} WHERE id = ?", (record_id,))
        self._note(
            kind.name, record_id, {name: value for name, value in before.items() if value is not None}, None
        )

    def _note(
        self, table: str, key: str, before: Mapping[str, Stored] | None, after: Mapping[str, Stored] | None
    ) -> None:
        earlier = self._changes.get((table, key))
        change = RowChange(table, key, before, after)
        self._changes[(table, key)] = change if earlier is None else joined(earlier, change)

    def _stored_row(
        self, layout: Columns, record_id: str, must_be: Mapping[str, Stored] | None = None
    ) -> StoredRow:
        names = (ROW, *layout.names)
        row = self._connection.execute(
            f"SELECT {', '.join(quoted(name) for name in names)}"
            f" FROM {quoted(layout.record_type.name)} WHERE id = ?",
            (record_id,),
        ).fetchone()
        found = None if row is None else dict(zip(names, row, strict=True))
        if must_be is not None and (found is None or _differs(found, must_be)):
            raise damaged(self._path())
        if found is None:
            raise KeyError((layout.record_type.name, record_id))
        return found

    def _path(self) -> Path:
        return Path(self._connection.execute("PRAGMA database_list").fetchone()[2])

    def _ids_by(self, table: str, field_name: str, record_id: str) -> list[str]:
        found = self._connection.execute(
            f"SELECT id FROM {quoted(table)} WHERE {quoted(field_name)} = ?", (record_id,)
        )
        return [row[0] for row in found.fetchall()]

    def _next_row(self, kind: RecordType) -> int:
        top = self._connection.execute(f"SELECT max(row) FROM {quoted(kind.name)}").fetchone()[0]
        return int(top or 0) + 1

    def _stamp(self) -> str:
        return self._moment.isoformat(timespec="milliseconds")


def _differs(found: Mapping[str, Stored], wanted: Mapping[str, Stored]) -> bool:
    # Typing that ended where it began leaves no step, but a later moment of change.
    return any(found[name] != value for name, value in wanted.items() if name != "updated")


def joined(first: RowChange, second: RowChange) -> RowChange:
    """Two changes of one row as one. A row made and dropped again ends as (None, None): nothing happened."""
    if first.before is None:
        after = None if second.after is None else {**(first.after or {}), **second.after}
        return RowChange(first.table, first.key, None, after and _without_nothing(after))
    if first.after is None:
        return _remade(first, second)
    before = {**(second.before or {}), **first.before}
    if second.after is None:
        return RowChange(first.table, first.key, _without_nothing(before), None)
    after = {**first.after, **second.after}
    changed = [name for name in after if before.get(name) != after[name]]
    return RowChange(
        first.table,
        first.key,
        {name: before.get(name) for name in changed},
        {name: after[name] for name in changed},
    )


def _remade(dropped: RowChange, made: RowChange) -> RowChange:
    before, after = dropped.before or {}, made.after or {}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return RowChange(
        dropped.table,
        dropped.key,
        {name: before.get(name) for name in changed},
        {name: after.get(name) for name in changed},
    )


def _without_nothing(values: Mapping[str, Stored]) -> StoredRow:
    return {name: value for name, value in values.items() if value is not None}


def _references_to(type_name: str) -> list[tuple[RecordType, str]]:
    return [
        (other, field.name)
        for other in RECORD_TYPES.values()
        for field in other.fields
        if field.kind is Kind.REFERENCE and field.target == type_name and field.name != other.parent
    ]


def _is_link(kind: RecordType) -> bool:
    return all(field.kind is Kind.REFERENCE for field in kind.fields) and len(kind.fields) == 2
