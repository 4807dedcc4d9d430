"""The head of the timeline: above the bars the scale, years over months, quarters or years."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.timeline_scale import TimeScale, TimeTick, iter_ticks
from coi_desktop.ui.itemmodels.timeline_model import BARS
from coi_desktop.ui.theme import Looks

_PAD = 4


class TimelineHeader(QHeaderView):
    """``dragged`` carries by how many pixels the scale was pulled to the left."""

    dragged = Signal(float)

    def __init__(self, looks: Looks, scale: TimeScale, today: date, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._looks = looks
        self.scale = scale
        self.today = today
        self._held_at: float | None = None
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setHighlightSections(False)
        self.setAccessibleName(_("Scale of time"))

    @property
    def least_tick(self) -> float:
        """The width a tick needs for its words."""
        metrics = QFontMetricsF(self.font())
        return max(metrics.horizontalAdvance(text) for text in ("4. kvt.", "sep.", "2026")) + 2 * _PAD + 2

    def tick_months(self) -> int:
        """How many months a tick has at this distance."""
        return self.scale.tick_months(self.least_tick)

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(super().sizeHint().width(), 2 * (self.fontMetrics().height() + 2 * _PAD))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """An ordinary heading, or the scale."""
        if section != BARS:
            super().paintSection(painter, rect, section)
            return
        looks, room = self._looks, QRectF(rect)
        painter.save()
        painter.setClipRect(room)
        painter.fillRect(room, looks.colour("raised"))
        months = self.tick_months()
        if months < 12:
            upper, lower = 12, months
        else:
            upper, lower = (months, 0)
        half = room.height() / 2
        first = QRectF(room.left(), room.top(), room.width(), half)
        self._paint_ticks(painter, first, upper)
        if lower:
            self._paint_ticks(painter, first.translated(0, half), lower)
        self._paint_today(painter, first.translated(0, half), below=not lower)
        painter.setPen(QPen(looks.colour("line"), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.restore()

    def _paint_ticks(self, painter: QPainter, room: QRectF, months: int) -> None:
        for tick in iter_ticks(self.scale, room.width(), months, current_language()):
            left = room.left() + self.scale.x(tick.start)
            painter.setPen(QPen(self._looks.colour("line"), 1))
            if left >= room.left():
                painter.drawLine(QPointF(left, room.top()), QPointF(left, room.bottom()))
            self._paint_label(painter, room, tick, left)

    def _paint_label(self, painter: QPainter, room: QRectF, tick: TimeTick, left: float) -> None:
        """The words at the left of what is seen of the stretch, and only where all of them fit."""
        right = room.right() if tick.following is None else room.left() + self.scale.x(tick.following)
        left = max(left, room.left()) + _PAD
        if QFontMetricsF(painter.font()).horizontalAdvance(tick.label) <= right - left:
            painter.setPen(self._looks.colour("text"))
            place = QRectF(left, room.top(), right - left, room.height())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(flags), tick.label)

    def _paint_today(self, painter: QPainter, room: QRectF, *, below: bool) -> None:
        """A flag at the foot of the scale on the line of today; with words where no tick stands."""
        x = room.left() + (self.scale.x(self.today) + self.scale.end(self.today)) / 2
        if not room.left() <= x <= room.right():
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._looks.colour("focus"))
        foot = room.bottom()
        painter.drawPolygon([QPointF(x - 5, foot - 6), QPointF(x + 5, foot - 6), QPointF(x, foot)])
        if below:
            painter.setPen(self._looks.colour("text"))
            place = QRectF(x + 7, room.top(), room.right() - x, room.height())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(flags), _("today"))

    # Pulling

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the scale; beside it the head is as any other."""
        if self.logicalIndexAt(event.position().toPoint()) == BARS and not self._is_at_edge(event):
            self._held_at = event.position().x()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull what is held."""
        if self._held_at is None:
            super().mouseMoveEvent(event)
            return
        self.dragged.emit(self._held_at - event.position().x())
        self._held_at = event.position().x()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held_at is not None:
            self._held_at = None
            self.unsetCursor()
        super().mouseReleaseEvent(event)

    def _is_at_edge(self, event: QMouseEvent) -> bool:
        """Whether the pointer is where the width of the titles is changed."""
        return abs(event.position().x() - self.sectionViewportPosition(BARS)) < 5
