"""Tabs of views: counted, saved, renamed, dragged, grouped and there after a restart."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from coi_desktop.models.query import Condition, Test
from coi_desktop.models.views import Showing
from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.operations.views import find_views, save_view
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.list_parts import IDEAS, chip_texts, chips_of, named, tab_texts, tabs_of
from tests.ui.test_initiatives_page import page_of, titles


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
