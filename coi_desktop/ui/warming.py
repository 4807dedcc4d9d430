"""What the first searches and the first visit of a place need is made ready in the pauses after a start."""

from __future__ import annotations

import logging

from PySide6.QtCore import QObject, QTimer

from coi_desktop.errors import Problem
from coi_desktop.operations.imports_ahead import FOR_EVALUATIONS, FOR_OVERVIEW, FOR_WORKBOOKS, iter_imports
from coi_desktop.ui.desk import Desk

#: The window has come to rest before the first piece.
MILLISECONDS_OF_QUIET = 500
#: Each piece takes some milliseconds (30 at most with 100,000 initiatives); whoever types goes first.
MILLISECONDS_BETWEEN = 15

#: What the places and the great dialogs are made of that a start does not show, in an order in which no
#: module brings many others.
IMPORTED_AHEAD = (
    "coi_desktop.store.file_store",
    "coi_desktop.store.backups",
    "coi_desktop.operations.backups",
    "coi_desktop.ui.panels.backup_note",
    *FOR_OVERVIEW,
    "coi_desktop.models.explanations",
    "coi_desktop.operations.reminders",
    "coi_desktop.ui.pages.overview_page",
    "coi_desktop.ui.panels.chart_picture",
    *FOR_EVALUATIONS,
    "coi_desktop.ui.walkthrough.walk",
    "coi_desktop.ui.walkthrough.help_panel",
    "coi_desktop.ui.walkthrough.extras",
    "coi_desktop.ui.forms.record_form",
    "coi_desktop.ui.walkthrough.grid_card",
    "coi_desktop.ui.forms.rows_table",
    "coi_desktop.ui.walkthrough.rows_card",
    "coi_desktop.ui.walkthrough.screen",
    "coi_desktop.ui.pages.evaluation_list",
    "coi_desktop.ui.pages.evaluations_page",
    *FOR_WORKBOOKS,
    "coi_desktop.ui.dialogs.export_dialog",
    "coi_desktop.ui.dialogs.fields_dialog",
)

_log = logging.getLogger(__name__)


class Warming(QObject):
    """Has the desk's register prepare its search when nothing has changed for a moment, and then imports."""

    def __init__(self, desk: Desk, parent: QObject, quiet: int = MILLISECONDS_OF_QUIET) -> None:
        super().__init__(parent)
        self._desk = desk
        self._quiet = quiet
        self._imports = iter_imports(IMPORTED_AHEAD)
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
        if self._prepare_search() or self._is_importing():
            self._timer.start(MILLISECONDS_BETWEEN)

    def _prepare_search(self) -> bool:
        """A little of it; whether there is more."""
        try:
            return self._desk.register.prepare_search("initiative")
        except Problem as problem:
            _log.info("search is not prepared: %s", problem)  # the first search meets the same fault
            return False

    def _is_importing(self) -> bool:
        """Import a little; whether there was anything left to be imported."""
        return next(self._imports, self) is None
