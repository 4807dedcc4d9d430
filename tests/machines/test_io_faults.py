"""Whatever call the disk refuses, the program ends with a sentence, and nothing is half done."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.machines.io_faults import ACTIONS, READING_FAULTS, Action, run

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("strace") is None, reason="needs strace"),
]

CARELESS = """
import pathlib, sys
target = pathlib.Path(sys.argv[1])
with target.open("wb", buffering=0) as file:
    file.write(b"half of it")
    try:
        file.write(b"the other half")
    except OSError:
        sys.exit("There is no room.")
"""


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.name)
def test_no_refused_call_leaves_anything_half_done(action: Action, tmp_path: Path) -> None:
    verdict = run(tmp_path, action, 12, seed=7)
    assert verdict.wrong == []
    assert verdict.tried >= 3
    assert verdict.told > 1


@pytest.mark.parametrize(
    "action",
    [
        Action("list", ("list", "{}/register.coi"), makes_step=False),
        *(action for action in ACTIONS if action.name in ("undo", "backup")),
    ],
    ids=lambda action: action.name,
)
def test_a_share_that_does_not_give_back_what_stands_there_is_a_sentence(
    action: Action, tmp_path: Path
) -> None:
    verdict = run(tmp_path, action, 8, seed=3, faults=READING_FAULTS)
    assert verdict.wrong == []
    assert verdict.told >= 3


def test_a_program_that_writes_over_the_old_file_is_caught(tmp_path: Path) -> None:
    """The control."""
    action = Action("careless", ("{}/ud.xlsx",), "ud.xlsx")
    verdict = run(tmp_path, action, 4, program=("-c", CARELESS))
    assert verdict.wrong
