"""An indicator group by group, and over its whole period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi_desktop.models.decimals import subtract
from coi_desktop.models.points import INITIATIVE, NO_GROUP, Point, group_key
from coi_desktop.models.summing import Summing, number_of, value_of


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group of a breakdown: its first and latest value, and the change where both are shown."""

    name: str
    first: Point
    latest: Point
    change: Decimal | None

    @property
    def is_named(self) -> bool:
        """False for what is left of a group that was taken away."""
        return group_key(self.name) != NO_GROUP


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """What the measurements since the baseline come to: ``count`` of them, from ``first`` to ``last``.

    One that is hidden hides the whole: it would follow from it.
    """

    summing: Summing
    value: Decimal | None
    n: int | None
    count: int
    first: date | None
    last: date | None
    suppressed: bool = False


def group_figures(points: Iterable[Point]) -> tuple[GroupFigures, ...]:
    """The groups of the initiative's own series in the order they first came up; without a group last."""
    found: dict[str, list[Point]] = {}
    for point in points:
        if point.series == INITIATIVE:
            found.setdefault(group_key(point.subgroup), []).append(point)
    groups = []
    for members in found.values():
        first, latest = members[0], members[-1]
        change = None
        if len(members) > 1 and first.value is not None and latest.value is not None:
            change = subtract(latest.value, first.value)
        groups.append(GroupFigures(latest.subgroup, first, latest, change))
    return tuple(sorted(groups, key=lambda group: not group.is_named))


def period_figures(summing: Summing | None, points: Sequence[Point]) -> PeriodFigures | None:
    """What points, the oldest first, come to; None where nobody said how, where there are none, and for the
    latest, which needs no summing.
    """
    if summing is None or summing is Summing.LATEST or not points:
        return None
    ends = (points[0].day, points[-1].day)
    numbers = [(point.value, point.n) for point in points if point.value is not None]
    if len(numbers) < len(points):
        return PeriodFigures(summing, None, None, len(points), *ends, suppressed=True)
    return PeriodFigures(summing, value_of(summing, numbers), number_of(numbers), len(points), *ends)
