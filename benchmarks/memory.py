"""What a window with 100,000 initiatives, searched, scrolled and looked over, holds in memory above one with
an empty register, and how long the overview keeps the window from answering. Each in a process of its own.

    python -m benchmarks.memory REGISTER     measures one window and prints its figures
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.figure import Figure
from benchmarks.register import OUT

if TYPE_CHECKING:
    from coi_desktop.ui.main_window import MainWindow

SIZE = 100_000
LIMIT = 150
"""Megabytes above the empty window; the figures' ms are MB here."""
LONGEST_WAIT = 0.05
MOST_SECONDS = 300


def measure() -> list[Figure]:
    """Megabytes of the full window against those of the empty one, and the longest wait of both."""
    from benchmarks.big_register import copy_of_big_register
    from coi_desktop.store.register import Register

    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        empty = Path(folder) / "empty.coi"
        Register.create(empty).close()
        small = _measured(empty)
        large = _measured(copy_of_big_register(SIZE, Path(folder)))
    bare, limit = small[0] / 1000, 1 + LIMIT / small[0]
    before, worked_out, drawn, wait, wall, seconds = large
    return [
        Figure(f"memory of the window with {SIZE:,} (MB as ms)", before / 1000, bare, limit),
        Figure("the same with the overview worked out (MB as ms)", worked_out / 1000, bare, limit),
        Figure("the same with its charts drawn (MB as ms)", drawn / 1000, bare, limit),
        Figure(
            "overview: the window's longest wait",
            wait,
            LONGEST_WAIT,
            1.0,
            f"wall {wall * 1000:.1f}; there in {seconds:.1f} s",
        ),
    ]


def _measured(path: Path) -> tuple[float, ...]:
    """Megabytes before, with the overview and with its charts; its longest wait, in seconds of the processor
    and by the clock, and the seconds until it was there.
    """
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(map(float, done.stdout.split()[-6:]))


def proportional_megabytes() -> float:
    """This process's memory, what it shares with others counted by its part."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main(path: Path) -> None:
    """Open, search, scroll, look at the overview, and tell what ``_measured`` gives."""
    from PySide6.QtTest import QTest

    from coi_desktop.settings import Settings
    from coi_desktop.store.register import Register
    from coi_desktop.ui.application import make_application
    from coi_desktop.ui.garbage import GarbageCollection
    from coi_desktop.ui.main_window import MainWindow
    from coi_desktop.ui.pages.initiatives_page import InitiativesPage
    from coi_desktop.ui.pages.search_line import SearchLine
    from coi_desktop.ui.theme import Looks
    from coi_desktop.ui.window_prompts import WindowPrompts

    application = make_application(["bench"])
    with Register.open(path) as register:
        settings = Settings.read(path.with_suffix(".json"))
        window = MainWindow(register, settings, Looks(application, "light"), WindowPrompts())
        window.show()
        GarbageCollection(window)
        QTest.qWait(4000)
        page = window.findChild(InitiativesPage)
        search, bar = page.findChild(SearchLine), page.table.verticalScrollBar()
        for text in ("pleje", "hjemme robot", "s", ""):
            search.setText(text)
            for place in range(0, bar.maximum(), max(bar.maximum() // 40, 1)):
                bar.setValue(place)
                application.processEvents()
        megabytes = proportional_megabytes()
        while register.prepare_search("initiative"):
            application.processEvents()
        print(megabytes, *_looked_over(window), flush=True)
        window.close()


def _looked_over(window: MainWindow) -> tuple[float, float, float, float, float]:
    """The greatest memory while the overview is worked out, and with its charts; the longest time between two
    turns of the event loop until it is shown (of the processor and by the clock), and how long it took.
    """
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    turns: list[tuple[float, float]] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: turns.append((time.process_time(), time.perf_counter())))
    timer.start()
    QTest.qWait(100)
    begun, memory = time.perf_counter(), [0.0]
    window.show_place("overview")
    page = window.page
    while not page.is_up_to_date and time.perf_counter() - begun < MOST_SECONDS:
        QTest.qWait(1000)
        timer.stop()  # looking at the memory takes some milliseconds of its own
        memory.append(proportional_megabytes())
        turns.append((math.inf, math.inf))
        timer.start()
    timer.stop()
    ended = next(wall for _, wall in reversed(turns) if wall != math.inf)
    waits = [
        (after[0] - before[0], after[1] - before[1])
        for before, after in pairwise(turns)
        if math.inf not in (*before, *after)
    ]
    _wait_for_charts(window)
    drawn = max(*memory, proportional_megabytes())
    return (max(memory), drawn, max(one[0] for one in waits), max(one[1] for one in waits), ended - begun)


def _wait_for_charts(window: MainWindow) -> None:
    from PySide6.QtTest import QTest

    QTest.qWait(500)
    while window.desk.runner.is_busy:
        QTest.qWait(100)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
