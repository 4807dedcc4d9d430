"""The rows of an import plan, or of any list of plain texts: read-only, with ticks where one decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from coi_desktop.ui.plain import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


@dataclass(frozen=True)
class TextRow:
    """One row: a key for whoever made it, its texts, and a tick (None: there is nothing to decide)."""

    key: str
    cells: tuple[str, ...]
    ticked: bool | None = None


class TextRowsModel(QAbstractTableModel):
    """Rows of texts under headings. ``tick`` hears the key of a row whose tick changed, and the new state.

    It is heard by a signal, which does not hold on to its dialog: a ring of the two would be taken apart
    whenever Python clears up, which may be on the thread of a job.
    """

    ticked = Signal(str, bool)

    def __init__(
        self,
        headings: Sequence[str],
        rows: Sequence[TextRow],
        tick: Callable[[str, bool], None] | None = None,
    ) -> None:
        super().__init__()
        self._headings = tuple(headings)
        self._rows = list(rows)
        self._takes_ticks = tick is not None
        if tick is not None:
            self.ticked.connect(tick)

    def set_rows(self, rows: Sequence[TextRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> TextRow | None:
        """The row at a place, or None."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """How many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._headings)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The first cell of a row that waits for a decision can be ticked."""
        flags = super().flags(index)
        if index.isValid() and index.column() == 0 and self._rows[index.row()].ticked is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, tooltip and accessible text of a cell; the tick in the first one."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.CheckStateRole:
            if index.column() or row.ticked is None:
                return None
            return Qt.CheckState.Checked if row.ticked else Qt.CheckState.Unchecked
        text = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(text)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip(text)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {one_line(text)}" if text else ""
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a tick."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() or not self._takes_ticks:
            return False
        row = self._rows[index.row()]
        if row.ticked is None:
            return False
        ticked = Qt.CheckState(value) == Qt.CheckState.Checked
        self._rows[index.row()] = TextRow(row.key, row.cells, ticked)
        self.dataChanged.emit(index, index, [])
        self.ticked.emit(row.key, ticked)
        return True

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The headings."""
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation == Qt.Orientation.Horizontal and role in shown and section < len(self._headings):
            return self._headings[section]
        return None
