"""The list people live in at 10,000 and 100,000 initiatives, with ten measurements for each of them.

Each figure is our processor time against its limit in milliseconds; beside it stand its worst, the same by
the clock on the wall, and how its cost grows from the smaller register to the larger one. On a computer that
does nothing else the two times differ by what the disk takes.
"""

from __future__ import annotations

import math
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks import scale_asking, scale_window, scale_writing
from benchmarks.big_register import copy_of_big_register
from benchmarks.figure import Figure
from benchmarks.register import OUT
from benchmarks.timing import Timing
from coi_desktop.ui.application import make_application

SIZES = (10_000, 100_000)
STEEPEST = 1.2
"""Cost may grow a little faster than linearly before it counts as a miss: small times are rough."""
ROUGH = 0.005
"""Growth of what takes less time than this, in seconds, says nothing."""


def measure() -> list[Figure]:
    """All figures at the larger size, each with those of the smaller one in its note."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or make_application(["bench"])
    assert isinstance(application, QApplication)
    OUT.mkdir(exist_ok=True)
    found: dict[int, list[Timing]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory(dir=OUT) as folder:
            found[size] = list(_measure(size, Path(folder), application))
    return [_figure(small, large) for small, large in zip(found[SIZES[0]], found[SIZES[1]], strict=True)]


def _measure(size: int, folder: Path, application: QApplication) -> Iterator[Timing]:
    path = copy_of_big_register(size, folder)
    with path.open("rb+") as copy:
        os.fsync(copy.fileno())  # or the first edit waits until all of the copy is on the disk
    yield from scale_asking.measure(path)
    yield from scale_window.measure(path, folder, application)
    yield from scale_writing.measure(path)


def _figure(small: Timing, large: Timing) -> Figure:
    """A figure against its limit; against none when the cost grows too fast."""
    exponent = math.log(large.median / small.median) / math.log(SIZES[1] / SIZES[0])
    grows = exponent > STEEPEST and large.median > ROUGH
    wall = f"wall {large.wall_median * 1000:.1f} worst {large.wall_worst * 1000:.1f}"
    growth = f"{small.median * 1000:.1f} at {SIZES[0]:,}, exponent {exponent:.2f}"
    note = f"worst {large.worst * 1000:.1f} (limit {large.most * 1000:.0f}), {wall}; {growth}"
    limit = 0.0 if grows or large.worst > large.most else large.ratio
    return Figure(large.name, large.median, large.bare, limit, note)
