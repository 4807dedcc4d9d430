"""The economy as the answers stand: figures that explain themselves, what they rest on, and the charts."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.economy_charts import assumptions
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.text import format_money
from coi_desktop.operations.charts import find_economy_charts
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.panels.chart_picture import ChartPictures
from coi_desktop.ui.panels.economy_cards import EconomyCards
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.walk import Walk


class EconomyNow(Extra):
    """Cards and assumptions, or what is still needed for them; freed time that is not counted is told."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.label = PlainLabel(tone="muted", wrap=True)
        self.cards = EconomyCards(desk.looks)
        self.freed = PlainLabel(wrap=True)
        self.basis = PlainLabel(tone="muted", wrap=True)
        self.column.addSpacing(10)
        self.heading = PlainLabel(_("As the numbers stand now"), rank="section")
        for part in (self.heading, self.label, self.cards, self.freed, self.basis):
            self.column.addWidget(part)

    @property
    def is_wanted(self) -> bool:
        """Whether the figures stand here and not beside another question."""
        raise NotImplementedError

    def show_walk(self) -> None:
        """The figures, or what is still needed for them."""
        self.setVisible(self.is_wanted)
        if not self.is_wanted:
            return
        figures = self.walk.loaded.figures
        economy = figures.economy
        fields = record_type("econ_setting").by_name
        needed = ", ".join(
            _("“{text}”").format(text=fields[name].label()) for name in economy.missing if name in fields
        )
        has_figures = economy.likely is not None
        self.label.setText(_("Worked out when this is filled in: {fields}").format(fields=needed))
        self.label.setVisible(not has_figures and bool(needed))
        self.heading.setVisible(has_figures)
        self.cards.setVisible(has_figures)
        self.freed.setText(_freed_time(economy))
        self.freed.setVisible(bool(self.freed.text()))
        self.basis.setText(assumptions(economy, self.desk.words))
        self.basis.setVisible(has_figures)
        if has_figures:
            self.cards.show_figures(figures)


class FiguresOfThreeNumbers(EconomyNow):
    """Beside the three numbers, as long as they count."""

    @property
    def is_wanted(self) -> bool:
        """As long as there are no rows."""
        return self.walk.loaded.figures.economy.source != "rows"


class FiguresOfHiddenRows(EconomyNow):
    """At light depth, where the rows that count are folded away."""

    @property
    def is_wanted(self) -> bool:
        """Where there are rows at light depth."""
        loaded = self.walk.loaded
        is_light = self.walk.walkthrough.depth == loaded.guide.depths[0]
        return is_light and loaded.figures.economy.source == "rows"


class FiguresOfRows(EconomyNow):
    """Below the tables of costs and benefits, with the charts."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.charts = ChartPictures(desk)
        self.column.addSpacing(8)
        self.column.addWidget(self.charts)

    @property
    def is_wanted(self) -> bool:
        """Where rows count and the tables are on the screen by themselves."""
        loaded = self.walk.loaded
        is_light = self.walk.walkthrough.depth == loaded.guide.depths[0]
        return not is_light and loaded.figures.economy.source == "rows"

    def show_walk(self) -> None:
        """The figures, and the charts that have something to show."""
        super().show_walk()
        if self.is_wanted:
            self.charts.show_figures(find_economy_charts(self.walk.loaded.figures, self.desk.words))


def _freed_time(economy: EconomyFigures) -> str:
    likely = economy.likely
    if likely is None or not likely.has_capacity or economy.shows_freed_time:
        return ""
    amount = format_money(likely.gains_capacity, current_language(), 0)
    return _("Freed time worth {amount} stands beside and is not counted.").format(amount=amount)
