"""Status and risks, and benefits: rows edited in place and in the form below, by keyboard, each one step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.operations.initiatives import add_initiative, add_row
from coi_desktop.operations.status_reports import add_status_report
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.paste_preview import PastePreview
from coi_desktop.ui.forms.related_rows import RelatedRows
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.benefits_tab import BenefitsTab
from coi_desktop.ui.panels.status_tab import StatusTab
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.walkthrough.keyboard import Keyboard


@pytest.fixture
def page(qtbot: QtBot, register: Register, open_window: OpenWindow) -> Iterator[InitiativesPage]:
    with speaking("da"):
        for title in ("Robot", "Have & hegn"):
            add_initiative(register, {"title": title, "phase": "idea"})
        found = open_window().findChild(InitiativesPage)
        assert isinstance(found, InitiativesPage)
        found.table.choose(found.model.id_at(1))
        yield found


@pytest.fixture
def tab(page: InitiativesPage) -> StatusTab:
    assert page.panel is not None
    found = page.panel.show_tab("status")
    assert isinstance(found, StatusTab)
    return found


def seen(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def type_new(part: RelatedRows, text: str) -> None:
    """In the line for a new row, by keyboard alone."""
    part.table.choose_row(part.model.rowCount() - 1)
    part.window().activateWindow()
    QTest.qWaitForWindowActive(part.window())
    part.table.target.setFocus()
    keys = Keyboard()
    keys.press(Qt.Key.Key_Return)
    keys.write(text)
    keys.press(Qt.Key.Key_Return)


def put(part: RelatedRows, name: str, raw: str) -> None:
    editor = part.form.row(name).editor
    editor.set_raw(raw)
    editor.edited.emit()
    part.form.flush()


def test_without_rows_a_sentence_says_what_belongs_here(tab: StatusTab) -> None:
    assert "En risiko er" in seen(tab.risks)
    assert "En statusrapport gemmer" in seen(tab.reports)
    assert not tab.risks.box.isVisible()


def test_a_risk_is_typed_by_keyboard_and_assessed_in_the_form(
    tab: StatusTab, page: InitiativesPage, register: Register
) -> None:
    type_new(tab.risks, "Leverandøren går konkurs")
    [risk] = register.children("risk", page.current_initiative())
    assert risk["text"] == "Leverandøren går konkurs"
    assert tab.risks.box.isVisible()
    assert tab.risks.box.title.text() == "Leverandøren går konkurs"
    put(tab.risks, "probability", "4")
    put(tab.risks, "consequence", "4")
    model = tab.risks.model
    assert model.index(0, 3).data() == "■ 16"
    assert not model.flags(model.index(0, 3)) & Qt.ItemFlag.ItemIsEditable
    assert "Risiko: Rød" in seen(tab.lights)
    register.undo()
    assert model.index(0, 3).data() == ""
    assert "Risiko: Ikke opgjort" in seen(tab.lights)


def test_delete_removes_the_row_that_is_chosen_and_undo_brings_it_back(
    tab: StatusTab, page: InitiativesPage, register: Register
) -> None:
    for text in ("Strejke", "Brand"):
        add_row(register, "risk", {"initiative_id": page.current_initiative(), "text": text})
    tab.risks.table.choose_row(0)
    QTest.keyClick(tab.risks.table.target, Qt.Key.Key_Delete)
    assert [one["text"] for one in register.children("risk", page.current_initiative())] == ["Brand"]
    register.undo()
    assert len(register.children("risk", page.current_initiative())) == 2


def test_a_report_begins_with_the_lights_and_another_light_wants_a_reason(
    tab: StatusTab, page: InitiativesPage, register: Register
) -> None:
    values = {"initiative_id": page.current_initiative(), "text": "Brand"}
    add_row(register, "risk", {**values, "probability": "3", "consequence": "3"})
    tab.begin.click()
    [report] = register.children("status_report", page.current_initiative())
    assert (report["risk"], report["overall"]) == ("yellow", "yellow")
    assert tab.reports.model.index(0, 1).data() == "▲ Gul"
    assert "Foreslået ud fra dagens lys: ▲ Gul" in seen(tab.reports.box)
    put(tab.reports, "overall", "green")
    assert "Skriv, hvorfor" in seen(tab.reports.box)
    put(tab.reports, "reason", "Aftalt")
    assert "Skriv, hvorfor" not in seen(tab.reports.box)


def test_a_new_report_comes_first_and_is_the_one_that_is_chosen(
    tab: StatusTab, page: InitiativesPage, register: Register
) -> None:
    add_status_report(register, page.current_initiative(), {"date": date(2026, 1, 1)})
    tab.begin.click()
    record = tab.reports.form.record
    assert record is not None
    assert record["date"] == register.clock().date()
    assert tab.reports.table.chosen_row() == 0


def test_what_is_typed_belongs_to_the_row_and_initiative_it_was_typed_in(
    tab: StatusTab, page: InitiativesPage, register: Register
) -> None:
    first = page.current_initiative()
    for text in ("Strejke", "Brand"):
        add_row(register, "risk", {"initiative_id": first, "text": text})
    tab.risks.table.choose_row(0)
    editor = tab.risks.form.row("action").editor
    editor.set_raw("Aftale med fagforening")
    editor.edited.emit()
    tab.risks.table.choose_row(1)
    page.table.choose(page.model.id_at(0))
    assert [one["action"] for one in register.children("risk", first)] == ["Aftale med fagforening", None]
    assert not tab.risks.box.isVisible()


def test_rows_from_excel_with_faults_are_shown_before_any_is_made(
    tab: StatusTab, page: InitiativesPage, register: Register, prompts: FakePrompts
) -> None:
    owner = page.current_initiative()
    QGuiApplication.clipboard().setText(
        "Risiko\tSandsynlighed\tKonsekvens\tRisikoejer\tBy\nStrejke\t4\t2\tMette\tRibe\nBrand\tstor\t2\t\t\n"
    )
    key = (tab.risks.table.target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(*key)
    assert register.children("risk", owner) == ()

    def accept(dialog: PastePreview) -> bool:
        assert "1 af 2 rækker" in "\n".join(label.text() for label in dialog.findChildren(QLabel))
        assert dialog.rows.model.index(0, 1).data().startswith("Sandsynlighed")
        return True

    prompts.dialogs = [accept]
    QTest.keyClick(*key)
    [risk] = register.children("risk", owner)
    assert (risk["text"], risk["probability"], risk["owner"]) == ("Strejke", "4", "Mette")


def test_benefits_are_edited_where_they_are_shown(page: InitiativesPage, register: Register) -> None:
    assert page.panel is not None
    tab = page.panel.show_tab("benefits")
    assert isinstance(tab, BenefitsTab)
    type_new(tab.benefits, "Færre ture")
    put(tab.benefits, "likely", "12.500,50")
    [benefit] = register.children("benefit", page.current_initiative())
    assert (benefit["text"], benefit["likely"]) == ("Færre ture", Decimal("12500.50"))
    register.undo()
    register.undo()
    assert register.children("benefit", page.current_initiative()) == ()
    assert "En gevinst er" in seen(tab.benefits)


def test_the_head_says_the_worst_of_the_lights(
    tab: StatusTab, page: InitiativesPage, register: Register, qtbot: QtBot
) -> None:
    values = {"initiative_id": page.current_initiative(), "text": "Brand"}
    add_row(register, "risk", {**values, "probability": "5", "consequence": "5"})
    assert page.panel is not None
    qtbot.waitUntil(lambda: "Lys: Rød" in seen(page.panel), timeout=2000)
