"""How long one thing took, each time: by the processor and by the clock on the wall."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import NamedTuple


class Spent(NamedTuple):
    """Seconds of the processor, and by the clock on the wall."""

    processor: float
    wall: float


class Timing(NamedTuple):
    """One thing done some times. Its median may take ``bare`` × ``ratio`` seconds, the longest ``most``."""

    name: str
    spent: list[Spent]
    bare: float
    most: float
    ratio: float = 1.0

    @classmethod
    def within(cls, name: str, spent: list[Spent], milliseconds: float, most: float = 0) -> Timing:
        """Something whose median has a limit, and whose worst has ``most`` or twice that limit."""
        return cls(name, spent, milliseconds / 1000, (most or 2 * milliseconds) / 1000)

    @property
    def median(self) -> float:
        """Seconds of the processor."""
        return statistics.median(one.processor for one in self.spent)

    @property
    def worst(self) -> float:
        """Seconds of the processor."""
        return max(one.processor for one in self.spent)

    @property
    def wall_median(self) -> float:
        """Seconds by the clock."""
        return statistics.median(one.wall for one in self.spent)

    @property
    def wall_worst(self) -> float:
        """Seconds by the clock."""
        return max(one.wall for one in self.spent)


def spend(work: Callable[[], object]) -> Spent:
    """Do it, and tell what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Spent(time.process_time() - processor, time.perf_counter() - wall)
