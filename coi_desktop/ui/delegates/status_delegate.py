"""Paints the status of an initiative in the list: its mark before its word."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coi_desktop.ui.itemmodels.initiative_model import VALUE_ROLE
from coi_desktop.ui.marks import SIDE, STATUS_MARKS, paint_mark
from coi_desktop.ui.theme import Looks

Index = QModelIndex | QPersistentModelIndex

_MARGIN, _GAP = 6, 6


class StatusDelegate(QStyledItemDelegate):
    """A cell with room for a mark at its left."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell moved to the right, then the mark."""
        mark = STATUS_MARKS.get(index.data(VALUE_ROLE) or "")
        if mark is None:
            super().paint(painter, option, index)
            return
        super().paint(painter, option, index)
        room = QRectF(option.rect)
        place = QRectF(room.left() + _MARGIN, room.center().y() - SIDE / 2, SIDE, SIDE)
        paint_mark(painter, place, mark, self._looks)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        """Leave room for the mark by a no-break indent in front of the word."""
        super().initStyleOption(option, index)
        if index.data(VALUE_ROLE) in STATUS_MARKS:
            blank = option.fontMetrics.horizontalAdvance("\u00a0") or 1
            option.text = "\u00a0" * round((SIDE + _GAP) / blank) + option.text
