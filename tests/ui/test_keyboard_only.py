"""Everything by keyboard alone: Tab reaches each part and leaves it again, it can be seen where one is,
Escape closes, Enter goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollBar,
    QTabBar,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Condition, Test
from coi_desktop.operations import initiatives
from coi_desktop.operations.bulk import read_selection
from coi_desktop.operations.people import add_person, find_people
from coi_desktop.operations.views import find_views
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.about_dialog import AboutDialog
from coi_desktop.ui.dialogs.bulk_dialog import BulkDialog
from coi_desktop.ui.dialogs.fields_dialog import FieldsDialog
from coi_desktop.ui.dialogs.filter_form import FilterForm
from coi_desktop.ui.dialogs.help_window import HelpWindow
from coi_desktop.ui.dialogs.history_dialog import HistoryDialog
from coi_desktop.ui.dialogs.link_dialog import LinkDialog
from coi_desktop.ui.dialogs.merge_dialog import MergeDialog
from coi_desktop.ui.dialogs.people_dialog import PeopleDialog
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog
from coi_desktop.ui.dialogs.trash_dialog import TrashDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.board import Board
from coi_desktop.ui.pages.chosen_initiatives import BOARD, LIST, TIMELINE
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.record_head import RecordHead
from tests.ui.waits import LONGEST

MOST_STOPS = 200


class Way(NamedTuple):
    """Where the Tab key went: what it stopped at, and what is wrong there, in words."""

    stops: list[QWidget]
    faults: list[str]


def called(part: QWidget) -> str:
    return f"{type(part).__name__} {part.accessibleName() or getattr(part, 'text', str)()!r}"


def go_round(window: QWidget, key: Qt.Key = Qt.Key.Key_Tab) -> Way:
    """Press Tab until one is where one was."""
    here = QApplication.focusWidget()
    if here is None or here.window() is not window:
        return Way([], ["nothing has the keyboard at first"])
    way, wanted = Way([here], []), set(expected(window))
    for _stop in range(MOST_STOPS):
        with_keyboard = here.grab().toImage()
        QTest.keyClick(here, key)
        QApplication.processEvents()
        following = QApplication.focusWidget()
        if following is None or following is here or following.window() is not window:
            way.faults.append(f"the keyboard does not go on from {called(here)}")
            return way
        if here.grab().toImage() == with_keyboard:
            way.faults.append(f"one cannot see that {called(here)} has the keyboard")
        if following.visibleRegion().isEmpty():
            way.faults.append(f"{called(following)} has the keyboard out of sight")
        if following in way.stops:
            break
        way.stops.append(following)
        here = following
    way.faults.extend(
        f"{called(part)} is not reached" for part in wanted & set(expected(window)) - set(way.stops)
    )
    return way


def expected(window: QWidget) -> list[QWidget]:
    """What can be seen and takes the keyboard; of buttons of which one holds only one need be a stop."""
    return [
        part
        for part in window.findChildren(QWidget)
        if part.window() is window
        and part.focusPolicy() & Qt.FocusPolicy.TabFocus
        and part.isVisible()
        and part.isEnabled()
        and part.focusProxy() is None
        and not isinstance(part, QScrollBar | QRadioButton)
        and not (isinstance(part, QAbstractButton) and part.group() is not None)
    ]


@pytest.fixture
def full(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> InitiativesPage:
    """The page with something on every tab of the panel, a filter, and the tabs of the views."""
    register_rows = (("tag", {"name": "velfærd"}), ("attachment", {"title": "Notat"}))
    for table, values in register_rows:
        initiatives.add_row(register, table, {"initiative_id": three[0], **values})
    initiatives.edit_field(register, three[0], "start", date(2026, 1, 1))
    qtbot.waitUntil(lambda: page.head.switch is not None, timeout=LONGEST)
    page.initiatives.set_conditions((Condition("title", Test.CONTAINS, "e"),))
    page.show_record(three[0])
    return page


@pytest.mark.parametrize("shape", [LIST, BOARD, TIMELINE])
def test_tab_goes_through_the_whole_window_and_back_again(
    full: InitiativesPage, shape: str, qtbot: QtBot
) -> None:
    full.initiatives.set_shape(shape)
    window = full.window()
    head = window.findChild(RecordHead)
    assert head is not None
    # The head tells of the evaluation a moment later, with a button where there is none.
    qtbot.waitUntil(lambda: any(button.isVisible() for button in head.findChildren(QPushButton)))
    there = go_round(window)
    assert there.faults == []
    back = go_round(window, Qt.Key.Key_Backtab)
    assert back.faults == []
    assert set(back.stops) == set(there.stops)


@pytest.mark.parametrize("tab", ["facts", "phases", "evaluation", "attachments", "history"])
def test_tab_goes_through_each_part_of_the_record(full: InitiativesPage, tab: str) -> None:
    assert full.panel is not None
    if tab not in full.panel.tab_names:
        pytest.skip("nothing to show there")
    full.panel.show_tab(tab)
    QApplication.processEvents()
    full.table.setFocus()
    assert go_round(full.window()).faults == []


def test_a_field_that_keeps_tab_and_a_button_without_a_frame_would_be_found(qtbot: QtBot) -> None:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    column = QVBoxLayout(dialog)
    button = QPushButton("Bare")
    button.setStyleSheet("QPushButton { border: none; outline: none; background: white; }")
    text = QPlainTextEdit()
    for part in (button, text):
        column.addWidget(part)
    button.setFocus()
    dialog.show()
    qtbot.waitUntil(button.hasFocus)
    assert go_round(dialog).faults == [
        "one cannot see that QPushButton 'Bare' has the keyboard",
        "the keyboard does not go on from QPlainTextEdit ''",
    ]


def _bulk(desk: Desk, three: tuple[str, ...]) -> QDialog:
    dialog = BulkDialog(desk, run_to_end(read_selection(desk.register, three)))
    dialog.add_field("owner")
    return dialog


def _people(desk: Desk, _three: tuple[str, ...]) -> QDialog:
    if not find_people(desk.register):
        add_person(desk.register, {"name": "Anna Hansen"})
    return PeopleDialog(desk, find=bool, erase=bool, merge=bool)


def _merge(desk: Desk, three: tuple[str, ...]) -> QDialog:
    twin = initiatives.add_initiative(desk.register, {"title": "Skærmbesøg", "owner": "Team Øst"})
    return MergeDialog(desk, three[0], twin)


def _trash(desk: Desk, three: tuple[str, ...]) -> QDialog:
    if desk.register.count("initiative") == len(three):
        initiatives.remove_initiative(desk.register, three[1])
    return TrashDialog(desk)


DIALOGS: dict[str, Callable[[Desk, tuple[str, ...]], QDialog]] = {
    "filter": lambda desk, _three: FilterForm(desk, Condition("phase", Test.ONE_OF, ("idea",))),
    "new": lambda desk, _three: QuickAdd(desk),
    "bulk": _bulk,
    "merge": _merge,
    "trash": _trash,
    "history": lambda desk, _three: HistoryDialog(desk),
    "people": _people,
    "fields": lambda desk, _three: FieldsDialog(desk),
    "link": lambda desk, three: LinkDialog(desk, three[0]),
    "settings": lambda desk, _three: SettingsDialog(desk),
    "about": lambda desk, _three: AboutDialog(desk),
    "help": lambda desk, _three: HelpWindow(),
}


@pytest.mark.parametrize("name", DIALOGS)
def test_tab_goes_through_a_dialog_and_escape_closes_it_from_each_kind_of_part(
    qtbot: QtBot, window: MainWindow, three: tuple[str, str, str], name: str
) -> None:
    def show() -> QDialog:
        dialog = DIALOGS[name](window.desk, three)
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(dialog.isActiveWindow)
        QApplication.processEvents()
        return dialog

    dialog = show()
    way = go_round(dialog)
    dialog.close()
    assert way.faults == []
    for place in {type(stop): place for place, stop in enumerate(way.stops)}.values():
        dialog = show()
        for _stop in range(place):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
        QTest.keyClick(here, Qt.Key.Key_Escape)
        assert not dialog.isVisible(), f"Escape in {called(here)}"


def test_enter_on_a_row_leads_to_the_tabs_of_the_record_and_tab_into_it(full: InitiativesPage) -> None:
    full.table.setFocus()
    QTest.keyClick(full.table, Qt.Key.Key_Return)
    bar = QApplication.focusWidget()
    assert isinstance(bar, QTabBar)
    assert full.panel is not None
    assert full.panel.isAncestorOf(bar)
    full.initiatives.set_shape(BOARD)
    board = full.other
    assert isinstance(board, Board)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert bar.hasFocus()


def test_the_way_to_the_record_leads_past_no_other_card(
    full: InitiativesPage, three: tuple[str, ...]
) -> None:
    full.initiatives.clear()
    for chosen in three:
        full.show_record(chosen)
        full.initiatives.set_shape(BOARD)
        assert full.panel is not None
        for _stop in range(9):
            if full.panel.isAncestorOf(QApplication.focusWidget()):
                break
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert full.panel.isAncestorOf(QApplication.focusWidget())
        assert full.current_initiative() == chosen


def test_arrows_on_the_switch_go_through_all_ways_to_show_and_stay_there(full: InitiativesPage) -> None:
    switch = full.head.switch
    assert switch is not None
    switch.setFocus()
    for shape in (BOARD, TIMELINE):
        QTest.keyClick(switch, Qt.Key.Key_Down)
        assert full.initiatives.shape == shape
        assert switch.hasFocus()


def test_the_first_filter_does_not_take_the_keyboard_from_the_window(
    qtbot: QtBot, page: InitiativesPage
) -> None:
    qtbot.waitUntil(lambda: page.head.switch is not None, timeout=LONGEST)
    page.table.setFocus()
    page.initiatives.set_conditions((Condition("title", Test.CONTAINS, "e"),))
    QApplication.processEvents()
    assert page.window().isActiveWindow()
    assert page.table.hasFocus()


def test_taking_the_last_filter_away_by_key_leaves_the_keyboard_in_sight(full: InitiativesPage) -> None:
    chips = full.head.chips
    assert chips is not None
    chips.chips[0].label.setFocus()
    QTest.keyClick(chips.chips[0].label, Qt.Key.Key_Delete)
    QApplication.processEvents()
    focus = QApplication.focusWidget()
    assert focus is not None
    assert not focus.visibleRegion().isEmpty()
    assert full.initiatives.conditions == ()


def test_the_menu_key_opens_the_menu_of_a_row_and_escape_leaves_it(full: InitiativesPage) -> None:
    assert find_views(full._desk.register)
    full.table.setFocus()
    QTest.keyClick(full.table, Qt.Key.Key_Menu)
    assert isinstance(QApplication.activePopupWidget(), QMenu | None)


def test_typing_in_the_search_and_escape_never_leave_the_window_without_keyboard(
    full: InitiativesPage,
) -> None:
    full.act("find")
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    QTest.keyClicks(line, "findes ikke")
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert QApplication.focusWidget() is not None
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
