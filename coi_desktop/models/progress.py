"""Long work tells how far it is by yielding Progress; whoever advances it may stop it between two."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

from coi_desktop.i18n import speaking

T = TypeVar("T")


class Progress(NamedTuple):
    """How far long work has come: ``done`` of ``total`` steps (total 0: not known), and what it is doing."""

    done: int
    total: int
    message: str = ""

    @property
    def fraction(self) -> float | None:
        """Share done, 0.0–1.0, or None when the amount of work is not known."""
        return None if self.total <= 0 else min(1.0, self.done / self.total)


Job = Generator[Progress, None, T]


def run_to_end(job: Job[T], report: Callable[[Progress], None] | None = None) -> T:
    """Advance ``job`` to its end on this thread and return its result; ``report`` sees each Progress."""
    while True:
        try:
            progress = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        if report is not None:
            report(progress)


def spoken(language: str, job: Job[T]) -> Job[T]:
    """``job`` speaking ``language`` while it works, and only then."""
    try:
        while True:
            with speaking(language):
                try:
                    progress = next(job)
                except StopIteration as end:
                    result: T = end.value
                    return result
            yield progress
    finally:
        with speaking(language):
            job.close()
