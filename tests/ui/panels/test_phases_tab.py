"""The tab Phases: ticks save by themselves, a decision moves the initiative, what was skipped is listed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coi_desktop.operations.gates import move_to_phase
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.link_dialog import LinkDialog
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.panels.phases_tab import PhasesTab
from coi_desktop.ui.tick_box import TickBox
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts


@pytest.fixture
def page(qtbot: QtBot, register: Register, open_window: OpenWindow) -> InitiativesPage:
    for title in ("Robot", "Have & hegn"):
        add_initiative(register, {"title": title, "phase": "idea"})
    found = open_window().findChild(InitiativesPage)
    assert isinstance(found, InitiativesPage)
    found.table.choose(found.model.id_at(1))
    return found


@pytest.fixture
def tab(page: InitiativesPage) -> PhasesTab:
    assert page.panel is not None
    found = page.panel.show_tab("phases")
    assert isinstance(found, PhasesTab)
    return found


def texts(tab: PhasesTab) -> list[str]:
    return [label.text() for label in tab.findChildren(QLabel) if label.isVisible()]


def choose(tab: PhasesTab, key: str) -> None:
    editor = tab.form.rows["decision"].editor
    editor.set_raw(key)
    editor.edited.emit()


def test_a_tick_is_kept_and_undone(tab: PhasesTab, page: InitiativesPage, register: Register) -> None:
    box = next(one for one in tab.form.findChildren(TickBox) if one.isVisible())
    box.click()
    (gate,) = register.children("gate", page.current_initiative())
    assert gate.text("checked") == box.accessibleName()
    register.undo()
    assert not next(one for one in tab.form.findChildren(TickBox) if one.isVisible()).isChecked()


def test_a_decision_says_what_follows_and_does_it(
    tab: PhasesTab, page: InitiativesPage, register: Register
) -> None:
    choose(tab, "continue")
    assert any("Foranalyse" in text and "videre" in text for text in texts(tab))
    tab.form.rows["decided_by"].editor.set_raw("Styregruppen")
    tab.form.note.click()
    assert register.get("initiative", page.current_initiative())["phase"] == "preanalysis"
    assert tab.form.phase == "preanalysis"
    (row,) = tab.decided.rows
    assert "Styregruppen" in row.accessibleName()
    assert tab.form.rows["decided_by"].raw() == ""


def test_a_decision_half_typed_waits_for_its_initiative_and_is_told_at_closing(
    tab: PhasesTab, page: InitiativesPage, register: Register
) -> None:
    here, other = page.model.id_at(1), page.model.id_at(0)
    tab.form.rows["decided_by"].editor.set_raw("Anna & Bo")
    tab.form.rows["date"].editor.set_raw("snart")
    page.table.choose(other)
    assert tab.form.rows["decided_by"].raw() == tab.form.rows["date"].raw() == ""
    assert set(page.unsaved()) == {"Besluttet af", "Dato"}
    page.table.choose(here)
    assert tab.form.rows["decided_by"].raw() == "Anna & Bo"
    assert tab.form.rows["date"].raw() == "snart"
    tab.form.rows["date"].editor.set_raw("")
    choose(tab, "continue")
    tab.form.note.click()
    assert page.unsaved() == ()
    page.table.choose(other)
    page.table.choose(here)
    assert tab.form.rows["decided_by"].raw() == ""


def test_noting_without_a_decision_is_refused_in_a_sentence(
    tab: PhasesTab, page: InitiativesPage, register: Register
) -> None:
    before = register.revision
    tab.form.note.click()
    assert register.revision == before
    assert any("Intet er besluttet endnu" in label.text() for label in page.window().findChildren(QLabel))


def test_a_skipped_gate_is_listed_and_can_be_noted_afterwards(
    tab: PhasesTab, page: InitiativesPage, register: Register
) -> None:
    move_to_phase(register, page.current_initiative(), "develop")
    (row,) = tab.missing.rows
    assert row.accessibleName().startswith("Idé")
    row.click()
    assert tab.form.phase == "idea"
    choose(tab, "continue")
    tab.form.note.click()
    assert register.get("initiative", page.current_initiative())["phase"] == "develop"
    assert tab.missing.isHidden()
    assert tab.form.phase == "develop"


def test_every_phase_says_in_words_where_it_stands(tab: PhasesTab, page: InitiativesPage) -> None:
    said = [one.accessibleName() for one in tab._track.children() if hasattr(one, "accessibleName")]
    states = [text.rpartition(": ")[2] for text in said if ": " in text]
    assert states == ["her", *["forude"] * 5]


def test_a_link_is_made_by_typing_a_part_of_the_title(
    page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)

    def answer(dialog: LinkDialog) -> bool:
        dialog.search.setText("hegn")
        dialog.link.click()
        return bool(dialog.result())

    prompts.dialogs = [answer]
    facts.links.add.click()
    (row,) = facts.links.rows.rows
    assert row.accessibleName() == "Have & hegn. Bygger på"
    row.click()
    assert register.get("initiative", page.current_initiative()).text("title") == "Have & hegn"
    (back,) = facts.links.rows.rows
    assert back.accessibleName().startswith("Robot. ")
