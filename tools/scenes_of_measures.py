"""Scenes of taking in measurements: a table, and a questionnaire of two rounds."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from coi_desktop.models.progress import run_to_end
from coi_desktop.operations import measure_imports
from coi_desktop.operations.evaluations import find_evaluations
from coi_desktop.ui.dialogs.measure_import import MeasureImportDialog
from coi_desktop.ui.main_window import MainWindow

_PATIENCE = 10.0
_PEOPLE = 60
_LABELS = ("Meget utilfreds", "Utilfreds", "Hverken eller", "Tilfreds", "Meget tilfreds", "Ved ikke", "")


def shoot_measures(
    window: MainWindow, initiative_id: str, folder: Path, shoot_dialog: Callable[..., None]
) -> None:
    """Columns and measurements of a table, then columns, answers and sums of a questionnaire."""
    register = window.desk.register
    evaluation_id = find_evaluations(register, initiative_id)[0].id
    names = [one.text("name") for one in measure_imports.indicators_of(register, evaluation_id)]
    table = folder / "målinger.csv"
    table.write_text(_table(names), encoding="utf-8-sig")
    dialog = _dialog(window, evaluation_id, table)
    shoot_dialog(dialog, "measure-columns", close=False)
    _go_on(dialog)
    shoot_dialog(dialog, "measure-rows")
    survey = folder / "spørgeskema.csv"
    survey.write_text(_survey(names[1]), encoding="utf-8-sig")
    dialog = _dialog(window, evaluation_id, survey)
    dialog.columns.day.setText("30-09-2026")
    dialog.columns.before_day.setText("31-03-2026")
    shoot_dialog(dialog, "measure-questions", close=False)
    dialog.go_on()
    shoot_dialog(dialog, "measure-answers", close=False)
    _go_on(dialog)
    shoot_dialog(dialog, "measure-sums")


def _go_on(dialog: MeasureImportDialog) -> None:
    """To what becomes of each measurement, once that is worked out."""
    dialog.go_on()
    until = time.monotonic() + _PATIENCE
    while dialog.plan is None and time.monotonic() < until:
        QApplication.processEvents()


def _dialog(window: MainWindow, evaluation_id: str, path: Path) -> MeasureImportDialog:
    register = window.desk.register
    table = run_to_end(measure_imports.read_measure_table(path))
    ready = measure_imports.prepare(register, evaluation_id, table)
    suggestion, remembered = measure_imports.suggest(register, evaluation_id, ready)
    return MeasureImportDialog(
        window.desk, evaluation_id, ready, suggestion, remembered, lambda _take, _refuse: None, window
    )


def _table(names: list[str]) -> str:
    rows = (
        "Dato;Indikator;Værdi;Antal svar;Gruppe;Kilde",
        f"uge 34 2026;{names[0]};58;12;;Ruteplan",
        f"3. kvartal 2026;{names[0]};54;12;;Ruteplan",
        f"september 2026;{names[1]};4,3;38;Vest;Spørgeskema",
        f"september 2026;{names[1]};6;41;Øst;Spørgeskema",
        "september 2026;Sygefravær;4,1;;;",
    )
    return "\n".join(rows)


def _survey(name: str) -> str:
    chance = random.Random(4)  # noqa: S311 - answers that look like people's
    rows = ["Respondent;Navn;Runde;Distrikt;s_1;s_2", f"Løbenr.;;;;{name};Hvad er godt?"]
    rows += [
        f"{number};Borger {number};{part};{'Vest' if number % 3 else 'Øst' if number > 6 else 'Syd'};"
        f"{chance.choice(_LABELS)};Et svar med egne ord"
        for part in ("Før", "Efter")
        for number in range(1, _PEOPLE)
    ]
    return "\n".join(rows)
