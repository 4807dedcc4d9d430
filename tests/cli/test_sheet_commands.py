"""``export-sheet`` and ``return-sheet`` as scripts meet them: what would change, exit codes, conflicts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coi_desktop.operations.initiatives import add_initiative, edit_field
from coi_desktop.store.register import Register
from tests.cli.test_import_table import coi


@pytest.fixture
def register(tmp_path: Path) -> Path:
    path = tmp_path / "r.coi"
    with Register.create(path) as made:
        for title, phase in (("Robot", "idea"), ("Have", "develop")):
            add_initiative(made, {"title": title, "owner": "Anna", "phase": phase})
    return path


def change(path: Path, row: int, field: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    sheet.cell(row, next(cell.column for cell in sheet[1] if cell.value == field)).value = value
    book.save(path)


def back(register: Path, sheet: Path, *options: str) -> tuple[int, dict[str, Any]]:
    done = coi("return-sheet", register, sheet, "--json", *options)
    return done.returncode, json.loads(done.stdout)


def owners(register: Path) -> dict[str, str]:
    return {one["title"]: one["owner"] for one in json.loads(coi("list", register, "--json").stdout)}


def test_the_sheet_goes_out_filtered_and_comes_back(register: Path, tmp_path: Path) -> None:
    out = tmp_path / "ark.xlsx"
    assert coi("export-sheet", register, out, "--filter", "fase er Idé").stdout.strip() == str(out)
    assert openpyxl.load_workbook(out).worksheets[0].max_row == 3
    change(out, 3, "owner", "Dorte")
    before = register.read_bytes()
    code, told = back(register, out, "--dry-run")
    assert (code, told["changed"], told["unchanged"]) == (0, 1, 0)
    assert register.read_bytes() == before
    assert back(register, out)[0] == 0
    assert owners(register) == {"Robot": "Dorte", "Have": "Anna"}
    code, told = back(register, out)
    assert (code, told["changed"], told["unchanged"]) == (0, 0, 1)


def test_conflicts_and_problems_make_the_exit_code_one_until_they_are_decided(
    register: Path, tmp_path: Path
) -> None:
    out = tmp_path / "ark.xlsx"
    coi("export-sheet", register, out)
    change(out, 3, "owner", "Dorte")
    with Register.open(register) as opened:
        robot = next(one for one in opened.snapshot().rows("initiative") if one.text("title") == "Robot")
        edit_field(opened, robot.id, "owner", "Erik")
    code, told = back(register, out)
    assert (code, told["conflicts"], owners(register)["Robot"]) == (1, 1, "Erik")
    code, told = back(register, out, "--conflicts", "sheet")
    assert (code, owners(register)["Robot"]) == (0, "Dorte")
    change(out, 4, "budget", "meget")
    done = coi("return-sheet", register, out)
    assert done.returncode == 1
    assert "Række 4, Budget (kr.) “meget”" in done.stderr
