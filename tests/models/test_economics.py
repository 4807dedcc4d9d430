"""Net present value, payback and ratio: the reference vectors to the øre, and what holds for all flows."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.decimals import to_four, to_ore
from coi_desktop.models.economics import (
    Amount,
    Cost,
    Gain,
    GainClass,
    benefit_cost_ratio,
    certain,
    cost_per_outcome,
    economy,
    light_rows,
    net_present_value,
    payback_years,
    scenarios,
    tornado,
)
from coi_desktop.models.rates import RateBand, RateSet, discount_factors
from coi_desktop.models.realisation import expected_and_realised
from tests.models.evaluation_cases import shipped_catalogue

RATES = shipped_catalogue().default_rates


def amounts(text: str) -> list[Decimal]:
    """``-100000 30000x5`` → the amounts of the years 0…5."""
    found: list[Decimal] = []
    for word in text.split():
        amount, _, times = word.partition("x")
        found += [Decimal(amount)] * int(times or 1)
    return found


@pytest.mark.parametrize(
    ("year", "factor"),
    [
        (0, "1"), (1, "0.966184"), (5, "0.841973"), (10, "0.708919"), (35, "0.299977"), (36, "0.292660"),
        (70, "0.126402"), (71, "0.124534"),
    ],
)  # fmt: skip
def test_discount_factors_are_chained_through_the_bands(year, factor):
    assert round(discount_factors(RATES, 71)[year], 6) == Decimal(factor)


def test_factors_never_rise_where_a_lower_rate_begins():
    factors = discount_factors(RATES, 100)
    assert all(later < earlier for earlier, later in pairwise(factors))


VECTORS = """
flow                       | npv          payback  why
-100000 30000x5            | 35451.57     3.3333   reference
-250000 -20000 90000x4     | 50074.52     4        reference; demo with freed time
-100000 15000x5            | -32274.21    -        reference; never paid back
0 -50000 25000x3           | 19363.21     3        reference; the cost falls in year 1
-250000 -20000 36000x4     | -141564.39   -        reference; demo, cashable only
0                          | 0            -        nothing happens
0x6                        | 0            -        nothing happens for years
1000                       | 1000         -        never negative: nothing to pay back
-1000                      | -1000        -        a cost alone
-1000 1000                 | -33.82       1        back after a year in money, not in value
-1000 2000                 | 932.37       0.5      half way through the first year
-1000 0 0 0 1000           | -128.56      4        waits, then all at once
-1000 1500 -1000 2000      | 1319.65      0.6667   the first time counts, though it dips again
-1000 500 500 -300 300     | -59.30       2        exactly zero is paid back
100 -300 400               | 183.55       1.5      turns negative later
0 0 -100 50 50             | -4.68        4        years of nothing first
-0.05 0.03x2               | 0.01         1.6667   small change: rounded half up to the øre
-1000000000 260000000x5    | 173913617.62 3.8462   a billion keeps its øre
"""


@pytest.mark.parametrize(
    ("flow", "npv", "payback"),
    [(line.split("|")[0], *line.split("|")[1].split()[:2]) for line in VECTORS.strip().splitlines()[1:]],
)
def test_npv_and_payback_of_hand_worked_flows(flow, npv, payback):
    assert to_ore(net_present_value(amounts(flow), RATES)) == Decimal(npv)
    assert to_four(payback_years(amounts(flow))) == (None if payback == "-" else Decimal(payback))


def test_no_flow_has_no_value():
    assert net_present_value([], RATES) is None
    assert payback_years([]) is None


def test_benefit_cost_ratio_of_the_reference_and_without_costs():
    ratio = benefit_cost_ratio(amounts("0 30000x5"), amounts("100000 0x5"), RATES)
    assert to_four(ratio) == Decimal("1.3545")
    assert benefit_cost_ratio(amounts("0 30000"), amounts("0 0"), RATES) is None
    assert benefit_cost_ratio([], [], RATES) is None


def test_cost_per_outcome_needs_outcomes():
    assert cost_per_outcome(Decimal(100_000), 8) == 12_500
    assert cost_per_outcome(Decimal(100_000), 0) is None
    assert cost_per_outcome(None, 8) is None
    assert cost_per_outcome(Decimal(100_000), None) is None


# ----------------------------------------------------------------------------------------- light path


def test_light_path_with_a_cashable_gain():
    costs, gains = light_rows(Decimal(100_000), Decimal(0), Decimal(30_000), GainClass.BUDGET, 5)
    result = economy(costs, gains, RATES, 5)
    assert result is not None
    assert to_ore(result.npv) == to_ore(result.npv_all) == Decimal("35451.57")
    assert to_four(result.payback) == Decimal("3.3333")
    assert to_four(result.bcr) == Decimal("1.3545")
    assert not result.has_capacity


def test_light_path_with_freed_time_keeps_it_out_of_the_headline():
    costs, gains = light_rows(Decimal(100_000), Decimal(0), Decimal(30_000), GainClass.CAPACITY, 5)
    result = economy(costs, gains, RATES, 5)
    assert result is not None
    assert to_ore(result.npv) == Decimal("-100000.00")
    assert to_ore(result.npv_all) == Decimal("35451.57")
    assert result.payback is None
    assert to_four(result.payback_all) == Decimal("3.3333")
    assert result.bcr == 0
    assert to_four(result.bcr_all) == Decimal("1.3545")
    assert result.has_capacity


def test_running_costs_stand_on_the_cost_side_of_the_ratio():
    costs, gains = light_rows(Decimal(100_000), Decimal(5_000), Decimal(35_000), GainClass.REVENUE, 5)
    result = economy(costs, gains, RATES, 5)
    assert result is not None
    assert to_ore(result.npv) == Decimal("35451.57")
    assert to_four(result.bcr) == Decimal("1.2892")
    assert result.costs == 125_000


# ------------------------------------------------------------------------------------- yearly table


def three(low: int, likely: int, high: int) -> Amount:
    return Amount(Decimal(low), Decimal(likely), Decimal(high))


REFERENCE_COSTS = [Cost(0, three(80_000, 100_000, 120_000))]
REFERENCE_GAINS = [Gain(year, three(25_000, 30_000, 33_000), GainClass.BUDGET) for year in range(1, 6)]


def test_the_table_shows_every_year_and_its_sums_are_the_figures():
    costs = [Cost(0, certain(Decimal(250_000))), Cost(1, certain(Decimal(20_000)))]
    gains = [
        Gain(year, certain(Decimal(amount)), gain_class)
        for year in range(2, 6)
        for gain_class, amount in ((GainClass.CAPACITY, 54_000), (GainClass.BUDGET, 36_000))
    ]
    result = economy(costs, gains, RATES, 5)
    assert result is not None
    drawn = "\n".join(
        f"{line.year} {line.costs:>7} {line.budget:>6} {line.capacity:>6} {line.net:>8} {line.cumulative:>8} "
        f"{round(line.factor, 4)} {to_ore(line.discounted):>11} {line.net_all:>8} {line.cumulative_all:>8}"
        for line in result.table
    )
    assert drawn == (
        "0  250000      0      0  -250000  -250000 1.0000  -250000.00  -250000  -250000\n"
        "1   20000      0      0   -20000  -270000 0.9662   -19323.67   -20000  -270000\n"
        "2       0  36000  54000    36000  -234000 0.9335    33606.39    90000  -180000\n"
        "3       0  36000  54000    36000  -198000 0.9019    32469.94    90000   -90000\n"
        "4       0  36000  54000    36000  -162000 0.8714    31371.92    90000        0\n"
        "5       0  36000  54000    36000  -126000 0.8420    30311.03    90000    90000"
    )
    assert to_ore(result.npv) == Decimal("-141564.39")
    assert to_ore(result.npv_all) == Decimal("50074.52")
    assert (result.payback, to_four(result.payback_all)) == (None, 4)
    assert (result.gains_budget, result.gains_capacity, result.gains_revenue) == (144_000, 216_000, 0)


def test_what_lies_beyond_the_horizon_does_not_count():
    late = [*REFERENCE_GAINS, Gain(6, certain(Decimal(1_000_000)), GainClass.BUDGET)]
    assert economy(REFERENCE_COSTS, late, RATES, 5) == economy(REFERENCE_COSTS, REFERENCE_GAINS, RATES, 5)


def test_gains_not_in_money_and_rows_without_an_amount_do_not_count():
    silent = [
        Gain(1, certain(Decimal(99)), GainClass.NONMONEY),
        Gain(1, Amount(None, None, None), GainClass.BUDGET),
    ]
    assert economy([], silent, RATES, 5) is None
    assert economy([], [], RATES, 5) is None
    assert economy(REFERENCE_COSTS, silent, RATES, 5) == economy(REFERENCE_COSTS, [], RATES, 5)


# -------------------------------------------------------------------------------- scenarios, tornado


def test_scenarios_of_the_reference():
    found = scenarios(REFERENCE_COSTS, REFERENCE_GAINS, RATES, 5)
    assert [to_ore(one.npv) for one in (found.cautious, found.likely, found.optimistic)] == [
        Decimal("-7123.69"), Decimal("35451.57"), Decimal("68996.73"),
    ]  # fmt: skip


def test_tornado_of_the_reference_with_the_widest_bar_first():
    assert [(swing.what, to_ore(swing.cautious), to_ore(swing.optimistic)) for swing in
            tornado(REFERENCE_COSTS, REFERENCE_GAINS, RATES, 5)] == [
        ("cost", Decimal("15451.57"), Decimal("55451.57")),
        ("gain", Decimal("12876.31"), Decimal("48996.73")),
    ]  # fmt: skip


def test_one_estimate_alone_is_no_range():
    costs, gains = light_rows(Decimal(100_000), Decimal(0), Decimal(30_000), GainClass.BUDGET)
    three_ways = scenarios(costs, gains, RATES, 5)
    assert (three_ways.cautious, three_ways.optimistic) == (None, None)
    assert tornado(costs, gains, RATES, 5) == ()


def test_a_row_without_a_range_keeps_its_likely_amount_in_every_scenario():
    gains = [*REFERENCE_GAINS, Gain(1, certain(Decimal(1_000)), GainClass.REVENUE)]
    with_more = scenarios(REFERENCE_COSTS, gains, RATES, 5)
    without = scenarios(REFERENCE_COSTS, REFERENCE_GAINS, RATES, 5)
    assert with_more.cautious is not None
    assert without.cautious is not None
    assert to_ore(with_more.cautious.npv - without.cautious.npv) == Decimal("966.18")


def test_expected_stands_beside_realised_of_the_same_rows():
    gains = [
        Gain(1, Amount(None, Decimal(30_000), None, Decimal(25_000)), GainClass.BUDGET),
        Gain(2, Amount(None, Decimal(30_000), None, None), GainClass.BUDGET),
        Gain(1, Amount(None, Decimal(9), None, None), GainClass.CAPACITY),
    ]
    lines = {line.what: line for line in expected_and_realised([], gains)}
    assert list(lines) == ["budget", "capacity"]
    budget = lines["budget"]
    assert (budget.expected, budget.realised, budget.expected_of_realised) == (60_000, 25_000, 30_000)
    assert (budget.rows, budget.rows_realised) == (2, 1)
    assert lines["capacity"].realised is None


# --------------------------------------------------------------------------------- for all flows

amount = st.decimals(min_value=-10_000_000, max_value=10_000_000, places=2)
flows = st.lists(amount, min_size=1, max_size=40)


@given(flows, flows)
def test_npv_of_a_sum_is_the_sum_of_the_npvs(first, second):
    length = min(len(first), len(second))
    first, second = first[:length], second[:length]
    together = net_present_value([a + b for a, b in zip(first, second, strict=True)], RATES)
    apart = net_present_value(first, RATES) + net_present_value(second, RATES)
    assert abs(together - apart) < Decimal("1E-20")


@given(flows, st.integers(min_value=-50, max_value=50))
def test_npv_scales_with_the_amounts(flow, factor):
    scaled = net_present_value([amount * factor for amount in flow], RATES)
    assert abs(scaled - factor * net_present_value(flow, RATES)) < Decimal("1E-18")


@given(flows)
def test_without_a_rate_npv_is_the_plain_sum(flow):
    free = RateSet("free", {}, "", None, (RateBand(1, None, Decimal(0)),))
    assert net_present_value(flow, free) == sum(flow)


@given(
    st.decimals(min_value=1, max_value=1_000_000, places=2),
    st.lists(st.decimals(min_value=0, max_value=100_000, places=2), min_size=1, max_size=30),
    st.decimals(min_value=0, max_value=100_000, places=2),
)
def test_more_gain_never_pays_back_later(cost, gains, extra):
    before = payback_years([-cost, *gains])
    after = payback_years([-cost, *(gain + extra for gain in gains)])
    if before is not None:
        assert after is not None
        assert after <= before


@given(flows)
def test_payback_lies_in_the_year_the_sum_turns(flow):
    years = payback_years(flow)
    sums = [sum(flow[: year + 1]) for year in range(len(flow))]
    turns = [year for year in range(1, len(flow)) if sums[year - 1] < 0 <= sums[year]]
    if years is None:
        assert not turns
    else:
        assert turns[0] - 1 <= years <= turns[0]


@given(
    st.lists(st.tuples(st.integers(0, 10), amount), max_size=8),
    st.lists(st.tuples(st.integers(0, 10), amount, st.sampled_from(GainClass)), max_size=8),
)
def test_the_columns_of_the_table_add_up(cost_rows, gain_rows):
    costs = [Cost(year, certain(value)) for year, value in cost_rows]
    gains = [Gain(year, certain(value), gain_class) for year, value, gain_class in gain_rows]
    result = economy(costs, gains, RATES, 10)
    if result is None:
        assert not costs
        assert all(gain.gain_class is GainClass.NONMONEY for gain in gains)
        return
    tiny = Decimal("1E-18")
    assert abs(result.npv - sum(line.net * line.factor for line in result.table)) < tiny
    assert result.table[-1].cumulative == result.gains_budget + result.gains_revenue - result.costs
    assert all(line.net_all - line.net == line.capacity for line in result.table)
    assert abs(result.npv_all - result.npv - result.discounted_capacity) < tiny
