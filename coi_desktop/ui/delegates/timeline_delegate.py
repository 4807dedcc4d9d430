"""Paints the bars of an initiative: original plan thin, expected time solid, what is late hatched."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.lights import Light
from coi_desktop.models.timeline_bars import Bars, late_words
from coi_desktop.models.timeline_scale import TimeScale, iter_ticks
from coi_desktop.ui.itemmodels.timeline_model import TimelineModel
from coi_desktop.ui.theme import Looks

Index = QModelIndex | QPersistentModelIndex

#: The colour of what is late, by the light of time; its hatching says the same without colours.
_LATE = {Light.YELLOW: "warning", Light.RED: "wrong"}
_QUIET = ("stopped", "done", "parked")
_SIDE, _GAP = 10.0, 5.0
#: So far an open end is drawn.
_OPEN = 36.0


class TimelineDelegate(QStyledItemDelegate):
    """``scale`` and ``today`` are set by the timeline; ``tick`` is how many months a line of the grid has."""

    def __init__(self, looks: Looks, scale: TimeScale, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self._looks = looks
        self.scale = scale
        self.today = today
        self.tick = 1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row: the grid, today, then the bars or what stands for them."""
        model = index.model()
        if not isinstance(model, TimelineModel):
            return
        room = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(room)
        painter.fillRect(room, self._looks.colour("selected" if chosen else "surface"))
        self._paint_grid(painter, room)
        bars = model.bars(index.row())
        if bars is not None:
            painter.setFont(option.font)
            hand = _Hand(painter, room, self._looks, self.scale, chosen=chosen)
            if bars.is_empty:
                hand.say_nothing()
            else:
                hand.paint(bars, is_quiet=model.status(index.row()) in _QUIET)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(self._looks.colour("focus"), 2))
            painter.drawRect(room.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_grid(self, painter: QPainter, room: QRectF) -> None:
        painter.setPen(QPen(self._looks.colour("line"), 1))
        for tick in iter_ticks(self.scale, room.width(), self.tick, "en"):
            x = room.left() + self.scale.x(tick.start)
            if x > room.left():
                painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))
        x = room.left() + (self.scale.x(self.today) + self.scale.end(self.today)) / 2
        painter.setPen(QPen(self._looks.colour("focus"), 2))
        painter.drawLine(QPointF(x, room.top()), QPointF(x, room.bottom()))


