"""The order of boxes within the columns of a picture, with few arrows crossing: sweeps of means.

The columns hold boxes and, for an arrow that passes a column, a place where it goes through.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

Columns = list[list[str]]

#: Which places of the next column a place is tied to, and which of the one before.
Ties = Mapping[str, Sequence[str]]

_SWEEPS = 10


def order_columns(columns: Sequence[Sequence[str]], after: Ties, before: Ties) -> Columns:
    """The columns with few crossings; the order given is kept wherever another gains nothing.

    ``after`` and ``before`` tie places to those of the next column and the column before.
    """
    now: Columns = [list(column) for column in columns]
    best, fewest = [list(column) for column in now], count_crossings(now, after)
    for sweep in range(_SWEEPS):
        if not fewest:
            break
        places = range(1, len(now)) if sweep % 2 == 0 else range(len(now) - 2, -1, -1)
        for place in places:
            beside = now[place - 1] if sweep % 2 == 0 else now[place + 1]
            now[place] = _by_means(now[place], beside, before if sweep % 2 == 0 else after)
        crossings = count_crossings(now, after)
        if crossings < fewest:
            best, fewest = [list(column) for column in now], crossings
    return best


def count_crossings(columns: Sequence[Sequence[str]], after: Ties) -> int:
    """How many pairs of arrows cross between neighbouring columns."""
    found = 0
    for left, right in pairwise(columns):
        rank = {name: place for place, name in enumerate(right)}
        ends = [sorted(rank[end] for end in after.get(name, ()) if end in rank) for name in left]
        seen: list[int] = []
        for these in ends:
            found += sum(1 for end in these for other in seen if other > end)
            seen.extend(these)
    return found


def spread(desired: Sequence[float], heights: Sequence[float], between: float) -> list[float]:
    """Middles as near to those ``desired`` as they come in this order without touching.

    Least squares with the order kept, by joining neighbours that would touch (pool adjacent violators).
    """
    offsets: list[float] = []
    for place, height in enumerate(heights):
        offsets.append(offsets[-1] + (heights[place - 1] + height) / 2 + between if place else 0.0)
    blocks: list[tuple[float, int]] = []
    for wish, offset in zip(desired, offsets, strict=True):
        total, count = wish - offset, 1
        while blocks and blocks[-1][0] / blocks[-1][1] >= total / count:
            earlier, many = blocks.pop()
            total, count = total + earlier, count + many
        blocks.append((total, count))
    levels = [total / count for total, count in blocks for _one in range(count)]
    return [level + offset for level, offset in zip(levels, offsets, strict=True)]


def _by_means(column: Sequence[str], beside: Sequence[str], ties: Ties) -> list[str]:
    rank = {name: (place + 0.5) / len(beside) for place, name in enumerate(beside)}
    keys = {}
    for place, name in enumerate(column):
        others = [rank[other] for other in ties.get(name, ()) if other in rank]
        keys[name] = sum(others) / len(others) if others else (place + 0.5) / len(column)
    return sorted(column, key=lambda name: keys[name])
