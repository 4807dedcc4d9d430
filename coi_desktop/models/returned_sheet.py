"""The register as a sheet that goes out to Excel and comes back: its marks, its columns, its rows.

A hidden row above the headings says what the sheet is and which field stands in which column, so that columns
may be moved, left out or given other headings; the hidden first column holds the ids.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.filter_fields import TAGS
from coi_desktop.models.tables import Cell, TableRow

#: What a document property and the hidden row begin with; the number is that of the sheet's form.
MARK = "coi-register"
FORM = 1

#: The name of the column of ids in the hidden row.
ID_COLUMN = "id"

#: What the entries of a cell with several are parted by.
BETWEEN = "; "

_MARK = re.compile(r"coi-register\|([0-9]{1,4})\|([0-9a-f-]{36})\|([0-9]{1,15})\|(da|en)(?:\|([0-9a-f]{8}))?")


class SheetMark(NamedTuple):
    """Which register a sheet came from, at which revision, and in which language its words are.

    ``history`` tells this revision from one of the same number in a register that was restored meanwhile.
    """

    form: int
    register_id: str
    revision: int
    language: str
    history: str = ""

    @property
    def text(self) -> str:
        """The mark as it stands in the first cell of the hidden row."""
        known = (MARK, str(self.form), self.register_id, str(self.revision), self.language, self.history)
        return "|".join(part for part in known if part)


def parse_mark(text: str) -> SheetMark | None:
    """The mark in the first cell of a hidden row; None when it is none."""
    found = _MARK.fullmatch(text.strip())
    if found is None:
        return None
    form, register_id, revision, language, history = found.groups(default="")
    return SheetMark(int(form), register_id, int(revision), language, history)


class ReturnedSheet(NamedTuple):
    """A sheet that came back: its mark, per column the name of its field (empty: none of ours) and its
    heading, and the rows below.
    """

    file_name: str
    sheet: str
    mark: SheetMark
    names: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def column_of(self, name: str) -> int | None:
        """The place of the column of a field, or None when it was left out."""
        return self.names.index(name) if name in self.names else None

    def cells(self, name: str) -> tuple[Cell, ...]:
        """All cells of the column of a field; none when it was left out."""
        column = self.column_of(name)
        return () if column is None else tuple(row.cells[column] for row in self.rows)


def sheet_fields(fields: Sequence[FieldSpec]) -> tuple[FieldSpec, ...]:
    """The fields of the initiative that stand in the sheet: those that people see, and the tags."""
    shown = [field for field in fields if field.shown and field.kind not in (Kind.REFERENCE, Kind.TIME)]
    return (*shown, TAGS)
