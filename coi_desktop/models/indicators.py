"""How far an indicator has come: latest measurement, progress, status, comparison and effect.

With b = baseline, t = target and a = latest measurement, all decimals as typed::

    progress (up, down)  = (a − b) ÷ (t − b)
    progress (maintain)  = 1 while |a − b| ≤ tolerance, else 0

Statuses are words of the value list ``indicator.status`` and no traffic lights. What cannot be computed is
None. A measurement of fewer people than the small-count threshold has no value here at all, nor has such a
baseline, so that nothing that builds on these figures can show it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from coi_desktop.models.decimals import ONE, ZERO, divide, exact_difference, finite, subtract
from coi_desktop.models.group_figures import GroupFigures, PeriodFigures, group_figures, period_figures
from coi_desktop.models.points import COMPARISON, INITIATIVE, Counting, Point, Start, shown_points
from coi_desktop.models.summing import summing_of
from coi_desktop.models.suppression import SMALLEST_COUNT

#: What the number of an indicator may count besides people: keys of the value list ``counts``.
NO_PEOPLE = frozenset({"cases", "routes", "months", "other"})


class Status(StrEnum):
    """Status of an indicator; keys of the value list ``indicator.status``."""

    NOT_MEASURED = "not_measured"
    NO_TARGET = "no_target"
    CHECK_TARGET = "check_target"
    WRONG_WAY = "wrong_way"
    UNCHANGED = "unchanged"
    LITTLE = "little"
    ON_THE_WAY = "on_the_way"
    REACHED = "reached"
    DEVIATES = "deviates"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as typed. Keys are those of the value lists of its record type; an empty text or None
    stands for what is not answered. ``target`` is the likely one.
    """

    id: str
    name: str
    kind: str = ""
    measure: str = ""
    unit: str = ""
    direction: str = ""
    tolerance: Decimal | None = None
    goal_status: str = ""
    baseline: Decimal | None = None
    baseline_date: date | None = None
    baseline_status: str = ""
    baseline_source: str = ""
    target: Decimal | None = None
    target_low: Decimal | None = None
    target_high: Decimal | None = None
    target_date: date | None = None
    sign_status: str = ""
    sign_reason: str = ""
    summing: str = ""
    counts: str = ""
    breakdown: str = ""
    baseline_n: int | None = None
    baseline_sd: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison series beside the initiative: its values before and after, and the effect.

    ``effect`` = (after − before of the initiative) − (after − before of the comparison), in the indicator's
    unit; None when one of the four is missing or suppressed.
    """

    before: Point | None
    after: Point | None
    change: Decimal | None
    effect: Decimal | None


@dataclass(frozen=True, slots=True)
class IndicatorFigures:
    """Everything shown about one indicator.

    ``change`` = latest − baseline (for an indicator to be kept this is its signed deviation); ``progress`` is
    a share, 1 = target reached. ``points`` and ``comparison_points`` are in order of time. ``n`` belongs to
    the latest measurement. ``status`` is None when it cannot be computed; ``missing`` says which fields would
    help. ``measured`` is every measurement as it may be shown, of groups too; ``groups`` and ``period`` put
    them together. A baseline of too few people is not there, and ``is_baseline_hidden`` is True.
    """

    indicator: Indicator
    latest: Point | None
    change: Decimal | None
    progress: Decimal | None
    status: Status | None
    comparison: Comparison
    points: tuple[Point, ...]
    comparison_points: tuple[Point, ...]
    missing: tuple[str, ...] = ()
    measured: tuple[Point, ...] = ()
    groups: tuple[GroupFigures, ...] = ()
    period: PeriodFigures | None = None
    is_baseline_hidden: bool = False

    @property
    def suppressed(self) -> bool:
        """True when the latest measurement is of too few people: change, progress and effect are None."""
        return self.latest is not None and self.latest.suppressed

    @property
    def has_baseline(self) -> bool:
        """True with a baseline, shown or not."""
        return self.is_baseline_hidden or self.indicator.baseline is not None

    @property
    def is_measured(self) -> bool:
        """True with a measurement after the baseline, or a qualitative sign that has been set."""
        if self.indicator.measure == "sign":
            return self.status is not Status.NOT_MEASURED
        return self.latest is not None

    @property
    def effect(self) -> Decimal | None:
        """The effect against the comparison series, or None."""
        return self.comparison.effect


def indicator_figures(
    indicator: Indicator, measurements: Iterable[Point], smallest_count: int = SMALLEST_COUNT
) -> IndicatorFigures:
    """All figures of one indicator from its measurements, in any order.

    ``smallest_count`` below 5 is taken as 5: the threshold can be raised, not lowered.
    """
    shown = shown_points(measurements, counting_of(indicator, smallest_count), _start_of(indicator))
    if shown.is_baseline_hidden:
        indicator = replace(indicator, baseline=None, baseline_n=None, baseline_sd=None)
    own = tuple(point for point in shown.everybody if point.series == INITIATIVE)
    others = tuple(point for point in shown.everybody if point.series == COMPARISON)
    follow_ups = [point for point in own if is_follow_up(indicator, point)]
    latest = follow_ups[-1] if follow_ups else None
    value = None if latest is None else latest.value
    change = _difference(value, finite(indicator.baseline))
    status, progress = _standing(indicator, latest)
    if status is None and shown.is_baseline_hidden:
        status = Status.TOO_FEW
    missing = list(_missing(indicator, status))
    if shown.is_baseline_hidden and "baseline" in missing:
        missing.remove("baseline")
    if shown.has_lone_groups and "measurement" in missing:
        missing[missing.index("measurement")] = "summing"
    return IndicatorFigures(
        indicator,
        latest,
        change,
        progress,
        status,
        compare(indicator, change, latest, others),
        own,
        others,
        tuple(missing),
        shown.measured,
        group_figures(shown.groups),
        period_figures(summing_of(indicator.summing), follow_ups),
        shown.is_baseline_hidden,
    )


def counting_of(indicator: Indicator, smallest_count: int = SMALLEST_COUNT) -> Counting:
    """What the numbers of an indicator count; people where nobody said, which is the safe reading."""
    return Counting(
        of_people=indicator.counts not in NO_PEOPLE,
        value_counts=indicator.measure == "count" and indicator.counts == "people",
        summing=summing_of(indicator.summing),
        smallest_count=smallest_count,
    )


def _start_of(indicator: Indicator) -> Start:
    return Start(indicator.baseline_date, finite(indicator.baseline), indicator.baseline_n)


def _standing(indicator: Indicator, latest: Point | None) -> tuple[Status | None, Decimal | None]:
    """Status and progress."""
    value = None if latest is None else latest.value
    if indicator.measure == "sign":
        return sign_status(indicator), None
    if latest is not None and latest.suppressed:
        return Status.TOO_FEW, None
    return status_of(indicator, value), progress_of(indicator, value)


def latest_point(indicator: Indicator, points: Iterable[Point]) -> Point | None:
    """The newest follow-up among ``points`` (oldest first), shown or suppressed; None when there is none."""
    follow_ups = [point for point in points if is_follow_up(indicator, point)]
    return follow_ups[-1] if follow_ups else None


def is_follow_up(indicator: Indicator, point: Point) -> bool:
    """Whether a point of the initiative comes after the baseline.

    A point before the baseline's date, or on that date with its value or a hidden one, is no follow-up: it is
    what the baseline was taken from. Where a date is missing the point is taken at its word.
    """
    start = indicator.baseline_date
    if start is None or point.day is None or point.day > start:
        return True
    return point.day == start and not point.suppressed and point.value != indicator.baseline


def progress_of(indicator: Indicator, latest: Decimal | None) -> Decimal | None:
    """Share of the way from baseline to target that ``latest`` has come; 1 = reached, below 0 = the wrong
    way.

    Direction up or down: (a − b) ÷ (t − b). Direction maintain: 1 inside the tolerance, else 0. Yes/no: 1 or
    0. None without a measurement, with an exploratory target, without a target, when target equals baseline,
    or when the target lies on the wrong side of the baseline.
    """
    latest = finite(latest)
    if latest is None or indicator.goal_status == "exploratory":
        return None
    if indicator.measure == "yes_no":
        return ONE if latest == _wanted(indicator) else ZERO
    baseline, target = finite(indicator.baseline), finite(indicator.target)
    if baseline is None:
        return None
    if indicator.direction == "maintain":
        held = _is_kept(indicator, baseline, latest)
        return None if held is None else (ONE if held else ZERO)
    if target is None or target == baseline or not _target_is_ahead(indicator):
        return None
    return divide(subtract(latest, baseline), subtract(target, baseline))


def status_of(indicator: Indicator, latest: Decimal | None) -> Status | None:
    """The status word for ``latest``; None when baseline, direction or tolerance is missing and would decide
    it.

    A target on the wrong side of the baseline is pointed out before anything is measured. Without a baseline
    a target that is met is still met; a target that is not cannot be called near or far.
    """
    latest = finite(latest)
    if indicator.goal_status != "exploratory" and is_target_wrong(indicator):
        return Status.CHECK_TARGET
    if latest is None:
        return Status.NOT_MEASURED
    if indicator.goal_status == "exploratory":
        return Status.NO_TARGET
    if indicator.measure == "yes_no":
        return _yes_no_status(indicator, latest)
    if indicator.direction == "maintain":
        baseline = finite(indicator.baseline)
        held = None if baseline is None else _is_kept(indicator, baseline, latest)
        return None if held is None else (Status.REACHED if held else Status.DEVIATES)
    return _way_status(indicator, latest)


def is_target_wrong(indicator: Indicator) -> bool:
    """True when the target lies on the other side of the baseline than the direction says."""
    baseline, target = finite(indicator.baseline), finite(indicator.target)
    if indicator.measure in ("yes_no", "sign") or indicator.direction not in ("up", "down"):
        return False
    if baseline is None or target is None or baseline == target:
        return False
    return not _target_is_ahead(indicator)


def sign_status(indicator: Indicator) -> Status | None:
    """The status of a qualitative sign: set by hand, and only with a reason; else not measured."""
    if not indicator.sign_reason.strip():
        return Status.NOT_MEASURED
    try:
        return Status(indicator.sign_status)
    except ValueError:
        return Status.NOT_MEASURED


def compare(
    indicator: Indicator, change: Decimal | None, latest: Point | None, others: tuple[Point, ...]
) -> Comparison:
    """The comparison series against the initiative's ``change`` (difference in differences).

    *Before* is the comparison measurement nearest in time to the baseline (the first, when the baseline has
    no date) among those earlier than the latest measurement of the initiative: what was measured only
    afterwards says nothing about before. *After* is the one nearest to the latest measurement among those
    later than *before*.
    """
    dated = [point for point in others if point.day is not None]
    end = latest.day if latest is not None else None
    earlier = [point for point in dated if end is None or (point.day is not None and point.day < end)]
    before = _nearest(earlier, indicator.baseline_date) or (earlier[0] if earlier else None)
    start = before.day if before is not None else None
    later = [point for point in dated if start is None or (point.day is not None and point.day > start)]
    after = _nearest(later, end) or (later[-1] if later else None)
    if before is None:
        return Comparison(None, after, None, None)
    moved = _difference(after.value if after else None, before.value)
    return Comparison(before, after, moved, _difference(change, moved))


def _nearest(points: Iterable[Point], day: date | None) -> Point | None:
    dated = [point for point in points if point.day is not None]
    if day is None or not dated:
        return None
    return min(dated, key=lambda point: abs((point.day or day) - day))


def _difference(first: Decimal | None, second: Decimal | None) -> Decimal | None:
    return None if first is None or second is None else subtract(first, second)


def _target_is_ahead(indicator: Indicator) -> bool:
    if indicator.baseline is None or indicator.target is None:
        return False
    if indicator.direction == "up":
        return indicator.target > indicator.baseline
    return indicator.direction == "down" and indicator.target < indicator.baseline


def _is_kept(indicator: Indicator, baseline: Decimal, latest: Decimal) -> bool | None:
    """Whether ``latest`` lies within the tolerance; without one only an equal value is surely kept."""
    tolerance = finite(indicator.tolerance)
    if tolerance is None or tolerance < 0:
        return True if latest == baseline else None
    return exact_difference(latest, baseline).copy_abs() <= tolerance


def _wanted(indicator: Indicator) -> Decimal:
    """The answer a yes/no indicator aims at (1 yes, 0 no): its target, or what its direction says."""
    target = finite(indicator.target)
    if target is not None:
        return target
    if indicator.direction == "maintain" and indicator.baseline is not None:
        return indicator.baseline
    return ZERO if indicator.direction == "down" else ONE


def _yes_no_status(indicator: Indicator, latest: Decimal) -> Status:
    if latest == _wanted(indicator):
        return Status.REACHED
    return Status.WRONG_WAY if indicator.baseline == _wanted(indicator) else Status.UNCHANGED


def _way_status(indicator: Indicator, latest: Decimal) -> Status | None:
    """Status on the way from baseline to target, compared exactly: with all digits and without dividing."""
    baseline, target = finite(indicator.baseline), finite(indicator.target)
    if target is None or target == baseline:
        return Status.NO_TARGET
    if indicator.direction not in ("up", "down"):
        return None
    if baseline is None:
        met = latest >= target if indicator.direction == "up" else latest <= target
        return Status.REACHED if met else None
    way, gone = exact_difference(target, baseline), exact_difference(latest, baseline)
    if gone == 0:
        return Status.UNCHANGED
    if (gone > 0) != (way > 0):
        return Status.WRONG_WAY
    left = exact_difference(way.copy_abs(), gone.copy_abs())
    if left <= 0:
        return Status.REACHED
    return Status.ON_THE_WAY if gone.copy_abs() >= left else Status.LITTLE


def _missing(indicator: Indicator, status: Status | None) -> tuple[str, ...]:
    """The fields without which the status stays open, by name."""
    if indicator.measure == "sign":
        return () if status is not Status.NOT_MEASURED else ("sign_status", "sign_reason")
    wanted = []
    if indicator.direction not in ("up", "down", "maintain"):
        wanted.append("direction")
    if finite(indicator.baseline) is None and indicator.measure != "yes_no":
        wanted.append("baseline")
    if indicator.direction == "maintain" and finite(indicator.tolerance) is None:
        wanted.append("tolerance")
    if status is Status.NO_TARGET and indicator.goal_status != "exploratory":
        wanted.append("target_likely")
    if status is Status.NOT_MEASURED:
        wanted.append("measurement")
    return tuple(wanted)
