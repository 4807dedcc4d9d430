"""Own fields of the open register: their definitions, kept in memory, their place in SQL, and their values
put into the records that are read.

A register without own fields pays for them with one look at an empty table.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from decimal import InvalidOperation

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.ids import is_uuid
from coi_desktop.models.own_fields import OWNER, in_order, own_name, own_spec
from coi_desktop.models.record_types.own_fields import OWN_VALUE
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.store.columns import SORT_SUFFIX, columns, damaged_value, quoted
from coi_desktop.store.values import load_value, store_value

_MANY = 500


class OwnFields:
    """The own fields on one connection, read when first asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, tuple[str, FieldSpec]] | None = None

    def forget(self) -> None:
        """Read them again when next asked for."""
        self._known = None

    def catch_up(self, changes: ChangeSet) -> None:
        """Forget them when a commit changed them."""
        if changes.touches("own_field"):
            self.forget()

    @property
    def known(self) -> Mapping[str, tuple[str, FieldSpec]]:
        """Every own field by its name: the id of its record and its FieldSpec, in the unit's order."""
        if self._known is None:
            layout = columns("own_field")
            rows = self._connection.execute(f"SELECT {layout.select} FROM {layout.table} ORDER BY row")
            # Ids stand in SQL below; one that is no UUID is a stranger's and no field.
            records = in_order([layout.record(row) for row in rows.fetchall() if is_uuid(row[0])])
            self._known = {own_name(record.id): (record.id, own_spec(record)) for record in records}
        return self._known

    def fields(self, type_name: str) -> tuple[FieldSpec, ...]:
        """The fields of a record type, its own ones last."""
        fields = record_type(type_name).fields
        return fields if type_name != OWNER else (*fields, *(spec for _id, spec in self.known.values()))

    def by_name(self, type_name: str) -> Mapping[str, FieldSpec]:
        """The fields of a record type by their names, own ones among them."""
        fields = record_type(type_name).by_name
        if type_name != OWNER or not self.known:
            return fields
        return fields | {name: spec for name, (_id, spec) in self.known.items()}

    def field(self, type_name: str, name: str) -> FieldSpec:
        """The field of a record type called ``name``, an own one or not; KeyError when there is none."""
        found = record_type(type_name).by_name.get(name)
        if found is None:
            if type_name != OWNER:
                raise KeyError(name)
            found = self.known[name][1]
        return found

    def past_field(self, name: str) -> FieldSpec | None:
        """A removed own field as it last was, or None when there was none of this name."""
        layout = columns("own_field")
        found = self._connection.execute(
            'SELECT key, "before" FROM change INDEXED BY change_dropped'
            ' WHERE record = ? AND "after" IS NULL ORDER BY revision DESC',
            (layout.record_type.name,),
        )
        for key, before in found.fetchall():
            if own_name(key) == name:
                stored = json.loads(before)
                return own_spec(layout.record([key, *map(stored.get, layout.names)]))
        return None

    def column(self, type_name: str, field: FieldSpec, *, in_order: bool = False) -> str:
        """The stored value of a field as an SQL expression in a query on ``type_name``.

        ``in_order``: what its texts are ordered by.
        """
        suffix = SORT_SUFFIX if in_order and field.sortable and field.kind in (Kind.TEXT, Kind.LONG) else ""
        if field.name in record_type(type_name).by_name:
            return quoted(field.name + suffix)
        return (
            f"(SELECT {quoted('value' + suffix)} FROM own_value WHERE own_value.initiative_id ="
            f" {quoted(type_name)}.id AND own_value.own_field_id = '{self.known[field.name][0]}')"
        )

    def with_values(self, records: Mapping[str, Record]) -> Mapping[str, Record]:
        """Initiatives, by id, with their values of own fields."""
        if not self.known:
            return records
        ids = list(records)
        found: list[tuple[str, str, str, str]] = []
        for start in range(0, len(ids), _MANY):
            some = ids[start : start + _MANY]
            sql = (
                "SELECT id, initiative_id, own_field_id, value FROM own_value"
                f" WHERE initiative_id IN ({', '.join('?' * len(some))})"
            )
            found += self._connection.execute(sql, some).fetchall()
        return put_in(records, found, [spec for _id, spec in self.known.values()])


def put_in(
    records: Mapping[str, Record],
    rows: Sequence[tuple[str, str, str, str | None]],
    specs: Sequence[FieldSpec],
) -> Mapping[str, Record]:
    """``records`` of initiatives, by id, with a value (or None) for each own field.

    ``rows`` are (id, initiative, own field, value as stored). Raises Problem ``damaged`` for a value that is
    not what it must be.
    """
    by_name = {spec.name: spec for spec in specs}
    empty: dict[str, Value] = dict.fromkeys(by_name)
    own: dict[str, dict[str, Value]] = {}
    for row in rows:
        spec = by_name.get(own_name(row[2]))
        if spec is not None:
            try:
                own.setdefault(row[1], {})[spec.name] = load_value(spec, row[3])
            except (ValueError, InvalidOperation) as error:
                raise damaged_value(OWN_VALUE, row, "value") from error
    return {
        record_id: Record(record.type_name, record_id, {**record.values, **empty, **own.get(record_id, {})})
        for record_id, record in records.items()
    }


def store_own(field: FieldSpec, value: Value) -> str | None:
    """A value of an own field as its row holds it: what ``store_value`` gives, as text."""
    stored = store_value(field, value)
    return None if stored is None else str(stored)
