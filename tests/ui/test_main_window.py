"""The frame: places, menus, saved text, closing, notices, language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QMenu, QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, speaking
from coi_desktop.operations import initiatives
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.action_table import ACTIONS
from coi_desktop.ui.main_window import WIDTH, MainWindow
from coi_desktop.ui.menus import MENUS
from coi_desktop.ui.notices import NextStep, NoticeBar
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.places import PLACES
from coi_desktop.ui.theme import Looks
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.program_parts import notice_bar


def status_text(window: MainWindow) -> str:
    labels = window.statusBar().findChildren(QLabel)
    return " | ".join(label.text() for label in labels if label.isVisible() and label.text())


def facts_of(page: InitiativesPage) -> FactsTab:
    assert page.panel is not None
    tab = page.panel.show_tab("facts")
    assert isinstance(tab, FactsTab)
    return tab


def test_saved_is_said_with_its_time_and_the_step_that_undo_would_take(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    initiatives.edit_field(register, three[0], "owner", "Kultur")
    assert re.match(r"Gemt \d\d\.\d\d · Fortryd: Ret tiltag: Skærmbesøg", status_text(window))


def test_the_register_and_its_backup_are_named(window: MainWindow) -> None:
    assert "prøve.coi · ingen sikkerhedskopi endnu" in status_text(window)


def test_undo_and_redo_name_their_step_and_are_off_without_one(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    undo, redo = window.actions_["undo"], window.actions_["redo"]
    assert undo.text() == "&Fortryd: Opret tiltag: Madspild i skolekøkkenet"
    assert not redo.isEnabled()
    undo.trigger()
    undo.trigger()
    undo.trigger()
    assert not undo.isEnabled()
    assert redo.text().endswith(": Opret tiltag: Skærmbesøg i hjemmeplejen")
    redo.trigger()
    assert register.count("initiative") == 1


def test_an_ampersand_in_a_title_is_no_mnemonic(
    window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    initiatives.edit_field(register, three[0], "title", "Liv & dag")
    initiatives.edit_field(register, three[0], "owner", "Kultur")
    assert window.actions_["undo"].text() == "&Fortryd: Ret tiltag: Liv && dag"


def test_every_action_stands_in_a_menu_and_no_key_stands_twice() -> None:
    menus = {name for name, _label in MENUS}
    assert all(spec.menu in menus for spec in ACTIONS)
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))
    assert all(QKeySequence(key).toString() for key in keys)
    expected = {"Ctrl+N", "Ctrl+O", "Ctrl+S", "Ctrl+F", "Ctrl+Z", "Ctrl+Y", "F2", "F5", "Del", "Ctrl+Q"}
    assert expected <= set(keys)


def test_mnemonics_of_a_menu_differ(window: MainWindow) -> None:
    for language in ("da", "en"):
        with speaking(language):
            for menu, _label in MENUS:
                letters = [
                    _(spec.label).replace("&&", "").partition("&")[2][:1].lower()
                    for spec in ACTIONS
                    if spec.menu == menu
                ]
                assert all(letters), (language, menu)
                assert len(letters) == len(set(letters)), (language, menu, letters)


def test_menus_are_filled_and_their_icons_come_when_they_open(window: MainWindow) -> None:
    menus = [action.menu() for action in window.menuBar().actions()]
    assert len(menus) == len(MENUS)
    first = menus[0]
    assert isinstance(first, QMenu)
    first.aboutToShow.emit()
    assert not window.actions_["open"].icon().isNull()


def test_ctrl_s_says_that_all_is_saved(window: MainWindow, page: InitiativesPage) -> None:
    window.actions_["saved"].trigger()
    notices = notice_bar(window)
    assert notices.text.startswith("Alt er gemt.")


def test_only_places_with_content_are_shown(window: MainWindow) -> None:
    shown = [b.text() for b in window.findChildren(QToolButton) if b.isCheckable() and b.isVisible()]
    assert "Tiltag" in shown
    assert "Erfaringer" not in shown  # no cases were imported
    assert {place.name for place in PLACES} >= {"initiatives", "cases"}
    assert window.has_place("initiatives")
    assert not window.has_place("no such place")
    window.show_place("no such place")


def test_closing_with_text_that_is_no_date_asks_and_going_back_keeps_it(
    window: MainWindow, page: InitiativesPage, prompts: FakePrompts, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    line = facts_of(page).form.row("start").editor.target
    assert isinstance(line, QLineEdit)
    line.setFocus()
    QTest.keyClicks(line, "snart")
    prompts.choices = ["stay"]
    assert not window.close()
    assert prompts.asked == ["Noget af det, du har skrevet, er ikke gemt"]
    assert line.text() == "snart"
    prompts.choices = ["close"]
    assert window.close()


def test_closing_without_anything_open_asks_nothing(window: MainWindow, prompts: FakePrompts) -> None:
    assert window.close()
    assert prompts.asked == []


def test_another_register_is_asked_for_and_wanted(
    window: MainWindow, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.paths = [tmp_path / "andet.coi"]
    with qtbot.waitSignal(window.register_wanted) as heard:
        window.actions_["open"].trigger()
    assert heard.args == [tmp_path / "andet.coi"]


def test_a_new_register_is_made_and_wanted(
    window: MainWindow, prompts: FakePrompts, tmp_path: Path, qtbot: QtBot
) -> None:
    prompts.paths = [tmp_path / "nyt.coi"]
    with qtbot.waitSignal(window.register_wanted):
        window.actions_["new_register"].trigger()
    assert (tmp_path / "nyt.coi").exists()


def test_a_problem_of_an_action_is_shown_as_a_notice(
    window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    (tmp_path / "optaget.coi").write_text("noget andet")
    prompts.paths = [tmp_path / "optaget.coi"]
    window.actions_["new_register"].trigger()
    notices = notice_bar(window)
    assert "optaget.coi" in notices.text
    assert (tmp_path / "optaget.coi").read_text() == "noget andet"


def test_a_backup_is_written_where_one_says_while_the_window_goes_on(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, tmp_path: Path
) -> None:
    target = tmp_path / "kopi.coi"
    prompts.paths = [target]
    window.actions_["backup"].trigger()
    assert window.desk.runner.is_busy
    qtbot.waitUntil(lambda: "kopi.coi" in notice_bar(window).text)
    assert target.stat().st_size > 10_000
    assert prompts.suggested[0].name.startswith("prøve 20")
    assert prompts.suggested[0].suffix == ".coi"


# Notices


@pytest.fixture
def notices(window: MainWindow) -> NoticeBar:
    return notice_bar(window)


def test_a_problem_outlives_news_that_come_after_it(notices: NoticeBar, qtbot: QtBot) -> None:
    notices.show_problem(Problem("Disken er fuld."), key="disk")
    notices.show_done("Noget andet lykkedes.")
    assert notices.text == "Noget andet lykkedes."
    notices.close_button.click()
    assert notices.text == "Disken er fuld."
    notices.clear("disk")
    assert notices.text == ""


def test_clearing_one_problem_leaves_the_other(notices: NoticeBar) -> None:
    notices.show_problem(Problem("Første."), key="a")
    notices.show_problem(Problem("Anden."), key="b")
    notices.clear("b")
    assert notices.text == "Første."


def test_the_next_step_is_carried_out_once_and_the_notice_goes(notices: NoticeBar) -> None:
    done: list[str] = []
    notices.show_done("Skrevet.", [NextStep("&Åbn mappe", lambda: done.append("åbnet"))])
    next(button for button in notices.findChildren(QPushButton) if "Åbn mappe" in button.text()).click()
    assert done == ["åbnet"]
    assert notices.text == ""


def test_a_notice_shows_a_strangers_text_as_it_stands(notices: NoticeBar) -> None:
    notices.show_done('<img src="file:///etc/passwd"> & co')
    label = next(label for label in notices.findChildren(QLabel) if "img" in label.text())
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_damage_found_by_the_quick_check_is_said(
    register: Register, three: tuple[str, str, str], open_window: OpenWindow
) -> None:
    window = open_window()
    bar = notice_bar(window)
    assert bar.text == ""  # a sound register says nothing


def test_going_to_a_place_that_was_never_shown_writes_what_is_typed_first(
    window: MainWindow, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    page.show_record(three[0])
    line = facts_of(page).form.row("owner").editor.target
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    QTest.keyClicks(line, "Ny")
    window.show_place("overview")
    assert register.get("initiative", three[0])["owner"] == "Ny"


def test_news_of_something_that_was_undone_goes_away(
    window: MainWindow, page: InitiativesPage, notices: NoticeBar, three: tuple[str, str, str]
) -> None:
    notices.show_problem(Problem("Disken er fuld."), key="disk")
    page.show_record(three[0])
    window.actions_["delete"].trigger()
    assert "er fjernet" in notices.text
    window.actions_["undo"].trigger()
    assert notices.text == "Disken er fuld."


def test_the_first_window_is_no_larger_than_the_screen(
    register: Register, settings: Settings, looks: Looks, prompts: FakePrompts
) -> None:
    window = MainWindow(register, settings, looks, prompts)
    room = window.screen().availableSize()
    assert room.width() < WIDTH  # otherwise this tells nothing
    assert window.width() <= room.width()
    assert window.height() < room.height()
    window.close()
    window.deleteLater()


def test_letters_of_a_page_are_not_those_of_the_menus(
    window: MainWindow, page: InitiativesPage, three: tuple[str, str, str]
) -> None:
    """Alt and a letter that two share would do neither at the first press."""
    page.show_record(three[0])
    assert page.panel is not None
    for tab in page.panel.tab_names:
        page.panel.show_tab(tab)
        page.table.selectAll()  # the bar for several stands there too
        marked = [button.text().replace("&&", "").partition("&")[2][:1].lower() for button in shown(window)]
        letters = [letter for letter in marked if letter]
        assert len(letters) == len(set(letters)), (tab, letters)
        assert not set(letters) & {_(label).partition("&")[2][:1].lower() for _name, label in MENUS}


def shown(window: MainWindow) -> list[QAbstractButton]:
    return [button for button in window.findChildren(QAbstractButton) if button.isVisible()]
