"""The rows of a list that did not go in, handed back as a workbook: as they were, with reason and remedy
behind.

Corrected, the same workbook can be imported again: headings and values stand as in the list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.exchange.cells import CellWriter, Remarks
from coi_desktop.exchange.fast_worksheet import fast_worksheet_class
from coi_desktop.exchange.workbook_names import safe_sheet_name
from coi_desktop.exchange.workbook_styles import Styles
from coi_desktop.i18n import _, current_language
from coi_desktop.models.handed_back import headings_of_list, own_headings
from coi_desktop.models.tables import Cell, CellKind, Table, TableRow

_REASON_WIDTH = 60
_COLUMN_WIDTH = 18
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "in_memory": True,
}


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that is handed back: why it did not go in, and what to do, in whole sentences."""

    row: TableRow
    reason: str
    remedy: str


def write_rejects(path: Path, table: Table, rejected: Sequence[RejectedRow], source: str) -> None:
    """Write ``rejected`` rows of ``table`` to a workbook at ``path``, which appears whole or not at all.

    The first row holds the headings of the list; behind them stand ``source`` (the name of the list), the
    row's number in it, reason and remedy. Rows that were handed back before keep the columns of the list
    only. Raises Problem
    ``unwritable`` or ``target_locked``.
    """
    from xlsxwriter import Workbook

    with atomic_file(path) as half:
        package = BytesIO()
        workbook = Workbook(package, _OPTIONS)
        name = safe_sheet_name(_("Not imported"), set())
        worksheet = workbook.add_worksheet(name, worksheet_class=fast_worksheet_class())
        cells = CellWriter(worksheet, Styles(workbook, current_language()), Remarks(), " …")
        headings = headings_of_list(table.headings)
        width = len(headings)
        for column, heading in enumerate((*headings, *own_headings())):
            cells.text(0, column, heading, "head")
        for place, one in enumerate(rejected, 1):
            for column, cell in enumerate(one.row.cells[:width]):
                _write_cell(cells, place, column, cell)
            cells.text(place, width, source)
            cells.number(place, width + 1, one.row.row_number, "whole")
            cells.text(place, width + 2, one.reason, "long")
            cells.text(place, width + 3, one.remedy, "long")
        worksheet.set_column(0, width + 1, _COLUMN_WIDTH)
        worksheet.set_column(width + 2, width + 3, _REASON_WIDTH)
        worksheet.freeze_panes(1, 0)
        worksheet.autofilter(0, 0, len(rejected), width + 3)
        worksheet.set_landscape()
        worksheet.set_paper(9)
        worksheet.repeat_rows(0)
        workbook.close()
        half.write_bytes(package.getbuffer())


def _write_cell(cells: CellWriter, row: int, column: int, cell: Cell) -> None:
    if cell.kind is CellKind.NUMBER:
        cells.number(row, column, cell.number)
    elif cell.kind is CellKind.PERCENT:
        cells.number(row, column, cell.number.scaleb(-2), "rate")
    elif cell.kind is CellKind.DATE:
        cells.day(row, column, cell.day)
    elif cell.kind is CellKind.YES_NO:
        cells.text(row, column, _("Yes") if cell.flag else _("No"))
    else:
        cells.text(row, column, cell.text)
