"""The theory of change as one draws it: painted anew with every letter that is typed."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from coi_desktop.models.theory import Theory, box_sentence, theory_figure, theory_sentences
from coi_desktop.models.theory_arrows import DrawnArrow, Frame
from coi_desktop.models.theory_layout import Letters, Room, TheoryLayout, lay_out, least_width
from coi_desktop.operations.library import vocabulary
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.plain import announce

_HEAD = 8.0
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}


class TheoryPicture(QWidget):
    """The picture. With the keyboard on it the arrow keys go from box to box in reading order, each said with
    its arrows; ``box_chosen`` tells of Enter or a click on one, ``laid_out`` of another height.
    """

    box_chosen = Signal(str)
    laid_out = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._theory = Theory()
        self.layout_shown: TheoryLayout | None = None
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        desk.looks.changed.connect(self._lay_out)

    def show_theory(self, theory: Theory) -> None:
        """Show this theory."""
        if theory == self._theory and self.layout_shown is not None:
            return
        self._theory = theory
        self._current = min(self._current, len(theory.boxes) - 1)
        self.setAccessibleName(" ".join(theory_sentences(theory, vocabulary())))
        self._lay_out()

    def sizeHint(self) -> QSize:
        """As high as the picture."""
        return self.minimumSize()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width is laid out for."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def _lay_out(self) -> None:
        room = self._room()
        figure = theory_figure(self._theory, vocabulary())
        layout = lay_out(figure, room)
        self.layout_shown = layout
        self.setMinimumSize(round(least_width(figure, room)) + 5, round(layout.height) + 4)
        self.updateGeometry()
        self.update()
        self.laid_out.emit()

    def _room(self) -> Room:
        metrics, bold = QFontMetricsF(self.font()), QFontMetricsF(self._bold())
        return Room(
            self.width() - 4.0,
            Letters(metrics.horizontalAdvance, metrics.lineSpacing()),
            Letters(bold.horizontalAdvance, bold.lineSpacing()),
        )

    def _bold(self) -> QFont:
        font = QFont(self.font())
        font.setBold(True)
        return font

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From box to box; Enter goes to its line."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._theory.boxes:
            self._current = (self._current + _STEPS[key]) % len(self._theory.boxes)
            box = self._theory.boxes[self._current]
            announce(self, box_sentence(self._theory, box, vocabulary()))
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and 0 <= self._current < len(self._theory.boxes):
            self.box_chosen.emit(self._theory.boxes[self._current].id)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a box goes to its line."""
        x, y = event.position().x() - 2, event.position().y() - 2
        spot = Frame(x, y, 0.1, 0.1)
        for box in self.layout_shown.boxes if self.layout_shown is not None else ():
            if box.frame.overlaps(spot):
                self.box_chosen.emit(box.id)
                return
        super().mousePressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Headings, arrows, boxes, letters and assumptions in the colours of the theme."""
        layout = self.layout_shown
        if layout is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(2, 2)
        line = QFontMetricsF(self.font()).lineSpacing()
        painter.setFont(self._bold())
        for heading in layout.headings:
            self._write(painter, heading.left, 0, heading.lines, line, "muted")
        painter.setFont(self.font())
        for arrow in layout.arrows:
            self._draw_arrow(painter, arrow, is_unsure=arrow.id in layout.unsure)
        for place, box in enumerate(layout.boxes):
            is_current = self.hasFocus() and place == self._current
            self._draw_frame(painter, box.frame, "raised", "focus" if is_current else "outline", is_current)
            self._write(
                painter, box.frame.left + layout.padding, box.frame.top + layout.padding, box.lines, line
            )
        for badge in layout.badges:
            self._draw_letter(painter, badge.letter, badge.frame)
        for note in layout.notes:
            self._draw_letter(painter, note.letter, note.badge)
            self._write(painter, note.left, note.top, note.lines, line)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self._desk.looks.colour("focus"), 2))
            painter.drawRect(QRectF(-1, -1, self.width() - 2, self.height() - 2))
        painter.end()

    def _write(
        self,
        painter: QPainter,
        left: float,
        top: float,
        lines: tuple[str, ...],
        line: float,
        colour: str = "text",
    ) -> None:
        painter.setPen(self._desk.looks.colour(colour))
        for place, text in enumerate(lines):
            painter.drawText(QPointF(left, top + place * line + QFontMetricsF(painter.font()).ascent()), text)

    def _draw_frame(self, painter: QPainter, frame: Frame, fill: str, edge: str, is_thick: bool) -> None:
        painter.setBrush(self._desk.looks.colour(fill))
        painter.setPen(QPen(self._desk.looks.colour(edge), 2.5 if is_thick else 1))
        painter.drawRoundedRect(QRectF(frame.left, frame.top, frame.width, frame.height), 3, 3)

    def _draw_letter(self, painter: QPainter, letter: str, frame: Frame) -> None:
        self._draw_frame(painter, frame, "surface", "warning", is_thick=False)
        painter.setPen(self._desk.looks.colour("warning"))
        painter.drawText(
            QRectF(frame.left, frame.top, frame.width, frame.height), Qt.AlignmentFlag.AlignCenter, letter
        )

    def _draw_arrow(self, painter: QPainter, arrow: DrawnArrow, *, is_unsure: bool) -> None:
        path = QPainterPath(QPointF(*arrow.curves[0].start))
        for curve in arrow.curves:
            path.cubicTo(QPointF(*curve.first), QPointF(*curve.second), QPointF(*curve.end))
        paint = self._desk.looks.colour("muted")
        pen = QPen(paint, 1.5)
        if is_unsure:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(path)
        x, y = arrow.tip
        back = x - _HEAD * arrow.way
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paint)
        tip = QPolygonF([QPointF(x, y), QPointF(back, y - _HEAD / 2), QPointF(back, y + _HEAD / 2)])
        painter.drawPolygon(tip)
