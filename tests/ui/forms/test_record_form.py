"""Saving by itself: when, what is shown, and what happens when it cannot be."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations import history, initiatives
from coi_desktop.store.register import Register
from coi_desktop.ui.forms.record_form import MILLISECONDS_AFTER_TYPING
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab
from tests.ui.program_parts import notice_bar


@pytest.fixture
def facts(page: InitiativesPage, three: tuple[str, str, str]) -> FactsTab:
    """The facts of "Skærmbesøg" in the panel."""
    page.show_record(three[0])
    assert page.panel is not None
    tab = page.panel.show_tab("facts")
    assert isinstance(tab, FactsTab)
    return tab


def line(facts: FactsTab, name: str) -> QLineEdit:
    target = facts.form.row(name).editor.target
    assert isinstance(target, QLineEdit)
    return target


def type_into(facts: FactsTab, name: str, text: str) -> None:
    """Empty a field by keyboard and type."""
    target = facts.form.row(name).editor.target
    target.setFocus()
    target.selectAll()
    QTest.keyClicks(target, text)


def test_a_field_is_written_a_moment_after_the_last_key(
    facts: FactsTab, register: Register, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    type_into(facts, "owner", "Team Velfaerd")
    assert register.get("initiative", three[0])["owner"] == "Team Digital"
    qtbot.waitUntil(lambda: register.get("initiative", three[0])["owner"] == "Team Velfaerd", timeout=3000)


def test_the_moment_is_long_enough_to_type_on() -> None:
    assert 300 <= MILLISECONDS_AFTER_TYPING <= 600


def test_typing_on_is_one_step(facts: FactsTab, register: Register, three: tuple[str, str, str]) -> None:
    for text in ("T", "Te", "Tea"):
        type_into(facts, "owner", text)
        facts.flush()
    history.undo(register)
    assert register.get("initiative", three[0])["owner"] == "Team Digital"
    assert line(facts, "owner").text() == "Team Digital"


def test_what_is_typed_is_written_when_the_keyboard_goes_elsewhere(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    line(facts, "leader").setFocus()
    assert register.get("initiative", three[0])["owner"] == "Ny"


def test_what_is_typed_is_written_when_another_initiative_is_chosen(
    facts: FactsTab, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    page.show_record(three[1])
    assert register.get("initiative", three[0])["owner"] == "Ny"
    assert line(facts, "owner").text() == ""


def test_what_is_typed_is_written_when_the_window_closes(
    facts: FactsTab, window: MainWindow, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    window.close()
    assert register.get("initiative", three[0])["owner"] == "Ny"


def test_the_text_under_the_cursor_stays_as_typed_when_it_was_written(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny ")
    facts.flush()
    assert register.get("initiative", three[0])["owner"] == "Ny"
    assert line(facts, "owner").text() == "Ny "


def test_undo_is_shown_in_the_field(
    facts: FactsTab, register: Register, window: MainWindow, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    window.actions_["undo"].trigger()
    assert line(facts, "owner").text() == "Team Digital"
    window.actions_["redo"].trigger()
    assert line(facts, "owner").text() == "Ny"


def test_a_change_brings_its_consequences_into_other_fields(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    box = facts.form.row("phase").editor.target
    assert isinstance(box, QComboBox)
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert register.get("initiative", three[0])["phase"] == "introduce"
    stage = facts.form.row("stage").editor.raw()
    assert stage == register.get("initiative", three[0])["stage"] == "trial"
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert (
        facts.form.row("stage").editor.raw() == register.get("initiative", three[0])["stage"] == "operating"
    )


def test_what_does_not_read_stays_with_its_problem_and_stops_nothing(
    facts: FactsTab, page: InitiativesPage, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "start", "snart")
    type_into(facts, "owner", "Ny")
    assert facts.flush()
    assert register.get("initiative", three[0])["owner"] == "Ny"
    assert facts.form.row("start").note.startswith("Det er ikke en dato.")
    page.show_record(three[1])
    assert facts.form.row("start").note == ""
    page.show_record(three[0])
    assert line(facts, "start").text() == "snart"
    assert facts.form.row("start").note.startswith("Det er ikke en dato.")
    type_into(facts, "start", "1. marts 2027")
    line(facts, "owner").setFocus()
    assert line(facts, "start").text() == "01-03-2027"
    assert facts.unsaved() == ()


def test_an_empty_title_is_refused_under_its_field(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "title", " ")
    assert facts.flush()
    assert facts.form.row("title").note == "Titel skal udfyldes."
    assert register.get("initiative", three[0])["title"] == "Skærmbesøg i hjemmeplejen"


def test_a_number_of_two_meanings_can_be_set_right_with_one_press(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "budget", "1.234")
    facts.flush()
    row = facts.form.row("budget")
    assert register.get("initiative", three[0])["budget"] == Decimal(1234)
    assert row.note == "Læst som 1234."
    other = next(button for button in row.findChildren(QPushButton) if "1,2340" in button.text())
    other.click()
    assert register.get("initiative", three[0])["budget"] == Decimal("1.2340")


def test_amounts_are_grouped_at_rest_and_plain_under_the_cursor(facts: FactsTab, register: Register) -> None:
    type_into(facts, "budget", "1250000")
    line(facts, "owner").setFocus()
    assert line(facts, "budget").text() == "1.250.000"
    line(facts, "budget").setFocus()
    assert line(facts, "budget").text() == "1250000"


def test_a_paste_of_a_web_page_brings_its_characters_only(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    target = facts.form.row("problem").editor.target
    assert isinstance(target, QPlainTextEdit)
    web = QMimeData()
    web.setHtml('<b>fed</b><img src="http://example.org/x.png">')
    web.setText("fed\x00 tekst")
    target.insertFromMimeData(web)
    facts.flush()
    assert register.get("initiative", three[0])["problem"] == "fed tekst"
    files = QMimeData()
    files.setUrls([QUrl("file:///etc/passwd")])
    assert not target.canInsertFromMimeData(files)


class Stranger:
    """Another program that exchanges the open register, as synchronising programs do, and puts it back."""

    def __init__(self, register: Register) -> None:
        self._path = register.path
        self._generation = register.revision

    def exchange(self) -> None:
        self._write(self._generation + 7)

    def put_back(self) -> None:
        self._write(self._generation)

    def _write(self, generation: int) -> None:
        with closing(sqlite3.connect(self._path)) as connection, connection:
            connection.execute("UPDATE register SET generation = ?", (generation,))


@pytest.fixture
def stranger(facts: FactsTab, register: Register) -> Iterator[Stranger]:
    made = Stranger(register)
    made.exchange()
    yield made
    made.put_back()


def notice_text(window: MainWindow) -> str:
    return notice_bar(window).text


def test_a_refused_write_keeps_the_text_and_offers_another_try(
    facts: FactsTab, window: MainWindow, register: Register, stranger: Stranger, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    assert not facts.flush()
    assert line(facts, "owner").text() == "Ny"
    assert facts.unsaved() == ("Ejer",)
    assert "prøve.coi" in notice_text(window)
    stranger.put_back()
    retry = next(button for button in window.findChildren(QPushButton) if button.text() == "Prøv igen")
    retry.click()
    assert register.get("initiative", three[0])["owner"] == "Ny"
    assert notice_text(window) == ""
    assert facts.unsaved() == ()


def test_text_that_could_not_be_written_is_there_when_its_initiative_is_chosen_again(
    facts: FactsTab, page: InitiativesPage, stranger: Stranger, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    page.show_record(three[1])
    page.show_record(three[0])
    assert line(facts, "owner").text() == "Ny"


def test_a_record_that_has_gone_takes_its_drafts_along(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    type_into(facts, "owner", "Ny")
    initiatives.remove_initiative(register, three[0])
    assert facts.flush()
    assert facts.unsaved() == ()
