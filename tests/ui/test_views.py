"""Tabs of views, filters as chips, grouping and columns of the list, by keyboard and mouse."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QPushButton, QSplitter, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.models.query import Between, Condition, Order, Relative, Test
from coi_desktop.models.views import Showing
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.own_fields import add_own_field, remove_own_field
from coi_desktop.operations.views import find_views, save_view
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.export_dialog import ExportDialog
from coi_desktop.ui.dialogs.filter_form import FilterForm
from coi_desktop.ui.dialogs.naming import NamingDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.filter_chips import FilterChips
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.views_bar import ViewsBar
from tests.ui.fakes import FakePrompts
from tests.ui.test_export_commands import accept, run, words_of
from tests.ui.test_initiatives_page import page_of, titles

OpenWindow = Callable[..., MainWindow]

IDEAS = Condition("phase", Test.ONE_OF, ("idea",))


def tabs_of(page: InitiativesPage) -> ViewsBar:
    assert page.head.tabs is not None
    return page.head.tabs


def chips_of(page: InitiativesPage) -> FilterChips:
    assert page.head.chips is not None
    return page.head.chips


def tab_texts(page: InitiativesPage) -> list[str]:
    bar = tabs_of(page).bar
    return [bar.tabText(place) for place in range(bar.count())]


def chip_texts(page: InitiativesPage) -> list[str]:
    return [chip.label.text() for chip in chips_of(page).chips]


def fill_in(field: str, test: Test, *raw: Any) -> Callable[[FilterForm], bool]:
    """Choose field and test, fill in the editors and take it."""

    def answer(form: FilterForm) -> bool:
        value = form.choose(field, test)
        for editor, one in zip(value.editors, raw, strict=True):
            editor.set_raw(one)
        form.take()
        return form.result() == form.DialogCode.Accepted

    return answer


def named(name: str) -> Callable[[NamingDialog], bool]:
    def answer(dialog: NamingDialog) -> bool:
        dialog.line.setText(name)
        dialog.save()
        return dialog.result() == dialog.DialogCode.Accepted

    return answer


# Filters


def test_a_filter_is_asked_for_shown_as_a_chip_and_taken_away_by_the_keyboard(
    page: InitiativesPage, prompts: FakePrompts
) -> None:
    prompts.dialogs = [
        fill_in("phase", Test.ONE_OF, ("idea", "operate")),
        fill_in("owner", Test.CONTAINS, "NORD"),
    ]
    page.head.filter.click()
    assert titles(page) == ["Madspild i skolekøkkenet", "Ærø deler elbiler"]
    page.head.filter.click()
    assert chip_texts(page) == ["Fase: Idé eller Drift og gevinst", "Ejer indeholder “NORD”"]
    assert titles(page) == ["Madspild i skolekøkkenet"]
    QTest.keyClick(chips_of(page).chips[1].label, Qt.Key.Key_Delete)
    assert len(titles(page)) == 2
    chips_of(page).chips[0].cross.click()
    assert len(titles(page)) == 3
    assert not chips_of(page).isVisible()


def test_enter_on_a_chip_changes_it(page: InitiativesPage, prompts: FakePrompts) -> None:
    page.initiatives.put_condition(IDEAS)

    def other(form: FilterForm) -> bool:
        assert form.value is not None
        assert form.value.editors[0].raw() == ("idea",)
        return fill_in("phase", Test.NONE_OF, ("idea",))(form)

    prompts.dialogs = [other]
    chips_of(page).chips[0].label.click()
    assert chip_texts(page) == ["Fase er ikke Idé"]
    assert len(titles(page)) == 2


@pytest.mark.parametrize(
    ("field", "test", "raw", "expected"),
    [
        ("next_date", Test.BETWEEN, ("i dag", "+30 dage"), Between(Relative(), Relative(days=30))),
        ("start", Test.AFTER, ("2026",), date(2026, 12, 31)),
        ("budget", Test.BETWEEN, ("", "1000"), Between(None, 1000)),
        ("number", Test.IS, ("2",), 2),
        ("unmeasured", Test.IS, ("yes",), True),
        ("tags", Test.ONE_OF, ("robot, skole",), ("robot", "skole")),
        ("owner", Test.EMPTY, (), None),
        ("innovation_type", Test.NONE_OF, (("product",),), ("product",)),
        ("created", Test.NOT_SINCE, ("-1 år",), Relative(months=-12)),
    ],
)
def test_each_kind_of_field_has_its_editor(
    page: InitiativesPage, prompts: FakePrompts, field: str, test: Test, raw: Any, expected: Any
) -> None:
    prompts.dialogs = [fill_in(field, test, *raw)]
    page.head.filter.click()
    condition = Condition(field, test, expected)
    assert page.initiatives.conditions == (condition,)

    def again(form: FilterForm) -> bool:
        assert form.value is not None
        assert form.value.operand() == expected
        return False

    prompts.dialogs = [again]
    if chips_of(page).chips:
        chips_of(page).change(0)


@pytest.mark.parametrize(
    ("field", "test", "stops"),
    [
        ("budget", Test.BETWEEN, 2),
        ("confirmed", Test.NOT_SINCE, 2),
        ("phase", Test.ONE_OF, 6),
        ("owner", Test.IS, 1),
        ("owner", Test.EMPTY, 0),
    ],
)
def test_tab_goes_from_the_condition_through_the_value_to_the_buttons(
    page: InitiativesPage, prompts: FakePrompts, field: str, test: Test, stops: int
) -> None:
    def tab_through(form: FilterForm) -> bool:
        value = form.choose(field, test)
        met: list[QWidget] = []
        part = form.test.nextInFocusChain()
        while not isinstance(part, QPushButton) or value.isAncestorOf(part):
            takes_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None
            if takes_tab and part.isVisibleTo(form):
                met.append(part)
            part = part.nextInFocusChain()
        assert len(met) == stops
        assert all(value.isAncestorOf(one) for one in met)
        return False

    prompts.dialogs = [tab_through]
    page.head.filter.click()


@pytest.mark.parametrize(("field", "raw"), [("budget", "mange"), ("start", "snart"), ("owner", " ")])
def test_what_does_not_read_keeps_the_filter_open(
    page: InitiativesPage, prompts: FakePrompts, field: str, raw: str
) -> None:
    test = {"owner": Test.CONTAINS, "start": Test.BEFORE}.get(field, Test.LESS)
    prompts.dialogs = [fill_in(field, test, raw)]
    page.head.filter.click()
    assert page.initiatives.conditions == ()


def test_nothing_found_offers_to_take_search_and_filter_away(page: InitiativesPage) -> None:
    page.initiatives.put_condition(Condition("phase", Test.ONE_OF, ("closed",)))
    assert titles(page) == []
    page.initiatives.clear()
    assert len(titles(page)) == 3


def test_a_record_that_a_filter_hides_is_shown_all_the_same(
    page: InitiativesPage, three: tuple[str, ...]
) -> None:
    page.initiatives.put_condition(IDEAS)
    page.show_record(three[0])
    assert page.current_initiative() == three[0]
    assert page.initiatives.record_id == three[0]


# Views


def test_the_tabs_count_and_follow_what_is_changed(
    page: InitiativesPage, qtbot: QtBot, register: Register, three: tuple[str, ...]
) -> None:
    save_view(register, Showing(name="Idéer", conditions=(IDEAS,)))
    qtbot.waitUntil(lambda: tab_texts(page)[-1] == "Idéer 1", timeout=5000)
    assert tab_texts(page)[0] == "Alle 3"
    edit_field(register, three[0], "phase", "idea")
    qtbot.waitUntil(lambda: tab_texts(page)[-1] == "Idéer 2", timeout=5000)
    add_initiative(register, {"title": "Ny"})
    qtbot.waitUntil(lambda: tab_texts(page)[0] == "Alle 4" and tab_texts(page)[-1] == "Idéer 3", timeout=5000)


def test_mine_has_a_tab_once_my_name_is_known(
    open_window: OpenWindow, settings: Settings, three: tuple[str, ...]
) -> None:
    settings.set("my_name", "team digital")
    page = page_of(open_window())
    assert tab_texts(page)[1].startswith("Mine")
    tabs_of(page).bar.setCurrentIndex(1)
    assert titles(page) == ["Skærmbesøg i hjemmeplejen"]
    assert three


def test_a_changed_view_says_so_is_saved_under_a_name_and_stands_in_a_tab(
    page: InitiativesPage, prompts: FakePrompts, register: Register
) -> None:
    page.initiatives.put_condition(IDEAS)
    assert "ændret" in tab_texts(page)[0]
    prompts.dialogs = [named("Mine idéer")]
    chips_of(page).save.click()
    assert [view.name for view in find_views(register)][-1] == "Mine idéer"
    assert tabs_of(page).bar.currentIndex() == len(tab_texts(page)) - 1
    assert not page.initiatives.is_changed
    assert not chips_of(page).save.isVisible()
    tabs_of(page).bar.setCurrentIndex(0)
    assert len(titles(page)) == 3
    register.undo()
    assert not any("idéer" in text for text in tab_texts(page))


def test_a_name_that_is_taken_keeps_the_dialog_open(page: InitiativesPage, prompts: FakePrompts) -> None:
    prompts.dialogs = [named("alle")]
    tabs_of(page).commands.save_as()
    assert len(tab_texts(page)) == 3


def test_what_was_changed_in_a_view_is_there_when_one_comes_back(page: InitiativesPage) -> None:
    page.initiatives.put_condition(IDEAS)
    tabs_of(page).bar.setCurrentIndex(1)
    tabs_of(page).bar.setCurrentIndex(0)
    assert page.initiatives.conditions == (IDEAS,)
    page.initiatives.reset()
    assert page.initiatives.conditions == ()


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


def test_a_saved_view_is_renamed_moved_and_removed_from_its_menu(
    page: InitiativesPage, prompts: FakePrompts, register: Register
) -> None:
    for name in ("Et", "To"):
        save_view(register, Showing(name=name))
    tabs_of(page).bar.setCurrentIndex(4)
    menu = tabs_of(page).make_menu()
    acts = {action.text().replace("&", ""): action for action in menu.actions()}
    assert not acts["Flyt til højre"].isEnabled()
    acts["Flyt til venstre"].trigger()
    assert [view.name for view in find_views(register)][-2:] == ["To", "Et"]
    prompts.dialogs = [named("Tre")]
    acts["Omdøb visning…"].trigger()
    assert "Tre" in tab_texts(page)[3]
    acts["Fjern visning"].trigger()
    assert [view.name for view in find_views(register)][-1] == "Et"
    assert tabs_of(page).bar.currentIndex() == 0


def own_views(register: Register) -> list[str]:
    return [view.name for view in find_views(register) if not view.is_delivered]


def drag_tab(page: InitiativesPage, source: int, target: int) -> None:
    """Take a tab up and let it go over another one, as a hand does: by and by."""
    bar = tabs_of(page).bar
    start, end = bar.tabRect(source).center(), bar.tabRect(target).center()
    QTest.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    for step in range(1, 21):
        QTest.mouseMove(bar, start + (end - start) * step / 20)
    QTest.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=end)


def test_dragging_a_tab_moves_its_view_as_one_step(page: InitiativesPage, register: Register) -> None:
    for name in ("Et", "To", "Tre", "Fire"):
        save_view(register, Showing(name=name))
    revision = register.revision
    fixed = tabs_of(page).bar.fixed
    drag_tab(page, fixed + 3, fixed + 1)
    assert own_views(register) == ["Et", "Fire", "To", "Tre"]
    assert register.revision == revision + 1
    assert page.initiatives.base.name == "Fire"
    assert [text.split()[0] for text in tab_texts(page)[fixed:]] == own_views(register)
    register.undo()
    assert own_views(register) == ["Et", "To", "Tre", "Fire"]
    assert [text.split()[0] for text in tab_texts(page)[fixed:]] == own_views(register)


def test_delivered_views_stay_in_front_wherever_a_tab_is_let_go(
    page: InitiativesPage, register: Register
) -> None:
    for name in ("Et", "To"):
        save_view(register, Showing(name=name))
    before, revision = tab_texts(page), register.revision
    drag_tab(page, 1, 4)
    drag_tab(page, 3, 0)
    assert register.revision == revision
    assert [text.split()[0] for text in tab_texts(page)] == [text.split()[0] for text in before]
    drag_tab(page, 4, 0)
    assert own_views(register) == ["To", "Et"]
    assert "To" in tab_texts(page)[tabs_of(page).bar.fixed]


def test_keys_move_the_view_in_front_and_the_keyboard_stays_on_its_tab(
    page: InitiativesPage, register: Register
) -> None:
    for name in ("Et", "To"):
        save_view(register, Showing(name=name))
    bar = tabs_of(page).bar
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    bar.setFocus()
    revision = register.revision
    QTest.keyClick(bar, Qt.Key.Key_PageDown, both)
    assert register.revision == revision  # that of everything stays where it is
    bar.setCurrentIndex(4)
    QTest.keyClick(bar, Qt.Key.Key_PageUp, both)
    assert own_views(register) == ["To", "Et"]
    assert register.revision == revision + 1
    assert bar.hasFocus()
    assert bar.currentIndex() == 3
    QTest.keyClick(bar, Qt.Key.Key_PageUp, both)
    assert register.revision == revision + 1
    QTest.keyClick(bar, Qt.Key.Key_PageDown, both)
    assert own_views(register) == ["Et", "To"]


def test_arrow_keys_go_from_view_to_view(page: InitiativesPage) -> None:
    bar = tabs_of(page).bar
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    assert page.initiatives.view_id == "unmeasured"


def test_view_filter_and_groups_are_there_after_a_restart(
    open_window: OpenWindow, settings: Settings, three: tuple[str, ...], register: Register
) -> None:
    first = open_window()
    page = page_of(first)
    view_id = save_view(register, Showing(name="Til møde", conditions=(IDEAS,), grouping="status"))
    tabs_of(page).bar.setCurrentIndex(len(tab_texts(page)) - 1)
    page.initiatives.put_condition(Condition("owner", Test.EMPTY))
    first.close()
    settings.save()
    again = page_of(open_window())
    assert again.initiatives.view_id == view_id
    assert again.initiatives.conditions == (IDEAS, Condition("owner", Test.EMPTY))
    assert titles(again) == ["Ærø deler elbiler"]
    assert chip_texts(again) == ["Fase: Idé", "Ejer er tom"]
    assert again.table.verticalHeader().isVisible()
    assert three


def test_a_view_that_is_gone_gives_way_to_everything(
    open_window: OpenWindow, settings: Settings, three: tuple[str, ...]
) -> None:
    settings.set("last_view", "findes ikke")
    settings.set("list_filters", 'own_12345678 is "x"')
    page = page_of(open_window())
    assert len(titles(page)) == 3
    assert tabs_of(page).bar.currentIndex() == 0
    assert chip_texts(page) == ['Forstås ikke mere: own_12345678 is "x"']
    chips_of(page).chips[0].cross.click()
    assert not chips_of(page).chips
    assert three


def test_groups_are_chosen_in_the_menu_and_say_how_many_they_hold(
    page: InitiativesPage, register: Register, three: tuple[str, ...]
) -> None:
    menu = tabs_of(page).make_menu()
    [groups] = [one for one in menu.findChildren(QMenu) if "Gruppér" in one.title()]
    [by_status] = [action for action in groups.actions() if action.text() == "Status"]
    by_status.trigger()
    assert page.initiatives.grouping == "status"
    assert [page.model.group_at(row) for row in range(3)] == ["Aktiv 2", "", "Parkeret 1"]
    edit_field(register, three[0], "status", "parked")
    assert [page.model.group_at(row) for row in range(3)] == ["Aktiv 1", "Parkeret 2", ""]
    page.initiatives.set_search("ærø")
    assert page.model.group_at(0) == "Parkeret 1"


def test_a_register_open_for_reading_can_be_filtered_but_not_given_views(
    open_window: OpenWindow, read_only: Register
) -> None:
    page = page_of(open_window(other=read_only))
    page.initiatives.put_condition(IDEAS)
    assert len(titles(page)) == 1
    assert not chips_of(page).save.isVisible()
    acts = {action.text().replace("&", ""): action for action in tabs_of(page).make_menu().actions()}
    assert not acts["Gem visning som…"].isEnabled()


def test_an_edit_goes_before_counting(
    page: InitiativesPage, register: Register, three: tuple[str, ...]
) -> None:
    """An edit only marks counts as old; nothing is counted within it."""
    counts = tabs_of(page).counts
    counts.set_views(page.initiatives.views())
    edit_field(register, three[0], "phase", "idea")
    assert counts._job is None


def test_the_list_as_it_is_filtered_goes_into_a_workbook_that_names_the_filter(
    qtbot: QtBot, window: MainWindow, page: InitiativesPage, prompts: FakePrompts, tmp_path: Path
) -> None:
    page.initiatives.put_condition(IDEAS)

    def choose(dialog: ExportDialog) -> None:
        assert dialog.filtered is not None
        dialog.filtered.setChecked(True)
        dialog.english.setChecked(True)

    target = tmp_path / "ud.xlsx"
    prompts.dialogs, prompts.paths = [accept(choose)], [target]
    run(qtbot, window, "export_portfolio")
    found = words_of(target)
    assert "Ærø deler elbiler" in found
    assert "Skærmbesøg i hjemmeplejen" not in found
    assert "All: Phase: Idea" in found or "Phase: Idea" in " ".join(found)
    page.initiatives.clear()
    dialog = ExportDialog(window.desk, "Eksportér", of_initiative=False)
    qtbot.addWidget(dialog)
    assert dialog.filtered is None


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


def test_an_own_field_is_a_column_a_filter_an_order_and_a_group(
    page: InitiativesPage, prompts: FakePrompts, register: Register, three: tuple[str, ...]
) -> None:
    words = ("Kulturudvalget", "Socialudvalget")
    name = add_own_field(register, "Udvalg", "choice", choices=words)
    edit_field(register, three[0], name, "socialudvalget")
    edit_field(register, three[2], name, "kulturudvalget")
    page.table.show_columns(["title", name])
    page.table.arranged.emit()
    assert page.model.headerData(1, Qt.Orientation.Horizontal) == "Udvalg"
    page.initiatives.set_grouping(name)
    assert [page.model.group_at(row) for row in range(3)] == ["Kulturudvalget 1", "Socialudvalget 1", "– 1"]
    prompts.dialogs = [fill_in(name, Test.ONE_OF, ("socialudvalget",))]
    page.head.filter.click()
    assert chip_texts(page) == ["Udvalg: Socialudvalget"]
    assert titles(page) == ["Skærmbesøg i hjemmeplejen"]
    save_view(register, page.initiatives.showing._replace(id="", name="Social", is_delivered=False))
    page.initiatives.clear()
    remove_own_field(register, name)
    assert page.table.shown_columns() == ["title"]
    assert len(titles(page)) == 3
