"""Finished files that wait because another program holds open the file they were to replace."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import TargetLocked, free_name, put_in_place


@dataclass(frozen=True, slots=True)
class FinishedFile:
    """A complete file beside the ``target`` that it could not replace, and a free name in place of that."""

    target: Path
    finished: Path
    proposal: Path


def find_finished(problem: Problem) -> FinishedFile | None:
    """The file that waits after a Problem ``target_locked``; None for any other problem."""
    if not isinstance(problem, TargetLocked):
        return None
    return FinishedFile(problem.target, problem.finished, problem.proposal)


def put_finished(waiting: FinishedFile) -> Path:
    """Try again to put the file where it was to go. Problems: ``target_locked`` (it waits on),
    ``unwritable``.
    """
    put_in_place(waiting.finished, waiting.target)
    return waiting.target


def put_beside(waiting: FinishedFile) -> Path:
    """Put the file under a name beside its target that is free now, and return that name."""
    path = free_name(waiting.target)
    put_in_place(waiting.finished, path)
    return path


def drop_finished(waiting: FinishedFile) -> None:
    """Remove the file; nothing happens when it has found its place."""
    with contextlib.suppress(OSError):
        waiting.finished.unlink()
