"""Reads a register's sheet that comes back from Excel; whatever goes wrong becomes one Problem."""

from __future__ import annotations

import zipfile
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange import table_faults
from coi_desktop.exchange.limited_child import ChildError, Limits
from coi_desktop.exchange.table_assembly import SheetParts
from coi_desktop.exchange.table_reader import check_file, read_parts
from coi_desktop.i18n import _
from coi_desktop.models.folding import clean_line
from coi_desktop.models.progress import Job
from coi_desktop.models.returned_sheet import FORM, ID_COLUMN, MARK, ReturnedSheet, SheetMark, parse_mark
from coi_desktop.models.table_headers import fold_heading, squeeze
from coi_desktop.models.tables import EMPTY_CELL, Cell, TableRow

_PROPERTIES = "docProps/custom.xml"
_LARGEST_PROPERTIES = 64 * 1024

#: The hidden row and the headings stand among the first filled rows, even where rows were put above.
_LOOKED_AT = 40


def is_register_sheet(path: Path) -> bool:
    """Whether a file says that it is a register's workbook; False for whatever cannot be opened."""
    return says_mark(path, MARK)


def says_mark(path: Path, mark: str) -> bool:
    """Whether a workbook has a property of its own called ``mark``; False for whatever cannot be opened.

    Only tells which reader is to be asked, and so looks for the mark alone.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(_PROPERTIES)
            if info.file_size > _LARGEST_PROPERTIES:
                return False
            with archive.open(info) as source:
                return mark.encode() in source.read(_LARGEST_PROPERTIES)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return False


def read_returned_sheet(
    path: Path, names: frozenset[str], limits: Limits | None = None
) -> Job[ReturnedSheet]:
    """Read the sheet as a job; ``names`` are those of the register's fields, by which the sheet is found.

    Raises Problem ``no_marks`` when the hidden row is gone, ``newer`` for a newer form, and those of
    ``read_table``.
    """
    check_file(path)
    known = frozenset(squeeze(fold_heading(name)) for name in names)
    try:
        parts = yield from read_parts(path, "openpyxl", known, limits or Limits())
    except ChildError as failure:
        raise table_faults.failed(path, failure, limits or Limits()) from failure
    return _put_together(path, parts)


def _put_together(path: Path, parts: SheetParts) -> ReturnedSheet:
    for place, (_number, cells) in enumerate(parts.rows[:_LOOKED_AT]):
        marks = {column: mark for column, cell in cells.items() if (mark := parse_mark(cell.text))}
        if marks:
            column, mark = next(iter(marks.items()))
            return _below(path, parts, place, column, mark)
    raise Problem(
        _("{name} has lost the hidden row that says which column is which.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("Export the register again and make the changes there, or import the file as a list."),
        code="no_marks",
    )


def _below(path: Path, parts: SheetParts, place: int, id_column: int, mark: SheetMark) -> ReturnedSheet:
    if mark.form > FORM:
        raise Problem(
            _("{name} was made by a newer version of COI Desktop.").format(name=path.name),
            meaning=_("Nothing was changed."),
            advice=_("Update COI Desktop on this computer."),
            code="newer",
        )
    marked, heads = parts.rows[place][1], _row_after(parts, place)
    filled = [column for column, cell in (*marked.items(), *heads.items()) if not cell.is_empty]
    width = max(filled) + 1
    names = ["" if column == id_column else clean_line(_at(marked, column).text) for column in range(width)]
    names[id_column] = ID_COLUMN
    rows = [
        TableRow(number, tuple(_at(cells, column) for column in range(width)))
        for number, cells in parts.rows[place + 2 :]
        if any(not cell.is_empty for cell in cells.values())
    ]
    return ReturnedSheet(
        path.name,
        parts.sheet,
        mark,
        tuple(name if names.index(name) == column else "" for column, name in enumerate(names)),
        tuple(clean_line(_at(heads, column).text) for column in range(width)),
        tuple(rows),
    )


def _row_after(parts: SheetParts, place: int) -> dict[int, Cell]:
    return parts.rows[place + 1][1] if place + 1 < len(parts.rows) else {}


def _at(cells: dict[int, Cell], column: int) -> Cell:
    return cells.get(column, EMPTY_CELL)
