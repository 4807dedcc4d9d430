"""What the first searches need is read in the pauses after a start, a little at a time."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from coi_desktop.errors import Problem
from coi_desktop.ui.desk import Desk

#: The window has come to rest before the first piece.
MILLISECONDS_OF_QUIET = 500
#: Each piece takes some milliseconds (30 at most with 100,000 initiatives); whoever types goes first.
MILLISECONDS_BETWEEN = 15

_log = logging.getLogger(__name__)


class Warming(QObject):
    """Has the desk's register prepare its search when nothing has changed for a moment."""

    def __init__(self, desk: Desk, parent: QObject, quiet: int = MILLISECONDS_OF_QUIET) -> None:
        super().__init__(parent)
        self._desk = desk
        self._quiet = quiet
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._prepare)
        desk.bridge.changed.connect(self._wait)
        desk.bridge.closed.connect(self._timer.stop)
        self._wait()

    @property
    def is_waiting(self) -> bool:
        """Whether there is something left to prepare."""
        return self._timer.isActive()

    def _wait(self, _changes: object = None) -> None:
        self._timer.start(self._quiet)

    def _prepare(self) -> None:
        try:
            if self._desk.register.prepare_search("initiative"):
                self._timer.start(MILLISECONDS_BETWEEN)
        except Problem as problem:
            _log.info("search is not prepared: %s", problem)  # the first search meets the same fault
