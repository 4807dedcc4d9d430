"""A stranger's list as plain frozen values: sheet, headings, rows of cells, and what to know about it.

A cell keeps what stood there. Nothing is interpreted yet: a text that looks like a date is a text, and a
number is the number a spreadsheet would show (15 significant digits), as neutral text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType


class CellKind(StrEnum):
    """What a cell holds. FORMULA is a formula whose result was not stored: its value is not known."""

    EMPTY = "empty"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    YES_NO = "yes_no"
    ERROR = "error"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``text`` is the text itself, a number as ``-1234.5`` (a percent cell: in percent), a date or
    moment in ISO form, ``1`` or ``0``, an error value as the program shows it, or a formula.
    """

    kind: CellKind
    text: str = ""

    @property
    def is_empty(self) -> bool:
        """Nothing, or blanks only (a no-break space looks empty and is)."""
        return self.kind is CellKind.EMPTY or (self.kind is CellKind.TEXT and not self.text.strip())

    @property
    def number(self) -> Decimal:
        """The value of a NUMBER or PERCENT cell."""
        return Decimal(self.text)

    @property
    def day(self) -> date:
        """The day of a DATE cell; a time of day is dropped."""
        return datetime.fromisoformat(self.text).date()

    @property
    def flag(self) -> bool:
        """The value of a YES_NO cell."""
        return self.text == "1"


EMPTY_CELL = Cell(CellKind.EMPTY)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number as the user's program shows it (counting from 1), and a cell for every heading.

    ``surplus`` counts filled cells to the right of the last heading.
    """

    row_number: int
    cells: tuple[Cell, ...]
    surplus: int = 0


class NoteKind(StrEnum):
    """What is worth knowing about a table before its rows are used. The arguments of each stand behind it."""

    HIDDEN_SHEETS = "hidden_sheets"  # names
    OTHER_SHEETS = "other_sheets"  # names
    HIDDEN_ROWS = "hidden_rows"  # count, rows
    HIDDEN_COLUMNS = "hidden_columns"  # columns
    FORMULAS = "formulas"  # count, cells
    ERRORS = "errors"  # count, cells
    FAR_CELLS = "far_cells"  # count, cells
    REPEATED_HEADINGS = "repeated_headings"  # count, rows
    FILLED_DOWN = "filled_down"  # count
    SECOND_READER = "second_reader"  # -
    ENCODING = "encoding"  # encoding
    REPLACED = "replaced"  # count
    MOJIBAKE = "mojibake"  # count, rows
    DATES_1904 = "dates_1904"  # -


@dataclass(frozen=True, slots=True)
class TableNote:
    """One remark about a table; ``models.table_notes`` puts it in words."""

    kind: NoteKind
    arguments: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Table:
    """One sheet or text file read: its headings (an empty text where there is none) and the rows below them.

    ``sheet`` is the sheet's name (empty for a text file) and ``header_row`` the number of the row of
    headings.
    """

    file_name: str
    sheet: str
    header_row: int
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[TableNote, ...] = ()

    def cells(self, column: int) -> tuple[Cell, ...]:
        """All cells below one heading."""
        return tuple(row.cells[column] for row in self.rows)


def column_letters(column: int) -> str:
    """The letters a spreadsheet gives the column that stands ``column`` places from the left: 0 is A, 26 is
    AA.
    """
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_number(letters: str) -> int:
    """The place (A is 0) of the column called ``letters``. Raises ValueError for anything else."""
    if not letters.isascii() or not letters.isalpha() or len(letters) > 3:
        raise ValueError(f"not the letters of a column: {letters!r}")
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
