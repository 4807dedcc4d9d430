"""Checks of a guide's conditions: what they name exists, stands early enough, fits the test, can be so."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NoReturn

from coi_desktop.models.conditions import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Count,
    First,
    Not,
    OneOf,
    is_question,
)
from coi_desktop.models.guide import TABLES, Asked, Check, Guide, GuideError, Question, QuestionKind, Step
from coi_desktop.models.possible import can_hold, needed
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary

_COUNTED = frozenset({QuestionKind.CHOICES, QuestionKind.RANK, QuestionKind.REFERENCES}) | TABLES
_NUMERIC = frozenset(
    {
        QuestionKind.NUMBER,
        QuestionKind.MONEY,
        QuestionKind.INTEGER,
        QuestionKind.SCALE,
        QuestionKind.CHOICE,
    }
)
_TICKED = frozenset({QuestionKind.YES_NO, QuestionKind.TICK})


class ConditionChecks:
    """Checks the conditions of one guide."""

    def __init__(self, guide: Guide, vocabulary: Vocabulary, file: str) -> None:
        self._guide = guide
        self._vocabulary = vocabulary
        self._file = file
        self._order = {question_id: number for number, question_id in enumerate(guide.by_id)}

    def check_step(self, step: Step) -> None:
        """Check every condition of a step; GuideError at the first that is wrong."""
        self._check(step.when, step.id, before=self._order[step.questions[0].id])
        self._check_possible(step.when, step.id)
        for question in step.questions:
            self._check_question(step, question)
        for check in (*step.rules, *step.warnings):
            self._check_of_step(step, check)

    def check_elsewhere(self, condition: Condition, place: str) -> None:
        """Check a condition on the whole guide that stands in another file, at ``place`` there."""
        self._check(condition, place, before=len(self._order))
        self._check_possible(condition, place)

    def _check_of_step(self, step: Step, check: Check) -> None:
        place = f"{step.id} {check.id}"
        self._check(check.condition, place, before=self._after(step))
        self._check_possible(check.condition, place)

    def _check_question(self, step: Step, question: Question) -> None:
        # Whether a question is shown looks back only, so that it never hangs on itself; what lifts a demand
        # may stand in the same step.
        here, after = self._order[question.id], self._after(step)
        self._check(question.when, question.id, before=here)
        self._check(question.unless, question.id, before=after)
        if question.when is not None:
            self._check_possible(_both(step.when, question.when), question.id)
        self._check(question.counts, question.id, before=0, table=question)
        if question.lines_from:
            source = self._guide.question(question.lines_from)
            self._check(question.lines_where, question.id, before=0, table=source)
        for number, column in enumerate(question.columns):
            place = f"{question.id} {column.id}"
            above = [question.by, *(earlier.id for earlier in question.columns[:number])]
            self._check(column.when, place, before=here, table=question, columns=above)
            self._check(column.unless, place, before=after, table=question)

    def _after(self, step: Step) -> int:
        return self._order[step.questions[-1].id] + 1

    def _check(
        self,
        condition: Condition | None,
        place: str,
        *,
        before: int,
        table: Question | None = None,
        columns: Sequence[str] | None = None,
    ) -> None:
        """Check one condition. ``before`` is the first question it may not name any more, ``table`` the one
        whose columns it may name, ``columns`` those of them that stand early enough (None: all).
        """
        match condition:
            case None:
                return
            case AllOf(parts) | AnyOf(parts):
                for part in parts:
                    self._check(part, place, before=before, table=table, columns=columns)
                return
            case Not(part):
                self._check(part, place, before=before, table=table, columns=columns)
                return
        asked = self._asked(condition.subject, place, before, table, columns)
        self._check_test(condition, asked, place)
        if isinstance(condition, Count) and condition.where is not None:
            if not isinstance(asked, Question) or asked.kind not in TABLES:
                self._fail(place, f"{condition.subject} has no rows to choose from")
            self._check(condition.where, place, before=0, table=asked)

    def _asked(
        self, subject: str, place: str, before: int, table: Question | None, columns: Sequence[str] | None
    ) -> Asked:
        if is_question(subject):
            if subject not in self._order:
                self._fail(place, f"there is no question {subject!r}")
            if self._order[subject] >= before:
                self._fail(place, f"the condition looks ahead to {subject}")
            return self._guide.question(subject)
        if table is None:
            self._fail(place, f"{subject!r} names a column outside a table")
        asked = table.asked(subject)
        if asked is None:
            self._fail(place, f"{table.id} has no column {subject!r}")
        if columns is not None and subject not in columns:
            self._fail(place, f"the condition looks ahead to the column {subject}")
        return asked

    def _check_test(
        self, condition: Answered | OneOf | First | AtLeast | Count, asked: Asked, place: str
    ) -> None:
        match condition:
            case Count(subject) if asked.kind not in _COUNTED:
                self._fail(place, f"{subject} is nothing that can be counted")
            case First(subject) if asked.kind is not QuestionKind.RANK:
                self._fail(place, f"{subject} is no ranking")
            case First(subject, first):
                self._check_value(subject, asked, first, place)
            case AtLeast(subject) if asked.kind not in _NUMERIC:
                self._fail(place, f"{subject} is no number")
            case OneOf(subject, values):
                for value in values:
                    self._check_value(subject, asked, value, place)

    def _check_value(self, subject: str, asked: Asked, value: Value, place: str) -> None:
        if asked.kind in _TICKED:
            if not isinstance(value, bool):
                self._fail(place, f"{subject} is answered by true or false")
        elif asked.values:
            if not isinstance(value, str) or not (
                self._vocabulary.has(asked.values, value) or (asked.unknown and value == UNKNOWN)
            ):
                self._fail(place, f"{value!r} is no answer to {subject}")
        elif asked.kind in (QuestionKind.INTEGER, QuestionKind.SCALE):
            if not isinstance(value, int) or isinstance(value, bool):
                self._fail(place, f"{subject} is answered by a whole number")
        else:
            self._fail(place, f"{subject} cannot be compared with a value")

    def _check_possible(self, condition: Condition | None, place: str) -> None:
        if condition is not None and not can_hold(
            self._with_origins(condition), self._guide, self._vocabulary
        ):
            self._fail(place, "the condition can never hold")

    def _with_origins(self, condition: Condition) -> Condition:
        """The condition together with those that show the questions it needs an answer to: what is hidden
        answers nothing.
        """
        whole = condition
        for subject in needed(condition):
            question = self._guide.question(subject)
            for origin in (self._guide.step(question.step_id).when, question.when):
                if origin is not None:
                    whole = AllOf((whole, self._with_origins(origin)))
        return whole

    def _fail(self, place: str, what: str) -> NoReturn:
        raise GuideError(self._file, place, what)


def _both(first: Condition | None, second: Condition) -> Condition:
    return second if first is None else AllOf((first, second))
