"""Which backups may go: decided by their order and what they hold, never by the clock alone.

Moments only name the day, week and month that a backup stands for; they are never compared with now or with
each other, so that a clock that jumps (2019, 2040) costs nothing. A backup that holds less than half of the
one before begins a stretch of its own and does not push out the larger ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

RECENT, DAILY, WEEKLY, MONTHLY = 10, 7, 4, 12
#: The newest ones stay whatever else is decided.
ALWAYS = 3


class Kept(NamedTuple):
    """What thinning looks at in a backup: its place in the order, the day it was written where the user was,
    and how much it holds (rows).
    """

    sequence: int
    day: date
    amount: int


def plan_thinning(backups: Iterable[Kept]) -> frozenset[int]:
    """The sequence numbers of the backups that may be removed.

    To be given proven backups only, the newest of which has just been reopened: what is kept are the 10
    newest, and the newest of each of the last 7 days, 4 weeks and 12 months that have any.
    """
    ordered = sorted(backups, key=lambda one: one.sequence, reverse=True)
    stretches = _stretches(ordered)
    groups = [*stretches[:2], [one for stretch in stretches[2:] for one in stretch]]
    kept = {one.sequence for one in ordered[:ALWAYS]}
    for group in groups:
        kept |= _kept_of(group)
    return frozenset(one.sequence for one in ordered) - kept


def has_shrunk(amount: int, before: int) -> bool:
    """Whether a backup holds less than half of the one before, which is worth a word."""
    return amount * 2 < before


def _stretches(newest_first: Sequence[Kept]) -> list[list[Kept]]:
    """Runs of backups within which none holds less than half of the one before; the newest run first."""
    runs: list[list[Kept]] = []
    for place, one in enumerate(newest_first):
        begins = place == 0 or has_shrunk(newest_first[place - 1].amount, one.amount)
        if begins:
            runs.append([])
        runs[-1].append(one)
    return runs


def _kept_of(newest_first: Sequence[Kept]) -> set[int]:
    kept = {one.sequence for one in newest_first[:RECENT]}
    kept |= _newest_of_each(newest_first, _day, DAILY)
    kept |= _newest_of_each(newest_first, _week, WEEKLY)
    return kept | _newest_of_each(newest_first, _month, MONTHLY)


def _newest_of_each(newest_first: Sequence[Kept], period: Callable[[date], object], most: int) -> set[int]:
    """The newest backup of each of the last ``most`` periods, in the order of the backups."""
    found: dict[object, int] = {}
    for one in newest_first:
        if len(found) == most:
            break
        found.setdefault(period(one.day), one.sequence)
    return set(found.values())


def _day(day: date) -> object:
    return day


def _week(day: date) -> object:
    return day.isocalendar()[:2]


def _month(day: date) -> object:
    return day.year, day.month
