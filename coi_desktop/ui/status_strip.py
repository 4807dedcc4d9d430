"""The status bar: what was saved when, the step undo would take, progress of work, the register and its
backup.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStatusBar, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet, StepKind, step_label
from coi_desktop.models.clock import now
from coi_desktop.models.dates import format_date, format_time
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.jobs import JobRunner, Work
from coi_desktop.ui.plain import ElidedLabel, PlainLabel, one_line, set_tooltip

if TYPE_CHECKING:
    from coi_desktop.models.progress import Progress

#: Quick work shows no progress at all.
MILLISECONDS_BEFORE_PROGRESS = 400


#: As high with progress as without, so that nothing jumps when work begins.
HEIGHT = 36


class StatusStrip(QStatusBar):
    """The window's status bar. Only permanent parts: a passing message would be wiped out by any menu."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.setSizeGripEnabled(False)
        self.setMinimumHeight(HEIGHT)
        self.setContentsMargins(10, 0, 10, 0)
        self._saved = ElidedLabel()
        self._place = PlainLabel()
        set_tooltip(self._place, str(desk.register.path))
        self.progress = ProgressStrip()
        self.addPermanentWidget(self._saved, 1)
        self.addPermanentWidget(self.progress)
        self.addPermanentWidget(self._place)
        desk.bridge.changed.connect(self._show_saved)
        self._show_step(_("Read only") if not desk.can_write else "")

    def show_unsaved(self) -> None:
        """Something typed could not be written."""
        self._show_step(_("Not saved"))

    def show_backup(self) -> None:
        """The register's name and when the newest backup was written (looked up in the backup folder)."""
        name = one_line(self._desk.register.path.name, 60)
        from coi_desktop.operations.backups import newest_backup

        newest = newest_backup(self._desk.register.id)
        text = (
            _("no backup yet")
            if newest is None
            else _("backup {when}").format(when=_when(newest.written.astimezone()))
        )
        self._place.setText(f"{name} · {text}")

    def _show_saved(self, changes: ChangeSet) -> None:
        moment = now().astimezone()
        self._show_step(_("Saved {time}").format(time=format_time(moment, current_language())))

    def _show_step(self, saved: str) -> None:
        step = self._desk.register.next_undo if self._desk.can_write else None
        undo = "" if step is None else one_line(step_label(*step, StepKind.UNDO), 70)
        self._saved.set_line(" · ".join(part for part in (saved, undo) if part))


class ProgressStrip(QWidget):
    """A progress bar with Cancel, seen only while work takes longer than a moment."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_furnished = False
        self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS_BEFORE_PROGRESS)
        self._timer.timeout.connect(self.show)
        self.hide()

    def _furnish(self) -> None:
        """Make what is in the strip: for the first work, not on the way to the first window."""
        self._is_furnished = True
        self._title = PlainLabel()
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setAccessibleName(_("Progress"))
        self.cancel_button = QPushButton(_("&Cancel"))
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(8)
        row.addWidget(self._title)
        row.addWidget(self._bar)
        row.addWidget(self.cancel_button)
        self.cancel_button.clicked.connect(self._runner.cancel)
        self.cancel_button.clicked.connect(self._stopping)

    def follow(self, runner: JobRunner) -> None:
        """Show the progress of this runner's work."""
        self._runner = runner
        runner.started.connect(self._begin)
        runner.progressed.connect(self._advance)
        runner.ended.connect(self._end)

    def _begin(self, work: Work) -> None:
        if not self._is_furnished:
            self._furnish()
        self._title.setText(one_line(work.title, 60))
        self._bar.setRange(0, 0)
        self.cancel_button.setEnabled(True)
        self._timer.start()

    def _advance(self, progress: Progress) -> None:
        fraction = progress.fraction
        self._bar.setRange(0, 0 if fraction is None else 100)
        if fraction is not None:
            self._bar.setValue(round(100 * fraction))
        if progress.message:
            self._title.setText(one_line(progress.message, 60))

    def _stopping(self) -> None:
        self._title.setText(_("Stopping…"))
        self.cancel_button.setEnabled(False)

    def _end(self, _work: Work) -> None:
        self._timer.stop()
        self.hide()


def _when(moment: datetime) -> str:
    language = current_language()
    time = format_time(moment, language)
    if moment.date() == now().astimezone().date():
        return _("today {time}").format(time=time)
    return f"{format_date(moment.date(), language)} {time}"
