"""Versions of a plan: what counts as a change, what is kept of it, and that text loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.clock import today
from coi_desktop.models.plan_versions import plan_text, read_plan
from coi_desktop.operations.answering import add_row, answer, change_row, drop_row
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.library import guide
from coi_desktop.operations.versions import (
    Shift,
    current_plan,
    describe_moves,
    find_changes_since,
    find_moves,
    find_versions,
    is_measured,
    note_shift,
    save_version,
)
from coi_desktop.store.register import Register


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as opened:
        yield opened


@pytest.fixture
def planned(register: Register) -> str:
    """An evaluation with an idea, a question and a measure of ventetid from 30 towards 20."""
    evaluation = start_evaluation(register, add_initiative(register, {"title": "Morgenmøde"}))
    answer(register, evaluation, "theory.if_we", "mødes")
    add_row(
        register, evaluation, "questions.questions", {"text": "Går det hurtigere?", "priority": "primary"}
    )
    add_row(
        register,
        evaluation,
        "indicators.indicators",
        {
            "name": "Ventetid",
            "direction": "down",
            "measure": "number",
            "baseline": Decimal(30),
            "baseline_date": date(2026, 1, 5),
            "target_likely": Decimal(20),
        },
    )
    return evaluation


def _indicator(register: Register, evaluation: str) -> str:
    return register.children("indicator", evaluation)[0].id


def _moves_after(
    register: Register, evaluation: str, before: LoadedEvaluation
) -> list[tuple[str, str, str, str]]:
    moves = find_moves(register, before, load_evaluation(register, evaluation))
    return [(move.shift, move.row, move.before, move.after) for move in moves]


def test_another_target_has_moved_the_goal(register: Register, planned: str) -> None:
    before = load_evaluation(register, planned)
    change_row(
        register,
        planned,
        "indicators.indicators",
        _indicator(register, planned),
        "target_likely",
        Decimal(25),
    )
    assert _moves_after(register, planned, before) == [("goal", "Ventetid", "20", "25")]


def test_filling_in_what_was_open_moves_nothing(register: Register, planned: str) -> None:
    before = load_evaluation(register, planned)
    answer(register, planned, "theory.then", "kører vi færre ture")
    change_row(register, planned, "indicators.indicators", _indicator(register, planned), "unit", "dage")
    assert _moves_after(register, planned, before) == []


def test_how_far_the_plan_has_come_is_no_change_of_it(register: Register, planned: str) -> None:
    method = add_row(register, planned, "methods.methods", {"method": "count", "status": "planned"})
    before = load_evaluation(register, planned)
    change_row(register, planned, "methods.methods", method, "status", "done")
    assert _moves_after(register, planned, before) == []


def test_rows_that_come_and_go_are_told(register: Register, planned: str) -> None:
    before = load_evaluation(register, planned)
    add_row(register, planned, "questions.questions", {"text": "For hvem?", "priority": "secondary"})
    drop_row(register, planned, "indicators.indicators", _indicator(register, planned))
    assert _moves_after(register, planned, before) == [
        ("plan", "For hvem?", "", "For hvem?"),
        ("goal", "Ventetid", "Ventetid", ""),
    ]


def test_what_is_undone_has_not_moved(register: Register, planned: str) -> None:
    before = load_evaluation(register, planned)
    answer(register, planned, "theory.if_we", "ringer")
    assert _moves_after(register, planned, before)
    register.undo()
    assert _moves_after(register, planned, before) == []


def test_a_plan_is_measured_once_something_comes_after_the_baseline(register: Register, planned: str) -> None:
    assert not is_measured(load_evaluation(register, planned))
    values = {"indicator_id": _indicator(register, planned), "date": date(2026, 5, 4), "value": Decimal(26)}
    add_row(register, planned, "collect.measurements", values)
    assert is_measured(load_evaluation(register, planned))


def test_noting_what_moved_keeps_the_old_plan_and_a_line_in_step_12_as_one_step(
    register: Register, planned: str
) -> None:
    answer(register, planned, "changes.none", True)
    before = current_plan(load_evaluation(register, planned))
    answer(register, planned, "theory.if_we", "ringer")
    steps = register.revision
    number = note_shift(register, planned, before, Shift("plan", "Vi ringer i stedet", "Ingen tid til møder"))
    assert (number, register.revision) == (1, steps + 1)
    (line,) = register.children("change_log", planned)
    assert (line["kind"], line["what"], line["date"]) == ("plan", "Vi ringer i stedet", today(register.clock))
    ticked = register.single("change_none", planned)
    assert ticked is not None
    assert not ticked.flag("ticked")
    (version,) = find_versions(register, planned)
    assert version.reason == "Vi ringer i stedet – Ingen tid til møder"
    assert version.plan["theory"][0]["if_we"] == "mødes"
    assert register.get("evaluation", planned)["version"] == 2
    (change,) = find_changes_since(register, planned, version)
    assert (change.before, change.after) == ("mødes", "ringer")
    register.undo()
    assert find_versions(register, planned) == ()
    assert register.children("change_log", planned) == ()


def test_a_shift_without_words_is_refused_and_changes_nothing(register: Register, planned: str) -> None:
    revision = register.revision
    with pytest.raises(Problem) as fault:
        note_shift(register, planned, {}, Shift("plan", "  "))
    assert fault.value.code == "no_text"
    assert register.revision == revision


def test_versions_are_numbered_and_the_newest_comes_first(register: Register, planned: str) -> None:
    assert [save_version(register, planned, reason=reason) for reason in ("a", "b")] == [1, 2]
    assert [(one.number, one.reason) for one in find_versions(register, planned)] == [(2, "b"), (1, "a")]


def test_a_plan_survives_the_way_through_text(register: Register, planned: str) -> None:
    plan = current_plan(load_evaluation(register, planned))
    again = read_plan(plan_text(plan), guide("evaluation"))
    assert plan_text(again) == plan_text(plan)
    assert {table: [record.values for record in rows] for table, rows in again.items()} == {
        table: [record.values for record in rows] for table, rows in plan.items()
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        '{"plan": 3}',
        '{"plan": {"theory": "x", "gone": [{"id": "1"}]}}',
        '{"plan": {"theory": [{}]}}',
    ],
)
def test_a_version_that_cannot_be_read_is_an_empty_plan(text: str) -> None:
    assert not any(read_plan(text, guide("evaluation")).values())


def test_a_version_of_an_older_guide_opens_without_what_is_not_known_any_more() -> None:
    text = '{"plan": {"theory": [{"id": "1", "if_we": "mødes", "colour": "red"}], "poem": [{"id": "2"}]}}'
    plan = read_plan(text, guide("evaluation"))
    assert plan["theory"][0]["if_we"] == "mødes"
    assert "poem" not in plan


def test_changes_are_told_on_a_line(register: Register, planned: str) -> None:
    before = load_evaluation(register, planned)
    indicator = _indicator(register, planned)
    change_row(register, planned, "indicators.indicators", indicator, "target_likely", Decimal(25))
    add_row(register, planned, "questions.questions", {"text": "For hvem?", "priority": "secondary"})
    line = describe_moves(find_moves(register, before, load_evaluation(register, planned)), most=1)
    assert line == "ny: For hvem?; og 1 mere"
