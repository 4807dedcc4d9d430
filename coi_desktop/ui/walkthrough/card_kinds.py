"""Which card a question gets, by its kind."""

from __future__ import annotations

from coi_desktop.models.guide import Question, QuestionKind
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.walkthrough.cards import AnswerCard, Card
from coi_desktop.ui.walkthrough.grid_card import GridCard
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.theory_card import QUESTION as THEORY
from coi_desktop.ui.walkthrough.theory_card import TheoryCard
from coi_desktop.ui.walkthrough.walk import Walk


def make_card(desk: Desk, walk: Walk, question: Question) -> Card:
    """The card of a question."""
    if question.kind is QuestionKind.GRID:
        return GridCard(desk, walk, question)
    if question.id == THEORY:
        return TheoryCard(desk, walk, question)
    if question.kind is QuestionKind.ROWS:
        return RowsCard(desk, walk, question)
    return AnswerCard(desk, walk, question)
