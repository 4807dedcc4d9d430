"""The answers of a walk-through as the guide engine sees them: mappings by table, wherever they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from coi_desktop.models.fields import Kind, RecordType
from coi_desktop.models.records import Record, Snapshot, Value, Values

#: A row of a table: the values of its fields, and its id under ``"id"``.
Row = Mapping[str, Value]

#: What a question holds: one value, the rows of a table, or the two ends of a period.
Answer = Value | tuple[Row, ...] | tuple[Value, Value]

_WHOLE = re.compile(r"-?[0-9]+")
_NOTHING: Row = MappingProxyType({})


class Answers(Protocol):
    """Everything answered so far, by the names of the record types."""

    def single(self, table: str) -> Row:
        """The one record of ``table`` (the owner itself included); an empty mapping when there is none."""
        ...

    def rows(self, table: str) -> Sequence[Row]:
        """The records of ``table`` in stored order."""
        ...


class StoredAnswers:
    """Answers out of plain values: single records and rows by table. Rows without an ``"id"`` get none."""

    def __init__(self, singles: Mapping[str, Values], rows: Mapping[str, Iterable[Row]]) -> None:
        self._singles = dict(singles)
        self._rows = {table: tuple(found) for table, found in rows.items()}

    def single(self, table: str) -> Row:
        """The one record of ``table``."""
        return self._singles.get(table, _NOTHING)

    def rows(self, table: str) -> tuple[Row, ...]:
        """The records of ``table``."""
        return self._rows.get(table, ())

    def with_single(self, table: str, values: Values) -> StoredAnswers:
        """The same answers with some fields of a single record set."""
        changed = StoredAnswers(self._singles, self._rows)
        changed._singles[table] = {**self.single(table), **values}
        return changed

    def with_rows(self, table: str, rows: Iterable[Row]) -> StoredAnswers:
        """The same answers with other rows of a table."""
        return StoredAnswers(self._singles, {**self._rows, table: rows})


def answers_from(
    snapshot: Snapshot,
    owner: Record,
    record_types: Iterable[RecordType],
    known: Mapping[str, tuple[Row, ...]] = MappingProxyType({}),
) -> StoredAnswers:
    """The answers that hang under ``owner``, directly or through other records, in stored order.

    ``record_types`` are those of the register, owners before what they own. ``known`` are the rows of tables
    of which all of the snapshot's records are the owner's, where they are made already.
    """
    singles: dict[str, Values] = {owner.type_name: row_of(owner)}
    found: dict[str, tuple[Record, ...]] = {owner.type_name: (owner,)}
    for kind in record_types:
        if kind.name == owner.type_name:
            continue
        field = _field_towards(kind, owner.type_name, found)
        if kind.name in known:
            found[kind.name] = snapshot.rows(kind.name)
        elif field:
            owners = {record.id for record in found[kind.field(field).target]}
            found[kind.name] = tuple(
                record
                for record in snapshot.rows(kind.name)
                if record[field] in owners or _is_shared(record, kind, field, owner)
            )
        if field and kind.single and kind.parent_type == owner.type_name and found[kind.name]:
            singles[kind.name] = row_of(found[kind.name][0])
    made = {table: known.get(table) or map(row_of, records) for table, records in found.items()}
    return StoredAnswers(singles, made)


def _field_towards(kind: RecordType, owner: str, found: Mapping[str, object]) -> str:
    """The field by which records of ``kind`` belong to ``owner``, straight or by what they hang under."""
    straight = (field.name for field in kind.fields if field.kind is Kind.REFERENCE and field.target == owner)
    return next(straight, kind.parent if kind.parent_type in found else "")


def _is_shared(record: Record, kind: RecordType, field: str, owner: Record) -> bool:
    """Whether a record hangs beside the owner, under the same one, and names no owner: it belongs to each."""
    beside = kind.parent not in ("", field) and record[field] is None
    return beside and kind.parent in owner.values and record[kind.parent] == owner[kind.parent]


def row_of(record: Record) -> Row:
    """A record as a row."""
    return {**record.values, "id": record.id}


def is_answered(answer: Answer) -> bool:
    """Whether anything is there: no None, no blank text, no empty tuple. No and 0 are answers."""
    if isinstance(answer, str):
        return bool(answer.strip())
    if isinstance(answer, tuple):
        return bool(answer) and not all(part is None for part in answer)
    return answer is not None


def number_of(answer: Answer) -> Decimal | None:
    """An answer as a number: numbers as they are, keys that are whole numbers (``"-2"``) as these."""
    if isinstance(answer, bool):
        return None
    if isinstance(answer, int):
        return Decimal(answer)
    if isinstance(answer, Decimal):
        return answer
    if isinstance(answer, str) and _WHOLE.fullmatch(answer):
        return Decimal(answer)
    return None
