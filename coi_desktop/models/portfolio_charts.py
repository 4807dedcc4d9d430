"""The charts of the portfolio: initiatives by phase and status."""

from __future__ import annotations

from decimal import Decimal

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartKind,
    ChartSeries,
    footnotes,
    sentences,
    shown_day,
)
from coi_desktop.models.portfolio_figures import CrossTable, PortfolioTotals
from coi_desktop.models.vocabulary import Vocabulary


def portfolio_chart(portfolio: PortfolioTotals, vocabulary: Vocabulary) -> ChartFigure | None:
    """Initiatives by phase (bars) and status (parts of a bar); None for fewer than two initiatives."""
    if portfolio.count < FEWEST_VALUES:
        return None
    table = portfolio.phase_by_status
    statuses = [status for status in table.columns if table.column_total(status)]
    phases = tuple(_label(vocabulary, "initiative.phase", phase) for phase in table.rows)
    series = tuple(
        ChartSeries(
            status or "none",
            _label(vocabulary, "initiative.status", status),
            tuple(Decimal(table.count(phase, status)) for phase in table.rows),
        )
        for status in statuses
    )
    return ChartFigure(
        kind=ChartKind.PORTFOLIO,
        subject="",
        title=_title(table, portfolio.count, vocabulary),
        category_title=_("Phase"),
        unit=_("initiatives"),
        categories=phases,
        labels=("",) * len(phases),
        series=series,
        marks=(),
        levels=(),
        footnote=footnotes(
            [
                ngettext("{count} initiative", "{count} initiatives", portfolio.count).format(
                    count=portfolio.count
                ),
                shown_day(portfolio.day),
            ]
        ),
        alt_text=sentences(
            [
                _("Stacked bar chart of initiatives by phase and status"),
                *(_row_words(table, phase, vocabulary) for phase in table.rows if table.row_total(phase)),
            ]
        ),
    )


def _title(table: CrossTable, count: int, vocabulary: Vocabulary) -> str:
    """Where most initiatives stand; with several phases alike, the earliest of them."""
    most = max(table.rows, key=table.row_total)
    return _("{most} of {count} initiatives are in the phase {phase}").format(
        most=table.row_total(most), count=count, phase=_label(vocabulary, "initiative.phase", most)
    )


def _row_words(table: CrossTable, phase: str, vocabulary: Vocabulary) -> str:
    parts = [
        f"{_label(vocabulary, 'initiative.status', status)} {table.count(phase, status)}"
        for status in table.columns
        if table.count(phase, status)
    ]
    return f"{_label(vocabulary, 'initiative.phase', phase)}: {', '.join(parts)}"


def _label(vocabulary: Vocabulary, list_name: str, key: str) -> str:
    return vocabulary.label(list_name, key) if key else _("Not filled in")
