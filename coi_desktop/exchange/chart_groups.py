"""The chart of one indicator group by group: a bar for the latest value, a mark for the first."""

from __future__ import annotations

from coi_desktop.exchange.chart_bars import name_room, write_row_name
from coi_desktop.exchange.chart_canvas import NORMAL, ChartCanvas, LegendEntry, in_points, patch_look

#: Pixels a row takes.
GROUP_ROW = 38

_HEIGHT = 0.5


def draw_groups(canvas: ChartCanvas, count: int) -> None:
    """A row a group; one that is not shown has its words and no bar."""
    figure = canvas.figure
    latest, first = figure.series[0], figure.find_series("first")
    entries = [LegendEntry(latest.name, "first", "patch")]
    if first is not None:
        entries.append(LegendEntry(first.name, "text", "mark", marker="D"))
    canvas.write_legend(entries)
    left = name_room(canvas, figure.categories[:count])
    right = min(canvas.room * 0.4, canvas.measure.widest(figure.labels[:count], NORMAL) + 14)
    axes = canvas.axes(left, right, 4)
    values = [float(value) for one in figure.series for value in one.values[:count] if value is not None]
    least, most = min(0.0, *values), max(0.0, *values)
    room = (most - least) * 0.03 or 1.0
    axes.set_xlim(least - (room if least < 0 else 0), most + room)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=canvas.colour("outline"), linewidth=1.2, zorder=3)
    look = patch_look(canvas.colour("first"), canvas.colour("ground"), "")
    for row in range(count):
        value = latest.values[row]
        if value is not None:
            axes.barh([row], [float(value)], height=_HEIGHT, zorder=1, **look)
        before = first.values[row] if first is not None else None
        if before is not None:
            axes.plot(
                [float(before)], [row], "D", markersize=7, color=canvas.colour("text"),
                markeredgecolor=canvas.colour("ground"), zorder=4,
            )  # fmt: skip
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
        label = canvas.measure.cut(figure.labels[row], right - 8, NORMAL)
        axes.annotate(
            label, (1, row), xycoords=("axes fraction", "data"), xytext=in_points(8, 0),
            textcoords="offset points", va="center", fontsize=NORMAL, color=canvas.colour("text"),
        )  # fmt: skip
