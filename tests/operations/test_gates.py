"""Gates between phases: a move is one step, a decision has its consequences, what was skipped is listed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.gates import GateEntry, checked_lines
from coi_desktop.operations.answering import answer
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.gates import (
    decide_gate,
    find_missing_gates,
    move_to_phase,
    suggested_decision,
    tick_line,
)
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.phases import get_phases
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def robot(register: Register) -> str:
    return add_initiative(register, {"title": "Robot", "phase": "idea"})


def stands(register: Register, robot: str) -> tuple[object, object, object]:
    record = register.get("initiative", robot)
    return record["phase"], record["stage"], record["status"]


def test_two_moves_within_a_minute_are_two_steps(register: Register, robot: str) -> None:
    assert move_to_phase(register, robot, "preanalysis")
    assert move_to_phase(register, robot, "develop")
    assert stands(register, robot) == ("develop", "trial", "active")
    register.undo()
    assert stands(register, robot)[0] == "preanalysis"
    register.undo()
    assert stands(register, robot) == ("idea", "idea", "active")


def test_a_move_to_where_it_stands_is_no_step(register: Register, robot: str) -> None:
    before = register.revision
    assert not move_to_phase(register, robot, "idea")
    assert register.revision == before


def test_ticks_are_kept_until_something_is_decided(register: Register, robot: str) -> None:
    first, second = get_phases(register)[0].checklist("da")[:2]
    tick_line(register, robot, "idea", first, met=True)
    tick_line(register, robot, "idea", second, met=True)
    tick_line(register, robot, "idea", first, met=False)
    (gate,) = register.children("gate", robot)
    assert (checked_lines(gate), gate["decision"]) == ((second,), None)
    decide_gate(register, robot, "idea", GateEntry("continue", checked=checked_lines(gate)))
    (gate,) = register.children("gate", robot)
    assert (checked_lines(gate), gate["decision"]) == ((second,), "continue")


def test_to_continue_moves_on_in_the_same_step(register: Register, robot: str) -> None:
    decide_gate(register, robot, "idea", GateEntry("continue", "Styregruppen", date(2026, 3, 1), "Klar"))
    assert stands(register, robot) == ("preanalysis", "idea", "active")
    (gate,) = register.children("gate", robot)
    assert (gate["decided_by"], gate["date"], gate["reason"]) == ("Styregruppen", date(2026, 3, 1), "Klar")
    register.undo()
    assert stands(register, robot) == ("idea", "idea", "active")
    assert register.children("gate", robot) == ()


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("redo", ("idea", "idea", "active")),
        ("park", ("idea", "idea", "parked")),
        ("stop", ("idea", "stopped", "stopped")),
    ],
)
def test_other_decisions_keep_the_phase(
    register: Register, robot: str, decision: str, expected: tuple[str, str, str]
) -> None:
    decide_gate(register, robot, "idea", GateEntry(decision, reason="Ingen\npenge"))
    assert stands(register, robot) == expected
    reason = register.get("initiative", robot)["status_reason"]
    assert reason == (None if decision == "redo" else "Ingen penge")


def test_the_last_phase_has_none_after_it(register: Register, robot: str) -> None:
    move_to_phase(register, robot, "closed")
    decide_gate(register, robot, "closed", GateEntry("continue"))
    assert stands(register, robot)[0] == "closed"


def test_nothing_decided_is_refused_and_changes_nothing(register: Register, robot: str) -> None:
    before = register.revision
    with pytest.raises(Problem) as raised:
        decide_gate(register, robot, "idea", GateEntry(""))
    assert raised.value.code == "no_decision"
    assert register.revision == before


def test_a_phase_left_without_a_decision_is_missing_until_it_is_noted(register: Register, robot: str) -> None:
    assert find_missing_gates(register, robot) == ()
    move_to_phase(register, robot, "preanalysis")
    move_to_phase(register, robot, "develop")
    assert [phase.key for phase in find_missing_gates(register, robot)] == ["idea", "preanalysis"]
    decide_gate(register, robot, "idea", GateEntry("continue"))
    assert [phase.key for phase in find_missing_gates(register, robot)] == ["preanalysis"]
    assert stands(register, robot)[0] == "develop"  # noted afterwards, it moves nothing


def test_what_was_undone_is_not_missing_and_what_came_into_a_later_phase_skipped_none(
    register: Register, robot: str
) -> None:
    move_to_phase(register, robot, "develop")
    register.undo()
    assert find_missing_gates(register, robot) == ()
    late = add_initiative(register, {"title": "Kom sent", "phase": "operate"})
    assert find_missing_gates(register, late) == ()


def test_the_decision_of_the_evaluation_suggests_that_of_the_gate(register: Register, robot: str) -> None:
    assert suggested_decision(register, robot) == ""
    evaluation = start_evaluation(register, robot)
    answer(register, evaluation, "decide.decided", "keep_testing")
    assert suggested_decision(register, robot) == "redo"
