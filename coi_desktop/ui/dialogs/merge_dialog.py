"""Two initiatives side by side: for each field in which they differ, whose value is kept."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_datetime
from coi_desktop.models.merge_plan import Choice, MergeField, MergePlan
from coi_desktop.models.records import Record, last_touched
from coi_desktop.models.shown_values import show_value
from coi_desktop.operations.library import words_of
from coi_desktop.operations.merging import describe_moves, plan_merging
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.tab_order import find_stops, put_in_tab_order

_WIDE, _HIGH = 900, 620
_LONGEST = 600
_TARGET = 24
"""Pixels that a pointer can be asked to hit (WCAG 2.2, 2.5.8)."""


class MergeDialog(QDialog):
    """``plan`` is what was chosen. The left one is kept; they can change places."""

    def __init__(self, desk: Desk, keep_id: str, other_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._words = words_of(desk.register)
        self.plan: MergePlan = plan_merging(desk.register, keep_id, other_id)
        self._groups: list[QButtonGroup] = []
        self.buttons: dict[tuple[str, Choice], QRadioButton] = {}
        self.setWindowTitle(_("Merge initiatives"))
        self.resize(_WIDE, _HIGH)
        self.swap_button = QPushButton(_("Change &places"))
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._moves = PlainLabel(wrap=True)
        self._lay_out()
        self.swap_button.clicked.connect(self._swap)
        self._show()

    def choose(self, name: str, choice: Choice) -> None:
        """Give a field the value of one of the two, or both."""
        self.buttons[(name, choice)].setChecked(True)

    def _choices(self) -> dict[str, Choice]:
        return {name: choice for (name, choice), button in self.buttons.items() if button.isChecked()}

    def _choose(self) -> None:
        self.plan = plan_merging(self._desk.register, self.plan.keep.id, self.plan.other.id, self._choices())

    def _swap(self) -> None:
        """The other one is kept; the values that were chosen stay chosen."""
        turned = {Choice.KEEP: Choice.OTHER, Choice.OTHER: Choice.KEEP, Choice.BOTH: Choice.BOTH}
        choices = {name: turned[choice] for name, choice in self._choices().items()}
        self.plan = plan_merging(self._desk.register, self.plan.other.id, self.plan.keep.id, choices)
        self._show()
        self.swap_button.setFocus()

    def _show(self) -> None:
        """Show the plan: heads, and a row for every field in which the two differ."""
        within = QWidget()
        grid = QGridLayout(within)
        grid.setContentsMargins(4, 4, 12, 4)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        for column, stretch in enumerate((2, 4, 4, 1)):
            grid.setColumnStretch(column, stretch)
        grid.addWidget(self._head(_("This one is kept"), self.plan.keep), 0, 1)
        grid.addWidget(self._head(_("This one goes to the trash"), self.plan.other), 0, 2)
        self._groups.clear()
        self.buttons.clear()
        for place, one in enumerate(self.plan.fields, start=1):
            self._add_row(grid, place, one)
        if not self.plan.fields:
            grid.addWidget(PlainLabel(_("All fields are the same in both."), wrap=True), 1, 0, 1, 4)
        grid.setRowStretch(len(self.plan.fields) + 2, 1)
        self._area.setWidget(within)
        put_in_tab_order(self.swap_button, *find_stops(within))
        moved = describe_moves(self._desk.register, self.plan)
        self._moves.setText(
            _("Goes over: {what}.").format(what=moved) if moved else _("Nothing else goes over.")
        )

    def _head(self, said: str, record: Record) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(PlainLabel(said, tone="muted"))
        column.addWidget(PlainLabel(record.text("title"), rank="section", wrap=True))
        moment = last_touched(record)
        when = "–" if moment is None else format_datetime(moment.astimezone(), current_language())
        said = _("No. {number} · changed {when}").format(number=record["number"] or "–", when=when)
        column.addWidget(PlainLabel(said, tone="muted"))
        return head

    def _add_row(self, grid: QGridLayout, place: int, one: MergeField) -> None:
        label = one.field.label()
        grid.addWidget(PlainLabel(label, rank="label", wrap=True), place, 0, Qt.AlignmentFlag.AlignTop)
        group = QButtonGroup(grid.parentWidget())
        self._groups.append(group)
        for column, choice, value in ((1, Choice.KEEP, one.keep), (2, Choice.OTHER, one.other)):
            text = show_value(one.field, value, self._words) or _("empty")
            button = self._button(group, one, choice, f"{label}: {text}")
            said = PlainLabel(text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…", wrap=True)
            across = QHBoxLayout()
            across.setSpacing(6)
            across.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            across.addWidget(said, 1, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(across, place, column)
        if one.can_join:
            both = self._button(group, one, Choice.BOTH, _("{field}: both").format(field=label))
            both.setText(_("Both"))
            both.ensurePolished()
            both.setMinimumWidth(both.sizeHint().width())  # a least size of its own would let it be cut
            grid.addWidget(both, place, 3, Qt.AlignmentFlag.AlignTop)

    def _button(self, group: QButtonGroup, one: MergeField, choice: Choice, name: str) -> QRadioButton:
        button = QRadioButton()
        button.setMinimumSize(_TARGET, _TARGET)
        button.setAccessibleName(name)
        button.setChecked(one.choice is choice)
        group.addButton(button)
        button.toggled.connect(lambda is_on: self._choose() if is_on else None)
        self.buttons[(one.field.name, choice)] = button
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(PlainLabel(_("Choose for each field whose value is kept."), wrap=True), 1)
        top.addWidget(self.swap_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self._area, 1)
        column.addWidget(self._moves)
        column.addWidget(make_foot(self, QPushButton(_("&Merge"))))
