"""The charts of an economy in bars: the tornado, and gains in parts by class."""

from __future__ import annotations

from coi_desktop.exchange.chart_bars import name_room, write_row_name
from coi_desktop.exchange.chart_canvas import NORMAL, ChartCanvas, LegendEntry, in_points, patch_look
from coi_desktop.i18n import current_language
from coi_desktop.models.text import format_number

#: Pixels a row takes.
TORNADO_ROW, CLASSES_ROW = 46, 44

#: How a class of gain looks, as in the chart of the years.
_CLASSES = {"budget": ("first", ""), "revenue": ("fifth", ""), "capacity": ("first", "///")}


def draw_tornado(canvas: ChartCanvas, count: int) -> None:
    """A row for gains and for costs: from the likely net present value hatched to the cautious one, filled to
    the optimistic one.
    """
    figure = canvas.figure
    cautious, optimistic = figure.series
    (likely,) = figure.levels[:1]
    canvas.write_legend(
        [
            LegendEntry(cautious.name, "second", "patch", "///"),
            LegendEntry(optimistic.name, "first", "patch"),
            LegendEntry(likely.label, "outline", "line"),
        ]
    )
    left = name_room(canvas, figure.categories[:count])
    right = min(canvas.room * 0.42, canvas.measure.widest(figure.labels[:count], NORMAL) + 14)
    axes = canvas.axes(left, right, 20)
    middle = float(likely.place) if not hasattr(likely.place, "year") else 0.0
    values = [float(one) for series in figure.series for one in series.values[:count] if one is not None]
    low, high = min(0.0, middle, *values), max(0.0, middle, *values)
    room = (high - low or 1.0) * 0.02
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([0], ["0"], fontsize=NORMAL, color=canvas.colour("muted"))
    axes.set_yticks([])
    axes.axvline(0, color=canvas.colour("grid"), linewidth=1.2, zorder=0)
    ground = canvas.colour("ground")
    for row in range(count):
        for series, colour, hatch in ((cautious, "second", "///"), (optimistic, "first", "")):
            value = series.values[row]
            if value is not None:
                look = patch_look(canvas.colour(colour), ground, hatch)
                axes.barh([row], [float(value) - middle], left=middle, height=0.5, zorder=1, **look)
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
        label = canvas.measure.wrap(figure.labels[row], right - 8, NORMAL, lines=2)
        axes.annotate(
            "\n".join(label), (1, row), xycoords=("axes fraction", "data"), xytext=in_points(8, 0),
            textcoords="offset points", va="center", fontsize=NORMAL, color=canvas.colour("text"),
        )  # fmt: skip
    axes.axvline(middle, color=canvas.colour("outline"), linewidth=1.6, zorder=3)


def draw_gains_by_class(canvas: ChartCanvas, count: int) -> None:
    """A row an estimate, the bar in parts by class; the number of each stands in it where there is room."""
    figure = canvas.figure
    looks = [_CLASSES.get(series.key, ("quiet", "")) for series in figure.drawn]
    canvas.write_legend(
        [
            LegendEntry(series.name, colour, "patch", hatch)
            for series, (colour, hatch) in zip(figure.drawn, looks, strict=True)
        ]
    )
    left = name_room(canvas, figure.categories[:count])
    axes = canvas.axes(left, 12, 4)
    totals = [
        sum(max(float(series.values[row] or 0), 0.0) for series in figure.drawn) for row in range(count)
    ]
    greatest = max([*totals, 1.0])
    axes.set_xlim(0, greatest * 1.005)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=canvas.colour("outline"), linewidth=1.2)
    ground, language = canvas.colour("ground"), current_language()
    pixels = max(canvas.room - left - 12, 1.0) / greatest
    for row in range(count):
        start = 0.0
        for series, (colour, hatch) in zip(figure.drawn, looks, strict=True):
            value = float(series.values[row] or 0)
            if value <= 0:  # a part of a whole is never below nothing
                continue
            axes.barh(
                [row], [value], left=start, height=0.6, **patch_look(canvas.colour(colour), ground, hatch)
            )
            said = format_number(series.values[row], language, 0)
            if canvas.measure.widest([said], NORMAL) + 8 < value * pixels:
                axes.text(
                    start + value / 2, row, said, ha="center", va="center", fontsize=NORMAL, weight="bold",
                    color=canvas.colour("text" if hatch else "ground"),
                    bbox={"facecolor": ground, "edgecolor": "none", "pad": 1.5} if hatch else None,
                )  # fmt: skip
            start += value
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
