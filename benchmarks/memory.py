"""What a window with 100,000 initiatives, searched and scrolled, holds in memory above one with an empty
register, and how long the overview keeps the window from answering. Each in a process of its own.

    python -m benchmarks.memory REGISTER     measures one window and prints its figures
"""

from __future__ import annotations

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


def measure() -> list[Figure]:
    """Megabytes of the full window against those of the empty one, and the longest wait of both."""
    from benchmarks.big_register import copy_of_big_register
    from coi_desktop.store.register import Register

    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        empty = Path(folder) / "empty.coi"
        Register.create(empty).close()
        small, _wait = _measured(empty)
        large, wait = _measured(copy_of_big_register(SIZE, Path(folder)))
    return [
        Figure(
            f"memory of the window with {SIZE:,} (MB as ms)", large / 1000, small / 1000, 1 + LIMIT / small
        ),
        Figure("overview: the window's longest wait", wait, LONGEST_WAIT, 1.0),
    ]


def _measured(path: Path) -> tuple[float, float]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.memory", str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    megabytes, seconds = done.stdout.split()[-2:]
    return float(megabytes), float(seconds)


def proportional_megabytes() -> float:
    """This process's memory, what it shares with others counted by its part."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def main(path: Path) -> None:
    """Open, search, scroll, and tell the memory; then look at the overview and tell the longest wait."""
    from PySide6.QtTest import QTest

    from coi_desktop.settings import Settings
    from coi_desktop.store.register import Register
    from coi_desktop.ui.application import make_application
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
        QTest.qWait(4000)
        page = window.findChild(InitiativesPage)
        search, bar = page.findChild(SearchLine), page.table.verticalScrollBar()
        for text in ("pleje", "hjemme robot", "s", ""):
            search.setText(text)
            for place in range(0, bar.maximum(), max(bar.maximum() // 40, 1)):
                bar.setValue(place)
                application.processEvents()
        megabytes = proportional_megabytes()
        print(megabytes, _longest_wait(window), flush=True)
        window.close()


def _longest_wait(window: MainWindow) -> float:
    """The longest time between two turns of the event loop while the overview is worked out."""
    from PySide6.QtCore import QTimer
    from PySide6.QtTest import QTest

    turns: list[float] = []
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: turns.append(time.perf_counter()))
    timer.start()
    QTest.qWait(100)
    window.show_place("overview")
    page = window.page
    for _turn in range(900):
        QTest.qWait(100)
        if page.is_up_to_date:
            break
    timer.stop()
    return max((after - before for before, after in pairwise(turns)), default=0.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
