"""A window with an initiative whose evaluation is to be walked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from coi_desktop.operations.evaluations import LoadedEvaluation, find_evaluations, load_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

MORNING_MEETING = {
    "title": "Fælles morgenmøde",
    "solution": "Hver morgen mødes hjemmepleje og sygepleje ti minutter ved tavlen.",
    "phase": "develop",
}


@pytest.fixture
def initiative_id(register: Register) -> str:
    """An initiative without an evaluation."""
    return add_initiative(register, MORNING_MEETING)


@pytest.fixture
def panel(register: Register, initiative_id: str, open_window: Callable[..., MainWindow]) -> WalkPanel:
    """The walk-through of a new evaluation of that initiative, in front of the user."""
    window = open_window()
    window.show_record("evaluations", initiative_id)
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    assert page.panel is not None
    return page.panel


@pytest.fixture
def loaded(register: Register, initiative_id: str) -> Callable[[], LoadedEvaluation]:
    """What the register holds of that evaluation, read past the window."""
    return lambda: load_evaluation(register, find_evaluations(register, initiative_id)[0].id)
