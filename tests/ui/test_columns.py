"""Columns of the list: shown, moved, drawn wide, and kept with the view they belong to."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QSplitter

from coi_desktop.models.query import Order
from coi_desktop.models.views import Showing
from coi_desktop.operations.views import find_views, save_view
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.list_parts import named, tab_texts, tabs_of
from tests.ui.test_initiatives_page import page_of


def test_a_view_brings_columns_order_and_groups(page: InitiativesPage, register: Register) -> None:
    save_view(
        register,
        Showing(name="Ejere", columns=("title", "owner"), order="owner", descending=True, grouping="phase"),
    )
    tabs_of(page).bar.setCurrentIndex(len(tab_texts(page)) - 1)
    assert page.table.shown_columns() == ["title", "owner"]
    assert page.table.verticalHeader().isVisible()
    vertical = [
        page.model.headerData(row, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) for row in range(3)
    ]
    assert vertical == ["Idé 1", "Udvikling og afprøvning 1", "Drift og gevinst 1"]
    page.table.show_columns(["title"])
    page.table.arranged.emit()
    assert page.initiatives.is_changed
    page.initiatives.reset()
    assert page.table.shown_columns() == ["title", "owner"]


def width(page: InitiativesPage, field: str) -> int:
    return page.table.columnWidth([one.name for one in page.model.fields].index(field))


def test_widths_belong_to_the_view_in_which_they_were_drawn(page: InitiativesPage) -> None:
    usual = width(page, "phase")
    page.table.horizontalHeader().resizeSection(1, 301)
    tabs_of(page).bar.setCurrentIndex(1)
    assert width(page, "phase") == usual
    page.table.horizontalHeader().resizeSection(1, 99)
    tabs_of(page).bar.setCurrentIndex(0)
    assert width(page, "phase") == 301
    assert not page.initiatives.is_changed  # of a delivered view widths are everyone's own affair
    tabs_of(page).bar.setCurrentIndex(1)
    assert width(page, "phase") == 99


def test_columns_of_a_delivered_view_are_there_when_one_comes_back(page: InitiativesPage) -> None:
    page.table.show_columns(["title", "owner"])
    page.table.arranged.emit()
    tabs_of(page).bar.setCurrentIndex(1)
    tabs_of(page).bar.setCurrentIndex(0)
    assert page.table.shown_columns() == ["title", "owner"]


def test_widths_are_saved_with_a_view_and_reset_to_those_it_was_saved_with(
    page: InitiativesPage, prompts: FakePrompts, register: Register
) -> None:
    header = page.table.horizontalHeader()
    header.resizeSection(1, 222)
    prompts.dialogs = [named("Brede")]
    tabs_of(page).commands.save_as()
    assert [view.widths for view in find_views(register)][-1] == (("phase", 222),)
    assert not page.initiatives.is_changed
    header.resizeSection(1, 120)
    assert page.initiatives.is_changed
    tabs_of(page).commands.save()
    assert [view.widths for view in find_views(register)][-1] == (("phase", 120),)
    header.resizeSection(2, 200)
    page.initiatives.reset()
    assert width(page, "phase") == 120
    assert width(page, "status") != 200


def test_widths_of_each_view_are_there_after_a_restart(
    window: MainWindow, page: InitiativesPage, open_window: OpenWindow
) -> None:
    page.table.horizontalHeader().resizeSection(1, 301)
    tabs_of(page).bar.setCurrentIndex(1)
    page.table.horizontalHeader().resizeSection(2, 88)
    window.close()
    again = page_of(open_window())
    assert again.initiatives.view_id == "unmeasured"
    assert width(again, "status") == 88
    again.initiatives.choose_view(again.initiatives.views()[0])
    assert width(again, "phase") == 301
    again.initiatives.reset()
    assert width(again, "phase") != 301


def test_columns_are_moved_widened_and_ordered_by_keys(page: InitiativesPage) -> None:
    table = page.table
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    QTest.keyClick(table, Qt.Key.Key_Right, both)
    assert table.shown_columns() == ["title", "status", "phase", "next_date"]
    before = width(page, "phase")
    for key, wanted in ((Qt.Key.Key_Right, before + 16), (Qt.Key.Key_Left, before)):
        QTest.keyClick(table, key, Qt.KeyboardModifier.ControlModifier)
        assert width(page, "phase") == wanted
    own = table.make_column_menu().actions()[0].menu()
    assert isinstance(own, QMenu)
    assert "Fase" in own.title()
    own.actions()[0].trigger()
    assert table.order.field == "phase"
    QTest.keyClick(table, Qt.Key.Key_Left, both)
    QTest.keyClick(table, Qt.Key.Key_Left, both)
    QTest.keyClick(table, Qt.Key.Key_Left, both)
    assert table.shown_columns() == ["phase", "title", "status", "next_date"]


def test_resetting_a_view_brings_back_widths_columns_order_and_room(page: InitiativesPage) -> None:
    header, split = page.table.horizontalHeader(), page.findChildren(QSplitter)[0]
    usual, sizes = header.sectionSize(1), split.sizes()
    header.resizeSection(1, 77)
    page.table.show_columns(["title", "owner"])
    page.initiatives.set_order(Order("owner", descending=True))
    split.setSizes([300, 900])
    page.initiatives.reset()
    assert page.table.shown_columns() == ["title", "phase", "status", "next_date"]
    assert header.sectionSize(1) == usual
    assert page.table.order == Order("title")
    assert abs(split.sizes()[0] - sizes[0]) < 40
