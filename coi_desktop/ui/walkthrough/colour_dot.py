"""The colour of a kind of value beside its name; the name says what it is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from coi_desktop.operations.colours import find_colour
from coi_desktop.ui.plain import times_larger

_SIDE = 12


class ColourDot(QWidget):
    """A diamond as in the value profile; nothing for what has no colour."""

    def __init__(self) -> None:
        super().__init__()
        self._name = ""
        self.setFixedSize(_SIDE + 2, _SIDE + 2)
        self.hide()

    def show_colour(self, name: str) -> None:
        """Show a colour by its name in the palette or as "#rrggbb"; empty for none."""
        self._name = name
        side = round((_SIDE + 2) * times_larger(self))
        self.setFixedSize(side, side)
        self.setVisible(bool(name))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The diamond, in the shade for the ground it stands on."""
        if not self._name:
            return
        is_dark = self.palette().color(QPalette.ColorRole.Window).lightness() < 128
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(find_colour(self._name, dark=is_dark)))
        painter.translate(self.width() / 2, self.height() / 2)
        painter.rotate(45)
        half = (self.width() - 2) * 0.36
        painter.drawRect(QRectF(-half, -half, 2 * half, 2 * half))
        painter.end()
