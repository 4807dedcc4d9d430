"""Own fields and own choices stand among the facts as soon as they are made, and go as soon as they go."""

from __future__ import annotations

from decimal import Decimal

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from coi_desktop.models.fact_sections import SECTIONS, with_own_fields
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.phases import Phase
from coi_desktop.operations import choices, history, own_fields, phases
from coi_desktop.store.register import Register
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab


@pytest.fixture
def facts(page: InitiativesPage, three: tuple[str, str, str]) -> FactsTab:
    """The facts of "Skærmbesøg" in the panel."""
    page.show_record(three[0])
    assert page.panel is not None
    tab = page.panel.show_tab("facts")
    assert isinstance(tab, FactsTab)
    return tab


def items(facts: FactsTab, name: str) -> list[str]:
    box = facts.form.row(name).editor.target
    assert isinstance(box, QComboBox)
    return [box.itemText(place) for place in range(box.count())]


def test_an_own_field_is_there_at_once_and_saves_by_itself(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    name = own_fields.add_own_field(register, "Udgift pr. besøg", "money")
    target = facts.form.row(name).editor.target
    assert isinstance(target, QLineEdit)
    target.setFocus()
    QTest.keyClicks(target, "12,50")
    facts.flush()
    assert register.get("initiative", three[0])[name] == Decimal("12.50")
    history.undo(register)
    assert target.text() == ""
    history.undo(register)
    with pytest.raises(KeyError):
        facts.form.row(name)


def test_what_is_typed_stays_when_the_fields_change(
    facts: FactsTab, register: Register, three: tuple[str, str, str]
) -> None:
    name = own_fields.add_own_field(register, "Antal", "number")
    for field in (name, "owner"):
        target = facts.form.row(field).editor.target
        assert isinstance(target, QLineEdit)
        target.setFocus()
        QTest.keyClicks(target, "ti")
    own_fields.add_own_field(register, "Andet", "text")
    kept = facts.form.row(name).editor.target
    assert isinstance(kept, QLineEdit)
    assert kept.text() == "ti"
    assert facts.unsaved() == ("Antal",)
    own_fields.remove_own_field(register, name)
    assert facts.unsaved() == ()


def test_lists_offer_the_units_own_choices_and_phases_at_once(facts: FactsTab, register: Register) -> None:
    assert "Havn" not in items(facts, "field")
    choices.add_choice(register, "initiative.field", "Havn")
    choices.retire_choice(register, "initiative.field", "school")
    phases.add_phase(register, Phase("", "Politik", ""))
    assert "Havn" in items(facts, "field")
    assert "Skole" not in items(facts, "field")
    assert items(facts, "phase")[-1] == "Politik"


def test_own_fields_stand_in_their_section_two_and_two_and_long_texts_alone() -> None:
    def field(name: str, kind: Kind = Kind.TEXT) -> FieldSpec:
        return FieldSpec(name, kind, name, name)

    assert [section.heading for section in with_own_fields([])] == [
        section.heading for section in SECTIONS if section.rows
    ]
    own = [
        (field("a"), "own"),
        (field("b", Kind.LONG), "own"),
        (field("c"), "own"),
        (field("d"), "own"),
        (field("e"), "people"),
        (field("f"), "of a later version"),
    ]
    by_key = {section.key: section for section in with_own_fields(own)}
    assert by_key["own"].rows == (("a",), ("b",), ("c", "d"), ("f",))
    assert by_key["people"].rows[-1] == ("e",)
