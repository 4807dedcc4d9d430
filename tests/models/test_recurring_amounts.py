"""Amounts that come every year, hours times rate, and the economy against a plain implementation."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.decimals import to_ore
from coi_desktop.models.economics import (
    LAST_YEAR,
    Amount,
    Cost,
    Gain,
    GainClass,
    certain,
    economy,
    usual_horizon,
)
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.rates import RateSet
from coi_desktop.models.realisation import expected_and_realised
from tests.models.evaluation_cases import Drawing, money, shipped_catalogue

RATES = shipped_catalogue().default_rates


Rows = list[tuple[str, dict[str, object]]]


def economy_with(rows: Rows, **setting: object) -> EconomyFigures:
    """The economy of an evaluation at standard depth with these costs and benefits."""
    drawing = Drawing()
    initiative = drawing.put("initiative", title="T")
    evaluation = drawing.put("evaluation", initiative_id=initiative.id, depth="standard")
    drawing.put("econ_setting", evaluation_id=evaluation.id, applies="yes", **setting)
    for table, values in rows:
        owner = {"initiative_id": initiative.id} if table == "benefit" else {}
        drawing.put(table, evaluation_id=evaluation.id, **owner, **values)
    return evaluation_figures(drawing.snapshot(), evaluation, shipped_catalogue()).economy


def test_a_yearly_row_is_worth_the_same_as_a_row_for_every_year():
    yearly = economy_with(
        [
            ("cost", {"year": 0, "likely": money(100_000), "recurs": "one_off"}),
            ("benefit", {"year": 1, "until_year": 5, "recurs": "yearly", "likely": money(30_000),
                         "class_": "budget"}),
        ]
    )  # fmt: skip
    assert yearly.npv == Decimal("35451.57")
    assert yearly.payback == Decimal("3.3333")
    assert yearly.bcr == Decimal("1.3545")
    assert yearly.horizon == 5


@pytest.mark.parametrize(
    ("row", "setting", "years"),
    [
        ({"year": 1, "recurs": "yearly"}, {"horizon": 8}, range(1, 9)),
        ({"year": 1, "recurs": "yearly"}, {}, range(1, 6)),
        ({"year": 7, "recurs": "yearly"}, {}, range(7, 8)),
        ({"year": 1, "recurs": "yearly", "until_year": 3}, {}, range(1, 4)),
        ({"year": 2, "recurs": "yearly", "until_year": 9}, {"horizon": 4}, range(2, 5)),
        ({"year": 1, "recurs": "one_off", "until_year": 3}, {}, range(1, 2)),
        ({"year": 1, "until_year": 3}, {}, range(1, 2)),
        ({"year": 0, "recurs": "yearly", "until_year": 0}, {}, range(1)),
    ],
)
def test_the_years_a_row_falls_in(row, setting, years):
    found = economy_with([("cost", {**row, "likely": money(10)})], **setting)
    assert [line.year for line in found.table if line.costs] == list(years)


def test_a_row_that_ends_before_it_begins_is_left_out_with_the_reason():
    found = economy_with([("cost", {"year": 3, "until_year": 2, "recurs": "yearly", "likely": money(10)})])
    assert [one.why for one in found.left_out] == ["ends_before"]
    assert found.npv is None


def test_costs_too_are_worth_hours_times_rate_where_no_amount_is_typed():
    found = economy_with(
        [
            ("cost", {"year": 0, "hours": Decimal("37.5"), "rate": money("412.40")}),
            ("cost", {"year": 0, "hours": Decimal(10), "rate": money(400), "likely": money(1)}),
            ("cost", {"year": 0, "hours": Decimal(10)}),
        ]
    )
    assert found.likely.costs == Decimal("15466.00")
    assert [one.why for one in found.left_out] == ["no_amount"]


def test_what_is_expected_of_a_yearly_row_is_the_sum_of_its_years():
    gains = [Gain(1, Amount(None, Decimal(20), None, Decimal(30)), GainClass.BUDGET, until=LAST_YEAR)]
    (line,) = expected_and_realised([], gains, 4)
    assert (line.expected, line.realised, line.expected_of_realised, line.rows) == (80, 30, 80, 1)


@pytest.mark.parametrize(
    ("outcomes", "amount"), [("40", "2500.00"), ("3", "33333.33"), ("0", None), ("-1", None), (None, None)]
)
def test_cost_per_outcome_is_of_discounted_costs(outcomes, amount):
    rows = [("cost", {"year": 0, "likely": money(100_000)})]
    found = economy_with(rows, outcomes=None if outcomes is None else Decimal(outcomes))
    assert found.cost_per_outcome == (None if amount is None else Decimal(amount))


def test_freed_time_is_shown_only_where_it_was_asked_for():
    rows = [("benefit", {"year": 1, "likely": money(10), "class_": "capacity"})]
    assert not economy_with(rows).shows_freed_time
    assert not economy_with(rows, include_capacity=False).shows_freed_time
    assert economy_with(rows, include_capacity=True).shows_freed_time
    cashable = [("benefit", {"year": 1, "likely": money(10), "class_": "budget"})]
    assert not economy_with(cashable, include_capacity=True).shows_freed_time


# ------------------------------------------------------------------- against an implementation of its own

amount = st.decimals(min_value=0, max_value=1_000_000, places=2)
year = st.integers(0, 60)
until = st.one_of(st.none(), st.integers(0, 80))


def plain_factor(at: int, rates: RateSet) -> Fraction:
    """1 ÷ Π (1 + r), year by year, in fractions."""
    factor = Fraction(1)
    for one in range(1, at + 1):
        rate = next(b.rate for b in rates.bands if b.first <= one and (b.last is None or one <= b.last))
        factor /= 1 + Fraction(rate)
    return factor


def plain_sum(rows, horizon: int, rates: RateSet) -> Fraction:
    """The present value of (first year, last year or None, amount), each year on its own."""
    found = Fraction(0)
    for first, last, value in rows:
        for at in range(horizon + 1):
            if at == first or (last is not None and first <= at <= last):
                found += Fraction(value) * plain_factor(at, rates)
    return found


@given(
    st.lists(st.tuples(year, until, amount), max_size=6),
    st.lists(st.tuples(year, until, amount, st.sampled_from(GainClass)), max_size=6),
    st.integers(0, 75),
)
def test_net_present_values_are_those_of_a_plain_sum_in_fractions(cost_rows, gain_rows, horizon):
    costs = [Cost(first, certain(value), until=last) for first, last, value in cost_rows]
    gains = [Gain(first, certain(value), kind, until=last) for first, last, value, kind in gain_rows]
    result = economy(costs, gains, RATES, horizon)
    inside = [row for row in gain_rows if row[0] <= horizon]
    spent = plain_sum([row for row in cost_rows if row[0] <= horizon], horizon, RATES)
    cash = plain_sum(
        [row[:3] for row in inside if row[3] in (GainClass.BUDGET, GainClass.REVENUE)], horizon, RATES
    )
    freed = plain_sum([row[:3] for row in inside if row[3] is GainClass.CAPACITY], horizon, RATES)
    if result is None:
        assert not spent
        assert not cash
        assert not freed
        return
    assert abs(Fraction(result.npv) - (cash - spent)) < Fraction(1, 10**12)
    assert abs(Fraction(result.npv_all) - (cash + freed - spent)) < Fraction(1, 10**12)
    if spent:
        assert abs(Fraction(result.bcr) - cash / spent) < Fraction(1, 10**9)
    assert to_ore(result.discounted_costs) == to_ore(Decimal(spent.numerator) / Decimal(spent.denominator))


@given(st.lists(st.tuples(year, until), min_size=1, max_size=6))
def test_the_usual_horizon_is_as_short_as_it_can_be(rows):
    costs = [Cost(first, certain(Decimal(1)), until=last) for first, last in rows]
    assert usual_horizon(costs) == max(max(first, first if last is None else last) for first, last in rows)
