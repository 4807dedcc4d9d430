"""What can be read here and not be edited yet: tables beyond the light path, answers it does not ask for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.answers import Row, is_answered
from coi_desktop.models.completeness import QuestionState
from coi_desktop.models.guide import TABLES, Guide, Question
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.standing import Remark
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.readable_table import ReadableTable
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.cards import Card
from coi_desktop.ui.walkthrough.question_fields import columns_of, fields_of
from coi_desktop.ui.walkthrough.row_words import show_cell
from coi_desktop.ui.walkthrough.walk import Walk

_CELL_WIDTH = 150


def can_edit(guide: Guide, question: Question) -> bool:
    """Whether a question can be answered here: everything but the tables that the first path leaves out."""
    if question.kind not in TABLES:
        return True
    return any(question.id in screen.questions for screen in guide.paths[0].screens)


class ReadOnlyTable(QWidget):
    """The rows of a table question, said to be read-only."""

    def __init__(self, walk: Walk, question: Question) -> None:
        super().__init__()
        self._walk = walk
        self._question = question
        self._fields = columns_of(walk.loaded.guide, question)
        lines = [_("Line")] if question.by else []
        headings = [*lines, *(field.label() for field in self._fields.values())]
        label = walk.loaded.guide.words().label(question.id)
        self.rows = ReadableTable(label, headings, [_CELL_WIDTH] * (len(headings) - 1))
        self.nothing = PlainLabel(_("Nothing is written here."), tone="muted")
        note = _("This table belongs to the standard and deep evaluations. For now it can only be read here.")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (PlainLabel(note, tone="muted", wrap=True), self.rows, self.nothing):
            column.addWidget(part)

    def show_rows(self) -> None:
        """Show the rows as they are now."""
        rows = self._walk.walkthrough.sight.rows(self._question.id)
        self.rows.show_rows([TextRow(str(row.get("id")), self._cells(row)) for row in rows])
        self.rows.setVisible(bool(rows))
        self.nothing.setVisible(not rows)

    def _cells(self, row: Row) -> tuple[str, ...]:
        cells = [
            show_cell(self._walk, column, self._fields[column.id], row.get(column.id))
            for column in self._question.columns
        ]
        if not self._question.by:
            return tuple(cells)
        key = str(row.get(self._question.by) or "")
        name = vocabulary().label(self._question.values, key) if self._question.values else key
        return (name, *cells)


class ReadOnlyCard(Card):
    """A table question that can be read, beside those that can be answered."""

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__(desk, walk, question)
        self.content = ReadOnlyTable(walk, question)
        self.label.setBuddy(self.content.rows.table)
        self.body.addWidget(self.content)

    @property
    def target(self) -> QWidget | None:
        """The table, where there is one."""
        return None if self.content.rows.isHidden() else self.content.rows.table

    def show_state(self, state: QuestionState, remarks: Sequence[Remark], broken: Sequence[Remark]) -> None:
        """Show the rows."""
        super().show_state(state, remarks, broken)
        self.content.show_rows()


class OtherAnswers(QWidget):
    """Answers of a screen's steps that its path does not ask for; nothing is shown where there are none."""

    def __init__(self, walk: Walk, questions: Iterable[Question]) -> None:
        super().__init__()
        self._walk = walk
        steps = dict.fromkeys(question.step_id for question in questions)
        path = walk.walkthrough.path
        asked = {question_id for screen in path.screens for question_id in screen.questions}
        self._questions = [
            question
            for step_id in steps
            for question in walk.loaded.guide.step(step_id).questions
            if question.id not in asked
        ]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(10)
        self._shown: list[object] = []
        self._tables: list[ReadOnlyTable] = []

    @property
    def texts(self) -> list[str]:
        """What is shown, as texts."""
        return [label.text() for label in self.findChildren(PlainLabel)]

    def show_answers(self) -> None:
        """Show what is answered now."""
        sight = self._walk.walkthrough.sight
        answered = [question for question in self._questions if is_answered(sight.answer(question.id))]
        is_auto = self._walk.loaded.guide.is_auto
        depth = self._walk.walkthrough.depth
        answered = [question for question in answered if not is_auto(question, depth)]
        shown = [(question.id, sight.answer(question.id)) for question in answered]
        self.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = list(shown)
        while self._column.count():
            item = self._column.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        if not shown:
            return
        self._column.addWidget(PlainLabel(_("Also answered, in a more thorough evaluation"), rank="step"))
        for question in answered:
            self._add(question)

    def _add(self, question: Question) -> None:
        guide = self._walk.loaded.guide
        self._column.addWidget(PlainLabel(guide.words().label(question.id), rank="question", wrap=True))
        if question.kind in TABLES:
            table = ReadOnlyTable(self._walk, question)
            table.show_rows()
            self._column.addWidget(table)
            return
        values = self._walk.record.values
        parts = [show_value(field, values[field.name], vocabulary()) for field in fields_of(guide, question)]
        label = PlainLabel(" · ".join(part for part in parts if part), wrap=True, selectable=True)
        label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column.addWidget(label)
