"""Measurements come in through the window: from the step, in up to three pages, as one step that undoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.operations.answering import add_row
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.measure_import import MeasureImportDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from tests.exchange.table_makers import write_workbook
from tests.operations.measure_tables import INDICATORS, measurements, write_csv, write_survey
from tests.ui.fakes import FakePrompts
from tests.ui.waits import wait_until_idle

Answer = Callable[[MeasureImportDialog], bool]


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def initiative_id(register: Register) -> str:
    return add_initiative(register, {"title": "Skærmbesøg"})


@pytest.fixture
def evaluation_id(register: Register, initiative_id: str) -> str:
    found = start_evaluation(register, initiative_id)
    for values in INDICATORS:
        add_row(register, found, "indicators.indicators", dict(values))
    return found


@pytest.fixture
def take(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, initiative_id: str, evaluation_id: str
) -> Callable[..., MeasureImportDialog]:
    """Import a file through the menu; each answer works in the dialog, the last says whether it was taken."""

    def run(path: Path, *answers: Answer) -> Any:
        seen: list[MeasureImportDialog] = []

        def answer(dialog: MeasureImportDialog) -> bool:
            seen.append(dialog)
            return [one(dialog) for one in answers][-1]

        prompts.paths.insert(0, path)
        prompts.dialogs = [answer]
        window.show_record("evaluations", initiative_id)
        window.actions_["import_measurements"].trigger()
        wait_until_idle(qtbot, window.desk)
        assert seen
        return seen[0]

    return run


def go_on(dialog: MeasureImportDialog) -> bool:
    """To the next page, and on when it is there."""
    dialog.go_on()
    for _turn in range(500):
        if not dialog._is_planning:
            break
        QTest.qWait(10)
    return bool(dialog.result())


def texts(dialog: MeasureImportDialog) -> str:
    return "\n".join(label.text() for label in dialog.findChildren(QLabel))


def test_a_long_table_is_shown_and_taken_in_as_one_step(
    take: Callable[..., Any], register: Register, evaluation_id: str, window: MainWindow, tmp_path: Path
) -> None:
    rows = (
        ("Dato", "Indikator", "Værdi"),
        ("uge 34 2026", "Transporttid", "1 t 14 min"),
        ("marts 2026", "Tilfredshed", "6"),
    )
    seen: list[tuple[str, ...]] = []

    def look(dialog: MeasureImportDialog) -> bool:
        model = dialog.preview.rows
        seen.extend(row.cells for place in range(2) if (row := model.row(place)))
        return True

    take(write_csv(tmp_path / "m.csv", *rows), go_on, look, go_on)
    assert seen[0][:6] == ("+ Ny", "Transporttid", "23-08-2026", "", "74", "")
    assert seen[1][0].startswith("✕")
    assert [one["value"] for one in measurements(register, evaluation_id, "Transporttid")] == [Decimal(74)]
    window.actions_["undo"].trigger()
    assert register.count("measurement") == 0


def test_answers_ask_for_a_date_and_what_they_stand_for_and_only_sums_are_kept(
    take: Callable[..., Any], register: Register, evaluation_id: str, tmp_path: Path
) -> None:
    marks = ["Nogenlunde", "Nogenlunde", "Godt", "Godt", "Godt", "Ved ikke"]
    rows = [["Respondent", "Tilfredshed"], *([f"k{at}", mark] for at, mark in enumerate(marks))]

    def say(dialog: MeasureImportDialog) -> bool:
        go_on(dialog)
        dialog.answers.choose("Nogenlunde", "3")
        dialog.answers.choose("Godt", "5")
        go_on(dialog)
        assert "dato" in texts(dialog)  # nothing tells it yet
        dialog._go_back()
        dialog.columns.day.setText("marts 2026")
        go_on(dialog)
        dialog.answers.choose("Nogenlunde", "3")
        dialog.answers.choose("Godt", "5")
        go_on(dialog)
        return True

    take(write_workbook(tmp_path / "s.xlsx", rows), say, go_on)
    (found,) = measurements(register, evaluation_id, "Tilfredshed")
    assert (found["date"], found["n"], found["value"]) == (date(2026, 3, 31), 5, Decimal("4.2"))


def test_a_first_round_comes_from_another_file(
    take: Callable[..., Any],
    register: Register,
    evaluation_id: str,
    prompts: FakePrompts,
    tmp_path: Path,
    qtbot: QtBot,
) -> None:
    first, second = write_survey(tmp_path / "før.xlsx"), write_survey(tmp_path / "efter.xlsx", seed=2)

    def fetch(dialog: MeasureImportDialog) -> bool:
        prompts.paths.insert(0, first)
        dialog.columns._first.click()
        qtbot.waitUntil(lambda: dialog.columns.before is not None)
        assert not dialog.columns._wholes[dialog.columns.before_day].isHidden()
        dialog.columns.before_day.setText("1.3.26")
        dialog.columns.day.setText("1.9.26")
        return True

    take(second, fetch, go_on, go_on, go_on)
    found = [one for one in measurements(register, evaluation_id, "Tilfredshed") if not one["subgroup"]]
    assert [(one["date"], bool(one["paired_n"])) for one in found] == [
        (date(2026, 3, 1), False),
        (date(2026, 9, 1), True),
    ]


def test_personal_columns_cannot_be_chosen_and_their_content_is_not_shown(
    take: Callable[..., Any], tmp_path: Path
) -> None:
    names = ["Anna Holm", "Bent Kjær", "Carla Juul", "Dorthe Lund", "Erik Dam"]
    rows = [["Hvem", "Tilfredshed"], *([name, 4] for name in names)]
    seen: list[bool] = []

    def look(dialog: MeasureImportDialog) -> bool:
        seen.append(dialog.columns.form._field_boxes[0].isEnabled())
        assert "Anna" not in texts(dialog)
        assert "navne på personer" in texts(dialog)
        return False

    take(write_workbook(tmp_path / "s.xlsx", rows), look)
    assert seen == [False]


def test_without_measures_the_way_leads_there(
    window: MainWindow, register: Register, initiative_id: str, prompts: FakePrompts
) -> None:
    window.show_record("evaluations", initiative_id)
    window.actions_["import_measurements"].trigger()
    assert prompts.dialogs == []
    assert prompts.asked == []


def test_the_step_of_measurements_leads_to_the_import_of_its_evaluation(
    window: MainWindow,
    register: Register,
    initiative_id: str,
    evaluation_id: str,
    prompts: FakePrompts,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    window.show_record("evaluations", initiative_id, "collect.measurements")
    page = window.findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    assert page.panel is not None
    card = RowsCard(
        window.desk, page.panel.walk, page.panel.walk.loaded.guide.question("collect.measurements")
    )
    (way,) = (one for one in card.findChildren(QPushButton) if one.text() == "Hent målinger fra fil…")
    rows = (("Dato", "Indikator", "Værdi"), ("12.3.26", "Transporttid", "74"))
    prompts.paths.insert(0, write_csv(tmp_path / "m.csv", *rows))
    prompts.dialogs = [lambda dialog: bool(go_on(dialog) or go_on(dialog))]
    way.click()
    wait_until_idle(qtbot, window.desk)
    assert len(measurements(register, evaluation_id, "Transporttid")) == 1


def test_another_kind_of_row_has_the_columns_looked_at_anew_while_the_dialog_waits(
    take: Callable[..., MeasureImportDialog], window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = (("Dato", "Indikator", "Værdi"), ("12.3.26", "Transporttid", "74"))

    def choose_answers(dialog: MeasureImportDialog) -> bool:
        columns = dialog.columns
        before = columns.form
        columns.shape.setCurrentIndex(columns.shape.findData("answers"))
        columns.shape.activated.emit(columns.shape.currentIndex())
        assert not dialog._next.isEnabled()
        assert columns.form is before
        wait_until_idle(qtbot, window.desk)
        assert dialog._next.isEnabled()
        assert columns.form is not before
        assert columns.mapping().shape == "answers"
        return False

    take(write_csv(tmp_path / "m.csv", *rows), choose_answers)
