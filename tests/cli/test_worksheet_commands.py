"""Dialogue sheets from the command line: written into a folder, taken back with a look first."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from coi_desktop.cli.main import run
from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job, Progress
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.registers import create_register, open_register


def make_pages(printout: Printout) -> Job[bytes]:
    """A PDF that says its title; how pages look is tested with the window."""
    yield Progress(1, 1)
    return b"%PDF-1.4 " + printout.title.encode() + b"\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"


@pytest.fixture
def register(tmp_path: Path) -> tuple[Path, str]:
    path = tmp_path / "r.coi"
    with create_register(path) as made:
        evaluation = start_evaluation(made, add_initiative(made, {"title": "Skærmbesøg"}))
    return path, evaluation


def test_sheets_are_written_and_come_back(
    register: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, evaluation = register
    folder = tmp_path / "ud"
    arguments = ["export-worksheets", str(path), evaluation, str(folder), "--format", "xlsx"]
    assert run(arguments, lambda _path: 0, make_pages) == 0
    (book,) = folder.iterdir()
    assert capsys.readouterr().out.strip() == str(book)

    opened = openpyxl.load_workbook(book)
    sheet = next(one for one in opened.worksheets if one.title.startswith("17 "))
    row = next(cell.row for cell in sheet["A"] if cell.value == "answer|decide.reason")
    sheet.cell(row, 4).value = "Fordi det virker"
    opened.save(book)

    assert run(["import-worksheet", str(path), str(book), "--dry-run"], lambda _path: 0) == 0
    assert "Fordi det virker" in capsys.readouterr().out
    with open_register(path, write=False) as opened_register:
        assert not load_evaluation(opened_register, evaluation).answers.single("eval_decision")
    assert run(["import-worksheet", str(path), str(book)], lambda _path: 0) == 0
    with open_register(path, write=False) as opened_register:
        decision = load_evaluation(opened_register, evaluation).answers.single("eval_decision")
        assert decision["reason"] == "Fordi det virker"


def test_a_format_that_nobody_knows_is_wrong_usage(register: tuple[Path, str], tmp_path: Path) -> None:
    path, evaluation = register
    arguments = ["export-worksheets", str(path), evaluation, str(tmp_path / "ud"), "--format", "docx"]
    assert run(arguments, lambda _path: 0, make_pages) == 2
    assert not (tmp_path / "ud").exists()
