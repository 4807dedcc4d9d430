"""Measurements from the command line, and no result of few people on standard output."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.cli.test_commands import coi, coi_json

DEMO = "Skærmbesøg i hjemmeplejen"
MEASURE = "Transporttid pr. medarbejder"


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "sample.coi"
    assert coi("new", path, "--sample").returncode == 0
    return path


def demo_id(path: Path) -> str:
    return next(one["id"] for one in coi_json("list", path, "--json") if one["title"] == DEMO)


def indicator_of(path: Path) -> dict[str, Any]:
    shown = coi_json("show", path, demo_id(path), "--json")
    return next(one for one in shown["evaluations"][0]["indicators"] if one["name"] == MEASURE)


def groups_of(path: Path) -> list[tuple[str, Any, bool]]:
    return [
        (one["subgroup"], one["value"], one["suppressed"])
        for one in indicator_of(path)["measurements"]
        if one["subgroup"]
    ]


def test_a_measurement_is_added_by_the_name_of_its_indicator(sample: Path) -> None:
    added = coi_json(
        "measure", "add", sample, MEASURE, "date=30. november 2026", "value=51,5", "n=38", "sd=6", "--json"
    )
    indicator = indicator_of(sample)
    stored = next(one for one in indicator["measurements"] if one["id"] == added["measurement"])
    assert (stored["date"], stored["value"], stored["n"], stored["sd"]) == ("2026-11-30", 51.5, 38, 6)
    assert stored["series"] == "initiative"
    assert indicator["latest"]["value"] == 51.5


def test_groups_are_renamed_merged_and_taken_away_without_losing_a_value(sample: Path) -> None:
    for name, value, n in (("Nord", 51, 12), ("Syd", 55, 15), ("Øst", 60, 20)):
        typed = (f"group={name}", f"value={value}", f"n={n}", "date=2026-11-30")
        assert coi("measure", "add", sample, MEASURE, *typed).returncode == 0
    assert coi("measure", "rename-group", sample, MEASURE, "nord", "Nordøst").returncode == 0
    assert coi("measure", "rename-group", sample, MEASURE, "Øst", "Nordøst").returncode == 0
    assert coi("measure", "remove-group", sample, MEASURE, "Syd").returncode == 0
    assert groups_of(sample) == [("Nordøst", 51, False), ("–", 55, False), ("Nordøst", 60, False)]
    assert [one["group"] for one in indicator_of(sample)["groups"]] == ["Nordøst", None]
    assert coi("undo", sample).returncode == 0
    assert groups_of(sample)[1] == ("Syd", 55, False)


def test_a_group_of_few_people_is_written_nowhere(sample: Path) -> None:
    for name, value, n in (("Nord", "987,25", 3), ("Syd", "955,5", 15), ("Øst", "960,75", 20)):
        typed = (f"group={name}", f"value={value}", f"n={n}", "date=2026-11-30")
        assert coi("measure", "add", sample, MEASURE, *typed).returncode == 0
    assert coi("measure", "add", sample, MEASURE, "value=962", "n=38", "date=2026-11-30").returncode == 0
    assert groups_of(sample) == [("Nord", None, True), ("Syd", None, True), ("Øst", 960.75, False)]
    for ending in (("--json",), ()):
        said = coi("show", sample, demo_id(sample), *ending).stdout
        # With their decimals: three digits stand in many an id.
        assert not re.search(r"987[.,]25", said)
        assert not re.search(r"955[.,]5", said)


@pytest.mark.parametrize(
    "typed", [("n=4",), ("value=mange",), ("value=1", "navn=Bo"), ("value=",)], ids=" ".join
)
def test_what_cannot_be_read_changes_nothing(sample: Path, typed: tuple[str, ...]) -> None:
    before = indicator_of(sample)["measurements"]
    ended = coi("measure", "add", sample, MEASURE, *typed)
    assert ended.returncode == 1
    assert ended.stderr
    assert indicator_of(sample)["measurements"] == before


def test_an_indicator_or_group_that_is_not_there_is_told(sample: Path) -> None:
    assert coi("measure", "add", sample, "Findes ikke", "value=1").returncode == 1
    assert coi("measure", "remove-group", sample, MEASURE, "Findes ikke").returncode == 1
