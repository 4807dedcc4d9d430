"""Several initiatives at once, by keyboard: chosen, shown what would change, changed and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.bulk import BULK_EDIT, read_selection
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog
from coi_desktop.ui.forms.bulk_row import BulkRow
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.selection_bar import SelectionBar
from tests.store.making import content
from tests.ui.choosing import choose_several
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar


def said(dialog: BulkDialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(QLabel))


@pytest.fixture
def dialog(window: MainWindow, register: Register, three: tuple[str, str, str]) -> BulkDialog:
    return BulkDialog(window.desk, run_to_end(read_selection(register, three)), window)


def test_ctrl_a_and_the_strip_lead_to_one_step_that_is_taken_back_whole(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    before = content(register.path)

    def set_owner(dialog: BulkDialog) -> bool:
        row = dialog.add_field("owner")
        row.row.editor.set_raw("Team Velfærd")
        row.row.editor.edited.emit()
        dialog.add_tags.setText("velfærd, nyt")
        dialog.update_preview()
        assert "Ændrer 9 felter i 3 tiltag" in said(dialog)
        assert dialog.preview.rows.rowCount() == 9
        return True

    prompts.dialogs = [set_owner]
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bar = page.findChild(SelectionBar)
    assert isinstance(bar, SelectionBar)
    assert bar.isVisible()
    bar.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: register.next_undo == (BULK_EDIT, "3 tiltag"))
    qtbot.waitUntil(lambda: not window.desk.runner.is_busy)
    assert page.table.chosen_count() == 3
    assert notice_bar(window).text == "Ændrede 9 felter i 3 tiltag."
    assert [one["owner"] for one in register.get_many("initiative", page.table.chosen_ids())] == (
        ["Team Velfærd"] * 3
    )
    window.actions_["undo"].trigger()
    assert content(register.path) == before


def test_arrows_and_letters_look_through_the_fields_and_enter_adds_one(
    dialog: BulkDialog, qtbot: QtBot
) -> None:
    dialog.show()
    listed = dialog.chooser.view()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_S):
        QTest.keyClick(dialog.chooser, key)
        assert dialog.findChildren(BulkRow) == []
        qtbot.waitUntil(listed.isVisible)
        dialog.chooser.hidePopup()
    QTest.keyClick(dialog.chooser, Qt.Key.Key_Down)
    listed.setCurrentIndex(listed.model().index(dialog.chooser.findData("owner"), 0))
    QTest.keyClick(listed, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(dialog.findChildren(BulkRow)) == 1)
    assert "Ejer" in said(dialog)
    dialog.close()


def test_mixed_values_are_told_and_untouched_until_something_is_typed(dialog: BulkDialog) -> None:
    dialog.add_field("owner")
    dialog.add_field("phase")
    dialog.update_preview()
    assert "Blandede værdier" in said(dialog)
    assert not dialog.change_button.isEnabled()


def test_a_field_is_emptied_by_its_tick_and_left_by_its_cross(dialog: BulkDialog) -> None:
    row = dialog.add_field("owner")
    row.clear.setChecked(True)
    dialog.update_preview()
    assert "Ændrer 2 felter i 2 tiltag" in said(dialog)
    row.removed.emit()
    dialog.update_preview()
    assert not dialog.change_button.isEnabled()


def test_what_does_not_read_as_a_value_changes_nothing(dialog: BulkDialog) -> None:
    row = dialog.add_field("budget")
    row.row.editor.set_raw("mange penge")
    row.row.editor.edited.emit()
    dialog.update_preview()
    assert dialog.plan is None
    assert not dialog.change_button.isEnabled()


def test_del_removes_all_that_are_chosen_in_one_step(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    choose_several(page, three[:2])
    count = page.table.chosen_count()
    assert count == 2
    window.actions_["delete"].trigger()
    qtbot.waitUntil(lambda: register.count("initiative") == 3 - count)
    qtbot.waitUntil(lambda: not window.desk.runner.is_busy)
    window.actions_["undo"].trigger()
    assert register.count("initiative") == 3


def test_editing_several_with_one_chosen_says_how_to_choose_more(
    window: MainWindow, page: InitiativesPage, register: Register
) -> None:
    revision = register.revision
    window.actions_["bulk_edit"].trigger()
    assert any("Ctrl+A" in label.text() for label in window.findChildren(QLabel))
    assert register.revision == revision
