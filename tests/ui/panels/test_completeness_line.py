"""The facts say how much is filled in, and lead to what is missing; nothing is demanded."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.store.register import Register
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab
from tests.ui.conftest import OpenWindow


def test_what_is_missing_is_named_and_leads_to_its_field(
    qtbot: QtBot, register: Register, open_window: OpenWindow
) -> None:
    made = add_initiative(register, {"title": "Robot", "phase": "idea", "owner": "Anna"})
    page = open_window().findChild(InitiativesPage)
    assert isinstance(page, InitiativesPage)
    page.table.choose(made)
    assert page.panel is not None
    facts = page.panel.show_tab("facts")
    assert isinstance(facts, FactsTab)
    line = facts.completeness
    assert line.label.text() == "1 af 6 grundoplysninger er udfyldt."
    ways = [one for one in line.findChildren(QPushButton) if one.isVisible()]
    assert [one.accessibleName() for one in ways[:2]] == ["Udfyld: Problem", "Udfyld: Løsning"]
    ways[1].click()
    assert facts._rows["solution"].editor.target.hasFocus()
    for name, value in (("problem", "x"), ("solution", "x"), ("target_group", "x"), ("field", "health")):
        edit_field(register, made, name, value)
    assert line.label.text() == "5 af 6 grundoplysninger er udfyldt."
    edit_field(register, made, "start", register.clock().date())
    assert line.isHidden()
