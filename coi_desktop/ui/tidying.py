"""Merging the full-text index in the pauses, so that no edit ever has to do it."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from coi_desktop.errors import Problem
from coi_desktop.ui.desk import Desk

#: After the last change it has been quiet for so long that nobody is typing.
MILLISECONDS_OF_QUIET = 3 * 60 * 1000
#: Each round takes some milliseconds (25 at most with 10,000 initiatives); the window breathes between two.
MILLISECONDS_BETWEEN = 1000

_log = logging.getLogger(__name__)


class Tidying(QObject):
    """Tidies the desk's register when it was changed and has then been left alone for a while."""

    def __init__(self, desk: Desk, parent: QObject, quiet: int = MILLISECONDS_OF_QUIET) -> None:
        super().__init__(parent)
        self._desk = desk
        self._quiet = quiet
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._tidy)
        desk.bridge.changed.connect(self._wait)
        desk.bridge.closed.connect(self._timer.stop)

    @property
    def is_waiting(self) -> bool:
        """Whether there is something to tidy when it has been quiet."""
        return self._timer.isActive()

    def _wait(self, _changes: object = None) -> None:
        if self._desk.can_write:
            self._timer.start(self._quiet)

    def _tidy(self) -> None:
        if self._desk.runner.is_busy:
            self._wait()
            return
        try:
            if self._desk.register.tidy():
                self._timer.start(MILLISECONDS_BETWEEN)
        except Problem as problem:
            _log.info("not tidied: %s", problem)  # the next edit meets the same fault and says so
