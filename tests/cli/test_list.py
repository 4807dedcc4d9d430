"""The command ``list``: views, filters, order, columns and forms."""

from __future__ import annotations

import csv
import io
import shutil
from pathlib import Path

import pytest

from coi_desktop.models.views import Showing
from coi_desktop.operations.registers import open_register
from coi_desktop.operations.views import read_filters, save_view
from tests.cli.test_commands import coi, coi_json


@pytest.fixture(scope="module")
def sample(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = Path(shutil.copy(sample_file, tmp_path_factory.mktemp("list")))
    with open_register(path) as register:
        conditions = read_filters(register, ["status = aktiv"])
        save_view(
            register,
            Showing(name="Aktive", conditions=conditions, columns=("title", "budget"), order="budget"),
        )
    return path


def test_filters_narrow_the_list_and_all_of_them_count(sample: Path) -> None:
    everything = coi_json("list", sample, "--json")
    ideas = coi_json("list", sample, "--json", "--filter", "fase = idé")
    assert {one["phase"] for one in ideas} == {"idea"}
    assert 0 < len(ideas) < len(everything)
    none = coi_json("list", sample, "--json", "--filter", "fase = idé", "--filter", "fase er ikke idé")
    assert none == []


def test_a_view_brings_its_filter_columns_and_order(sample: Path) -> None:
    found = coi_json("list", sample, "--view", "aktive", "--format", "json")
    assert found
    assert all(set(one) == {"id", "title", "budget"} for one in found)
    budgets = [one["budget"] for one in found if one["budget"] is not None]
    assert budgets == sorted(budgets)


def test_order_and_columns_are_asked_for_by_label_or_name(sample: Path) -> None:
    found = coi_json(
        "list", sample, "--sort", "Budget:desc", "--columns", "Titel, budget", "--format", "json"
    )
    assert list(found[0]) == ["id", "title", "budget"]
    budgets = [one["budget"] for one in found if one["budget"] is not None]
    assert budgets == sorted(budgets, reverse=True)


def test_a_list_for_a_spreadsheet_has_the_mark_semicolons_and_numbers(sample: Path) -> None:
    ended = coi("list", sample, "--format", "csv", "--columns", "title,budget,start")
    assert ended.returncode == 0
    assert ended.stdout.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(ended.stdout.removeprefix("\ufeff")), delimiter=";"))
    assert rows[0] == ["id", "Titel", "Budget", "Start"]
    assert len(rows) == 13
    assert all(row[2].replace(",", "").isdigit() for row in rows[1:] if row[2])


def test_a_table_shows_the_words_of_people(sample: Path) -> None:
    ended = coi(
        "list", sample, "--columns", "title,phase", "--filter", "phase = idea", language="en_GB.UTF-8"
    )
    assert ended.stdout.splitlines()[0].split() == ["Id", "Title", "Phase"]
    assert "Idea" in ended.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--filter", "fase = måne"), "Mulighederne er: Idé"),
        (("--filter", "måne = fase"), "Felterne er: Nr., Titel"),
        (("--view", "Månen"), "Alle, Mine"),
        (("--view", "Mine"), "Indstillinger"),
        (("--sort", "problem"), "kan ikke sorteres"),
        (("--columns", "titel,måne"), "måne"),
    ],
)
def test_what_is_not_understood_is_a_problem_with_what_fits(sample: Path, arguments, said: str) -> None:
    ended = coi("list", sample, *arguments)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert said in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_form_that_there_is_not_is_wrong_usage(sample: Path) -> None:
    assert coi("list", sample, "--format", "xml").returncode == 2
