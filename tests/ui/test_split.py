"""The line between list and record: moved by commands and keys, remembered, and no further than it can go."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.settings import Settings
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import LEAST_LIST, LEAST_PANEL, InitiativesPage
from coi_desktop.ui.split import STEP, one_above_the_other
from tests.ui.waits import LONGEST

both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier


def test_commands_of_the_menu_move_the_line_and_it_stays_where_it_was_put(
    window: MainWindow,
    page: InitiativesPage,
    three: tuple[str, ...],
    settings: Settings,
) -> None:
    line = window.find_line()
    assert line is not None
    window.actions_["wider_list"].trigger()  # the actions are made
    before = line.sizes()
    page.table.setFocus()
    for key, by in ((Qt.Key.Key_Left, -STEP), (Qt.Key.Key_Right, 0)):
        QTest.keyClick(window, key, both)
        assert line.sizes() == [before[0] + by, before[1] - by]
    QTest.keyClick(window, Qt.Key.Key_Left, both)
    for _press in range(40):
        window.actions_["wider_list"].trigger()
    assert line.sizes()[1] == LEAST_PANEL
    for _press in range(40):
        window.actions_["narrower_list"].trigger()
    assert line.sizes()[0] >= LEAST_LIST
    left = line.sizes()
    window.close()
    assert settings.get("splitter") == left


def test_the_commands_are_off_where_no_list_has_a_record_beside_it(
    window: MainWindow, page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    commands = [window.actions_[name] for name in ("wider_list", "narrower_list")]
    assert all(command.isEnabled() for command in commands)
    window.show_place("overview")
    assert not any(command.isEnabled() for command in commands)
    window.show_place("initiatives")
    assert all(command.isEnabled() for command in commands)


@pytest.mark.parametrize(("key", "by"), [(Qt.Key.Key_Down, STEP), (Qt.Key.Key_Up, -STEP)])
def test_in_a_dialog_keys_move_the_line_across_it(qtbot: QtBot, key: Qt.Key, by: int) -> None:
    dialog = QWidget()
    qtbot.addWidget(dialog)
    upper = QTableView()
    line = one_above_the_other(upper, QTableView(), (300, 300))
    QVBoxLayout(dialog).addWidget(line)
    dialog.resize(400, 640)
    dialog.show()
    dialog.activateWindow()
    upper.setFocus()
    qtbot.waitUntil(upper.hasFocus, timeout=LONGEST)
    before = line.sizes()
    QTest.keyClick(upper, key, both)
    assert line.sizes() == [before[0] + by, before[1] - by]
