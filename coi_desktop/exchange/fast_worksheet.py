"""A worksheet of XlsxWriter that takes whole columns and writes plain cells in few steps.

The long sheets decide how long an export takes. XlsxWriter checks and wraps every cell by itself, which is
right for single cells; texts and numbers that the cell-writer has already looked at are put into the same
store here without it, and written out without a list of attributes each. Everything else (formulas, formats,
charts, tables) is XlsxWriter's own. The class leans on names XlsxWriter keeps to itself: the version is
pinned, and a test compares its sheets with those XlsxWriter writes alone.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Put = Callable[[int, Any], None]


@cache
def fast_worksheet_class() -> type[Worksheet]:  # noqa: C901 - a class in a function: its library loads late
    """The class, made when XlsxWriter is first needed; for ``add_worksheet(worksheet_class=…)``."""
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple, Worksheet

    class FastWorksheet(Worksheet):  # type: ignore[misc]
        """See above."""

        def text_column(self, first_row: int, column: int, cell_format: Format) -> Put:
            """A function that puts a clean, short text into a row of ``column``, from ``first_row`` on."""
            self._check_dimensions(first_row, column)
            table, strings = self.table, self.str_table
            index_of = strings._get_shared_string_index  # noqa: SLF001
            made: dict[str, CellStringTuple] = {}

            def put(row: int, text: str) -> None:
                cell = made.get(text)
                if cell is None:
                    cell = made[text] = CellStringTuple(index_of(text), cell_format)
                else:
                    strings.count += 1
                table[row][column] = cell

            return put

        def number_column(self, first_row: int, column: int, cell_format: Format) -> Put:
            """A function that puts a finite number into a row of ``column``, from ``first_row`` on."""
            self._check_dimensions(first_row, column)
            table = self.table

            def put(row: int, number: float) -> None:
                table[row][column] = CellNumberTuple(number, cell_format)

            return put

        def close_column(self, last_row: int, column: int) -> None:
            """Tell how far down a column that was put went."""
            self._check_dimensions(last_row, column)

        def _write_rows(self) -> None:
            names = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
            for row in range(self.dim_rowmin, self.dim_rowmax + 1):
                cells, look = self.table.get(row), self.row_info.get(row)
                if cells:
                    self._write_row(row, None, look)
                    self._write_cells(row, cells, names)
                    self._xml_end_tag("row")
                elif look is not None:
                    self._write_empty_row(row, None, look)

        def _write_cells(self, row: int, cells: dict[int, Any], names: list[str]) -> None:
            number, written = row + 1, []
            for column in sorted(cells):
                cell = cells[column]
                kind = type(cell)
                if kind is CellStringTuple:
                    style = cell.format._get_xf_index()  # noqa: SLF001
                    place = f"{names[column]}{number}"
                    written.append(f'<c r="{place}" s="{style}" t="s"><v>{cell.string}</v></c>')
                elif kind is CellNumberTuple:
                    style = cell.format._get_xf_index()  # noqa: SLF001
                    place = f"{names[column]}{number}"
                    written.append(f'<c r="{place}" s="{style}"><v>{cell.number:.16G}</v></c>')
                else:
                    self.fh.write("".join(written))
                    written.clear()
                    self._write_cell(row, column, cell)
            self.fh.write("".join(written))

    return FastWorksheet
