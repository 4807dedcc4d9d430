"""Dialogue sheets in the window: written from the walk-through, taken back after a look, undone."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from pytestqt.qtbot import QtBot

from coi_desktop.operations.answering import answer
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.return_preview import ReturnPreview
from coi_desktop.ui.dialogs.worksheets_dialog import WorksheetsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.worksheet_commands import choose_sheets, export_sheets
from tests.ui.conftest import OpenWindow
from tests.ui.fakes import FakePrompts
from tests.ui.test_accessibility import find_nameless
from tests.ui.waits import wait_until_idle


@pytest.fixture
def evaluation(register: Register) -> str:
    made = start_evaluation(register, add_initiative(register, {"title": "Robot"}))
    answer(register, made, "decide.reason", "Fordi")
    answer(register, made, "decide.decided", "adjust")
    return made


@pytest.fixture
def window(evaluation: str, open_window: OpenWindow) -> MainWindow:
    assert evaluation
    return open_window()


def put_out(
    qtbot: QtBot, window: MainWindow, prompts: FakePrompts, evaluation: str, folder: Path
) -> list[str]:
    def choose(dialog: WorksheetsDialog) -> bool:
        assert find_nameless(dialog) == []
        for step, box in dialog.steps.items():
            box.setChecked(step == "decide")
        dialog.blank.setChecked(True)
        dialog.papers[1].setChecked(True)
        return True

    prompts.dialogs = [choose]
    prompts.paths.insert(0, folder)
    export_sheets(window.desk, evaluation)
    wait_until_idle(qtbot, window.desk)
    return sorted(path.name for path in folder.iterdir())


def test_what_is_chosen_is_written_and_what_comes_back_is_reviewed(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    register: Register,
    evaluation: str,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "ark"
    folder.mkdir()
    assert put_out(qtbot, window, prompts, evaluation, folder) == [
        "17 Beslutning A3.pdf",
        "Dialogark Robot.xlsx",
    ]
    path = folder / "Dialogark Robot.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    row = next(cell.row for cell in sheet["A"] if cell.value == "answer|decide.reason")
    sheet.cell(row, 4).value = "På mødet"
    book.save(path)
    seen: list[str] = []

    def look(dialog: ReturnPreview) -> bool:
        assert find_nameless(dialog) == []
        seen.extend(str(dialog.differences.rows.index(0, place).data()) for place in range(5))
        return True

    prompts.dialogs = [look]
    prompts.paths.insert(0, path)
    choose_sheets(window.desk, evaluation)
    for _job in ("read", "compare", "take in"):
        wait_until_idle(qtbot, window.desk)
    assert seen == ["Beslutning", "Begrundelse", "Fordi", "På mødet", "Ændres"]
    assert load_evaluation(register, evaluation).answers.single("eval_decision")["reason"] == "På mødet"
    window.actions_["undo"].trigger()
    assert load_evaluation(register, evaluation).answers.single("eval_decision")["reason"] == "Fordi"


def test_the_import_of_lists_knows_dialogue_sheets(
    qtbot: QtBot,
    window: MainWindow,
    prompts: FakePrompts,
    evaluation: str,
    tmp_path: Path,
) -> None:
    folder = tmp_path / "ark"
    folder.mkdir()
    put_out(qtbot, window, prompts, evaluation, folder)
    prompts.paths.insert(0, folder / "Dialogark Robot.xlsx")
    window.actions_["import_table"].trigger()
    for _job in ("read", "compare"):
        wait_until_idle(qtbot, window.desk)
    assert "intet er ændret" in window.desk.notices.text
