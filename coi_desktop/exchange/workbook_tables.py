"""Sheets of workbooks as sparse rows of cells: openpyxl's parts with defusedxml, or calamine.

Runs in the reading child. Only cells that are there are touched, so one cell in the last corner of a sheet
costs one cell. Readers raise whatever they like; the child's edge turns that into one failure.
"""

# ruff: noqa: SLF001 - openpyxl's row parser is not public; the version is pinned, and tests read with it

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from coi_desktop.models.tables import Cell, CellKind

SparseRow = dict[int, Cell]


@dataclass
class SheetFacts:
    """What stands around the cells of a sheet; complete when its rows are read to the end."""

    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    is_1904: bool = False


class SheetReader(ABC):
    """An open workbook: the names of its sheets, and the rows of one."""

    #: Visible sheets of cells, in order, and the hidden ones.
    visible: list[str]
    hidden: list[str]

    @abstractmethod
    def iter_rows(self, sheet: str, facts: SheetFacts) -> Iterator[tuple[int, SparseRow]]:
        """Number (from 1) and filled cells (by column from 0) of every row that has any; fills ``facts``."""


def open_workbook(path: Path, reader: str) -> SheetReader:
    """The workbook at ``path`` opened with ``openpyxl`` or ``calamine``."""
    return OpenpyxlSheets(path) if reader == "openpyxl" else CalamineSheets(path)


def number_cell(value: float | int, *, is_percent: bool = False) -> Cell:
    """A number as a spreadsheet shows it: 15 significant digits, without the noise of binary fractions."""
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return Cell(CellKind.ERROR, "#NUM!")
    shown = value * 100 if is_percent else value
    text = format(shown, ".15g")
    if "e" in text:
        text = format(Decimal(text), "f")
    return Cell(CellKind.PERCENT if is_percent else CellKind.NUMBER, text)


def value_cell(value: object) -> Cell | None:
    """A Python value of a reader as a Cell; None for nothing."""
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        return Cell(CellKind.YES_NO, "1" if value else "0")
    if isinstance(value, (int, float)):
        return number_cell(value)
    if isinstance(value, (date, datetime)):
        return Cell(CellKind.DATE, value.isoformat())
    if isinstance(value, (time, timedelta)):
        return Cell(CellKind.TEXT, str(value))
    return Cell(CellKind.TEXT, str(value))


class OpenpyxlSheets(SheetReader):
    """`.xlsx` and `.xlsm` by openpyxl's row parser, which alone is used: charts, rules and validations are
    skipped.
    """

    def __init__(self, path: Path) -> None:
        import openpyxl

        if not openpyxl.DEFUSEDXML:
            raise RuntimeError("defusedxml is missing: workbooks of strangers are not read without it")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._book: Any = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
        sheets = self._book.worksheets
        self.visible = [sheet.title for sheet in sheets if sheet.sheet_state == "visible"]
        self.hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        self._percent_styles: dict[int, bool] = {}

    def iter_rows(self, sheet: str, facts: SheetFacts) -> Iterator[tuple[int, SparseRow]]:
        """As ``SheetReader.iter_rows``."""
        from defusedxml.ElementTree import iterparse
        from openpyxl.utils.datetime import CALENDAR_MAC_1904
        from openpyxl.worksheet._reader import COL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser

        book = self._book
        facts.is_1904 = book.epoch == CALENDAR_MAC_1904
        chosen = book[sheet]
        with warnings.catch_warnings(), book._archive.open(chosen._worksheet_path) as source:
            warnings.simplefilter("ignore")
            parser: Any = WorkSheetParser(
                source,
                chosen._shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            for _event, element in iterparse(source):
                if element.tag == ROW_TAG:
                    number, parsed = parser.parse_row(element)
                    if element.get("hidden") in ("1", "true"):
                        facts.hidden_rows.append(number)
                    cells = {}
                    for found, node in zip(parsed, element, strict=True):
                        cell = self._cell(found)
                        if cell is None and node.find(FORMULA_TAG) is not None:
                            cell = Cell(CellKind.FORMULA, "=" + (node.findtext(FORMULA_TAG) or ""))
                        if cell is not None:
                            cells[found["column"] - 1] = cell
                    if cells:
                        yield number, cells
                    element.clear()
                elif element.tag == COL_TAG and element.get("hidden") in ("1", "true"):
                    first, last = int(element.get("min", 1)), int(element.get("max", 1))
                    facts.hidden_columns += range(first - 1, min(last, first + 200))
                elif element.tag == MERGE_TAG:
                    facts.merged += _merged_ranges(element)
                    element.clear()

    def _cell(self, found: dict[str, Any]) -> Cell | None:
        value, kind = found["value"], found["data_type"]
        if kind == "e":
            return Cell(CellKind.ERROR, str(value))
        if kind == "n" and isinstance(value, (int, float)) and self._is_percent(found["style_id"]):
            return number_cell(value, is_percent=True)
        return value_cell(value)

    def _is_percent(self, style_id: int) -> bool:
        known = self._percent_styles.get(style_id)
        if known is None:
            from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

            number = self._book._cell_styles[style_id].numFmtId
            if number < BUILTIN_FORMATS_MAX_SIZE:
                code = BUILTIN_FORMATS.get(number, "")
            else:
                code = self._book._number_formats[number - BUILTIN_FORMATS_MAX_SIZE]
            known = self._percent_styles[style_id] = "%" in code
        return known


def _merged_ranges(element: Any) -> Iterator[tuple[int, int, int, int]]:
    """First row, last row, first column, last column of merged ranges; at most a thousand."""
    from openpyxl.utils import range_boundaries

    for node in list(element)[:1000]:
        left, top, right, bottom = range_boundaries(node.get("ref", "A1"))
        yield int(top or 1), int(bottom or 1), int(left or 1) - 1, int(right or 1) - 1


class CalamineSheets(SheetReader):
    """`.xls`, `.xlsb`, `.ods`, and what openpyxl gives up on. It lays a sheet out whole, so memory is the
    limit.
    """

    def __init__(self, path: Path) -> None:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        self._book = CalamineWorkbook.from_path(str(path))
        sheets = [sheet for sheet in self._book.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
        self.visible = [sheet.name for sheet in sheets if sheet.visible == SheetVisibleEnum.Visible]
        self.hidden = [sheet.name for sheet in sheets if sheet.visible != SheetVisibleEnum.Visible]

    def iter_rows(self, sheet: str, facts: SheetFacts) -> Iterator[tuple[int, SparseRow]]:
        """As ``SheetReader.iter_rows``; hidden rows, percent formats and formulas without results are not
        told.
        """
        chosen = self._book.get_sheet_by_name(sheet)
        if chosen.start is None:
            return
        first_column = chosen.start[1]  # its rows begin with the sheet's first filled column, but at row 1
        for number, row in enumerate(chosen.iter_rows(), 1):
            filled = ((column, value_cell(value)) for column, value in enumerate(row, first_column))
            cells = {column: cell for column, cell in filled if cell is not None}
            if cells:
                yield number, cells
