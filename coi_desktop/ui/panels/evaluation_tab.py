"""The tab Evaluation: how the initiative's evaluation stands, its evidence, its indicators and its charts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ECONOMY_CHARTS
from coi_desktop.models.dates import format_date
from coi_desktop.models.evidence_words import evidence_line
from coi_desktop.models.explanations import explain_evidence
from coi_desktop.operations.attachments import describe_evidence
from coi_desktop.operations.charts import find_evaluation_charts
from coi_desktop.operations.evaluations import (
    LoadedEvaluation,
    find_evaluations,
    load_evaluation,
    start_evaluation,
)
from coi_desktop.operations.plan_copies import MeasuredFrom, start_from
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.panels.chart_picture import ChartPictures
from coi_desktop.ui.panels.indicators_table import IndicatorsTable
from coi_desktop.ui.panels.reading_tab import ReadingTab
from coi_desktop.ui.plain import PlainLabel, isolated, one_line
from coi_desktop.ui.prompts import Choice
from coi_desktop.ui.walkthrough.evidence_bar import EvidenceBar
from coi_desktop.ui.walkthrough.explained import ExplainedLink
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow

#: The answer that an evaluation begins from nothing.
_ANEW = "anew"


class EvaluationTab(ReadingTab):
    """One evaluation of the initiative at a time: the newest, or the one that is chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.which = ChoiceBox()
        self.which.setAccessibleName(_("Evaluation"))
        self.go_on = QPushButton()
        self.go_on.setProperty("look", "main")
        self.begin = QPushButton(_("Begin another evaluation"))
        self.begin.setProperty("look", "link")
        self.state = PlainLabel(wrap=True)
        self.headline = PlainLabel(wrap=True, selectable=True)
        self.headline.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._bar = EvidenceBar(desk.looks)
        self.evidence = PlainLabel(wrap=True)
        self._why = ExplainedLink()
        self._heading = PlainLabel(_("Measures"), rank="section")
        self.indicators = IndicatorsTable(desk)
        self.documented = PlainLabel(tone="muted", wrap=True)
        self.charts = ChartPictures(desk)
        self.lay_out(
            (
                self.which,
                self.state,
                self.headline,
                in_a_flow(self.go_on, self.begin),
                self._evidence_lines(),
                self._heading,
                self.indicators,
                self.documented,
                self.charts,
            )
        )
        self.which.activated.connect(self._show)
        self.go_on.clicked.connect(self._walk)
        self.begin.clicked.connect(self._begin)

    def show_record(self, record_id: str) -> None:
        """Show this initiative's evaluations from now on, the newest first."""
        self.which.clear()
        super().show_record(record_id)

    def _evidence_lines(self) -> QVBoxLayout:
        level = QHBoxLayout()
        level.setSpacing(8)
        level.addWidget(self._bar)
        level.addWidget(self.evidence, 1)
        evidence = QVBoxLayout()
        evidence.setSpacing(2)
        evidence.addLayout(level)
        evidence.addWidget(self._why, 0, Qt.AlignmentFlag.AlignLeft)
        return evidence

    def read(self) -> None:
        """The evaluations there are; the chosen one stays chosen."""
        chosen = self.which.currentData()
        found = find_evaluations(self._desk.register, self._initiative)
        self.which.clear()
        for evaluation in found:
            self.which.addItem(one_line(evaluation.text("title")) or _("Evaluation"), evaluation.id)
        self.which.setCurrentIndex(max(0, self.which.findData(chosen)) if found else -1)
        self.which.setVisible(len(found) > 1)
        self._show()

    def _show(self, *_index: object) -> None:
        evaluation_id = self.which.currentData()
        if not evaluation_id:
            return
        loaded = load_evaluation(self._desk.register, evaluation_id)
        figures, words = loaded.figures, loaded.words
        self.state.setText(_state(loaded))
        conclusion = loaded.snapshot.single("conclusion", evaluation_id)
        headline = conclusion.text("headline") if conclusion is not None else ""
        self.headline.setText(headline)
        self.headline.setVisible(bool(headline))
        done = loaded.walkthrough.may_finish
        self.go_on.setText(_("Open the evaluation") if done else _("Go on with the evaluation"))
        self.begin.setVisible(self._desk.can_write)
        evidence = figures.evidence
        self._bar.show_level(evidence.level, evidence.ceiling)
        self.evidence.setText(evidence_line(evidence, words))
        self._why.show_explanation(explain_evidence(figures, words))
        self._heading.setVisible(bool(figures.indicators))
        self.indicators.setVisible(bool(figures.indicators))
        self.indicators.show_figures(figures.indicators, loaded.changes)
        lines = describe_evidence(self._desk.register, self._initiative)
        self.documented.setText("\n".join((_("Measurements with attachments"), *map(one_line, lines))))
        self.documented.setVisible(bool(lines))
        charts = find_evaluation_charts(loaded.snapshot, figures)
        self.charts.show_figures([one for one in charts if one.kind not in ECONOMY_CHARTS])

    def _walk(self) -> None:
        self._desk.routes.show_record("evaluations", self.which.currentData())

    def _begin(self) -> None:
        if not self._desk.routes.flush():
            return
        way = self._ask_how_to_begin()
        if way is None:
            return
        try:
            if way == _ANEW:
                evaluation_id = start_evaluation(self._desk.register, self._initiative)
            else:
                evaluation_id = start_from(
                    self._desk.register, str(self.which.currentData()), MeasuredFrom(way)
                )
        except Problem as problem:
            self._desk.notices.show_problem(problem, key="start_evaluation")
            return
        self._desk.routes.show_record("evaluations", evaluation_id)

    def _ask_how_to_begin(self) -> str | None:
        """From nothing, or from the plan of the evaluation that is shown; None when the user turns away."""
        if not self.which.currentData():
            return _ANEW
        return self._desk.prompts.ask_choice(
            _("Begin another evaluation"),
            _("It can begin with the plan, questions and measures of “{evaluation}”.").format(
                evaluation=isolated(self.which.currentText())
            ),
            (
                Choice(MeasuredFrom.SAME.value, _("That plan, &same baseline")),
                Choice(MeasuredFrom.LATEST.value, _("That plan, &latest measurement as baseline")),
                Choice(_ANEW, _("From &nothing")),
            ),
        )


def _state(loaded: LoadedEvaluation) -> str:
    """Depth, state, decision and what is left, on a line."""
    words, figures, walkthrough = loaded.words, loaded.figures, loaded.walkthrough
    parts = [
        _("{depth} evaluation").format(depth=words.label("evaluation.depth", walkthrough.depth)),
        words.label("evaluation.state", figures.state),
    ]
    if figures.decided:
        day = format_date(figures.decision_date, current_language())
        decided = words.label("decision", figures.decided)
        parts.append(_("decided: {decision}").format(decision=" ".join(one for one in (decided, day) if one)))
    if walkthrough.minutes_left:
        parts.append(_("about {minutes} min. left").format(minutes=walkthrough.minutes_left))
    return " · ".join(parts)
