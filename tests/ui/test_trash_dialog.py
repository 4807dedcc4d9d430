"""The trash by keyboard: found, looked at, put back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton

from coi_desktop.operations import initiatives
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.trash_dialog import TrashDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar


def said(dialog: TrashDialog) -> str:
    return " | ".join(label.text() for label in dialog.findChildren(QLabel))


def test_what_del_removed_is_put_back_from_the_trash(
    window: MainWindow, page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    page.table.choose(page.model.id_at(0))
    record_id = page.current_initiative()
    start_evaluation(register, record_id)
    window.actions_["delete"].trigger()
    notice = notice_bar(window)
    assert "&Papirkurv" in [button.text() for button in notice.findChildren(QPushButton)]
    texts: list[str] = []

    def restore(dialog: TrashDialog) -> bool:
        texts.append(said(dialog))
        dialog.show()
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        texts.append(said(dialog))
        assert not dialog.restore_button.isEnabled()
        dialog.accept()
        return True

    prompts.dialogs = [restore]
    window.actions_["trash"].trigger()
    assert "1 evaluering" in texts[0]
    assert "er tilbage" in texts[1]
    assert page.current_initiative() == record_id
    assert register.children("evaluation", record_id)


def test_the_trash_is_searched(window: MainWindow, register: Register, three: tuple[str, str, str]) -> None:
    for record_id in three:
        initiatives.remove_initiative(register, record_id)
    dialog = TrashDialog(window.desk)
    assert dialog.table.rows.rowCount() == 3
    dialog.search.setText("elbil")
    assert [dialog.table.rows.index(0, 0).data()] == ["Ærø deler elbiler"]
    assert dialog.table.rows.rowCount() == 1
    dialog.search.setText("findes ikke")
    assert "Her er ikke noget." in said(dialog)
    assert not dialog.restore_button.isEnabled()
    dialog.deleteLater()


def test_in_a_register_for_reading_the_trash_can_be_looked_at(
    read_only: Register, register: Register, three: tuple[str, str, str], open_window: object
) -> None:
    initiatives.remove_initiative(register, three[0])
    window = open_window(other=read_only)
    dialog = TrashDialog(window.desk)
    assert dialog.table.rows.rowCount() == 1
    assert not dialog.restore_button.isEnabled()
    dialog.deleteLater()
