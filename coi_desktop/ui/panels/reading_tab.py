"""A tab of the record panel that is read and not written in: a page that scrolls, kept up when it is seen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.models.changes import ChangeSet
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab


class ReadingTab(RecordTab):
    """Shows what ``read`` puts into its parts, which stand below each other.

    What changes while another tab is in front is read when this one is seen again.
    """

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._initiative = ""
        self._is_stale = False
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._scroll)
        desk.bridge.changed.connect(self._take_in)

    def lay_out(self, parts: Iterable[QWidget | QLayout]) -> None:
        """Put the parts below each other."""
        page = QWidget()
        page.setProperty("look", "page")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(10)
        for part in parts:
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addStretch(1)
        self._scroll.setWidget(page)

    def read(self) -> None:
        """Show what the register holds about the initiative now."""
        raise NotImplementedError

    def show_record(self, record_id: str) -> None:
        """Show this initiative from now on, from the top."""
        self._initiative = record_id
        self._read_when_seen()
        self._scroll.verticalScrollBar().setValue(0)

    def showEvent(self, event: QShowEvent) -> None:
        """What changed while another tab was in front is read now."""
        if self._is_stale:
            self._read_now()
        super().showEvent(event)

    def _take_in(self, _changes: ChangeSet) -> None:
        if self._initiative:
            self._read_when_seen()

    def _read_when_seen(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._read_now()

    def _read_now(self) -> None:
        self._is_stale = False
        self.read()
