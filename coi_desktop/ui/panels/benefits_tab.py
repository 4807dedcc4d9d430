"""The tab Benefits: the economy in four numbers, gains by class, cash flow, each benefit with its owner."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.models.economy_charts import assumptions
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_money
from coi_desktop.operations.charts import find_evaluation_charts
from coi_desktop.operations.evaluations import LoadedEvaluation, find_evaluations, load_evaluation
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.panels.chart_picture import ChartPictures
from coi_desktop.ui.panels.economy_cards import EconomyCards
from coi_desktop.ui.panels.readable_table import ReadableTable
from coi_desktop.ui.panels.reading_tab import ReadingTab
from coi_desktop.ui.plain import PlainLabel

_BENEFIT_COLUMNS = ("text", "class", "year", "likely", "realised", "owner_role", "follow_up")


class BenefitsTab(ReadingTab):
    """What the newest evaluation with an economy says, and all benefits of the initiative."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.cards = EconomyCards(desk.looks)
        self.source = PlainLabel(tone="muted", wrap=True)
        self._classes_heading = PlainLabel(_("Expected and realised"), rank="section")
        self.classes = ReadableTable(
            _("Expected and realised"), [_("What"), _("Expected"), _("Realised")], [], fits=True
        )
        fields = record_type("benefit").by_name
        self._benefits_heading = PlainLabel(_("Benefits"), rank="section")
        self.benefits = ReadableTable(
            _("Benefits"), [fields[name].label() for name in _BENEFIT_COLUMNS], [165, 130, 45, 125, 110, 110]
        )
        self.charts = ChartPictures(desk)
        self.lay_out(
            (
                self.cards,
                self.source,
                self._classes_heading,
                self.classes,
                self.charts,
                self._benefits_heading,
                self.benefits,
            )
        )

    def read(self) -> None:
        """The economy of the newest evaluation that has one, and the benefits."""
        register = self._desk.register
        found = (load_evaluation(register, one.id) for one in find_evaluations(register, self._initiative))
        loaded = next((one for one in found if one.figures.economy.likely is not None), None)
        for part in (self.cards, self.source, self._classes_heading, self.classes, self.charts):
            part.setVisible(loaded is not None)
        if loaded is not None:
            self._show_economy(loaded)
        rows = [_benefit(row) for row in register.children("benefit", self._initiative)]
        self.benefits.show_rows(rows)
        for part in (self._benefits_heading, self.benefits):
            part.setVisible(bool(rows))

    def _show_economy(self, loaded: LoadedEvaluation) -> None:
        figures = loaded.figures
        self.cards.show_figures(figures)
        self.source.setText(_source(figures, loaded.evaluation.text("title")))
        self.classes.show_rows([_realisation(one) for one in figures.economy.realised])
        charts = find_evaluation_charts(loaded.snapshot, figures)
        self.charts.show_figures([one for one in charts if one.kind is ChartKind.CASH_FLOW])


def _source(figures: EvaluationFigures, title: str) -> str:
    parts = [title]
    if figures.economy.source == "light":
        parts.append(_("from the three numbers of the light evaluation"))
    parts.append(assumptions(figures.economy, vocabulary()))
    return " · ".join(part for part in parts if part)


def _realisation(one: Realisation) -> TextRow:
    language = current_language()
    name = _("Costs") if one.what == "cost" else vocabulary().label("benefit_class", one.what)
    amounts = (format_money(amount, language, 0) or "–" for amount in (one.expected, one.realised))
    return TextRow(one.what, (name, *amounts))


def _benefit(record: Record) -> TextRow:
    fields, words = record_type("benefit").by_name, vocabulary()
    return TextRow(
        record.id, tuple(show_value(fields[name], record[name], words) for name in _BENEFIT_COLUMNS)
    )
