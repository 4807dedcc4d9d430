"""How the figures of a period and of a group came about."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import unit_of
from coi_desktop.models.dates import format_date
from coi_desktop.models.explanations import Explanation, Fact
from coi_desktop.models.group_figures import GroupFigures
from coi_desktop.models.indicators import IndicatorFigures, Status, is_follow_up
from coi_desktop.models.summing import Summing
from coi_desktop.models.vocabulary import Vocabulary

_FORMULAS = {Summing.ADD: "Σ a", Summing.AVERAGE: "Σ a ÷ k", Summing.RATIO: "Σ (a · n) ÷ Σ n"}


def explain_period(figures: IndicatorFigures, vocabulary: Vocabulary) -> Explanation | None:
    """What the measurements since the baseline come to; None where they are not put together."""
    period, indicator = figures.period, figures.indicator
    if period is None or period.summing not in _FORMULAS:
        return None
    unit, facts = unit_of(indicator), []
    for point in figures.points:
        if not period.suppressed and is_follow_up(indicator, point):
            facts.append(
                Fact(
                    "a",
                    format_date(point.day, current_language()) or _("measurement"),
                    point.value,
                    unit=unit,
                )
            )
            if period.summing is Summing.RATIO:
                facts.append(Fact("n", _("answers"), point.n))
    return Explanation(
        key="period",
        title=_("{name} over the whole period").format(name=indicator.name),
        formula=_FORMULAS[period.summing],
        facts=(*facts, Fact("k", _("measurements"), period.count)),
        result=Fact("", vocabulary.label("summing", period.summing), period.value, unit=unit),
        day=period.last,
        notes=_too_few(vocabulary) if period.suppressed else (),
        missing=() if period.value is not None or period.suppressed else (_("the number behind each value"),),
    )


def explain_group(figures: IndicatorFigures, group: GroupFigures, vocabulary: Vocabulary) -> Explanation:
    """The change of one group from its first to its latest measurement."""
    unit = unit_of(figures.indicator)
    is_hidden = group.first.suppressed or group.latest.suppressed
    is_measured_twice = group.first is not group.latest
    name = group.name if group.is_named else _("without a group")
    return Explanation(
        key="group_change",
        title=_("Change of {name}: {group}").format(name=figures.indicator.name, group=name),
        formula="a − b",
        facts=(
            Fact("b", _("first measurement"), group.first.value, unit=unit),
            Fact("a", _("latest measurement"), group.latest.value if is_measured_twice else None, unit=unit),
        ),
        result=Fact("", _("change"), group.change, unit=unit),
        day=group.latest.day,
        notes=_too_few(vocabulary) if is_hidden else (),
        missing=() if is_hidden or is_measured_twice else (_("a later measurement"),),
    )


def _too_few(vocabulary: Vocabulary) -> tuple[str, ...]:
    return (vocabulary.label("indicator.status", Status.TOO_FEW),)
