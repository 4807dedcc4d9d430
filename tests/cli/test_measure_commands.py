"""Measurements from the command line, and no result of few people on standard output."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.models.records import Record
from coi_desktop.operations.measuring import add_measurement, get_indicator, read_measurement
from coi_desktop.operations.registers import open_register
from tests.cli.test_commands import coi, coi_json, stored

DEMO = "Skærmbesøg i hjemmeplejen"
MEASURE = "Transporttid pr. medarbejder"


def demo_id(path: Path) -> str:
    return next(iter(stored(path, DEMO)))


def add_groups(path: Path, *typed: tuple[str, ...]) -> None:
    """Add measurements of the indicator on one day."""
    with open_register(path) as register:
        indicator = get_indicator(register, MEASURE)
        for one in typed:
            add_measurement(
                register, indicator, read_measurement(register, indicator, (*one, "date=2026-11-30"))
            )


def measurements_of(path: Path) -> list[Record]:
    with open_register(path, write=False) as register:
        return list(register.children("measurement", get_indicator(register, MEASURE).id))


def indicator_in(shown: dict[str, Any]) -> dict[str, Any]:
    """What is shown of the indicator."""
    return next(one for one in shown["evaluations"][0]["indicators"] if one["name"] == MEASURE)


def indicator_of(path: Path) -> dict[str, Any]:
    return indicator_in(coi_json("show", path, demo_id(path), "--json"))


def groups_of(indicator: dict[str, Any]) -> list[tuple[str, Any, bool]]:
    return [
        (one["subgroup"], one["value"], one["suppressed"])
        for one in indicator["measurements"]
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
    add_groups(
        sample,
        ("group=Nord", "value=51", "n=12"),
        ("group=Syd", "value=55", "n=15"),
        ("group=Øst", "value=60", "n=20"),
    )
    assert coi("measure", "rename-group", sample, MEASURE, "nord", "Nordøst").returncode == 0
    assert coi("measure", "rename-group", sample, MEASURE, "Øst", "Nordøst").returncode == 0
    assert coi("measure", "remove-group", sample, MEASURE, "Syd").returncode == 0
    indicator = indicator_of(sample)
    assert groups_of(indicator) == [("Nordøst", 51, False), ("–", 55, False), ("Nordøst", 60, False)]
    assert [one["group"] for one in indicator["groups"]] == ["Nordøst", None]
    assert coi("undo", sample).returncode == 0
    assert groups_of(indicator_of(sample))[1] == ("Syd", 55, False)


def test_a_group_of_few_people_is_written_nowhere(sample: Path) -> None:
    add_groups(
        sample,
        ("group=Nord", "value=987,25", "n=3"),
        ("group=Syd", "value=955,5", "n=15"),
        ("group=Øst", "value=960,75", "n=20"),
        ("value=962", "n=38"),
    )
    written = [coi("show", sample, demo_id(sample), *ending).stdout for ending in (("--json",), ())]
    groups = groups_of(indicator_in(json.loads(written[0])))
    assert groups == [("Nord", None, True), ("Syd", None, True), ("Øst", 960.75, False)]
    for said in written:
        assert DEMO in said
        # With their decimals: three digits stand in many an id.
        assert not re.search(r"987[.,]25", said)
        assert not re.search(r"955[.,]5", said)


@pytest.mark.parametrize(
    "typed", [("n=4",), ("value=mange",), ("value=1", "navn=Bo"), ("value=",)], ids=" ".join
)
def test_what_cannot_be_read_changes_nothing(sample: Path, typed: tuple[str, ...]) -> None:
    before = measurements_of(sample)
    ended = coi("measure", "add", sample, MEASURE, *typed)
    assert ended.returncode == 1
    assert ended.stderr
    assert before
    assert measurements_of(sample) == before


def test_an_indicator_or_group_that_is_not_there_is_told(sample: Path) -> None:
    assert coi("measure", "add", sample, "Findes ikke", "value=1").returncode == 1
    assert coi("measure", "remove-group", sample, MEASURE, "Findes ikke").returncode == 1
