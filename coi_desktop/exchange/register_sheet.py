"""The register as one sheet to be worked on in Excel and brought back: ids hidden, words offered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.exchange.cells import CellWriter
from coi_desktop.exchange.offered_words import OfferedWords
from coi_desktop.exchange.workbook_names import safe_sheet_name, safe_table_name
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_sheet import FILTER_BUTTON, MAX_ROWS, TABLE_STYLE, too_many_rows
from coi_desktop.exchange.workbook_writer import WorkbookFacts, WorkbookWriter
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.returned_cells import YES_NO_WORDS, value_as_text
from coi_desktop.models.returned_sheet import ID_COLUMN, MARK, SheetMark
from coi_desktop.models.vocabulary import Vocabulary

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

#: Rows and columns that stay in sight: down to the headings, across to the title.
_HEAD_ROW = 1
_WIDTHS = {Kind.LONG: 44, Kind.TEXT: 24, Kind.CHOICES: 28, Kind.RANK: 28, Kind.CHOICE: 22}
_TITLE_WIDTH = 40
_USUAL_WIDTH = 14
_STYLES = {Kind.INTEGER: "year", Kind.NUMBER: "number", Kind.MONEY: "money", Kind.DATE: "date"}


@dataclass(frozen=True)
class RegisterSheet:
    """What goes out: the mark, the fields in their order, the initiatives, and the words of choices.

    The tags of an initiative stand among its values, under ``tags``.
    """

    mark: SheetMark
    fields: Sequence[FieldSpec]
    records: Sequence[Record]
    words: Vocabulary
    tags: Mapping[str, tuple[str, ...]]


def write_register_sheet(content: RegisterSheet, path: Path, facts: WorkbookFacts) -> Job[WorkbookReport]:
    """Write the workbook to ``path`` as a job, in the language spoken now.

    Raises Problem ``too_many_rows``, ``target_locked`` and ``unwritable``.
    """
    total = len(content.fields) + 2
    with atomic_file(path) as half:
        writer = WorkbookWriter(half, facts, content.words)
        writer.set_property(MARK, content.mark.text)
        name = record_type("initiative").label()
        worksheet, cells = writer.add_plain_sheet(safe_sheet_name(name))
        last = _HEAD_ROW + max(len(content.records), 1)
        if last >= MAX_ROWS:
            raise too_many_rows(name, MAX_ROWS)
        _write_frame(worksheet, cells, content, last)
        yield Progress(1, total)
        lists = OfferedWords(*writer.add_plain_sheet(safe_sheet_name(_("Choices")), hidden=True))
        for column, field in enumerate(content.fields, 1):
            _write_field(worksheet, cells, content, field, column)
            _offer_words(worksheet, lists, content, field, column, last)
            yield Progress(column + 1, total)
        writer.close()
    return writer.report(path)


def _write_frame(worksheet: Worksheet, cells: CellWriter, content: RegisterSheet, last: int) -> None:
    """The hidden row and column, the table around everything, and how the sheet is shown and printed."""
    styles = cells.styles
    cells.text(0, 0, content.mark.text)
    for column, field in enumerate(content.fields, 1):
        cells.text(0, column, field.name)
        width = _TITLE_WIDTH if field.name == "title" else _WIDTHS.get(field.kind, _USUAL_WIDTH)
        is_text = field.kind in (Kind.TEXT, Kind.LONG)
        # Codes such as 0101 that are typed into an empty cell are to stay as they are typed.
        style = styles.get("typed_text" if is_text else _STYLES.get(field.kind, "text"))
        worksheet.set_column(column, column, width, style)
    worksheet.set_row(0, None, None, {"hidden": True})
    worksheet.set_column(0, 0, _USUAL_WIDTH, None, {"hidden": True})
    headings = [ID_COLUMN, *(heading_of(field) for field in content.fields)]
    columns: list[dict[str, Any]] = [
        {"header": heading, "header_format": styles.get("head")} for heading in _different(headings)
    ]
    worksheet.add_table(
        _HEAD_ROW,
        0,
        last,
        len(content.fields),
        {
            "name": safe_table_name(record_type("initiative").label()),
            "columns": columns,
            "style": TABLE_STYLE,
        },
    )
    places = [place for place, field in enumerate(content.fields, 1) if field.name == "title"]
    worksheet.freeze_panes(_HEAD_ROW + 1, places[0] + 1 if places and places[0] < 4 else 1)
    worksheet.set_landscape()
    worksheet.set_paper(9)
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(_HEAD_ROW)
    worksheet.set_footer("&L&A&R&P / &N")
    cells.texts(_HEAD_ROW + 1, 0, [record.id for record in content.records])


def heading_of(field: FieldSpec) -> str:
    """What stands over the column of a field: its name, and what its numbers count."""
    unit = field.unit()
    return f"{field.label()} ({unit})" if unit else field.label()


def _different(headings: Sequence[str]) -> list[str]:
    """The headings of a table must differ, also without regard to case."""
    seen: set[str] = set()
    found = []
    for heading in headings:
        wanted, number = heading, 2
        while wanted.lower() in seen:
            wanted, number = f"{heading} {number}", number + 1
        seen.add(wanted.lower())
        found.append(wanted + FILTER_BUTTON if len(wanted) < 3 else wanted)
    return found


def _write_field(
    worksheet: Worksheet, cells: CellWriter, content: RegisterSheet, field: FieldSpec, column: int
) -> None:
    values: list[Value] = [
        content.tags.get(record.id) if field.name == "tags" else record.values.get(field.name)
        for record in content.records
    ]
    first, kind = _HEAD_ROW + 1, field.kind
    if kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
        cells.numbers(first, column, values, _STYLES[kind])  # type: ignore[arg-type]  # by its kind
    elif kind is Kind.DATE:
        cells.days(first, column, values)  # type: ignore[arg-type]  # by its kind
    elif kind in (Kind.TEXT, Kind.LONG) and field.name != "tags":
        cells.texts(first, column, values, "typed_text")  # type: ignore[arg-type]  # by its kind
    else:
        language = content.mark.language
        texts = [
            None if value is None else value_as_text(field, value, content.words, language)
            for value in values
        ]
        cells.texts(first, column, texts)


def _offer_words(
    worksheet: Worksheet,
    lists: OfferedWords,
    content: RegisterSheet,
    field: FieldSpec,
    column: int,
    last: int,
) -> None:
    """The words that a cell of one choice may hold, to choose from; what is typed beside them is told at
    import.
    """
    language = content.mark.language
    if field.kind is Kind.YES_NO:
        words = list(YES_NO_WORDS[language])
    elif field.kind is Kind.CHOICE:
        words = [content.words.label(field.values, key, language) for key in content.words.keys(field.values)]
    else:
        return
    source = lists.add(words)
    rule = {"validate": "list", "source": source, "error_type": "warning"}
    worksheet.data_validation(_HEAD_ROW + 1, column, last + _ROOM_FOR_NEW, column, rule)


#: So many rows below the last one offer the words as well.
_ROOM_FOR_NEW = 500
