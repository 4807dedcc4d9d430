"""Where a block stands on its sheet, for the formulas and charts that read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from coi_desktop.exchange.cells import cell_name, column_name


@dataclass(frozen=True, slots=True)
class PlacedBlock:
    """Where a block stands: rows and columns count from 0; ``first`` and ``last`` are its rows of values.

    For a table ``columns`` holds the column of each key; for facts ``lines`` holds the row of each key, whose
    value stands in ``value_column``. ``more`` holds further columns of the same rows, in a table below.
    """

    sheet: str
    first: int
    last: int
    columns: dict[str, int]
    lines: dict[str, int]
    value_column: int = 1
    more: PlacedBlock | None = None

    def place(self, key: str, number: int = 0) -> tuple[int, int]:
        """Row and column of a value: of row ``number`` (from 0) of a table, or of a fact."""
        if self.lines:
            return self.lines[key], self.value_column
        if key not in self.columns and self.more is not None:
            return self.more.place(key, number)
        return self.first + number, self.columns[key]

    def has(self, key: str) -> bool:
        """Whether the table has a column of that key."""
        return key in self.columns or (self.more is not None and self.more.has(key))

    def cell(self, key: str, number: int = 0) -> str:
        """The name of the cell of a value."""
        return cell_name(*self.place(key, number))

    def fixed(self, key: str) -> str:
        """A fact's cell or a table's column as a formula names what shall stay: $B$4, $B$4:$B$9."""
        if self.lines:
            return _fixed(*self.place(key))
        return f"{_fixed(*self.place(key))}:{_fixed(*self.place(key, self.last - self.first))}"

    def span(self, key: str) -> list[Any]:
        """A column of a table as a chart names it: sheet, first row, column, last row, column."""
        return [self.sheet, *self.place(key), *self.place(key, self.last - self.first)]


def _fixed(row: int, column: int) -> str:
    return f"${column_name(column)}${row + 1}"
