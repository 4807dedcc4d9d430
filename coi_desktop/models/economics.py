"""Costs and benefits of an initiative: yearly table, net present value, payback, benefit–cost ratio.

Amounts are DKK in fixed prices; year 0 is not discounted, later amounts fall at the end of their year::

    NPV     = Σ net(t) · df(t)
    payback = first t where the cumulative undiscounted net is ≥ 0 after being negative, linear within a year
    BCR     = Σ benefits · df ÷ Σ costs · df

Freed time is not money until practice and budgets change: class ``capacity`` never counts in the headline
figures, only in those "incl. freed time". Class ``nonmoney`` counts in none. What cannot be computed is None.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from typing import Literal

from coi_desktop.models.decimals import CONTEXT, ZERO, add, divide, multiply, total
from coi_desktop.models.rates import RateSet, discount_factors

#: The horizon and the number of years of the light path unless told otherwise.
DEFAULT_YEARS = 5

#: The last year an amount may fall in; what lies beyond is a mistyped year. A yearly amount without an end of
#: its own goes on until this year, and with that to the horizon.
LAST_YEAR = 100


class GainClass(StrEnum):
    """Class of a benefit; keys of the value list ``benefit.class``."""

    BUDGET = "budget"
    CAPACITY = "capacity"
    REVENUE = "revenue"
    NONMONEY = "nonmoney"


#: One of the three points of an amount.
Estimate = Literal["low", "likely", "high"]


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount with its three points, ``low`` the smallest and ``high`` the greatest; None when open."""

    low: Decimal | None
    likely: Decimal | None
    high: Decimal | None
    realised: Decimal | None = None

    def at(self, estimate: Estimate) -> Decimal | None:
        """The amount at one of the points; where that point is open, the likely one stands for it."""
        if estimate == "likely":
            return self.likely
        chosen = self.low if estimate == "low" else self.high
        return self.likely if chosen is None else chosen

    @property
    def has_range(self) -> bool:
        """True when a low or a high point is given."""
        return self.low is not None or self.high is not None


def certain(amount: Decimal) -> Amount:
    """An amount without a range."""
    return Amount(None, amount, None)


@dataclass(frozen=True, slots=True)
class Cost:
    """A cost in a year (0 = now), or in every year from there to ``until``; a positive amount is an expense.
    ``category`` is a key of ``cost.category``.
    """

    year: int
    amount: Amount
    category: str = ""
    text: str = ""
    id: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Gain:
    """A benefit in a year, or in every year from there to ``until``; a positive amount is a gain. ``kind`` is
    a value kind.
    """

    year: int
    amount: Amount
    gain_class: GainClass
    kind: str = ""
    text: str = ""
    id: str = ""
    until: int | None = None


@dataclass(frozen=True, slots=True)
class YearLine:
    """One year of the table that sheet, screen and chart share; all amounts in DKK.

    ``net`` and what follows from it count cashable gains and revenue; the fields ending in ``_all`` count
    freed time too. ``cumulative`` is undiscounted.
    """

    year: int
    costs: Decimal
    budget: Decimal
    revenue: Decimal
    capacity: Decimal
    net: Decimal
    cumulative: Decimal
    factor: Decimal
    discounted: Decimal
    net_all: Decimal
    cumulative_all: Decimal
    discounted_all: Decimal


@dataclass(frozen=True, slots=True)
class EconomyResult:
    """The figures of one scenario, unrounded.

    ``npv``, ``payback`` (years from year 0) and ``bcr`` are the headline, without freed time; the fields
    ending in ``_all`` include it. ``costs`` and ``gains_*`` are undiscounted sums over the years of
    ``table``; ``discounted_gains`` are cashable gains and revenue, ``discounted_capacity`` freed time.
    """

    table: tuple[YearLine, ...]
    costs: Decimal
    gains_budget: Decimal
    gains_revenue: Decimal
    gains_capacity: Decimal
    discounted_costs: Decimal
    discounted_gains: Decimal
    discounted_capacity: Decimal
    npv: Decimal
    payback: Decimal | None
    bcr: Decimal | None
    npv_all: Decimal
    payback_all: Decimal | None
    bcr_all: Decimal | None

    @property
    def has_capacity(self) -> bool:
        """True when freed time is part of the gains, so that the two net present values differ in meaning."""
        return any(line.capacity != 0 for line in self.table)

    @property
    def is_covered_from_start(self) -> bool:
        """True when the cumulative net is never negative: there is nothing to earn back."""
        return all(line.cumulative >= 0 for line in self.table)

    @property
    def is_covered_from_start_all(self) -> bool:
        """The same with freed time counted in."""
        return all(line.cumulative_all >= 0 for line in self.table)


