"""The picture of a theory of change as a chart file: boxes in columns, arrows, letters of assumptions."""

from __future__ import annotations

from functools import cache
from typing import Any

from coi_desktop.exchange.chart_canvas import (
    FONT,
    MARGIN,
    NORMAL,
    TITLE,
    TITLE_LINE,
    ChartCanvas,
    load_matplotlib,
)
from coi_desktop.exchange.chart_text import TextMeasure
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.theory import LEVELS, Theory, TheoryFigure
from coi_desktop.models.theory_arrows import DrawnArrow, Frame
from coi_desktop.models.theory_layout import Letters, Room, TheoryLayout, lay_out

#: The width of the picture in files and sheets: that of a page lying on its side.
THEORY_WIDTH = 1040

_LINE = 15.0
_HEADING_LINE = 17.0
_HEAD = 7.0


def theory_size(figure: ChartFigure, width: int) -> tuple[int, int]:
    """Width and height in pixels of the picture with its title; wider than ``width`` where that is too little
    to read.
    """
    layout = _layout(figure, width)
    titles = _measure().wrap(figure.title, width - 2 * MARGIN, TITLE, lines=2, bold=True)
    above = 2 * MARGIN + len(titles) * TITLE_LINE + 6
    return max(width, round(layout.width + 0.5) + 2 * MARGIN), round(above + layout.height + 0.5)


def draw_theory(canvas: ChartCanvas) -> None:
    """Draw the boxes, arrows and assumptions below the title."""
    _TheoryPainter(canvas).draw(_layout(canvas.figure, canvas.width))


def _layout(figure: ChartFigure, width: int) -> TheoryLayout:
    """The picture in the room that a width leaves; one of no boxes for a figure without a theory."""
    body, heading = Letters(_width, _LINE), Letters(_bold_width, _HEADING_LINE)
    theory = figure.theory or TheoryFigure(Theory(), ("",) * len(LEVELS), ())
    return lay_out(theory, Room(width - 2.0 * MARGIN, body, heading))


class _TheoryPainter:
    """Puts a layout on a canvas; lengths of the layout are pixels of the canvas."""

    def __init__(self, canvas: ChartCanvas) -> None:
        self._canvas = canvas
        self._left, self._top = float(MARGIN), canvas.top

    def draw(self, layout: TheoryLayout) -> None:
        """Headings, arrows, boxes above them, letters above all, and the assumptions below."""
        for heading in layout.headings:
            for place, line in enumerate(heading.lines):
                self._write(heading.left, place * _HEADING_LINE, line, "heading", weight="bold")
        for arrow in layout.arrows:
            self._draw_arrow(arrow, is_unsure=arrow.id in layout.unsure)
        for box in layout.boxes:
            self._draw_frame(box.frame, "band", "outline", 2)
            padding = (box.frame.height - len(box.lines) * _LINE) / 2
            for place, line in enumerate(box.lines):
                self._write(box.frame.left + layout.padding, box.frame.top + padding + place * _LINE, line)
        for badge in layout.badges:
            self._draw_letter(badge.letter, badge.frame)
        for note in layout.notes:
            self._draw_letter(note.letter, note.badge)
            for place, line in enumerate(note.lines):
                self._write(note.left, note.top + place * _LINE, line)

    def _draw_letter(self, letter: str, frame: Frame) -> None:
        self._draw_frame(frame, "ground", "second", 4)
        middle = frame.left + frame.width / 2
        self._write(middle, frame.middle, letter, "second", ha="center", va="center_baseline", weight="bold")

    def _write(self, left: float, top: float, text: str, colour: str = "text", **more: Any) -> None:
        """One line that is known to fit."""
        more = {"ha": "left", "va": "top", "zorder": 5, **more}
        paint = self._canvas.colour(colour)
        self._canvas.picture.text(
            *self._at(left, top), _measure().plain(text), fontsize=NORMAL, color=paint, **more
        )

    def _draw_frame(self, frame: Frame, fill: str, edge: str, order: int) -> None:
        from matplotlib.patches import Rectangle

        left, low = self._at(frame.left, frame.bottom)
        wide, high = frame.width / self._canvas.width, frame.height / self._canvas.height
        paint, line = self._canvas.colour(fill), self._canvas.colour(edge)
        box = Rectangle((left, low), wide, high, linewidth=1.0, zorder=order, facecolor=paint, edgecolor=line)
        self._add(box)

    def _draw_arrow(self, arrow: DrawnArrow, *, is_unsure: bool) -> None:
        from matplotlib.patches import PathPatch, Polygon
        from matplotlib.path import Path

        points = [self._at(*arrow.curves[0].start)]
        codes = [Path.MOVETO]
        for curve in arrow.curves:
            points += [self._at(*point) for point in (curve.first, curve.second, curve.end)]
            codes += [Path.CURVE4] * 3
        paint = self._canvas.colour("quiet")
        dashes = (0, (4, 2.5)) if is_unsure else "-"
        self._add(
            PathPatch(
                Path(points, codes), fill=False, edgecolor=paint, linewidth=1.2, linestyle=dashes, zorder=1
            )
        )
        x, y = arrow.tip
        back = x - _HEAD * arrow.way
        head = [self._at(x, y), self._at(back, y - _HEAD / 2), self._at(back, y + _HEAD / 2)]
        self._add(Polygon(head, closed=True, facecolor=paint, edgecolor=paint, linewidth=0.8, zorder=1))

    def _add(self, artist: Any) -> None:
        artist.set_transform(self._canvas.picture.transFigure)
        self._canvas.picture.add_artist(artist)

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (self._left + x) / self._canvas.width, 1 - (self._top + y) / self._canvas.height


@cache
def _measure() -> TextMeasure:
    load_matplotlib()
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    return TextMeasure(FigureCanvasAgg(Figure(dpi=100)), FONT)


def _width(text: str) -> float:
    return _measure().width(_measure().plain(text), NORMAL)


def _bold_width(text: str) -> float:
    return _measure().width(_measure().plain(text), NORMAL, bold=True)
