"""Every text that would leave the register with a case pack, with its place in words a person knows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from coi_desktop.exchange.pack_writer import PackOrder, iter_cells
from coi_desktop.i18n import _
from coi_desktop.models.fields import Kind
from coi_desktop.models.pack import CASES, EXTRA, PACK_TABLES, CaseContent, PackLevel, PackTable
from coi_desktop.models.privacy import NamedText, check_texts
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary


def iter_outgoing_texts(contents: Iterable[CaseContent], level: PackLevel) -> Iterator[NamedText]:
    """Every cell that would leave at ``level``, with its place in words."""
    for content in contents:
        for table in PACK_TABLES:
            columns = [column for column in table.at(level) if column.name != "parent_uuid"]
            for row in iter_cells(table, columns, content):
                for column, cell in zip(columns, row, strict=True):
                    if cell and column.field is not None:
                        is_text = column.field.kind in (Kind.TEXT, Kind.LONG)
                        yield NamedText(place_of(content, table, column.field.label()), cell, is_cell=is_text)
            for values in [content.values] if table is CASES else content.rows(table):
                extra = values.get(EXTRA)
                if columns and isinstance(extra, str):
                    yield NamedText(place_of(content, table, table.record_type.field(EXTRA).label()), extra)


def iter_outgoing_values(
    contents: Sequence[CaseContent], level: PackLevel, words: Vocabulary
) -> Iterator[NamedText]:
    """The same cells as people read them: choices in words, numbers and days in the language spoken now.

    The place leaves out the title where there is only one case.
    """
    for content in contents:
        for table in PACK_TABLES:
            fields = [column.field for column in table.at(level) if column.name != "parent_uuid"]
            if not fields:
                continue
            extra = table.record_type.field(EXTRA) if EXTRA in table.record_type.by_name else None
            for values in [content.values] if table is CASES else content.rows(table):
                for field in (*fields, extra):
                    text = "" if field is None else show_value(field, values.get(field.name), words)
                    if field is not None and text:
                        place = place_of(content, table, field.label(), with_title=len(contents) > 1)
                        yield NamedText(place, text)


def place_of(content: CaseContent, table: PackTable, label: str, *, with_title: bool = True) -> str:
    """Where a cell stands: ``Skærmbesøg · Problem``; a title that holds a number is not repeated."""
    names = (label,) if table is CASES else (table.record_type.label(), label)
    if not with_title:
        return " · ".join(names)
    title = content.title
    if check_texts([NamedText("", title, is_cell=True)]):
        title = _("(title)")
    return " · ".join((title, *names))


def texts_around(order: PackOrder, path: Path) -> list[NamedText]:
    """What a receiver sees besides the cases: the names of the file and of the unit."""
    return [
        NamedText(_("The name of the file"), path.stem, is_cell=True),
        NamedText(_("The name of the unit"), order.unit_name, is_cell=True),
    ]
