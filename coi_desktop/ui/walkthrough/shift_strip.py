"""What is asked once a visit when the plan is changed after the first measurement: what moved, and why."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.guide_loader import SHIFTS
from coi_desktop.models.plan_versions import PlanChange
from coi_desktop.models.record_types.table import record_type
from coi_desktop.operations.library import guide, vocabulary
from coi_desktop.operations.versions import Shift, describe_moves
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.forms.privacy_watch import watch_line
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.undoing import undo_step
from coi_desktop.ui.walkthrough.visit import Visit


class ShiftStrip(QFrame):
    """Stands above the questions and stops nobody: it can be answered, skipped, or left alone."""

    def __init__(self, desk: Desk, visit: Visit) -> None:
        super().__init__()
        self._desk = desk
        self._visit = visit
        self._is_touched = False
        self.setProperty("look", "box")
        self._said = PlainLabel(wrap=True)
        self.kind = ChoiceBox()
        for key in vocabulary().keys(SHIFTS):
            self.kind.addItem(vocabulary().label(SHIFTS, key), key)
        log = record_type("change_log")
        self.what, self.why, self.consequence = (QLineEdit() for _field in range(3))
        lines = {"what": self.what, "why": self.why, "consequence": self.consequence}
        for name, line in lines.items():
            line.setAccessibleName(log.field(name).label())
            line.setMaxLength(log.field(name).limit)
            watch_line(line, self._say)
        self.what.textEdited.connect(self._touch)
        self.kind.setAccessibleName(log.field("kind").label())
        self.remark = PlainLabel(tone="warning", wrap=True)
        self.remark.hide()
        self.keep_button = QPushButton(_("Note it"))
        self.keep_button.clicked.connect(self._keep)
        self.skip_button = QPushButton(_("Skip"))
        self.skip_button.clicked.connect(self._skip)
        self._lay_out({log.field(name).label(): line for name, line in (("kind", self.kind), *lines.items())})
        self.hide()

    def show_walk(self) -> None:
        """Ask while something moved that nobody has said anything about in this visit."""
        moves = self._visit.moves if self._desk.can_write else ()
        if not moves:
            self.hide()
            self._is_touched = False
            return
        if not self._is_touched:
            self.what.setText(describe_moves(moves)[: self.what.maxLength()])
            self.what.setCursorPosition(0)
            self.kind.setCurrentIndex(self.kind.findData(_most_moved(moves)))
        if self.isHidden():
            self.show()
            announce(self, self._said.text())

    def _lay_out(self, fields: dict[str, QWidget]) -> None:
        self._said.setText(_("The plan was changed after the first measurement. What moved, and why?"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for place, (label, field) in enumerate(fields.items()):
            name = PlainLabel(label, rank="label")
            name.setBuddy(field)
            grid.addWidget(name, place // 2 * 2, place % 2)
            grid.addWidget(field, place // 2 * 2 + 1, place % 2)
        foot = QHBoxLayout()
        foot.addWidget(self.remark, 1)
        foot.addWidget(self.skip_button)
        foot.addWidget(self.keep_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        column.addWidget(self._said)
        column.addLayout(grid)
        column.addLayout(foot)

    def _touch(self) -> None:
        self._is_touched = True

    def _say(self, text: str) -> None:
        self.remark.setText(text)
        self.remark.setVisible(bool(text))

    def _keep(self) -> None:
        texts = (line.text() for line in (self.what, self.why, self.consequence))
        try:
            self._visit.note(Shift(str(self.kind.currentData() or ""), *texts))
        except Problem as problem:
            self._say(f"{problem.what} {problem.advice}")
            self.what.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        step = guide("evaluation").words().steps["changes"].title
        self._end(_("Noted under “{step}”, and the plan as it was is kept.").format(step=step))

    def _skip(self) -> None:
        self._visit.skip()
        self._end(_("The plan as it was is kept."))

    def _end(self, text: str) -> None:
        for line in (self.why, self.consequence):
            line.clear()
        self._is_touched = False
        self._say("")
        self.hide()
        self._desk.notices.show_done(text, [undo_step(self._desk)])


def _most_moved(moves: tuple[PlanChange, ...]) -> str:
    """The shift that most of what moved belongs to."""
    return Counter(move.shift for move in moves).most_common(1)[0][0]
