"""Our own line icons: SVG in ``resources/icons``, painted in a colour of the theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from coi_desktop import resources

#: Edge lengths in pixels: shown at 20, and made smaller from 40 where the screen scales by 125–200 %.
SIZES = (20, 40)

_INK = "currentColor"


def make_icon(name: str, colour: str) -> QIcon:
    """The icon called ``name`` with its lines in ``colour`` (``#rrggbb``)."""
    icon = QIcon()
    for size in SIZES:
        icon.addPixmap(make_pixmap(name, colour, size))
    return icon


@lru_cache(maxsize=400)
def make_pixmap(name: str, colour: str, size: int) -> QPixmap:
    """One picture of an icon, ``size`` pixels wide and high."""
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(_INK, colour).encode()))
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return QPixmap.fromImage(image)


@lru_cache(maxsize=100)
def _drawing(name: str) -> str:
    return resources.read_text(f"icons/{name}.svg")
