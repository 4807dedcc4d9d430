"""What a table with measurements or answers looks like: its real headings, its shape, and its columns.

Nothing is decided here that a person could not change before anything is taken in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from coi_desktop.models.answer_sets import is_open_question, labels_of, suggest_choices
from coi_desktop.models.column_values import DATE_ORDERS, parse_yes_no
from coi_desktop.models.dates import parse_date
from coi_desktop.models.folding import clean_line, fold, words
from coi_desktop.models.heading_match import Suggestion, Unmapped
from coi_desktop.models.measure_mapping import (
    AFTER,
    BEFORE,
    MeasureMapping,
    Shape,
    field_of_day,
    is_coded,
    part_of,
)
from coi_desktop.models.measure_words import JOINED, MeasureWords
from coi_desktop.models.personal_columns import PersonalColumn, find_personal_columns
from coi_desktop.models.records import Record
from coi_desktop.models.table_mapping import ColumnMapping, TableMapping
from coi_desktop.models.tables import Cell, CellKind, Table
from coi_desktop.models.text import parse_minutes, parse_money, parse_number

_LEAST_FITTING = 0.5
_FEWEST_ANSWERS = 10
_SHARED_WORDS = 0.6
_OF_ROUNDS = {BEFORE: ("foer", "before", "pre"), AFTER: ("efter", "after", "post")}


@dataclass(frozen=True)
class MeasureTable:
    """A table made ready: headings that stood in two rows are one, and what its columns are about is known.

    ``days`` are the dates that stand as headings, by column.
    """

    table: Table
    personal: tuple[PersonalColumn, ...]
    days: Mapping[int, date]

    @property
    def personal_places(self) -> frozenset[int]:
        """The columns that are never read."""
        return frozenset(one.column for one in self.personal)


@dataclass(frozen=True)
class MeasureSuggestion:
    """A mapping to be reviewed, and why each of the other columns (by place) is left out."""

    mapping: MeasureMapping
    unmapped: Mapping[int, Unmapped]

    @property
    def columns(self) -> Suggestion:
        """The same as any list suggests its columns."""
        return Suggestion(self.mapping.table, self.unmapped)


def prepare_table(table: Table, indicators: Sequence[Record], known: MeasureWords) -> MeasureTable:
    """The table with one row of headings, its personal columns, and the dates among its headings."""
    table = join_headings(table, known)
    names = {_folded(one.text("name")) for one in indicators}
    personal = find_personal_columns(table, known, lambda text: _folded(text) in names)
    days = {
        column: day
        for column, heading in enumerate(table.headings)
        if (day := read_day(Cell(CellKind.TEXT, heading))) is not None
    }
    return MeasureTable(table, personal, MappingProxyType(days))


def read_day(cell: Cell) -> date | None:
    """The day of a cell or heading in any Danish or English form; of a week, month or quarter the last."""
    if cell.kind is CellKind.DATE:
        return cell.day
    if cell.kind not in (CellKind.TEXT, CellKind.NUMBER):
        return None
    found = (parse_date(cell.text, order=order, period="end") for order in DATE_ORDERS)
    return next((day for day in found if day is not None), None)


def join_headings(table: Table, known: MeasureWords) -> Table:
    """The table with a second row of headings (a questionnaire's texts below its names) joined to the first.

    Such a row holds texts only, none of which comes again below, over columns whose answers do.
    """
    if len(table.rows) < 2 or not _is_second(table, known):
        return table
    second, *rest = table.rows
    headings = tuple(
        _joined(first, clean_line(cell.text))
        for first, cell in zip(table.headings, second.cells, strict=True)
    )
    return replace(table, headings=headings, rows=tuple(rest), header_row=second.row_number)


def _is_second(table: Table, known: MeasureWords) -> bool:
    first, rest = table.rows[0], table.rows[1:]
    texts = {column: clean_line(cell.text) for column, cell in enumerate(first.cells) if not cell.is_empty}
    if len(texts) < 2 or 2 * len(texts) < len(table.headings):
        return False
    if any(
        first.cells[column].kind is not CellKind.TEXT or _is_value(text, known)
        for column, text in texts.items()
    ):
        return False
    come_again = False
    for column, text in texts.items():
        below = labels_of(row.cells[column] for row in rest)
        if text in below:
            return False
        come_again = come_again or (sum(below.values()) > len(below) > 0)
    return come_again


def _is_value(text: str, known: MeasureWords) -> bool:
    """Whether a text is rather an answer or a value than a heading."""
    return (
        text[:1].isdigit()
        or known.is_answer(text)
        or parse_number(text).is_number
        or parse_money(text).is_number
        or parse_minutes(text) is not None
        or parse_yes_no(Cell(CellKind.TEXT, text)) is not None
        or read_day(Cell(CellKind.TEXT, text)) is not None
    )


def _joined(first: str, second: str) -> str:
    if not first or not second or _folded(first) == _folded(second):
        return first or second
    return f"{first}{JOINED}{second}"


def suggest_measures(
    ready: MeasureTable, indicators: Sequence[Record], known: MeasureWords, shape: Shape | None = None
) -> MeasureSuggestion:
    """The shape (unless it is given) and what each column is, by headings and what stands below them."""
    by_heading = _match_headings(ready, indicators, known)
    shape = shape or _guess_shape(ready, by_heading, indicators, known)
    columns = (
        _columns_of_answers(ready, by_heading, indicators, known)
        if shape == "answers"
        else _columns_of_rows(ready, by_heading, indicators, known)
    )
    read = {column.column for column in columns}
    unmapped = {
        column: _why(ready, column) for column in range(len(ready.table.headings)) if column not in read
    }
    return MeasureSuggestion(MeasureMapping(shape, TableMapping(tuple(columns))), unmapped)


def _why(ready: MeasureTable, column: int) -> Unmapped:
    if column in ready.personal_places:
        return Unmapped.PERSONAL
    is_empty = all(cell.is_empty for cell in ready.table.cells(column))
    return Unmapped.EMPTY if is_empty else Unmapped.UNKNOWN


def _match_headings(
    ready: MeasureTable, indicators: Sequence[Record], known: MeasureWords
) -> dict[int, tuple[str, str]]:
    """The indicator that a heading names, and the round it speaks of (``before``, ``after`` or nothing)."""
    found: dict[int, tuple[str, str]] = {}
    names = {one.id: words(one.text("name")) for one in indicators if one.text("measure") != "sign"}
    for column, heading in enumerate(ready.table.headings):
        if column in ready.personal_places or column in ready.days or known.meaning(heading):
            continue
        said = words(heading)
        in_round = next((part for part, ends in _OF_ROUNDS.items() if not set(ends).isdisjoint(said)), "")
        scored = [(_shared(said, name), one) for one, name in names.items() if name]
        score, best = max(scored, default=(0.0, ""), key=lambda one: one[0])
        if score >= _SHARED_WORDS:
            found[column] = (best, in_round)
    return found


def _shared(said: Sequence[str], name: Sequence[str]) -> float:
    """The share of an indicator's words that a heading says, 0–1."""
    return sum(word in said for word in name) / len(name)


def _guess_shape(
    ready: MeasureTable,
    by_heading: Mapping[int, tuple[str, str]],
    indicators: Sequence[Record],
    known: MeasureWords,
) -> Shape:
    """Answers where the columns are indicators and the rows are many people rather than one row a date."""
    meanings = {known.meaning(heading) for heading in ready.table.headings}
    if ready.days or (by_heading == {} and not meanings & {"key", "round"}):
        return "rows"
    if _names_column(ready, indicators) is not None and "value" in meanings:
        return "rows"
    by_id = {one.id: one for one in indicators}
    for column, (indicator_id, in_round) in by_heading.items():
        labels = labels_of(ready.table.cells(column))
        is_words = any(not parse_number(label).is_number for label in labels)
        if in_round or (labels and is_words and is_coded(by_id[indicator_id])):
            return "answers"
    dates = [
        column for column, heading in enumerate(ready.table.headings) if known.meaning(heading) == "date"
    ]
    for column in dates:
        days = [read_day(cell) for cell in ready.table.cells(column) if not cell.is_empty]
        if days and len(set(days)) == len(days):
            return "rows"
    return "answers" if len(ready.table.rows) >= _FEWEST_ANSWERS or "key" in meanings else "rows"


def _names_column(ready: MeasureTable, indicators: Sequence[Record]) -> int | None:
    """The column whose entries are mostly names of indicators."""
    names = {_folded(one.text("name")) for one in indicators}
    for column in range(len(ready.table.headings)):
        filled = [cell for cell in ready.table.cells(column) if not cell.is_empty]
        hits = sum(_folded(cell.text) in names for cell in filled)
        if filled and hits >= _LEAST_FITTING * len(filled) and column not in ready.personal_places:
            return column
    return None


def _columns_of_rows(
    ready: MeasureTable,
    by_heading: Mapping[int, tuple[str, str]],
    indicators: Sequence[Record],
    known: MeasureWords,
) -> list[ColumnMapping]:
    headings = ready.table.headings
    fields: dict[int, str] = {}
    named = _names_column(ready, indicators)
    if named is not None:
        fields[named] = "indicator"
    for column, heading in enumerate(headings):
        meaning = known.meaning(heading)
        is_free = column not in fields and column not in ready.personal_places
        if is_free and meaning and meaning not in ("key", "round") and meaning not in fields.values():
            fields[column] = meaning
    if "value" not in fields.values():
        if named is not None or len(indicators) == 1:
            fields |= {
                column: field_of_day(day) for column, day in ready.days.items() if column not in fields
            }
        taken: set[str] = set()
        for column, (indicator_id, _in_round) in by_heading.items():
            if column not in fields and indicator_id not in taken and named is None:
                fields[column] = f"value:{indicator_id}"
                taken.add(indicator_id)
    return [ColumnMapping(column, headings[column], name) for column, name in sorted(fields.items())]


def _columns_of_answers(
    ready: MeasureTable,
    by_heading: Mapping[int, tuple[str, str]],
    indicators: Sequence[Record],
    known: MeasureWords,
) -> list[ColumnMapping]:
    table = ready.table
    by_id = {one.id: one for one in indicators}
    fields: dict[int, str] = {}
    for column, (indicator_id, in_round) in by_heading.items():
        name = f"{in_round or 'answer'}:{indicator_id}"
        is_open = is_open_question(labels_of(table.cells(column))) and is_coded(by_id[indicator_id])
        if name not in fields.values() and not is_open:
            fields[column] = name
    for column, heading in enumerate(table.headings):
        meaning = known.meaning(heading)
        is_free = column not in fields and column not in ready.personal_places
        if is_free and meaning in ("date", "subgroup", "key", "round") and meaning not in fields.values():
            fields[column] = meaning
    columns = []
    for column, name in sorted(fields.items()):
        choices = choices_of(name, table.cells(column), by_id, known)
        columns.append(ColumnMapping(column, table.headings[column], name, choices=choices))
    return columns


def choices_of(
    name: str, cells: Sequence[Cell], indicators: Mapping[str, Record], known: MeasureWords
) -> Mapping[str, Mapping[str, str]]:
    """What the answers of a column stand for, as far as it is known, in the form of a mapping."""
    _part, indicator_id = part_of(name)
    if indicator_id:
        found = suggest_choices(indicators[indicator_id], cells, known)
    elif name == "round":
        found = {label: key for label in labels_of(cells) if (key := known.answer(label)) in (BEFORE, AFTER)}
    else:
        found = {}
    return MappingProxyType({text: MappingProxyType({name: key}) for text, key in found.items()})


def _folded(text: str) -> str:
    return fold(clean_line(text)).strip()
