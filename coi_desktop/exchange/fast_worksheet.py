"""A worksheet of XlsxWriter that takes whole columns and writes them in few steps.

The long sheets decide how long an export takes. XlsxWriter checks, wraps and keeps every cell by itself,
which is right for single cells; texts and numbers that the cell-writer has already looked at are kept here as
plain lists, a column each, and become XML a column at a time. Everything else (short columns, formulas,
formats, charts, tables) is XlsxWriter's own. The class leans on names XlsxWriter keeps to itself: the version
is pinned, and a test compares its sheets with those XlsxWriter writes alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

#: Columns with more rows than this are kept as lists.
LONG = 100


@dataclass(frozen=True, slots=True)
class LongColumn:
    """A column kept as a list: numbers, or the places of texts in the workbook's table of strings; None is
    an empty cell.
    """

    column: int
    first: int
    values: Sequence[float | None]
    is_text: bool
    look: Format

    def covers(self, row: int) -> bool:
        """Whether the column has a place in this row."""
        return self.first <= row < self.first + len(self.values)

    def to_xml(self, name: str, style: int) -> list[str]:
        """Its cells as XML, an empty text for an empty cell; ``name`` is the column's letters."""
        if self.is_text:
            return [
                "" if value is None else f'<c r="{name}{row}" s="{style}" t="s"><v>{value}</v></c>'
                for row, value in enumerate(self.values, self.first + 1)
            ]
        return [
            "" if value is None else f'<c r="{name}{row}" s="{style}"><v>{value:.16G}</v></c>'
            for row, value in enumerate(self.values, self.first + 1)
        ]


class _Forgetful(dict[Any, Any]):
    """Takes what is put and keeps nothing: our tables never overlap, and remembering their cells costs."""

    def __setitem__(self, key: Any, value: Any) -> None:
        """Nothing."""


@cache
def fast_worksheet_class() -> type[Worksheet]:  # noqa: C901 - a class whose library loads late
    """The class, made when XlsxWriter is first needed; for ``add_worksheet(worksheet_class=…)``."""
    from xlsxwriter.utility import xl_col_to_name
    from xlsxwriter.worksheet import CellNumberTuple, CellStringTuple, Worksheet

    class FastWorksheet(Worksheet):  # type: ignore[misc]
        """See above."""

        def __init__(self) -> None:
            super().__init__()
            self.table_cells = _Forgetful()
            self._long: list[LongColumn] = []

        def put_texts(self, first: int, column: int, texts: Sequence[str | None], look: Format) -> None:
            """Put clean, short texts below each other; None leaves a cell as it is."""
            index_of = self.str_table._get_shared_string_index  # noqa: SLF001
            self._put(first, column, [None if one is None else index_of(one) for one in texts], True, look)

        def put_numbers(self, first: int, column: int, numbers: Sequence[float | None], look: Format) -> None:
            """Put finite numbers below each other; None leaves a cell as it is."""
            self._put(first, column, numbers, False, look)

        def _put(
            self, first: int, column: int, values: Sequence[float | None], is_text: bool, look: Format
        ) -> None:
            if not values:
                return
            self._check_dimensions(first, column)
            self._check_dimensions(first + len(values) - 1, column)
            placed = LongColumn(column, first, values, is_text, look)
            if len(values) > LONG:
                self._long.append(placed)
            else:
                self._keep_cells(placed)

        def _keep_cells(self, placed: LongColumn) -> None:
            kind = CellStringTuple if placed.is_text else CellNumberTuple
            for row, value in enumerate(placed.values, placed.first):
                if value is not None:
                    self.table[row][placed.column] = kind(value, placed.look)

        def _get_range_data(self, first_row: int, first_column: int, last_row: int, last_column: int) -> Any:
            # A chart asks for numbers: long columns it shows are given back to XlsxWriter.
            for placed in list(self._long):
                if first_column <= placed.column <= last_column and placed.covers(first_row):
                    self._long.remove(placed)
                    self._keep_cells(placed)
            return super()._get_range_data(first_row, first_column, last_row, last_column)

        def _write_rows(self) -> None:
            names = [xl_col_to_name(column) for column in range(self.dim_colmax + 1)]
            columns = [
                (one, one.to_xml(names[one.column], one.look._get_xf_index()))  # noqa: SLF001
                for one in sorted(self._long, key=lambda one: one.column)
            ]
            for row in range(self.dim_rowmin, self.dim_rowmax + 1):
                look = self.row_info.get(row)
                written = [(one.column, xml[row - one.first]) for one, xml in columns if one.covers(row)]
                if written or self.table.get(row):
                    self._write_row(row, None, look)
                    self._write_cells(row, written)
                    self._xml_end_tag("row")
                elif look is not None:
                    self._write_empty_row(row, None, look)

        def _write_cells(self, row: int, written: list[tuple[int, str]]) -> None:
            cells = self.table.get(row)
            if not cells:
                self.fh.write("".join([xml for _column, xml in written]))
                return
            # A column may be written twice, numbers first and then words in its gaps: what is empty in one
            # must not cover what stands in the other.
            ready = {column: xml for column, xml in written if xml}
            for column in sorted({*ready, *cells}):
                if column in cells:
                    self._write_cell(row, column, cells[column])
                else:
                    self.fh.write(ready[column])

    return FastWorksheet
