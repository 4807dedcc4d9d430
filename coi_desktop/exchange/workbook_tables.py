"""Sheets of workbooks as sparse rows of cells: openpyxl's parts with defusedxml, or calamine.

Runs in the reading child. Only cells that are there are touched, so one cell in the last corner of a sheet
costs one cell. Readers raise whatever they like; the child's edge turns that into one failure.
"""

# ruff: noqa: SLF001 - what openpyxl knows of styles and strings is not public; its version is pinned and
# tested

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from coi_desktop.exchange.sheet_xml import SheetSurroundings, SheetXml
from coi_desktop.models.tables import Cell, CellKind

SparseRow = dict[int, Cell]


@dataclass
class SheetFacts:
    """What stands around the cells of a sheet; complete when its rows are read to the end."""

    around: SheetSurroundings = field(default_factory=SheetSurroundings)
    is_1904: bool = False


class SheetReader(ABC):
    """An open workbook: the names of its sheets, and the rows of one."""

    #: Visible sheets of cells, in order, and the hidden ones.
    visible: list[str]
    hidden: list[str]

    @abstractmethod
    def iter_rows(self, sheet: str, facts: SheetFacts) -> Iterator[tuple[int, SparseRow]]:
        """Number (from 1) and filled cells (by column from 0) of every row that has any; fills ``facts``."""


def open_workbook(source: Path | IO[bytes], reader: str) -> SheetReader:
    """The workbook at a path, or in an open file, opened with ``openpyxl`` or ``calamine``.

    A path must end as workbooks do; an open file may have any name.
    """
    return OpenpyxlSheets(source) if reader == "openpyxl" else CalamineSheets(source)


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
    """`.xlsx` and `.xlsm`: openpyxl knows sheets, styles and shared strings, ``sheet_xml`` reads the cells.

    Charts, rules and validations, on which openpyxl gives up now and then, are not looked at.
    """

    def __init__(self, source: Path | IO[bytes]) -> None:
        import openpyxl

        if not openpyxl.DEFUSEDXML:
            raise RuntimeError("defusedxml is missing: workbooks of strangers are not read without it")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            self._book: Any = openpyxl.load_workbook(source, read_only=True, data_only=True, keep_links=False)
        sheets = self._book.worksheets
        self.visible = [sheet.title for sheet in sheets if sheet.sheet_state == "visible"]
        self.hidden = [sheet.title for sheet in sheets if sheet.sheet_state != "visible"]
        self._percents = self._percent_styles()
        self._strings: list[str] = []

    def iter_rows(self, sheet: str, facts: SheetFacts) -> Iterator[tuple[int, SparseRow]]:
        """As ``SheetReader.iter_rows``."""
        from openpyxl.utils.datetime import CALENDAR_MAC_1904

        chosen = self._book[sheet]
        facts.is_1904 = self._book.epoch == CALENDAR_MAC_1904
        self._strings = chosen._shared_strings
        parser = SheetXml(self._make_cell)
        with self._book._archive.open(chosen._worksheet_path) as source:
            yield from parser.iter_rows(source)
        facts.around = parser.around

    def _make_cell(self, kind: str, style: int, value: str | None, formula: str | None) -> Cell | None:
        if value is None or value == "":
            return None if formula is None else Cell(CellKind.FORMULA, "=" + formula)
        if kind == "s":
            return value_cell(self._strings[int(value)])
        if kind in ("str", "inlineStr"):
            return Cell(CellKind.TEXT, value)
        if kind == "b":
            return value_cell(bool(int(value)))
        if kind == "e":
            return Cell(CellKind.ERROR, value)
        if kind == "d":
            return value_cell(from_iso(value))
        if style in self._book._date_formats:
            return self._date_cell(style, float(value))
        number = int(value) if value.isdigit() else float(value)
        return number_cell(number, is_percent=style in self._percents)

    def _date_cell(self, style: int, serial: float) -> Cell | None:
        from openpyxl.utils.datetime import from_excel

        is_length = style in self._book._timedelta_formats
        try:
            return value_cell(from_excel(serial, self._book.epoch, timedelta=is_length))
        except (OverflowError, ValueError):
            return Cell(CellKind.ERROR, "#VALUE!")

    def _percent_styles(self) -> frozenset[int]:
        from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE

        own = dict(enumerate(self._book._number_formats, BUILTIN_FORMATS_MAX_SIZE))
        codes = {**BUILTIN_FORMATS, **own}
        return frozenset(
            style for style, one in enumerate(self._book._cell_styles) if "%" in codes.get(one.numFmtId, "")
        )


def from_iso(text: str) -> date:
    """The day or moment of a cell that stores it in ISO form. Raises ValueError."""
    return datetime.fromisoformat(text)


class CalamineSheets(SheetReader):
    """`.xls`, `.xlsb`, `.ods`, and what openpyxl gives up on. It lays a sheet out whole, so memory is the
    limit.
    """

    def __init__(self, source: Path | IO[bytes]) -> None:
        from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

        self._book = (
            CalamineWorkbook.from_path(str(source))
            if isinstance(source, Path)
            else CalamineWorkbook.from_filelike(source)
        )
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
