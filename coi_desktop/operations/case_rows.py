"""Putting a case and the rows under it into an open transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from coi_desktop.models.case_content import CONTENT_TABLES
from coi_desktop.models.ids import new_ids
from coi_desktop.models.pack import CaseContent, PackTable
from coi_desktop.models.records import Value
from coi_desktop.store.writer import Writer


def change_case(writer: Writer, before: CaseContent, after: CaseContent, values: Mapping[str, Value]) -> None:
    """Bring a stored case to ``after``: what is gone becomes empty, tables that differ are written anew."""
    gone = dict.fromkeys(name for name in before.values if name not in after.values)
    writer.change("case", after.id, {**gone, **values})
    differing = [table for table in CONTENT_TABLES if before.rows(table) != after.rows(table)]
    for table in differing:
        for row_id in writer.find_child_ids(table.record_type.name, after.id):
            writer.drop(table.record_type.name, row_id)
    put_rows(writer, [after], differing)


def put_rows(
    writer: Writer, contents: Sequence[CaseContent], tables: Sequence[PackTable] = CONTENT_TABLES
) -> None:
    """Put the rows that hang under some cases, in the order they stand there."""
    for table in tables:
        rows = [{**row, "case_id": content.id} for content in contents for row in content.rows(table)]
        if rows:
            writer.put_many(table.record_type.name, zip(new_ids(len(rows)), rows, strict=True))
