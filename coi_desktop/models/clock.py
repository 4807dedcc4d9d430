"""Time as a parameter, so that tests and repeatable exports can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], datetime]


def now() -> datetime:
    """The present moment in UTC, to the millisecond."""
    moment = datetime.now(UTC)
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def today(clock: Clock = now) -> date:
    """The present day where the user is."""
    return clock().astimezone().date()
