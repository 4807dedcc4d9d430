"""Which column of a list is which field: a suggestion to be reviewed, made from headings and values together.

A heading that is known counts fully, one that holds a known heading among other words counts less, and a
column whose values do not fit the field is not taken at all. A field gets one column and a column one field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coi_desktop.models.column_values import (
    CHOICE_KINDS,
    NUMBER_KINDS,
    decide_date_order,
    decide_number_form,
    is_dash,
    parse_figure,
    parse_yes_no,
    period_of,
    shown_text,
    split_choices,
)
from coi_desktop.models.dates import parse_date
from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.folding import clean_line, words
from coi_desktop.models.handed_back import find_source
from coi_desktop.models.import_words import STATE_FIELDS, ImportWords, KeysByField, importable_fields
from coi_desktop.models.table_headers import fold_heading, squeeze
from coi_desktop.models.table_mapping import ColumnMapping, TableMapping
from coi_desktop.models.tables import Cell, CellKind, Table

_PART_SCORE = 0.6
_LATER_IN_LINE = 0.004
_MOST_OTHER_WORDS = 2
_LEAST_FITTING = 0.5
_LEAST_FITTING_WHEN_SURE = 0.2
_CELLS_LOOKED_AT = 400
_MOST_ENTRIES = 500
_SIGNS = re.compile(r"[\d\W_]+")
_NOT_OF_THE_NAME = frozenset(
    (
        "ver", "version", "kopi", "copy", "final", "endelig", "ny", "new", "uge", "week", "pr", "per",
        "opdateret", "januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september",
        "oktober", "november", "december", "january", "february", "march", "may", "june", "july", "october",
    )
)  # fmt: skip


class Unmapped(StrEnum):
    """Why a column is not read: nobody knows its heading, it is empty, another column says the same, its
    values are not what its heading promises, its heading says that its amounts are not in whole kroner, or it
    is about single persons.
    """

    UNKNOWN = "unknown"
    EMPTY = "empty"
    DOUBLED = "doubled"
    UNFITTING = "unfitting"
    OTHER_MEASURE = "other_measure"
    PERSONAL = "personal"


@dataclass(frozen=True)
class Suggestion:
    """The suggested mapping, and why each of the other columns (by place) is left out."""

    mapping: TableMapping
    unmapped: Mapping[int, Unmapped]


def suggest_mapping(table: Table, record_type: RecordType, import_words: ImportWords) -> Suggestion:
    """The best fitting field for every column. Nothing is decided here that a person could not change."""
    fields = importable_fields(record_type)
    claims: list[tuple[float, int, FieldSpec]] = []
    unmapped: dict[int, Unmapped] = {}
    seen: set[str] = set()
    for column, heading in enumerate(table.headings):
        cells = [cell for cell in table.cells(column) if not cell.is_empty]
        folded = squeeze(fold_heading(heading))
        if not cells or folded in seen:
            unmapped[column] = Unmapped.DOUBLED if cells else Unmapped.EMPTY
            continue
        seen |= {folded} - {""}
        unmapped[column] = Unmapped.UNKNOWN
        for field in fields:
            score = score_heading(heading, field, import_words)
            is_sure = score > _PART_SCORE
            if score and field.kind is Kind.MONEY and has_other_measure(heading, import_words):
                unmapped[column] = Unmapped.OTHER_MEASURE
            elif score and _fits(cells, field, import_words, is_sure=is_sure):
                claims.append((-score, column, field))
                unmapped[column] = Unmapped.DOUBLED
            elif is_sure and unmapped[column] is Unmapped.UNKNOWN:
                unmapped[column] = Unmapped.UNFITTING
    chosen: dict[int, FieldSpec] = {}
    for _score, column, field in sorted(claims, key=lambda claim: claim[:2]):
        if column not in chosen and field not in chosen.values():
            chosen[column] = field
            del unmapped[column]
    columns = tuple(
        ColumnMapping(column, table.headings[column], field.name) for column, field in sorted(chosen.items())
    )
    return Suggestion(TableMapping(columns), unmapped)


def find_unmapped(table: Table, mapping: TableMapping, suggestion: Suggestion) -> dict[int, Unmapped]:
    """Why each column is left out that ``mapping`` does not read; the suggestion for the same table knows
    why.
    """
    read = {column.column for column in mapping.columns}
    return {
        column: suggestion.unmapped.get(column, Unmapped.UNKNOWN)
        for column in range(len(table.headings))
        if column not in read
    }


def suggest_source(file_name: str) -> str:
    """A name for the list that stays when the file is saved under a new date: its name without dates and
    versions.
    """
    stem = file_name.rpartition(".")[0] or file_name
    kept = _SIGNS.sub(" ", clean_line(stem).casefold()).split()
    return " ".join(word for word in kept if len(word) > 1 and word not in _NOT_OF_THE_NAME) or "liste"


def score_heading(heading: str, field: FieldSpec, import_words: ImportWords) -> float:
    """How well a heading names a field, 0–1: a known heading near 1, one among other words at most 0.6."""
    folded = fold_heading(heading)
    if not folded:
        return 0.0
    known = import_words.headings[field.name]
    for place, candidate in enumerate(known):
        if squeeze(candidate) == squeeze(folded):
            return 1.0 - _LATER_IN_LINE * place
    found = words(heading)
    if not import_words.unfitting.isdisjoint(found):
        return 0.0
    for place, candidate in enumerate(known):
        parts = candidate.split()
        if (
            len(candidate) > 3
            and 0 < len(found) - len(parts) <= _MOST_OTHER_WORDS
            and _stands_in(parts, found)
        ):
            return _PART_SCORE - _LATER_IN_LINE * place
    return 0.0


def has_other_measure(heading: str, import_words: ImportWords) -> bool:
    """Whether a heading says that amounts are in thousands, in millions or in another currency."""
    found = words(heading)
    return not import_words.other_signs.isdisjoint(heading) or any(
        _stands_in(measure.split(), found) for measure in import_words.other_measures
    )


def _stands_in(parts: Sequence[str], found: Sequence[str]) -> bool:
    """Whether the words ``parts`` stand in a row in ``found``."""
    return any(found[start : start + len(parts)] == parts for start in range(len(found) - len(parts) + 1))


def _fits(cells: Sequence[Cell], field: FieldSpec, import_words: ImportWords, *, is_sure: bool) -> bool:
    """Whether enough of the filled cells could be values of the field; texts always can.

    Half of them, or a fifth where the heading is sure: the others are then faults of their rows.
    Choices are only looked at where the heading is not sure: an unknown choice in a column ``Status`` is for
    the user.
    """
    some = [cell for cell in cells[:_CELLS_LOOKED_AT] if not is_dash(cell)]
    unknown = (CellKind.FORMULA, CellKind.ERROR)
    if field.kind in NUMBER_KINDS:
        fitting = [
            cell.kind in (CellKind.NUMBER, *unknown)
            or (cell.kind is CellKind.TEXT and parse_figure(field, cell.text).is_number)
            for cell in some
        ]
    elif field.kind is Kind.DATE:
        fitting = [
            cell.kind in (CellKind.DATE, *unknown)
            or (cell.kind in (CellKind.TEXT, CellKind.NUMBER) and _is_date(cell.text, field))
            for cell in some
        ]
    elif field.kind is Kind.YES_NO:
        fitting = [cell.kind in unknown or parse_yes_no(cell) is not None for cell in some]
    elif field.kind in CHOICE_KINDS and not is_sure:
        entries = find_entries(field, some)
        fitting = [bool(import_words.find_keys(field, entry)) for entry in entries]
    else:
        return True
    return sum(fitting) >= (_LEAST_FITTING_WHEN_SURE if is_sure else _LEAST_FITTING) * len(fitting)


def _is_date(text: str, field: FieldSpec) -> bool:
    period = period_of(field)
    return any(parse_date(text, order=order, period=period) is not None for order in ("dmy", "mdy", "ymd"))


def resolve_mapping(
    table: Table, mapping: TableMapping, record_type: RecordType, import_words: ImportWords
) -> TableMapping:
    """``mapping`` with everything that the values of this table decide filled in.

    The name of the list, the form of numbers and the order of dates where the mapping leaves them open, and
    the choices that entries stand for where it does not name them. A word that says several things says only
    those that no other column says.
    """
    taken = {column.field for column in mapping.columns}
    resolved: list[ColumnMapping] = []
    for column in mapping.columns:
        field = record_type.field(column.field)
        cells = table.cells(column.column)
        if field.kind in NUMBER_KINDS and not column.number_form:
            column = replace(column, number_form=decide_number_form(field, cells))
        elif field.kind is Kind.DATE and not column.date_order:
            column = replace(column, date_order=decide_date_order(cells))
        elif field.kind in CHOICE_KINDS:
            others = taken - {column.field}
            suggested = _suggest_choices(field, cells, import_words, others)
            column = replace(column, choices={**suggested, **column.choices})
        resolved.append(column)
    return replace(mapping, columns=tuple(resolved), source=name_list(table, mapping.source))


def name_list(table: Table, given: str = "") -> str:
    """The name of the list that external ids belong to: what handed-back rows say, a ``given`` one, the
    file's.
    """
    return find_source(table) or given or suggest_source(table.file_name)


def _suggest_choices(
    field: FieldSpec, cells: Sequence[Cell], import_words: ImportWords, others: set[str]
) -> dict[str, KeysByField]:
    suggested: dict[str, KeysByField] = {}
    for entry in find_entries(field, cells):
        keys = import_words.find_keys(field, entry)
        if field.name in STATE_FIELDS:
            keys = {name: key for name, key in keys.items() if name not in others}
        if keys:
            suggested[entry] = keys
    return suggested


def find_entries(field: FieldSpec, cells: Sequence[Cell]) -> list[str]:
    """The different entries of a choice column as written, in the order they come (at most 500)."""
    entries: dict[str, None] = {}
    for cell in cells:
        if cell.is_empty or is_dash(cell) or cell.kind in (CellKind.ERROR, CellKind.FORMULA):
            continue
        text = clean_line(shown_text(cell))
        entries.update(dict.fromkeys(split_choices(text) if field.kind is Kind.CHOICES else (text,)))
        if len(entries) > _MOST_ENTRIES:
            break
    return list(entries)[:_MOST_ENTRIES]
