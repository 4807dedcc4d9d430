"""Paints the title of an initiative with the words that were searched for marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coi_desktop.ui.delegates.hits import find_hits
from coi_desktop.ui.theme import Looks

Index = QModelIndex | QPersistentModelIndex

#: Where the style begins the text of a cell: the sheet's padding and the room for the focus frame.
_MARGIN = 9


class TitleDelegate(QStyledItemDelegate):
    """An ordinary cell until something is searched for; then hits stand on the theme's marking colour."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self.search = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the cell, then its text piece by piece where there are hits."""
        text = index.data(Qt.ItemDataRole.DisplayRole) or ""
        hits = find_hits(text, self.search) if self.search else []
        if not hits:
            super().paint(painter, option, index)
            return
        from PySide6.QtWidgets import QStyle  # its many enumerations would cost every start some milliseconds

        whole = QStyleOptionViewItem(option)
        self.initStyleOption(whole, index)
        whole.text = ""
        whole.widget.style().drawControl(QStyle.ControlElement.CE_ItemViewItem, whole, painter, whole.widget)
        self._paint_text(
            painter, whole, text, hits, chosen=bool(whole.state & QStyle.StateFlag.State_Selected)
        )
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.save()
            painter.setPen(QPen(self._looks.colour("focus"), 2))
            painter.drawRect(QRectF(option.rect).adjusted(1, 1, -1, -1))
            painter.restore()

    def _paint_text(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        text: str,
        hits: list[tuple[int, int]],
        *,
        chosen: bool,
    ) -> None:
        room = QRectF(option.rect).adjusted(_MARGIN, 0, -_MARGIN, 0)
        metrics = QFontMetricsF(option.font)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        whole_letters = len(shown) if shown == text else len(shown) - 1
        painter.save()
        painter.setClipRect(room)
        painter.setFont(option.font)
        base = room.top() + (room.height() - metrics.height()) / 2
        for start, end in hits:
            if start < whole_letters:
                left = room.left() + metrics.horizontalAdvance(shown[:start])
                right = room.left() + metrics.horizontalAdvance(shown[: min(end, whole_letters)])
                painter.fillRect(
                    QRectF(left, base, right - left, metrics.height()), self._looks.colour("hit")
                )
        line = base + metrics.ascent()
        painter.setPen(self._looks.colour("selected_text" if chosen else "text"))
        painter.drawText(QPointF(room.left(), line), shown)
        painter.setPen(self._looks.colour("hit_text"))
        for start, end in hits:
            if start < whole_letters:
                left = room.left() + metrics.horizontalAdvance(shown[:start])
                width = metrics.horizontalAdvance(shown[: min(end, whole_letters)]) + room.left() - left
                painter.setClipRect(QRectF(left, base, width, metrics.height()))
                painter.drawText(QPointF(room.left(), line), shown)
        painter.restore()
