"""A box to tick whose edge can be seen in every theme; the style's own is too pale."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from coi_desktop.ui.plain import set_tooltip, times_larger

_SIDE = 16
_GAP = 8


class TickBox(QCheckBox):
    """Painted in the colours of the palette: edge and tick at least 3:1 against what is around them.

    Words that have no room end in an ellipsis, and the tooltip has them all.
    """

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._is_cut = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is cut is told in the tooltip."""
        super().resizeEvent(event)
        is_cut = self.width() < self.sizeHint().width() - 6
        if is_cut is not self._is_cut:
            self._is_cut = is_cut
            set_tooltip(self, self.text().replace("&&", "&") if is_cut else "", is_said=True)

    def sizeHint(self) -> QSize:
        """Box and words, high enough to hit."""
        metrics = self.fontMetrics()
        width = self._side() + _GAP + metrics.size(Qt.TextFlag.TextShowMnemonic, self.text()).width() + 6
        return QSize(width, max(26, metrics.height() + 8))

    def minimumSizeHint(self) -> QSize:
        """As wide as the box and some letters."""
        return QSize(self._side() + _GAP + 40, self.sizeHint().height())

    def _side(self) -> int:
        """The box is larger beside large letters."""
        return round(_SIDE * times_larger(self))

    def hitButton(self, place: object) -> bool:
        """All of it can be pressed."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, words, and where the keyboard is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette, roles = self.palette(), QPalette.ColorRole
        side = self._side()
        painter.save()
        painter.translate(2.5, (self.height() - side) / 2 + 0.5)
        painter.scale(side / _SIDE, side / _SIDE)
        box = QRectF(0, 0, _SIDE - 1, _SIDE - 1)
        paint_box(painter, box, palette, ticked=self.isChecked(), enabled=self.isEnabled())
        painter.restore()
        words = self.rect().adjusted(side + _GAP, 0, 0, 0)
        flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextShowMnemonic)
        line = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, words.width(), Qt.TextFlag.TextShowMnemonic
        )
        self.style().drawItemText(painter, words, flags, palette, self.isEnabled(), line, roles.WindowText)
        if self.hasFocus():
            painter.setPen(QPen(palette.color(roles.Link), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)
        painter.end()


def paint_box(painter: QPainter, box: QRectF, palette: QPalette, *, ticked: bool, enabled: bool) -> None:
    """Paint a box and its tick into a square of some sixteen pixels."""
    roles = QPalette.ColorRole
    edge = palette.color(roles.Dark if enabled else roles.Mid)
    painter.setPen(QPen(palette.color(roles.Accent) if ticked and enabled else edge, 1.2))
    painter.setBrush(palette.color(roles.Accent if ticked and enabled else roles.Base))
    painter.drawRoundedRect(box, 3, 3)
    if ticked:
        tick = palette.color(roles.Base) if enabled else edge
        painter.setPen(QPen(tick, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        middle = box.center()
        painter.drawPolyline(
            [
                QPointF(box.left() + 3.5, middle.y()),
                QPointF(middle.x() - 1, box.bottom() - 4),
                QPointF(box.right() - 3.5, box.top() + 4.5),
            ]
        )
