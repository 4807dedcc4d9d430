"""Paints laid out pages on paper or into a PDF: in the light theme's colours, whatever the window wears."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPagedPaintDevice, QPainter, QPdfWriter, QPen

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.printout import Printout
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.text import format_number
from coi_desktop.ui.printing.form_strips import BOX_SHARE
from coi_desktop.ui.printing.page_layout import PageLayout, is_wide, set_page
from coi_desktop.ui.printing.strips import Cell, Placed
from coi_desktop.ui.theme import load_theme

_DOTS_PER_INCH = 600
_PROGRAM = "COI Desktop"


def make_pdf(printout: Printout, family: str) -> Job[bytes]:
    """A printout as a PDF with text that can be marked and searched; ``family`` is the font's name."""
    memory = QBuffer()
    memory.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(memory)
    writer.setResolution(_DOTS_PER_INCH)
    writer.setTitle(printout.title)
    writer.setCreator(_PROGRAM)
    set_page(writer, wide=False)
    set_page(writer, wide=is_wide(printout, writer, family), paper=printout.paper)
    layout = PageLayout(printout, writer, family)
    yield from layout.lay_out()
    yield from paint_pages(layout, writer)
    return bytes(memory.data().data())


def paint_pages(
    layout: PageLayout, device: QPagedPaintDevice, first: int = 1, last: int | None = None
) -> Job[None]:
    """Paint the pages from ``first`` to ``last``, the first being 1, as a job over the pages. Problem
    ``no_printer``.
    """
    total = len(layout.pages)
    painter = QPainter()
    if not painter.begin(device):
        raise Problem(
            _("The printer takes no pages."),
            meaning=_("Nothing was printed, and nothing was changed."),
            advice=_("See that it is switched on and connected, or save as PDF instead."),
            code="no_printer",
        )
    try:
        for number in range(first, min(last or total, total) + 1):
            if number > first:
                device.newPage()
            _paint_page(painter, layout, number)
            yield Progress(number, total)
    finally:
        painter.end()


def _paint_page(painter: QPainter, layout: PageLayout, number: int) -> None:
    for placed in layout.pages[number - 1]:
        _paint_strip(painter, layout, placed)
    _paint_foot(painter, layout, number)


def _paint_strip(painter: QPainter, layout: PageLayout, placed: Placed) -> None:
    strip = placed.strip
    metrics = layout.metrics[strip.font]
    painter.setFont(layout.fonts[strip.font])
    painter.setPen(_ink("text"))
    top = placed.y + strip.before
    for cell in strip.cells:
        y = top + cell.first * metrics.lineSpacing() + metrics.ascent()
        if cell.mark is not None:
            _paint_box(painter, layout, cell, y)
        for line in cell.lines:
            x = cell.x
            if cell.at_right:
                x += cell.width - metrics.horizontalAdvance(line)
            painter.drawText(QPointF(x, y), line)
            y += metrics.lineSpacing()
    if strip.frames:
        _set_pen(painter, layout, "outline", 0.6)
        for x, width in strip.frames:
            painter.drawRect(QRectF(x, placed.y, width, layout.strip_height(strip)))
    if strip.is_ruled:
        y = placed.y + layout.strip_height(strip)
        is_head = strip.font == "head"
        pen = QPen(_ink("text" if is_head else "line"))
        pen.setWidthF(layout.point * (0.8 if is_head else 0.4))
        painter.setPen(pen)
        painter.drawLine(QPointF(0, y), QPointF(layout.width, y))


def _paint_box(painter: QPainter, layout: PageLayout, cell: Cell, baseline: float) -> None:
    """A box to tick before the first line of a cell, with a cross or a number in it."""
    metrics = layout.metrics["text"]
    size = metrics.lineSpacing() * BOX_SHARE
    left = cell.x - size - 4 * layout.point
    box = QRectF(left, baseline + metrics.descent() * 0.6 - size, size, size)
    painter.save()
    _set_pen(painter, layout, "text", 0.8)
    painter.drawRect(box)
    if cell.mark == "x":
        _set_pen(painter, layout, "text", 1.4)
        inner = box.adjusted(size * 0.2, size * 0.2, -size * 0.2, -size * 0.2)
        painter.drawLine(inner.topLeft(), inner.bottomRight())
        painter.drawLine(inner.topRight(), inner.bottomLeft())
    elif cell.mark:
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, cell.mark)
    painter.restore()


def _set_pen(painter: QPainter, layout: PageLayout, colour: str, points: float) -> None:
    pen = QPen(_ink(colour))
    pen.setWidthF(points * layout.point)
    painter.setPen(pen)


def _paint_foot(painter: QPainter, layout: PageLayout, number: int) -> None:
    """The unit and the title, when it was printed, and which page of how many it is."""
    printout, place, language = layout.printout, layout.foot, current_language()
    metrics = layout.metrics["foot"]
    painter.setFont(layout.fonts["foot"])
    painter.setPen(_ink("text"))
    pages = _("page {number} of {total}").format(
        number=format_number(number, language), total=format_number(len(layout.pages), language)
    )
    right = f"{printout.printed} · {pages}"
    room = place.width() - metrics.horizontalAdvance(right) - 12 * layout.point
    left = " · ".join(part for part in (printout.unit, printout.title) if part)
    shown = metrics.elidedText(left, Qt.TextElideMode.ElideRight, room)
    _write_line(painter, metrics, place, shown, at_right=False)
    _write_line(painter, metrics, place, right, at_right=True)
    if printout.foot:
        above = place.translated(0, -metrics.lineSpacing())
        source = metrics.elidedText(printout.foot, Qt.TextElideMode.ElideRight, place.width())
        _write_line(painter, metrics, above, source, at_right=False)


def _ink(name: str) -> QColor:
    """A named colour as it stands on white paper."""
    return load_theme("light").colour(name)


def _write_line(
    painter: QPainter, metrics: QFontMetricsF, place: QRectF, text: str, *, at_right: bool
) -> None:
    x = place.right() - metrics.horizontalAdvance(text) if at_right else place.left()
    painter.drawText(QPointF(x, place.top() + metrics.ascent()), text)
