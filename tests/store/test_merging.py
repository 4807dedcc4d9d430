"""Typing in one field is one step when it happens within a minute."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.store.register import Register
from tests.store.making import ADD, EDIT, StandingClock, add, content, edit

TYPING = "initiative.title"


@pytest.fixture
def record_id(register: Register) -> str:
    return add(register, "R")


def edits(register: Register) -> int:
    return sum(step.op == EDIT for step in register.history())


def test_typing_within_a_minute_is_one_step(register: Register, clock: StandingClock, record_id: str) -> None:
    for text in ("Ro", "Rob", "Robo", "Robot"):
        edit(register, record_id, title=text, merge_key=TYPING)
        clock.forward(14)
    assert edits(register) == 1
    register.undo()
    assert register.get("initiative", record_id).text("title") == "R"
    register.redo()
    assert register.get("initiative", record_id).text("title") == "Robot"


@pytest.mark.parametrize(("seconds", "steps"), [(59.9, 1), (60, 2), (3600, 2), (-1, 2)])
def test_a_minute_later_it_is_a_new_step(
    register: Register, clock: StandingClock, record_id: str, seconds: float, steps: int
) -> None:
    edit(register, record_id, title="Ro", merge_key=TYPING)
    clock.forward(seconds)
    edit(register, record_id, title="Robot", merge_key=TYPING)
    assert edits(register) == steps


def test_the_minute_counts_from_where_the_step_began(
    register: Register, clock: StandingClock, record_id: str
) -> None:
    for length in range(1, 9):
        edit(register, record_id, title="Robotstøv"[: length + 1], merge_key=TYPING)
        clock.forward(25)
    assert edits(register) == 3, "ceaseless typing is not one endless step"


def test_other_keys_other_steps(register: Register, record_id: str) -> None:
    edit(register, record_id, title="Ro", merge_key=TYPING)
    edit(register, record_id, owner="Mette", merge_key="initiative.owner")
    edit(register, record_id, title="Robot", merge_key=TYPING)
    edit(register, record_id, title="Robotter")
    edit(register, record_id, title="Robotten", merge_key=TYPING)
    assert edits(register) == 5


def test_nothing_joins_over_an_undo(register: Register, record_id: str) -> None:
    edit(register, record_id, title="Ro", merge_key=TYPING)
    edit(register, record_id, title="Robot", merge_key=TYPING)
    register.undo()
    edit(register, record_id, title="Rose", merge_key=TYPING)
    register.undo()
    assert register.get("initiative", record_id).text("title") == "R"


def test_typing_back_to_the_start_leaves_no_step_and_earlier_undo_still_works(
    register: Register, clock: StandingClock, path: Path, record_id: str
) -> None:
    edit(register, record_id, budget=None, owner="Mette")
    before, steps = content(path), register.history()
    for text in ("Ro", "Rob", "Ro", "R"):
        clock.forward(5)
        edit(register, record_id, title=text, merge_key=TYPING)

    assert content(path) == before, "the moment of change is put back as well"
    assert register.history() == steps
    register.undo()
    assert register.get("initiative", record_id)["owner"] is None
    register.undo()
    assert register.count("initiative") == 0
    register.redo()
    register.redo()
    assert content(path) == before
    assert register.find_damage() == []


def test_a_record_made_and_typed_in_one_merged_step_goes_with_one_undo(
    register: Register, path: Path
) -> None:
    before = content(path)
    made = register.transact(
        ADD, lambda writer: writer.put("initiative", {"title": "N"}), merge_key="n"
    ).result
    edit(register, made, title="Ny", merge_key="n")
    edit(register, made, owner="Mette", merge_key="n")
    register.undo()
    assert content(path) == before
    register.redo()
    assert register.get("initiative", made).text("owner") == "Mette"


def test_merged_typing_counts_as_new_for_redo(register: Register, record_id: str) -> None:
    edit(register, record_id, owner="Mette")
    register.undo()
    edit(register, record_id, title="Ro", merge_key=TYPING)
    edit(register, record_id, title="R", merge_key=TYPING)
    assert register.next_redo is None
