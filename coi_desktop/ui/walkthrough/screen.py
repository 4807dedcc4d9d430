"""One screen of a walk-through: its title and its questions, grouped by the steps they come from."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.earlier_answers import EarlierAnswer
from coi_desktop.models.guide import Question, Screen
from coi_desktop.models.standing import PartState
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.record_form import RecordForm
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.card_kinds import make_card
from coi_desktop.ui.walkthrough.cards import AnswerCard, AnswerRow, Card
from coi_desktop.ui.walkthrough.earlier import EarlierAnswers
from coi_desktop.ui.walkthrough.folded import FoldedQuestions
from coi_desktop.ui.walkthrough.walk import Walk

#: Wide enough for a table, narrow enough to read.
COLUMN_WIDTH = 680


class ScreenForm(QScrollArea):
    """The questions of one screen, made once; which of them are shown follows from the answers.

    ``step_entered`` tells the id of the step whose question the keyboard has come to.
    """

    step_entered = Signal(str)

    #: How wide the questions may be.
    column_width = COLUMN_WIDTH

    def __init__(self, desk: Desk, walk: Walk, screen: Screen) -> None:
        super().__init__()
        self.screen_id = screen.id
        self._walk = walk
        guide = walk.loaded.guide
        self.cards = [make_card(desk, walk, guide.question(question_id)) for question_id in screen.questions]
        self.folded = FoldedQuestions(desk, walk, screen.folded)
        self.earlier = EarlierAnswers()
        self._headings: dict[str, PlainLabel] = {}
        self._title = PlainLabel(rank="title", wrap=True)
        self._meta = PlainLabel(tone="muted")
        self._lay_out([card.question for card in self.cards])
        self.form = RecordForm(desk, self._rows(), walk.save, self)
        self.folded.unfolded.connect(self._take_in_folded)
        self._step = ""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_keyboard)

    def show_state(self, part: PartState) -> None:
        """Show the answers, and how each question stands."""
        shown = {state.question.id: state for state in part.questions}
        self._title.setText(f"{part.number} · {self.title()}")
        self._meta.setText(_("about {minutes} min.").format(minutes=part.minutes))
        for card in self.cards:
            state = shown.get(card.question.id)
            card.setVisible(state is not None and card.is_wanted)
            if state is not None:
                warnings, broken = (
                    [remark for remark in remarks if remark.question_id == card.question.id]
                    for remarks in (part.warnings, part.broken)
                )
                card.show_state(state, warnings, broken)
        for step_id, heading in self._headings.items():
            heading.setVisible(any(state.question.step_id == step_id for state in part.questions))
        self.form.show_record(self._walk.record)
        self.folded.show_state(part)
        self.earlier.show_answers(self._earlier())

    def _earlier(self) -> list[EarlierAnswer]:
        """Those that stood nearest to a question of this screen; the first screen has those of none."""
        standing = self._walk.walkthrough.standing
        first = self._walk.walkthrough.path.screens[0].id
        return [
            answer
            for answer in self._walk.loaded.earlier_answers
            if (standing.find_screen(answer.screen_of) or first) == self.screen_id
        ]

    def title(self) -> str:
        """What the screen is called."""
        return self._walk.loaded.guide.screen_words(self._walk.walkthrough.path, self.screen_id).title

    def flush(self) -> bool:
        """Write what is typed; False when the register refused."""
        return all([self.form.flush(), *(card.flush() for card in self._all_cards)])

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields whose text is not in the register."""
        return (*self.form.unsaved(), *(label for card in self._all_cards for label in card.unsaved()))

    def enter(self) -> None:
        """Put the keyboard on the first question, with the screen from its top."""
        self.verticalScrollBar().setValue(0)
        target = next((card.target for card in self.cards if not card.isHidden() and card.target), None)
        (target or self).setFocus(Qt.FocusReason.TabFocusReason)
        self.verticalScrollBar().setValue(0)

    def card(self, question_id: str) -> Card:
        """The card of a question; KeyError when the screen has none, or keeps it folded."""
        for card in self._all_cards:
            if card.question.id == question_id:
                return card
        raise KeyError(question_id)

    def seek(self, question_id: str) -> None:
        """Put the keyboard on a question, unfolded if need be; elsewhere on the screen it stays."""
        if all(card.question.id != question_id for card in self.cards):
            self.folded.unfold()
        for card in self._all_cards:
            if card.question.id == question_id and not card.isHidden() and card.target is not None:
                card.target.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(card, 0, 48)

    @property
    def _all_cards(self) -> list[Card]:
        return [*self.cards, *self.folded.cards]

    def _rows(self) -> list[AnswerRow]:
        rows = [row for card in self.cards if isinstance(card, AnswerCard) for row in card.rows]
        return [*rows, *self.folded.rows]

    def _take_in_folded(self) -> None:
        self.form.set_rows(self._rows())
        self.show_state(self._walk.walkthrough.current)

    def _lay_out(self, questions: list[Question]) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(20)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._meta)
        column.addLayout(head)
        steps = list(dict.fromkeys(question.step_id for question in questions))
        for step_id in steps:
            group = QVBoxLayout()
            group.setSpacing(22)
            if len(steps) > 1:
                title = self._walk.loaded.guide.words().steps[step_id].title
                self._headings[step_id] = PlainLabel(title, rank="step", wrap=True)
                column.addWidget(self._headings[step_id])
            for card in self.cards:
                if card.question.step_id == step_id:
                    group.addWidget(card)
            column.addLayout(group)
        column.addWidget(self.folded)
        column.addWidget(self.earlier)
        column.addStretch(1)
        inner = QWidget()
        inner.setMaximumWidth(self.column_width)
        inner.setLayout(column)
        page = QWidget()
        page.setProperty("look", "page")
        row = QHBoxLayout(page)
        row.setContentsMargins(32, 20, 32, 32)
        row.addWidget(inner, 1000)
        row.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)

    def _follow_keyboard(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Keep the editor that has the keyboard in sight, and tell which step it belongs to."""
        page = self.widget()
        if now is None or page is None or not self.isVisible() or not page.isAncestorOf(now):
            return
        self.ensureWidgetVisible(now, 0, 48)
        for card in self._all_cards:
            if card.isAncestorOf(now) and card.question.step_id != self._step:
                self._step = card.question.step_id
                self.step_entered.emit(self._step)
