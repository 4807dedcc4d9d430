"""How sure a change is: the 95 % interval of an indicator's change, where what was typed allows one.

Pairs come first, because the same people asked twice say more than two groups. A measure in percent is a
share of those counted unless standard deviations are given; everything else is a mean and needs them. Where a
number or a standard deviation is not known there is no interval, and ``missing`` says what it would take.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from coi_desktop.models.answer_counts import NOTHING_TOLD, AnswerCount, told_answers
from coi_desktop.models.decimals import divide, finite, to_four
from coi_desktop.models.figures_catalogue import ChangeLimits
from coi_desktop.models.indicators import IndicatorFigures, counting_of
from coi_desktop.models.intervals import (
    Interval,
    mean_change_paired,
    mean_change_unpaired,
    share_change_paired,
    share_change_unpaired,
)
from coi_desktop.models.records import Snapshot
from coi_desktop.models.suppression import SMALLEST_COUNT

_HUNDRED = Decimal(100)
_WITHOUT_INTERVAL = ("yes_no", "sign")


class Method(StrEnum):
    """How an interval is computed."""

    MEAN_PAIRED = "mean_paired"
    MEAN_UNPAIRED = "mean_unpaired"
    SHARE_PAIRED = "share_paired"
    SHARE_UNPAIRED = "share_unpaired"


@dataclass(frozen=True, slots=True)
class Rounds:
    """What was typed about both rounds: number and standard deviation before and after, and the pairs.

    ``are_parts_told``: whether it may be shown how many pairs kept, gained and lost their yes; ``answers``
    are those of the latest measurement, as they may be shown.
    """

    n_before: int | None = None
    sd_before: Decimal | None = None
    n_after: int | None = None
    sd_after: Decimal | None = None
    pairs: int | None = None
    pairs_mean: Decimal | None = None
    pairs_sd: Decimal | None = None
    kept: int | None = None
    gained: int | None = None
    lost: int | None = None
    are_parts_told: bool = True
    answers: tuple[AnswerCount, ...] = ()

    @property
    def has_pairs_of_numbers(self) -> bool:
        """Whether number, mean and standard deviation of the differences are known."""
        return None not in (self.pairs, self.pairs_mean, self.pairs_sd)

    @property
    def has_pairs_of_answers(self) -> bool:
        """Whether it is known how many pairs kept, gained and lost their yes."""
        return None not in (self.pairs, self.kept, self.gained, self.lost)


@dataclass(frozen=True, slots=True)
class ChangeInterval:
    """The interval of an indicator's change, in its unit (percentage points for a share), to four decimals.

    ``method`` is None where there is none, and ``missing`` says why: ``not_measured``, ``too_few``,
    ``no_spread``, ``no_fit``, or what is not known (``n_before``, ``n_after``, ``sd_before``, ``sd_after``).
    ``change`` is the one the interval belongs to: with pairs that of the pairs. ``n`` is the number of pairs,
    or the smaller number of both rounds.
    """

    indicator_id: str
    rounds: Rounds
    method: Method | None = None
    change: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    degrees: Decimal | None = None
    n: int | None = None
    is_few: bool = False
    missing: tuple[str, ...] = ()

    @property
    def is_paired(self) -> bool:
        """Whether the same people were asked twice."""
        return self.method in (Method.MEAN_PAIRED, Method.SHARE_PAIRED)

    @property
    def holds_zero(self) -> bool:
        """Whether no change at all lies within the interval."""
        return self.low is not None and self.high is not None and self.low <= 0 <= self.high


def rounds_of(snapshot: Snapshot, figures: IndicatorFigures, smallest_count: int = SMALLEST_COUNT) -> Rounds:
    """What is known about the baseline and the latest measurement of an indicator; nothing of hidden ones.

    A latest value that is put together from groups has no spread and no pairs of its own.
    """
    indicator, latest = figures.indicator, figures.latest
    before = Rounds(indicator.baseline_n, indicator.baseline_sd)
    if latest is None or latest.suppressed:
        return before
    both = replace(before, n_after=latest.n, sd_after=latest.sd)
    if not latest.id:
        return both
    record = snapshot.get("measurement", latest.id)
    told = told_answers(
        [record], (), smallest_count, of_people=counting_of(indicator, smallest_count).of_people
    ).get(record.id, NOTHING_TOLD)
    return replace(
        both,
        are_parts_told=not told.hides_parts,
        answers=told.counts,
        pairs=record.integer("paired_n"),
        pairs_mean=record.number("paired_mean"),
        pairs_sd=record.number("paired_sd"),
        kept=record.integer("paired_kept"),
        gained=record.integer("paired_gained"),
        lost=record.integer("paired_lost"),
    )


def change_interval(figures: IndicatorFigures, rounds: Rounds, limits: ChangeLimits) -> ChangeInterval:
    """The interval of an indicator's change, or why there is none. Hidden values give none."""
    indicator, latest = figures.indicator, figures.latest
    before, after = finite(indicator.baseline), None if latest is None else finite(latest.value)
    if before is None or after is None or indicator.measure in _WITHOUT_INTERVAL:
        return ChangeInterval(indicator.id, Rounds(), missing=("not_measured",))
    is_share = indicator.measure == "percent" and rounds.sd_before is None and rounds.sd_after is None
    if is_share and rounds.has_pairs_of_answers:
        return _paired_shares(figures, rounds, limits)
    if not is_share and rounds.has_pairs_of_numbers:
        return _paired_means(figures, rounds, limits)
    asked: dict[str, Decimal | int | None] = {"n_before": rounds.n_before, "n_after": rounds.n_after}
    if not is_share:
        asked |= {"sd_before": finite(rounds.sd_before), "sd_after": finite(rounds.sd_after)}
    missing = tuple(name for name, value in asked.items() if value is None)
    if missing or rounds.n_before is None or rounds.n_after is None:
        return ChangeInterval(indicator.id, rounds, missing=missing)
    n = min(rounds.n_before, rounds.n_after)
    if n < limits.least:
        return ChangeInterval(indicator.id, Rounds(), missing=("too_few",))
    if is_share:
        found = share_change_unpaired(
            (float(before) / 100, rounds.n_before), (float(after) / 100, rounds.n_after)
        )
        return _made(figures, rounds, Method.SHARE_UNPAIRED, found, figures.change, n, limits)
    found = mean_change_unpaired(
        (float(before), float(rounds.sd_before or 0), rounds.n_before),
        (float(after), float(rounds.sd_after or 0), rounds.n_after),
    )
    return _made(figures, rounds, Method.MEAN_UNPAIRED, found, figures.change, n, limits)


