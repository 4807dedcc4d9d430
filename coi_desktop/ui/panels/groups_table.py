"""The groups of an indicator as a small table, with the ways to rename, merge and take them away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHeaderView, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import group_name
from coi_desktop.models.group_figures import GroupFigures
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.flow_layout import in_a_flow

if TYPE_CHECKING:
    from coi_desktop.models.indicators import IndicatorFigures
    from coi_desktop.models.points import Point
    from coi_desktop.ui.desk import Desk

_MOST_ROWS = 8


class GroupsTable(QWidget):
    """Hidden while the chosen indicator is not broken down."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._indicator_id = ""
        self._groups: tuple[GroupFigures, ...] = ()
        self._heading = PlainLabel(rank="section")
        headings = [_("Group"), _("First"), _("Latest"), _("Change"), _("How many")]
        self.model = TextRowsModel(headings, [])
        self.table = TextTable(self.model, _("Groups"), [])
        header = self.table.horizontalHeader()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for place in range(1, self.model.columnCount()):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.ResizeToContents)
        self.rename = QPushButton(_("Rename or merge …"))
        self.remove = QPushButton(_("Take the group away"))
        for button, act in ((self.rename, self._rename), (self.remove, self._remove)):
            button.setProperty("look", "link")
            button.setAutoDefault(False)
            button.setVisible(desk.can_write)
            button.clicked.connect(act)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._heading)
        column.addWidget(self.table)
        column.addWidget(in_a_flow(self.rename, self.remove))
        self.table.selectionModel().currentRowChanged.connect(self._follow_choice)
        self.hide()

    def show_groups(self, figures: IndicatorFigures | None) -> None:
        """Show the groups of this indicator from now on."""
        self._groups = figures.groups if figures is not None else ()
        self.setVisible(bool(self._groups))
        if figures is None or not self._groups:
            return
        indicator = figures.indicator
        same = self._indicator_id == indicator.id
        chosen = max(0, self.table.currentIndex().row()) if same else 0
        self._indicator_id = indicator.id
        by = indicator.breakdown or _("Group")
        self._heading.setText(_("{name}: {breakdown}").format(name=indicator.name, breakdown=by))
        self.model.set_rows([_row(group) for group in self._groups])
        side = self.table.verticalHeader().defaultSectionSize()
        rows = min(len(self._groups), _MOST_ROWS)
        self.table.setFixedHeight(rows * side + self.table.horizontalHeader().sizeHint().height() + 4)
        self.table.selectRow(min(chosen, len(self._groups) - 1))
        self._follow_choice()

    def _chosen(self) -> GroupFigures | None:
        place = self.table.currentIndex().row()
        return self._groups[place] if 0 <= place < len(self._groups) else None

    def _follow_choice(self, *_indexes: object) -> None:
        group = self._chosen()
        self.rename.setEnabled(group is not None)
        self.remove.setEnabled(group is not None and group.is_named)

    def _rename(self) -> None:
        group = self._chosen()
        if group is None:
            return
        from coi_desktop.operations.measuring import rename_group
        from coi_desktop.ui.dialogs.naming import NamingDialog

        indicator_id = self._indicator_id
        dialog = NamingDialog(
            _("Rename or merge a group"),
            group.name if group.is_named else "",
            lambda name: rename_group(self._desk.register, indicator_id, group.name, name),
            _("&Name of the group; the name of another makes them one"),
        )
        self._desk.prompts.ask_dialog(dialog)

    def _remove(self) -> None:
        group = self._chosen()
        if group is None or not group.is_named:
            return
        from coi_desktop.operations.measuring import remove_group

        try:
            remove_group(self._desk.register, self._indicator_id, group.name)
        except Problem as problem:
            self._desk.notices.show_problem(problem)


def _row(group: GroupFigures) -> TextRow:
    language = current_language()
    hidden = vocabulary().label("indicator.status", "too_few")

    def cell(point: Point) -> str:
        return hidden if point.suppressed else format_number(point.value, language) or "–"

    has_first = group.first is not group.latest
    return TextRow(
        group.name,
        (
            group_name(group.name),
            cell(group.first) if has_first else "–",
            cell(group.latest),
            format_number(group.change, language) or "–",
            "–" if group.latest.n is None else str(group.latest.n),
        ),
    )
