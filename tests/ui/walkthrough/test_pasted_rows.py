"""Rows from Excel into the tables of an evaluation: Danish forms, other rows by name, faults shown first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from coi_desktop.i18n import speaking
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.paste_preview import PastePreview
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def standard(panel: WalkPanel, register: Register) -> WalkPanel:
    """The panel on the full twenty steps."""
    answer(register, panel.walk.evaluation_id, "proportion.depth", "standard")
    answer(register, panel.walk.evaluation_id, "economy.applies", "yes")
    return panel


def paste(panel: WalkPanel, question_id: str, text: str) -> RowsCard:
    """Press Ctrl+V in the table of a question, with this on the clipboard."""
    window = panel.window()
    assert isinstance(window, MainWindow)
    card = RowsCard(window.desk, panel.walk, panel.walk.loaded.guide.question(question_id))
    card.model.show_owner(panel.walk.evaluation_id)
    QGuiApplication.clipboard().setText(text)
    QTest.keyClick(card.table.target, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    return card


def rows(register: Register, panel: WalkPanel, table: str, *names: str) -> list[tuple[Any, ...]]:
    return [tuple(row[name] for name in names) for row in register.children(table, panel.walk.evaluation_id)]


def test_costs_are_pasted_with_danish_amounts_and_undone_as_one(
    standard: WalkPanel, register: Register
) -> None:
    text = "Beskrivelse\tÅr\tMest sandsynligt\nSkærme\t0\t12.500,50 kr.\nStøtte\t1\t4.000\n"
    paste(standard, "economy.costs", text)
    expected = [("Skærme", 0, Decimal("12500.50")), ("Støtte", 1, Decimal(4000))]
    assert rows(register, standard, "cost", "text", "year", "likely") == expected
    register.undo()
    assert rows(register, standard, "cost", "text") == []


def test_benefits_hang_under_the_initiative_and_name_the_evaluation(
    standard: WalkPanel, register: Register, initiative_id: str
) -> None:
    paste(standard, "economy.benefits", "Gevinst\tOpfølgning\nFærre ture\t22-11-2026\nRo\t\n")
    found = register.children("benefit", initiative_id)
    assert [(row["text"], row["follow_up"]) for row in found] == [
        ("Færre ture", date(2026, 11, 22)),
        ("Ro", None),
    ]
    assert {row["evaluation_id"] for row in found} == {standard.walk.evaluation_id}


def test_measurements_name_their_indicator_and_a_strange_one_is_shown_before_anything_is_made(
    standard: WalkPanel, register: Register, prompts: FakePrompts
) -> None:
    evaluation_id = standard.walk.evaluation_id
    indicator = add_row(register, evaluation_id, "indicators.indicators", {"name": "Transporttid"})
    shown: list[PastePreview] = []
    prompts.dialogs = [lambda dialog: bool(shown.append(dialog))]
    text = "Transporttid\t01-03-2026\t74,5\t12\nArbejdsglæde\t01-03-2026\t3\t12\n"
    paste(standard, "collect.measurements", text)
    assert register.children("measurement", indicator) == ()
    assert prompts.asked[-1].startswith("Indsæt rækker")
    prompts.dialogs = [lambda dialog: dialog.paste.isEnabled()]
    paste(standard, "collect.measurements", text)
    [row] = register.children("measurement", indicator)
    assert (row["date"], row["value"], row["n"]) == (date(2026, 3, 1), Decimal("74.5"), 12)


def test_findings_take_todays_date_as_if_they_were_typed(standard: WalkPanel, register: Register) -> None:
    paste(standard, "collect.findings", "Borgerne er trygge\t\t\nSkærmen er for lille\t\t\n")
    found = rows(register, standard, "finding", "text", "date")
    assert [text for text, _day in found] == ["Borgerne er trygge", "Skærmen er for lille"]
    assert all(day == register.clock().date() for _text, day in found)


def test_the_button_below_the_table_says_when_there_is_nothing_to_paste(
    standard: WalkPanel, register: Register
) -> None:
    card = paste(standard, "economy.costs", "")
    before = register.revision
    card.table.paste_rows()
    assert register.revision == before
