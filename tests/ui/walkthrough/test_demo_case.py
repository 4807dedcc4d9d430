"""The demo case entered in the window: its numbers come out on the screen, in the CLI and in the workbook."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QLabel

from coi_desktop.models.indicators import Status
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.answer_entry import read_questions
from coi_desktop.operations.evaluations import LoadedEvaluation, find_evaluations, load_evaluation
from coi_desktop.operations.exports import export_workbook
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.cli.test_commands import coi_json
from tests.ui.walkthrough.hand import Hand, questions_in_order

DEMO = Path(__file__).resolve().parents[2] / "data" / "answers" / "screen_visits.toml"


@pytest.fixture
def walked(register: Register, open_window: Callable[..., MainWindow]) -> WalkPanel:
    """The demo case, entered question by question."""
    initiative_id = add_initiative(register, {"title": "Skærmbesøg i hjemmeplejen"})
    window = open_window()
    window.show_record("evaluations", initiative_id)
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    assert page.panel is not None
    given = read_questions(tomllib.loads(DEMO.read_text(encoding="utf-8"), parse_float=Decimal))
    hand = Hand(page.panel)
    given["economy.include_capacity"] = True
    hand.enter("proportion.depth", given.pop("proportion.depth"))
    for question_id in questions_in_order(given):
        hand.enter(question_id, given[question_id])
    return page.panel


def _loaded(register: Register) -> LoadedEvaluation:
    return load_evaluation(
        register, find_evaluations(register, register.find(Query("initiative"))[0].id)[0].id
    )


def _check_figures(found: LoadedEvaluation) -> None:
    figures = found.figures
    assert (figures.proportion.total, figures.proportion.depth) == (6, "standard")
    transport, satisfaction, joy = figures.indicators
    assert (transport.effect, transport.status) == (Decimal(-19), Status.ON_THE_WAY)
    assert transport.progress is not None
    assert round(transport.progress, 2) == Decimal("0.92")
    assert (satisfaction.change, satisfaction.status) == (Decimal("0.1"), Status.REACHED)
    assert (joy.progress, joy.status) == (Decimal("-0.5"), Status.WRONG_WAY)
    assert figures.economy.npv == Decimal("-141564.39")
    assert figures.economy.npv_incl_capacity == Decimal("50074.52")
    assert (figures.economy.payback, figures.economy.payback_incl_capacity) == (None, Decimal("4.0000"))
    assert figures.evidence.level == 3
    assert figures.decided == "adjust"
    assert "learn_and_document" in figures.remarks


def test_every_number_of_the_demo_case_comes_out_everywhere(
    walked: WalkPanel, register: Register, tmp_path: Path
) -> None:
    found = _loaded(register)
    _check_figures(found)
    said = _said_on_all_screens(walked)
    for text in (
        "Svarene giver 6 af 12 point",
        "Transporttid pr. medarbejder: 74 → 52\xa0min/dag · godt på vej · 92\xa0%",
        "Effekt: (52 − 74) − (70 − 73) = −19\xa0min/dag",
        "Borgernes tilfredshed: 4,1 → 4,2 · nået",
        "Medarbejdernes arbejdsglæde: 3,6 → 3,5 · den forkerte vej · −50\xa0%",
        "Læring kræver åbenhed",
        "Trin 3 af højst 5: Sammenlignet",
        "−141.564 kr.",
        "50.075 kr.",
    ):
        assert text in said, text
    told = coi_json("eval", "show", register.path, found.evaluation.id, "--json")
    _check_told(told["indicators"], told["economy"])
    calculated = coi_json("calc", register.path, found.evaluation.id, "--json")["numbers"]
    results = {one["result"]["value"] for one in calculated}
    assert {-22, -19, 0.9167, 0.1, -0.1, -0.5, -141564.39, 50074.52, 4} <= results
    book = tmp_path / "tiltag.xlsx"
    run_to_end(export_workbook(register, book, found.initiative.id))
    _check_workbook(book)


def _said_on_all_screens(panel: WalkPanel) -> str:
    said: list[str] = []
    for screen in panel.walk.walkthrough.screens:
        panel.walk.jump(screen.id)
        QApplication.processEvents()
        said += [one.text() for one in panel.front.findChildren(QLabel) if one.isVisibleTo(panel)]
    return "\n".join(said)


def _check_told(indicators: list[dict[str, Any]], economy: dict[str, Any]) -> None:
    transport, satisfaction, joy = indicators
    assert (transport["effect"], round(transport["progress"], 2), transport["status"]) == (
        -19,
        0.92,
        "on_the_way",
    )
    assert (satisfaction["change"], satisfaction["status"]) == (0.1, "reached")
    assert (joy["progress"], joy["status"]) == (-0.5, "wrong_way")
    assert (economy["npv"], economy["npv_incl_capacity"]) == (-141564.39, 50074.52)
    assert (economy["payback"], economy["payback_incl_capacity"]) == (None, 4)


def _check_workbook(book: Path) -> None:
    sheets = {
        sheet.title: [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
        for sheet in openpyxl.load_workbook(book, data_only=True).worksheets
    }
    numbers = {
        name: [float(round(value, 2)) for value in values if isinstance(value, (int, float))]
        for name, values in sheets.items()
    }
    assert {-22, -19, 0.92, 0.1, -0.1, -0.5} <= set(numbers["Indikatorer"])
    assert {"godt på vej", "nået", "den forkerte vej"} <= set(sheets["Indikatorer"])
    assert {-141564.39, 50074.52, 4, 250000, 20000} <= set(numbers["Økonomi"])
    assert "ikke tjent hjem" in sheets["Økonomi"]
    assert {-141564.39, 0.92, -0.5} <= set(numbers["Overblik"])
    said = "\n".join(str(value) for value in sheets["Overblik"])
    assert "3 · Sammenlignet" in said
    assert "Justér" in said
    assert "Borgere med nedsat hørelse holder op med at svare" in sheets["Fund og log"]
