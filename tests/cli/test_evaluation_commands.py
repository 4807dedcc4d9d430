"""Evaluations from the command line: a whole one entered by a script, shown, checked, kept as a version."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from coi_desktop.models.query import Query
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


def test_a_script_enters_a_whole_evaluation_and_every_number_comes_out(path: Path, initiative: str) -> None:
    evaluation = coi_json("eval", "start", path, initiative, "--json")["evaluation"]
    ended = coi("eval", "answer", path, evaluation, "--answers", DEMO, "meta.most_useful=Kørelisten")
    assert ended.returncode == 0, ended.stderr
    shown = coi_json("eval", "show", path, evaluation[:8], "--json")
    assert shown["economy"]["npv"] == -141564.39
    assert shown["economy"]["npv_incl_capacity"] == 50074.52
    assert [one["effect"] for one in shown["indicators"]] == [-19, None, None]
    assert [one["status"] for one in shown["indicators"]] == ["on_the_way", "reached", "wrong_way"]
    assert shown["evidence"]["level"] == 3
    text = coi("eval", "show", path, initiative).stdout
    assert "meta.most_useful" in text
    assert "Kørelisten" in text
    assert "2026-02-02" not in text, "dates are written as the language has them"


def test_check_tells_the_state_and_what_is_missing(path: Path, initiative: str) -> None:
    coi("eval", "start", path, initiative)
    found = coi_json("eval", "check", path, initiative, "--json")
    assert found["state"] == "not_started"
    assert {"question": "theory.if_we", "column": None, "line": None} in found["missing"]
    assert found["filled"] + len(found["missing"]) == found["required"]
    coi("eval", "answer", path, initiative, "--answers", DEMO)
    assert coi_json("eval", "check", path, initiative, "--json")["state"] == "following_up"
    said = coi("eval", "check", path, initiative).stdout
    assert "Læring kræver åbenhed" in said


def test_answers_that_cannot_be_read_change_nothing(path: Path, initiative: str, tmp_path: Path) -> None:
    coi("eval", "start", path, initiative)
    before = path.read_bytes()
    wrong = tmp_path / "answers.json"
    for content in ("{", "[]", '{"purpose": 3}', '{"purpose": {"purposes": ["fly"]}}', "\x00"):
        wrong.write_text(content, encoding="utf-8")
        ended = coi("eval", "answer", path, initiative, "--answers", wrong)
        assert ended.returncode == 1, content
        assert "Traceback" not in ended.stderr
    assert coi("eval", "answer", path, initiative, "purpose").returncode == 1
    assert coi("eval", "answer", path, initiative).returncode == 2
    assert path.read_bytes() == before


def test_json_answers_too(path: Path, initiative: str, tmp_path: Path) -> None:
    coi("eval", "start", path, initiative)
    answers = tmp_path / "answers.json"
    answers.write_text(
        json.dumps({"proportion": {"hours": 7.5}, "scope": {"stage": "trial"}}), encoding="utf-8"
    )
    assert coi("eval", "answer", path, initiative, "--answers", answers).returncode == 0
    assert coi_json("eval", "show", path, initiative, "--json")["proportion"]["hours"] == 7.5


def test_a_version_is_kept_and_a_new_evaluation_starts_from_the_plan(path: Path, initiative: str) -> None:
    first = coi_json("eval", "start", path, initiative, "--json")["evaluation"]
    coi("eval", "answer", path, first, "--answers", DEMO)
    assert "1" in coi("eval", "save-version", path, first, "--reason", "før udrulning").stdout
    assert coi_json("eval", "show", path, first, "--json")["version"] == 2
    second = coi_json("eval", "start", path, initiative, "--from-last", "--latest-as-baseline", "--json")[
        "evaluation"
    ]
    shown = coi_json("eval", "show", path, second, "--json")
    assert shown["based_on"] == first
    assert [one["baseline"] for one in shown["indicators"]] == [52, 4.2, 3.5]
    assert shown["findings"] == []


def test_an_id_that_is_none_is_told(path: Path, initiative: str) -> None:
    for typed in ("", "nope", initiative):
        ended = coi("eval", "show", path, typed)
        assert ended.returncode == 1, typed
        assert "evaluering" in ended.stderr
