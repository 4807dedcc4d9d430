"""The economy of an evaluation in four numbers, each of which tells how it came about."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.economy_explanations import explain_npv, explain_payback, explain_ratio
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.key_figures import NOTHING, KeyFigure
from coi_desktop.models.text import format_money, format_number, format_years
from coi_desktop.ui.panels.figure_card import FigureCard
from coi_desktop.ui.theme import Looks

_COLUMNS = 2


def economy_key_figures(figures: EvaluationFigures) -> tuple[KeyFigure, ...]:
    """Net present value, the same with freed time counted in, payback, benefits for costs; a dash where one
    cannot be computed.
    """
    economy, language = figures.economy, current_language()
    years = _("over {years} years").format(years=economy.horizon)

    def money(amount: Decimal | None) -> str:
        return format_money(amount, language, 0) or NOTHING

    def figure(key: str, label: str, value: str, beside: str) -> KeyFigure:
        return KeyFigure(key, label, value or NOTHING, beside, "", _EXPLAIN[key](figures))

    ratio = format_number(round(economy.bcr, 2), language) if economy.bcr is not None else ""
    return (
        figure("npv", _("Net present value"), money(economy.npv), years),
        figure("npv_all", _("With freed time"), money(economy.npv_incl_capacity), years),
        figure("payback", _("Earned back"), format_years(economy.payback, language), _("without freed time")),
        figure("bcr", _("Gains for each krone"), ratio, _("without freed time")),
    )


_EXPLAIN = {
    "npv": explain_npv,
    "npv_all": lambda figures: explain_npv(figures, with_capacity=True),
    "payback": explain_payback,
    "bcr": explain_ratio,
}


class EconomyCards(QWidget):
    """The four numbers as cards, or those of them that are asked for."""

    def __init__(self, looks: Looks, keys: Sequence[str] = ("npv", "npv_all", "payback", "bcr")) -> None:
        super().__init__()
        self.cards = {key: FigureCard(looks) for key in keys}
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
        for place, card in enumerate(self.cards.values()):
            self._grid.removeWidget(card)
            self._grid.addWidget(card, place // columns, place % columns)

    def show_figures(self, figures: EvaluationFigures) -> None:
        """Show the economy of an evaluation."""
        for figure in economy_key_figures(figures):
            if figure.key in self.cards:
                self.cards[figure.key].show_figure(figure)
