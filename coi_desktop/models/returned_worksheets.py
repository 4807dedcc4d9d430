"""A workbook of dialogue sheets that comes back: its marks, and its parts as sheets of rows.

The first cell of every sheet says which evaluation it belongs to and at which revision it was written. The
hidden first column marks what stands beside it: ``answer|name`` a single answer, ``rows|question`` the row
above a table that names its columns, ``columns|question`` the row above a table whose rows stand beside each
other and so holds their ids; ``end`` closes a table.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from coi_desktop.models.returned_sheet import ReturnedSheet, SheetMark

#: What a document property and the first cell of each sheet begin with; the number is that of the form.
MARK = "coi-dialogark"
FORM = 1

#: The beginnings of the hidden cells, and the name of the column of numbers.
ANSWER, ROWS, COLUMNS, END = "answer", "rows", "columns", "end"
NUMBER = "#"

#: Places (from 0): the hidden column, numbers, labels, and where what is filled in begins.
HIDDEN_COLUMN, NUMBER_COLUMN, LABEL_COLUMN, FIRST_COLUMN = 0, 1, 2, 3

_MARK = re.compile(
    r"coi-dialogark\|([0-9]{1,4})\|([0-9a-f-]{36})\|([0-9a-f-]{36})\|([0-9]{1,15})\|(da|en)\|([0-9a-f]{8})"
)


class WorksheetMark(NamedTuple):
    """Which evaluation of which register the sheets came from, at which revision, in which language."""

    form: int
    register_id: str
    evaluation_id: str
    revision: int
    language: str
    history: str

    @property
    def text(self) -> str:
        """The mark as it stands in a cell."""
        return "|".join((MARK, *map(str, self)))

    @property
    def of_sheet(self) -> SheetMark:
        """The mark as sheets of rows have it."""
        return SheetMark(self.form, self.register_id, self.revision, self.language, self.history)


def parse_worksheet_mark(text: str) -> WorksheetMark | None:
    """The mark in a cell; None when it is none."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        return None
    form, register_id, evaluation_id, revision, language, history = found.groups()
    return WorksheetMark(int(form), register_id, evaluation_id, int(revision), language, history)


class ReturnedPart(NamedTuple):
    """A single answer or a table that came back; ``name`` is that of the field or of the question.

    ``rows_at`` gives, for a table whose rows stand beside each other, the row of the sheet by column name;
    the number of a row is then that of its column, from 1.
    """

    name: str
    sheet: ReturnedSheet
    rows_at: tuple[int, ...] = ()


class ReturnedWorksheets(NamedTuple):
    """All sheets of a workbook that came back."""

    file_name: str
    mark: WorksheetMark
    parts: tuple[ReturnedPart, ...]
