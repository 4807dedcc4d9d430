"""F1 from everywhere, the help window by keyboard, the list of keys, news, and About."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations.help import read_chapters, read_page, this_version
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.action_keys import find_action_keys
from coi_desktop.ui.action_table import ACTIONS
from coi_desktop.ui.dialogs.about_dialog import AboutDialog
from coi_desktop.ui.dialogs.help_window import HelpWindow, open_help
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.help_commands import give_help
from coi_desktop.ui.help_topics import FIRST_PAGE, TOPICS, topic_of
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.places import PLACES
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.shortcut_list import SHORTCUTS, make_shortcut_page
from tests.ui.conftest import OpenWindow
from tests.ui.program_parts import notice_bar
from tests.ui.test_accessibility import find_nameless

UI = Path(__file__).resolve().parent.parent.parent / "coi_desktop" / "ui"

#: The help itself needs none.
_NEEDS_NONE = {"HelpWindow"}


def screens() -> set[str]:
    """Every place, tab and dialog in the source of the window."""
    found = set()
    for path in UI.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                bases = {ast.unparse(base) for base in node.bases}
                if bases & {"QDialog", "Page", "RecordTab"}:
                    found.add(node.name)
    return found


def test_every_place_tab_and_dialog_has_a_page_in_both_languages() -> None:
    """A new one needs a row in ``ui/help_topics.py``, and perhaps a page in ``resources/help``."""
    assert screens() - _NEEDS_NONE - set(TOPICS) == set()
    known = {name for chapter in read_chapters() for name in chapter.pages}
    assert {*TOPICS.values(), FIRST_PAGE} <= known
    for topic in {*TOPICS.values(), FIRST_PAGE}:
        for language in ("da", "en"):
            assert read_page(topic, language).title


@pytest.fixture
def help_window(qtbot: QtBot) -> HelpWindow:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_page(FIRST_PAGE)
    window.show()
    qtbot.waitExposed(window)
    return window


def helping(window: MainWindow | QDialog) -> HelpWindow:
    found = window.findChild(HelpWindow)
    assert isinstance(found, HelpWindow)
    return found


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_f1_opens_the_page_of_the_place_in_front(window: MainWindow, place: str) -> None:
    if not window.has_place(place):
        pytest.skip("no cases in this register")
    window.show_place(place)
    window.page.setFocus()
    assert topic_of(window.page) == place
    window.actions_["help"].trigger()
    opened = helping(window)
    assert opened.isVisible()
    assert opened.shown in {place, topic_of(QApplication.focusWidget())}
    opened.close()


def test_f1_in_a_dialog_opens_its_page_beside_it(window: MainWindow, qtbot: QtBot) -> None:
    dialog = QuickAdd(window.desk, window)
    give_help(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    QTest.keyClick(dialog, Qt.Key.Key_F1)
    opened = helping(dialog)
    assert opened.shown == "new_initiative"
    opened.close()
    dialog.close()


def test_the_help_that_is_open_is_used_again(window: MainWindow) -> None:
    first = open_help(window, "trash")
    assert "Ctrl+N" in first.pages[SHORTCUTS].text(), "the keys are the window's own"
    assert open_help(window, "place") is first
    assert first.shown == "place"
    first.close()


def test_the_help_is_never_larger_than_the_screen(window: MainWindow) -> None:
    opened = HelpWindow(window)
    opened.resize(9000, 9000)
    assert open_help(window, "trash") is opened
    room = opened.screen().availableSize()
    assert opened.width() <= room.width()
    assert opened.height() <= room.height()
    opened.close()


def test_the_contents_list_every_page_and_lead_to_it_by_keyboard(help_window: HelpWindow) -> None:
    titles = {help_window.contents.item(row).text().strip() for row in range(help_window.contents.count())}
    assert {page.title for page in help_window.pages.values()} <= titles
    help_window.contents.setFocus()
    QTest.keyClick(help_window.contents, Qt.Key.Key_Down)
    assert help_window.shown == "new_initiative"
    QTest.keyClick(help_window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert help_window.shown == FIRST_PAGE


def test_search_finds_pages_and_enter_opens_the_first(help_window: HelpWindow) -> None:
    help_window.search.setFocus()
    QTest.keyClicks(help_window.search, "papirkurv")
    assert help_window.contents.item(0).text() == "Papirkurv"
    QTest.keyClick(help_window.search, Qt.Key.Key_Return)
    assert help_window.shown == "trash"
    help_window.search.setText("findes slet ikke")
    assert help_window.contents.item(0).text() == "Intet fundet"
    help_window.show_page("place")
    assert help_window.search.text() == "", "a page that is not among the hits ends the search"


def test_pages_lead_on_to_others(help_window: HelpWindow) -> None:
    way = next(
        button for button in help_window.text.findChildren(QPushButton) if button.text() == "Nyt tiltag"
    )
    way.click()
    assert help_window.shown == "new_initiative"


def test_help_is_plain_text_without_links_and_has_names_for_screen_readers(help_window: HelpWindow) -> None:
    for label in help_window.findChildren(PlainLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert not label.openExternalLinks()
    assert find_nameless(help_window) == []
    assert "Ctrl+N" in help_window.text.accessibleDescription()


def test_the_list_of_keys_is_that_of_the_actions() -> None:
    page = make_shortcut_page(find_action_keys())
    assert page.name == SHORTCUTS
    shown = {(block.text, block.more) for block in page.blocks}
    assert ("Ctrl+N", "Nyt tiltag") in shown
    count = sum(bool(spec.keys) for spec in ACTIONS)
    assert sum(bool(block.more) for block in page.blocks) >= count


def test_news_are_offered_once_after_an_update(open_window: OpenWindow, settings: Settings) -> None:
    settings.set("version_seen", "0.0.9")
    window = open_window()
    bar = notice_bar(window)
    assert this_version() in bar.text
    button = next(one for one in bar.findChildren(QPushButton) if one.text() == "&Se, hvad der er nyt")
    button.click()
    opened = helping(window)
    assert opened.shown == "news"
    opened.close()
    assert settings.get("version_seen") == this_version()


def test_the_first_start_of_all_offers_no_news(open_window: OpenWindow, settings: Settings) -> None:
    assert notice_bar(open_window()).text == ""
    assert settings.get("version_seen") == this_version()


def test_about_says_where_things_lie_and_support_gets_no_content(
    window: MainWindow, register: Register, qtbot: QtBot
) -> None:
    add_initiative(register, {"title": "HEMMELIG TITEL", "owner": "Anne Andersen"})
    dialog = AboutDialog(window.desk, window)
    qtbot.addWidget(dialog)
    said = " ".join(label.text() for label in dialog.findChildren(PlainLabel))
    for part in (str(register.path), this_version(), "SQLite", "Qt", "Python", "på denne computer"):
        assert part in said
    copy = next(one for one in dialog.findChildren(QPushButton) if one.text() == "&Kopiér til support")
    copy.click()
    text = QGuiApplication.clipboard().text()
    assert "initiative 4" in text
    for secret in ("HEMMELIG", "Anne", register.path.name, str(Path.home()), "prøve", str(register.path)):
        assert secret not in text
    assert find_nameless(dialog) == []
