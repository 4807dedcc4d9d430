"""A plain read-only table over texts, looking like every other list of the program."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from coi_desktop.ui.delegates.tick_delegate import TickDelegate
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel

ROW_HEIGHT = 28


class TextTable(QTableView):
    """A table over a TextRowsModel; ``widths`` are those of the columns, the last takes what is left."""

    def __init__(self, model: TextRowsModel, name: str, widths: Sequence[int]) -> None:
        super().__init__()
        self.rows = model
        self.setModel(model)
        self.setAccessibleName(name)
        self.setItemDelegateForColumn(0, TickDelegate(self))
        self.setProperty("look", "boxed")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        sides = self.verticalHeader()
        sides.hide()
        sides.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        sides.setDefaultSectionSize(max(ROW_HEIGHT, self.fontMetrics().height() + 10))
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setStretchLastSection(True)
        for place, width in enumerate(widths):
            header.resizeSection(place, width)

    def chosen(self) -> TextRow | None:
        """The row the keyboard is on, or None."""
        return self.rows.row(self.currentIndex().row())

    def choose_row(self, place: int) -> None:
        """Choose this row and no other, also while Ctrl is held, when ``selectRow`` would add to them."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.rows.index(place, 0)
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
