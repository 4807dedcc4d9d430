"""The answers of a walk-through as the guide engine sees them: mappings by table, wherever they are kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Protocol

from coi_desktop.models.records import Record, Value, Values

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


def answers_of(
    owner: Record, records: Mapping[str, Sequence[Record]], single: Iterable[str]
) -> StoredAnswers:
    """The answers that hang under ``owner``. ``single`` names the tables with at most one record."""
    singles = {table: row_of(records[table][0]) for table in single if records.get(table)}
    singles[owner.type_name] = row_of(owner)
    return StoredAnswers(
        singles, {table: [row_of(record) for record in found] for table, found in records.items()}
    )


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
