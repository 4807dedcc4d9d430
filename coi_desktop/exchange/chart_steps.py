"""Charts of the steps of an evaluation: rows in time, grids, the ladder of evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from coi_desktop.exchange.chart_bars import name_room, write_row_name
from coi_desktop.exchange.chart_canvas import (
    MARGIN,
    NORMAL,
    SMALL,
    ChartCanvas,
    in_points,
    patch_look,
)
from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Pixels a row takes.
DAYS_ROW, LADDER_ROW, PLACES_ROW = 34, 30, 17

#: Pixels of the grid itself; below it a line for each thing that stands in it.
GRID = 230

_MOST_DAYS = 5
_TICK_PIXELS = 96
_SHORTEST_BAR = 0.012
_MARK_LINE = 14


def draw_days(canvas: ChartCanvas, count: int) -> None:
    """A row each: a bar from its first to its last day, a diamond for a day alone; marks as lines across."""
    figure = canvas.figure
    spans = [span.days for span in figure.spans[:count]]
    marks = [(mark.label, mark.place) for mark in figure.marks if isinstance(mark.place, date)]
    ends = [day.toordinal() for span in spans if span for day in span]
    ends += [place.toordinal() for _label, place in marks]
    low, high = float(min(ends)), float(max(ends))
    room = max((high - low) * 0.04, 3.0)
    left = name_room(canvas, figure.categories[:count])
    right = min(canvas.room * 0.3, canvas.measure.widest(figure.labels[:count], NORMAL) + 14)
    axes = canvas.axes(left, right, 24, top=_MARK_LINE * len(marks) + 4)
    axes.set_xlim(low - room, high + room)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_yticks([])
    _day_ticks(axes, low, high, int((canvas.room - left - right) // _TICK_PIXELS))
    for row in range(count):
        axes.axhline(row, color=canvas.colour("grid"), linewidth=0.8, zorder=0)
        span = spans[row]
        if span is not None:
            _draw_span(canvas, axes, row, span)
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
        _write_label(canvas, axes, row, right)
    for place, (label, day) in enumerate(marks):
        axes.axvline(day.toordinal(), color=canvas.colour("second"), linestyle="--", linewidth=1.6, zorder=2)
        is_late = day.toordinal() > (low + high) / 2
        said = canvas.measure.cut(label, 160, SMALL)
        axes.annotate(
            said, (day.toordinal(), 1), xycoords=("data", "axes fraction"),
            xytext=in_points(-4 if is_late else 4, 3 + place * _MARK_LINE), textcoords="offset points",
            ha="right" if is_late else "left", va="bottom", fontsize=SMALL, color=canvas.colour("text"),
        )  # fmt: skip


def draw_places(canvas: ChartCanvas, count: int) -> None:
    """A grid with the numbers of what stands in each field, and the names of the numbers below."""
    figure, grid = canvas.figure, canvas.figure.grid
    if grid is None:
        return
    left = min(canvas.room * 0.3, canvas.measure.widest(grid.rows, NORMAL) + 16)
    ends = _("{rows} upwards, {columns} to the right").format(
        rows=grid.row_title, columns=grid.column_title.lower()
    )
    canvas.text(MARGIN, canvas.top, ends, SMALL, "muted")
    names_below = PLACES_ROW * count + 10
    axes = canvas.axes(left, 4, names_below + 34, top=18)
    columns, rows = len(grid.columns), len(grid.rows)
    axes.set_xlim(-0.5, columns - 0.5)
    axes.set_ylim(rows - 0.5, -0.5)
    field = (canvas.room - left) / max(columns, 1) - 6
    axes.set_xticks(range(columns), [canvas.measure.cut(name, field, NORMAL) for name in grid.columns])
    axes.set_yticks(range(rows), [canvas.measure.cut(name, left - 12, NORMAL) for name in grid.rows])
    for line in range(columns + 1):
        axes.axvline(line - 0.5, color=canvas.colour("grid"), linewidth=1, zorder=0)
    for line in range(rows + 1):
        axes.axhline(line - 0.5, color=canvas.colour("grid"), linewidth=1, zorder=0)
    fields: dict[tuple[int, int], list[str]] = {}
    for number, place in enumerate(grid.places[:count], 1):
        fields.setdefault(place, []).append(str(number))
    for (column, row), numbers in fields.items():
        axes.text(
            column, row, ", ".join(numbers), ha="center", va="center", fontsize=NORMAL + 1, weight="bold",
            color=canvas.colour("ground"),
            bbox={"facecolor": canvas.colour("first"), "edgecolor": "none", "boxstyle": "round,pad=0.45"},
        )  # fmt: skip
    top = canvas.height - canvas.bottom - names_below - 14
    for number, name in enumerate(figure.categories[:count], 1):
        text = canvas.measure.cut(f"{number}. {name}", canvas.room, NORMAL)
        canvas.text(MARGIN, top + 12 + (number - 1) * PLACES_ROW, text, NORMAL)


def draw_ladder(canvas: ChartCanvas, count: int) -> None:
    """A step each, the highest on top: filled when reached, hatched when it can be, empty when it cannot."""
    figure = canvas.figure
    reached, allowed = figure.find_series("reached"), figure.find_series("allowed")
    left = name_room(canvas, figure.categories)
    right = canvas.measure.widest(figure.labels, NORMAL) + 16
    axes = canvas.axes(left, right, 4)
    axes.set_xlim(0, count)
    axes.set_ylim(-0.5, count - 0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    ground = canvas.colour("ground")
    for row in range(count):
        is_reached = bool(reached and reached.values[row])
        is_allowed = bool(allowed and allowed.values[row])
        paint = canvas.colour("first" if is_reached or is_allowed else "grid")
        hatch = "" if is_reached else "///" if is_allowed else ""
        look = patch_look(paint, ground, hatch)
        if not is_reached and not is_allowed:
            look = {"facecolor": ground, "edgecolor": canvas.colour("quiet"), "linewidth": 1.0}
        axes.barh([row], [row + 1], height=0.62, zorder=1, **look)
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
        _write_label(canvas, axes, row, right)


def _draw_span(canvas: ChartCanvas, axes: Axes, row: int, span: tuple[date, date]) -> None:
    first, last = (float(day.toordinal()) for day in span)
    low, high = axes.get_xlim()
    if last - first < (high - low) * _SHORTEST_BAR:
        axes.plot([(first + last) / 2], [row], "D", markersize=8, color=canvas.colour("first"), zorder=3)
        return
    look = patch_look(canvas.colour("first"), canvas.colour("ground"), "")
    axes.barh([row], [last - first], left=first, height=0.46, zorder=1, **look)


def _write_label(canvas: ChartCanvas, axes: Axes, row: int, room: float) -> None:
    label = canvas.measure.cut(canvas.figure.labels[row], room - 8, NORMAL)
    axes.annotate(
        label, (1, row), xycoords=("axes fraction", "data"), xytext=in_points(8, 0),
        textcoords="offset points", va="center", fontsize=NORMAL, color=canvas.colour("muted"),
    )  # fmt: skip


def _day_ticks(axes: Axes, low: float, high: float, most: int) -> None:
    """Some days, as far from each other as they need to be read."""
    count = max(2, min(_MOST_DAYS, most))
    places = sorted({round(low + (high - low) * number / (count - 1)) for number in range(count)})
    language = current_language()
    axes.set_xticks(places, [format_date(date.fromordinal(place), language) for place in places])
