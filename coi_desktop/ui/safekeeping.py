"""Regular backups while the window is open: never in the way of an edit, at most half an hour late."""

from __future__ import annotations

import threading
import time
from functools import partial

from PySide6.QtCore import QObject, QTimer

from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.operations.backups import needs_word_elsewhere, newest_backup
from coi_desktop.operations.restore_trials import is_trial_due, try_newest
from coi_desktop.ui.backup_commands import keep, second_place
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import JobRunner, Work

#: From the first change that is in no backup; then the first pause is waited for, but not for ever.
MILLISECONDS_BETWEEN = 25 * 60 * 1000
MILLISECONDS_OF_QUIET = 10 * 1000
SECONDS_OF_WAITING = 4 * 60
#: What an earlier program left without a backup is made up for when the start is over.
MILLISECONDS_AFTER_START = 60 * 1000


class Safekeeping(QObject):
    """Writes a backup of the desk's register when it has changed, on a thread of its own.

    It has its own runner: an export never waits for a backup, and closing never asks about one.
    """

    def __init__(
        self,
        desk: Desk,
        parent: QObject,
        between: int = MILLISECONDS_BETWEEN,
        quiet: int = MILLISECONDS_OF_QUIET,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._between, self._quiet = between, quiet
        self._due_since: float | None = None
        self._has_tried = False
        self._stop = threading.Event()
        self.runner = JobRunner(self)
        self._first = QTimer(self, singleShot=True)
        self._first.timeout.connect(self._become_due)
        self._pause = QTimer(self, singleShot=True)
        self._pause.timeout.connect(self._keep)
        self.runner.ended.connect(self._look_again)
        desk.bridge.changed.connect(self._note)
        desk.bridge.closed.connect(self._close)
        if desk.can_write and self._is_behind():
            self._first.start(min(between, MILLISECONDS_AFTER_START))

    @property
    def is_waiting(self) -> bool:
        """Whether something has changed that is in no backup yet."""
        return self._first.isActive() or self._pause.isActive()

    def _is_behind(self) -> bool:
        register = self._desk.register
        newest = newest_backup(register.id)
        place = second_place(self._desk.settings)
        behind = register.revision > 0 if newest is None else newest.revision != register.revision
        return behind or needs_word_elsewhere(register.id, place, register.clock())

    def _look_again(self, _work: object) -> None:
        """What could not be written, or changed meanwhile, is tried again when its time comes."""
        if self.is_waiting:
            return
        if self._is_behind():
            self._first.start(self._between // 5)
        elif not self._has_tried and is_trial_due(self._desk.register.id, self._desk.register.clock()):
            self._has_tried = True
            self._try_newest()

    def _try_newest(self) -> None:
        """Once a week: a backup that was never restored is none."""
        desk = self._desk
        job = try_newest(desk.register.id, clock=desk.register.clock, stop=self._stop.is_set)
        again = partial(keep, desk, Reason.ASKED, aloud=True)
        self.runner.run(
            Work(
                _("Trying to restore a backup"),
                job,
                lambda _done: None,
                lambda problem: desk.notices.show_problem(problem, again, key="trial"),
            )
        )

    def _note(self, _changes: object = None) -> None:
        if not self._desk.can_write:
            return
        if self._due_since is None:
            if not self._first.isActive():
                self._first.start(self._between)
        elif time.monotonic() - self._due_since < SECONDS_OF_WAITING:
            self._pause.start(self._quiet)

    def _become_due(self) -> None:
        self._due_since = time.monotonic()
        self._pause.start(self._quiet)

    def _keep(self) -> None:
        if self._desk.runner.is_busy or self.runner.is_busy:
            self._pause.start(self._quiet)
            return
        self._due_since = None
        keep(self._desk, Reason.REGULAR, runner=self.runner, stop=self._stop.is_set)

    def _close(self) -> None:
        self._stop.set()
        self._first.stop()
        self._pause.stop()
        self.runner.close()
