"""A finding of today, noted from anywhere: one line about the initiative that is chosen."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.evaluations import add_quick_finding
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.finding_fields import (
    make_finding_line,
    make_group_box,
    make_place_line,
    make_sign_box,
)
from coi_desktop.ui.forms.privacy_watch import watch_line
from coi_desktop.ui.plain import PlainLabel, announce, one_line
from coi_desktop.ui.tick_box import TickBox

_WIDTH = 460


class QuickFinding(QDialog):
    """Notes the finding when it is accepted; ``noted`` is then its text."""

    def __init__(self, desk: Desk, initiative_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._initiative_id = initiative_id
        self.noted = ""
        self.setWindowTitle(_("Quick finding"))
        self.setMinimumWidth(_WIDTH)
        self.line = make_finding_line()
        self.unexpected = TickBox(_("&Unexpected"))
        self.sign, self.group, self.place = make_sign_box(), make_group_box(), make_place_line()
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._refusal.hide()
        self.remark = PlainLabel(tone="warning", wrap=True)
        self.remark.hide()
        for line in (self.line, self.place):
            watch_line(line, self._say)
        title = desk.register.get("initiative", initiative_id).text("title")
        asked = PlainLabel(_("Quick finding: what did you see or hear? Without names."), wrap=True)
        asked.setBuddy(self.line)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(one_line(title), rank="head", wrap=True))
        column.addWidget(asked)
        column.addWidget(self.line)
        column.addWidget(self.remark)
        for parts in ((self.sign, self.unexpected), (self.group, self.place)):
            row = QHBoxLayout()
            for part in parts:
                row.addWidget(part, 1)
            column.addLayout(row)
        column.addWidget(self._refusal)
        column.addSpacing(6)
        column.addWidget(make_foot(self, QPushButton(_("Note it")), self.keep))
        self.line.setFocus()

    def _say(self, text: str) -> None:
        self.remark.setText(text)
        self.remark.setVisible(bool(text))
        if text:
            announce(self.remark, text)

    def keep(self) -> None:
        """Note it and close; without words it stays open and says so."""
        values = {
            "sign": self.sign.currentData() or None,
            "group_code": self.group.currentData() or None,
            "place": self.place.text().strip() or None,
            "expected": False if self.unexpected.isChecked() else None,
        }
        try:
            add_quick_finding(self._desk.register, self._initiative_id, self.line.text(), values)
        except Problem as problem:
            self._refusal.setText(f"{problem.what} {problem.advice}")
            self._refusal.show()
            self.line.setFocus()
            return
        self.noted = self.line.text()
        self.accept()
