"""What was expected beside what came: the sums of costs and of each class of gain, in DKK."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.models.decimals import multiply, total_known
from coi_desktop.models.economics import Cost, Gain, GainClass, usual_horizon, years_of

_MONEY = (GainClass.BUDGET, GainClass.REVENUE, GainClass.CAPACITY)


@dataclass(frozen=True, slots=True)
class Realisation:
    """Expected beside realised, in DKK, of ``what``: ``cost`` or a class of gain.

    ``expected`` is the sum of all likely amounts over all their years, ``realised`` of what has come so far
    where that is known; ``expected_of_realised`` is the expectation for exactly those rows, so that like
    stands beside like.
    """

    what: str
    expected: Decimal | None
    realised: Decimal | None
    expected_of_realised: Decimal | None
    rows: int
    rows_realised: int


def expected_and_realised(
    costs: Iterable[Cost], gains: Iterable[Gain], horizon: int | None = None
) -> tuple[Realisation, ...]:
    """Expected beside realised amounts: costs, then each class of gain in money that has rows. Yearly amounts
    are expected to the end of ``horizon`` (that of the rows unless given) at the latest.
    """
    costs, gains = tuple(costs), tuple(gains)
    last = usual_horizon((*costs, *gains)) if horizon is None else horizon
    lines = [_realisation("cost", costs, last)]
    lines += [
        _realisation(gain_class.value, tuple(gain for gain in gains if gain.gain_class is gain_class), last)
        for gain_class in _MONEY
        if gains
    ]
    return tuple(line for line in lines if line is not None)


def _realisation(what: str, rows: Sequence[Cost | Gain], horizon: int) -> Realisation | None:
    if not rows:
        return None
    known = [row for row in rows if row.amount.realised is not None]
    return Realisation(
        what,
        total_known(_over_all_years(row, horizon) for row in rows),
        total_known(row.amount.realised for row in rows),
        total_known(_over_all_years(row, horizon) for row in known),
        len(rows),
        len(known),
    )


def _over_all_years(row: Cost | Gain, horizon: int) -> Decimal | None:
    likely = row.amount.likely
    return None if likely is None else multiply(likely, Decimal(len(years_of(row, horizon))))
