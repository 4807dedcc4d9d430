"""The measurements of one indicator as they may be shown: everybody, and group by group.

A measurement without a group is of everybody. Where a day has groups only, everybody's value is what the
groups come to; on the day of the baseline it is the baseline. All that builds on these points sees hidden
ones without value, number, spread and note.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from coi_desktop.models.decimals import finite
from coi_desktop.models.folding import clean_line, fold
from coi_desktop.models.summing import Summing, can_join_groups, number_of, value_of
from coi_desktop.models.suppression import SMALLEST_COUNT, hidden_cells, is_too_few

#: The two series of measurements, keys of the value list ``series``.
INITIATIVE = "initiative"
COMPARISON = "comparison"

#: The stored group of a measurement whose group was taken away: it is not everybody's.
NO_GROUP = "–"
_DASHES = ("-", NO_GROUP, "—")


class Point(NamedTuple):
    """One measurement: ``n`` is the number asked or counted, ``series`` whose measurement it is, ``subgroup``
    the group it is of (empty: everybody), ``sd`` its standard deviation, ``id`` that of its record (empty:
    worked out from groups).

    Among figures the value, number, spread and note of too few people are not there and ``suppressed`` is
    True.
    """

    day: date | None
    value: Decimal | None
    n: int | None = None
    series: str = INITIATIVE
    source: str = ""
    note: str = ""
    suppressed: bool = False
    subgroup: str = ""
    sd: Decimal | None = None
    id: str = ""

    def without_value(self) -> Point:
        """What may be shown of a point of too few people."""
        return Point(
            self.day, None, series=self.series, source=self.source, suppressed=True,
            subgroup=self.subgroup, id=self.id,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counting:
    """What the number of an indicator counts, and how its values are put together.

    Only people are kept back. ``value_counts``: the value itself is their number where no other is given.
    """

    of_people: bool = True
    value_counts: bool = False
    summing: Summing | None = None
    smallest_count: int = SMALLEST_COUNT

    def people(self, value: Decimal | None, n: int | None) -> int | None:
        """How many people a value is of; None where nobody can tell or none are counted."""
        if not self.of_people:
            return None
        if n is None and self.value_counts and value is not None and value >= 0:
            return int(value)
        return n


@dataclass(frozen=True, slots=True)
class ShownPoints:
    """Measurements as they may be shown, the oldest first.

    ``measured`` is each measurement that has a value, ``everybody`` the value of each series and day,
    ``groups`` the value of each series, day and group. ``is_baseline_hidden``: the baseline is of too few
    people, or a hidden value would follow from it. ``has_lone_groups``: of some days only groups are known.
    """

    measured: tuple[Point, ...] = ()
    everybody: tuple[Point, ...] = ()
    groups: tuple[Point, ...] = ()
    is_baseline_hidden: bool = False
    has_lone_groups: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """The baseline as a number that groups of its day may add up to."""

    day: date | None = None
    value: Decimal | None = None
    n: int | None = None


def shown_points(
    measurements: Iterable[Point], counting: Counting, start: Start | None = None
) -> ShownPoints:
    """The measurements that have a value, without the values of too few people and what would tell them."""
    start = start or Start()
    valued = [point for point in measurements if finite(point.value) is not None]
    has_start = False
    found = _Found([], [], [])
    rounds: dict[tuple[date | None, str], list[Point]] = {}
    if _is_one_series_of_everybody(valued, start):
        # What most indicators have: there may be many measurements.
        found.add_totals(sorted(valued, key=lambda point: point.day or date.min), counting)
    else:
        for point in valued:
            rounds.setdefault((point.day, point.series), []).append(point)
    for day, series in sorted(rounds, key=lambda key: key[0] or date.min):
        is_first = series == INITIATIVE and start.value is not None and day is not None and day == start.day
        has_start = has_start or is_first
        found.add_round(rounds[day, series], counting, start if is_first else None)
    alone = not has_start and is_too_few(counting.people(start.value, start.n), counting.smallest_count)
    return ShownPoints(
        tuple(found.measured),
        tuple(found.everybody),
        tuple(found.groups),
        (start.value is not None and alone) or found.is_baseline_hidden,
        found.has_lone_groups,
    )


def group_key(subgroup: str) -> str:
    """What a group goes by: groups whose names differ in case or spaces are one, and so are all dashes."""
    if not subgroup:
        return ""
    line = clean_line(subgroup).strip()
    return NO_GROUP if line in _DASHES else fold(line).strip()


def _is_one_series_of_everybody(points: Sequence[Point], start: Start) -> bool:
    """Whether no point is of a group or of another series than the first, nor of the day of the baseline."""
    start_day = start.day if start.value is not None else None
    series = points[0].series if points else ""
    return not any(
        point.subgroup or point.series != series or (point.day == start_day and start_day is not None)
        for point in points
    )


@dataclass(slots=True)
class _Found:
    """ShownPoints that grow, one series on one day at a time."""

    measured: list[Point]
    everybody: list[Point]
    groups: list[Point]
    is_baseline_hidden: bool = False
    has_lone_groups: bool = False

    def add_round(self, rows: Sequence[Point], counting: Counting, start: Start | None) -> None:
        """Take in one series on one day."""
        totals = [point for point in rows if not group_key(point.subgroup)]
        members: dict[str, list[Point]] = {}
        for point in rows:
            if group_key(point.subgroup):
                members.setdefault(group_key(point.subgroup), []).append(point)
        if not members and start is None:
            self.add_totals(totals, counting)
            return
        cells = [_joined(points, counting.summing) for points in members.values()]
        typed = bool(totals)
        if not typed and start is None and can_join_groups(counting.summing):
            totals = [_joined(cells, counting.summing)._replace(subgroup="", source=_sources(cells), id="")]
        over = [_people(one, counting) for one in totals]
        if start is not None:
            over = _with_start(over, totals, counting.people(start.value, start.n), start)
        hidden = hidden_cells([_people(one, counting) for one in cells], over, counting.smallest_count)
        everybody = [_shown(one, place in hidden.totals) for place, one in enumerate(totals)]
        self.measured += everybody if typed else ()
        for place, points in enumerate(members.values()):
            self.measured += _show_members(points, cells[place], place in hidden.groups, counting)
        self.everybody += [one for one in everybody if one.value is not None or one.suppressed]
        self.groups += [_shown(one, place in hidden.groups) for place, one in enumerate(cells)]
        self.is_baseline_hidden |= start is not None and len(totals) in hidden.totals
        self.has_lone_groups |= bool(members) and not totals and start is None

    def add_totals(self, rows: Sequence[Point], counting: Counting) -> None:
        """Take in measurements of everybody, from which no other follows."""
        shown = [_shown(one, _is_small(one, counting)) for one in rows] if counting.of_people else rows
        self.measured += shown
        self.everybody += shown


def _show_members(points: Sequence[Point], cell: Point, is_hidden: bool, counting: Counting) -> list[Point]:
    """The measurements of one group on one day: they add up to the group as groups do to everybody."""
    if is_hidden or len(points) == 1:
        return [_shown(point, is_hidden) for point in points]
    hidden = hidden_cells(
        [_people(one, counting) for one in points], [_people(cell, counting)], counting.smallest_count
    )
    return [_shown(point, place in hidden.groups) for place, point in enumerate(points)]


def _joined(points: Sequence[Point], summing: Summing | None) -> Point:
    """What measurements of one day come to; the last of them where numbers are not put together."""
    if len(points) == 1 or not can_join_groups(summing) or summing is None:
        return points[-1]
    numbers = [(point.value, point.n) for point in points if point.value is not None]
    return Point(
        points[-1].day, value_of(summing, numbers), number_of(numbers), points[-1].series,
        _sources(points), subgroup=points[-1].subgroup,
    )  # fmt: skip


def _sources(points: Sequence[Point]) -> str:
    return ", ".join(dict.fromkeys(point.source for point in points if point.source))


def _people(point: Point, counting: Counting) -> int | None:
    return counting.people(point.value, point.n)


def _is_small(point: Point, counting: Counting) -> bool:
    return is_too_few(_people(point, counting), counting.smallest_count)


def _with_start(
    over: Sequence[int | None], totals: Sequence[Point], at_start: int | None, start: Start
) -> list[int | None]:
    """The people of the totals and of the baseline. Equal values of one day are the same people, so that what
    is known of one holds for the other.
    """
    same = [place for place, one in enumerate(totals) if one.value == start.value]
    known = [n for n in (at_start, *(over[place] for place in same)) if n is not None]
    people = list(over)
    for place in same:
        people[place] = over[place] if over[place] is not None else min(known, default=None)
    return [*people, at_start if at_start is not None else min(known, default=None)]


def _shown(point: Point, is_hidden: bool) -> Point:
    return point.without_value() if is_hidden else point
