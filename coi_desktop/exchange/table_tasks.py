"""What the reading child does with a file of rows: chooses the sheet and hands its filled cells over,
counted.

Messages, each a dictionary: ``sheet`` (its name and the other sheets), ``text`` (encoding, delimiter),
``rows`` (each a number and its cells as column, kind, text), ``facts`` (what stands around the cells) and
``problem`` (a word and its arguments; nothing follows).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from coi_desktop.exchange.csv_tables import LONGEST_FIELD, TextFaultError, read_text_rows
from coi_desktop.exchange.workbook_tables import SheetFacts, SheetReader, SparseRow, open_workbook
from coi_desktop.models.table_headers import ROWS_LOOKED_AT, find_header
from coi_desktop.models.tables import EMPTY_CELL, Cell, CellKind

Message = dict[str, Any]

#: All text of a table together, in characters. Repeated shared strings could otherwise fill any memory.
MOST_TEXT = 50_000_000

#: Rows are handed over in such bundles, which costs half of what one message a row does.
ROWS_IN_A_MESSAGE = 100

#: Of a workbook that is read whole, no more sheets than this.
MOST_SHEETS = 40

#: A list has no more columns than this; cells further right are counted and left.
MOST_COLUMNS = 1_000


def iter_table(arguments: Mapping[str, Any], most_cells: int) -> Iterator[Message]:
    """The messages for one file. ``arguments``: ``path``, ``reader`` (``text``, ``openpyxl`` or
    ``calamine``), ``sheet`` (empty: the one that looks most like a list) and ``known`` headings.
    """
    path = Path(arguments["path"])
    if arguments["reader"] == "text":
        yield from _iter_text(path, most_cells)
    else:
        book = open_workbook(path, arguments["reader"])
        yield from _iter_sheet(book, arguments["sheet"], frozenset(arguments["known"]), most_cells)


def iter_sheets(arguments: Mapping[str, Any], most_cells: int) -> Iterator[Message]:
    """The messages for every visible sheet of the workbook at ``path``, one after the other; each may have
    ``most_cells``.
    """
    book = open_workbook(Path(arguments["path"]), "openpyxl")
    if len(book.visible) > MOST_SHEETS:
        yield {"problem": "too_many_cells", "limit": most_cells}
        return
    for sheet in book.visible:
        yield from _iter_sheet(book, sheet, frozenset(), most_cells)


def _iter_text(path: Path, most_cells: int) -> Iterator[Message]:
    try:
        text = read_text_rows(path)
    except TextFaultError as fault:
        yield {"problem": fault.code, "line": fault.line}
        return
    yield {"text": {"encoding": text.encoding, "delimiter": text.delimiter, "replaced": text.replaced}}
    rows = (
        (number, {column: Cell(CellKind.TEXT, field) for column, field in enumerate(row) if field})
        for number, row in enumerate(text.rows, 1)
    )
    yield from _iter_rows(rows, most_cells)


def _iter_sheet(book: SheetReader, wanted: str, known: frozenset[str], most_cells: int) -> Iterator[Message]:
    sheet = _find_sheet(book, wanted) if wanted else _choose_sheet(book, known)
    if not sheet:
        yield {"problem": "no_sheet" if wanted else "no_cells", "sheets": [*book.visible, *book.hidden]}
        return
    yield {"sheet": sheet, "visible": book.visible, "hidden": book.hidden}
    facts = SheetFacts()
    yield from _iter_rows(book.iter_rows(sheet, facts), most_cells)
    yield {
        "facts": {
            "hidden_rows": facts.around.hidden_rows,
            "hidden_columns": facts.around.hidden_columns,
            "merged": facts.around.merged,
            "is_1904": facts.is_1904,
        }
    }


def _iter_rows(rows: Iterator[tuple[int, SparseRow]], most_cells: int) -> Iterator[Message]:
    count = length = 0
    waiting: list[Any] = []
    for number, cells in rows:
        count += len(cells)
        length += sum(len(cell.text) for cell in cells.values())
        if count > most_cells:
            yield {"problem": "too_many_cells", "limit": most_cells}
            return
        if length > MOST_TEXT:
            yield {"problem": "too_much_text", "limit": MOST_TEXT}
            return
        for column, cell in cells.items():
            if len(cell.text) > LONGEST_FIELD:
                yield {"problem": "long_cell", "row": number, "column": column, "limit": LONGEST_FIELD}
                return
        waiting.append([number, [[column, cell.kind, cell.text] for column, cell in cells.items()]])
        if len(waiting) == ROWS_IN_A_MESSAGE:
            yield {"rows": waiting}
            waiting = []
    yield {"rows": waiting}


def _find_sheet(book: SheetReader, wanted: str) -> str:
    names = [*book.visible, *book.hidden]
    folded = {name.strip().casefold(): name for name in names}
    return wanted if wanted in names else folded.get(wanted.strip().casefold(), "")


def _choose_sheet(book: SheetReader, known: frozenset[str]) -> str:
    """The visible sheet whose first rows look most like a list with headings; the first of equals."""
    best, best_score = "", 0.0
    for name in book.visible:
        rows = [_dense(cells) for _, cells in islice(book.iter_rows(name, SheetFacts()), ROWS_LOOKED_AT)]
        guess = find_header(rows, known)
        score = guess.score if guess is not None else 0.01 if rows else 0.0
        if score > best_score:
            best, best_score = name, score
    return best


def _dense(cells: SparseRow) -> Sequence[Cell]:
    width = min(max(cells) + 1, MOST_COLUMNS)
    return [cells.get(column, EMPTY_CELL) for column in range(width)]
