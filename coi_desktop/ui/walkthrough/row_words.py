"""Rows of a guide's tables in words: what a cell shows, what a row is called where another refers to it."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.answers import Row
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import fold
from coi_desktop.models.guide import Column, Question, QuestionKind
from coi_desktop.models.guide_fields import columns_of
from coi_desktop.models.records import Record, Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.theory import arrow_name, theory_of
from coi_desktop.models.vocabulary import UNKNOWN
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.plain import one_line
from coi_desktop.ui.walkthrough.answer_editors import Options
from coi_desktop.ui.walkthrough.walk import Walk

_TEXTS = (QuestionKind.TEXT, QuestionKind.LONG_TEXT)


def references_of(walk: Walk, column: Column) -> Callable[[], Options]:
    """The rows or arrows a column of references may point at, as they are when asked for."""

    def options() -> Options:
        if column.arrows_of and walk.is_open:
            theory = theory_of(walk.loaded.answers)
            return [(arrow.id, one_line(arrow_name(theory, arrow), 80)) for arrow in theory.arrows]
        if not column.rows_of or not walk.is_open:
            return ()
        rows = walk.walkthrough.sight.rows(column.rows_of)
        question = walk.loaded.guide.question(column.rows_of)
        return [(str(row.get("id")), row_name(walk, question, row)) for row in rows]

    return options


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
    fields = columns_of(walk.loaded.guide, question)

    def cell(column: Column) -> str:
        return show_cell(walk, column, fields[column.id], row.get(column.id))

    first, *others = question.columns
    text = next((one for one in (first, *others[:2]) if one.kind in _TEXTS and cell(one)), None)
    if first.kind is QuestionKind.REFERENCE or text is None:
        named = [cell(one) for one in question.columns]
    elif first.kind is QuestionKind.CHOICE and others and text is others[0]:
        named = [cell(first), cell(text)]
    else:
        named = [cell(text)]
    return one_line(" · ".join([part for part in named if part][:2]), 80) or _("(without text)")


def show_cell(walk: Walk, column: Column, field: FieldSpec, value: Value) -> str:
    """A cell's text; references by the names of their rows."""
    if column.kind in (QuestionKind.REFERENCE, QuestionKind.REFERENCES):
        names = dict(references_of(walk, column)())
        keys = value if isinstance(value, tuple) else (() if value is None else (str(value),))
        return ", ".join(names.get(str(key), _("(no longer there)")) for key in keys)
    if field.kind is Kind.CHOICES and not field.values:
        return ""
    return show_value(field, value, walk.loaded.words)


def record_of(walk: Walk, question: Question, key: str, row: Row | None) -> Record:
    """A row as a record for a form: every column has a value, or None."""
    values = {column.id: row.get(column.id) if row is not None else None for column in question.columns}
    return Record(question.table, walk.line_place(key), values)
