"""Several initiatives go to a phase as one step, and it is told which left a gate without a decision."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.gates import GateEntry
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.gates import decide_gate, move_to_phase
from coi_desktop.operations.initiatives import add_initiative, remove_initiative
from coi_desktop.operations.phase_moves import ManyMoved, move_many_to_phase
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi") as made:
        yield made


def add(register: Register, title: str, phase: str = "idea") -> str:
    return add_initiative(register, {"title": title, "phase": phase})


def move(register: Register, ids: list[str], phase: str) -> ManyMoved:
    moved = run_to_end(move_many_to_phase(register, ids, phase))
    register.catch_up(moved.changes)
    return moved


def test_all_go_in_one_step_with_what_follows_from_it(register: Register) -> None:
    some = [add(register, f"T{number}", "idea" if number % 2 else "preanalysis") for number in range(700)]
    before, revision = register.snapshot().rows("initiative"), register.revision
    moved = move(register, some, "develop")
    assert sorted(moved.moved) == sorted(some)
    assert register.revision == revision + 1
    assert {(one["phase"], one["stage"]) for one in register.get_many("initiative", some)} == {
        ("develop", "trial")
    }
    register.undo()
    assert register.snapshot().rows("initiative") == before


def test_it_is_as_if_each_had_been_moved_by_itself(register: Register) -> None:
    one, other = add(register, "En"), add(register, "Anden")
    move_to_phase(register, one, "operate")
    move(register, [other], "operate")
    alone, together = register.get("initiative", one), register.get("initiative", other)
    for name in ("phase", "stage", "status", "phase_since"):
        assert alone[name] == together[name]


def test_what_stands_there_or_is_gone_is_passed_over(register: Register) -> None:
    here, gone, there = add(register, "Her", "develop"), add(register, "Væk"), add(register, "Der")
    remove_initiative(register, gone)
    assert move(register, [here, gone, there], "develop").moved == (there,)
    revision = register.revision
    assert move(register, [here, gone, there], "develop") == ManyMoved((), (), None)
    assert register.revision == revision


def test_who_left_without_a_decision_is_told(register: Register) -> None:
    decided, open_one, nowhere = add(register, "Besluttet"), add(register, "Åben"), add(register, "Uden")
    decide_gate(register, decided, "idea", GateEntry(decision="continue"))
    move(register, [decided], "idea")
    move(register, [nowhere], "")
    moved = move(register, [decided, open_one, nowhere], "develop")
    assert len(moved.moved) == 3
    assert moved.ungated == (open_one,)


def test_too_many_are_refused_before_anything_is_changed(register: Register) -> None:
    some = [add(register, title) for title in ("En", "To", "Tre")]
    revision = register.revision
    with pytest.raises(Problem) as refused:
        run_to_end(move_many_to_phase(register, some, "develop", most=2))
    assert refused.value.code == "too_many"
    assert register.revision == revision
