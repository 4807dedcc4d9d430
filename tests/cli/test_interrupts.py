"""Ctrl-C on the command line: long work stops between two steps, and nothing half done stays."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.cli.shared import finish
from coi_desktop.errors import Cancelled
from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.models.progress import Job, Progress

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")


@pytest.fixture(autouse=True)
def _heard_as_in_a_terminal() -> Iterator[None]:
    """A shell starts what runs in its background deaf to Ctrl-C."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def press_ctrl_c() -> None:
    os.kill(os.getpid(), signal.SIGINT)


def work(path: Path, steps: list[str], *, pressed_in: str) -> Job[str]:
    yield Progress(0, 2)
    with atomic_file(path) as half:
        for step in ("first", "second"):
            if step == pressed_in:
                press_ctrl_c()
            half.write_text(step)
            steps.append(step)
            yield Progress(1, 2)
    if pressed_in == "last":
        press_ctrl_c()
    steps.append("last")
    return "done"


def test_work_stops_after_the_step_in_which_it_was_asked_to(tmp_path: Path) -> None:
    steps: list[str] = []
    with pytest.raises(Cancelled):
        finish(work(tmp_path / "x", steps, pressed_in="first"))
    assert steps == ["first"]
    assert list(tmp_path.iterdir()) == []


def test_the_last_step_is_finished(tmp_path: Path) -> None:
    steps: list[str] = []
    assert finish(work(tmp_path / "x", steps, pressed_in="last")) == "done"
    assert steps == ["first", "second", "last"]
    assert (tmp_path / "x").read_text() == "second"


def test_a_second_time_it_stops_at_once(tmp_path: Path) -> None:
    def stubborn() -> Job[None]:
        press_ctrl_c()
        press_ctrl_c()
        yield Progress(0, 1)

    with pytest.raises(KeyboardInterrupt):
        finish(stubborn())
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
