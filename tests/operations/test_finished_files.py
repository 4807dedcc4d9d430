"""A finished file that waits for its place: put there, put beside, or dropped; never lost without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import TargetLocked
from coi_desktop.operations.finished_files import (
    FinishedFile,
    drop_finished,
    find_finished,
    put_beside,
    put_finished,
)


@pytest.fixture
def waiting(tmp_path: Path) -> FinishedFile:
    target, finished = tmp_path / "ud.xlsx", tmp_path / ".ud.half.xlsx"
    target.write_bytes(b"old")
    finished.write_bytes(b"new")
    found = find_finished(TargetLocked(target, finished))
    assert found is not None
    return found


def test_other_problems_leave_no_file_behind() -> None:
    assert find_finished(Problem("Noget andet.")) is None


def test_the_next_try_replaces_the_old_file(waiting: FinishedFile) -> None:
    assert put_finished(waiting) == waiting.target
    assert waiting.target.read_bytes() == b"new"
    assert not waiting.finished.exists()


def test_beside_takes_the_name_that_is_free_at_that_moment(waiting: FinishedFile) -> None:
    assert waiting.proposal.name == "ud (2).xlsx"
    waiting.proposal.write_bytes(b"came in between")
    assert put_beside(waiting).name == "ud (3).xlsx"
    assert waiting.target.read_bytes() == b"old"
    assert waiting.proposal.read_bytes() == b"came in between"


def test_a_file_that_is_gone_is_a_problem_and_the_old_one_stays(waiting: FinishedFile) -> None:
    drop_finished(waiting)
    with pytest.raises(Problem) as caught:
        put_finished(waiting)
    assert caught.value.code == "unwritable"
    assert waiting.target.read_bytes() == b"old"


def test_dropping_twice_is_no_fault(waiting: FinishedFile) -> None:
    drop_finished(waiting)
    drop_finished(waiting)
    assert not waiting.finished.exists()
