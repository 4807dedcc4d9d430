"""Rows copied from the list and pasted into the small tables of the panel, by the keys of every program."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.paste_preview import PastePreview
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.plain import PlainLabel
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts


@pytest.fixture
def page(qtbot: QtBot, register: Register, open_window: OpenWindow) -> InitiativesPage:
    for title in ("Have", "Robot", "Ældrebus"):
        add_initiative(register, {"title": title})
    window = open_window()
    found = window.findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    return found


def clipboard() -> QMimeData:
    return QGuiApplication.clipboard().mimeData()


def test_the_chosen_rows_are_copied_with_the_columns_that_are_shown(page: InitiativesPage) -> None:
    page.table.selectAll()
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = clipboard().text().splitlines()
    assert lines[0].split("\t")[:2] == ["Titel", "Fase"]
    assert [line.split("\t")[0] for line in lines[1:]] == ["Have", "Robot", "Ældrebus"]
    assert clipboard().hasHtml()


def test_rows_from_excel_are_pasted_into_the_partners_and_undone_as_one(
    page: InitiativesPage, register: Register
) -> None:
    page.table.choose(page.model.id_at(1))
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    QGuiApplication.clipboard().setText("KL\t\tSparring\nOdense\t\t\n")
    QTest.keyClick(facts.partners.target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    owner = page.current_initiative()
    assert [one.text("name") for one in register.children("partner", owner)] == ["KL", "Odense"]
    QTest.keyClick(facts.partners.target, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard().text().splitlines()[1].split("\t") == ["KL", "", "Sparring"]
    register.undo()
    assert register.children("partner", owner) == ()


def test_what_cannot_be_pasted_is_shown_and_changes_nothing(
    page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    page.table.choose(page.model.id_at(0))
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    QGuiApplication.clipboard().setText("KL\tRumfart\n")
    before = register.revision
    said: list[str] = []

    def turn_away(dialog: PastePreview) -> bool:
        said.append(dialog.rows.whole_row.text())
        assert not dialog.paste.isEnabled()
        return False

    prompts.dialogs = [turn_away]
    QTest.keyClick(facts.partners.target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert register.revision == before
    assert "Rumfart" in said[0]


def test_a_personal_number_among_pasted_rows_is_told_of_beside_the_table(
    page: InitiativesPage, register: Register
) -> None:
    page.table.choose(page.model.id_at(1))
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    said = facts.partners.findChildren(PlainLabel)
    for text, is_told in (("KL\t\tSparring\nBo\t\t010190-1234\n", True), ("KL\t\tRåd\n", False)):
        QGuiApplication.clipboard().setText(text)
        QTest.keyClick(facts.partners.target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        assert any("Indsat række 2: " in label.text() and not label.isHidden() for label in said) is is_told
    assert len(register.children("partner", page.current_initiative())) == 3
