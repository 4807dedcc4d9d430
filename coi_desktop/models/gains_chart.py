"""The portfolio's chart of costs and gains: what is realised so far beside what is expected."""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartKind,
    ChartSeries,
    footnotes,
    sentences,
    shown_day,
)
from coi_desktop.models.portfolio_figures import PortfolioTotals
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.text import format_money, format_number

COST = "cost"


def money_label(what: str) -> str:
    """What a line of costs or gains is called in short: ``cost`` or a class of gain in DKK."""
    return {
        COST: _("Costs"),
        "budget": _("Budget gains"),
        "revenue": _("Revenue"),
        "capacity": _("Freed time in DKK"),
    }[what]


def expected_and_realised(lines: Sequence[Realisation]) -> tuple[ChartSeries, ChartSeries]:
    """What is expected, and beside it what is realised so far, in DKK."""
    return (
        ChartSeries("expected", _("Expected"), tuple(line.expected for line in lines)),
        ChartSeries("realised", _("Realised so far"), tuple(line.realised for line in lines)),
    )


def gains_chart(portfolio: PortfolioTotals) -> ChartFigure | None:
    """Expected and realised amounts by kind; None without a gain, or with one number alone.

    Kinds are never added up: freed time is not money.
    """
    lines = [line for line in portfolio.economy.lines if line.expected is not None]
    values = [value for line in lines for value in (line.expected, line.realised) if value is not None]
    if len(values) < FEWEST_VALUES or all(line.what == COST for line in lines):
        return None
    rows = sum(line.rows for line in lines)
    return ChartFigure(
        kind=ChartKind.PORTFOLIO_GAINS,
        subject="",
        title=_title(lines),
        category_title=_("Kind"),
        unit=_("DKK"),
        categories=tuple(money_label(line.what) for line in lines),
        labels=tuple(so_far(line) for line in lines),
        series=expected_and_realised(lines),
        marks=(),
        levels=(),
        footnote=footnotes(
            [
                ngettext("{count} line with an amount", "{count} lines with an amount", rows).format(
                    count=format_number(rows, current_language())
                ),
                _("kinds are not added up"),
                shown_day(portfolio.day),
            ]
        ),
        alt_text=sentences(
            [
                _("Bar chart of costs and gains, realised so far beside expected"),
                *(f"{money_label(line.what)}: {so_far(line)}" for line in lines),
            ]
        ),
    )


def _title(lines: list[Realisation]) -> str:
    """The first kind of gain that anything is realised of; without any the chart says just that."""
    for line in lines:
        if line.what != COST and line.realised is not None:
            return _("{kind}: {amounts} is realised").format(
                kind=money_label(line.what), amounts=so_far(line)
            )
    return _("No gain is realised yet")


def so_far(line: Realisation) -> str:
    """``35.000 of DKK 144.000``, or ``nothing of DKK 144.000`` while nothing is settled."""
    language = current_language()
    expected = format_money(line.expected, language, 0)
    if line.realised is None:
        return _("nothing yet of {expected}").format(expected=expected)
    return _("{realised} of {expected}").format(
        realised=format_number(line.realised, language, 0), expected=expected
    )