@dataclass(frozen=True, slots=True)
class Scenarios:
    """The three estimates side by side; the outer ones are None where no amount has a range."""

    cautious: EconomyResult | None
    likely: EconomyResult | None
    optimistic: EconomyResult | None


@dataclass(frozen=True, slots=True)
class Swing:
    """One bar of the tornado: the headline NPV when only ``what`` (``gain`` or ``cost``) is
    cautious/optimistic.
    """

    what: str
    cautious: Decimal
    optimistic: Decimal


def net_present_value(flow: Sequence[Decimal], rates: RateSet) -> Decimal | None:
    """NPV of the net amounts of the years 0, 1, …; None for an empty flow.

    Section 5.5 of the evaluation guide: year 0 undiscounted, amounts at year end, fixed prices.
    """
    if not flow:
        return None
    factors = discount_factors(rates, len(flow) - 1)
    return total(multiply(net, factor) for net, factor in zip(flow, factors, strict=True))


def payback_years(flow: Sequence[Decimal]) -> Decimal | None:
    """Years from year 0 until the cumulative undiscounted net is no longer negative, linear within the year.

    None when it never was negative (nothing to pay back) or stays negative.
    """
    cumulative = ZERO
    for year, net in enumerate(flow):
        before, cumulative = cumulative, add(cumulative, net)
        if before < 0 <= cumulative:
            return add(Decimal(year - 1), CONTEXT.divide(CONTEXT.minus(before), net))
    return None


def benefit_cost_ratio(gains: Sequence[Decimal], costs: Sequence[Decimal], rates: RateSet) -> Decimal | None:
    """Discounted gains ÷ discounted costs of the same years; None when the costs come to 0."""
    discounted_costs = net_present_value(costs, rates)
    discounted_gains = net_present_value(gains, rates)
    if discounted_costs is None or discounted_gains is None:
        return None
    return divide(discounted_gains, discounted_costs)


def cost_per_outcome(discounted_costs: Decimal | None, outcomes: Decimal | int | None) -> Decimal | None:
    """Discounted costs ÷ number of outcomes in DKK; None without costs or without a positive number."""
    if discounted_costs is None or outcomes is None or outcomes <= 0:
        return None
    return divide(discounted_costs, Decimal(outcomes))


def light_rows(
    one_off: Decimal, running: Decimal, gain: Decimal, gain_class: GainClass, years: int = DEFAULT_YEARS
) -> tuple[tuple[Cost, ...], tuple[Gain, ...]]:
    """The rows that the three numbers of the light path stand for: net(0) = −one_off, net(t) = gain −
    running.
    """
    costs = (Cost(0, certain(one_off), "other"), Cost(1, certain(running), "operation", until=years))
    return costs, (Gain(1, certain(gain), gain_class, until=years),)


def economy(
    costs: Iterable[Cost],
    gains: Iterable[Gain],
    rates: RateSet,
    horizon: int,
    *,
    cost_at: Estimate = "likely",
    gain_at: Estimate = "likely",
) -> EconomyResult | None:
    """The figures of the years 0…``horizon`` with costs and gains at one of their points.

    Rows beyond the horizon, of class ``nonmoney`` or without an amount do not count. None when no row counts.
    """
    costs = [row for row in costs if counts(row, horizon)]
    gains = [row for row in gains if counts(row, horizon)]
    if not costs and not gains:
        return None
    return _result(
        yearly_table(
            _by_year(costs, cost_at, horizon),
            _by_year((row for row in gains if row.gain_class is GainClass.BUDGET), gain_at, horizon),
            _by_year((row for row in gains if row.gain_class is GainClass.REVENUE), gain_at, horizon),
            _by_year((row for row in gains if row.gain_class is GainClass.CAPACITY), gain_at, horizon),
            rates,
        )
    )


def counts(row: Cost | Gain, horizon: int) -> bool:
    """Whether a row counts in the money figures: a year inside the horizon, an amount, not ``nonmoney``."""
    if isinstance(row, Gain) and row.gain_class is GainClass.NONMONEY:
        return False
    return 0 <= row.year <= horizon and row.amount.likely is not None


def years_of(row: Cost | Gain, horizon: int) -> range:
    """The years a row falls in: its own, or every one from there to its end or the horizon."""
    last = row.year if row.until is None else max(row.year, min(row.until, horizon))
    return range(row.year, last + 1)


def usual_horizon(rows: Iterable[Cost | Gain]) -> int:
    """The last year of a table where none is set: the last year a row tells of. A yearly amount without an
    end goes on for the usual number of years.
    """
    return max(map(_last_year, rows), default=DEFAULT_YEARS)


