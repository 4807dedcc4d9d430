"""Stored things as frozen values: one Record, and the Snapshot a job is given."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

Value = str | int | Decimal | bool | date | datetime | tuple[str, ...] | None
Values = Mapping[str, Value]


class Record:
    """One stored record: the name of its record type, its UUID, and a value (or None) for every field."""

    __slots__ = ("id", "type_name", "values")

    def __init__(self, type_name: str, id: str, values: Values) -> None:
        self.type_name: Final = type_name
        self.id: Final = id
        self.values: Final = values

    def __eq__(self, other: object) -> bool:
        """Whether type, id and all values are the same."""
        return isinstance(other, Record) and (self.type_name, self.id, self.values) == (
            other.type_name,
            other.id,
            other.values,
        )

    def __repr__(self) -> str:
        return f"Record({self.type_name!r}, {self.id!r}, {self.values!r})"

    def __getitem__(self, field_name: str) -> Value:
        """The value of a field; KeyError when the record type has no such field."""
        return self.values[field_name]

    def text(self, field_name: str) -> str:
        """A text value, or an empty string when it is not there."""
        value = self.values[field_name]
        return value if isinstance(value, str) else ""

    def number(self, field_name: str) -> Decimal | None:
        """A numeric value as a Decimal, or None when it is not there."""
        value = self.values[field_name]
        if isinstance(value, Decimal):
            return value
        return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else None

    def integer(self, field_name: str) -> int | None:
        """A whole number, or None."""
        value = self.values[field_name]
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def day(self, field_name: str) -> date | None:
        """A date, or None."""
        value = self.values[field_name]
        return value if isinstance(value, date) and not isinstance(value, datetime) else None

    def flag(self, field_name: str) -> bool | None:
        """A yes/no, or None when it is not answered."""
        value = self.values[field_name]
        return value if isinstance(value, bool) else None

    def keys(self, field_name: str) -> tuple[str, ...]:
        """The chosen keys of a multiple choice or ranking; empty when nothing is chosen."""
        value = self.values[field_name]
        return value if isinstance(value, tuple) else ()


def last_touched(record: Record) -> datetime | None:
    """When somebody last worked on an initiative, evaluation or case, or on anything that hangs under it.

    The register keeps it so in ``updated``; None for a record without a moment.
    """
    moment = record["updated"] or record["created"]
    return moment if isinstance(moment, datetime) else None


class Snapshot:
    """Records frozen at one revision, complete for what was asked for: all that a job may look at.

    ``records`` holds, by record type, the records in stored order. ``unit_name`` is the unit that owns the
    register; ``selection`` says in words what the records were chosen by (empty: the whole register).
    Record types in ``left_out`` were not read: asking for them is a mistake (KeyError).
    """

    def __init__(
        self,
        register_id: str,
        unit_id: str,
        unit_name: str,
        revision: int,
        taken_at: datetime,
        records: Mapping[str, tuple[Record, ...]],
        selection: str = "",
        left_out: Collection[str] = (),
    ) -> None:
        self.register_id: Final = register_id
        self.unit_id: Final = unit_id
        self.unit_name: Final = unit_name
        self.revision: Final = revision
        self.taken_at: Final = taken_at
        self.records: Final = records
        self.selection: Final = selection
        self._left_out: Final = left_out
        self._by_id: dict[str, dict[str, Record]] = {}
        self._by_owner: dict[tuple[str, str], dict[str, list[Record]]] = {}

    def rows(self, type_name: str) -> tuple[Record, ...]:
        """All records of a type, in stored order."""
        if type_name in self._left_out:
            raise KeyError(type_name)
        return self.records.get(type_name, ())

    def find(self, type_name: str, record_id: str) -> Record | None:
        """The record with this id, or None."""
        index = self._by_id.get(type_name)
        if index is None:
            index = self._by_id[type_name] = {record.id: record for record in self.rows(type_name)}
        return index.get(record_id)

    def get(self, type_name: str, record_id: str) -> Record:
        """The record with this id; KeyError when the snapshot has none."""
        record = self.find(type_name, record_id)
        if record is None:
            raise KeyError((type_name, record_id))
        return record

    def children(self, type_name: str, owner_id: str, by: str = "") -> tuple[Record, ...]:
        """Records of a type that refer to ``owner_id``, in stored order.

        ``by`` names the referring field where it is not ``<first reference that holds the id>``; without it
        every reference field of the records is looked at, the owner first (`indicator_id`, `evaluation_id`,
        …).
        """
        index = self._by_owner.get((type_name, by))
        if index is None:
            index = self._by_owner[(type_name, by)] = self._index(type_name, by)
        return tuple(index.get(owner_id, ()))

    def single(self, type_name: str, owner_id: str) -> Record | None:
        """The one record of a type that hangs under ``owner_id``, or None."""
        found = self.children(type_name, owner_id)
        return found[0] if found else None

    def _index(self, type_name: str, by: str) -> dict[str, list[Record]]:
        index: dict[str, list[Record]] = {}
        for record in self.rows(type_name):
            owners = {record.values[by]} if by else set(self._owners(record))
            for owner in owners:
                if isinstance(owner, str):
                    index.setdefault(owner, []).append(record)
        return index

    @staticmethod
    def _owners(record: Record) -> Iterator[Value]:
        values = record.values
        return (values[name] for name in values if name.endswith("_id") and values[name] is not None)
