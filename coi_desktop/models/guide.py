"""A guide: steps with questions, where their answers are stored, and the paths through them. No widgets.

Guides are written in ``resources/guides/<id>/`` and read by ``guide_loader``; walking them is
``walkthrough``. A question is named ``step.question`` everywhere, a column of a table by its own name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import TypeVar

from coi_desktop.i18n import current_language
from coi_desktop.models.conditions import Condition
from coi_desktop.models.guide_rules import RuleFunction
from coi_desktop.models.guide_words import GuideWords, Help

T = TypeVar("T")

#: For questions and columns that are required at no depth.
NEVER = ""

#: The record type that holds answers of questions without a field of their own.
EXTRA_TABLE = "extra_answer"


class GuideError(ValueError):
    """A mistake in a guide's files; the text names the file and the place."""

    def __init__(self, file: str, place: str, what: str) -> None:
        super().__init__(f"{file}: {place}: {what}" if place else f"{file}: {what}")
        self.file = file
        self.place = place


class QuestionKind(StrEnum):
    """How a question is asked; each kind has one editor.

    TICK is a box that only counts when it is set. SCALE is a choice, or a whole number, shown as labelled
    buttons. DATE with ``none_yet`` is a date or "none yet". ROWS is a table of child records with rows made
    by the user, GRID one with given lines (the keys of a list, or the rows of another table). REFERENCE and
    REFERENCES are columns only: one or several rows of another table.
    """

    TEXT = "text"
    LONG_TEXT = "long_text"
    YES_NO = "yes_no"
    TICK = "tick"
    CHOICE = "choice"
    CHOICES = "choices"
    RANK = "rank"
    SCALE = "scale"
    NUMBER = "number"
    MONEY = "money"
    INTEGER = "integer"
    DATE = "date"
    DATE_RANGE = "date_range"
    GRID = "grid"
    ROWS = "rows"
    REFERENCE = "reference"
    REFERENCES = "references"


#: Kinds that hold a table of child records.
TABLES = frozenset({QuestionKind.ROWS, QuestionKind.GRID})

#: Kinds that may be answered "not known yet".
CHOOSING = frozenset({QuestionKind.CHOICE, QuestionKind.SCALE})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer is stored: a field of a record type."""

    table: str
    field: str

    def __str__(self) -> str:
        return f"{self.table}.{self.field}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What questions and columns have in common.

    ``values`` names the value list of a choice; ``lowest`` and ``highest`` bound a scale of whole numbers,
    which the value list ``names`` gives words for;
    ``limit`` is the greatest length of a text. ``required`` is the depth from which an answer is required
    (NEVER: at none), ``unless`` lifts that, ``when`` hides the whole question. ``unknown`` allows "not known
    yet", which counts as filled.
    """

    kind: QuestionKind
    values: str = ""
    unit_da: str = ""
    unit_en: str = ""
    limit: int = 0
    min_length: int = 0
    lowest: int | None = None
    highest: int | None = None
    names: str = ""
    required: str = NEVER
    unknown: bool = False
    when: Condition | None = None
    unless: Condition | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Asked):
    """A column of a table. ``shown`` is the depth from which it is shown.

    ``rows_of`` names the question whose rows a reference points at, ``arrows_of`` the one between whose rows
    the arrows go that it points at. The references of a REFERENCES column are
    stored as records of ``link.table``: ``link_parent`` holds the row, ``link.field`` the other end.
    """

    id: str
    shown: str
    link: Place | None = None
    link_parent: str = ""
    rows_of: str = ""
    arrows_of: str = ""
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question(Asked):
    """A question. ``place`` stores the answer of every kind but ROWS and GRID, which live in ``table``.

    ``own`` stores an own text beside chosen keys, ``none_yet`` the tick beside a date, ``until`` the end of a
    period, ``order`` the position of a ranked row (``place`` is then a column of a table with one row a key).
    ``at_most`` bounds the number of chosen keys. Up to the depth ``auto`` the program fills the answer in
    itself.

    ROWS and GRID: ``min_rows`` by depth, where only rows that fulfil ``counts`` count. GRID: the lines are
    named by the column ``by``: by ``line_keys`` of its value list ``values``, or by the rows of the question
    ``lines_from``. Lines are required from depth ``all_lines``; with ``lines_from`` also those whose row
    there fulfils ``lines_where``.

    ``formerly`` are the ids that the question had in earlier editions of the guide.
    """

    id: str
    step_id: str
    place: Place | None = None
    own: Place | None = None
    none_yet: Place | None = None
    until: Place | None = None
    order: Place | None = None
    at_most: int = 0
    auto: str = NEVER
    table: str = ""
    columns: tuple[Column, ...] = ()
    min_rows: Mapping[str, int] = field(default_factory=dict)
    counts: Condition | None = None
    by: str = ""
    line_keys: tuple[str, ...] = ()
    lines_from: str = ""
    lines_where: Condition | None = None
    all_lines: str = NEVER
    formerly: tuple[str, ...] = ()

    def asked(self, column_id: str) -> Asked | None:
        """What is asked in a column, the one that names the lines of a grid included; None without one."""
        if self.by and column_id == self.by:
            return Asked(kind=QuestionKind.CHOICE, values=self.values)
        return next((column for column in self.columns if column.id == column_id), None)

    def column(self, column_id: str) -> Column:
        """The column called ``column_id``, now or formerly; KeyError when there is none."""
        for column in self.columns:
            if column_id == column.id or column_id in column.formerly:
                return column
        raise KeyError(column_id)

    def renamed(self, row: Mapping[str, T]) -> dict[str, T]:
        """A row with its columns called as they are now; what is no column keeps its name."""
        former = {name: column.id for column in self.columns for name in column.formerly}
        return {former.get(name, name): value for name, value in row.items()}

    @property
    def places(self) -> tuple[Place, ...]:
        """Every field the question itself writes to (tables: see ``columns``)."""
        found = (self.place, self.own, self.none_yet, self.until, self.order)
        return tuple(place for place in found if place is not None)


