"""What a guide's questions hold now: answers read from where they are stored, hidden ones left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from coi_desktop.models.answers import Answer, Answers, Row, is_answered, number_of
from coi_desktop.models.conditions import Condition, Lookup, holds, is_question
from coi_desktop.models.guide import TABLES, Asked, Column, Guide, Question, QuestionKind
from coi_desktop.models.records import Value

#: The answer "no date yet" to a question for a date.
NONE_YET = "none_yet"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a grid: the key or record id that names it, its stored row (None: not made yet)."""

    key: str
    row: Row | None
    is_required: bool


class Sight:
    """The answers as the conditions of a guide see them: a hidden question answers nothing.

    Everything is worked out once; for changed answers make a new one.
    """

    def __init__(self, guide: Guide, answers: Answers) -> None:
        self.guide = guide
        self.answers = answers
        self._answers: dict[str, Answer] = {}
        self._visible: dict[str, bool] = {}

    def answer(self, question_id: str) -> Answer:
        """The answer to a question, None while it is hidden."""
        if question_id not in self._answers:
            question = self.guide.question(question_id)
            self._answers[question_id] = (
                answer_to(question, self.answers) if self.is_visible(question) else None
            )
        return self._answers[question_id]

    def is_visible(self, question: Question) -> bool:
        """Whether the conditions of the question and its step hold."""
        found = self._visible.get(question.id)
        if found is None:
            step = self.guide.step(question.step_id)
            found = self._visible[question.id] = self.fulfils(step.when) and self.fulfils(question.when)
        return found

    def fulfils(self, condition: Condition | None, row: Mapping[str, Value] | None = None) -> bool:
        """Whether a condition holds, in a row of a table where there is one; None always does."""
        return condition is None or holds(condition, self._within(row))

    def is_lifted(self, asked: Asked, row: Mapping[str, Value] | None = None) -> bool:
        """Whether the demand for an answer is lifted."""
        return asked.unless is not None and holds(asked.unless, self._within(row))

    def rows(self, question_id: str) -> tuple[Row, ...]:
        """The rows of a table question; none while it is hidden."""
        answer = self.answer(question_id)
        is_table = self.guide.question(question_id).kind in TABLES
        return cast("tuple[Row, ...]", answer) if is_table and isinstance(answer, tuple) else ()

    def lines(self, question: Question, depth: str) -> tuple[Line, ...]:
        """The lines of a grid, in order; rows with a key beyond the given lines follow as further lines."""
        rows = {row.get(question.by): row for row in reversed(self.rows(question.id))}
        all_required = self.guide.is_reached(question.all_lines, depth)
        sources = self._sources(question)
        keys = question.line_keys or tuple(sources)
        lines = [
            Line(key, rows.pop(key, None), all_required or self._is_chosen(question, sources.get(key)))
            for key in keys
        ]
        lines += [Line(key, row, all_required) for key, row in reversed(rows.items()) if isinstance(key, str)]
        return tuple(lines)

    def _sources(self, question: Question) -> dict[str, Row]:
        """The rows that lines are taken from, by what names the line there."""
        if not question.lines_from:
            return {}
        source = self.guide.question(question.lines_from)
        named_by = source.by if question.line_keys else "id"
        return {str(row[named_by]): row for row in self.rows(source.id) if row.get(named_by) is not None}

    def _is_chosen(self, question: Question, source: Row | None) -> bool:
        return question.lines_from != "" and source is not None and self.fulfils(question.lines_where, source)

    def _within(self, row: Mapping[str, Value] | None) -> Lookup:
        if row is None:
            return self.answer
        return lambda subject: self.answer(subject) if is_question(subject) else row.get(subject)


def answer_to(question: Question, answers: Answers) -> Answer:
    """The stored answer to a question, whether it is shown or not.

    Tables give their rows, with the ids behind a column of references under its name; a ranking the keys in
    order; a period its two ends; a date that is not known NONE_YET; a box that is not ticked nothing.
    """
    if question.kind in TABLES:
        rows = answers.rows(question.table)
        linked = [column for column in question.columns if column.link is not None]
        return tuple(_with_links(linked, row, answers) for row in rows) if linked else tuple(rows)
    place = question.place
    if place is None:
        return None
    if question.order is not None:
        return _ranking(answers, place.table, place.field, question.order.field)
    stored = answers.single(place.table).get(place.field)
    if question.until is not None:
        until = answers.single(question.until.table).get(question.until.field)
        return (stored, until)
    if question.none_yet is not None and stored is None:
        return NONE_YET if answers.single(question.none_yet.table).get(question.none_yet.field) else None
    if question.own is not None:
        own = answers.single(question.own.table).get(question.own.field)
        chosen = stored if isinstance(stored, tuple) else ()
        return (*chosen, own) if isinstance(own, str) and own.strip() else chosen or None
    if question.kind is QuestionKind.TICK:
        return True if stored is True else None
    return stored


def is_filled(asked: Asked, answer: Answer) -> bool:
    """Whether an answer counts as filled in: long enough, both ends of a period, "not known yet" included."""
    if answer is not None and not isinstance(answer, (str, tuple)):
        return True  # most cells of long tables
    if asked.kind is QuestionKind.DATE_RANGE:
        return isinstance(answer, tuple) and len(answer) == 2 and all(part is not None for part in answer)
    if isinstance(answer, str):
        return len(answer.strip()) >= max(asked.min_length, 1)
    return is_answered(answer)


def are_filled(asked: Asked, answers: Sequence[Answer]) -> bool:
    """Whether surely all of many answers count as filled in; where False, one has to look at each."""
    kinds = set(map(type, answers))
    if kinds == {str}:
        return all(is_filled(asked, answer) for answer in set(answers))
    return kinds.isdisjoint((str, tuple, type(None)))


def _with_links(linked: Sequence[Column], row: Row, answers: Answers) -> Row:
    found: dict[str, Value] = dict(row)
    for column in linked:
        link = column.link
        if link is not None:
            others = (
                other for other in answers.rows(link.table) if other.get(column.link_parent) == row.get("id")
            )
            ends = tuple(end for other in others if isinstance(end := other.get(link.field), str))
            found[column.id] = ends or None
    return found


def _ranking(answers: Answers, table: str, field: str, order: str) -> tuple[str, ...]:
    placed = []
    for number, row in enumerate(answers.rows(table)):
        key, rank = row.get(field), number_of(row.get(order))
        if isinstance(key, str):
            placed.append((rank is None, rank or 0, number, key))
    return tuple(key for *_, key in sorted(placed))
