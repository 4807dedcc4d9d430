"""A clock for tests that can be put forward by days."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class Day:
    """Each look at it is a second later."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 22, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def pass_days(self, days: int) -> None:
        """Put it forward."""
        self.moment += timedelta(days=days)
