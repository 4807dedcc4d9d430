"""Every derived number of an evaluation in one list, each with how it came about.

What cannot be computed is in the list too: its result is None and it says what is missing. Numbers of too few
people are in none of them, because the figures do not hold them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from coi_desktop.models.change_explanations import explain_change
from coi_desktop.models.change_intervals import ChangeInterval
from coi_desktop.models.economy_explanations import (
    explain_cost_per_outcome,
    explain_costs,
    explain_estimate,
    explain_npv,
    explain_payback,
    explain_ratio,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.explanations import (
    Explanation,
    explain_depth,
    explain_effect,
    explain_evidence,
    explain_mean_rating,
    explain_progress,
)
from coi_desktop.models.group_explanations import explain_group, explain_period
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.vocabulary import Vocabulary


class Section(StrEnum):
    """What a number is about."""

    INDICATORS = "indicators"
    EVIDENCE = "evidence"
    VALUE = "value"
    ECONOMY = "economy"


@dataclass(frozen=True, slots=True)
class Calculation:
    """One derived number. ``indicator_id`` is empty where it is about the whole evaluation; ``interval`` is
    there with a change.
    """

    section: Section
    explanation: Explanation
    indicator_id: str = ""
    interval: ChangeInterval | None = None


def calculations(
    figures: EvaluationFigures, changes: Mapping[str, ChangeInterval], vocabulary: Vocabulary
) -> tuple[Calculation, ...]:
    """The derived numbers of an evaluation: indicators first, then evidence, value and economy."""
    economy = [
        *(
            explain(figures, with_capacity=with_capacity)
            for explain in (explain_npv, explain_payback, explain_ratio)
            for with_capacity in (False, True)
        ),
        *(explain_estimate(figures, estimate) for estimate in ("cautious", "optimistic")),
        explain_costs(figures),
        explain_cost_per_outcome(figures),
    ]
    return (
        *(one for each in figures.indicators for one in _of_indicator(each, changes, vocabulary)),
        Calculation(Section.EVIDENCE, explain_evidence(figures, vocabulary)),
        Calculation(Section.EVIDENCE, explain_depth(figures, vocabulary)),
        Calculation(Section.VALUE, explain_mean_rating(figures, vocabulary)),
        *(Calculation(Section.ECONOMY, one) for one in economy),
    )


def _of_indicator(
    figures: IndicatorFigures, changes: Mapping[str, ChangeInterval], vocabulary: Vocabulary
) -> Iterator[Calculation]:
    indicator, change = figures.indicator, changes[figures.indicator.id]
    if indicator.measure == "sign":
        return
    yield Calculation(Section.INDICATORS, explain_progress(figures, vocabulary), indicator.id)
    yield Calculation(
        Section.INDICATORS, explain_change(figures, change, vocabulary), indicator.id, interval=change
    )
    yield Calculation(Section.INDICATORS, explain_effect(figures, vocabulary), indicator.id)
    period = explain_period(figures, vocabulary)
    if period is not None:
        yield Calculation(Section.INDICATORS, period, indicator.id)
    for group in figures.groups:
        if group.is_named:
            yield Calculation(Section.INDICATORS, explain_group(figures, group, vocabulary), indicator.id)
