"""The content of a case: gathered from records, compared, and told apart by a digest.

Two cases have the same content when every column that travels and every row under them has the same text in a
pack. Revision, sharing and the date of the last check are facts about the record and do not count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coi_desktop.models.pack import (
    CASE_KEY,
    CASES,
    CHILD_TABLES,
    EXTRA,
    CaseContent,
    CasePack,
    PackTable,
)
from coi_desktop.models.pack_cells import format_cell
from coi_desktop.models.records import Record, Value

#: Tables whose rows are part of a case's content. Attachments are files and come with a later version.
CONTENT_TABLES: tuple[PackTable, ...] = tuple(table for table in CHILD_TABLES if table.name != "attachments")

_CASE_FIELDS = frozenset((*(column.name for column in CASES.columns if column.is_content), EXTRA))
_FIELDS: Mapping[str, tuple[str, ...]] = {
    table.name: (*(column.name for column in table.columns if column.name != CASE_KEY), EXTRA)
    for table in CONTENT_TABLES
}
_FIELD_SETS: Mapping[str, frozenset[str]] = {name: frozenset(names) for name, names in _FIELDS.items()}


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs between two contents of a case; ``table`` is empty for the case itself.

    For a table the texts are its rows, one a line.
    """

    table: str
    field: str
    label: str
    here: str
    there: str


def content_of(case: Record, children: Mapping[str, Sequence[Record]]) -> CaseContent:
    """A stored case with its rows; ``children`` by name of the record type (``case_part``)."""
    return CaseContent(
        case.id,
        _filled(case.values, (column.name for column in CASES.columns if column.field), EXTRA),
        {
            table.name: tuple(
                _filled(row.values, _FIELDS[table.name]) for row in children[table.record_type.name]
            )
            for table in CONTENT_TABLES
            if children.get(table.record_type.name)
        },
    )


def _filled(values: Mapping[str, Value], names: Iterable[str], *more: str) -> dict[str, Value]:
    return {name: value for name in (*names, *more) if (value := values.get(name)) is not None}


def digest(content: CaseContent) -> str:
    """SHA-256 of a case's content in hexadecimal digits; an empty field is as if it were not known at all."""
    parts = _cells(content.values, _CASE_FIELDS)
    for table in CONTENT_TABLES:
        names = _FIELD_SETS[table.name]
        for row in content.rows(table):
            parts.append(f"\x1d{table.name}")
            parts += _cells(row, names)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _cells(values: Mapping[str, Value], names: frozenset[str]) -> list[str]:
    """The filled fields of one row with their texts, in an order that does not hang on who made the row."""
    if not names.issuperset(values):
        values = {name: value for name, value in values.items() if name in names}
    cells = [
        f"{name}={value if isinstance(value, str) else format_cell(value)}"
        for name, value in values.items()
        if value is not None
    ]
    cells.sort()
    return cells


def merged(local: CaseContent, incoming: CaseContent, pack: CasePack) -> CaseContent:
    """What ``local`` becomes when the pack's case is taken: everything the pack speaks of is as it says.

    Columns that did not stand in the pack, and tables beyond its level, stay as they are here.
    """
    spoken = {name for name in pack.columns[CASES.name] if name in CASES.by_name}
    values = {name: value for name, value in local.values.items() if name not in spoken and name != EXTRA}
    values |= incoming.values
    if EXTRA not in values and EXTRA in local.values and not _has_unknown(pack, CASES):
        values[EXTRA] = local.values[EXTRA]
    covered = {table.name for table in pack.iter_tables()}
    children = {name: rows for name, rows in local.children.items() if name not in covered}
    return CaseContent(local.id, values, {**children, **incoming.children})


def _has_unknown(pack: CasePack, table: PackTable) -> bool:
    return any(name not in table.by_name for name in pack.columns.get(table.name, ()))


def find_differences(here: CaseContent, there: CaseContent, language: str) -> tuple[Difference, ...]:
    """Field by field, what differs in content, in the order the fields stand in a case."""
    found: list[Difference] = []
    for column in CASES.columns:
        if column.field is None or not column.is_content:
            continue
        first, second = (format_cell(one.values.get(column.name)) for one in (here, there))
        if first != second:
            found.append(Difference("", column.name, column.field.label(language), first, second))
    for table in CONTENT_TABLES:
        first, second = (_lines(one, table) for one in (here, there))
        if first != second:
            label = table.record_type.label(language)
            found.append(Difference(table.name, "", label, first, second))
    return tuple(found)


def _lines(content: CaseContent, table: PackTable) -> str:
    names = _FIELDS[table.name][:-1]
    return "\n".join(
        " · ".join(cell for name in names if (cell := format_cell(row.get(name))))
        for row in content.rows(table)
    )
