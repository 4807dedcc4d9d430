"""The overview of one initiative: one printed page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coi_desktop.exchange.block_rows import read_path
from coi_desktop.exchange.indicator_rows import IndicatorLine
from coi_desktop.exchange.overview_rows import Overview
from coi_desktop.exchange.workbook_sheet import SheetWriter, lines_of

#: Indicators on the one page; the others stand on their own sheet.
MOST_INDICATORS = 6

#: Facts reach over the columns B to F, charts stand from column H on.
LAST_FACT_COLUMN = 5
CHART_COLUMN = 7

_LETTERS_IN_A_LINE = 62


def write_overview(
    sheet: SheetWriter, title: str, overview: Overview, lines: Sequence[IndicatorLine]
) -> None:
    """Write the title of the initiative, what is known, and the main indicators."""
    sheet.cells.text(0, 0, title, "title")
    sheet.height(0, 1.6)
    sheet.row = 2
    for column in sheet.layout.block("facts").columns:
        value = read_path([overview], column.path)[0]
        if value in (None, "") and column.instead and (overview.npv is not None):
            value = read_path([overview], column.instead)[0]
        if value in (None, ""):
            continue
        _write_fact(sheet, column.words.label(sheet.language), value, column.style)
    sheet.row += 1
    sheet.table(sheet.layout.block("indicators"), list(lines)[:MOST_INDICATORS])


def _write_fact(sheet: SheetWriter, label: str, value: Any, style: str) -> None:
    row = sheet.row
    sheet.cells.text(row, 0, label, "label")
    sheet.join(row, 1, LAST_FACT_COLUMN, style)
    if isinstance(value, str):
        sheet.cells.text(row, 1, value, style)
        sheet.height(row, lines_of(value, _LETTERS_IN_A_LINE))
    else:
        sheet.cells.figure(row, 1, value, style)
    sheet.row += 1
