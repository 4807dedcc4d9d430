"""The picture a chart is drawn on: frame, title, legend, footnote, placed by rule and never by trial."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from coi_desktop import paths
from coi_desktop.exchange.chart_text import TextMeasure
from coi_desktop.exchange.workbook_styles import load_palette
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.palette import Palette

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FONT = "DejaVu Sans"
DPI = 100

#: Sizes of letters in points.
TITLE, NORMAL, SMALL = 11.0, 8.5, 7.5

#: Pixels at ratio 1.
MARGIN = 14
LINE = 17
TITLE_LINE = 19

_MOST_LEGEND_LINES = 3


@dataclass(frozen=True, slots=True)
class ChartLook:
    """How a chart is drawn: the theme of the palette, width and height in pixels, pixels of the screen per
    pixel.

    Height 0 leaves it to the chart.
    """

    theme: str = "paper"
    width: int = 720
    height: int = 0
    ratio: float = 1.0


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """One entry of a legend: its words and how it looks."""

    label: str
    colour: str
    kind: str
    hatch: str = ""
    dashes: Any = "-"
    marker: str = ""
    filled: bool = True


@cache
def load_matplotlib() -> Any:
    """Matplotlib, imported when the first chart is drawn and told once how we draw.

    Its font cache goes to the program's own cache folder. Nothing in a text is read as mathematics, text in
    SVG stays text, and the same figure gives the same bytes. Letters have their true widths, as in SVG and
    PDF, which also takes a third less time than fitting each to the pixels. Fonts in PDF are Type 3: they
    say what letters their shapes are as well, and need no font taken apart (a fifth of a second a picture).
    """
    if "MPLCONFIGDIR" not in os.environ:
        folder = paths.cache_folder() / "matplotlib"
        folder.mkdir(parents=True, exist_ok=True)
        os.environ["MPLCONFIGDIR"] = str(folder)
    import matplotlib

    matplotlib.rcParams.update(
        {
            "text.hinting": "none",
            "text.parse_math": False,
            "text.usetex": False,
            "font.family": [FONT],
            "svg.fonttype": "none",
            "svg.hashsalt": "coi-desktop",
            "pdf.fonttype": 3,
            "hatch.linewidth": 1.0,
            "axes.unicode_minus": False,
        }
    )
    return matplotlib


class ChartCanvas:
    """One picture with its title, legend and footnote; ``axes`` lies in what room is left."""

    def __init__(self, figure: ChartFigure, look: ChartLook) -> None:
        load_matplotlib()
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.figure = figure
        self.look = look
        self.palette: Palette = load_palette()
        self.width, self.height = look.width, look.height
        dpi = DPI * look.ratio
        size = (self.width / DPI, self.height / DPI)
        self.picture: Figure = Figure(figsize=size, dpi=dpi, facecolor=self.colour("ground"))
        self.canvas = FigureCanvasAgg(self.picture)
        self.measure = TextMeasure(self.canvas, FONT)
        self.top = float(MARGIN)
        self.bottom = float(MARGIN)

    def colour(self, name: str) -> str:
        """A colour of the theme."""
        return self.palette.colour(name, self.look.theme)

    @property
    def room(self) -> float:
        """The width between the margins."""
        return self.width - 2.0 * MARGIN

    def text(
        self, left: float, top: float, text: str, size: float, colour: str = "text", **more: Any
    ) -> None:
        """Write one line, its upper left corner (unless ``ha`` and ``va`` differ) so many pixels in."""
        more = {"ha": "left", "va": "top", **more}
        self.picture.text(
            left / self.width,
            1 - top / self.height,
            self.measure.cut(text, self.width - left, size)
            if more["ha"] == "left"
            else self.measure.plain(text),
            fontsize=size,
            color=self.colour(colour),
            **more,
        )

    def write_title(self) -> None:
        """The message of the chart on top, in at most two lines."""
        for line in self.measure.wrap(self.figure.title, self.room, TITLE, lines=2, bold=True):
            self.text(MARGIN, self.top, line, TITLE, weight="bold")
            self.top += TITLE_LINE
        self.top += 6

    def write_footnote(self, extra: str = "") -> None:
        """Source, n and what else stands below, in at most two lines."""
        text = " · ".join(part for part in (self.figure.footnote, extra) if part)
        if not text:
            return
        lines = self.measure.wrap(text, self.room, SMALL, lines=2)
        for place, line in enumerate(reversed(lines)):
            self.text(MARGIN, self.height - MARGIN - place * (LINE - 2), line, SMALL, "muted", va="bottom")
        self.bottom += len(lines) * (LINE - 2) + 6

    def write_legend(self, entries: Sequence[LegendEntry]) -> None:
        """The entries in lines below the title, each with its mark."""
        left, lines = float(MARGIN), 1
        for entry in entries:
            label = self.measure.cut(entry.label, self.room - 40, NORMAL)
            needed = 28 + self.measure.width(label, NORMAL) + 18
            if left + needed > self.width - MARGIN and left > MARGIN:
                if lines == _MOST_LEGEND_LINES:
                    break
                left, lines = float(MARGIN), lines + 1
                self.top += LINE
            self._mark(entry, left, self.top + 7)
            self.text(left + 26, self.top + 7, label, NORMAL, va="center")
            left += needed
        if entries:
            self.top += LINE + 6

    def axes(self, left: float, right: float, bottom: float, top: float = 0.0) -> Axes:
        """The plot, so many pixels from title, footnote and the margins at the sides."""
        below = self.bottom + bottom
        above = self.top + top
        box = (
            (MARGIN + left) / self.width,
            below / self.height,
            max(40.0, self.room - left - right) / self.width,
            max(30.0, self.height - below - above) / self.height,
        )
        axes = self.picture.add_axes(box, facecolor="none")
        for side in ("top", "right", "left", "bottom"):
            axes.spines[side].set_visible(False)
        axes.tick_params(length=0, labelsize=NORMAL, colors=self.colour("muted"), pad=4)
        axes.set_axisbelow(True)
        return axes

    def _mark(self, entry: LegendEntry, left: float, middle: float) -> None:
        from matplotlib.lines import Line2D
        from matplotlib.patches import Rectangle

        transform = self.picture.transFigure
        paint, ground = self.colour(entry.colour), self.colour("ground")
        if entry.kind == "patch":
            self.picture.add_artist(
                Rectangle(
                    (left / self.width, 1 - (middle + 5) / self.height),
                    20 / self.width,
                    10 / self.height,
                    transform=transform,
                    **patch_look(paint, ground, entry.hatch),
                )
            )
            return
        height = 1 - middle / self.height
        if entry.kind == "line":
            ends = [left / self.width, (left + 20) / self.width]
            line = Line2D(
                ends, [height] * 2, transform=transform, color=paint, linewidth=1.8, linestyle=entry.dashes
            )
            self.picture.add_artist(line)
        self.picture.add_artist(
            Line2D(
                [(left + 10) / self.width],
                [height],
                transform=transform,
                linestyle="none",
                marker=entry.marker or "none",
                markersize=6,
                markerfacecolor=paint if entry.filled else ground,
                markeredgecolor=paint,
                markeredgewidth=1.5,
            )
        )


def in_points(right: float, up: float) -> tuple[float, float]:
    """A distance in pixels at ratio 1 as the points matplotlib counts in, which grow with the ratio."""
    return right * 72.0 / DPI, up * 72.0 / DPI


def patch_look(paint: str, ground: str, hatch: str) -> dict[str, Any]:
    """A filled area, or a patterned one with the lines in its colour."""
    if not hatch:
        return {"facecolor": paint, "edgecolor": paint, "linewidth": 1.0}
    return {"facecolor": ground, "edgecolor": paint, "hatch": hatch, "linewidth": 1.0}
