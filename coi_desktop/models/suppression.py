"""Which numbers of few people are kept back, so that none of them can be computed from what is shown.

A number of fewer people than the threshold is not shown (primary suppression). Groups add up to a total:
where the total is shown, one missing group is the total less the others. So further groups are kept back,
the smallest first, until two or more are hidden that hold the threshold of people between them
(complementary suppression). People in no group, the total less all groups, are a group of their own that is
never shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

#: Fewer people than this are never shown; the threshold may be raised, not lowered.
SMALLEST_COUNT = 5

#: One hidden group follows from the total; of two only their sum does.
_FEWEST_HIDDEN = 2


class Hidden(NamedTuple):
    """The places of the groups and of the totals that are kept back."""

    groups: frozenset[int]
    totals: frozenset[int]


def is_too_few(n: int | None, smallest_count: int = SMALLEST_COUNT) -> bool:
    """True when ``n`` is a count of people that must not be shown: fewer than the threshold (at least 5)."""
    return n is not None and n < max(smallest_count, SMALLEST_COUNT)


def hidden_cells(
    groups: Sequence[int | None], totals: Sequence[int | None], smallest_count: int = SMALLEST_COUNT
) -> Hidden:
    """What to keep back of groups and of the totals over them, each given by its people (None: not known).

    Without a total nothing follows from the groups that are shown, and only those of too few people are
    hidden. A hidden total hides every group: their sum would be the total.
    """
    small_totals = frozenset(place for place, n in enumerate(totals) if is_too_few(n, smallest_count))
    if small_totals:
        return Hidden(frozenset(range(len(groups))), small_totals)
    hidden = {place for place, n in enumerate(groups) if is_too_few(n, smallest_count)}
    if not totals:
        return Hidden(frozenset(hidden), frozenset())
    rest = _rest(groups, totals)
    if not hidden and not is_too_few(rest or None, smallest_count):
        return Hidden(frozenset(), frozenset())
    _hide_more(hidden, groups, rest, smallest_count)
    is_safe = _is_safe(hidden, groups, rest, smallest_count)
    return Hidden(frozenset(hidden), frozenset() if is_safe else frozenset(range(len(totals))))


def _rest(groups: Sequence[int | None], totals: Sequence[int | None]) -> int:
    """The people of a total who are in none of the groups; 0 where that is not known."""
    if None in groups or None in totals:
        return 0
    least = min(total for total in totals if total is not None)
    return max(least - sum(n for n in groups if n is not None), 0)


def _hide_more(hidden: set[int], groups: Sequence[int | None], rest: int, smallest_count: int) -> None:
    """Hide the smallest group that is still shown, and again; of unknown size come last."""
    shown = sorted(
        (place for place in range(len(groups)) if place not in hidden),
        key=lambda place: (groups[place] is None, groups[place] or 0),
    )
    for place in shown:
        if _is_safe(hidden, groups, rest, smallest_count):
            return
        hidden.add(place)


def _is_safe(hidden: set[int], groups: Sequence[int | None], rest: int, smallest_count: int) -> bool:
    """Whether what is hidden is more than one group, and together no group of too few people."""
    people = rest + sum(groups[place] or 0 for place in hidden)
    return len(hidden) + (rest > 0) >= _FEWEST_HIDDEN and not is_too_few(people, smallest_count)
