"""Words to choose from in the cells of a workbook: they stand in cells themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from coi_desktop.exchange.cells import CellWriter

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet


class OfferedWords:
    """The hidden sheet of words: rules name its cells, since words inside a rule are cut at every comma."""

    def __init__(self, worksheet: Worksheet, cells: CellWriter) -> None:
        self._name = worksheet.get_name()
        self._cells = cells
        self._column = 0

    def add(self, words: Sequence[str]) -> str:
        """Write words below each other; returns how a rule names them."""
        from xlsxwriter.utility import xl_range_abs

        self._cells.texts(0, self._column, words)
        named = xl_range_abs(0, self._column, max(len(words) - 1, 0), self._column)
        self._column += 1
        return f"='{self._name}'!{named}"
