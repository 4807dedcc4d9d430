"""One measured figure: our time, the bare time of the same work in the same run, and their greatest ratio."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

TIMES = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """Medians in seconds. ``limit`` is the greatest ratio ours ÷ bare that is good enough.

    ``note`` says more.
    """

    name: str
    ours: float
    bare: float
    limit: float
    note: str = ""

    @property
    def ratio(self) -> float:
        """Ours ÷ bare."""
        return self.ours / self.bare

    @property
    def holds(self) -> bool:
        """Whether the ratio is within the limit."""
        return self.ratio <= self.limit


def compare(
    name: str, ours: Callable[[], object], bare: Callable[[], object], limit: float, times: int = TIMES
) -> Figure:
    """Time both ``times`` times in turns, after one unmeasured round each, and compare the medians."""
    return compare_timed(name, lambda: timed(ours), lambda: timed(bare), limit, times)


def compare_timed(
    name: str, ours: Callable[[], float], bare: Callable[[], float], limit: float, times: int = TIMES
) -> Figure:
    """As ``compare``, for work that measures its own seconds: what is made ready before does not count."""
    ours()
    bare()
    our_times, bare_times = [], []
    for _ in range(times):
        our_times.append(ours())
        bare_times.append(bare())
    return Figure(name, statistics.median(our_times), statistics.median(bare_times), limit)


def timed(work: Callable[[], object]) -> float:
    """Seconds that ``work`` takes by the clock on the wall, begun without rubbish of earlier work.

    What earlier measurements left for good is not looked at again while this one collects its own.
    """
    gc.collect()
    gc.freeze()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
