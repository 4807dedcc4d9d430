"""Small counts in attached tables: the cells of a workbook or the fields of a text file, as they are read."""

from __future__ import annotations

import csv
import io
import re

from coi_desktop.models.small_counts import CountWords, TableCounts
from coi_desktop.models.tables import column_letters

_CELL = re.compile(r"(.*) ([A-Z]{1,3})([0-9]{1,7})", re.DOTALL)
_TABLE_ENDINGS = (".csv", ".tsv", ".txt")
_DELIMITERS = (";", "\t", ",")
_LOOKED_AT = 2_000
#: So many cells with a small count are named.
MOST_CELLS = 20


class AttachedCounts:
    """Is given the pieces of a file's text, and tells in ``cells`` where a small count stands."""

    def __init__(self, name: str, words: CountWords, smallest: int) -> None:
        self.cells: list[str] = []
        self._is_table = name.lower().endswith(_TABLE_ENDINGS)
        self._words = words
        self._smallest = smallest
        self._table = TableCounts(words, smallest)
        self._sheet: str | None = None
        self._number = 0
        self._row: dict[int, str] = {}
        self._letters: dict[int, str] = {}

    def take(self, kind: str, part: str, text: str) -> None:
        """Look at a piece: a cell of a workbook, or the whole of a text file."""
        if kind == "whole" and self._is_table:
            self._take_text(text)
        found = _CELL.fullmatch(part) if kind == "cell" else None
        if found is None:
            return
        sheet, letters, number = found[1], found[2], int(found[3])
        if sheet != self._sheet:
            self.finish()
            self._sheet, self._table = sheet, TableCounts(self._words, self._smallest, sheet)
        elif number != self._number:
            self.finish()
        self._number = number
        column = _place(letters)
        self._letters[column] = letters
        self._row[column] = text

    def finish(self) -> None:
        """Look at the last row."""
        for column in self._table.find(self._row):
            self._tell(f"{self._sheet} {self._letters[column]}{self._number}")
        self._row = {}

    def _take_text(self, text: str) -> None:
        try:
            rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
            for number, row in enumerate(rows, start=1):
                for column in self._table.find(dict(enumerate(row))):
                    self._tell(f"{column_letters(column)}{number}")
        except csv.Error:  # a text that is no table after all
            return

    def _tell(self, cell: str) -> None:
        if len(self.cells) < MOST_CELLS:
            self.cells.append(cell)


def _delimiter(text: str) -> str:
    """The delimiter that stands most often in the first lines."""
    first = text.lstrip()[:_LOOKED_AT]
    return max(_DELIMITERS, key=first.count)


def _place(letters: str) -> int:
    """The number of a column from its letters: A is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1
