"""Questions that a screen's depth does not ask for: never hidden, and never in the way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.guide import Question
from coi_desktop.models.standing import PartState
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel, menu_text
from coi_desktop.ui.walkthrough.card_kinds import make_card
from coi_desktop.ui.walkthrough.cards import AnswerCard, AnswerRow, Card
from coi_desktop.ui.walkthrough.walk import Walk


class FoldedQuestions(QWidget):
    """A line that says how many there are and how many are answered; the cards are made when it is opened.

    ``unfolded``: the cards are there now.
    """

    unfolded = Signal()

    def __init__(self, desk: Desk, walk: Walk, question_ids: Sequence[str]) -> None:
        super().__init__()
        self._desk = desk
        self._walk = walk
        guide = walk.loaded.guide
        self._questions = [guide.question(question_id) for question_id in question_ids]
        self.cards: list[Card] = []
        self._headings: dict[str, PlainLabel] = {}
        self.opener = QPushButton()
        self.opener.setProperty("look", "link")
        self.opener.clicked.connect(self._open)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(22)
        self._column.addWidget(self.opener)
        self._note = PlainLabel(_("What follows can be skipped at this depth."), tone="muted", wrap=True)
        self._note.hide()
        self._column.addWidget(self._note)

    @property
    def is_unfolded(self) -> bool:
        """Whether the cards are there."""
        return bool(self.cards)

    @property
    def rows(self) -> list[AnswerRow]:
        """The editors of the questions that are no tables."""
        return [row for card in self.cards if isinstance(card, AnswerCard) for row in card.rows]

    def unfold(self) -> None:
        """Make the cards, grouped by the steps they come from."""
        if self.is_unfolded:
            return
        for question in self._questions:
            self._add(question)
        self.opener.hide()
        self._note.show()
        self.unfolded.emit()

    def show_state(self, part: PartState) -> None:
        """Show how many there are, and every card that is there."""
        states = {state.question.id: state for state in part.folded}
        self.setVisible(bool(states))
        answered = sum(state.is_answered for state in part.folded)
        text = ngettext(
            "Show {count} more question, which can be skipped at this depth",
            "Show {count} more questions, which can be skipped at this depth",
            len(states),
        ).format(count=len(states))
        if answered:
            text = _("{line} ({answered} answered)").format(line=text, answered=answered)
        self.opener.setText(menu_text(text))
        for card in self.cards:
            state = states.get(card.question.id)
            card.setVisible(state is not None and card.is_wanted)
            if state is not None:
                warnings = [one for one in part.warnings if one.question_id == card.question.id]
                card.show_state(state, warnings, ())
        for step_id, heading in self._headings.items():
            heading.setVisible(any(state.question.step_id == step_id for state in states.values()))

    def _add(self, question: Question) -> None:
        if question.step_id not in self._headings:
            title = self._walk.loaded.guide.words().steps[question.step_id].title
            self._headings[question.step_id] = PlainLabel(title, rank="step", wrap=True)
            self._column.addWidget(self._headings[question.step_id])
        card = make_card(self._desk, self._walk, question)
        self.cards.append(card)
        self._column.addWidget(card)

    def _open(self) -> None:
        self.unfold()
        target = next((card.target for card in self.cards if not card.isHidden() and card.target), None)
        if target is not None:
            target.setFocus()
