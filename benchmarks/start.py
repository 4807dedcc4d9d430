"""From the start of the process to the first paint, against an empty QMainWindow."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.figure import TIMES, Figure

LIMIT = 1.6

EMPTY = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        print(repr(time.time()), flush=True)
        QApplication.instance().quit()
application = QApplication(sys.argv)
window = Window()
window.resize(1366, 768)
window.show()
application.exec()
"""


def measure() -> list[Figure]:
    """The one figure of this module."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "COI_DESKTOP_FIRST_PAINT": "1",
            **dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"), folder),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        register = Path(folder) / "sample.coi"
        program = [sys.executable, "-m", "coi_desktop"]
        subprocess.run([*program, "new", str(register), "--sample"], check=True, env=environment)
        ours, bare = [*program, "--register", str(register)], [sys.executable, "-c", EMPTY]
        _seconds(ours, environment)
        _seconds(bare, environment)
        our_times, bare_times = [], []
        for _ in range(TIMES):
            our_times.append(_seconds(ours, environment))
            bare_times.append(_seconds(bare, environment))
    return [
        Figure("start to first paint", statistics.median(our_times), statistics.median(bare_times), LIMIT)
    ]


def _seconds(command: list[str], environment: dict[str, str]) -> float:
    """Seconds from starting the process until it says that it has painted."""
    start = time.time()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        painted = float(process.stdout.readline())
        process.terminate()
    return painted - start
