"""Traffic lights: closed limits, and grey where nothing can be computed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.lights import (
    DueBenefit,
    Light,
    Lights,
    benefit_share,
    cost_overrun,
    lights_of,
    months_after,
    risk_weight,
    worst,
)
from coi_desktop.models.records import Record
from tests.models.evaluation_cases import TODAY, shipped_catalogue

LIMITS = shipped_catalogue().lights


def lights(**given_values) -> Lights:
    nothing = {
        "forecast": None, "baseline_budget": None, "forecast_end": None, "baseline_end": None, "benefits": [],
        "risks": [],
    }  # fmt: skip
    return lights_of(**(nothing | given_values), today=TODAY, limits=LIMITS)


@pytest.mark.parametrize(
    ("forecast", "budget", "light"),
    [
        ("90", "100", "green"),
        ("100", "100", "green"),
        ("100.01", "100", "yellow"),
        ("110", "100", "yellow"),
        ("110.01", "100", "red"),
        ("5", "0", None),
        (None, "100", None),
        ("100", None, None),
    ],
)
def test_cost_light(forecast, budget, light):
    found = lights(
        forecast=None if forecast is None else Decimal(forecast),
        baseline_budget=None if budget is None else Decimal(budget),
    )
    assert found.cost == light
    assert found.overall == light


@pytest.mark.parametrize(
    ("forecast", "light", "days"),
    [
        (date(2026, 6, 30), "green", 0), (date(2026, 1, 1), "green", -180), (date(2026, 7, 29), "green", 29),
        (date(2026, 7, 30), "yellow", 30), (date(2026, 9, 30), "yellow", 92), (date(2026, 10, 1), "red", 93),
        (None, None, None),
    ],
)  # fmt: skip
def test_time_light_counts_calendar_months(forecast, light, days):
    found = lights(forecast_end=forecast, baseline_end=date(2026, 6, 30))
    assert (found.time, found.days_late) == (light, days)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2027, 12, 31), 2) == date(2028, 2, 29)
    assert months_after(date(2026, 10, 31), 3) == date(2027, 1, 31)


def due(planned: int | None, realised: int | None, follow_up: date | None = TODAY) -> DueBenefit:
    return DueBenefit(
        None if planned is None else Decimal(planned),
        None if realised is None else Decimal(realised),
        follow_up,
    )


@pytest.mark.parametrize(
    ("benefits", "share", "light"),
    [
        ([due(100, 90)], "0.9", "green"),
        ([due(100, 89)], "0.89", "yellow"),
        ([due(100, 70)], "0.7", "yellow"),
        ([due(100, 69)], "0.69", "red"),
        ([due(100, 0)], "0", "red"),
        ([due(50, 50), due(50, 40)], "0.9", "green"),
        ([due(100, 100), due(100, 0, date(2027, 1, 1))], "1", "green"),
        ([due(100, 90), due(100, None)], None, None),
        ([due(None, 90)], None, None),
        ([due(100, 90, None)], None, None),
        ([], None, None),
    ],
)
def test_benefit_light_looks_at_what_is_due_and_known(benefits, share, light):
    found = lights(benefits=benefits)
    assert found.benefit_share == (None if share is None else Decimal(share))
    assert found.benefit == light


@pytest.mark.parametrize(
    ("risks", "weight", "light"),
    [
        ([1, 7], 7, "green"),
        ([8], 8, "yellow"),
        ([2, 14, None], 14, "yellow"),
        ([3, 15], 15, "red"),
        ([25], 25, "red"),
        ([None], None, None),
        ([], None, None),
    ],
)
def test_the_risk_light_is_that_of_the_heaviest_risk(risks, weight, light):
    found = lights(risks=risks)
    assert (found.risk_weight, found.risk) == (weight, light)
    assert found.overall == light


def test_a_risk_without_both_points_has_no_weight():
    assert risk_weight(Record("risk", "r", {"probability": "4", "consequence": "5"})) == 20
    assert risk_weight(Record("risk", "r", {"probability": "4", "consequence": None})) is None


def test_the_overall_light_is_the_worst_and_grey_without_any():
    assert worst([Light.GREEN, None, Light.RED, Light.YELLOW]) is Light.RED
    assert worst([Light.GREEN, None]) is Light.GREEN
    assert worst([None, None]) is None
    assert lights().overall is None


money = st.decimals(min_value=1, max_value=10**9, places=2)


@given(money, money, money)
def test_a_higher_forecast_never_gives_a_better_light(budget, first, second):
    cheap, dear = sorted((first, second))
    order = list(Light)
    assert order.index(lights(forecast=cheap, baseline_budget=budget).cost) <= order.index(
        lights(forecast=dear, baseline_budget=budget).cost
    )
    assert cost_overrun(budget, budget) == 0


@given(st.lists(st.tuples(money, money), min_size=1, max_size=5))
def test_everything_realised_as_planned_is_one(rows):
    planned = [DueBenefit(amount, amount, TODAY) for amount, _ in rows]
    assert benefit_share(planned, TODAY) == 1
