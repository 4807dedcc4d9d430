"""Drawing a theory of change: every edit is one step, and what hangs on a box goes and comes with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.theory import Theory, theory_of
from coi_desktop.operations import history
from coi_desktop.operations.answering import add_row, change_row, drop_row
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.theory import add_box
from coi_desktop.store.register import Register

BOXES = "theory.boxes"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """An empty register."""
    with Register.create(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def evaluation_id(register: Register) -> str:
    """An evaluation without a theory."""
    return start_evaluation(register, add_initiative(register, {"title": "Morgenmøde"}))


def theory(register: Register, evaluation_id: str) -> Theory:
    """The theory as it is stored."""
    return theory_of(load_evaluation(register, evaluation_id).answers)


def test_a_box_with_its_arrows_is_one_step(register: Register, evaluation_id: str) -> None:
    first = add_box(register, evaluation_id, "activity", "Mødes")
    last = add_box(register, evaluation_id, "outcome_short", "Færre ture")
    before = theory(register, evaluation_id)
    middle = add_box(register, evaluation_id, "output", "Et møde", starts=(first,), ends=(last,))
    now = theory(register, evaluation_id)
    assert [box.id for box in now.boxes] == [first, middle, last]
    assert {(arrow.start, arrow.end) for arrow in now.arrows} == {(first, middle), (middle, last)}
    history.undo(register)
    assert theory(register, evaluation_id) == before
    history.redo(register)
    assert theory(register, evaluation_id) == now


def test_a_box_stands_behind_the_one_it_was_added_after(register: Register, evaluation_id: str) -> None:
    first, last = (add_box(register, evaluation_id, "activity", text) for text in ("Et", "Tre"))
    middle = add_box(register, evaluation_id, "activity", "To", after=first)
    assert [box.id for box in theory(register, evaluation_id).boxes] == [first, middle, last]


def test_another_level_keeps_the_arrows(register: Register, evaluation_id: str) -> None:
    first = add_box(register, evaluation_id, "activity", "Et")
    second = add_box(register, evaluation_id, "output", "To", starts=(first,))
    change_row(register, evaluation_id, BOXES, first, "level", "outcome_long")
    now = theory(register, evaluation_id)
    assert [box.id for box in now.boxes] == [second, first]
    assert [(arrow.start, arrow.end) for arrow in now.arrows] == [(first, second)]


def test_a_removed_box_takes_its_arrows_and_undo_brings_all_back(
    register: Register, evaluation_id: str
) -> None:
    first = add_box(register, evaluation_id, "activity", "Et")
    second = add_box(register, evaluation_id, "output", "To", starts=(first,))
    third = add_box(register, evaluation_id, "outcome_short", "Tre", starts=(second,))
    arrow = theory(register, evaluation_id).arrows[1].id
    add_row(register, evaluation_id, "theory.assumptions", {"text": "Det virker", "link_id": arrow})
    before = theory(register, evaluation_id)
    assert before.assumptions[0].arrow == arrow
    drop_row(register, evaluation_id, BOXES, second)
    now = theory(register, evaluation_id)
    assert [box.id for box in now.boxes] == [first, third]
    assert now.arrows == ()
    assert [(one.text, one.arrow) for one in now.assumptions] == [("Det virker", "")]
    history.undo(register)
    assert theory(register, evaluation_id) == before


def test_an_arrow_to_a_box_of_another_evaluation_is_refused(register: Register, evaluation_id: str) -> None:
    other = start_evaluation(register, add_initiative(register, {"title": "Et andet"}))
    foreign = add_box(register, other, "activity", "Fremmed")
    with pytest.raises(Problem) as raised:
        add_box(register, evaluation_id, "output", "To", ends=(foreign,))
    assert raised.value.code == "no_box"
    assert theory(register, evaluation_id).boxes == ()


def test_arrows_in_a_ring_are_kept(register: Register, evaluation_id: str) -> None:
    first = add_box(register, evaluation_id, "activity", "Et")
    second = add_box(register, evaluation_id, "output", "To", starts=(first,), ends=(first,))
    now = theory(register, evaluation_id)
    assert {(arrow.start, arrow.end) for arrow in now.arrows} == {(first, second), (second, first)}
