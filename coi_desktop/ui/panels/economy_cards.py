"""The economy of an evaluation in numbers, each of which tells how it came about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.decimals import to_ore
from coi_desktop.models.economy_explanations import (
    explain_cost_per_outcome,
    explain_costs,
    explain_estimate,
    explain_npv,
    explain_payback,
    explain_ratio,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.explanations import Explanation
from coi_desktop.models.key_figures import NOTHING, KeyFigure
from coi_desktop.models.text import format_money, format_number, format_years
from coi_desktop.ui.panels.figure_card import FigureCard
from coi_desktop.ui.theme import Looks

_COLUMNS = 2


KEYS = ("npv", "cautious", "optimistic", "npv_all", "payback", "bcr", "costs", "cost_per_outcome")


def economy_key_figures(figures: EvaluationFigures) -> tuple[KeyFigure, ...]:
    """The figures there are, in the order of ``KEYS``: the outer estimates only where an amount has a range,
    freed time only where it was asked for, the cost per outcome where there are outcomes. A dash stands where
    one cannot be computed.
    """
    economy, language = figures.economy, current_language()
    years = _("over {years} years").format(years=economy.horizon)

    def money(amount: Decimal | None) -> str:
        return format_money(to_ore(amount), language, 0) or NOTHING

    def figure(key: str, label: str, value: str, beside: str) -> KeyFigure:
        return KeyFigure(key, label, value or NOTHING, beside, "", _EXPLAIN[key](figures))

    ratio = format_number(round(economy.bcr, 2), language) if economy.bcr is not None else ""
    found = [figure("npv", _("Net present value"), money(economy.npv), years)]
    cautious, optimistic = economy.scenarios.cautious, economy.scenarios.optimistic
    if cautious is not None and optimistic is not None:
        high, low = _("high costs, low gains"), _("low costs, high gains")
        found.append(figure("cautious", _("Cautious estimate"), money(cautious.npv), high))
        found.append(figure("optimistic", _("Optimistic estimate"), money(optimistic.npv), low))
    if economy.shows_freed_time:
        found.append(figure("npv_all", _("With freed time"), money(economy.npv_incl_capacity), years))
    payback, without = format_years(economy.payback, language), _("without freed time")
    found.append(figure("payback", _("Earned back"), payback, without))
    found.append(figure("bcr", _("Gains for each krone"), ratio, without))
    costs = economy.likely.costs if economy.likely is not None else None
    found.append(figure("costs", _("Costs in all"), money(costs), years))
    if economy.cost_per_outcome is not None:
        label = _("Cost per {outcome}").format(outcome=economy.outcome_name or _("outcome"))
        count = format_number(economy.outcomes, language)
        beside = _("{count} in all").format(count=count)
        found.append(figure("cost_per_outcome", label, money(economy.cost_per_outcome), beside))
    return tuple(found)


_EXPLAIN: Mapping[str, Callable[[EvaluationFigures], Explanation]] = {
    "npv": explain_npv,
    "cautious": lambda figures: explain_estimate(figures, "cautious"),
    "optimistic": lambda figures: explain_estimate(figures, "optimistic"),
    "npv_all": lambda figures: explain_npv(figures, with_capacity=True),
    "payback": explain_payback,
    "bcr": explain_ratio,
    "costs": explain_costs,
    "cost_per_outcome": explain_cost_per_outcome,
}


class EconomyCards(QWidget):
    """The figures as cards, those that say something."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self.cards = {key: FigureCard(looks) for key in KEYS}
        self._shown: tuple[str, ...] = KEYS
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._columns = 0
        self._place(_COLUMNS)

    def minimumSizeHint(self) -> QSize:
        """One card must fit; where two do not, they stand below each other."""
        side = max(card.minimumWidth() for card in self.cards.values())
        return QSize(side, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two beside each other where there is room."""
        super().resizeEvent(event)
        side = max(card.minimumWidth() for card in self.cards.values())
        self._place(_COLUMNS if self.width() >= _COLUMNS * side + self._grid.spacing() else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for card in self.cards.values():
            self._grid.removeWidget(card)
        for place, key in enumerate(self._shown):
            self._grid.addWidget(self.cards[key], place // columns, place % columns)

    def show_figures(self, figures: EvaluationFigures) -> None:
        """Show the economy of an evaluation."""
        found = {figure.key: figure for figure in economy_key_figures(figures)}
        if tuple(found) != self._shown:
            self._shown = tuple(found)
            columns, self._columns = self._columns, 0
            self._place(columns)
        for key, card in self.cards.items():
            card.setVisible(key in found)
            if key in found:
                card.show_figure(found[key])
