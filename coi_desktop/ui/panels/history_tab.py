"""The tab History: the steps of one initiative in plain words, newest first."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout

from coi_desktop.models.changes import ChangeSet
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.panels.history_panel import HistoryPanel


class HistoryTab(RecordTab):
    """Read when it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._record_id = ""
        self._is_stale = False
        self.panel = HistoryPanel(desk)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.panel)
        desk.bridge.changed.connect(self._take_in)

    def show_record(self, record_id: str) -> None:
        """Show the history of this initiative, at once or when the tab is looked at."""
        self._record_id = record_id
        self._is_stale = True
        if self.isVisible():
            self._read()

    def lines(self) -> list[str]:
        """What is shown, as lines."""
        return self.panel.lines()

    def showEvent(self, event: QShowEvent) -> None:
        """The tab is looked at."""
        super().showEvent(event)
        self._read()

    def _take_in(self, changes: ChangeSet) -> None:
        if self._record_id in changes.keys("initiative"):
            self.show_record(self._record_id)

    def _read(self) -> None:
        if self._is_stale and self._record_id:
            self._is_stale = False
            self.panel.show_record(self._record_id)
