"""The list of the place Initiatives: search, order, columns and what is remembered."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QMenu, QPushButton

from coi_desktop.operations import initiatives
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiative_table import possible_columns
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.pages.selection_bar import SelectionBar
from tests.ui.conftest import OpenWindow


def titles(page: InitiativesPage) -> list[str]:
    return [str(page.model.index(row, 0).data()) for row in range(page.model.rowCount())]


def texts(page: InitiativesPage) -> list[str]:
    """What labels and buttons say that can be seen."""
    parts = [*page.findChildren(QLabel), *page.findChildren(QPushButton)]
    return [part.text() for part in parts if part.isVisible()]


def search_line(page: InitiativesPage) -> QLineEdit:
    found = page.findChild(SearchLine)
    assert isinstance(found, QLineEdit)
    return found


def page_of(window: MainWindow) -> InitiativesPage:
    found = window.findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    return found


def test_the_chosen_row_stays_in_sight_when_a_notice_takes_of_the_lists_height(
    window: MainWindow, page: InitiativesPage, register: Register
) -> None:
    for number in range(60):
        initiatives.add_initiative(register, {"title": f"Tiltag {number:02}"})
    table = page.table
    last = table.rowAt(table.viewport().height() - table.rowHeight(0))
    assert 0 < last < 60
    table.selectRow(last)
    window.desk.notices.show_done("Noget er gjort.", [])
    QTest.qWait(50)
    seen = table.visualRect(table.currentIndex())
    assert table.viewport().rect().contains(seen)


def test_on_a_narrow_page_nothing_above_the_list_is_cut(
    window: MainWindow, page: InitiativesPage, register: Register
) -> None:
    for number in range(4):
        initiatives.add_initiative(register, {"title": f"Tiltag {number}"})
    window.resize(683, 384)  # a small screen at double scale
    page.table.selectAll()
    QTest.qWait(50)
    cut = [
        button.text()
        for part in (page.head, page.findChild(SelectionBar))
        if part is not None
        for button in part.findChildren(QPushButton)
        if button.isVisible() and button.width() < button.sizeHint().width()
    ]
    assert cut == []
    assert search_line(page).width() >= 100
    window.resize(1200, 700)
    QTest.qWait(50)
    assert page.head.add.y() == page.head.filter.y() == search_line(page).y()
    assert page.head.add.x() < search_line(page).x() < page.head.filter.x()


# Searching and sorting


def test_ctrl_f_leads_from_the_list_into_the_search_and_typing_filters(
    window: MainWindow, page: InitiativesPage
) -> None:
    assert page.table.hasFocus()
    window.actions_["find"].trigger()
    QTest.keyClicks(search_line(page), "SKOLE")
    assert titles(page) == ["Madspild i skolekøkkenet"]
    assert "1 af 3 vist" in texts(page)


def test_parts_of_compounds_and_danish_letters_are_found(page: InitiativesPage) -> None:
    search_line(page).setText("pleje")
    assert titles(page) == ["Skærmbesøg i hjemmeplejen"]
    search_line(page).setText("ÆRØ")
    assert titles(page) == ["Ærø deler elbiler"]


def test_escape_empties_the_search_and_down_goes_on_into_the_list(page: InitiativesPage) -> None:
    line = search_line(page)
    line.setFocus()
    line.setText("skole")
    QTest.keyClick(line, Qt.Key.Key_Down)
    assert page.table.hasFocus()
    line.setFocus()
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert len(titles(page)) == 3


@pytest.mark.parametrize(
    "typed", ['"', "a AND (", "NEAR/2 *", "-", "%_", "'; drop table initiative", "\x00", "🙂"]
)
def test_odd_searches_find_nothing_and_break_nothing(page: InitiativesPage, typed: str) -> None:
    search_line(page).setText(typed)
    search_line(page).setText("")
    assert len(titles(page)) == 3


def test_where_nothing_is_found_the_search_can_be_taken_away(page: InitiativesPage) -> None:
    search_line(page).setText("findes ikke")
    assert "Ingen tiltag passer til søgningen" in texts(page)
    clear = next(b for b in page.findChildren(QPushButton) if b.isVisible() and "Ryd søgningen" in b.text())
    clear.click()
    assert len(titles(page)) == 3


def test_a_click_on_a_heading_sorts_and_another_turns_round(page: InitiativesPage) -> None:
    header = page.table.horizontalHeader()
    place = header.sectionPosition(1) + 10
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
    assert [page.model.index(row, 1).data() for row in range(3)] == [
        "Idé",
        "Udvikling og afprøvning",
        "Drift og gevinst",
    ]
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 8))
    assert page.model.index(0, 1).data() == "Drift og gevinst"


def test_sorting_and_searching_keep_the_chosen_initiative(
    page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    page.show_record(three[2])
    search_line(page).setText("ærø")
    assert page.current_initiative() == three[2]
    search_line(page).setText("")
    assert page.model.id_at(page.table.currentIndex().row()) == three[2]


def column_action(menu: QMenu, label: str) -> QAction:
    """The action of a column, in the menu itself or in one of its sections."""
    menus = [menu, *(one for one in menu.findChildren(QMenu))]
    return next(action for one in menus for action in one.actions() if action.text() == label)


def test_every_column_can_be_chosen_exactly_once(page: InitiativesPage, register: Register) -> None:
    menu = page.table.make_column_menu()
    ticks = [action for one in (menu, *menu.findChildren(QMenu)) for action in one.actions()]
    labels = [action.text() for action in ticks if action.isCheckable()]
    assert sorted(labels) == sorted(
        field.label() for field in possible_columns(page._desk.register.fields("initiative"))
    )


# What is remembered


def test_the_title_takes_the_room_that_other_columns_leave(page: InitiativesPage) -> None:
    header, room = page.table.horizontalHeader(), page.table.viewport()
    assert header.length() == room.width()
    page.window().resize(1400, 700)
    assert header.length() == room.width()
    header.resizeSection(0, 150)
    page.window().resize(1500, 700)
    assert page.table.columnWidth(0) == 150  # drawn by hand, left alone


def test_columns_widths_order_and_choice_are_as_they_were_left(
    window: MainWindow,
    page: InitiativesPage,
    settings: Settings,
    three: tuple[str, str, str],
    open_window: OpenWindow,
) -> None:
    menu = page.table.make_column_menu()
    assert len(menu.actions()) < 20, "the menu is higher than a small screen"
    column_action(menu, "Ejer").setChecked(True)
    column_action(menu, "Status").setChecked(False)
    page.table.horizontalHeader().moveSection(2, 1)
    page.table.horizontalHeader().resizeSection(0, 333)
    page.table.horizontalHeader().sectionClicked.emit(0)
    page.show_record(three[1])
    columns = page.table.shown_columns()
    assert columns == ["title", "next_date", "phase", "owner"]
    window.close()
    again = page_of(open_window())
    assert again.table.shown_columns() == columns
    assert again.table.columnWidth(0) == 333
    assert titles(again)[0] == "Ærø deler elbiler"  # turned round by the click
    assert again.current_initiative() == three[1]
    menu = again.table.make_column_menu()
    menu.actions()[-1].trigger()
    assert again.table.shown_columns() == ["title", "phase", "status", "next_date"]


def test_settings_from_elsewhere_do_no_harm(
    settings: Settings, three: tuple[str, str, str], open_window: OpenWindow
) -> None:
    settings.set("list_columns", ["no_such_field", "title", 7])
    settings.set("list_widths", {"title": "wide", "phase": 99999})
    settings.set("list_sort", ["problem", "down"])
    settings.set("splitter", ["a", 3])
    settings.set("last_initiative", "gone")
    settings.set("window_geometry", "%%%")
    page = page_of(open_window())
    assert page.table.shown_columns() == ["title"]
    assert 100 < page.table.columnWidth(0) < 1000
    assert len(titles(page)) == 3
