"""A program killed in the middle of a restore leaves the old register or the new one, and all backups."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.machines import restoring_program
from tests.machines.kill_bench import run

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="SIGKILL")]


def test_a_killed_restore_is_never_half_done(tmp_path: Path) -> None:
    verdict = run(tmp_path, 15, seed=23, program=restoring_program)
    assert verdict.damaged == []
    assert verdict.rounds == 15


def test_a_restore_that_writes_straight_into_the_register_is_caught(tmp_path: Path) -> None:
    """The control."""
    verdict = run(tmp_path, 15, seed=23, program=restoring_program, arguments=("--careless",))
    assert verdict.damaged
