"""A quiet notice when a title was edited so that it looks like another initiative's."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet, StepKind
from coi_desktop.operations.initiatives import EDIT
from coi_desktop.operations.merging import find_lookalikes, mark_not_duplicates
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.merge_commands import merge_two
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.plain import isolated

#: Milliseconds after the last edit of the title before anything is said.
PAUSE = 1_500


class LookalikeWatch(QObject):
    """Hears of edited titles; never says anything while the title is still being typed."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._record_id = ""
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.look)
        desk.bridge.changed.connect(self._take_in)
        desk.bridge.closed.connect(self._pause.stop)

    def look(self) -> None:
        """Tell of the initiative that looks most like the one whose title was edited last."""
        register, record_id = self._desk.register, self._record_id
        edited = register.get_many("initiative", [record_id])
        found = find_lookalikes(register, edited[0].text("title"), record_id) if edited else ()
        if not found:
            return
        other = found[0]
        said = _("This looks like “{title}”.").format(title=isolated(other.text("title")))
        self._desk.notices.show_done(
            said,
            [
                NextStep(_("&Compare and merge…"), lambda: merge_two(self._desk, record_id, other.id)),
                NextStep(_("&Not duplicates"), lambda: mark_not_duplicates(register, record_id, other.id)),
            ],
        )

    def _take_in(self, changes: ChangeSet) -> None:
        rows = [row for row in changes.rows if row.table == "initiative"]
        is_edit = changes.op == EDIT and changes.kind is StepKind.DO and len(rows) == 1
        if is_edit and rows[0].before is not None and rows[0].after is not None and "title" in rows[0].after:
            self._record_id = rows[0].key
            self._pause.start()
        elif self._record_id in changes.keys("initiative"):
            self._pause.stop()