def change_intervals(
    snapshot: Snapshot, indicators: tuple[IndicatorFigures, ...], limits: ChangeLimits
) -> dict[str, ChangeInterval]:
    """The intervals of the changes of all indicators, by the indicator's id."""
    return {
        one.indicator.id: change_interval(one, rounds_of(snapshot, one, limits.smallest_count), limits)
        for one in indicators
    }


def _paired_means(figures: IndicatorFigures, rounds: Rounds, limits: ChangeLimits) -> ChangeInterval:
    pairs, mean, deviation = rounds.pairs or 0, finite(rounds.pairs_mean), finite(rounds.pairs_sd)
    if pairs < limits.least:
        return ChangeInterval(figures.indicator.id, Rounds(), missing=("too_few",))
    found = (
        None
        if mean is None or deviation is None
        else mean_change_paired(float(mean), float(deviation), pairs)
    )
    return _made(figures, rounds, Method.MEAN_PAIRED, found, mean, pairs, limits)


def _paired_shares(figures: IndicatorFigures, rounds: Rounds, limits: ChangeLimits) -> ChangeInterval:
    pairs, kept, gained, lost = rounds.pairs or 0, rounds.kept or 0, rounds.gained or 0, rounds.lost or 0
    if pairs < limits.least:
        return ChangeInterval(figures.indicator.id, Rounds(), missing=("too_few",))
    found = share_change_paired(kept, gained, lost, pairs)
    change = divide(_HUNDRED * (gained - lost), Decimal(pairs))
    return _made(figures, rounds, Method.SHARE_PAIRED, found, change, pairs, limits)


def _made(
    figures: IndicatorFigures,
    rounds: Rounds,
    method: Method,
    found: Interval | None,
    change: Decimal | None,
    n: int,
    limits: ChangeLimits,
) -> ChangeInterval:
    is_share = method in (Method.SHARE_PAIRED, Method.SHARE_UNPAIRED)
    if found is None:
        return ChangeInterval(figures.indicator.id, rounds, missing=("no_fit" if is_share else "no_spread",))
    scale = 100 if is_share else 1
    return ChangeInterval(
        figures.indicator.id,
        rounds,
        method=method,
        change=to_four(change),
        low=_decimal(found.low * scale),
        high=_decimal(found.high * scale),
        degrees=None if found.degrees is None else _decimal(found.degrees),
        n=n,
        is_few=n < limits.few,
    )


def _decimal(value: float) -> Decimal | None:
    return to_four(Decimal(repr(value)))