@dataclass(frozen=True, slots=True)
class Check:
    """A completion rule or a warning of a step, shown beside the question ``at``, from a depth on.

    Either a ``condition`` – which must hold for a rule to be kept, and makes a warning speak – or a
    ``function`` of ``guide_rules``. ``limits`` gives the function a number by depth; ``names`` is the value
    list whose keys it names (empty: it gives words of the user's own).
    """

    id: str
    at: str
    from_depth: str
    condition: Condition | None = None
    function: RuleFunction | None = None
    limits: Mapping[str, Decimal] = field(default_factory=dict)
    names: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its place in the order (``number``, from 1), its phase, minutes (an estimate) and questions.

    ``shift`` says what moves when the step is changed after measuring (a key of ``change_kind``; empty:
    nothing that a reader of the results must know).
    """

    id: str
    number: int
    phase: str
    minutes: int
    questions: tuple[Question, ...]
    rules: tuple[Check, ...] = ()
    warnings: tuple[Check, ...] = ()
    when: Condition | None = None
    shift: str = ""
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Screen:
    """What is shown at once on a path: questions of one or more steps. ``sitting`` groups screens (0: no).

    ``folded`` are questions that this depth does not ask for: they wait at the end of the screen.
    ``formerly`` are its earlier ids.
    """

    id: str
    phase: str
    minutes: int
    questions: tuple[str, ...]
    sitting: int = 0
    folded: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """The screens of one depth, in order. ``by_steps``: every step is a screen of its own."""

    id: str
    depth: str
    screens: tuple[Screen, ...]
    by_steps: bool

    def screen_now(self, screen_id: str) -> str:
        """What a screen is called now that was called ``screen_id`` in an earlier edition of the guide."""
        return next((screen.id for screen in self.screens if screen_id in screen.formerly), screen_id)


@dataclass(frozen=True)
class Guide:
    """A whole guide. ``owner`` is the record type the answers hang under; ``depths`` go from light to deep.

    ``depth_at`` is the field of the owner that stores the depth. ``words_by_language`` holds all texts.
    """

    id: str
    version: str
    owner: str
    depth_at: str
    depths: tuple[str, ...]
    phases: tuple[str, ...]
    steps: tuple[Step, ...]
    paths: tuple[Path, ...]
    words_by_language: Mapping[str, GuideWords]

    def with_lines(self, offered: Callable[[str], Sequence[str]]) -> Guide:
        """The same guide, where grids have only those of their lines that ``offered`` gives for their value
        list, in its order.
        """
        steps = tuple(
            replace(step, questions=tuple(_with_lines(question, offered) for question in step.questions))
            for step in self.steps
        )
        return replace(self, steps=steps)

    def words(self, language: str | None = None) -> GuideWords:
        """The texts in ``language`` or the one spoken now."""
        return self.words_by_language[language or current_language()]

    def screen_words(self, path: Path, screen_id: str, language: str | None = None) -> Help:
        """Title, reason and example of a screen; of the step itself where a path shows one step a screen."""
        words = self.words(language)
        return words.steps[screen_id] if path.by_steps else words.screens[f"{path.id}.{screen_id}"]

    @cached_property
    def by_id(self) -> dict[str, Question]:
        """All questions by their ids, in order."""
        return {question.id: question for step in self.steps for question in step.questions}

    @cached_property
    def _steps(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def fields_asked(self) -> frozenset[str]:
        """Every field that a question or column writes to, as ``table.field``."""
        found: set[str] = set()
        for question in self.by_id.values():
            found |= {str(place) for place in question.places}
            found.add(f"{question.table}.{question.by}")
            for column in question.columns:
                found.add(f"{question.table}.{column.id}")
                if column.link is not None:
                    found |= {str(column.link), f"{column.link.table}.{column.link_parent}"}
        return frozenset(found)

    @cached_property
    def former_ids(self) -> dict[str, str]:
        """What questions were called in earlier editions of the guide, and what they are called now."""
        found: dict[str, str] = {}
        for step in self.steps:
            for question in step.questions:
                local = question.id.partition(".")[2]
                found |= dict.fromkeys((f"{former}.{local}" for former in step.formerly), question.id)
                found |= dict.fromkeys(question.formerly, question.id)
        return found

    def id_now(self, question_id: str) -> str:
        """What a question is called now; unchanged where it is called so, or no longer asked."""
        return self.former_ids.get(question_id, question_id)

    def find_question(self, question_id: str) -> Question | None:
        """The question called ``step.question``, now or formerly; None when there is none."""
        return self.by_id.get(self.id_now(question_id))

    def question(self, question_id: str) -> Question:
        """The question called ``step.question``, now or formerly; KeyError when there is none."""
        found = self.find_question(question_id)
        if found is None:
            raise KeyError(question_id)
        return found

    def step(self, step_id: str) -> Step:
        """The step with this id; KeyError when there is none."""
        return self._steps[step_id]

    def path(self, depth: str) -> Path:
        """The path walked at ``depth``; an unknown or empty depth is walked as the first."""
        for path in self.paths:
            if path.depth == depth:
                return path
        return self.paths[0]

    def is_reached(self, required: str, depth: str) -> bool:
        """Whether something required (or shown) from depth ``required`` is so at ``depth``."""
        return required != NEVER and self.depths.index(required) <= self.depths.index(depth)

    def is_required(self, question: Question, depth: str) -> bool:
        """Whether ``question`` must be answered by the user at ``depth``, leaving conditions aside."""
        return self.is_reached(question.required, depth) and not self.is_auto(question, depth)

    def is_auto(self, question: Question, depth: str) -> bool:
        """Whether the program answers ``question`` itself at ``depth``."""
        return question.auto != NEVER and self.depths.index(depth) <= self.depths.index(question.auto)

    def depth_of_columns(self, question: Question, depth: str) -> str:
        """The depth whose columns a table shows at ``depth``: never a lighter one than the first that asks
        the user for the table, so that whoever fills it in early finds it whole.
        """
        asked = question.required if question.required != NEVER else depth
        if question.auto != NEVER:
            asked = self.depths[min(self.depths.index(question.auto) + 1, len(self.depths) - 1)]
        return max(depth, asked, key=self.depths.index)

    def at_depth(self, by_depth: Mapping[str, T], depth: str) -> T | None:
        """What holds at ``depth``: the entry of that depth or of the nearest lighter one, else None."""
        found = None
        for name in self.depths[: self.depths.index(depth) + 1]:
            found = by_depth.get(name, found)
        return found

    def questions_stored_in(self, table: str, field_name: str) -> Iterator[Question]:
        """The questions that write to a field of a table: what a change in the register concerns."""
        for question in self.by_id.values():
            is_extra = question.place is not None and question.place.table == table == EXTRA_TABLE
            if is_extra or question.table == table or Place(table, field_name) in question.places:
                yield question


def _with_lines(question: Question, offered: Callable[[str], Sequence[str]]) -> Question:
    if not question.line_keys:
        return question
    keys = tuple(key for key in offered(question.values) if key in question.line_keys)
    return replace(question, line_keys=keys)
