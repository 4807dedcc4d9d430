"""The counts on the tabs: taken in idle moments, one view after the other, a few milliseconds at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from coi_desktop.errors import Problem
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.progress import Job
from coi_desktop.models.views import Showing
from coi_desktop.operations.views import count_view, moves_count
from coi_desktop.ui.desk import Desk

#: After a change nobody has made another one for so long.
MILLISECONDS_OF_QUIET = 400
#: Between two slices of a count everything else comes first.
MILLISECONDS_BETWEEN = 5


class ViewsCounts(QObject):
    """How many initiatives each view shows. ``counted`` tells a view's id and its number.

    A count is kept until a commit changes something the view looks at; counting is put off while anybody
    edits or a job runs.
    """

    counted = Signal(str, int)

    def __init__(self, desk: Desk, my_name: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._my_name = my_name
        self._views: dict[str, Showing] = {}
        self._known: dict[str, int] = {}
        self._job: Job[int] | None = None
        self._counting = ""
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        desk.bridge.changed.connect(self._take_in)
        desk.bridge.closed.connect(self._stop)

    def count(self, view_id: str) -> int | None:
        """The number of a view, or None while it is not known."""
        return self._known.get(view_id)

    def set_views(self, views: Sequence[Showing]) -> None:
        """Count these; the numbers of those that ask the same as before are kept."""
        before = self._views
        self._views = {view.id: view for view in views}
        for view_id in list(self._known):
            if view_id not in self._views or self._asks(self._views[view_id]) != self._asks(before[view_id]):
                del self._known[view_id]
        self._begin(0)

    @staticmethod
    def _asks(view: Showing) -> tuple[object, ...]:
        return view.search, view.conditions

    def _take_in(self, changes: ChangeSet) -> None:
        register = self._desk.register
        for view_id, view in self._views.items():
            if view_id in self._known and moves_count(register, view, changes):
                del self._known[view_id]
        self._begin(MILLISECONDS_OF_QUIET)

    def _begin(self, milliseconds: int) -> None:
        self._job = None
        if len(self._known) < len(self._views):
            self._timer.start(milliseconds)

    def _go_on(self) -> None:
        if self._desk.runner.is_busy:
            self._timer.start(MILLISECONDS_OF_QUIET)
            return
        if self._job is None:
            self._counting = next((view_id for view_id in self._views if view_id not in self._known), "")
            if not self._counting:
                return
            self._job = count_view(self._desk.register, self._views[self._counting], self._my_name())
        try:
            next(self._job)
        except StopIteration as end:
            self._job = None
            self._known[self._counting] = end.value
            self.counted.emit(self._counting, end.value)
        except Problem:
            return  # the list asks the same file and says what is wrong with it
        self._timer.start(MILLISECONDS_BETWEEN)

    def _stop(self) -> None:
        self._timer.stop()
        self._job = None
