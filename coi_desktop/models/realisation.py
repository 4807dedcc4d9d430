"""What was expected beside what came: the sums of costs and of each class of gain, in DKK."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.models.decimals import total_known
from coi_desktop.models.economics import Cost, Gain, GainClass


@dataclass(frozen=True, slots=True)
class Realisation:
    """Expected beside realised, in DKK, of ``what``: ``cost`` or a class of gain.

    ``expected`` is the sum of all likely amounts, ``realised`` of the realised ones there are;
    ``expected_of_realised`` is the expectation for exactly those rows, so that like stands beside like.
    """

    what: str
    expected: Decimal | None
    realised: Decimal | None
    expected_of_realised: Decimal | None
    rows: int
    rows_realised: int


def expected_and_realised(costs: Iterable[Cost], gains: Iterable[Gain]) -> tuple[Realisation, ...]:
    """Expected beside realised amounts: costs, then each class of gain in money that has rows."""
    gains = tuple(gains)
    lines = [_realisation("cost", tuple(costs))]
    lines += [
        _realisation(gain_class.value, tuple(gain for gain in gains if gain.gain_class is gain_class))
        for gain_class in (GainClass.BUDGET, GainClass.REVENUE, GainClass.CAPACITY)
    ]
    return tuple(line for line in lines if line is not None)


def _realisation(what: str, rows: Sequence[Cost | Gain]) -> Realisation | None:
    if not rows:
        return None
    known = [row for row in rows if row.amount.realised is not None]
    return Realisation(
        what,
        total_known(row.amount.likely for row in rows),
        total_known(row.amount.realised for row in rows),
        total_known(row.amount.likely for row in known),
        len(rows),
        len(known),
    )
