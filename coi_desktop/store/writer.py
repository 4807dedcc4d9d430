"""Changing records inside one transaction: what an operation is given to work with.

The writer only ever exists within ``Register.transact``, ``undo`` and ``redo``; it sends no BEGIN and no
COMMIT.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Final

from coi_desktop.models.changes import RowChange
from coi_desktop.models.fields import Kind
from coi_desktop.models.ids import new_id, new_ids
from coi_desktop.models.own_fields import OWNER, is_own
from coi_desktop.models.record_types.table import RECORD_TYPES, child_types, record_type
from coi_desktop.models.records import Record, Values
from coi_desktop.models.removals import Removal, goes_with
from coi_desktop.store import own_values, trash
from coi_desktop.store.columns import Columns, columns, quoted
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.row_changes import UPDATED
from coi_desktop.store.rows import Rows
from coi_desktop.store.trash import PutBack
from coi_desktop.store.values import StoredRow, format_moment

_STAMPED = ("created", UPDATED)

#: Records read and written at a time: many enough for SQLite, few enough to stay in the processor's memory.
_MANY = 500


class Writer:
    """Puts, changes and drops records by way of ``rows``. ``moment`` is the transaction's time."""

    def __init__(self, rows: Rows, moment: datetime) -> None:
        self._rows = rows
        self._connection = rows.connection
        self.moment: Final = moment
        self._own = OwnFields(rows.connection)
        self._stamp = format_moment(moment)

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """What changed so far in this transaction, one entry a row."""
        return self._rows.changes

    def get(self, type_name: str, record_id: str) -> Record:
        """The record as it stands now in this transaction; KeyError when there is none."""
        layout = columns(type_name)
        row = self._connection.execute(
            f"SELECT {layout.select} FROM {layout.table} WHERE id = ?", (record_id,)
        ).fetchone()
        if row is None:
            raise KeyError((type_name, record_id))
        record = layout.record(row)
        return record if type_name != OWNER else self._own.with_values({record_id: record})[record_id]

    def next_number(self, type_name: str, field_name: str) -> int:
        """The next running number of a whole-number field: one more than the greatest in use."""
        field = quoted(record_type(type_name).field(field_name).name)
        top = self._connection.execute(f"SELECT max({field}) FROM {quoted(type_name)}").fetchone()[0]
        return int(top or 0) + 1

    def find_ids(self, type_name: str) -> list[str]:
        """Ids of all records of a type, in stored order."""
        rows = self._connection.execute(f"SELECT id FROM {columns(type_name).table} ORDER BY row")
        return [row[0] for row in rows.fetchall()]

    def find_child_ids(self, type_name: str, owner_id: str) -> list[str]:
        """Ids of the records of a type that hang under ``owner_id``, in stored order."""
        return self._ids_by(type_name, record_type(type_name).parent, owner_id)

    def put(self, type_name: str, values: Values, record_id: str | None = None) -> str:
        """Make a new record and return its id (a new UUID unless given)."""
        record_id = record_id or new_id()
        self.put_many(type_name, [(record_id, values)])
        return record_id

    def put_many(self, type_name: str, records: Iterable[tuple[str, Values]]) -> None:
        """Make many new records, given as (id, values)."""
        layout = columns(type_name)
        given = list(records)
        self._notice(type_name)
        own: dict[str, Values] = {}
        if type_name == OWNER and any(map(is_own, set().union(*(values for _id, values in given)))):
            own = {record_id: own_values.split(values)[1] for record_id, values in given}
            given = [(record_id, own_values.split(values)[0]) for record_id, values in given]
        rows = layout.stored_rows(
            [values for _id, values in given], dict.fromkeys(_stamped(type_name), self._stamp)
        )
        self._rows.insert(layout, [(record_id, row) for (record_id, _), row in zip(given, rows, strict=True)])
        if own:
            self._change_own(own)

    def change(self, type_name: str, record_id: str, values: Values) -> bool:
        """Set some fields of a record; False when all stood so already, KeyError for no record."""
        layout = columns(type_name)
        self._notice(type_name)
        before = self._rows.get(layout, record_id)
        changed = False
        if type_name == OWNER and any(map(is_own, values)):
            values, own = own_values.split(values)
            changed = bool(self._change_own({record_id: own}))
        after = {name: value for name, value in layout.stored(values).items() if before[name] != value}
        if not after:
            return changed
        if UPDATED in _stamped(type_name) and UPDATED not in values:
            after[UPDATED] = self._stamp
        self._rows.update(layout, record_id, before, after)
        return True

    def change_many(self, type_name: str, changes: Mapping[str, Values]) -> list[str]:
        """Set some fields of many records, given as id to values; the ids of those that stood otherwise.

        As ``change`` of each, but read and written many at a time. Values that are one and the same object
        are looked at once. Raises KeyError when one of the records is not there; then nothing is changed.
        """
        layout, ids, changes = columns(type_name), list(changes), dict(changes)
        self._notice(type_name)
        standing = self._rows.find_standing(layout, ids)
        if missing := [record_id for record_id in ids if record_id not in standing]:
            raise KeyError((type_name, missing[0]))
        changed: set[str] = set()
        if type_name == OWNER and any(map(is_own, set().union(*changes.values()))):
            parts = {id(values): own_values.split(values) for values in changes.values()}
            changed.update(self._change_own({one: parts[id(values)][1] for one, values in changes.items()}))
            changes = {one: parts[id(values)][0] for one, values in changes.items()}
        different = {id(values): values for values in changes.values()}
        stored = {key: layout.stored(values) for key, values in different.items()}
        for start in range(0, len(ids), _MANY):
            some = ids[start : start + _MANY]
            changed.update(
                self._change_some(layout, {one: (changes[one], stored[id(changes[one])]) for one in some})
            )
        return [record_id for record_id in ids if record_id in changed]

    def _change_some(self, layout: Columns, changes: Mapping[str, tuple[Values, StoredRow]]) -> list[str]:
        """Set stored values of some records, given with what they were given as; the ids of those changed."""
        standing = self._rows.find_many(layout, list(changes))
        new: dict[bool, list[tuple[str, StoredRow, StoredRow]]] = {True: [], False: []}
        is_stamped = UPDATED in _stamped(layout.record_type.name)
        for record_id, (values, stored) in changes.items():
            before = standing[record_id]
            after = {name: value for name, value in stored.items() if before[name] != value}
            if after:
                new[is_stamped and UPDATED not in values].append((record_id, before, after))
        self._rows.update_many(layout, new[True], {UPDATED: self._stamp})
        self._rows.update_many(layout, new[False], {})
        return [record_id for some in new.values() for record_id, _before, _after in some]

    def put_single(self, type_name: str, owner_id: str, values: Values) -> str:
        """Set fields of the one record of a single type under ``owner_id``, made when not there."""
        parent = record_type(type_name).parent
        found = self._ids_by(type_name, parent, owner_id)
        if found:
            self.change(type_name, found[0], values)
            return found[0]
        if all(value is None for value in values.values()):
            return ""
        return self.put(type_name, {**values, parent: owner_id})

    def drop(self, type_name: str, record_id: str) -> None:
        """Drop a record with all that hangs under it; what merely refers to it lets go of it.

        Raises KeyError when there is no such record.
        """
        layout = columns(type_name)
        self._notice(type_name)
        self._rows.get(layout, record_id)
        for child in child_types(type_name):
            for child_id in self._ids_by(child.name, child.parent, record_id):
                self.drop(child.name, child_id)
        for other, field_name in _references_to(type_name):
            for other_id in self._ids_by(other, field_name, record_id):
                if goes_with(record_type(other), record_type(other).field(field_name)):
                    self.drop(other, other_id)
                else:
                    self.change(other, other_id, {field_name: None})
        self._rows.delete(layout, record_id, self._rows.get(layout, record_id))

    def put_back(self, removal: Removal) -> PutBack:
        """Put back what was removed, as far as it can stand; see ``trash.put_back``."""
        self._own.forget()
        return trash.put_back(self._rows, removal)

    def _notice(self, type_name: str) -> None:
        """What is put, changed or dropped may be an own field."""
        if type_name == "own_field":
            self._own.forget()

    def _change_own(self, changes: Mapping[str, Values]) -> frozenset[str]:
        """Set own values of initiatives, given by id; the ids of those that stood otherwise."""
        plan = own_values.plan_rows(self._connection, self._own.known, changes)
        self.put_many(own_values.TABLE, list(zip(new_ids(len(plan.made)), plan.made, strict=True)))
        self.change_many(own_values.TABLE, plan.changed)
        for value_id in plan.emptied:
            self.drop(own_values.TABLE, value_id)
        return plan.owners

    def _ids_by(self, table: str, field_name: str, record_id: str) -> list[str]:
        found = self._connection.execute(
            f"SELECT id FROM {quoted(table)} WHERE {quoted(field_name)} = ? ORDER BY row", (record_id,)
        )
        return [row[0] for row in found.fetchall()]


@cache
def _stamped(type_name: str) -> tuple[str, ...]:
    fields = record_type(type_name).by_name
    return tuple(name for name in _STAMPED if name in fields and fields[name].kind is Kind.TIME)


@cache
def _references_to(type_name: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (other.name, field.name)
        for other in RECORD_TYPES.values()
        for field in other.fields
        if field.kind is Kind.REFERENCE and field.target == type_name and field.name != other.parent
    )
