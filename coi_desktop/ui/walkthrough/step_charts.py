"""The charts of a step, folded away until they are asked for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.operations.charts import find_charts_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.panels.chart_picture import ChartPictures
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.walk import Walk


class StepCharts(Extra):
    """The charts of the given kinds; they are worked out only while they are unfolded."""

    def __init__(self, desk: Desk, walk: Walk, *, kinds: tuple[ChartKind, ...]) -> None:
        super().__init__(desk, walk)
        self._kinds = kinds
        self.fold = QToolButton()
        self.fold.setProperty("look", "link")
        self.fold.setCheckable(True)
        self.fold.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.fold.toggled.connect(self._unfold)
        self.charts = ChartPictures(desk)
        self.charts.hide()
        self.column.addWidget(self.fold, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.charts)
        self._name_fold()

    def show_walk(self) -> None:
        """Offered while there is something to draw; the charts as the answers stand, while they are
        unfolded.
        """
        if self.fold.isChecked():
            self._show_charts()
        else:
            self.setVisible(self._has_something())

    def _unfold(self, is_open: bool) -> None:
        self._name_fold()
        self.charts.setVisible(is_open)
        if is_open:
            self._show_charts()

    def _name_fold(self) -> None:
        is_open = self.fold.isChecked()
        self.fold.setText(_("Hide the chart") if is_open else _("Show as a chart"))

    def _has_something(self) -> bool:
        loaded = self.walk.loaded
        if ChartKind.MEASUREMENTS in self._kinds:  # those of many indicators take their time
            return any(one.is_measured for one in loaded.figures.indicators)
        return bool(find_charts_of(loaded.snapshot, loaded.figures, self._kinds))

    def _show_charts(self) -> None:
        loaded = self.walk.loaded
        found = find_charts_of(loaded.snapshot, loaded.figures, self._kinds)
        self.charts.show_figures(found)
        self.setVisible(bool(found))


def charts_of(*kinds: ChartKind) -> Callable[[Desk, Walk], Extra]:
    """What makes the charts of these kinds for a step."""
    return partial(StepCharts, kinds=kinds)
