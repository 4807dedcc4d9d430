"""A small initiative evaluated from nothing by someone who has only a keyboard, and what that takes.

The numbers are bounds: they say how much work the light path is, and fail when it becomes more.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coi_desktop.models.completeness import Status
from coi_desktop.operations.evaluations import find_evaluations, load_evaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts
from tests.ui.waits import LONGEST
from tests.ui.walkthrough.keyboard import Keyboard
from tests.ui.walkthrough.small_evaluation import SCREENS, enter

#: About fifty answers, and three more where economy matters; the program has some of them itself.
MOST_INPUTS = 58
#: Of these the ones that are written, dates and numbers counted; of texts there are fewer.
MOST_TYPED = 28
#: Keys that are no letters of an answer: from field to field, through the choices, on to the next screen.
MOST_KEYS = 220


def _name_it(dialog: QuickAdd, keys: Keyboard, qtbot: QtBot) -> bool:
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog, timeout=LONGEST)
    keys.answer("Titel", "Fælles morgenmøde")
    keys.press(Qt.Key.Key_Return, ctrl=True)
    return bool(dialog.result())


@pytest.fixture
def empty_window(open_window: Callable[..., MainWindow]) -> MainWindow:
    return open_window()


def test_a_small_initiative_is_evaluated_from_nothing_in_six_screens_with_few_keys(
    empty_window: MainWindow,
    register: Register,
    prompts: FakePrompts,
    qtbot: QtBot,
    record_property: Callable[[str, object], None],
) -> None:
    keys = Keyboard()
    seen: list[str] = []
    prompts.dialogs = [lambda dialog: _name_it(dialog, keys, qtbot)]
    keys.press(Qt.Key.Key_N, ctrl=True)
    empty_window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is empty_window, timeout=LONGEST)
    page = empty_window.findChild(InitiativesPage)
    assert isinstance(page, InitiativesPage)
    page.table.setFocus()
    keys.press(Qt.Key.Key_F8)
    panel = empty_window.findChild(WalkPanel)
    assert isinstance(panel, WalkPanel)
    seen.append(panel.walk.walkthrough.position)
    panel.walk.moved.connect(lambda: seen.append(panel.walk.walkthrough.position))
    keys.answer("Tiltaget, som det er nu", "Ti minutter ved tavlen hver morgen.")
    enter(keys, *SCREENS)
    panel.flush()
    initiative_id = page.current_initiative()
    found = load_evaluation(register, find_evaluations(register, initiative_id)[0].id)
    assert found.walkthrough.may_finish
    assert {screen.status for screen in found.walkthrough.screens} == {Status.COMPLETE}
    required = found.walkthrough.completeness
    counts = {
        "required inputs": required.required,
        "inputs given": keys.inputs,
        "of these typed": keys.typed_inputs,
        "keystrokes": keys.keystrokes,
        "letters and digits": keys.letters,
        "screens": len(dict.fromkeys(seen)),
    }
    record_property("figures", ", ".join(f"{name} {count}" for name, count in counts.items()))
    assert len(dict.fromkeys(seen)) == len(SCREENS) == 6
    assert keys.inputs <= MOST_INPUTS
    assert required.required <= MOST_INPUTS
    assert keys.typed_inputs <= MOST_TYPED
    assert keys.keystrokes - keys.letters <= MOST_KEYS
