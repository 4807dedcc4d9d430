"""How each way to show the initiatives is made; imported when it is first shown."""

from __future__ import annotations

from coi_desktop.ui.desk import Desk
from coi_desktop.ui.pages.chosen_initiatives import BOARD, TIMELINE, ChosenInitiatives
from coi_desktop.ui.pages.shape import Shape


def make_shape(name: str, desk: Desk, chosen: ChosenInitiatives) -> Shape:
    """The board or timeline; KeyError for another name."""
    return _MAKERS[name](desk, chosen)


def _board(desk: Desk, chosen: ChosenInitiatives) -> Shape:
    from coi_desktop.ui.pages.board import Board

    return Board(desk, chosen)


def _timeline(desk: Desk, chosen: ChosenInitiatives) -> Shape:
    from coi_desktop.ui.pages.timeline import Timeline

    return Timeline(desk, chosen)


_MAKERS = {BOARD: _board, TIMELINE: _timeline}
