"""The tab Attachments: what is attached to the initiative. Nothing is opened from here."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView, QVBoxLayout

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_date, format_number
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.page import RecordTab
from coi_desktop.ui.plain import one_line

_COLUMNS = ("title", "file_name", "size", "added")


class AttachmentsTab(RecordTab):
    """A list of the attachments: title, file name, size, when it was added."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._record_id = ""
        self._fields = [record_type("attachment").field(name) for name in _COLUMNS]
        self._model = QStandardItemModel(0, len(_COLUMNS))
        self._model.setHorizontalHeaderLabels([field.label() for field in self._fields])
        self._list = QTreeView()
        self._list.setModel(self._model)
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setAccessibleName(_("Attachments"))
        header = self._list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for place in (0, 1):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._list)
        desk.bridge.changed.connect(self._take_in)

    def show_record(self, record_id: str) -> None:
        """Show the attachments of this initiative."""
        self._record_id = record_id
        self._model.setRowCount(0)
        for record in self._desk.register.children("attachment", record_id):
            cells = [QStandardItem(one_line(_cell(field, record))) for field in self._fields]
            cells[2].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._model.appendRow(cells)

    def _take_in(self, changes: ChangeSet) -> None:
        if self._record_id and changes.touches("attachment"):
            self.show_record(self._record_id)


def _cell(field: FieldSpec, record: Record) -> str:
    """A field in words; sizes in kilobytes, as files are listed elsewhere."""
    size = record.integer("size") if field.name == "size" else None
    if size is not None:
        return _("{size} kB").format(size=format_number(max(1, round(size / 1000)), current_language()))
    if field.name == "added":
        added = record["added"]
        day = added.astimezone().date() if isinstance(added, datetime) else None
        return format_date(day, current_language())
    return show_value(field, record[field.name], vocabulary())
