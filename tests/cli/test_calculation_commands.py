"""``calc``: every derived number with its formula, inputs and explanation, and none of too few people."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.models import (
    calculations,
    change_explanations,
    economy_explanations,
    explanations,
    group_explanations,
)
from coi_desktop.models.query import Query
from coi_desktop.operations.answering import add_row
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.store.register import Register
from tests.cli.test_commands import coi, coi_json
from tests.store.making import add

DEMO = Path(__file__).resolve().parent.parent / "data" / "answers" / "screen_visits.toml"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "r.coi"
    with Register.create(path) as register:
        add(register, "Skærmbesøg")
    return path


@pytest.fixture
def initiative(path: Path) -> str:
    with Register.open(path, write=False) as register:
        return register.find_ids(Query("initiative"))[0]


def numbers_of(path: Path, typed_id: str) -> dict[tuple[str, str], dict[str, Any]]:
    """The numbers by key and title."""
    found = coi_json("calc", path, typed_id, "--json")
    return {(one["key"], one["title"]): one for one in found["numbers"]}


def test_every_number_of_the_demo_case_comes_with_how_it_was_worked_out(path: Path, initiative: str) -> None:
    evaluation = coi_json("eval", "start", path, initiative, "--json")["evaluation"]
    assert coi("eval", "answer", path, evaluation, "--answers", DEMO).returncode == 0
    numbers = numbers_of(path, evaluation)

    by_key = {key: one for (key, _title), one in numbers.items()}
    assert by_key["npv"]["result"]["value"] == -141564.39
    assert by_key["npv_incl_capacity"]["result"]["value"] == 50074.52
    assert by_key["payback"]["result"]["value"] is None
    assert by_key["payback_incl_capacity"]["result"]["value"] == 4
    assert by_key["evidence"]["result"]["text"].startswith("3")
    (effect,) = [
        one for one in numbers.values() if one["key"] == "effect" and one["result"]["value"] is not None
    ]
    assert effect["result"]["value"] == -19
    assert effect["formula"] == "(a − b) − (a′ − b′)"
    assert [one["value"] for one in effect["inputs"]] == [74, 52, 73, 70]
    assert {one["section"] for one in numbers.values()} == {"indicators", "evidence", "value", "economy"}
    for one in numbers.values():
        assert one["formula"]
        assert one["explanation"][0] == one["title"]
        assert one["result"]["value"] is not None or one["missing"] or len(one["explanation"]) > 3


def test_no_explanation_there_is_for_an_evaluation_is_left_out() -> None:
    listed = vars(calculations)
    for module in (economy_explanations, change_explanations, group_explanations, explanations):
        for name in vars(module):
            assert not name.startswith("explain_") or name in listed or name == "explain_share", name


def test_people_read_the_same_as_text(path: Path, initiative: str) -> None:
    evaluation = coi_json("eval", "start", path, initiative, "--json")["evaluation"]
    coi("eval", "answer", path, evaluation, "--answers", DEMO)
    text = coi("calc", path, initiative).stdout.replace("\u00a0", " ")
    assert "−141.564,39" in text or "−141,564.39" in text
    assert "(a − b) − (a′ − b′)" in text


def _measured(path: Path, initiative: str, n: int) -> str:
    with Register.open(path) as register:
        evaluation_id = start_evaluation(register, initiative)
        indicator = {
            "name": "Ro", "kind": "quality", "measure": "scale", "direction": "up",
            "baseline": Decimal("3.6"), "baseline_date": date(2026, 1, 31), "baseline_status": "measured",
            "baseline_n": 20, "baseline_sd": Decimal("0.7"), "target_likely": Decimal("4.5"),
        }  # fmt: skip
        indicator_id = add_row(register, evaluation_id, "indicators.indicators", indicator)
        measured = {"indicator_id": indicator_id, "date": date(2026, 9, 30), "value": Decimal("4.17"), "n": n,
                    "sd": Decimal("0.83")}  # fmt: skip
        add_row(register, evaluation_id, "collect.measurements", measured)
        group = measured | {"subgroup": "Aften", "value": Decimal("2.31"), "n": 3, "sd": Decimal("0.19")}
        add_row(register, evaluation_id, "collect.measurements", group)
    return evaluation_id


def test_the_interval_of_a_change_is_told(path: Path, initiative: str) -> None:
    found = numbers_of(path, _measured(path, initiative, 25))
    (change,) = [one for one in found.values() if one["key"] == "change"]
    interval = change["interval"]
    assert (interval["method"], interval["paired"], interval["confidence"]) == ("mean_unpaired", False, 0.95)
    assert interval["low"] < change["result"]["value"] == 0.57 < interval["high"]


def test_nothing_of_fewer_than_five_people_is_written(path: Path, initiative: str) -> None:
    evaluation = _measured(path, initiative, 4)
    for arguments in ((), ("--json",)):
        text = coi("calc", path, evaluation, *arguments).stdout
        for hidden in ("4,17", "4.17", "0,83", "0.83", "2,31", "2.31", "0,19", "0.19", "0,57", "0.57"):
            assert hidden not in text
    (change,) = [one for one in json.loads(text)["numbers"] if one["key"] == "change"]
    assert change["result"]["value"] is None
    assert change["interval"] is None


def test_an_initiative_without_an_evaluation_is_said_in_a_sentence(path: Path, initiative: str) -> None:
    ended = coi("calc", path, initiative)
    assert ended.returncode == 1
    assert ended.stderr