class _Hand:
    """Paints into one row."""

    def __init__(
        self, painter: QPainter, room: QRectF, looks: Looks, scale: TimeScale, *, chosen: bool
    ) -> None:
        self._painter = painter
        self._room = room
        self._looks = looks
        self._scale = scale
        self._ground = looks.colour("selected" if chosen else "surface")
        self._text = looks.colour("selected_text" if chosen else "text")
        self._muted = looks.colour("selected_text" if chosen else "muted")
        self._metrics = QFontMetricsF(painter.font())
        middle = room.center().y()
        thick = max(9.0, round(self._metrics.height() * 0.55))
        self._bar = (middle - thick / 2 - 1, thick)
        self._line = (middle + thick / 2 + 1, 4.0)

    def say_nothing(self) -> None:
        """The row of an initiative without dates."""
        place = self._room.adjusted(_GAP, 0, -_GAP, 0)
        self._painter.setPen(self._muted)
        shown = self._metrics.elidedText(_("no dates"), Qt.TextElideMode.ElideRight, place.width())
        self._painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)

    def paint(self, bars: Bars, *, is_quiet: bool) -> None:
        """The bars, the next date, and the words beside them; where all lies outside, an arrow to it."""
        span = bars.span
        assert span is not None
        left, right = self._x(span[0]), self._end(span[1])
        if right <= self._room.left():
            self._point_away(span[1], to_left=True)
            return
        if left >= self._room.right():
            self._point_away(span[0], to_left=False)
            return
        self._paint_baseline(bars)
        self._paint_forecast(bars, self._looks.colour("quiet" if is_quiet else "accent"))
        if bars.next_date is not None:
            self._paint_milestone(bars.next_date)
        self._paint_words(bars)

    def _x(self, day: date) -> float:
        return self._room.left() + self._scale.x(day)

    def _end(self, day: date) -> float:
        return self._room.left() + self._scale.end(day)

    def _paint_baseline(self, bars: Bars) -> None:
        if bars.baseline_end is None:
            return
        right = self._end(bars.baseline_end)
        left = self._x(bars.start) if bars.start is not None else right - _OPEN
        top, height = self._line
        self._fill(QRectF(left, top, right - left, height), QBrush(self._muted))
        self._painter.setPen(QPen(self._muted, 2))  # a foot at the end that was planned at first
        self._painter.drawLine(QPointF(right - 1, top - 3), QPointF(right - 1, top + height))

    def _paint_forecast(self, bars: Bars, colour: QColor) -> None:
        top, height = self._bar
        if bars.start is not None and bars.end is not None and bars.start <= bars.end:
            left, right = self._x(bars.start), self._end(bars.end)
            middle = right
            late = _LATE.get(bars.light) if bars.light is not None else None
            if late is not None and bars.baseline_end is not None:
                middle = min(right, max(left, self._end(bars.baseline_end)))
                self._hatch(QRectF(middle, top, right - middle, height), late)
            self._fill(QRectF(left, top, max(2.0, middle - left), height), QBrush(colour))
            return
        if bars.start is not None:
            self._paint_open(self._x(bars.start), _OPEN, colour)
        if bars.end is not None:
            self._paint_open(self._end(bars.end), -_OPEN, colour)

    def _paint_open(self, x: float, length: float, colour: QColor) -> None:
        """One end is known: a post there, and dots towards the other one."""
        top, height = self._bar
        self._painter.setPen(QPen(colour, 2, Qt.PenStyle.DotLine))
        middle = top + height / 2
        self._painter.drawLine(QPointF(x, middle), QPointF(x + length, middle))
        self._fill(QRectF(x - (3 if length < 0 else 0), top, 3, height), QBrush(colour))

    def _hatch(self, place: QRectF, late: str) -> None:
        place = self._cut(place)
        if place.width() <= 0:
            return
        colour = self._looks.colour(late)
        self._painter.fillRect(place, self._looks.colour(f"{late}_surface"))
        self._painter.setPen(QPen(colour, 1.4))
        style = Qt.BrushStyle.DiagCrossPattern if late == "wrong" else Qt.BrushStyle.BDiagPattern
        self._painter.setBrush(QBrush(colour, style))
        self._painter.drawRect(place)
        self._painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_milestone(self, day: date) -> None:
        """A diamond on the next date, with a rim that parts it from the bar below."""
        centre = QPointF((self._x(day) + self._end(day)) / 2, self._bar[0] + self._bar[1] / 2)
        half = _SIDE / 2 + 1
        self._painter.save()
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(QPen(self._looks.colour("surface"), 1.5))
        self._painter.setBrush(self._text)
        self._painter.drawPolygon(
            [
                QPointF(centre.x(), centre.y() - half),
                QPointF(centre.x() + half, centre.y()),
                QPointF(centre.x(), centre.y() + half),
                QPointF(centre.x() - half, centre.y()),
            ]
        )
        self._painter.restore()

    def _paint_words(self, bars: Bars) -> None:
        """How late it is, behind the bars, where there is room for the whole of it."""
        span, words = bars.span, late_words(bars)
        if span is None or bars.light in (None, Light.GREEN) or not words:
            return
        left = self._end(span[1]) + _GAP + (_SIDE / 2 if span[1] == bars.next_date else 0)
        if left < self._room.left() or left + self._metrics.horizontalAdvance(words) > self._room.right():
            return
        place = QRectF(left, self._room.top(), self._metrics.horizontalAdvance(words), self._room.height())
        self._painter.fillRect(place, self._ground)  # no line of the grid goes through the words
        self._painter.setPen(self._text)
        self._painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)

    def _point_away(self, day: date, *, to_left: bool) -> None:
        """Everything lies outside: an arrow to it and the date it begins or ends."""
        text = format_date(day, current_language())
        middle, room = self._room.center().y(), self._room.adjusted(_GAP, 0, -_GAP, 0)
        tip = room.left() if to_left else room.right()
        back = tip + (_SIDE * 0.7 if to_left else -_SIDE * 0.7)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._muted)
        self._painter.drawPolygon(
            [QPointF(tip, middle), QPointF(back, middle - _SIDE / 2), QPointF(back, middle + _SIDE / 2)]
        )
        self._painter.setPen(self._muted)
        side = Qt.AlignmentFlag.AlignLeft if to_left else Qt.AlignmentFlag.AlignRight
        place = room.adjusted(_SIDE + 2, 0, 0, 0) if to_left else room.adjusted(0, 0, -_SIDE - 2, 0)
        self._painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), text)

    def _fill(self, place: QRectF, brush: QBrush) -> None:
        place = self._cut(place)
        if place.width() > 0:
            self._painter.fillRect(place, brush)

    def _cut(self, place: QRectF) -> QRectF:
        """Only what is seen: a bar of a century at a near distance is wider than a painter can count."""
        left, right = self._room.left() - 4, self._room.right() + 4
        return QRectF(
            QPointF(max(place.left(), left), place.top()), QPointF(min(place.right(), right), place.bottom())
        )
