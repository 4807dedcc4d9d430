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
from tests.ui.walkthrough.small_evaluation import SCREENS, enter


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


def test_six_screens_by_keyboard_end_in_a_decision(
    panel: WalkPanel, keys: Keyboard, loaded: Callable[[], LoadedEvaluation], prompts: FakePrompts
) -> None:
    enter(keys, *SCREENS[:4])
    panel.flush()
    assert [part.id for part in panel.walk.walkthrough.screens if part.status is not Status.COMPLETE] == [
        "what_showed",
        "conclude_decide",
    ]
    keys.next_screen()
    enter(keys, *SCREENS[4:])
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
    name: str = stop.accessibleName() or str(getattr(stop, "text", str)())
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
    assert reopened.front.card("theory.if_we").target.toPlainText() == "meet every mor"


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
