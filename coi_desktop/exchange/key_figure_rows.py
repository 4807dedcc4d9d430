"""The key figures of a portfolio, line by line, with the national figure beside where there is one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.exchange.initiative_rows import realised_lines
from coi_desktop.i18n import _
from coi_desktop.models.figures_catalogue import NationalFigure
from coi_desktop.models.portfolio_figures import CrossTable, PortfolioTotals, ShareFigure
from coi_desktop.models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class KeyFigureLine:
    """A count, with its base, share and the national figure beside where there is one."""

    name: str
    count: int
    base: int | None
    share: Decimal | None
    national: NationalFigure | None
    has_national: bool

    @property
    def no_share(self) -> str | None:
        """What stands where a share has no base."""
        return _("no base") if self.base == 0 else None

    @property
    def no_national(self) -> str | None:
        """What stands where nothing is published."""
        return _("no published figure") if self.has_national else None

    @property
    def edition(self) -> str | None:
        """Edition and period of the national figure."""
        if self.national is None:
            return None
        return _("edition {number}, {period}").format(
            number=self.national.edition, period=self.national.period
        )


@dataclass(frozen=True, slots=True)
class AmountLine:
    """A sum over the portfolio: expected beside realised, and how much it rests on."""

    name: str
    expected: Decimal | None
    realised: Decimal | None
    unit: str
    basis: int | None
    of_what: str
    unknown: str | None


def key_figure_lines(portfolio: PortfolioTotals, words: Vocabulary) -> list[KeyFigureLine]:
    """The counts of the overview: all, started, being spread, stopped, reused, evaluated."""
    plain = (
        (_("Initiatives in all"), portfolio.count, None),
        (_("Started"), portfolio.started, None),
        (_("Being spread"), portfolio.spreading, None),
        (_("Stopped"), portfolio.stopped, None),
        (_("– of these with a lesson written down"), portfolio.stopped_with_lesson, portfolio.stopped),
    )
    found = [KeyFigureLine(name, count, base, None, None, False) for name, count, base in plain]
    found.append(_share_line(_("Inspired by or copied from others"), portfolio.reuse))
    return found + share_lines(portfolio, words)


def share_lines(portfolio: PortfolioTotals, words: Vocabulary) -> list[KeyFigureLine]:
    """The shares evaluated, under way, planned and none."""
    return [
        _share_line(words.label("evaluation.share", share), figure)
        for share, figure in portfolio.shares.items()
    ]


def _share_line(name: str, figure: ShareFigure) -> KeyFigureLine:
    return KeyFigureLine(name, figure.count, figure.base, figure.share, figure.national, True)


def amount_lines(portfolio: PortfolioTotals, words: Vocabulary) -> list[AmountLine]:
    """Sums over the portfolio; a sum that rests on nothing is left out."""
    economy, dkk = portfolio.economy, _("DKK")
    lines = _("lines with an amount")
    found = [
        AmountLine(
            one.name, one.figures.expected, one.figures.realised, dkk, one.figures.rows, lines, one.unknown
        )
        for one in realised_lines(economy.lines, words)
    ]
    initiatives = _("initiatives with an economy")
    if economy.npv is not None:
        name = _("Net present value")
        found.append(AmountLine(name, economy.npv, None, dkk, economy.computed, initiatives, None))
        name = _("Net present value incl. freed time")
        found.append(
            AmountLine(name, economy.npv_incl_capacity, None, dkk, economy.computed, initiatives, None)
        )
    if economy.hours_planned is not None:
        found.append(AmountLine(_("Freed time"), economy.hours_planned, None, _("hours"), None, "", None))
    return found


def cross_rows(table: CrossTable, list_name: str, words: Vocabulary) -> list[tuple[str, tuple[int, ...]]]:
    """The rows of a cross table: name and counts."""
    return [
        (label_of(words, list_name, row), tuple(table.count(row, column) for column in table.columns))
        for row in table.rows
    ]


def label_of(words: Vocabulary, list_name: str, key: str) -> str:
    """The words of a key; what is not filled in says so."""
    return words.label(list_name, key) if key else _("Not filled in")
