"""The charts of an economy in bars: what it turns on, what came of it, and its gains by class."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import (
    ChartFigure,
    ChartKind,
    ChartMark,
    ChartSeries,
    footnotes,
    sentences,
)
from coi_desktop.models.decimals import to_ore
from coi_desktop.models.economics import EconomyResult
from coi_desktop.models.economy_charts import assumptions, npv_words
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.gains_chart import COST, expected_and_realised, money_label, so_far
from coi_desktop.models.text import format_money
from coi_desktop.models.vocabulary import Vocabulary

_CLASSES = ("budget", "revenue", "capacity")


def economy_charts(economy: EconomyFigures, subject: str, words: Vocabulary) -> tuple[ChartFigure, ...]:
    """The charts in bars that have something to show; ``subject`` is the id of the evaluation."""
    found = (
        tornado_chart(economy, subject, words),
        realised_chart(economy, subject, words),
        gains_by_class_chart(economy, subject, words),
    )
    return tuple(one for one in found if one is not None)


def tornado_chart(economy: EconomyFigures, subject: str, words: Vocabulary) -> ChartFigure | None:
    """How far the net present value moves when costs alone and gains alone go from cautious to optimistic,
    the widest bar first; None where no amount has a range.
    """
    swings = economy.tornado
    if not swings or economy.npv is None:
        return None
    cautious, optimistic = (words.label("economy.scenario", key) for key in ("cautious", "optimistic"))
    names = {"gain": _("Gains"), "cost": _("Costs")}
    labels = tuple(
        _("{cautious} to {optimistic}").format(
            cautious=_money(swing.cautious), optimistic=_money(swing.optimistic)
        )
        for swing in swings
    )
    return ChartFigure(
        kind=ChartKind.TORNADO,
        subject=subject,
        title=_tornado_title([one for swing in swings for one in (swing.cautious, swing.optimistic)]),
        category_title=_("What changes"),
        unit=_("DKK"),
        categories=tuple(names[swing.what] for swing in swings),
        labels=labels,
        series=(
            ChartSeries("cautious", cautious, tuple(swing.cautious for swing in swings)),
            ChartSeries("optimistic", optimistic, tuple(swing.optimistic for swing in swings)),
        ),
        marks=(),
        levels=(ChartMark("likely", words.label("economy.scenario", "likely"), economy.npv),),
        footnote=footnotes(
            [
                _("net present value without freed time; one thing changes at a time"),
                assumptions(economy, words),
            ]
        ),
        alt_text=sentences(
            [
                _("Bar chart of the net present value, cautious to optimistic, costs and gains each alone"),
                npv_words(economy),
                *(f"{names[swing.what]}: {label}" for swing, label in zip(swings, labels, strict=True)),
            ]
        ),
    )


def realised_chart(economy: EconomyFigures, subject: str, words: Vocabulary) -> ChartFigure | None:
    """Expected beside realised, costs and each class of gain; None as long as nothing is realised."""
    lines = [line for line in economy.realised if line.expected is not None]
    if economy.source != "rows" or all(line.realised is None for line in lines):
        return None
    first = next(
        line for line in (*(one for one in lines if one.what != COST), *lines) if line.realised is not None
    )
    return ChartFigure(
        kind=ChartKind.REALISED,
        subject=subject,
        title=_("{kind}: {amounts} is realised").format(kind=money_label(first.what), amounts=so_far(first)),
        category_title=_("Kind"),
        unit=_("DKK"),
        categories=tuple(money_label(line.what) for line in lines),
        labels=tuple(so_far(line) for line in lines),
        series=expected_and_realised(lines),
        marks=(),
        levels=(),
        footnote=footnotes([_("kinds are not added up"), assumptions(economy, words)]),
        alt_text=sentences(
            [
                _("Bar chart of costs and gains, realised so far beside expected"),
                *(f"{money_label(line.what)}: {so_far(line)}" for line in lines),
            ]
        ),
    )


def gains_by_class_chart(economy: EconomyFigures, subject: str, words: Vocabulary) -> ChartFigure | None:
    """The gains of all years in parts by class, of each estimate there is; None with one class alone."""
    estimates = [
        (key, one)
        for key, one in (
            ("cautious", economy.scenarios.cautious),
            ("likely", economy.scenarios.likely),
            ("optimistic", economy.scenarios.optimistic),
        )
        if one is not None
    ]
    classes = [key for key in _CLASSES if any(_gains(one, key) for _key, one in estimates)]
    likely = economy.likely
    if len(classes) < 2 or likely is None:
        return None
    said = ", ".join(f"{money_label(key)} {_money(_gains(likely, key))}" for key in classes)
    return ChartFigure(
        kind=ChartKind.GAINS_BY_CLASS,
        subject=subject,
        title=_("Gains by class: {classes}").format(classes=said),
        category_title=_("Estimate"),
        unit=_("DKK"),
        categories=tuple(words.label("economy.scenario", key) for key, _one in estimates),
        labels=tuple("" for _one in estimates),
        series=tuple(
            ChartSeries(
                key, words.label("benefit_class", key), tuple(_gains(one, key) for _key, one in estimates)
            )
            for key in classes
        ),
        marks=(),
        levels=(),
        footnote=footnotes(
            [_("all years, not discounted; freed time is not money"), assumptions(economy, words)]
        ),
        alt_text=sentences([_("Bars of the gains in parts by class, one for each estimate"), said]),
    )


def _gains(result: EconomyResult, gain_class: str) -> Decimal:
    return {
        "budget": result.gains_budget,
        "revenue": result.gains_revenue,
        "capacity": result.gains_capacity,
    }[gain_class]


def _tornado_title(values: Sequence[Decimal]) -> str:
    if min(values) >= 0:
        return _("The net present value stays at 0 or more in every estimate")
    if max(values) < 0:
        return _("The net present value stays below 0 in every estimate")
    return _("The estimates decide whether the net present value is above or below 0")


def _money(amount: Decimal) -> str:
    return format_money(to_ore(amount), current_language(), 0)
