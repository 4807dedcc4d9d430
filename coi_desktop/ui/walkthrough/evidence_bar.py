"""The evidence level as five blocks: filled up to the level, outlined up to the ceiling, dotted beyond."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from coi_desktop.models.evidence import HIGHEST
from coi_desktop.ui.theme import Looks

_WIDE, _HIGH, _GAP = 10, 14, 3


class EvidenceBar(QWidget):
    """A picture only: the words stand beside it."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self._level = self._ceiling = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_level(self, level: int, ceiling: int) -> None:
        """Show a level and the ceiling of the design."""
        self._level, self._ceiling = level, ceiling
        self.update()

    def sizeHint(self) -> QSize:
        """Five blocks."""
        return QSize(HIGHEST * (_WIDE + _GAP), _HIGH + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the blocks."""
        painter = QPainter(self)
        colour = self._looks.colour("accent")
        for place in range(HIGHEST):
            block = QRectF(place * (_WIDE + _GAP) + 0.5, 1.5, _WIDE - 1, _HIGH - 1)
            if place < self._level:
                painter.fillRect(block.adjusted(-0.5, -0.5, 0.5, 0.5), colour)
            elif place < self._ceiling:
                painter.setPen(QPen(colour, 1))
                painter.drawRect(block)
            else:
                painter.setPen(QPen(self._looks.colour("quiet"), 1, Qt.PenStyle.DotLine))
                painter.drawLine(block.bottomLeft(), block.bottomRight())
        painter.end()
