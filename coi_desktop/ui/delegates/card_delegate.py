"""Paints an initiative as a card: title on two lines at most, who and where, what comes next, its status."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coi_desktop.ui.itemmodels.board_model import BoardModel
from coi_desktop.ui.marks import STATUS_MARKS, paint_mark
from coi_desktop.ui.plain import one_line
from coi_desktop.ui.theme import MARK_SIDE, Looks

Index = QModelIndex | QPersistentModelIndex

_GAP, _PAD, _RADIUS = 4, 8, 6
_TITLE_LINES = 2


def card_height(metrics: QFontMetricsF) -> int:
    """The height of a card with its gap, in pixels: two lines of title and two below."""
    return int(metrics.lineSpacing() * (_TITLE_LINES + 2)) + 2 * _PAD + 2 * _GAP


class CardDelegate(QStyledItemDelegate):
    """Every card is as high as every other, so that a hundred thousand of them need no measuring."""

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        """The height of all cards."""
        return QSize(120, card_height(QFontMetricsF(option.font)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one card."""
        model = index.model()
        record = model.record(index.row()) if isinstance(model, BoardModel) else None
        if record is None or not isinstance(model, BoardModel):
            return
        looks = self._looks
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        place = QRectF(option.rect).adjusted(_GAP, _GAP, -_GAP, -_GAP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(looks.colour("focus" if focused else "outline"), 2 if focused else 1))
        painter.setBrush(looks.colour("selected" if chosen else "surface"))
        painter.drawRoundedRect(place, _RADIUS, _RADIUS)
        room = place.adjusted(_PAD, _PAD, -_PAD, -_PAD)
        mark = STATUS_MARKS.get(record.text("status"))
        if mark is not None:
            paint_mark(
                painter, QRectF(room.right() - MARK_SIDE, room.top() + 2, MARK_SIDE, MARK_SIDE), mark, looks
            )
        text, muted = (
            looks.colour("selected_text" if chosen else "text"),
            looks.colour("selected_text" if chosen else "muted"),
        )
        painter.setPen(text)
        bold = QFont(option.font)
        bold.setBold(True)
        metrics = QFontMetricsF(option.font)
        width = room.width() - (MARK_SIDE + 4 if mark is not None else 0)
        title = one_line(record.text("title"))
        top = _paint_lines(painter, bold, title, QPointF(room.left(), room.top()), width)
        painter.setFont(option.font)
        painter.setPen(muted)
        for line in model.lines(record):
            if line:
                shown = metrics.elidedText(line, Qt.TextElideMode.ElideRight, room.width())
                painter.drawText(QPointF(room.left(), top + metrics.ascent()), shown)
                top += metrics.lineSpacing()
        painter.restore()


def _paint_lines(painter: QPainter, font: QFont, text: str, place: QPointF, width: float) -> float:
    """Paint a text on two lines at most, the last one cut with an ellipsis; returns where the next begins."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = place.y()
    for number in range(_TITLE_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        start, length = line.textStart(), line.textLength()
        is_last = number == _TITLE_LINES - 1
        part = text[start:] if is_last else text[start : start + length]
        shown = metrics.elidedText(part.strip(), Qt.TextElideMode.ElideRight, width)
        painter.drawText(QPointF(place.x(), top + metrics.ascent()), shown)
        top += metrics.lineSpacing()
    layout.endLayout()
    return top
