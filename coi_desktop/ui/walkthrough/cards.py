"""A question as it stands on a screen: what is asked, how far it is, its editors, and what is remarked on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.completeness import QuestionState
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.guide import Question
from coi_desktop.models.question_fields import fields_of
from coi_desktop.models.standing import Remark
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.marks import Mark, MarkedLabel, MarkedSentence
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.walkthrough.answer_editors import TickEditor, make_answer_editor
from coi_desktop.ui.walkthrough.extras import EXTRAS
from coi_desktop.ui.walkthrough.states import STATUS_MARKS, question_word
from coi_desktop.ui.walkthrough.walk import Walk

_WARNING = Mark("triangle", "warning")


class AnswerRow(FieldRow):
    """An answer's editor with what is said about what was typed; its label may stand elsewhere."""

    def __init__(self, desk: Desk, field: FieldSpec, editor: Editor, *, has_label: bool) -> None:
        super().__init__(field, desk.words, desk.looks, field.label(), editor)
        self._label.setVisible(has_label and not isinstance(editor, TickEditor))
        self._label.setWordWrap(True)  # a long question makes no form wider than its screen

    def show_missing(self, is_missing: bool) -> None:
        """Say beside the label that an answer is missing."""
        name = self.field.label()
        if is_missing:
            name = _("{question} · missing").format(question=name)
        self._label.setText(name)
        self.editor.set_name(name)


class RemarkList(QWidget):
    """Warnings and broken rules beside their question: a triangle and a sentence each."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__()
        self._desk = desk
        self._walk = walk
        self._shown: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.hide()

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is said just now."""
        return tuple(self._shown)

    def show_remarks(self, remarks: Sequence[Remark]) -> None:
        """Say these remarks and no others."""
        sentences = [self._walk.loaded.remark_text(remark) for remark in remarks]
        if sentences == self._shown:
            return
        news = [sentence for sentence in sentences if sentence not in self._shown]
        self._shown = sentences
        while self._column.count():
            item = self._column.takeAt(0)
            gone = item.widget() if item is not None else None
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for sentence in sentences:
            self._column.addWidget(_make_remark(self._desk, sentence))
        self.setVisible(bool(sentences))
        if news and self.isVisible():
            announce(self, " ".join(news))


class Card(QWidget):
    """What every question on a screen has. Kinds of question put their editors into ``body``."""

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__()
        self.question = question
        self._desk = desk
        self._walk = walk
        words = walk.loaded.guide.words().questions[question.id]
        self.label = PlainLabel(words.label, rank="question", wrap=True)
        self.label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._state = MarkedLabel(desk.looks)
        self._state.setProperty("tone", "muted")
        self.remarks = RemarkList(desk, walk)
        self.head = QHBoxLayout()
        self.head.setSpacing(12)
        self.head.addWidget(self.label, 1)
        self.head.addWidget(self._state)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(self.head)
        if words.hint:
            column.addWidget(PlainLabel(words.hint, tone="muted", wrap=True))
        self.extras = [make(desk, walk) for make in EXTRAS.get(question.id, ())]
        for extra in self.extras:
            if extra.goes_first:
                column.addWidget(extra)
        column.addLayout(self.body)
        column.addWidget(self.remarks)
        for extra in self.extras:
            if not extra.goes_first:
                column.addWidget(extra)

    def show_state(self, state: QuestionState, remarks: Sequence[Remark], broken: Sequence[Remark]) -> None:
        """Show how the question stands. A rule is held against it only once something is answered."""
        self._state.show_mark(STATUS_MARKS[state.status], question_word(state.status))
        self.remarks.show_remarks([*remarks, *(broken if state.is_answered else ())])
        for extra in self.extras:
            extra.show_walk()

    def flush(self) -> bool:
        """Write what is typed; False when the register refused."""
        return True

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields that hold text which is not in the register."""
        return ()

    @property
    def is_wanted(self) -> bool:
        """Whether it makes sense to ask just now, beyond what the guide's conditions say."""
        return True

    @property
    def target(self) -> QWidget | None:
        """Where the keyboard goes first, or None."""
        return None


class AnswerCard(Card):
    """A question that is no table: one editor, with others beside it for its further parts."""

    def __init__(self, desk: Desk, walk: Walk, question: Question) -> None:
        super().__init__(desk, walk, question)
        self.rows: list[AnswerRow] = []
        fields = fields_of(walk.loaded.guide, question)
        is_period = question.until is not None
        line = QHBoxLayout()
        line.setSpacing(16)
        for place, field in enumerate(fields):
            editor = self._make_editor(field, is_first=place == 0)
            row = AnswerRow(desk, field, editor, has_label=place > 0 or is_period)
            self.rows.append(row)
            if place == 0 and isinstance(editor, TickEditor):
                self.head.insertWidget(0, row, 1)
                self.label.hide()
            elif is_period:
                line.addWidget(row)
            else:
                self.body.addWidget(row)
        if is_period:
            line.addStretch(1)
            self.body.addLayout(line)
        if not is_period:
            self.label.setBuddy(self.rows[0].editor.target)

    def show_state(self, state: QuestionState, remarks: Sequence[Remark], broken: Sequence[Remark]) -> None:
        """As every card; whoever hears the editor instead of seeing it is told the same."""
        super().show_state(state, remarks, broken)
        row = self.rows[0]
        if not row.note:
            said = (question_word(state.status), *self.remarks.sentences)
            row.editor.target.setAccessibleDescription(". ".join(said))

    @property
    def is_wanted(self) -> bool:
        """A reason for another depth is asked for when another one is chosen than the suggested."""
        if self.question.id != "proportion.depth_reason":
            return True
        evaluation = self._walk.loaded.evaluation
        suggested, chosen = evaluation.text("depth_suggested"), evaluation.text("depth")
        return bool(suggested and chosen and suggested != chosen) or bool(evaluation.text("depth_reason"))

    @property
    def target(self) -> QWidget | None:
        """The first editor."""
        return self.rows[0].editor.target

    def _make_editor(self, field: FieldSpec, *, is_first: bool) -> Editor:
        words, looks = self._desk.words, self._desk.looks
        if is_first:
            return make_answer_editor(self.question, field, words, looks)
        if field.name.endswith("#none_yet"):
            return TickEditor(field)
        from coi_desktop.ui.forms.editors import make_editor

        return make_editor(field, words, looks)


def _make_remark(desk: Desk, sentence: str) -> QWidget:
    remark = MarkedSentence(desk.looks, "warning")
    remark.show_mark(_WARNING, sentence)
    return remark
