"""The list of attachments: one line each, older editions below the newest; plain text, nothing drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTreeView

from coi_desktop.i18n import _, current_language
from coi_desktop.models.attachment_kinds import UNKNOWN_MEDIA_TYPE, label_of_kind, suffix_of
from coi_desktop.models.attachments import Editions, shown_codes
from coi_desktop.models.dates import format_date
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_size
from coi_desktop.operations.library import attachment_kinds
from coi_desktop.ui.plain import one_line, tooltip
from coi_desktop.ui.row_keys import claims_for_row

_ID = int(Qt.ItemDataRole.UserRole)
_SIZE_COLUMN, _EDITION_COLUMN, _EVIDENCE_COLUMN = 2, 4, 5
_EVIDENCE_WIDTH = 160
#: The title is never narrower than this; the other columns are scrolled to then.
_LEAST_TITLE = 200
_LEAST_ROWS = 4


class AttachmentTree(QTreeView):
    """Shows attachments and tells what is wanted of them by keyboard or double click."""

    open_wanted = Signal()
    edit_wanted = Signal()
    remove_wanted = Signal()
    paste_wanted = Signal()
    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        headings = (_("Title"), _("Kind"), _("Size"), _("Added"), _("Edition"), _("Evidence of"))
        self._model = QStandardItemModel(0, len(headings))
        self._model.setHorizontalHeaderLabels(list(headings))
        self._records: dict[str, Record] = {}
        self.setModel(self._model)
        self.setAccessibleName(_("Attachments"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setExpandsOnDoubleClick(False)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        for place in (0, _EVIDENCE_COLUMN):
            header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
        header.resizeSection(_EVIDENCE_COLUMN, _EVIDENCE_WIDTH)
        self.setMinimumHeight(
            _LEAST_ROWS * (self.fontMetrics().height() + 8) + 2 * header.sizeHint().height()
        )
        self.doubleClicked.connect(self.open_wanted)
        self.selectionModel().selectionChanged.connect(self.chosen)

    def show_attachments(self, groups: Sequence[Editions], measurements: Mapping[str, str]) -> None:
        """Show these; what was chosen stays chosen. ``measurements`` are the labels of measurements by id."""
        self.ensurePolished()  # rows are measured now, and the style sheet makes them higher
        chosen, current = {one.id for one in self.records()}, self.current()
        self._model.setRowCount(0)
        self._records = {one.id: one for group in groups for one in (group.newest, *group.older)}
        for group in groups:
            top = _cells(group.newest, group.count, group.count, measurements)
            for place, older in enumerate(group.older, start=1):
                top[0].appendRow(_cells(older, group.count - place, group.count, measurements))
            self._model.appendRow(top)
        has_editions = any(group.older for group in groups)
        has_evidence = any(one["measurement_id"] for one in self._records.values())
        self.setRootIsDecorated(has_editions)
        self.setColumnHidden(_EDITION_COLUMN, not has_editions)
        self.setColumnHidden(_EVIDENCE_COLUMN, not has_evidence)
        self.expandAll()
        self._choose(chosen, "" if current is None else current.id)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title takes what the other columns leave."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        header = self.header()
        others = sum(max(header.sectionSize(place), 0) for place in range(1, header.count()))
        header.resizeSection(0, max(_LEAST_TITLE, self.viewport().width() - others))

    def _choose(self, chosen: set[str], current: str) -> None:
        rows = QItemSelectionModel.SelectionFlag.Rows
        for item in self._items():
            record_id = item.data(_ID)
            if record_id == current or (not current and not self.currentIndex().isValid()):
                self.selectionModel().setCurrentIndex(
                    item.index(), QItemSelectionModel.SelectionFlag.NoUpdate
                )
            if record_id in chosen:
                self.selectionModel().select(item.index(), QItemSelectionModel.SelectionFlag.Select | rows)
        if not self.selectionModel().hasSelection() and self.currentIndex().isValid():
            self.selectionModel().select(
                self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect | rows
            )
        self.chosen.emit()

    def _items(self) -> list[QStandardItem]:
        found: list[QStandardItem] = []
        for row in range(self._model.rowCount()):
            top = self._model.item(row)
            found += [top, *(top.child(place) for place in range(top.rowCount()))]
        return found

    def current(self) -> Record | None:
        """The attachment the keyboard is on."""
        index = self.currentIndex().siblingAtColumn(0)
        return self._records.get(index.data(_ID)) if index.isValid() else None

    def records(self) -> list[Record]:
        """The attachments that are chosen, in the order they stand."""
        found = [self._records.get(index.data(_ID)) for index in self.selectionModel().selectedRows()]
        return [one for one in found if one is not None]

    def choose_attachment(self, record_id: str) -> None:
        """Put the keyboard on one and choose it alone."""
        for item in self._items():
            if item.data(_ID) == record_id:
                self.setCurrentIndex(item.index())

    def lines(self) -> list[str]:
        """What is shown, as lines: the cells of a row, older editions indented."""
        found = []
        for item in self._items():
            index, indent = item.index(), "" if item.parent() is None else "  "
            cells = [index.siblingAtColumn(place).data() or "" for place in range(self._model.columnCount())]
            found.append(indent + " | ".join(cells))
        return found

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, F2 edits, Delete removes, Ctrl+V pastes files and pictures."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.edit_wanted.emit()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste_wanted.emit()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Delete and F2 mean the attachment here, not the initiative."""
        return claims_for_row(event) or super().event(event)


def _cells(record: Record, edition: int, count: int, measurements: Mapping[str, str]) -> list[QStandardItem]:
    language, added = current_language(), record["added"]
    day = added.astimezone().date() if isinstance(added, datetime) else None
    title, file_name = (shown_codes(record.text(name)) for name in ("title", "file_name"))
    texts = (
        title,
        _kind(record),
        format_size(record.integer("size"), language),
        format_date(day, language),
        _("{number} of {count}").format(number=edition, count=count) if count > 1 else "",
        measurements.get(record.text("measurement_id"), ""),
    )
    cells = [QStandardItem(one_line(text)) for text in texts]
    cells[0].setData(record.id, _ID)
    about = "\n".join(part for part in (title, file_name if file_name != title else "") if part)
    cells[0].setData(tooltip(about), Qt.ItemDataRole.ToolTipRole)
    cells[0].setData(about, Qt.ItemDataRole.AccessibleDescriptionRole)
    cells[_SIZE_COLUMN].setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    return cells


def _kind(record: Record) -> str:
    """The kind by the name, and whether the content was found to be another when it was added."""
    suffix = suffix_of(record.text("file_name"))
    kind = attachment_kinds().by_suffix.get(suffix)
    label = label_of_kind(kind, suffix) if suffix else ""
    stored = record.text("media_type")
    if kind is not None and stored == UNKNOWN_MEDIA_TYPE != kind.media_type:
        return _("{kind} by name only").format(kind=label)
    return label
