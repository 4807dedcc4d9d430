"""The light path by keyboard alone, from a new initiative to its decision, with leaving and coming back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.completeness import Status
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts
from tests.ui.walkthrough.keyboard import Keyboard


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


def _first_sitting(keys: Keyboard) -> None:
    keys.tick("Citizens")
    keys.choose("Why evaluate? At most three, in order: number 1", "See whether the goal is reached")
    keys.answer("Which decision will the answer serve?", "Shall all groups take part?")
    keys.answer("When is it made?", "15-12-2026")
    keys.choose("Who makes it?", "Manager")
    keys.next_screen()
    keys.choose("Total cost", "Under DKK 100,000")
    keys.choose("People affected", "25–500")
    keys.choose("What can go wrong?", "Easily undone")
    keys.choose("How new is it?", "Adapted")
    keys.choose("What hangs on it?", "Only us")
    keys.choose("Any requirement?", "None")
    keys.answer("Hours for the evaluation", "8")
    keys.choose("Who carries out the evaluation?", "Internal")
    keys.next_screen()
    keys.choose("Efficiency: How important?", "Main aim")
    keys.choose("Efficiency: Expected change", "Somewhat better")
    keys.answer("If we …", "meet for ten minutes every morning")
    keys.answer("then …", "we drive fewer trips in vain")
    keys.answer("because …", "changes are said aloud")
    keys.next_screen()
    keys.add_row("Questions the evaluation will answer", "Do we drive fewer trips in vain?")
    keys.choose("Type · missing", "Result")
    keys.add_row("Measures of the value", "Trips in vain a week")
    keys.choose("Value kind · missing", "Efficiency")
    keys.choose("Form · missing", "Count")
    keys.choose("Direction · missing", "Down")
    keys.choose("How sure is the baseline? · missing", "Measured")
    keys.answer("Baseline · missing", "12")
    keys.answer("Date of baseline · missing", "2026-02-02")
    keys.choose("Firmness of target · missing", "Provisional")
    keys.answer("Target", "6")
    keys.add_chosen_row("How you get answers", 1)
    keys.answer("Who or what? · missing", "The trip list")
    keys.answer("From · missing", "2/2 2026")


def _second_sitting(keys: Keyboard) -> None:
    keys.add_chosen_row("Measurements", 1)
    keys.answer("Value · missing", "7")
    keys.tick("Nothing important shifted")
    keys.choose("Is economy relevant here?", "Yes")
    keys.answer("One-off cost", "18000")
    keys.answer("Running cost a year", "52000")
    keys.answer("Gain a year", "70000")
    keys.choose("What kind of gain?", "Cashable")
    keys.next_screen()
    keys.choose("Do we drive fewer trips in vain?: Short answer", "Partly")
    keys.choose("Efficiency: Rating", "Somewhat better")
    keys.answer("The conclusion in one line", "Five fewer trips a week")
    keys.answer("Which value, and for whom?", "Colleagues save time")
    keys.answer("How sure are we?", "Fairly sure by day")
    keys.answer("What we take along", "Ten minutes are enough")
    keys.choose("Decided", "Adjust")
    keys.answer("Date of the decision", "22-11-2026")
    keys.choose("Who decided?", "Manager")
    keys.answer("Reason", "The evening shift shall join")
    keys.answer("When will you look again?", "1 May 2027")
    keys.answer("Hours used on the evaluation", "9")
    keys.choose("Were the answers used?", "Yes")


def test_six_screens_by_keyboard_end_in_a_decision(
    panel: WalkPanel, keys: Keyboard, loaded: Callable[[], LoadedEvaluation], prompts: FakePrompts
) -> None:
    _first_sitting(keys)
    panel.flush()
    assert [part.id for part in panel.walk.walkthrough.screens if part.status is not Status.COMPLETE] == [
        "what_showed",
        "conclude_decide",
    ]
    keys.next_screen()
    _second_sitting(keys)
    panel.flush()
    found = loaded()
    assert found.walkthrough.missing == ()
    assert found.walkthrough.may_finish
    assert found.figures.decided == "adjust"
    assert found.figures.economy.npv == Decimal("63270.94")
    assert (found.figures.evidence.level, found.figures.evidence.ceiling) == (2, 2)
    assert prompts.asked == []
    assert not any(isinstance(one, QDialog) for one in QApplication.topLevelWidgets() if one.isVisible())
    assert [name for name in map(_name, keys.stops) if not name] == []


def _name(stop: object) -> str:
    name: str = stop.accessibleName() or str(getattr(stop, "text", str)())  # type: ignore[attr-defined]
    return name


def test_leaving_in_the_middle_loses_nothing_and_comes_back_to_the_same_place(
    panel: WalkPanel,
    keys: Keyboard,
    register: Register,
    initiative_id: str,
    open_window: Callable[..., MainWindow],
    qtbot: QtBot,
) -> None:
    keys.next_screen()
    keys.choose("Total cost", "Over DKK 1 million")
    keys.next_screen()
    keys.answer("If we …", "meet every mor")
    window = panel.window()
    assert isinstance(window, MainWindow)
    window.close()
    again = open_window()
    again.show_record("evaluations", initiative_id)
    reopened = again.findChild(WalkPanel)
    assert isinstance(reopened, WalkPanel)
    assert reopened.walk.walkthrough.position == "value_idea"
    assert reopened.walk.loaded.answers.single("theory")["if_we"] == "meet every mor"
    assert reopened.front.card("theory.if_we").target.text() == "meet every mor"  # type: ignore[union-attr]


def test_undo_takes_an_answer_back_and_shows_where_it_stood(
    panel: WalkPanel, keys: Keyboard, register: Register
) -> None:
    keys.next_screen()
    keys.choose("Total cost", "Over DKK 1 million")
    keys.next_screen()
    assert panel.walk.walkthrough.position == "value_idea"
    keys.press(Qt.Key.Key_Z, ctrl=True)
    assert panel.walk.loaded.answers.single("proportion") == {}
    assert panel.walk.walkthrough.position == "how_much"
    keys.press(Qt.Key.Key_Y, ctrl=True)
    assert panel.walk.loaded.answers.single("proportion")["cost"] == "2"


def test_the_place_is_kept_where_nothing_was_answered_since(
    panel: WalkPanel, keys: Keyboard, initiative_id: str, open_window: Callable[..., MainWindow]
) -> None:
    keys.next_screen()
    keys.next_screen()
    keys.next_screen()
    window = panel.window()
    assert isinstance(window, MainWindow)
    window.close()
    again = open_window()
    again.show_record("evaluations", initiative_id)
    reopened = again.findChild(WalkPanel)
    assert isinstance(reopened, WalkPanel)
    assert reopened.walk.walkthrough.position == "one_measure"
