"""A first day with the register, through the main window, in Danish.

The list a unit already keeps comes in, twenty fields are written over, a change of many is taken back, a
deleted initiative returns, and the backup of the morning tells what the day has changed.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.query import Order, Query
from coi_desktop.operations.backups import find_backups
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog
from coi_desktop.ui.dialogs.restore_dialog import RestoreDialog
from coi_desktop.ui.dialogs.table_import import TableImportDialog
from coi_desktop.ui.dialogs.trash_dialog import TrashDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.selection_bar import SelectionBar
from tests.exchange.table_makers import write_messy_workbook
from tests.store.making import content
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar
from tests.ui.waits import LONGEST, wait_until_idle
from tests.ui.walkthrough.hand import type_text
from tests.ui.walkthrough.keyboard import Keyboard

IN_THE_LIST = 9
EDITED = ("Afdeling", "Problem", "Løsning", "Målgruppe", "Budget")


class Day:
    """The window, whoever sits before it, and a look into the register past the window."""

    def __init__(self, qtbot: QtBot, register: Register, prompts: FakePrompts, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.register = register
        self.prompts = prompts
        self.window = window
        self.keys = Keyboard()

    def press(self, action: str, *answers: Callable[..., bool], path: Path | None = None) -> None:
        """Use an action of the menus with answers for what it asks, and wait until its work is done."""
        self.prompts.dialogs = list(answers)
        self.prompts.paths = [] if path is None else [path]
        self.window.actions_[action].trigger()
        wait_until_idle(self.qtbot, self.window.desk)
        assert self.prompts.dialogs == []
        self.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is self.window, timeout=LONGEST)

    @property
    def page(self) -> InitiativesPage:
        """The page of initiatives."""
        found = self.window.findChild(InitiativesPage)
        assert isinstance(found, InitiativesPage)
        return found

    @property
    def notice(self) -> str:
        """What the notice says."""
        return notice_bar(self.window).text

    @property
    def titles(self) -> list[str]:
        """What the register holds."""
        return [one.text("title") for one in self.register.find(Query("initiative", order=Order("title")))]

    def ids(self) -> list[str]:
        """The initiatives in the order of the list."""
        return [self.page.model.id_at(row) for row in range(self.page.model.rowCount())]


@pytest.fixture
def day(
    qtbot: QtBot, register: Register, prompts: FakePrompts, open_window: Callable[..., MainWindow]
) -> Day:
    return Day(qtbot, register, prompts, open_window())


def test_a_list_comes_in_and_nothing_of_a_days_work_is_lost(day: Day, tmp_path: Path) -> None:
    a_list_from_excel_comes_in(day, write_messy_workbook(tmp_path / "projekter.xlsx"))
    day.press("backup_now")
    the_morning = content(day.register.path)
    twenty_fields_are_written_over(day)
    a_change_of_many_is_taken_back(day)
    what_was_deleted_returns(day)
    the_backup_of_the_morning_tells_what_the_day_has_changed(day)
    every_edit_is_taken_back_one_by_one(day, the_morning)
    assert day.register.find_damage() == []


def a_list_from_excel_comes_in(day: Day, path: Path) -> None:
    def review(dialog: TableImportDialog) -> bool:
        dialog.go_on()
        dialog.go_on()
        return bool(dialog.result())

    day.press("import_table", review, path=path)
    assert day.notice == f"{IN_THE_LIST} rækker er importeret."
    assert len(day.titles) == IN_THE_LIST
    assert "Datadrevet snerydning" in day.titles
    assert day.page.model.rowCount() == IN_THE_LIST


def twenty_fields_are_written_over(day: Day) -> None:
    """By keyboard: from field to field with Tab, saved without being asked to."""
    for place, record_id in enumerate(day.ids()[:4]):
        day.page.show_record(record_id)
        day.press("rename")
        for name in EDITED:
            editor = day.keys.reach(name)
            text = f"{place + 1}.250.000,50" if name == "Budget" else f"{name} nr. {place + 1}, Ærø"
            write_over(editor, text)
        assert day.window.flush()
        edited = day.register.get("initiative", record_id)
        assert edited["department"] == f"Afdeling nr. {place + 1}, Ærø"
        assert edited["budget"] == Decimal(f"{place + 1}250000.50")
        assert edited.text("solution") == f"Løsning nr. {place + 1}, Ærø"


def write_over(editor: object, text: str) -> None:
    """Type over all that a field holds."""
    assert isinstance(editor, QLineEdit | QPlainTextEdit), editor
    editor.selectAll()
    type_text(editor, text)


def a_change_of_many_is_taken_back(day: Day) -> None:
    before = content(day.register.path)

    def choose(dialog: BulkDialog) -> bool:
        row = dialog.add_field("owner")
        row.row.editor.set_raw("Team Velfærd")
        row.row.editor.edited.emit()
        dialog.update_preview()
        assert dialog.preview.rows.rowCount() == IN_THE_LIST
        return True

    day.prompts.dialogs = [choose]
    day.page.table.setFocus()
    QTest.keyClick(day.page.table, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    bar = day.page.findChild(SelectionBar)
    assert isinstance(bar, SelectionBar)
    bar.findChildren(QPushButton)[0].click()
    wait_until_idle(day.qtbot, day.window.desk)
    owners = {one["owner"] for one in day.register.find(Query("initiative"))}
    assert owners == {"Team Velfærd"}
    assert day.notice == f"Ændrede {IN_THE_LIST} felter i {IN_THE_LIST} tiltag."
    day.press("undo")
    assert content(day.register.path) == before


def what_was_deleted_returns(day: Day) -> None:
    before = content(day.register.path)
    gone = day.ids()[1]
    title = day.register.get("initiative", gone).text("title")
    day.page.show_record(gone)
    day.press("delete")
    assert title not in day.titles

    def put_back(dialog: TrashDialog) -> bool:
        dialog.show()
        dialog.search.setText(title[:6].upper())
        assert dialog.table.rows.rowCount() == 1
        QTest.keyClick(dialog.table, Qt.Key.Key_Return)
        dialog.accept()
        return True

    day.press("trash", put_back)
    assert day.page.current_initiative() == gone
    assert content(day.register.path) == before


def the_backup_of_the_morning_tells_what_the_day_has_changed(day: Day) -> None:
    def compare(dialog: RestoreDialog) -> bool:
        QTest.keyClick(dialog.table, Qt.Key.Key_Down)
        day.qtbot.waitUntil(lambda: "Sammenligner" not in dialog.said.text(), timeout=LONGEST)
        said.append(dialog.said.text())
        dialog.show_records.setChecked(True)
        said.extend(
            str(dialog.records.rows.index(row, 2).data()) for row in range(dialog.records.rows.rowCount())
        )
        return False

    said: list[str] = []
    reasons = [found.manifest.reason for found in find_backups(day.register.path)]
    assert reasons == [Reason.BULK, Reason.ASKED]
    day.press("restore", compare)
    assert "4 tiltag er ældre udgaver" in said[0]
    assert len(said) == 1 + 4


def every_edit_is_taken_back_one_by_one(day: Day, the_morning: object) -> None:
    """What was typed is undone field by field, back to what was imported."""
    for _step in range(60):
        if content(day.register.path) == the_morning:
            return
        day.press("undo")
    raise AssertionError("the register is not as it was in the morning")
