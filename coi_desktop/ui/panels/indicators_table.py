"""The indicators of an evaluation as a table: before, now, target, and the status as shape and word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.change_explanations import change_line, effect_line, explain_change
from coi_desktop.models.change_intervals import ChangeInterval
from coi_desktop.models.chart_figures import unit_of
from coi_desktop.models.explanations import explain_effect, explain_progress
from coi_desktop.models.indicators import IndicatorFigures, Status
from coi_desktop.models.text import NBSP, format_number, format_percent
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.marks import Mark, paint_mark
from coi_desktop.ui.panels.groups_table import GroupsTable
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.theme import MARK_SIDE, Looks
from coi_desktop.ui.walkthrough.explained import ExplainedLink
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow
from coi_desktop.ui.walkthrough.indicator_lines import INDICATOR_MARKS, shown_ends, status_word

Index = QModelIndex | QPersistentModelIndex

_STATUS_COLUMN = 4
#: Narrower than this, baseline and target stand only on the line below the table.
LEAST_WITH_ALL = 380
_FIRST_TO_GO = (1, 3)
_MOST_ROWS = 8


class IndicatorRowsModel(TextRowsModel):
    """Texts, with the mark of the status before its word."""

    def __init__(self, looks: Looks) -> None:
        headings = [_("Measure"), _("Before"), _("Now"), _("Target"), _("Status")]
        super().__init__(headings, [])
        self._looks = looks
        self.marks: dict[str, Mark] = {}

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """As any list of texts, and the mark."""
        if role == Qt.ItemDataRole.DecorationRole and index.column() == _STATUS_COLUMN:
            row = self.row(index.row())
            mark = self.marks.get(row.key) if row is not None else None
            return None if mark is None else _picture(mark, self._looks)
        return super().data(index, role)


class IndicatorsTable(QWidget):
    """The table, and below it everything about the chosen indicator."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        looks = desk.looks
        self.model = IndicatorRowsModel(looks)
        self.table = TextTable(self.model, _("Measures"), [])
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in range(1, self.model.columnCount()):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self._figures: Sequence[IndicatorFigures] = ()
        self._changes: Mapping[str, ChangeInterval] = {}
        self.about = PlainLabel(tone="muted", wrap=True)
        self.progress = ExplainedLink(_("How the progress is worked out"))
        self.change = ExplainedLink(_("How the change is worked out"))
        self.effect = ExplainedLink(_("How the effect is worked out"))
        self.groups = GroupsTable(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.table)
        column.addWidget(self.about)
        column.addWidget(in_a_flow(self.progress, self.change, self.effect))
        column.addWidget(self.groups)
        self.table.selectionModel().currentRowChanged.connect(self._show_chosen)
        looks.changed.connect(self.table.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """On a narrow panel the name comes before the numbers; now and status stay."""
        super().resizeEvent(event)
        for place in _FIRST_TO_GO:
            self.table.setColumnHidden(place, self.width() < LEAST_WITH_ALL)

    def show_figures(
        self, figures: Sequence[IndicatorFigures], changes: Mapping[str, ChangeInterval]
    ) -> None:
        """Show these indicators, and how sure their changes are."""
        chosen = max(0, self.table.currentIndex().row())
        self._figures, self._changes = figures, changes
        self.model.marks = {
            one.indicator.id: INDICATOR_MARKS[one.status] for one in figures if one.status is not None
        }
        self.model.set_rows([_row(one) for one in figures])
        side = self.table.verticalHeader().defaultSectionSize()
        rows = min(len(figures), _MOST_ROWS)
        self.table.setFixedHeight(rows * side + self.table.horizontalHeader().sizeHint().height() + 4)
        self.table.selectRow(min(chosen, len(figures) - 1))
        self._show_chosen()

    def _show_chosen(self, *_indexes: object) -> None:
        place = self.table.currentIndex().row()
        one = self._figures[place] if 0 <= place < len(self._figures) else None
        self.about.setVisible(one is not None)
        self.groups.show_groups(one)
        if one is None:
            for link in (self.progress, self.change, self.effect):
                link.show_explanation(None)
            return
        words, change = vocabulary(), self._changes[one.indicator.id]
        more = (change_line(one, change), effect_line(one))
        said = (_about(one, has_change=bool(more[0]), has_effect=bool(more[1])), *more)
        self.about.setText("\n".join(line for line in said if line))
        has_interval = change.method is not None
        self.change.show_explanation(explain_change(one, change, words) if has_interval else None)
        self.progress.show_explanation(explain_progress(one, words) if one.progress is not None else None)
        self.effect.show_explanation(explain_effect(one, words) if one.effect is not None else None)


def _row(figures: IndicatorFigures) -> TextRow:
    language, indicator = current_language(), figures.indicator
    target = format_number(indicator.target, language) or "–"
    return TextRow(indicator.id, (indicator.name, *shown_ends(figures), target, status_word(figures)))


def _about(figures: IndicatorFigures, *, has_change: bool, has_effect: bool) -> str:
    """Name, direction, progress, change, effect and number of the chosen indicator on a line or two, without
    those that have a line of their own.
    """
    language, words, indicator = current_language(), vocabulary(), figures.indicator
    unit = unit_of(indicator)

    def number(value: Any) -> str:
        return format_number(value, language) + (f"{NBSP}{unit}" if unit else "")

    parts = [indicator.name]
    if indicator.baseline is not None:
        parts.append(_("before {number}").format(number=number(indicator.baseline)))
    if indicator.target is not None:
        parts.append(_("target {number}").format(number=number(indicator.target)))
    if indicator.direction:
        parts.append(words.label("direction", indicator.direction))
    if figures.progress is not None:
        share = format_percent(figures.progress * 100, language, 0)
        parts.append(_("progress {share}").format(share=share))
    if figures.change is not None and not has_change:
        parts.append(_("change {number}").format(number=number(figures.change)))
    if figures.effect is not None and not has_effect:
        parts.append(_("effect {number}").format(number=number(figures.effect)))
    if not has_change and figures.latest is not None and figures.latest.n is not None:
        parts.append(f"n = {figures.latest.n}")
    if figures.period is not None:
        whole = number(figures.period.value) if figures.period.value is not None else "–"
        if figures.period.suppressed:
            whole = words.label("indicator.status", Status.TOO_FEW)
        parts.append(_("whole period {number}").format(number=whole))
    return " · ".join(part for part in parts if part)


def _picture(mark: Mark, looks: Looks) -> QIcon:
    """The mark; in a chosen row it looks as in any other."""
    picture = QPixmap(MARK_SIDE, MARK_SIDE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_mark(painter, QRectF(0, 0, MARK_SIDE, MARK_SIDE), mark, looks)
    painter.end()
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Selected)
    return icon
