"""Rings of objects with a part of Qt in them are taken apart on the UI thread, whoever makes objects."""

from __future__ import annotations

import gc
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from coi_desktop.ui.garbage import GarbageCollection

RINGS = 3000


class Ring(QObject):
    """Holds itself, so that only collecting takes it apart; tells on which thread."""

    def __init__(self, threads: list[threading.Thread]) -> None:
        super().__init__()
        self.itself = self
        self.threads = threads

    def __del__(self) -> None:
        self.threads.append(threading.current_thread())


@pytest.fixture
def collecting() -> Iterator[GarbageCollection]:
    """As in the program."""
    gc.collect()
    made = GarbageCollection()
    yield made
    made.stop()
    gc.unfreeze()


def make_rings(threads: list[threading.Thread]) -> None:
    """Rings that nobody holds, and then objects on another thread, as many as have Python collect."""
    for _number in range(5):
        Ring(threads)

    def work() -> None:
        rings: list[list[object]] = [[] for _number in range(RINGS)]
        for ring in rings:
            ring.append(ring)

    other = threading.Thread(target=work)
    other.start()
    other.join()


def test_what_a_job_makes_has_nothing_collected_on_its_thread(
    qtbot: QtBot, collecting: GarbageCollection
) -> None:
    threads: list[threading.Thread] = []
    make_rings(threads)
    assert not threads
    qtbot.waitUntil(lambda: len(threads) == 5)
    assert set(threads) == {threading.main_thread()}


def test_python_by_itself_collects_on_the_thread_of_a_job(qtbot: QtBot) -> None:
    """The control: what the program turns off."""
    code = (
        "from PySide6.QtCore import QCoreApplication\n"
        "import threading\n"
        "application = QCoreApplication([])\n"
        "from tests.ui.test_garbage import make_rings\n"
        "threads = []\n"
        "make_rings(threads)\n"
        "print(threading.main_thread() in threads, len(threads))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "5"]


def test_it_looks_more_often_while_objects_are_made(qtbot: QtBot, collecting: GarbageCollection) -> None:
    quiet = collecting.interval()
    kept = [[] for _number in range(RINGS)]
    collecting.collect_due()
    assert collecting.interval() < quiet
    collecting.collect_due()
    assert collecting.interval() == quiet
    assert len(kept) == RINGS


@pytest.mark.parametrize("goes_on", [False, True])
def test_what_has_outlived_a_look_is_collected_when_no_more_is_made_or_after_a_long_while(
    qtbot: QtBot, collecting: GarbageCollection, goes_on: bool
) -> None:
    threads: list[threading.Thread] = []
    ring: Ring | None = Ring(threads)
    gc.collect(1)
    gc.collect(1)
    assert ring is not None
    del ring

    def look(times: int) -> None:
        for _look in range(times):
            kept = [[] for _number in range(RINGS)]
            collecting.collect_due()
            del kept

    look(2 * gc.get_threshold()[2])
    assert not threads, "a job is at work, and looking at everything holds the window"
    if goes_on:
        look(30 * gc.get_threshold()[2])
    else:
        collecting.collect_due()
    assert threads == [threading.main_thread()]
