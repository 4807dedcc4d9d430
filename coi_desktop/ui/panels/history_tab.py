"""The tab History: the steps of one initiative in plain words, newest first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.text import format_datetime
from coi_desktop.operations.history import FieldStory, StepStory, find_history
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.plain import one_line, tooltip

#: Steps shown; older ones are in the register all the same.
MOST_STEPS = 200

#: A step that changed more fields than this is folded.
MOST_OPEN_FIELDS = 8


class HistoryTab(RecordTab):
    """A tree: a step with its time, under it what it changed, before → after. Read when it is looked at."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record_id = ""
        self._is_stale = False
        self._model = QStandardItemModel(0, 2)
        self._model.setHorizontalHeaderLabels([_("What"), _("When")])
        self._tree = QTreeView()
        self._tree.setModel(self._model)
        self._tree.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._tree.setUniformRowHeights(True)
        self._tree.setAccessibleName(_("History"))
        self._tree.header().setStretchLastSection(False)
        self._tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self._tree.header().resizeSection(1, 140)
        self._tree.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._tree)
        desk.bridge.changed.connect(self._take_in)

    def show_record(self, record_id: str) -> None:
        """Show the history of this initiative, at once or when the tab is looked at."""
        self._record_id = record_id
        self._is_stale = True
        if self.isVisible():
            self._read()

    def lines(self) -> list[str]:
        """What is shown, as lines: the steps, and indented below each what it changed."""
        found: list[str] = []
        for row in range(self._model.rowCount()):
            step = self._model.item(row)
            found.append(step.text())
            found.extend(f"  {step.child(place).text()}" for place in range(step.rowCount()))
        return found

    def showEvent(self, event: QShowEvent) -> None:
        """The tab is looked at."""
        super().showEvent(event)
        self._read()

    def _take_in(self, changes: ChangeSet) -> None:
        if self._record_id in changes.keys("initiative"):
            self.show_record(self._record_id)

    def _read(self) -> None:
        if not self._is_stale or not self._record_id:
            return
        self._is_stale = False
        self._model.setRowCount(0)
        for step in find_history(self._desk.register, self._record_id, limit=MOST_STEPS):
            self._model.appendRow(self._make_step(step))
            if len(step.fields) <= MOST_OPEN_FIELDS:
                self._tree.expand(self._model.index(self._model.rowCount() - 1, 0))

    def _make_step(self, step: StepStory) -> list[QStandardItem]:
        label = _("{step} (taken back)").format(step=step.label) if step.undone else step.label
        when = format_datetime(step.at.astimezone(), current_language())
        what = _item(label)
        for story in step.fields:
            what.appendRow([_item(tell(story)), QStandardItem()])
        return [what, _item(when)]


def tell(story: FieldStory) -> str:
    """One changed field in a line: "Phase: Idea → Trial"."""
    before, after = story.before or _("empty"), story.after or _("empty")
    if not story.before:
        return f"{story.field}: {after}"
    return f"{story.field}: {before} → {after}"


def _item(text: str) -> QStandardItem:
    item = QStandardItem(one_line(text))
    item.setData(tooltip(text), Qt.ItemDataRole.ToolTipRole)
    return item
