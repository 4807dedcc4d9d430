"""The chart of costs and gains: a filled bar for what is realised in a hatched one for what is expected."""

from __future__ import annotations

from coi_desktop.exchange.chart_bars import name_room, write_row_name
from coi_desktop.exchange.chart_canvas import NORMAL, ChartCanvas, LegendEntry, in_points, patch_look

#: Pixels a row takes.
GAINS_ROW = 40

_EXPECTED_HEIGHT, _REALISED_HEIGHT = 0.56, 0.26


def draw_gains(canvas: ChartCanvas, count: int) -> None:
    """A row a kind: the hatched bar reaches to the expected amount, the filled one to the realised."""
    figure = canvas.figure
    expected, realised = figure.series
    canvas.write_legend(
        [
            LegendEntry(expected.name, "quiet", "patch", "///"),
            LegendEntry(realised.name, "first", "patch"),
        ]
    )
    left = name_room(canvas, figure.categories[:count])
    right = min(canvas.room * 0.4, canvas.measure.widest(figure.labels[:count], NORMAL) + 14)
    axes = canvas.axes(left, right, 4)
    amounts = [float(value) for one in figure.series for value in one.values[:count] if value is not None]
    axes.set_xlim(min(0.0, *amounts), max(1.0, *amounts) * 1.02)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=canvas.colour("outline"), linewidth=1.2, zorder=3)
    ground = canvas.colour("ground")
    for row in range(count):
        whole, part = expected.values[row], realised.values[row]
        if whole is not None:
            look = patch_look(canvas.colour("quiet"), ground, "///")
            axes.barh([row], [float(whole)], height=_EXPECTED_HEIGHT, zorder=1, **look)
        if part is not None:
            look = patch_look(canvas.colour("first"), ground, "")
            axes.barh([row], [float(part)], height=_REALISED_HEIGHT, zorder=2, **look)
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
        label = canvas.measure.cut(figure.labels[row], right - 8, NORMAL)
        axes.annotate(
            label, (1, row), xycoords=("axes fraction", "data"), xytext=in_points(8, 0),
            textcoords="offset points", va="center", fontsize=NORMAL, color=canvas.colour("text"),
        )  # fmt: skip
