"""The real prompts: what they do to the windows they are given."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.ui.dialogs.questions import ChoiceDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.prompts import Choice
from coi_desktop.ui.window_prompts import fit_to_room


@pytest.mark.parametrize(
    ("wanted", "room", "expected"),
    [
        (QSize(960, 620), QSize(683, 352), QSize(683, 352)),  # 1366×768 at double scale
        (QSize(960, 620), QSize(1366, 736), QSize(960, 620)),
        (QSize(400, 620), QSize(683, 352), QSize(400, 352)),
    ],
)
def test_a_dialog_is_never_larger_than_the_screen(
    qtbot: QtBot, wanted: QSize, room: QSize, expected: QSize
) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    dialog.resize(wanted)
    fit_to_room(dialog, room)
    assert dialog.size() == expected


def test_the_status_bar_is_as_high_before_the_first_work_as_during_it(window: MainWindow) -> None:
    before = window.statusBar().height()
    window._status.progress.show()
    window.statusBar().layout().activate()
    assert window.statusBar().sizeHint().height() <= before


def test_the_letters_of_answers_are_underlined_and_not_shown_as_signs(qtbot: QtBot) -> None:
    dialog = ChoiceDialog(
        "Titel", "Tekst", [Choice("move", "&Flyt det"), Choice("read", "Åbn kun til &læsning")]
    )
    qtbot.addWidget(dialog)
    buttons = dialog.findChildren(QPushButton)
    assert [button.text() for button in buttons] == ["&Flyt det", "Åbn kun til &læsning"]
    assert [button.shortcut().toString() for button in buttons] == ["Alt+F", "Alt+L"]