def _last_year(row: Cost | Gain) -> int:
    if row.until is None:
        return row.year
    return max(row.year, DEFAULT_YEARS if row.until >= LAST_YEAR else row.until)


def yearly_table(
    costs: Sequence[Decimal],
    budget: Sequence[Decimal],
    revenue: Sequence[Decimal],
    capacity: Sequence[Decimal],
    rates: RateSet,
) -> tuple[YearLine, ...]:
    """The table of the years 0, 1, … from the sums of each year (DKK); all four are equally long."""
    lines: list[YearLine] = []
    cumulative = cumulative_all = ZERO
    factors = discount_factors(rates, len(costs) - 1)
    with localcontext(CONTEXT):
        for year, (cost, cash, income, freed, factor) in enumerate(
            zip(costs, budget, revenue, capacity, factors, strict=True)
        ):
            net = cash + income - cost
            net_all = net + freed
            cumulative += net
            cumulative_all += net_all
            lines.append(
                YearLine(
                    year, cost, cash, income, freed, net, cumulative, factor, net * factor,
                    net_all, cumulative_all, net_all * factor,
                )
            )  # fmt: skip
    return tuple(lines)


def scenarios(costs: Iterable[Cost], gains: Iterable[Gain], rates: RateSet, horizon: int) -> Scenarios:
    """Cautious (high cost, low gain), likely and optimistic figures.

    The outer two are None when no row that counts has a range: one estimate alone is no range.
    """
    costs, gains = tuple(costs), tuple(gains)
    likely = economy(costs, gains, rates, horizon)
    rows: tuple[Cost | Gain, ...] = (*costs, *gains)
    if not any(row.amount.has_range and counts(row, horizon) for row in rows):
        return Scenarios(None, likely, None)
    return Scenarios(
        economy(costs, gains, rates, horizon, cost_at="high", gain_at="low"),
        likely,
        economy(costs, gains, rates, horizon, cost_at="low", gain_at="high"),
    )


def tornado(costs: Iterable[Cost], gains: Iterable[Gain], rates: RateSet, horizon: int) -> tuple[Swing, ...]:
    """How far the headline NPV moves when gains alone and costs alone go from cautious to optimistic.

    The widest bar first; a side without a range has no bar.
    """
    costs, gains = tuple(costs), tuple(gains)
    swings = []
    if any(gain.amount.has_range and counts(gain, horizon) for gain in gains):
        swings.append(
            _swing(
                "gain",
                economy(costs, gains, rates, horizon, gain_at="low"),
                economy(costs, gains, rates, horizon, gain_at="high"),
            )
        )
    if any(cost.amount.has_range and counts(cost, horizon) for cost in costs):
        swings.append(
            _swing(
                "cost",
                economy(costs, gains, rates, horizon, cost_at="high"),
                economy(costs, gains, rates, horizon, cost_at="low"),
            )
        )
    found = [swing for swing in swings if swing is not None]
    return tuple(sorted(found, key=lambda swing: swing.cautious - swing.optimistic))


def _by_year(rows: Iterable[Cost | Gain], estimate: Estimate, horizon: int) -> tuple[Decimal, ...]:
    """The sums of the years 0…``horizon`` over rows that count."""
    sums = [ZERO] * (horizon + 1)
    with localcontext(CONTEXT):
        for row in rows:
            amount = row.amount.at(estimate)
            if amount is None:
                continue
            for year in years_of(row, horizon):
                sums[year] += amount
    return tuple(sums)


def _result(table: tuple[YearLine, ...]) -> EconomyResult:
    with localcontext(CONTEXT):
        cashable = sum(((line.budget + line.revenue) * line.factor for line in table), ZERO)
        freed = sum((line.capacity * line.factor for line in table), ZERO)
        costs = sum((line.costs * line.factor for line in table), ZERO)
        npv = sum((line.discounted for line in table), ZERO)
        npv_all = sum((line.discounted_all for line in table), ZERO)
        return EconomyResult(
            table=table,
            costs=sum((line.costs for line in table), ZERO),
            gains_budget=sum((line.budget for line in table), ZERO),
            gains_revenue=sum((line.revenue for line in table), ZERO),
            gains_capacity=sum((line.capacity for line in table), ZERO),
            discounted_costs=costs,
            discounted_gains=cashable,
            discounted_capacity=freed,
            npv=npv,
            payback=payback_years([line.net for line in table]),
            bcr=divide(cashable, costs),
            npv_all=npv_all,
            payback_all=payback_years([line.net_all for line in table]),
            bcr_all=divide(cashable + freed, costs),
        )


def _swing(what: str, cautious: EconomyResult | None, optimistic: EconomyResult | None) -> Swing | None:
    if cautious is None or optimistic is None:
        return None
    return Swing(what, cautious.npv, optimistic.npv)
