"""``measure import`` as scripts meet it: a dry run, counts as JSON, dates as people write them, exits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from coi_desktop.operations import registers
from tests.operations.measure_tables import start, write_csv, write_survey


def coi(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "coi_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
        env={**os.environ, "LC_ALL": "da_DK.UTF-8", "PYTHONIOENCODING": "utf-8"},
    )


@pytest.fixture
def evaluated(tmp_path: Path) -> tuple[Path, str]:
    """A register, and the id of an evaluation with indicators in it."""
    path = tmp_path / "r.coi"
    with registers.create_register(path) as register:
        return path, start(register)


def test_answers_are_shown_first_and_taken_in_once(evaluated: tuple[Path, str], tmp_path: Path) -> None:
    path, evaluation_id = evaluated
    survey = write_survey(tmp_path / "svar.xlsx")
    command = ("measure", "import", path, evaluation_id, survey, "--date", "marts 2026", "--json")
    dry = coi(*command, "--dry-run")
    assert dry.returncode == 0, dry.stderr
    told = json.loads(dry.stdout)
    assert (told["new"], told["rejected"], told["applied"]) == (8, 2, False)
    assert "Ordret svar" not in dry.stdout
    assert "NØGLE" not in dry.stdout
    assert json.loads(coi(*command).stdout)["new"] == 8
    assert json.loads(coi(*command).stdout)["identical"] == 8


def test_exit_code_is_1_when_nothing_could_go_in_and_2_for_a_day_that_is_none(
    evaluated: tuple[Path, str], tmp_path: Path
) -> None:
    path, evaluation_id = evaluated
    table = write_csv(tmp_path / "m.csv", ("Dato", "Indikator", "Værdi"), ("12.3.26", "Ukendt", "74"))
    assert coi("measure", "import", path, evaluation_id, table).returncode == 1
    done = coi("measure", "import", path, evaluation_id, table, "--date", "snart")
    assert done.returncode == 2
    unknown = coi("measure", "import", path, "0" * 32, table)
    assert unknown.returncode == 1
    assert "Traceback" not in unknown.stderr
