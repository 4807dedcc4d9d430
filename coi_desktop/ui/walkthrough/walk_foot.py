"""The foot of a walk-through: back, close, quick finding, measure now, next; and what the two notes open."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.walkthrough.note_strips import FindingStrip, MeasureStrip, NoteStrip
from coi_desktop.ui.walkthrough.walk import Walk

_NARROW = 640


class WalkFoot(QWidget):
    """Buttons in reading order. ``closed``: the user has done enough for now."""

    closed = Signal()

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__()
        self._walk = walk
        self.setObjectName("foot")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = QPushButton(_("← &Back"))
        self.close_button = QPushButton(_("&Close (all is saved)"))
        self.finding = QPushButton(_("+ &Quick finding"))
        self.measure = QPushButton(_("&Measure now"))
        self.next = QPushButton(_("&Next →"))
        self.next.setProperty("look", "main")
        self._finding_strip = FindingStrip(desk, walk)
        self._measure_strip = MeasureStrip(desk, walk)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.finding)
        row.addWidget(self.measure)
        row.addStretch(1)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(8)
        column.addWidget(self._finding_strip)
        column.addWidget(self._measure_strip)
        column.addLayout(row)
        self.back.clicked.connect(walk.back)
        self.next.clicked.connect(self._go_on)
        self.close_button.clicked.connect(self.closed)
        self.finding.clicked.connect(self._open_finding)
        self.measure.clicked.connect(self._open_measure)
        self._finding_strip.closed.connect(self.finding.setFocus)
        self._measure_strip.closed.connect(self.measure.setFocus)
        for button in (self.finding, self.measure):
            button.setEnabled(desk.can_write)

    def show_walk(self) -> None:
        """Show what can be done on this screen."""
        walkthrough = self._walk.walkthrough
        self.back.setEnabled(not walkthrough.is_first)
        self.next.setText(_("&Done") if walkthrough.is_last else _("&Next →"))
        self._measure_strip.show_indicators()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room the shortest word does."""
        super().resizeEvent(event)
        is_narrow = self.width() < _NARROW
        self.close_button.setText(_("&Close") if is_narrow else _("&Close (all is saved)"))

    def _go_on(self) -> None:
        if self._walk.walkthrough.is_last:
            self.closed.emit()
        else:
            self._walk.forward()

    def _open_finding(self) -> None:
        self._open(self._finding_strip, self._measure_strip)

    def _open_measure(self) -> None:
        self._open(self._measure_strip, self._finding_strip)

    def _open(self, strip: NoteStrip, other: NoteStrip) -> None:
        other.hide()
        strip.open()
