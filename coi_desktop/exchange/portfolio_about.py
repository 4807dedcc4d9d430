"""What the last sheet of the portfolio's workbook tells: what is missing, and where figures come from."""

from __future__ import annotations

from collections.abc import Callable

from coi_desktop.exchange.initiative_rows import day_text
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.figures_catalogue import FiguresCatalogue
from coi_desktop.models.portfolio_figures import InitiativeFigures, PortfolioFigures
from coi_desktop.models.text import format_number, format_percent
from coi_desktop.models.vocabulary import Vocabulary

Pairs = list[tuple[str, str]]


def missing_figures(portfolio: PortfolioFigures) -> Pairs:
    """What could not be computed, and for how many initiatives."""
    found = []
    for what, is_missing in (
        (_("Evaluation"), lambda row: row.evaluation is None),
        (_("Evaluation without any measurement"), _is_unmeasured),
        (
            _("Net present value"),
            lambda row: row.evaluation is None or row.evaluation.economy.npv is None,
        ),
        (_("Cost light"), lambda row: row.lights.cost is None),
        (_("Time light"), lambda row: row.lights.time is None),
        (_("Benefits light"), lambda row: row.lights.benefit is None),
        (_("Risk light"), lambda row: row.lights.risk is None),
        (_("Novelty"), lambda row: not row.initiative.text("novelty")),
    ):
        count = _count(portfolio, is_missing)
        if count:
            said = ngettext(
                "missing for {count} of {all} initiatives", "missing for {count} of {all} initiatives", count
            )
            found.append((what, said.format(count=count, all=portfolio.count)))
    return found


def portfolio_sources(catalogue: FiguresCatalogue, words: Vocabulary) -> Pairs:
    """The national figures, each by name, and the discount rate with their sources."""
    language = current_language()
    found = []
    for one in catalogue.national.values():
        share = format_percent(100 * one.share, language)
        people = format_number(one.n, language)
        named = one.key in words.keys("evaluation.share")
        what = words.label("evaluation.share", one.key) if named else _("Inspired by or copied from others")
        said = _("{what}: {share} · edition {edition}, {period} · n = {n} workplaces, all public sectors")
        text = said.format(what=what, share=share, edition=one.edition, period=one.period, n=people)
        found.append((one.source, text))
    rates = catalogue.default_rates
    dated = f"{rates.source}, {day_text(rates.date)}" if rates.date is not None else rates.source
    found.append((_("Discount rate"), dated))
    return found


def _is_unmeasured(row: InitiativeFigures) -> bool:
    evaluation = row.evaluation
    return evaluation is not None and not any(one.is_measured for one in evaluation.indicators)


def _count(portfolio: PortfolioFigures, is_missing: Callable[[InitiativeFigures], bool]) -> int:
    return sum(1 for row in portfolio.initiatives if is_missing(row))
