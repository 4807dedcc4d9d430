"""Traffic lights of an initiative: cost, time, benefits, risk, and the worst of them.

A measure that cannot be computed has no light (None, shown as a grey dash), never a green one. The limits are
data (``resources/catalogue/limits.toml``).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from coi_desktop.models.decimals import divide, subtract, total
from coi_desktop.models.figures_catalogue import LightLimits
from coi_desktop.models.records import Record


class Light(StrEnum):
    """A light; keys of the value list ``light``, best first."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"


#: A light is never shown by colour alone: its shape stands before its word.
LIGHT_SHAPES = {Light.GREEN: "●", Light.YELLOW: "▲", Light.RED: "■"}
NO_LIGHT = "–"


@dataclass(frozen=True, slots=True)
class Lights:
    """The lights of an initiative and the measures behind them; None where not computed.

    ``cost_overrun`` is a share of the baseline budget, ``days_late`` days against the original end (below 0:
    early), ``benefit_share`` the share realised of what was planned to date, ``risk_weight`` the highest
    probability × consequence.
    """

    cost: Light | None
    time: Light | None
    benefit: Light | None
    risk: Light | None
    cost_overrun: Decimal | None
    days_late: int | None
    benefit_share: Decimal | None
    risk_weight: int | None

    @property
    def overall(self) -> Light | None:
        """The worst of the lights there are; None when there is none."""
        return worst((self.cost, self.time, self.benefit, self.risk))


@dataclass(frozen=True, slots=True)
class DueBenefit:
    """A benefit in money: what was planned, what is realised (None: not reported), and when it is followed
    up.
    """

    planned: Decimal | None
    realised: Decimal | None
    follow_up: date | None


def worst(lights: Iterable[Light | None]) -> Light | None:
    """The worst of the lights that are there."""
    order = list(Light)
    known = [light for light in lights if light is not None]
    return max(known, key=order.index) if known else None


def cost_overrun(forecast: Decimal | None, baseline_budget: Decimal | None) -> Decimal | None:
    """(forecast − baseline budget) ÷ baseline budget; None without both, or with a budget of 0."""
    if forecast is None or baseline_budget is None or baseline_budget <= 0:
        return None
    return divide(subtract(forecast, baseline_budget), baseline_budget)


def benefit_share(benefits: Iterable[DueBenefit], today: date) -> Decimal | None:
    """Realised ÷ planned of the benefits whose follow-up date has come.

    None when nothing is due, or when a due benefit has no realised amount: what is not reported is not known.
    """
    due = [one for one in benefits if one.follow_up is not None and one.follow_up <= today]
    if not due:
        return None
    planned = [one.planned for one in due if one.planned is not None]
    realised = [one.realised for one in due if one.realised is not None]
    if len(planned) < len(due) or len(realised) < len(due) or total(planned) <= 0:
        return None
    return divide(total(realised), total(planned))


def risk_weight(risk: Record) -> int | None:
    """Probability × consequence, 1 to 25; None while one of them is not set."""
    probability, consequence = risk.text("probability"), risk.text("consequence")
    return int(probability) * int(consequence) if probability and consequence else None


def light_of_risk(weight: int | None, limits: LightLimits) -> Light | None:
    """The light of a risk of this weight; None for one that is not assessed."""
    if weight is None:
        return None
    if weight <= limits.risk_green_to:
        return Light.GREEN
    return Light.YELLOW if weight <= limits.risk_yellow_to else Light.RED


def lights_of(
    *,
    forecast: Decimal | None,
    baseline_budget: Decimal | None,
    forecast_end: date | None,
    baseline_end: date | None,
    benefits: Iterable[DueBenefit],
    risks: Iterable[int | None],
    today: date,
    limits: LightLimits,
) -> Lights:
    """The lights of an initiative. Money in DKK; section 8.5 of the portfolio rules.

    ``risks`` are the weights of its risks (see ``risk_weight``), None for one that is not assessed.
    """
    overrun = cost_overrun(forecast, baseline_budget)
    share = benefit_share(benefits, today)
    weight = max((one for one in risks if one is not None), default=None)
    return Lights(
        cost=_cost_light(overrun, limits),
        time=_time_light(forecast_end, baseline_end, limits),
        benefit=_benefit_light(share, limits),
        risk=light_of_risk(weight, limits),
        cost_overrun=overrun,
        days_late=(forecast_end - baseline_end).days if forecast_end and baseline_end else None,
        benefit_share=share,
        risk_weight=weight,
    )


def months_after(day: date, months: int) -> date:
    """The same day ``months`` later, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _cost_light(overrun: Decimal | None, limits: LightLimits) -> Light | None:
    if overrun is None:
        return None
    if overrun <= limits.cost_green_to:
        return Light.GREEN
    return Light.YELLOW if overrun <= limits.cost_yellow_to else Light.RED


def _time_light(forecast: date | None, baseline: date | None, limits: LightLimits) -> Light | None:
    if forecast is None or baseline is None:
        return None
    if forecast < months_after(baseline, limits.time_green_below):
        return Light.GREEN
    return Light.YELLOW if forecast <= months_after(baseline, limits.time_yellow_to) else Light.RED


def _benefit_light(share: Decimal | None, limits: LightLimits) -> Light | None:
    if share is None:
        return None
    if share >= limits.benefit_green_from:
        return Light.GREEN
    return Light.YELLOW if share >= limits.benefit_yellow_from else Light.RED
