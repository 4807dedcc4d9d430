"""A whole set of answers entered at once, as scripts give them: by question, rows and lines named in words.

Values are what people type or what TOML and JSON hold. A row is told by what names it – its text, or what it
refers to with its date – so that entering the same answers twice changes nothing. It is one step, or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from coi_desktop.errors import Problem
from coi_desktop.i18n import LANGUAGES, N_, _
from coi_desktop.models.answers import Answer
from coi_desktop.models.changes import Op
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import fold
from coi_desktop.models.guide import Column, Guide, Question, QuestionKind
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.guide_fields import columns_of, field_of
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.models.typed_values import find_key, parse_typed
from coi_desktop.models.vocabulary import UNKNOWN, UNKNOWN_LIST, Vocabulary
from coi_desktop.operations.answer_writing import check_answer, put_answer, put_line, put_row, set_column
from coi_desktop.operations.answering import change_evaluation
from coi_desktop.operations.automatic_answers import first_values
from coi_desktop.operations.library import guide, words_of
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

ENTER = Op("evaluation.enter", N_("Enter answers"))

#: Columns that tell rows of one name apart, where a row has them.
_APART = ("year", "series", "subgroup")
_TEXTS = (QuestionKind.TEXT, QuestionKind.LONG_TEXT)

#: Answers by question id; ``step.question#own`` is the own text beside chosen keys.
Given = Mapping[str, Any]


def enter_answers(register: Register, evaluation_id: str, given: Given, *, source: str = "") -> int:
    """Enter answers and return how many questions were given one.

    A table takes a list of rows (tables of columns; ``id`` names an existing row), a grid a table of lines.
    Raises Problem ``no_such_question``, ``bad_value``, ``not_an_answer`` or ``no_such_row``; then nothing is
    changed. KeyError when there is no such evaluation.
    """
    entry = _Entry(register, evaluation_id)
    answers = sorted(given.items(), key=lambda pair: entry.place(pair[0]))

    def enter(writer: Writer) -> int:
        for question_id, raw in answers:
            entry.enter(writer, question_id, raw)
        return len(answers)

    return change_evaluation(register, ENTER, evaluation_id, enter, source=source)


class _Entry:
    """Reads what was given by the guide and the words of a register, and puts it where it belongs."""

    def __init__(self, register: Register, evaluation_id: str) -> None:
        self._register = register
        self._evaluation = register.get("evaluation", evaluation_id)
        self._guide: Guide = guide("evaluation")
        self._words: Vocabulary = words_of(register)
        self._order = list(self._guide.by_id)

    def place(self, question_id: str) -> int:
        """The place of a question in the guide. Problem ``no_such_question``."""
        name = self._guide.id_now(question_id.partition("#")[0])
        if name not in self._guide.by_id:
            raise Problem(
                _("The guide has no question “{name}”.").format(name=question_id[:80]),
                meaning=_("Nothing was changed."),
                advice=_("They are called step.question, as in purpose.purposes; “eval show” lists them."),
                code="no_such_question",
            )
        return self._order.index(name)

    def enter(self, writer: Writer, question_id: str, raw: Any) -> None:
        """Put what was given for one question."""
        name, _hash, part = question_id.partition("#")
        question = self._guide.question(name)
        if question.kind is QuestionKind.ROWS:
            self._put_rows(writer, question, raw)
        elif question.kind is QuestionKind.GRID:
            self._put_lines(writer, question, raw)
        else:
            value = self._answer(question, raw, part)
            check_answer(question, value if part == "" else None)
            put_answer(writer, self._evaluation.id, question, value, part)

    # Single answers

    def _answer(self, question: Question, raw: Any, part: str) -> Answer:
        label = self._guide.words().label(question.id)
        if part:
            return None if raw in (None, "") else str(raw)
        field = field_of(question, question.id, label)
        if question.none_yet is not None and raw == NONE_YET:
            return NONE_YET
        if question.until is not None:
            return self._period(field, raw)
        return self._value(field, raw, unknown=question.unknown)

    def _period(self, field: FieldSpec, raw: Any) -> Answer:
        ends = raw.split("..") if isinstance(raw, str) else raw
        if isinstance(ends, Mapping):
            ends = [ends.get("from"), ends.get("to")]
        if ends in (None, ""):
            return (None, None)
        if not isinstance(ends, Sequence) or len(ends) != 2:
            raise _bad(field.label(), raw, _("Write a period as two dates: 2026-01-01..2026-06-30."))
        first, last = (self._value(field, end) for end in ends)
        return (first, last)

    def _value(self, field: FieldSpec, raw: Any, *, unknown: bool = False) -> Value:
        """What was given as a value of a field, whether it was typed or held by TOML or JSON."""
        if raw is None or raw == "":
            return None
        if field.kind in (Kind.CHOICES, Kind.RANK) and isinstance(raw, list):
            return tuple(dict.fromkeys(find_key(field, str(one), self._words) for one in raw))
        if unknown and isinstance(raw, str) and fold(raw) in self._unknown_words:
            return UNKNOWN
        if isinstance(raw, bool):
            return parse_typed(field, "ja" if raw else "nej", self._words)
        if isinstance(raw, date) and field.kind is Kind.DATE:
            return raw
        if isinstance(raw, (int, Decimal, float)) and field.kind in (Kind.NUMBER, Kind.MONEY):
            return Decimal(str(raw))
        if isinstance(raw, int) and field.kind is Kind.INTEGER:
            return raw
        if isinstance(raw, (str, int, Decimal)):
            return parse_typed(field, str(raw), self._words)
        raise _bad(field.label(), raw, _("Write a text, a number, a date or a list of choices."))

    @property
    def _unknown_words(self) -> set[str]:
        words = [self._words.label(UNKNOWN_LIST, UNKNOWN, language) for language in LANGUAGES]
        return {fold(UNKNOWN), *map(fold, words)}

    # Rows

    def _put_rows(self, writer: Writer, question: Question, raw: Any) -> None:
        rows = [raw] if isinstance(raw, Mapping) else raw
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            raise _bad(self._guide.words().label(question.id), raw, _("A table takes a list of rows."))
        waiting: list[tuple[str, Column, Any]] = []
        for row in map(question.renamed, rows):
            row_id = self._put_row(writer, question, row)
            waiting += [(row_id, column, row[column.id]) for column in _linked(question) if column.id in row]
        # Rows of one table may point at each other: first all of them, then what they point at.
        for row_id, column, names in waiting:
            ends = tuple(self._row_id(writer, column, name) for name in _listed(names))
            set_column(writer, question, row_id, column, ends)

    def _put_row(self, writer: Writer, question: Question, row: Mapping[str, Any]) -> str:
        values = dict(self._columns(writer, question, row))
        row_id = str(row["id"]) if "id" in row else self._same_row(writer, question, values)
        if row_id is None:
            first = first_values(self._register, self._evaluation.id, question.table)
            return put_row(writer, self._evaluation, question, {**first, **values})
        if row_id not in self._rows_of(writer, question):
            raise _no_row(self._guide.words().label(question.id), row_id)
        for name, value in values.items():
            set_column(writer, question, row_id, question.column(name), value)
        return row_id

    def _columns(
        self, writer: Writer, question: Question, row: Mapping[str, Any]
    ) -> Iterator[tuple[str, Value]]:
        fields = columns_of(self._guide, question)
        for name, raw in row.items():
            if name == "id" or (name == question.by and question.kind is QuestionKind.GRID):
                continue
            if name not in fields:
                label = self._guide.words().label(question.id)
                raise _bad(label, name, _("Its columns are: {names}.").format(names=", ".join(fields)))
            column = question.column(name)
            if column.kind is QuestionKind.REFERENCES:
                continue
            if column.kind is QuestionKind.REFERENCE:
                value: Value = None if raw in (None, "") else self._row_id(writer, column, raw)
            else:
                value = self._value(fields[name], raw, unknown=column.unknown)
            check_answer(column, value)
            yield name, value

    def _same_row(self, writer: Writer, question: Question, values: Mapping[str, Value]) -> str | None:
        """The row that goes by the same name: by its text, or by what it refers to and its date."""
        naming = [name for name in _naming(question) if values.get(name) is not None]
        if not naming:
            return None
        for row_id in self._rows_of(writer, question):
            stored = writer.get(question.table, row_id)
            if all(_alike(stored[name], values[name]) for name in naming):
                return row_id
        return None

    def _rows_of(self, writer: Writer, question: Question) -> list[str]:
        kind = record_type(question.table)
        if kind.parent_type == "evaluation":
            return writer.find_child_ids(question.table, self._evaluation.id)
        if kind.parent_type == "initiative":
            found = writer.find_child_ids(question.table, self._evaluation.text("initiative_id"))
            here = self._evaluation.id
            return [one for one in found if writer.get(question.table, one)["evaluation_id"] == here]
        owners = writer.find_child_ids(kind.parent_type, self._evaluation.id)
        return [one for owner in owners for one in writer.find_child_ids(question.table, owner)]

    def _row_id(self, writer: Writer, column: Column, name: Any) -> str:
        return self._row_named(writer, column.rows_of, str(name))

    def _row_named(self, writer: Writer, question_id: str, name: str) -> str:
        """The row of a table that goes by a name, or by its id. Problem ``no_such_row``."""
        source = self._guide.question(question_id)
        ids = self._rows_of(writer, source)
        if name in ids:
            return name
        naming = next((one.id for one in source.columns if one.kind in _TEXTS), source.columns[0].id)
        found = [one for one in ids if fold(str(writer.get(source.table, one)[naming] or "")) == fold(name)]
        if not found:
            raise _no_row(self._guide.words().label(source.id), name)
        return found[0]

    # Lines

    def _put_lines(self, writer: Writer, question: Question, raw: Any) -> None:
        if not isinstance(raw, Mapping) or not all(isinstance(line, Mapping) for line in raw.values()):
            label = self._guide.words().label(question.id)
            raise _bad(label, raw, _("It takes a table of lines, each with its columns."))
        for name, columns in ((key, question.renamed(line)) for key, line in raw.items()):
            line = self._line(writer, question, str(name))
            for column_id, value in self._columns(writer, question, columns):
                put_line(writer, self._evaluation.id, question, line, question.column(column_id), value)
            for column in _linked(question):
                if column.id in columns:
                    ends = tuple(self._row_id(writer, column, one) for one in _listed(columns[column.id]))
                    put_line(writer, self._evaluation.id, question, line, column, ends)

    def _line(self, writer: Writer, question: Question, name: str) -> str:
        if question.values:
            label = self._guide.words().label(question.id)
            field = FieldSpec(question.by, Kind.CHOICE, label, label, values=question.values)
            return find_key(field, name, self._words)
        return self._row_named(writer, question.lines_from, name)


def read_questions(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The answers in a parsed file of two levels: ``[step]`` with ``question = …``. Problem ``bad_value``."""
    given: dict[str, Any] = {}
    for step, questions in tree.items():
        if not isinstance(questions, Mapping):
            raise _bad(step, questions, _("A file of answers has a table for each step of the guide."))
        for name, value in questions.items():
            given[f"{step}.{name}"] = value
    return given


