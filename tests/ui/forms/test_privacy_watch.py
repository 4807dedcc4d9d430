"""A quiet line under a text that looks like personal data: a moment after the last key, never in the way."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from coi_desktop.operations.people import add_person
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.quick_finding import QuickFinding
from coi_desktop.ui.forms.name_completer import NameCompleter
from coi_desktop.ui.forms.privacy_watch import LONGEST_LOOKED_AT, PrivacyWatch
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.panels.facts_tab import FactsTab

NUMBER = "010188-5000"  # of somebody born in 1888


@pytest.fixture
def facts(page: InitiativesPage, three: tuple[str, str, str]) -> FactsTab:
    """The facts of "Skærmbesøg" in the panel."""
    page.show_record(three[0])
    assert page.panel is not None
    tab = page.panel.show_tab("facts")
    assert isinstance(tab, FactsTab)
    return tab


@pytest.mark.parametrize("name", ["problem", "status_text"])
def test_a_personal_number_is_told_of_and_saved_all_the_same(
    facts: FactsTab, register: Register, three: tuple[str, str, str], qtbot: QtBot, name: str
) -> None:
    editor = facts.form.row(name).editor
    editor.target.setFocus()
    QTest.keyClicks(editor.target, f"Talt med {NUMBER}")
    assert editor.remark == ""
    qtbot.waitUntil(lambda: "CPR-nummer" in editor.remark, timeout=3000)
    assert NUMBER not in editor.remark
    assert register.get("initiative", three[0])[name] == f"Talt med {NUMBER}"
    target = editor.target
    assert isinstance(target, (QLineEdit, QPlainTextEdit))
    target.selectAll()
    QTest.keyClicks(target, "Talt med en borger")
    qtbot.waitUntil(lambda: editor.remark == "", timeout=3000)


def test_another_record_starts_without_a_remark(
    facts: FactsTab, page: InitiativesPage, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    editor = facts.form.row("problem").editor
    QTest.keyClicks(editor.target, NUMBER)
    qtbot.waitUntil(lambda: editor.remark != "", timeout=3000)
    page.show_record(three[1])
    assert editor.remark == ""


def test_a_quick_finding_is_looked_at_too(
    window: MainWindow, three: tuple[str, str, str], qtbot: QtBot
) -> None:
    dialog = QuickFinding(window.desk, three[0])
    qtbot.addWidget(dialog)
    QTest.keyClicks(dialog.line, f"Hørt fra {NUMBER}")
    qtbot.waitUntil(lambda: not dialog.remark.isHidden(), timeout=3000)


def test_a_look_at_a_long_text_takes_no_more_than_some_milliseconds(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    text = "Vi talte med 20 borgere om 12.500 kr. og sag 24/010158 den 3.4.2026. Anna Holm var med. " * 1000
    said: list[str] = []
    watch = PrivacyWatch(line, lambda: text, said.append)
    watch.look()
    times = []
    for _turn in range(5):
        begun = time.perf_counter()
        watch.look()
        times.append(time.perf_counter() - begun)
    assert len(text) > LONGEST_LOOKED_AT
    assert min(times) < 0.05
    assert said == []


def test_contact_fields_may_hold_an_address_and_no_personal_number(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    said: list[str] = []
    watch = PrivacyWatch(line, line.text, said.append, "email")
    line.setText("ki@x.example")
    watch.look()
    assert said == []
    line.setText(NUMBER)
    watch.look()
    assert len(said) == 1


def test_fields_for_a_person_offer_the_names_that_are_known(
    facts: FactsTab, register: Register, qtbot: QtBot, tmp_path: Path, three: tuple[str, str, str]
) -> None:
    add_person(register, {"name": "Kirsten Åberg"})
    line = facts.form.row("leader").editor.target
    assert isinstance(line, QLineEdit)
    (completer,) = line.findChildren(NameCompleter)
    line.setFocus()
    QTest.keyClicks(line, "åb")
    model = completer.completer.completionModel()
    assert [model.index(row, 0).data() for row in range(model.rowCount())] == ["Kirsten Åberg"]
    completer.completer.activated.emit("Kirsten Åberg")
    line.setText("Kirsten Åberg")
    completer._taken()
    qtbot.waitUntil(lambda: register.get("initiative", three[0])["leader"] == "Kirsten Åberg", timeout=3000)
    completer.completer.popup().hide()
