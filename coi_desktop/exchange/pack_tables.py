"""The CSV tables of a case pack: read in pieces, counted, checked as text, and made into values by column."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from coi_desktop.exchange.pack_faults import at_cell, in_file
from coi_desktop.exchange.strict_json import LONGEST_TEXT, is_safe_text
from coi_desktop.i18n import _
from coi_desktop.models.folding import clean
from coi_desktop.models.pack import CASES, EXTRA, PackTable
from coi_desktop.models.pack_cells import CellError, parse_column, parse_uuids
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary

_BATCH = 1_000
_FIRST_ROW = 2  # the header is row 1, as a spreadsheet counts


@dataclass
class TableBudget:
    """What one table may hold in rows, and all tables of a pack together in cells and bytes.

    10,000 full cases are some 700,000 cells and 47 MB. Cells cost memory by themselves: the worst that fits
    within these limits needs 270 MB.
    """

    rows: int = 100_000
    cells: int = 1_000_000
    size: int = 55_000_000


@dataclass(frozen=True)
class TableRows:
    """One table as values: the key of each row, and the rows with only the fields that are filled in."""

    table: PackTable
    keys: list[str]
    rows: list[dict[str, Value]]
    columns: tuple[str, ...]


def read_table(
    pieces: Iterable[bytes],
    table: PackTable,
    columns: tuple[str, ...],
    vocabulary: Vocabulary,
    budget: TableBudget,
) -> Generator[int, None, TableRows]:
    """Read one CSV: yields the number of rows read so far now and then, and returns the values.

    ``columns`` are those of the sender's schema, which the header must equal. Raises PackFaultError.
    """
    rows: list[list[str]] = []
    reader = csv.reader(_lines(pieces, table.path), strict=True)
    try:
        header = next(reader, None)
        if header is None or tuple(header) != columns:
            raise in_file(table.path, _("its first row is not the one the description promises"))
        while batch := list(islice(reader, _BATCH)):
            _check_batch(batch, len(columns), len(rows), table, budget)
            rows += batch
            yield len(rows)
    except csv.Error as error:
        raise in_file(table.path, _("row {row} is not written as CSV").format(row=reader.line_num)) from error
    return _as_values(rows, table, columns, vocabulary)


def _lines(pieces: Iterable[bytes], path: str) -> Iterator[str]:
    """The lines of a text in UTF-8, each checked for characters that no cell may hold."""
    decoder = codecs.getincrementaldecoder("utf-8")("strict")
    pending = ""
    is_first = True
    try:
        for piece in pieces:
            text = decoder.decode(piece)
            if is_first and text.startswith("\ufeff"):
                raise in_file(path, _("it begins with a byte order mark"))
            is_first = is_first and not text
            whole, ended, pending = (pending + text).rpartition("\n")
            if len(pending) > 200 * LONGEST_TEXT:
                raise in_file(path, _("a row is too long"))
            if not is_safe_text(whole):
                raise in_file(path, _("it holds characters that are not allowed in a pack"))
            for line in whole.split("\n") if ended else ():
                yield line + "\n"
        pending += decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise in_file(path, _("it is not text in UTF-8")) from error
    if pending:
        if not is_safe_text(pending):
            raise in_file(path, _("it holds characters that are not allowed in a pack"))
        yield pending


def _check_batch(
    batch: list[list[str]], width: int, before: int, table: PackTable, budget: TableBudget
) -> None:
    if set(map(len, batch)) != {width}:
        index = next(place for place, row in enumerate(batch) if len(row) != width)
        raise in_file(
            table.path,
            _("row {row} has {count} cells instead of {width}").format(
                row=before + index + _FIRST_ROW, count=len(batch[index]), width=width
            ),
        )
    budget.cells -= width * len(batch)
    if before + len(batch) > budget.rows or budget.cells < 0:
        raise in_file(table.path, _("it has more rows than are read"))


def _as_values(
    rows: list[list[str]], table: PackTable, columns: tuple[str, ...], vocabulary: Vocabulary
) -> TableRows:
    by_column = (
        dict(zip(columns, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(columns, ())
    )
    for name, cells in by_column.items():
        if cells and max(map(len, cells)) > LONGEST_TEXT:
            index = next(place for place, cell in enumerate(cells) if len(cell) > LONGEST_TEXT)
            raise at_cell(table.path, index + _FIRST_ROW, name, _("is longer than 32,767 characters"))
    if table.key not in by_column:
        raise in_file(table.path, _("the column “{name}” is missing").format(name=table.key))
    names: list[str] = []
    values: list[Sequence[Value]] = []
    keys: list[str] = []
    for name, cells in by_column.items():
        column = table.by_name.get(name)
        try:
            if column is None:
                continue
            if column.field is None:
                keys = parse_uuids(cells)
            else:
                names.append(name)
                values.append(parse_column(column.field, cells, vocabulary))
        except CellError as error:
            raise at_cell(table.path, error.index + _FIRST_ROW, name, _(error.reason)) from error
    made: list[dict[str, Value]] = [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in (zip(*values, strict=True) if values else [() for _key in keys])
    ]
    _add_unknown(made, {name: cells for name, cells in by_column.items() if name not in table.by_name})
    return TableRows(table, keys, made, columns)


def _add_unknown(rows: list[dict[str, Value]], unknown: dict[str, tuple[str, ...]]) -> None:
    """Columns that are not known here are kept as JSON beside the row, to be shared again."""
    for index, row in enumerate(rows if unknown else []):
        kept = {name: text for name, cells in unknown.items() if (text := clean(cells[index]))}
        if kept:
            row[EXTRA] = json.dumps(kept, sort_keys=True)


def check_cases(cases: TableRows) -> None:
    """Every case has a title, a revision and a UUID of its own, and no case is based on itself.

    Raises PackFaultError.
    """
    path = CASES.path
    if not cases.keys:
        raise in_file(path, _("there is no case in it"))
    places: dict[str, int] = {}
    for index, key in enumerate(cases.keys):
        if key in places:
            raise at_cell(path, index + _FIRST_ROW, CASES.key, _("stands twice"))
        places[key] = index
        for name in ("title", "revision"):
            if name not in cases.rows[index]:
                raise at_cell(path, index + _FIRST_ROW, name, _("is missing"))
    parents = {
        key: parent
        for key, row in zip(cases.keys, cases.rows, strict=True)
        if isinstance(parent := row.get("parent_uuid"), str) and parent in places
    }
    sound: set[str] = set()
    for start in parents:
        way: set[str] = set()
        at: str | None = start
        while at is not None and at not in sound:
            if at in way:
                raise at_cell(path, places[start] + _FIRST_ROW, "parent_uuid", _("leads back to itself"))
            way.add(at)
            at = parents.get(at)
        sound |= way


def check_children(rows: TableRows, cases: frozenset[str]) -> None:
    """Every row belongs to a case of the pack. Raises PackFaultError."""
    if not cases.issuperset(rows.keys):
        index = next(place for place, key in enumerate(rows.keys) if key not in cases)
        raise at_cell(rows.table.path, index + _FIRST_ROW, rows.table.key, _("is no case of this pack"))
