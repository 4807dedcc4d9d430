"""States as shape, colour and word together: the shapes are painted here, the words come from the value
lists.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from coi_desktop.ui.plain import ElidedLabel, PlainLabel, times_larger
from coi_desktop.ui.theme import MARK_SIDE, Looks


class Mark(NamedTuple):
    """A shape (circle, ring, triangle, square, dash, check) in a named colour."""

    shape: str
    colour: str


#: How the status of an initiative looks. A stop is a result like any other, so it is not red.
STATUS_MARKS: Mapping[str, Mark] = {
    "active": Mark("circle", "good"),
    "parked": Mark("dash", "quiet"),
    "stopped": Mark("square", "quiet"),
    "done": Mark("check", "accent"),
}


#: How a traffic light looks, by its key.
LIGHT_MARKS: Mapping[str, Mark] = {
    "green": Mark("circle", "good"),
    "yellow": Mark("triangle", "warning"),
    "red": Mark("square", "wrong"),
}
NO_LIGHT_MARK = Mark("dash", "quiet")


def paint_mark(painter: QPainter, place: QRectF, mark: Mark, looks: Looks) -> None:
    """Paint a mark into a square place."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = looks.colour(mark.colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    if mark.shape == "circle":
        painter.drawEllipse(place.adjusted(1, 1, -1, -1))
    elif mark.shape == "square":
        painter.drawRect(place.adjusted(1.5, 1.5, -1.5, -1.5))
    elif mark.shape == "triangle":
        painter.drawPolygon(
            [QPointF(place.center().x(), place.top()), place.bottomLeft(), place.bottomRight()]
        )
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(
            QPen(colour, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
        )
        middle = place.center().y()
        if mark.shape == "ring":
            painter.drawEllipse(place.adjusted(2, 2, -2, -2))
        elif mark.shape == "check":
            left, bottom = place.left() + place.width() * 0.4, place.bottom() - 2
            painter.drawPolyline(
                [
                    QPointF(place.left() + 1, middle),
                    QPointF(left, bottom),
                    QPointF(place.right() - 1, place.top() + 2),
                ]
            )
        else:
            painter.drawLine(QPointF(place.left() + 1, middle), QPointF(place.right() - 1, middle))
    painter.restore()


def make_mark_icon(mark: Mark, looks: Looks, ratio: float) -> QIcon:
    """A mark as a picture for lists, the same in a chosen row, where the style would tint it."""
    pixmap = QPixmap(round(MARK_SIDE * ratio), round(MARK_SIDE * ratio))
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_mark(painter, QRectF(0, 0, MARK_SIDE, MARK_SIDE), mark, looks)
    painter.end()
    icon = QIcon(pixmap)
    icon.addPixmap(pixmap, QIcon.Mode.Selected)
    return icon


class MarkedLabel(QWidget):
    """A mark and its word."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._word = ElidedLabel()
        self._word.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._shape = _Shape(looks)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._shape)
        row.addWidget(self._word)

    def show_mark(self, mark: Mark | None, word: str) -> None:
        """Show a state, or only a word when it has no mark."""
        self._shape.mark = mark
        self._shape.setVisible(mark is not None)
        self._shape.update()
        self._word.set_line(word)
        self._word.setVisible(bool(word))


class MarkedSentence(QWidget):
    """A mark beside the first line of a sentence that may need several."""

    def __init__(self, looks: Looks, tone: str = "") -> None:
        super().__init__()
        self._shape = _Shape(looks)
        self._sentence = PlainLabel(tone=tone, wrap=True, selectable=True)
        self._sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, max(0, (self.fontMetrics().height() - MARK_SIDE) // 2), 0, 0)
        beside.addWidget(self._shape)
        beside.addStretch(1)
        row.addLayout(beside)
        row.addWidget(self._sentence, 1)

    def show_mark(self, mark: Mark | None, sentence: str) -> None:
        """Show a state; without a mark the sentence stands below those that have one."""
        self._shape.mark = mark
        self._shape.update()
        self._sentence.setText(sentence)


class _Shape(QWidget):
    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.mark: Mark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A small square, larger beside large letters."""
        side = round(MARK_SIDE * times_larger(self))
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        if self.mark is not None:
            painter = QPainter(self)
            if self.width() > MARK_SIDE:
                painter.scale(self.width() / MARK_SIDE, self.width() / MARK_SIDE)
            paint_mark(painter, QRectF(0, 0, MARK_SIDE, MARK_SIDE), self.mark, self._looks)
            painter.end()
