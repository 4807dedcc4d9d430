"""What stands beside some questions because it follows from the answers: suggestions, figures, statuses."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.models.explanations import explain_depth
from coi_desktop.models.proportion import QUESTIONS
from coi_desktop.models.record_types.table import record_type
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.economy_now import FiguresOfHiddenRows, FiguresOfRows, FiguresOfThreeNumbers
from coi_desktop.ui.walkthrough.explained import ExplainedLink
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.indicator_statuses import IndicatorStatuses, NumbersFirst
from coi_desktop.ui.walkthrough.levels import DesignCeiling, EvidenceLevel
from coi_desktop.ui.walkthrough.method_suggestions import DesignHint, MethodSuggestions
from coi_desktop.ui.walkthrough.picking import IndicatorPicker, QuestionBank
from coi_desktop.ui.walkthrough.saved_versions import SavedVersions
from coi_desktop.ui.walkthrough.step_charts import charts_of
from coi_desktop.ui.walkthrough.walk import Walk


class DepthSuggestion(Extra):
    """The suggested depth with its reason."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.label = PlainLabel(wrap=True)
        self.explained = ExplainedLink()
        self.column.addWidget(self.label)
        self.column.addWidget(self.explained, 0, Qt.AlignmentFlag.AlignLeft)

    def show_walk(self) -> None:
        """The sum, the depth it suggests, and what raised it; else how many answers are still needed."""
        figures = self.walk.loaded.figures
        proportion, words = figures.proportion, self.walk.loaded.words
        if proportion.depth is None:
            known = len(QUESTIONS) - len(proportion.open_questions)
            text = _("A depth is suggested when all six questions are answered ({known} of 6 are).").format(
                known=known
            )
        else:
            text = _("Suggested: {depth}. The answers come to {total} of 12 points.").format(
                depth=words.label("evaluation.depth", proportion.depth), total=proportion.total
            )
        if proportion.raised_by:
            fields = record_type("proportion").by_name
            what = ", ".join(_("“{text}”").format(text=fields[name].label()) for name in proportion.raised_by)
            text += " " + _("Raised from light because of {questions}.").format(questions=what)
        self.label.setText(text)
        self.explained.show_explanation(explain_depth(figures, words) if proportion.depth else None)


class DesignLine(Extra):
    """The comparison that the program set at light depth, with its ceiling."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.label = PlainLabel(tone="muted", wrap=True)
        self.column.addWidget(self.label)

    def show_walk(self) -> None:
        """Say it as long as there is an indicator."""
        loaded, words = self.walk.loaded, self.walk.loaded.words
        evidence = loaded.figures.evidence
        is_auto = self.walk.walkthrough.depth == loaded.guide.depths[0]
        self.setVisible(is_auto and bool(loaded.figures.indicators))
        text = _("Compared: {design}, set by the program. It can carry evidence level {ceiling}, {name}.")
        self.label.setText(
            text.format(
                design=words.label("design", evidence.design),
                ceiling=evidence.ceiling,
                name=words.label("evidence.level", str(evidence.ceiling)),
            )
        )


class CertaintySuggestion(Extra):
    """A first wording of how sure we are, put in with one press."""

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.button = QPushButton()
        self.button.setProperty("look", "link")
        self.button.clicked.connect(self._take)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_walk(self) -> None:
        """Offered while nothing is written."""
        state = self.walk.walkthrough.state("conclude.how_sure")
        self.setVisible(state is not None and not state.is_answered and self.desk.can_write)
        self.button.setText(_("Begin with: {text}").format(text=self.walk.loaded.suggested_certainty))

    def _take(self) -> None:
        text = self.walk.loaded.suggested_certainty
        try:
            self.walk.save(self.walk.evaluation_id, "conclude.how_sure", text, "")
        except Problem as problem:
            self.desk.notices.show_problem(problem, key="conclude.how_sure")


#: What stands beside which question.
EXTRAS: Mapping[str, tuple[Callable[[Desk, Walk], Extra], ...]] = {
    "proportion.depth": (DepthSuggestion,),
    "questions.questions": (QuestionBank,),
    "users.audience": (charts_of(ChartKind.AUDIENCE),),
    "value.cards": (charts_of(ChartKind.VALUE_PROFILE),),
    "indicators.indicators": (IndicatorPicker, DesignLine, charts_of(ChartKind.INDICATOR_PROGRESS)),
    "design.comparison": (DesignCeiling, DesignHint, charts_of(ChartKind.EVIDENCE)),
    "methods.methods": (MethodSuggestions, charts_of(ChartKind.SCHEDULE, ChartKind.METHOD_HOURS)),
    "collect.measurements": (IndicatorStatuses, charts_of(ChartKind.MEASUREMENTS)),
    "collect.findings": (charts_of(ChartKind.FINDINGS),),
    "changes.log": (SavedVersions, charts_of(ChartKind.CHANGES)),
    "economy.applies": (FiguresOfHiddenRows,),
    "economy.benefits": (FiguresOfRows,),
    "economy.years": (FiguresOfThreeNumbers,),
    "analyse.answers": (NumbersFirst, charts_of(ChartKind.ANSWERS)),
    "judge.ratings": (EvidenceLevel, charts_of(ChartKind.VALUE_PROFILE)),
    "conclude.how_sure": (CertaintySuggestion,),
    "actions.actions": (charts_of(ChartKind.ACTIONS),),
}
