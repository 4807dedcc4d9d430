"""A program killed at any moment has lost nothing that it had said was saved."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from coi_desktop.store.register import Register
from tests.machines import random_program, typing_program
from tests.machines.kill_bench import Verdict, run
from tests.store.making import add

Say = Callable[[str, object], None]

# In one folder one after the other, so that each opens what those before it left; four folders, so that four
# workers may share them. Together at least 200 kills of a long run of all that users do.
ROUNDS_OF_DEEDS = 50
SEEDS_OF_DEEDS = (43, 44, 45, 46)

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="SIGKILL")]


def say(record_property: Say, verdict: Verdict) -> None:
    """Have the log of the tests name the figures of a run."""
    lost, damaged = len(verdict.lost or ()), len(verdict.damaged or ())
    record_property(
        "figures",
        f"{verdict.rounds} kills, {verdict.saved} saved edits: {lost} lost, {damaged} registers damaged; "
        f"slowest opening after a kill {verdict.slowest_open:.2f} s",
    )


def test_a_killed_program_loses_no_saved_edit(tmp_path: Path, record_property: Say) -> None:
    verdict = run(tmp_path, 30, seed=41)
    say(record_property, verdict)
    assert verdict.lost == []
    assert verdict.damaged == []
    assert verdict.saved > 30
    assert verdict.slowest_open < 3


@pytest.mark.parametrize("seed", SEEDS_OF_DEEDS)
def test_random_deeds_survive_every_kill_and_search_agrees_with_what_is_stored(
    tmp_path: Path, record_property: Say, seed: int
) -> None:
    verdict = run(tmp_path, ROUNDS_OF_DEEDS, seed=seed, program=random_program)
    say(record_property, verdict)
    assert verdict.lost == []
    assert verdict.damaged == []
    assert verdict.rounds * len(SEEDS_OF_DEEDS) >= 200
    assert verdict.saved > ROUNDS_OF_DEEDS


def test_a_program_that_says_saved_too_early_is_caught(tmp_path: Path) -> None:
    """The control: without it the test above would say nothing."""
    verdict = run(tmp_path, 40, seed=41, arguments=("--ack-first",))
    assert verdict.lost
    assert verdict.damaged == []


def test_a_killed_window_loses_no_line_that_it_had_saved(tmp_path: Path, record_property: Say) -> None:
    verdict = run(tmp_path, 8, seed=17, program=typing_program)
    say(record_property, verdict)
    assert verdict.lost == []
    assert verdict.damaged == []
    assert verdict.saved > 8
    assert verdict.slowest_open < 3


def test_a_window_that_says_saved_too_early_is_caught(tmp_path: Path) -> None:
    """The control."""
    verdict = run(tmp_path, 30, seed=17, arguments=("--ack-first",), program=typing_program)
    assert verdict.lost


def test_a_search_that_disagrees_with_what_is_stored_is_caught(tmp_path: Path) -> None:
    """The control of the comparison itself."""
    with Register.create(tmp_path / "r.coi") as register:
        for title in ("Robot på Ærø", "Hjemmepleje"):
            add(register, title)
        assert random_program.find_disagreements(register) == []
        register._connection.execute("UPDATE initiative SET parts_folded = 'andet', title_sort = 'x'")
        register._finder.forget()
        assert "search for pleje" in random_program.find_disagreements(register)
        assert "order of titles" in random_program.find_disagreements(register)
