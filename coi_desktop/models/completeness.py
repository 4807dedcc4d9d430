"""How complete an evaluation is: required inputs filled in, of those required at the chosen depth."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coi_desktop.models.answers import Answer, Row, is_answered
from coi_desktop.models.conditions import rows_where
from coi_desktop.models.guide import TABLES, Column, Question, QuestionKind
from coi_desktop.models.guide_answers import Sight, are_filled, is_filled


class Status(StrEnum):
    """State of a question, screen, step or phase. OPTIONAL: nothing is required here and nothing answered."""

    OPTIONAL = "optional"
    EMPTY = "empty"
    STARTED = "started"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Completeness:
    """Required inputs, and how many of them are filled in."""

    filled: int = 0
    required: int = 0

    @property
    def share(self) -> float:
        """Filled ÷ required, 0.0–1.0; 1.0 where nothing is required."""
        return self.filled / self.required if self.required else 1.0

    @property
    def missing(self) -> int:
        """Required inputs that are not filled in."""
        return self.required - self.filled

    def status(self, *, is_required: bool, is_answered: bool, is_broken: bool = False) -> Status:
        """The state these counts mean, with whether an answer is wanted at all (a table may have no lines to
        fill in yet), anything is answered, and a completion rule is broken.
        """
        if not is_answered:
            return Status.EMPTY if is_required or is_broken else Status.OPTIONAL
        return Status.STARTED if self.missing or is_broken else Status.COMPLETE


def total(parts: Iterable[Completeness]) -> Completeness:
    """The sum of several counts."""
    filled = required = 0
    for part in parts:
        filled += part.filled
        required += part.required
    return Completeness(filled, required)


@dataclass(frozen=True, slots=True)
class Missing:
    """A required input that is empty: of a question, in a table of a column and a line.

    ``line`` is the id of the row or the key of the grid's line; empty for a row that is not made yet.
    """

    question_id: str
    column_id: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True)
class QuestionState:
    """A question as it stands: what is answered, whether an answer is required, and what is missing."""

    question: Question
    answer: Answer
    is_required: bool
    completeness: Completeness
    missing: tuple[Missing, ...]

    @property
    def is_answered(self) -> bool:
        """Whether anything is answered."""
        return is_answered(self.answer)

    @property
    def status(self) -> Status:
        """The state of the question."""
        return self.completeness.status(is_required=self.is_required, is_answered=self.is_answered)


def question_state(question: Question, sight: Sight, depth: str) -> QuestionState:
    """The state of a visible question at a depth."""
    answer = sight.answer(question.id)
    is_required = sight.guide.is_required(question, depth) and not sight.is_lifted(question)
    if not is_required:
        return QuestionState(question, answer, False, Completeness(), ())
    tally = _Tally(question, sight, depth)
    if question.kind in TABLES:
        tally.count_table()
    else:
        tally.count(is_filled(question, answer))
    return QuestionState(
        question, answer, True, Completeness(tally.filled, tally.required), tuple(tally.missing)
    )


def shown_columns(
    question: Question, sight: Sight, depth: str, row: Mapping[str, object] | None = None
) -> tuple[Column, ...]:
    """The columns of a table that are shown at a depth (with ``row``: in that row)."""
    depth = sight.guide.depth_of_columns(question, depth)
    return tuple(
        column
        for column in question.columns
        if sight.guide.is_reached(column.shown, depth) and (row is None or sight.fulfils(column.when, row))  # type: ignore[arg-type]
    )


class _Tally:
    """Counts the required inputs of one question."""

    def __init__(self, question: Question, sight: Sight, depth: str) -> None:
        self._question = question
        self._sight = sight
        self._depth = depth
        self.filled = 0
        self.required = 0
        self.missing: list[Missing] = []
        self._columns = [
            column for column in question.columns if sight.guide.is_reached(column.required, depth)
        ]

    def count(self, is_filled: bool, column_id: str = "", line: str = "") -> None:
        self.required += 1
        if is_filled:
            self.filled += 1
        else:
            self.missing.append(Missing(self._question.id, column_id, line))

    def count_table(self) -> None:
        question = self._question
        rows = self._sight.rows(question.id)
        if question.kind is QuestionKind.GRID:
            for line in self._sight.lines(question, self._depth):
                if line.row is not None or line.is_required:
                    self._count_row(line.row or {question.by: line.key}, line.key)
        elif any(column.when is not None or column.unless is not None for column in self._columns):
            for row in rows:
                self._count_row(row, str(row.get("id", "")))
        else:
            self._count_rows(rows)
        wanted = self._sight.guide.at_depth(question.min_rows, self._depth)
        for _ in range(wanted - len(rows_where(rows, question.counts)) if wanted else 0):
            self._count_new_row()

    def _count_rows(self, rows: Sequence[Row]) -> None:
        """Rows whose columns are asked for in every one of them, column by column: there may be many."""
        gaps: list[tuple[int, int]] = []
        for place, column in enumerate(self._columns):
            answers = [row.get(column.id) for row in rows]
            if not are_filled(column, answers):
                gaps += [(at, place) for at, one in enumerate(answers) if not is_filled(column, one)]
        self.required += len(rows) * len(self._columns)
        self.filled += len(rows) * len(self._columns) - len(gaps)
        for at, place in sorted(gaps):
            row_id = str(rows[at].get("id", ""))
            self.missing.append(Missing(self._question.id, self._columns[place].id, row_id))

    def _count_row(self, row: Row, line: str) -> None:
        for column in self._columns:
            if column.when is not None and not self._sight.fulfils(column.when, row):
                continue
            if column.unless is None or not self._sight.is_lifted(column, row):
                self.count(is_filled(column, row.get(column.id)), column.id, line)

    def _count_new_row(self) -> None:
        """A row that is still to be made wants its unconditional columns, and in any case itself."""
        columns = [column for column in self._columns if column.when is None]
        for column in columns:
            self.count(False, column.id)
        if not columns:
            self.count(False)
