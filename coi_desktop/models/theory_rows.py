"""How high everything in a theory's picture stands: near to what it is tied to, never touching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coi_desktop.models.theory import LEVELS, Theory
from coi_desktop.models.theory_order import Columns, Ties, order_columns, spread

#: The places an arrow goes by from the left to the right, by its id.
Chains = Mapping[str, Sequence[str]]

_SWEEPS = 6


@dataclass(frozen=True, slots=True)
class Row:
    """Where a box, or the place where an arrow passes, stands in its column."""

    top: float
    height: float


def find_chains(theory: Theory) -> dict[str, list[str]]:
    """The places an arrow goes by from the left to the right, by its id: its boxes, and between them one in
    every column that it passes. Arrows within a column have none.
    """
    column = {box.id: LEVELS.index(box.level) for box in theory.boxes}
    found = {}
    for arrow in theory.arrows:
        left, right = sorted((arrow.start, arrow.end), key=lambda box_id: column[box_id])
        if column[left] != column[right]:
            passed = range(column[left] + 1, column[right])
            found[arrow.id] = [left, *(f"{arrow.id}|{place}" for place in passed), right]
    return found


def place_rows(
    theory: Theory, chains: Chains, box_heights: Mapping[str, float], lane: float, between: float
) -> list[dict[str, Row]]:
    """The columns from the left, each with what stands in it from above; the highest stands at 0.

    ``lane`` is the height of the place where an arrow passes a column, ``between`` the least distance.
    """
    after, before = _ties(chains)
    columns: Columns = [[box.id for box in theory.at_level(level)] for level in LEVELS]
    heights = dict(box_heights)
    for chain in chains.values():
        first = LEVELS.index(theory.by_id[chain[0]].level)
        for place, name in enumerate(chain[1:-1], first + 1):
            columns[place].append(name)
            heights[name] = lane
    columns = order_columns(columns, after, before)
    middles = _middles(columns, after, before, heights, between)
    tops = {name: middle - heights[name] / 2 for name, middle in middles.items()}
    highest = min(tops.values(), default=0.0)
    return [{name: Row(tops[name] - highest, heights[name]) for name in column} for column in columns]


def _ties(chains: Chains) -> tuple[Ties, Ties]:
    """What follows each place, and what comes before it."""
    after: dict[str, list[str]] = {}
    before: dict[str, list[str]] = {}
    for chain in chains.values():
        for name, following in pairwise(chain):
            after.setdefault(name, []).append(following)
            before.setdefault(following, []).append(name)
    return after, before


def _middles(
    columns: Columns, after: Ties, before: Ties, heights: Mapping[str, float], between: float
) -> dict[str, float]:
    """Middles of everything: columns are drawn to the mean of what stands before them, then of what stands
    after them, and so on; the last time of both.
    """
    middles: dict[str, float] = {}
    for column in columns:
        at_rest = spread([0.0] * len(column), [heights[name] for name in column], between)
        middles.update(zip(column, at_rest, strict=True))
    for sweep in range(_SWEEPS):
        is_forward = sweep % 2 == 0
        for column in columns if is_forward else reversed(columns):
            wishes = []
            for name in column:
                beside = [*before.get(name, ())] if is_forward else [*after.get(name, ())]
                if sweep == _SWEEPS - 1:
                    beside = [*before.get(name, ()), *after.get(name, ())]
                wishes.append(sum(middles[one] for one in beside) / len(beside) if beside else middles[name])
            placed = spread(wishes, [heights[name] for name in column], between)
            middles.update(zip(column, placed, strict=True))
    return middles
