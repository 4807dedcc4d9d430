"""The evaluation that is being walked: what it holds now, where one stands in it, and how answers get in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from coi_desktop.models.answers import Answer
from coi_desktop.models.changes import ChangeSet, StepKind
from coi_desktop.models.guide import TABLES, Question
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.question_fields import NONE_YET_PART, OWN_PART, UNTIL_PART, values_of
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.walkthrough import Walkthrough
from coi_desktop.operations import answering, evaluations
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.operations.library import guide
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.walkthrough.opening import Opening
from coi_desktop.ui.walkthrough.visit import Visit


class Walk(QObject):
    """One evaluation at a time, read anew after every commit that concerns it.

    ``changed``: something stands otherwise than before (answers, another evaluation, another language).
    ``opened``: another evaluation is about to be shown.
    ``leaving``: another screen is about to come to the front, so that what is typed here can be written.
    ``moved``: it is there. ``sought``: a question of the screen in front that the keyboard should go to.
    ``ended``: the evaluation is not in the register any more.
    ``method_in_front`` and ``method_wanted`` tell a method: of the row that is chosen, and one whose card
    somebody asks for.
    """

    changed = Signal()
    opened = Signal()
    leaving = Signal()
    moved = Signal()
    sought = Signal(str)
    ended = Signal()
    method_in_front = Signal(str)
    method_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self.visit = Visit(desk)
        self._opening = Opening(desk, self)
        self._loaded: LoadedEvaluation | None = None
        self._walkthrough: Walkthrough | None = None
        self._is_watched = False
        self._is_stale = False
        desk.bridge.changed.connect(self._take_in)

    @property
    def is_open(self) -> bool:
        """Whether there is an evaluation to walk."""
        return self._walkthrough is not None

    @property
    def loaded(self) -> LoadedEvaluation:
        """The evaluation with all that hangs under it."""
        assert self._loaded is not None
        return self._loaded

    @property
    def walkthrough(self) -> Walkthrough:
        """The guide with the answers of this moment, at the screen in front."""
        assert self._walkthrough is not None
        return self._walkthrough

    @property
    def evaluation_id(self) -> str:
        """The id of the evaluation, empty while there is none."""
        return self._loaded.evaluation.id if self._loaded is not None else ""

    @property
    def record(self) -> Record:
        """The single answers as one record, by the names of the fields of ``question_fields``."""
        loaded = self.loaded
        return Record("answers", loaded.evaluation.id, values_of(loaded.guide, loaded.answers))

    def open(self, evaluation_id: str, position: str = "", question_id: str = "") -> None:
        """Walk this evaluation: at ``position`` or where it was left, or at a question. One with very many
        measurements is there some turns later. KeyError when there is none.
        """
        self._opening.begin(evaluation_id, position, partial(self._begin, position, question_id))

    def _begin(
        self, position: str, question_id: str, loaded: LoadedEvaluation, walkthrough: Walkthrough
    ) -> None:
        """An evaluation that was opened takes the place of the one that was walked."""
        if self.is_open:
            self.leaving.emit()
        self.visit.end()
        if self._desk.register.revision != loaded.snapshot.revision:  # something was written just now
            self.open(loaded.evaluation.id, position, question_id)
            return
        self.visit.begin(loaded)
        self._loaded, self._walkthrough = loaded, walkthrough
        self._is_stale = False
        self.opened.emit()
        self.changed.emit()
        self.moved.emit()
        if question_id:
            self.jump_to_question(question_id)

    def stop_opening(self) -> None:
        """What is being opened is not wanted any more."""
        self._opening.stop()

    def close(self) -> None:
        """Walk nothing any more."""
        self.visit.end()
        self._loaded = self._walkthrough = None

    def watch(self, is_watched: bool) -> None:
        """Whether anybody looks on: what changes meanwhile is read when somebody does."""
        self._is_watched = is_watched
        if is_watched and self._is_stale and self.is_open and not self._opening.is_under_way:
            try:
                self._opening.begin(self.evaluation_id, self.walkthrough.position, self._take_over, self._end)
            except KeyError:
                self._end()

    # Moving: never depends on what is filled in

    def forward(self) -> None:
        """To the next screen."""
        self._move(Walkthrough.forward)

    def back(self) -> None:
        """To the screen before."""
        self._move(Walkthrough.back)

    def jump(self, screen_id: str) -> None:
        """To a screen of the path."""
        if self.walkthrough.has_screen(screen_id):
            self._move(lambda walkthrough: walkthrough.jump(screen_id))

    def jump_to_question(self, question_id: str) -> None:
        """To a question on the screen that has it, if there is one."""
        question_id = self.loaded.guide.id_now(question_id)
        screen_id = self.walkthrough.standing.find_screen(question_id)
        if screen_id is not None:
            self.jump(screen_id)
            self.sought.emit(question_id)

    def _move(self, move: Callable[[Walkthrough], Walkthrough]) -> None:
        if move(self.walkthrough).position == self.walkthrough.position:
            return
        self.leaving.emit()  # what is written now changes the answers, and may change the path
        if self.is_open:
            self._walkthrough = move(self.walkthrough)
            self.moved.emit()

    # Answering

    def save(self, evaluation_id: str, field_name: str, value: Value, source: str) -> object:
        """Write one single answer; a SaveField of the screens' forms."""
        question_id, _hash, part = field_name.partition("#")
        question = guide("evaluation").question(question_id)
        stored: Answer = value
        if part == NONE_YET_PART:
            stored = NONE_YET if value is True else None
        elif question.until is not None:
            stored = self._period(evaluation_id, question, part, value)
        return answering.answer(
            self._desk.register,
            evaluation_id,
            question_id,
            stored,
            part=OWN_PART if part == OWN_PART else "",
            position=self._position_in(evaluation_id),
            source=source,
        )

    def save_line(self, question_id: str, place: str, column_id: str, value: Value, source: str) -> object:
        """Write one column of a grid's line, by its ``line_place``."""
        evaluation_id, _slash, line = place.partition("/")
        return answering.answer_line(
            self._desk.register,
            evaluation_id,
            question_id,
            line,
            column_id,
            value,
            position=self._position_in(evaluation_id),
            source=source,
        )

    def save_row(self, question_id: str, place: str, column_id: str, value: Value, source: str) -> object:
        """Write one column of a row, by its ``line_place``."""
        evaluation_id, _slash, row_id = place.partition("/")
        return answering.change_row(
            self._desk.register,
            evaluation_id,
            question_id,
            row_id,
            column_id,
            value,
            position=self._position_in(evaluation_id),
            source=source,
        )

    def line_place(self, key: str) -> str:
        """What a line or row of a table is called in forms: what is typed belongs to this evaluation, also
        when it is written after another one came to the front.
        """
        return f"{self.evaluation_id}/{key}"

    def add_row(self, question_id: str, values: dict[str, Value], source: str = "") -> str:
        """Add a row to a table; returns its id."""
        return answering.add_row(
            self._desk.register,
            self.evaluation_id,
            question_id,
            values,
            position=self.walkthrough.position,
            source=source,
        )

    def add_rows(self, question_id: str, rows: Sequence[Values]) -> int:
        """Add rows to a table, as one step; how many."""
        position = self.walkthrough.position
        return len(
            answering.add_rows(self._desk.register, self.evaluation_id, question_id, rows, position=position)
        )

    def drop_row(self, question_id: str, row_id: str) -> None:
        """Take a row out of a table."""
        position = self.walkthrough.position
        answering.drop_row(self._desk.register, self.evaluation_id, question_id, row_id, position=position)

    def _position_in(self, evaluation_id: str) -> str:
        """The screen in front, as long as what is written belongs to the evaluation in front."""
        return self.walkthrough.position if evaluation_id == self.evaluation_id else ""

    def _period(self, evaluation_id: str, question: Question, part: str, value: Value) -> Answer:
        """A period with one end as typed and the other as it stands in that evaluation."""
        other = question.place if part == UNTIL_PART else question.until
        record = self._desk.register.single(other.table, evaluation_id) if other is not None else None
        stands = record[other.field] if record is not None and other is not None else None
        return (stands, value) if part == UNTIL_PART else (value, stands)

    # Following the register

    def _take_in(self, changes: ChangeSet) -> None:
        if self._loaded is None:
            return
        if not self._is_watched or self._is_stale:
            self._is_stale = True
            return
        try:
            loaded = evaluations.load_evaluation(
                self._desk.register, self.evaluation_id, self._loaded, changes
            )
        except KeyError:
            self._end()
            return
        self._take_over(loaded)
        if changes.kind is not StepKind.DO:
            self._show_what_was_undone(changes)

    def _end(self) -> None:
        """The evaluation is not there any more."""
        self.close()
        self.ended.emit()

    def _take_over(self, loaded: LoadedEvaluation, opened: Walkthrough | None = None) -> None:
        """Show the same evaluation as it stands now; ``opened`` is its walk-through where that is made."""
        shown = self.walkthrough
        self._loaded, self._is_stale = loaded, False
        self.visit.follow(loaded)
        if (
            loaded.guide is not shown.guide
        ):  # the unit has changed its words, and with them the lines of grids
            self._walkthrough = opened or Walkthrough.open(loaded.guide, loaded.answers, shown.position)
        elif opened is not None:
            self._walkthrough = shown.with_standing(opened.standing)
        else:
            self._walkthrough = shown.with_answers(loaded.answers)
        self.changed.emit()
        if self._walkthrough.position != shown.position or self._walkthrough.depth != shown.depth:
            self.moved.emit()

    def _show_what_was_undone(self, changes: ChangeSet) -> None:
        """A step taken back or done again is brought into sight, when it is on another screen."""
        standing = self.walkthrough.standing
        concerned = [
            question.id
            for row in changes.rows
            for field in row.fields
            for question in self.loaded.guide.questions_stored_in(row.table, field)
            if standing.find_screen(question.id) is not None and _is_meant(question, row.table, changes)
        ]
        here = {state.question.id for state in self.walkthrough.current.questions}
        if concerned and here.isdisjoint(concerned):
            self.jump_to_question(concerned[0])


def _is_meant(question: Question, table: str, changes: ChangeSet) -> bool:
    """Whether the change of a table is one of the question: rows of a table, or the answer's own field."""
    return question.kind not in TABLES or changes.touches(table)
