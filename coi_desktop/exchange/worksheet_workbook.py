"""Dialogue sheets as a workbook: a sheet a step, to be filled in away from the program and brought back.

Only what is filled in is open; words are offered where there are choices. What stands where is said by the
hidden first column (see ``models/returned_worksheets.py``).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.exchange.cells import CellWriter
from coi_desktop.exchange.offered_words import OfferedWords
from coi_desktop.exchange.workbook_names import safe_sheet_name
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_writer import WorkbookFacts, WorkbookWriter
from coi_desktop.i18n import _
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Value
from coi_desktop.models.returned_cells import YES_NO_WORDS, value_as_text
from coi_desktop.models.returned_worksheets import (
    ANSWER,
    COLUMNS,
    END,
    FIRST_COLUMN,
    HIDDEN_COLUMN,
    LABEL_COLUMN,
    MARK,
    NUMBER,
    NUMBER_COLUMN,
    ROWS,
    WorksheetMark,
)
from coi_desktop.models.worksheets import SheetEntry, SheetTable, Worksheet, Worksheets

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet as Page

#: Tables with more columns than this have their rows beside each other, each a column.
MOST_UPRIGHT = 5
#: Rows beside the ones there are that can be filled in at least.
_LEAST_NEW = 3
_NUMBER_WIDTH, _LABEL_WIDTH, _WIDTH, _WIDE = 5, 38, 27, 4
_LINE = 15.5
_STYLES = {
    Kind.INTEGER: "open_whole",
    Kind.NUMBER: "open_number",
    Kind.MONEY: "open_money",
    Kind.DATE: "open_date",
    Kind.TEXT: "open_text",
    Kind.LONG: "open_text",
}
_MOST_FOOT = 240
_PROTECTED = {
    "insert_rows": True,
    "format_cells": True,
    "format_rows": True,
    "format_columns": True,
    "select_locked_cells": True,
    "select_unlocked_cells": True,
}


def write_worksheets(
    content: Worksheets, mark: WorksheetMark, path: Path, facts: WorkbookFacts
) -> Job[WorkbookReport]:
    """Write the workbook to ``path`` as a job, in the language spoken now.

    Raises Problem ``target_locked`` and ``unwritable``.
    """
    with atomic_file(path) as half:
        writer = WorkbookWriter(half, facts, content.words)
        writer.set_property(MARK, mark.text)
        taken: set[str] = set()
        pages = []
        for sheet in content.sheets:
            name = safe_sheet_name(f"{sheet.number} {sheet.title}", taken)
            taken.add(name.lower())
            pages.append(writer.add_plain_sheet(name))
        lists = OfferedWords(*writer.add_plain_sheet(safe_sheet_name(_("Choices"), taken), hidden=True))
        for done, (sheet, (page, cells)) in enumerate(zip(content.sheets, pages, strict=True)):
            yield Progress(done, len(pages), sheet.title)
            _SheetWriter(page, cells, content, lists, mark).write(sheet)
        writer.close()
    return writer.report(path)


class _SheetWriter:
    """Writes the sheet of one step, from the top down."""

    def __init__(
        self, page: Page, cells: CellWriter, content: Worksheets, lists: OfferedWords, mark: WorksheetMark
    ) -> None:
        self._page = page
        self._cells = cells
        self._content = content
        self._lists = lists
        self._mark = mark
        self._row = 0
        self._sources: dict[str, str] = {}
        self._last_column = FIRST_COLUMN + _WIDE - 1

    def write(self, sheet: Worksheet) -> None:
        """The whole sheet."""
        page, cells = self._page, self._cells
        page.set_column(HIDDEN_COLUMN, HIDDEN_COLUMN, 12, None, {"hidden": True})
        page.set_column(NUMBER_COLUMN, NUMBER_COLUMN, _NUMBER_WIDTH)
        page.set_column(LABEL_COLUMN, LABEL_COLUMN, _LABEL_WIDTH)
        cells.text(0, HIDDEN_COLUMN, self._mark.text)
        cells.text(0, NUMBER_COLUMN, f"{sheet.number} · {sheet.title}", "title")
        cells.text(1, NUMBER_COLUMN, self._content.title, "heading")
        page.set_row(0, 1.6 * _LINE)
        page.set_row(1, 1.3 * _LINE)
        self._row = 2
        self._across(sheet.why, "long_note", NUMBER_COLUMN)
        self._row += 1
        for part in sheet.parts:
            if isinstance(part, SheetEntry):
                self._entry(part)
            else:
                self._table(part)
        self._row += 1
        cells.text(self._row, NUMBER_COLUMN, self._content.source, "note")
        page.set_column(FIRST_COLUMN, self._last_column, _WIDTH)
        self._set_up()

    def _set_up(self) -> None:
        page = self._page
        page.hide_gridlines(2)
        page.freeze_panes(2, 0)
        page.protect("", _PROTECTED)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_footer("&L&8" + self._content.source.replace("&", "&&")[:_MOST_FOOT] + "&R&8&P / &N")

    # Single answers

    def _entry(self, entry: SheetEntry) -> None:
        row, cells = self._row, self._cells
        cells.text(row, HIDDEN_COLUMN, f"{ANSWER}|{entry.field.name}")
        cells.text(row, LABEL_COLUMN, _with_hint(entry.label, entry.hint), "label")
        if entry.at_most:
            self._ranking(row, entry)
            self._page.set_row(row, 3 * _LINE)
        else:
            last = FIRST_COLUMN + _WIDE - 1
            self._page.merge_range(row, FIRST_COLUMN, row, last, "", cells.styles.get(_style(entry.field)))
            self._fill(row, FIRST_COLUMN, entry.field, entry.value)
            self._offer(row, FIRST_COLUMN, entry.field)
            least = {Kind.LONG: 5, Kind.TEXT: 2}.get(entry.field.kind, 1)
            least = max(least, len(entry.label) // (_LABEL_WIDTH - 4) + 1)
            lines = self._lines(entry.field, entry.value, _WIDE * _WIDTH)
            self._page.set_row(row, min(max(least, lines), 25) * _LINE)
        self._row += 2

    def _ranking(self, row: int, entry: SheetEntry) -> None:
        keys = entry.value if isinstance(entry.value, tuple) else ()
        one = entry.field._replace(kind=Kind.CHOICE)
        for place in range(entry.at_most):
            column = FIRST_COLUMN + place
            self._last_column = max(self._last_column, column)
            self._cells.blank(row, column, "open_choice")
            self._fill(row, column, one, keys[place] if place < len(keys) else None)
            self._offer(row, column, one)

    # Tables

    def _table(self, table: SheetTable) -> None:
        self._row += 1
        self._cells.text(self._row, NUMBER_COLUMN, table.label, "heading")
        self._row += 1
        if table.hint:
            self._cells.text(self._row, NUMBER_COLUMN, table.hint, "note")
            self._row += 1
        count = len(table.rows)
        if not table.is_grid:
            count = max(table.room, count + _LEAST_NEW)
        if not count:
            self._cells.text(self._row, LABEL_COLUMN, _("There are no lines to fill in yet."), "note")
            self._row += 2
            return
        if len(table.columns) > MOST_UPRIGHT:
            self._beside(table, count)
        else:
            self._below(table, count)
        self._cells.text(self._row, HIDDEN_COLUMN, END)
        self._page.set_row(self._row, None, None, {"hidden": True})
        self._row += 2

    def _below(self, table: SheetTable, count: int) -> None:
        """A table with its rows below each other."""
        cells, page = self._cells, self._page
        first = LABEL_COLUMN + 1 if table.is_grid else LABEL_COLUMN
        self._last_column = max(self._last_column, first + len(table.columns) - 1)
        cells.text(self._row, HIDDEN_COLUMN, f"{ROWS}|{table.question_id}")
        cells.text(self._row, NUMBER_COLUMN, NUMBER)
        for column, field in enumerate(table.columns, first):
            cells.text(self._row, column, field.name)
        page.set_row(self._row, None, None, {"hidden": True})
        head = self._row + 1
        cells.text(head, NUMBER_COLUMN, _("No.") if table.is_numbered else " ", "head")
        if table.is_grid:
            cells.text(head, LABEL_COLUMN, " ", "head")
        for column, field in enumerate(table.columns, first):
            cells.text(head, column, _heading(field), "head")
        page.set_row(head, self._heads([_heading(field) for field in table.columns], _WIDTH))
        for place in range(count):
            row = head + 1 + place
            known = table.rows[place] if place < len(table.rows) else None
            cells.text(row, HIDDEN_COLUMN, known.id if known is not None else None)
            if table.is_numbered:
                cells.number(row, NUMBER_COLUMN, place + 1, "year")
            if table.is_grid and known is not None:
                cells.text(row, LABEL_COLUMN, known.name, "label")
            lines = 2
            for column, field in enumerate(table.columns, first):
                value = known.values.get(field.name) if known is not None else None
                cells.blank(row, column, _style(field))
                self._fill(row, column, field, value)
                width = _LABEL_WIDTH if column == LABEL_COLUMN else _WIDTH
                lines = max(lines, self._lines(field, value, width))
            page.set_row(row, min(lines, 20) * _LINE)
        for column, field in enumerate(table.columns, first):
            self._offer(head + 1, column, field, last_row=head + count)
        self._row = head + 1 + count

    def _beside(self, table: SheetTable, count: int) -> None:
        """A table with its rows beside each other: one column each, under its name or number."""
        cells, page = self._cells, self._page
        last = FIRST_COLUMN + count - 1
        self._last_column = max(self._last_column, last)
        cells.text(self._row, HIDDEN_COLUMN, f"{COLUMNS}|{table.question_id}")
        head = self._row + 1
        cells.text(head, LABEL_COLUMN, " ", "head")
        for place in range(count):
            known = table.rows[place] if place < len(table.rows) else None
            name = known.name if known is not None and table.is_grid else f"{table.row_word} {place + 1}"
            cells.text(self._row, FIRST_COLUMN + place, known.id if known is not None else None)
            cells.text(head, FIRST_COLUMN + place, name, "head")
        page.set_row(head, self._heads([row.name for row in table.rows], _WIDTH))
        page.set_row(self._row, None, None, {"hidden": True})
        for row, field in enumerate(table.columns, head + 1):
            cells.text(row, HIDDEN_COLUMN, field.name)
            cells.text(row, LABEL_COLUMN, _heading(field), "label")
            least = {Kind.LONG: 4, Kind.TEXT: 2, Kind.CHOICES: 2}.get(field.kind, 1)
            lines = max(least, len(_heading(field)) // (_LABEL_WIDTH - 4) + 1)
            for place in range(count):
                known = table.rows[place] if place < len(table.rows) else None
                value = known.values.get(field.name) if known is not None else None
                cells.blank(row, FIRST_COLUMN + place, _style(field))
                self._fill(row, FIRST_COLUMN + place, field, value)
                lines = max(lines, self._lines(field, value, _WIDTH))
            page.set_row(row, min(lines, 20) * _LINE)
            self._offer(row, FIRST_COLUMN, field, last_column=last)
        self._row = head + 1 + len(table.columns)

    # Cells

    def _fill(self, row: int, column: int, field: FieldSpec, value: Value) -> None:
        cells, kind, style = self._cells, field.kind, _style(field)
        if value is None:
            return
        if kind in (Kind.INTEGER, Kind.NUMBER, Kind.MONEY):
            cells.number(row, column, value, style)  # type: ignore[arg-type]  # by its kind
        elif kind is Kind.DATE and isinstance(value, date):
            cells.day(row, column, value, style)
        elif kind in (Kind.TEXT, Kind.LONG):
            cells.text(row, column, str(value), style)
        else:
            text = value_as_text(field, value, self._content.words, self._mark.language)
            cells.text(row, column, text, style)

    def _offer(
        self, row: int, column: int, field: FieldSpec, *, last_row: int = 0, last_column: int = 0
    ) -> None:
        """The words a cell may hold, to choose from; several of them are written beside each other."""
        source = self._source(field)
        if not source:
            return
        several = field.kind in (Kind.CHOICES, Kind.RANK)
        rule: dict[str, Any] = {"validate": "list", "source": source, "error_type": "warning"}
        if several:
            rule |= {
                "show_error": False,
                "input_message": _("One or more, parted by semicolons."),
            }
        self._page.data_validation(row, column, max(row, last_row), max(column, last_column), rule)

    def _source(self, field: FieldSpec) -> str:
        language, words = self._mark.language, self._content.words
        name = field.values or field.kind.value
        if field.values:
            offered = [words.label(field.values, key, language) for key in words.keys(field.values)]
        elif field.kind is Kind.YES_NO:
            offered = list(YES_NO_WORDS[language])
        else:
            return ""
        if offered and name not in self._sources:
            self._sources[name] = self._lists.add(offered)
        return self._sources.get(name, "")

    def _across(self, text: str, style: str, column: int) -> None:
        """A text over the whole width, in as many lines as it needs."""
        last = FIRST_COLUMN + _WIDE - 1
        self._page.merge_range(self._row, column, self._row, last, "", self._cells.styles.get(style))
        self._cells.text(self._row, column, text, style)
        self._page.set_row(self._row, (len(text) // 130 + 1) * _LINE)
        self._row += 1

    def _lines(self, field: FieldSpec, value: Value, width: int) -> int:
        """How many lines a value takes in a cell so wide, roughly."""
        if isinstance(value, str) and not field.values:
            return _count_lines(value, width)
        if isinstance(value, tuple) or (field.values and value is not None):
            text = value_as_text(field, value, self._content.words, self._mark.language)
            return _count_lines(text, width)
        return 1

    @staticmethod
    def _heads(texts: Sequence[str], width: int) -> float:
        return max((_count_lines(text, width - 4) for text in texts), default=1) * _LINE


def _style(field: FieldSpec) -> str:
    return _STYLES.get(field.kind, "open_choice")


def _heading(field: FieldSpec) -> str:
    unit = field.unit()
    return f"{field.label()} ({unit})" if unit else field.label()


def _with_hint(label: str, hint: str) -> str:
    return f"{label} ({hint.rstrip('.')})" if hint else label


def _count_lines(text: str, width: int) -> int:
    return sum(len(line) // max(width - 3, 1) + 1 for line in text.splitlines() or [""])
