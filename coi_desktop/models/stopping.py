"""Asking work that cannot yield in the middle to stop."""

from __future__ import annotations

from collections.abc import Callable

#: Asked now and then, on the thread of the work: whether it is to stop.
Stop = Callable[[], bool]


def never() -> bool:
    """Nobody wants the work to stop."""
    return False
