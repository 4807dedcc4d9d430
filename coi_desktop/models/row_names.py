"""Rows of a guide's tables in words: what a row is called where another refers to it, what a cell shows."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.i18n import _, current_language
from coi_desktop.models.answers import Answers, Row
from coi_desktop.models.chart_figures import group_name
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import clean_line
from coi_desktop.models.guide import Column, Guide, Question, QuestionKind
from coi_desktop.models.guide_answers import answer_to
from coi_desktop.models.guide_fields import columns_of
from coi_desktop.models.points import COMPARISON
from coi_desktop.models.records import Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.theory import arrow_name, theory_of
from coi_desktop.models.vocabulary import Vocabulary

_TEXTS = (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
_REFERENCES = (QuestionKind.REFERENCE, QuestionKind.REFERENCES)
_LONGEST = 80

#: Keys and words to choose from.
Options = Sequence[tuple[str, str]]


class RowNames:
    """Names for the rows among these answers, in the language spoken when they are asked for."""

    def __init__(self, guide: Guide, answers: Answers, words: Vocabulary) -> None:
        self._guide = guide
        self._answers = answers
        self._words = words
        self._fields: dict[tuple[str, str], dict[str, FieldSpec]] = {}
        self._named: dict[tuple[str, str], dict[str, str]] = {}

    def rows(self, question: Question) -> tuple[Row, ...]:
        """The rows of a table, whether it is shown or not."""
        answer = answer_to(question, self._answers)
        return tuple(row for row in answer if isinstance(row, dict)) if isinstance(answer, tuple) else ()

    def options(self, column: Column) -> Options:
        """The rows or arrows that a column of references may point at, by their ids."""
        if column.arrows_of:
            theory = theory_of(self._answers)
            return [(arrow.id, _cut(arrow_name(theory, arrow))) for arrow in theory.arrows]
        if not column.rows_of:
            return ()
        question = self._guide.question(column.rows_of)
        return [(str(row.get("id")), self.name(question, row)) for row in self.rows(question)]

    def name(self, question: Question, row: Row) -> str:
        """What a row is called: its text, with the choice before it; a row that refers to another by its
        first two cells.
        """
        fields = self._columns(question)

        def cell(column: Column) -> str:
            return self.cell(column, fields[column.id], row.get(column.id))

        first, *others = question.columns
        text = next((one for one in (first, *others[:2]) if one.kind in _TEXTS and cell(one)), None)
        if first.kind is QuestionKind.REFERENCE or text is None:
            named = [cell(one) for one in question.columns]
        elif first.kind is QuestionKind.CHOICE and others and text is others[0]:
            named = [cell(first), cell(text)]
        else:
            named = [cell(text)]
        named = [part for part in named if part][:2]
        if named and question.table == "measurement":
            named.insert(1, self.round_of(row))
        return _cut(" · ".join(part for part in named if part)) or _("(without text)")

    def round_of(self, row: Row) -> str:
        """What tells a measurement from others of its indicator and day: the group, and the comparison."""
        group, series = row.get("subgroup"), row.get("series")
        parts = [group_name(str(group))] if group else []
        if series == COMPARISON:
            parts.append(self._words.label("series", COMPARISON).lower())
        return " · ".join(parts)

    def cell(self, column: Column, field: FieldSpec, value: Value) -> str:
        """A cell's text; references by the names of their rows."""
        if column.kind in _REFERENCES:
            names = self._names(column)
            keys = value if isinstance(value, tuple) else (() if value is None else (str(value),))
            return ", ".join(names.get(str(key), _("(no longer there)")) for key in keys)
        if field.kind is Kind.CHOICES and not field.values:
            return ""
        return show_value(field, value, self._words)

    def _columns(self, question: Question) -> dict[str, FieldSpec]:
        """The columns of a table, worked out once: a table may have many rows."""
        key = (current_language(), question.id)
        if key not in self._fields:
            self._fields[key] = columns_of(self._guide, question)
        return self._fields[key]

    def _names(self, column: Column) -> dict[str, str]:
        """What a column of references may point at, worked out once."""
        key = (current_language(), column.rows_of or column.arrows_of)
        if key not in self._named:
            self._named[key] = dict(self.options(column))
        return self._named[key]


def _cut(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
