"""Rows of a guide's tables in words: what a cell shows, what a row is called where another refers to it."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.i18n import LANGUAGES
from coi_desktop.models.answers import Row
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.folding import fold
from coi_desktop.models.guide import Column, Question, QuestionKind
from coi_desktop.models.records import Record, Value
from coi_desktop.models.row_names import Options, RowNames
from coi_desktop.models.vocabulary import UNKNOWN
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.walkthrough.walk import Walk


def _names(walk: Walk) -> RowNames:
    return walk.loaded.row_names


def references_of(walk: Walk, column: Column) -> Callable[[], Options]:
    """The rows or arrows a column of references may point at, as they are when asked for."""
    return lambda: _names(walk).options(column) if walk.is_open else ()


def named_values(walk: Walk, column: Column) -> dict[str, str]:
    """What a cell may say that stands in no value list, folded, and the value that is meant: the names of
    other rows, "not known yet". The first of several rows of one name counts.
    """
    if column.kind in (QuestionKind.REFERENCE, QuestionKind.REFERENCES):
        options = references_of(walk, column)()
    elif column.unknown and not vocabulary().has(column.values, UNKNOWN):
        labels = (vocabulary().label(column.values, UNKNOWN, language) for language in LANGUAGES)
        options = [(UNKNOWN, label) for label in labels]
    else:
        return {}
    return {fold(label).strip(): key for key, label in reversed(options)}


def row_name(walk: Walk, question: Question, row: Row) -> str:
    """What a row is called: its text, with the choice before it; a row that refers to another by its first
    two cells.
    """
    return _names(walk).name(question, row)


def show_cell(walk: Walk, column: Column, field: FieldSpec, value: Value) -> str:
    """A cell's text; references by the names of their rows."""
    return _names(walk).cell(column, field, value)


def record_of(walk: Walk, question: Question, key: str, row: Row | None) -> Record:
    """A row as a record for a form: every column has a value, or None."""
    values = {column.id: row.get(column.id) if row is not None else None for column in question.columns}
    return Record(question.table, walk.line_place(key), values)
