"""The chart of an economy: costs and gains by year, and when the money is earned back."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartKind,
    ChartMark,
    ChartSeries,
    footnotes,
    sentences,
)
from coi_desktop.models.decimals import ZERO, subtract, to_ore
from coi_desktop.models.economics import YearLine
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.text import format_money, format_percent, format_years
from coi_desktop.models.vocabulary import Vocabulary

#: A longer horizon than this is printed with a note.
FAR_HORIZON = 35


def cash_flow_chart(economy: EconomyFigures, subject: str, vocabulary: Vocabulary) -> ChartFigure | None:
    """Costs (below zero) and gains by year with the cumulative net, of the likely scenario; None without
    figures.

    ``subject`` is the id of the evaluation. Classes of gain without any amount have no series; the cumulative
    net with freed time is drawn where there is freed time.
    """
    table = economy.table
    if len(table) < FEWEST_VALUES:
        return None
    series = [ChartSeries("costs", _("Costs"), _column(table, lambda line: subtract(ZERO, line.costs)))]
    for key, values in (
        ("budget", tuple(line.budget for line in table)),
        ("revenue", tuple(line.revenue for line in table)),
        ("capacity", tuple(line.capacity for line in table)),
    ):
        if any(values):
            series.append(ChartSeries(key, vocabulary.label("benefit_class", key), values))
    series.append(
        ChartSeries("cumulative", _("Cumulative net"), _column(table, lambda line: line.cumulative))
    )
    if economy.shows_freed_time:
        series.append(
            ChartSeries(
                "cumulative_all",
                _("Cumulative net incl. freed time"),
                _column(table, lambda line: line.cumulative_all),
            )
        )
    return ChartFigure(
        kind=ChartKind.CASH_FLOW,
        subject=subject,
        title=payback_title(economy),
        category_title=_("Year"),
        unit=_("DKK"),
        categories=tuple(line.year for line in table),
        labels=("",) * len(table),
        series=tuple(series),
        marks=tuple(_paybacks(economy)),
        levels=(ChartMark("zero", "0", ZERO),),
        footnote=assumptions(economy, vocabulary),
        alt_text=sentences(
            [
                _("Column chart of costs and gains by year with the cumulative net as a line"),
                payback_title(economy),
                npv_words(economy),
                *(
                    _("Year {year}: net {net}, cumulative {cumulative}").format(
                        year=line.year, net=_money(line.net), cumulative=_money(line.cumulative)
                    )
                    for line in table
                ),
            ]
        ),
    )


def payback_title(economy: EconomyFigures) -> str:
    """When the money is earned back, with and without freed time where that makes a difference."""
    likely = economy.likely
    if likely is None:
        return _("The economy is not worked out")
    plain = _payback_words(economy.payback, economy, likely.is_covered_from_start)
    if not economy.shows_freed_time:
        return plain
    with_freed = economy.payback_incl_capacity
    if plain == _payback_words(with_freed, economy, likely.is_covered_from_start_all):
        return _("{said}, with and without freed time").format(said=plain)
    if with_freed is None:
        return plain
    return _("{said}; with freed time after {years}").format(
        said=plain, years=format_years(with_freed, current_language())
    )


def npv_words(economy: EconomyFigures) -> str:
    """The net present values in words: ``Nettonutidsværdi -141.564 kr.; inkl. frigjort tid 50.075 kr.``"""
    likely = economy.likely
    if likely is None:
        return ""
    plain = _("Net present value {amount}").format(amount=_money(economy.npv))
    if not economy.shows_freed_time:
        return plain
    return _("{said}; incl. freed time {amount}").format(said=plain, amount=_money(economy.npv_incl_capacity))


def assumptions(economy: EconomyFigures, vocabulary: Vocabulary) -> str:
    """What is always printed beside the figures: perspective, prices, horizon, discount rate, source."""
    language = current_language()
    rates = ", ".join(
        format_percent(band.rate * 100, language) + ("" if band.confirmed else " " + _("(not confirmed)"))
        for band in economy.rates.bands_until(economy.horizon)
    )
    perspective = economy.perspective
    return footnotes(
        [
            vocabulary.label("perspective", perspective) if perspective else _("Perspective not stated"),
            _("fixed prices {year}").format(year=economy.price_year)
            if economy.price_year is not None
            else _("fixed prices"),
            _("years 0–{horizon}").format(horizon=economy.horizon),
            far_horizon_words(economy),
            _("discount rate {rates} ({source})").format(rates=rates, source=economy.rates.name()),
        ]
    )


def far_horizon_words(economy: EconomyFigures) -> str:
    """A note on a horizon beyond the years a first rate is meant for; empty for shorter ones."""
    if economy.horizon <= FAR_HORIZON:
        return ""
    return _("longer than {years} years: very uncertain").format(years=FAR_HORIZON)


def _payback_words(years: Decimal | None, economy: EconomyFigures, is_covered: bool) -> str:
    if years is not None:
        return _("Earned back after {years}").format(years=format_years(years, current_language()))
    if is_covered:
        return _("Gains cover the costs from the start")
    return _("Not earned back within {years}").format(
        years=format_years(economy.horizon, current_language(), 0)
    )


def _paybacks(economy: EconomyFigures) -> list[ChartMark]:
    marks = []
    if economy.payback is not None:
        marks.append(ChartMark("payback", _("Earned back"), economy.payback))
    with_freed = economy.payback_incl_capacity
    if economy.shows_freed_time and with_freed is not None and with_freed != economy.payback:
        marks.append(ChartMark("payback_all", _("Earned back incl. freed time"), with_freed))
    return marks


def _column(table: tuple[YearLine, ...], of: Callable[[YearLine], Decimal]) -> tuple[Decimal, ...]:
    return tuple(of(line) for line in table)


def _money(amount: Decimal | None) -> str:
    return format_money(to_ore(amount), current_language(), 0)
