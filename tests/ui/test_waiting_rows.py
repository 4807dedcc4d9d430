"""What waits on the start page, answered from there: alone, by kind, and in the list of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.reminder_list import ReminderList
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.overview_page import OverviewPage
from tests.ui.conftest import OpenWindow
from tests.ui.test_overview_page import Calendar, settle, show
from tests.ui.waits import LONGEST


@pytest.fixture
def window(tmp_path: Path, open_window: OpenWindow) -> Iterator[MainWindow]:
    """A window on three initiatives that nobody has looked at for four hundred days."""
    calendar = Calendar()
    calendar.moment -= timedelta(days=400)
    with Register.create(tmp_path / "før.coi", clock=calendar) as register:
        for title in ("Robot", "Have", "Ældrebus"):
            add_initiative(register, {"title": title})
        calendar.moment += timedelta(days=400)
        window = open_window(None, register)
        window.desk.settings.set("my_name", "Anna")
        yield window
        window.close()


def waiting(page: OverviewPage) -> dict[str, int]:
    assert page.overview is not None
    return {group.kind.value: len(group.reminders) for group in page.overview.waiting}


def button(page: OverviewPage, said: str) -> QPushButton:
    found = [one for one in page.waiting.findChildren(QPushButton) if one.accessibleName().startswith(said)]
    return next(one for one in found if one.isVisible())


def test_all_of_a_kind_are_confirmed_with_one_press_and_undone_with_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = show(qtbot, window)
    assert waiting(page) == {"not_started": 3, "not_confirmed": 3}
    sure = button(page, "Bekræft alle")
    sure.setFocus()
    QTest.keyClick(sure, Qt.Key.Key_Space)
    settle(qtbot, window, page)
    qtbot.waitUntil(lambda: waiting(page) == {"not_started": 3}, timeout=LONGEST)
    window.desk.register.undo()
    qtbot.waitUntil(lambda: waiting(page) == {"not_started": 3, "not_confirmed": 3}, timeout=LONGEST)
    settle(qtbot, window, page)


def test_the_answers_of_one_line_concern_that_line_alone(qtbot: QtBot, window: MainWindow) -> None:
    page = show(qtbot, window)
    more = next(one for one in page.waiting.findChildren(QToolButton) if "Robot" in one.accessibleName())
    more.click()
    menu = more.findChild(QMenu)
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text().replace("&", "") == "Ikke relevant")
    action.trigger()
    menu.close()
    qtbot.waitUntil(lambda: waiting(page) == {"not_started": 2, "not_confirmed": 3}, timeout=LONGEST)
    settle(qtbot, window, page)


def test_the_list_of_a_kind_answers_the_chosen_and_leads_to_the_one_in_front(
    qtbot: QtBot, window: MainWindow
) -> None:
    page = show(qtbot, window)
    assert page.overview is not None
    group = page.overview.waiting[0]
    dialog = ReminderList(window.desk, group.reminders, page.overview.titles)
    qtbot.addWidget(dialog)
    assert len(dialog.chosen()) == 3
    dialog.table.selectRow(1)
    chosen = dialog.chosen()
    dialog.answers.click()
    menu = dialog.answers.findChild(QMenu)
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if "uge" in one.text()).trigger()
    menu.close()
    assert dialog.table.rows.rowCount() == 2
    assert chosen[0] not in dialog.chosen()
    dialog.go.click()
    assert dialog.wanted is not None
    assert dialog.wanted.initiative_id != chosen[0].initiative_id
    settle(qtbot, window, page)


def test_where_nothing_may_be_written_there_is_nothing_to_answer(
    qtbot: QtBot, tmp_path: Path, window: MainWindow, open_window: OpenWindow
) -> None:
    path = window.desk.register.path
    window.close()
    window.desk.register.close()
    with Register.open(path, write=False) as register:
        reader = open_window(None, register)
        page = show(qtbot, reader)
        assert page.waiting.findChildren(QToolButton) == []
        assert len(page.waiting.rows) >= 2
        reader.close()
