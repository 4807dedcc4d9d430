"""Looks out for a register whose drive has gone, and goes on when it is there again.

The drive is asked on a thread: a dead share keeps whoever asks it waiting. What the window cannot be spared
is a call that SQLite has begun when the share dies; it returns when the system gives the share up.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.plain import isolated
from coi_desktop.ui.ways_out import find_ways_out

MILLISECONDS_BETWEEN = 5_000

_GONE = ("away", "disk_error")


class AwayWatch(QObject):
    """Begins with the first problem of a drive that is gone, and ends when work goes on."""

    _answered = Signal(bool)

    def __init__(self, desk: Desk, parent: QObject, between: int = MILLISECONDS_BETWEEN) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asking: threading.Thread | None = None
        self._timer = QTimer(self, interval=between)
        self._timer.timeout.connect(self._ask)
        self._answered.connect(self._hear)
        desk.bridge.closed.connect(self._timer.stop)

    @property
    def is_watching(self) -> bool:
        """Whether the drive is gone, as far as is known."""
        return self._timer.isActive()

    def find_ways_out(self, problem: Problem) -> Sequence[NextStep]:
        """The next steps for a problem; one of a drive that is gone is looked after from now on."""
        if problem.code in _GONE:
            self._timer.start()
        return find_ways_out(self._desk, problem)

    def _ask(self) -> None:
        if self._asking is None or not self._asking.is_alive():
            self._asking = threading.Thread(target=self._look, name="is the drive back", daemon=True)
            self._asking.start()

    def _look(self) -> None:
        self._answered.emit(self._desk.register.is_in_reach())

    def _hear(self, is_there: bool) -> None:
        if not is_there or not self._timer.isActive():
            return
        self._timer.stop()
        desk = self._desk
        try:
            desk.register.come_back()
        except Problem as problem:
            desk.notices.show_problem(problem, key="disk")
            return
        desk.notices.clear("disk")
        desk.routes.read_again()
        if desk.routes.flush():
            name = isolated(desk.register.path.name)
            desk.notices.show_done(_("{name} is there again, and what you typed is saved.").format(name=name))