def _naming(question: Question) -> list[str]:
    """The columns by which a row is the same one."""
    named = [column.id for column in question.columns[:3] if column.kind in _TEXTS][:1]
    if not named:
        kinds = (QuestionKind.REFERENCE, QuestionKind.DATE)
        named = [one.id for one in question.columns if one.kind in kinds and one.required]
    if not named:
        named = [question.columns[0].id]
    return [*named, *(one.id for one in question.columns if one.id in _APART)]


def _linked(question: Question) -> list[Column]:
    """The columns that point at several rows."""
    return [column for column in question.columns if column.kind is QuestionKind.REFERENCES]


def _alike(stored: Value, given: Value) -> bool:
    if isinstance(stored, str) and isinstance(given, str):
        return fold(stored) == fold(given)
    return stored == given


def _listed(names: Any) -> list[Any]:
    if isinstance(names, str):
        return [one.strip() for one in names.split(";") if one.strip()]
    return list(names or ())


def _bad(label: str, raw: Any, advice: str) -> Problem:
    return Problem(
        _("“{text}” is no value of “{field}”.").format(text=str(raw)[:80], field=label),
        meaning=_("Nothing was changed."),
        advice=advice,
        code="bad_value",
    )


def _no_row(table: str, name: str) -> Problem:
    return Problem(
        _("There is no row “{name}” in “{table}”.").format(name=name[:80], table=table),
        meaning=_("Nothing was changed."),
        advice=_("Give it a row there first, or write its name as it stands there."),
        code="no_such_row",
    )
