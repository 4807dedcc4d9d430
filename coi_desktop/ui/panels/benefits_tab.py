"""The tab Benefits: the economy in four numbers, gains by class, cash flow, each benefit with its owner."""

from __future__ import annotations

from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ECONOMY_CHARTS
from coi_desktop.models.economy_charts import assumptions
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_money
from coi_desktop.operations.charts import find_evaluation_charts
from coi_desktop.operations.evaluations import LoadedEvaluation, find_evaluations, load_evaluation
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.related_rows import RelatedRows, refused_by
from coi_desktop.ui.itemmodels.plan_model import TextRow
from coi_desktop.ui.itemmodels.rows_model import RowsModel
from coi_desktop.ui.panels.chart_picture import ChartPictures
from coi_desktop.ui.panels.economy_cards import EconomyCards
from coi_desktop.ui.panels.readable_table import ReadableTable
from coi_desktop.ui.panels.reading_tab import ReadingTab
from coi_desktop.ui.plain import PlainLabel

_COLUMNS = ("text", "year", "likely", "realised")
_LINES = (
    ("text",),
    ("class",),
    ("kind", "year"),
    ("low", "likely"),
    ("high", "realised"),
    ("recurs", "until_year"),
    ("hours", "rate"),
    ("rate_source",),
    ("owner_role", "follow_up"),
    ("how_measured",),
    ("precondition", "certainty"),
)


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
        words = words_of(desk.register)
        self.benefits = RelatedRows(
            desk,
            RowsModel(desk.register, words, "benefit", _COLUMNS, refused_by(desk, "benefit")),
            _LINES,
            _("Benefits"),
            _("A benefit is what gets better, by how much, whose it is, and when it is followed up."),
            wide="text",
            remark=self._remark,
        )
        self.charts = ChartPictures(desk)
        self.lay_out(
            (
                self.cards,
                self.source,
                self.benefits,
                self._classes_heading,
                self.classes,
                self.charts,
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
        self.benefits.refresh()

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on."""
        self.benefits.show_owner(record_id)
        super().show_record(record_id)

    def flush(self) -> bool:
        """Write what is typed."""
        return self.benefits.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The fields whose text is not in the register."""
        return self.benefits.unsaved()

    def _remark(self, benefit: Record) -> str:
        """Which evaluation the benefit counts in, where it names one."""
        found = self._desk.register.get_many("evaluation", [benefit.text("evaluation_id")])
        return _("Belongs to the evaluation {title}").format(title=found[0].text("title")) if found else ""

    def _show_economy(self, loaded: LoadedEvaluation) -> None:
        figures = loaded.figures
        self.cards.show_figures(figures)
        self.source.setText(_source(figures, loaded.evaluation.text("title")))
        self.classes.show_rows([_realisation(one) for one in figures.economy.realised])
        charts = find_evaluation_charts(loaded.snapshot, figures)
        self.charts.show_figures([one for one in charts if one.kind in ECONOMY_CHARTS])


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
