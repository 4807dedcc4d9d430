"""Sparse rows as the reading child hands them over, put together into a Table: headings found, merged cells
filled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from coi_desktop.exchange.table_tasks import MOST_COLUMNS
from coi_desktop.models.folding import clean_line
from coi_desktop.models.table_headers import ROWS_LOOKED_AT, find_header, fold_heading
from coi_desktop.models.tables import (
    EMPTY_CELL,
    Cell,
    CellKind,
    NoteKind,
    Table,
    TableNote,
    TableRow,
    column_letters,
)

_EXAMPLES = 5
_KINDS = {kind.value: kind for kind in CellKind}
# UTF-8 that went through Windows-1252 once: æ ø å Æ Ø Å é as two signs.
_MOJIBAKE = re.compile("\u00c3[\u00a6\u00b8\u00a5\u2020\u02dc\u2026\u00a9]")


class NoHeadingsError(Exception):
    """No row of the sheet can be a row of headings."""


@dataclass
class SheetParts:
    """What came over from the child for one sheet, in the order it came."""

    sheet: str = ""
    visible: Sequence[str] = ()
    hidden: Sequence[str] = ()
    text: Mapping[str, Any] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: list[tuple[int, dict[int, Cell]]] = field(default_factory=list)

    def add(self, message: Mapping[str, Any]) -> None:
        """Take one message of the child."""
        if "rows" in message:
            for number, cells in message["rows"]:
                self.rows.append((number, {column: Cell(_KINDS[kind], text) for column, kind, text in cells}))
        elif "sheet" in message:
            self.sheet, self.visible, self.hidden = message["sheet"], message["visible"], message["hidden"]
        elif "text" in message:
            self.text = message["text"]
        elif "facts" in message:
            self.facts = message["facts"]


def assemble_table(file_name: str, parts: SheetParts, known: frozenset[str]) -> Table:
    """The Table in ``parts``. Raises NoHeadingsError when no row can be the headings.

    Blank rows and headings repeated further down are left out; a value merged over several rows counts for
    each of them, as it shows. What the list does not say itself is told in notes.
    """
    first = [
        [cells.get(column, EMPTY_CELL) for column in range(_width(cells))]
        for _, cells in parts.rows[:ROWS_LOOKED_AT]
    ]
    guess = find_header(first, known)
    if guess is None:
        raise NoHeadingsError
    header_row, header = parts.rows[guess.index]
    headings = _headings(header)
    filled_down = _fill_merged(parts, header_row, len(headings))
    folded = [fold_heading(heading) for heading in headings]
    rows: list[TableRow] = []
    repeated: list[int] = []
    far: list[str] = []
    for number, cells in parts.rows[guess.index + 1 :]:
        row = tuple(cells.get(column, EMPTY_CELL) for column in range(len(headings)))
        beyond = [column for column, cell in cells.items() if column >= len(headings) and not cell.is_empty]
        far += [f"{column_letters(column)}{number}" for column in beyond]
        if all(cell.is_empty for cell in row):
            continue
        if [fold_heading(cell.text) for cell in row] == folded:
            repeated.append(number)
            continue
        rows.append(TableRow(number, row, len(beyond)))
    notes = [
        *_notes_around(parts),
        *_notes_of_cells(rows),
        *_counted(NoteKind.FAR_CELLS, far, "cells"),
        *_counted(NoteKind.REPEATED_HEADINGS, [str(number) for number in repeated], "rows"),
    ]
    if filled_down:
        notes.append(_note(NoteKind.FILLED_DOWN, count=str(filled_down)))
    return Table(file_name, parts.sheet, header_row, headings, tuple(rows), tuple(notes))


def _width(cells: Mapping[int, Cell]) -> int:
    return min(max(cells, default=-1) + 1, MOST_COLUMNS)


def _headings(header: Mapping[int, Cell]) -> tuple[str, ...]:
    filled = [column for column, cell in header.items() if column < MOST_COLUMNS and not cell.is_empty]
    return tuple(clean_line(header.get(column, EMPTY_CELL).text) for column in range(max(filled) + 1))


def _fill_merged(parts: SheetParts, header_row: int, width: int) -> int:
    """Give the rows under a value that is merged over them that value; returns how many cells got it."""
    by_number = dict(parts.rows)
    count = 0
    for top, bottom, left, _right in parts.facts.get("merged", ()):
        cell = by_number.get(top, {}).get(left, EMPTY_CELL)
        if top <= header_row or bottom == top or left >= width or cell.is_empty:
            continue
        for number in range(top + 1, min(bottom, top + 10_000) + 1):
            row = by_number.get(number)
            if row and row.get(left, EMPTY_CELL).is_empty:
                row[left] = cell
                count += 1
    return count


def _notes_around(parts: SheetParts) -> list[TableNote]:
    notes = []
    others = [name for name in parts.visible if name != parts.sheet]
    hidden = [name for name in parts.hidden if name != parts.sheet]
    if others:
        notes.append(_note(NoteKind.OTHER_SHEETS, names=", ".join(others[:_EXAMPLES])))
    if hidden:
        notes.append(_note(NoteKind.HIDDEN_SHEETS, names=", ".join(hidden[:_EXAMPLES])))
    filled = {number for number, _ in parts.rows}
    rows = [str(number) for number in parts.facts.get("hidden_rows", ()) if number in filled]
    notes += _counted(NoteKind.HIDDEN_ROWS, rows, "rows")
    used = {column for _, cells in parts.rows for column in cells}
    columns = [column_letters(column) for column in parts.facts.get("hidden_columns", ()) if column in used]
    notes += _counted(NoteKind.HIDDEN_COLUMNS, columns, "columns")
    if parts.facts.get("is_1904"):
        notes.append(_note(NoteKind.DATES_1904))
    if parts.text.get("encoding") == "cp850":  # rare enough to be told; Windows-1252 is what Excel writes
        notes.append(_note(NoteKind.ENCODING, encoding="DOS 850"))
    if parts.text.get("replaced"):
        notes.append(_note(NoteKind.REPLACED, count=str(parts.text["replaced"])))
    return notes


def _notes_of_cells(rows: Sequence[TableRow]) -> list[TableNote]:
    places: dict[CellKind, list[str]] = {CellKind.FORMULA: [], CellKind.ERROR: []}
    mojibake: list[str] = []
    for row in rows:
        for column, cell in enumerate(row.cells):
            if cell.kind in places:
                places[cell.kind].append(f"{column_letters(column)}{row.row_number}")
            elif cell.kind is CellKind.TEXT and not cell.text.isascii() and _MOJIBAKE.search(cell.text):
                mojibake.append(str(row.row_number))
    return [
        *_counted(NoteKind.FORMULAS, places[CellKind.FORMULA], "cells"),
        *_counted(NoteKind.ERRORS, places[CellKind.ERROR], "cells"),
        *_counted(NoteKind.MOJIBAKE, list(dict.fromkeys(mojibake)), "rows"),
    ]


def _counted(kind: NoteKind, places: Sequence[str], name: str) -> list[TableNote]:
    if not places:
        return []
    shown = ", ".join(places[:_EXAMPLES]) + (" …" if len(places) > _EXAMPLES else "")
    return [_note(kind, count=str(len(places)), **{name: shown})]


def _note(kind: NoteKind, **arguments: str) -> TableNote:
    return TableNote(kind, MappingProxyType(arguments))
