"""Reads a workbook of dialogue sheets that comes back; whatever goes wrong becomes one Problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange import table_faults
from coi_desktop.exchange.limited_child import ChildError, Limits
from coi_desktop.exchange.returned_sheet_reader import says_mark
from coi_desktop.exchange.table_assembly import SheetParts
from coi_desktop.exchange.table_reader import check_file, read_all_parts
from coi_desktop.i18n import _
from coi_desktop.models.folding import clean_line
from coi_desktop.models.progress import Job
from coi_desktop.models.returned_cells import shown_in_list
from coi_desktop.models.returned_sheet import BETWEEN, ID_COLUMN, ReturnedSheet
from coi_desktop.models.returned_worksheets import (
    ANSWER,
    COLUMNS,
    END,
    FIRST_COLUMN,
    FORM,
    HIDDEN_COLUMN,
    LABEL_COLUMN,
    MARK,
    NUMBER,
    NUMBER_COLUMN,
    ROWS,
    ReturnedPart,
    ReturnedWorksheets,
    WorksheetMark,
    parse_worksheet_mark,
)
from coi_desktop.models.tables import EMPTY_CELL, Cell, CellKind, TableRow

_CELLS = 200_000
_LOOKED_AT = 5
_MOST_BESIDE = 200

Row = tuple[int, Mapping[int, Cell]]


def is_worksheet_book(path: Path) -> bool:
    """Whether a file says that it holds dialogue sheets; False for whatever cannot be opened."""
    return says_mark(path, MARK)


def read_worksheet_book(path: Path, limits: Limits | None = None) -> Job[ReturnedWorksheets]:
    """Read the workbook as a job.

    Raises Problem ``no_marks`` when it holds no sheet of ours, ``newer`` for a newer form, ``mixed`` for
    sheets of several evaluations, and those of ``read_table``.
    """
    check_file(path)
    limits = limits or Limits(cells=_CELLS)
    try:
        sheets = yield from read_all_parts(path, limits)
    except ChildError as failure:
        raise table_faults.failed(path, failure, limits) from failure
    mark: WorksheetMark | None = None
    parts: list[ReturnedPart] = []
    for sheet in sheets:
        found = _find_mark(sheet)
        if found is None:
            continue
        if found.form > FORM:
            raise _newer(path)
        if mark is not None and found != mark:
            raise _mixed(path)
        mark = found
        parts += _Parts(path.name, sheet, found).iter_parts()
    if mark is None:
        raise _no_marks(path)
    return ReturnedWorksheets(path.name, mark, tuple(parts))


def _find_mark(sheet: SheetParts) -> WorksheetMark | None:
    cells = [cell for _number, row in sheet.rows[:_LOOKED_AT] for cell in row.values()]
    return next((mark for cell in cells if (mark := parse_worksheet_mark(cell.text))), None)


class _Parts:
    """The parts of one sheet, told by its hidden first column."""

    def __init__(self, file_name: str, sheet: SheetParts, mark: WorksheetMark) -> None:
        self._file_name = file_name
        self._name = sheet.sheet
        self._mark = mark
        self._rows: list[Row] = list(sheet.rows)

    def iter_parts(self) -> Iterator[ReturnedPart]:
        """Every part, from the top down."""
        for place, (number, cells) in enumerate(self._rows):
            kind, _bar, name = _hidden(cells).partition("|")
            if kind == ANSWER and name:
                yield self._answer(number, cells, name)
            elif kind in (ROWS, COLUMNS) and name:
                below = self._until_end(place + 1)
                make = self._upright if kind == ROWS else self._beside
                yield make(name, cells, below)

    def _until_end(self, place: int) -> list[Row]:
        found: list[Row] = []
        for number, cells in self._rows[place:]:
            hidden = _hidden(cells)
            if hidden == END or hidden.partition("|")[0] in (ANSWER, ROWS, COLUMNS):
                break
            found.append((number, cells))
        return found

    def _answer(self, number: int, cells: Mapping[int, Cell], name: str) -> ReturnedPart:
        """A single answer as a sheet of one row; several cells beside each other are one list."""
        filled = [cell for column, cell in sorted(cells.items()) if column >= FIRST_COLUMN]
        filled = [cell for cell in filled if not cell.is_empty]
        cell = filled[0] if filled else EMPTY_CELL
        if len(filled) > 1:
            cell = Cell(CellKind.TEXT, BETWEEN.join(shown_in_list(one) for one in filled))
        evaluation = Cell(CellKind.TEXT, self._mark.evaluation_id)
        label = cells.get(LABEL_COLUMN, EMPTY_CELL)
        row = TableRow(number, (evaluation, EMPTY_CELL, label, cell))
        headings = ("", "", "", clean_line(label.text))
        return ReturnedPart(name, self._sheet((ID_COLUMN, "", "", name), headings, [row]))

    def _upright(self, name: str, marks: Mapping[int, Cell], below: list[Row]) -> ReturnedPart:
        """A table with its rows below each other."""
        heads = below[0][1] if below else {}
        width = max((column for column, cell in marks.items() if not cell.is_empty), default=0) + 1
        names = [clean_line(_at(marks, column).text) for column in range(width)]
        names[HIDDEN_COLUMN] = ID_COLUMN
        rows = [
            TableRow(number, tuple(_at(cells, column) for column in range(width)))
            for number, cells in below[1:]
            if _is_filled(cells, names)
        ]
        headings = [clean_line(_at(heads, column).text) for column in range(width)]
        return ReturnedPart(name, self._sheet(_once(names), headings, rows))

    def _beside(self, name: str, ids: Mapping[int, Cell], below: list[Row]) -> ReturnedPart:
        """A table with its rows beside each other, turned so that they stand below each other."""
        fields = [(number, cells) for number, cells in below if _hidden(cells)]
        names = [ID_COLUMN, NUMBER, *(_hidden(cells) for _number, cells in fields)]
        headings = ["", "", *(clean_line(_at(cells, LABEL_COLUMN).text) for _number, cells in fields)]
        width = max((column for _number, cells in (*fields, (0, ids)) for column in cells), default=0) + 1
        rows = []
        for column in range(FIRST_COLUMN, min(width, FIRST_COLUMN + _MOST_BESIDE)):
            said = [_at(cells, column) for _number, cells in fields]
            row_id = _at(ids, column)
            if row_id.is_empty and all(cell.is_empty for cell in said):
                continue
            number = Cell(CellKind.NUMBER, str(column - FIRST_COLUMN + 1))
            rows.append(TableRow(column + 1, (row_id, number, *said)))
        rows_at = (0, 0, *(number for number, _cells in fields))
        return ReturnedPart(name, self._sheet(_once(names), headings, rows), rows_at)

    def _sheet(
        self, names: tuple[str, ...], headings: list[str] | tuple[str, ...], rows: list[TableRow]
    ) -> ReturnedSheet:
        mark = self._mark.of_sheet
        return ReturnedSheet(self._file_name, self._name, mark, names, tuple(headings), tuple(rows))


def _is_filled(cells: Mapping[int, Cell], names: list[str]) -> bool:
    """Whether a row says anything: the printed number and the name of a line do not."""
    return any(
        not _at(cells, column).is_empty
        for column, name in enumerate(names)
        if name and (column, name) != (NUMBER_COLUMN, NUMBER)
    )


def _once(names: list[str]) -> tuple[str, ...]:
    return tuple(name if names.index(name) == place else "" for place, name in enumerate(names))


def _hidden(cells: Mapping[int, Cell]) -> str:
    return clean_line(_at(cells, HIDDEN_COLUMN).text)


def _at(cells: Mapping[int, Cell], column: int) -> Cell:
    return cells.get(column, EMPTY_CELL)


def _newer(path: Path) -> Problem:
    return Problem(
        _("{name} was made by a newer version of COI Desktop.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("Update COI Desktop on this computer."),
        code="newer",
    )


def _mixed(path: Path) -> Problem:
    return Problem(
        _("{name} holds sheets of several evaluations.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("Take in each workbook as it was written, without sheets from another one."),
        code="mixed",
    )


def _no_marks(path: Path) -> Problem:
    return Problem(
        _("{name} holds no dialogue sheets of COI Desktop, or has lost their hidden first column.").format(
            name=path.name
        ),
        meaning=_("Nothing was changed."),
        advice=_("Make the dialogue sheets anew, and copy what was written into them."),
        code="no_marks",
    )
