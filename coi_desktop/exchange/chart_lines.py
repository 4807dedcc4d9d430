"""Charts over time: measurements of an indicator, cash flow of an evaluation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from coi_desktop.exchange.chart_canvas import (
    MARGIN,
    NORMAL,
    SMALL,
    ChartCanvas,
    LegendEntry,
    in_points,
    patch_look,
)
from coi_desktop.i18n import current_language
from coi_desktop.models.chart_figures import ChartMark
from coi_desktop.models.dates import format_date
from coi_desktop.models.text import format_number

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: With more points than this the line alone is drawn.
MOST_MARKERS = 80
_MOST_TICKS = 6
_ROOM_FOR_ENDS = 150.0

_SERIES = {
    "initiative": ("first", "-", "o", True),
    "comparison": ("second", (0, (5, 2)), "s", False),
    "cumulative": ("third", "-", "o", True),
    "cumulative_all": ("fourth", (0, (5, 2)), "s", False),
}
_COLUMNS = {
    "costs": ("second", ""),
    "budget": ("first", ""),
    "revenue": ("fifth", "..."),
    "capacity": ("first", "///"),
}
_LEVELS = {"baseline": ("quiet", ":"), "target": ("third", "--"), "tolerance": ("third", "--")}


def draw_measurements(canvas: ChartCanvas) -> None:
    """The values over time as lines, each named at its end, with baseline and target across."""
    figure = canvas.figure
    language = current_language()
    days = [float(day.toordinal()) for day in figure.categories if isinstance(day, date)]
    values = [float(one) for series in figure.drawn for one in series.values if one is not None]
    levels = [(level, float(level.place)) for level in figure.levels if isinstance(level.place, Decimal)]
    low, high = _limits([*values, *(place for _level, place in levels)])
    left = (
        canvas.measure.widest([format_number(_rounded(tick), language) for tick in (low, high)], NORMAL) + 16
    )
    canvas.text(MARGIN, canvas.top, canvas.measure.cut(figure.unit, canvas.room, SMALL), SMALL, "muted")
    axes = canvas.axes(left, _ROOM_FOR_ENDS, 24, top=18)
    span = max(days[-1] - days[0], 1.0)
    axes.set_xlim(days[0] - span * 0.03, days[-1] + span * 0.03)
    axes.set_ylim(low, high)
    _number_ticks(axes, canvas)
    _day_ticks(axes, figure.categories, days)
    taken: list[float] = []
    for series in figure.drawn:
        paint_name, dashes, marker, is_filled = _SERIES.get(series.key, ("fourth", "-", "o", True))
        paint = canvas.colour(paint_name)
        shown = [(day, float(one)) for day, one in zip(days, series.values, strict=True) if one is not None]
        if not shown:
            continue
        axes.plot(
            [day for day, _value in shown], [value for _day, value in shown], color=paint, linestyle=dashes,
            linewidth=2, marker=marker if len(shown) <= MOST_MARKERS else "none", markersize=6,
            markerfacecolor=paint if is_filled else canvas.colour("ground"), markeredgewidth=1.6, zorder=3,
        )  # fmt: skip
        last = next(one for one in reversed(series.values) if one is not None)
        _name_end(canvas, axes, shown[-1][1], f"{series.name} {format_number(last, language)}", paint, taken)
    for level, place in levels:
        _draw_level(canvas, axes, level, place, taken)
    for mark in figure.marks:
        if isinstance(mark.place, date):
            _draw_mark(canvas, axes, float(mark.place.toordinal()), mark.label)


def draw_cash_flow(canvas: ChartCanvas) -> None:
    """Costs below and gains above zero by year, the cumulative net as a line, payback marked."""
    figure = canvas.figure
    language = current_language()
    columns = [series for series in figure.drawn if series.key not in _SERIES]
    lines = [series for series in figure.drawn if series.key in _SERIES]
    canvas.write_legend(
        [LegendEntry(one.name, *_column_entry(one.key)) for one in columns]
        + [
            LegendEntry(one.name, colour, "line", dashes=dashes, marker=marker, filled=is_filled)
            for one in lines
            for colour, dashes, marker, is_filled in [_SERIES[one.key]]
        ]
    )
    years = [int(str(year)) for year in figure.categories]
    up = [
        sum(float(one.values[place] or 0) for one in columns if one.key != "costs")
        for place in range(len(years))
    ]
    down = [
        sum(float(one.values[place] or 0) for one in columns if one.key == "costs")
        for place in range(len(years))
    ]
    reached = [float(one) for series in lines for one in series.values if one is not None]
    low, high = _limits([*up, *down, *reached, 0.0])
    ticks = [format_number(_rounded(tick), language) for tick in (low, high)]
    left = canvas.measure.widest(ticks, NORMAL) + 20
    canvas.text(MARGIN, canvas.top, figure.unit, SMALL, "muted")
    axes = canvas.axes(left, 20, 36, top=22)
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.set_ylim(low, high)
    _number_ticks(axes, canvas)
    step = max(1, len(years) // 12)
    axes.set_xticks(years[::step], [str(year) for year in years[::step]])
    axes.axhline(0, color=canvas.colour("outline"), linewidth=1.2, zorder=2)
    middle = MARGIN + left + (canvas.room - left - 20) / 2
    canvas.text(
        middle,
        canvas.height - canvas.bottom - 1,
        figure.category_title,
        SMALL,
        "muted",
        va="bottom",
        ha="center",
    )
    _draw_columns(canvas, axes, years, columns)
    for series in lines:
        paint_name, dashes, marker, is_filled = _SERIES[series.key]
        paint = canvas.colour(paint_name)
        filling = paint if is_filled else canvas.colour("ground")
        axes.plot(
            years, [float(one or 0) for one in series.values], color=paint, linestyle=dashes, linewidth=2,
            marker=marker, markersize=5, markerfacecolor=filling, zorder=4,
        )  # fmt: skip
    for mark in figure.marks:
        _draw_mark(canvas, axes, float(str(mark.place)), mark.label)


def _column_entry(key: str) -> tuple[str, str, str]:
    colour, hatch = _COLUMNS.get(key, ("quiet", "---"))
    return colour, "patch", hatch


def _draw_columns(canvas: ChartCanvas, axes: Axes, years: Sequence[int], columns: Sequence[Any]) -> None:
    heights = [0.0] * len(years)
    for series in columns:
        colour, hatch = _COLUMNS.get(series.key, ("quiet", "---"))
        values = [float(one or 0) for one in series.values]
        starts = [0.0] * len(years) if series.key == "costs" else heights
        look = patch_look(canvas.colour(colour), canvas.colour("ground"), hatch)
        axes.bar(years, values, bottom=starts, width=0.62, zorder=3, **look)
        if series.key != "costs":
            heights = [height + value for height, value in zip(heights, values, strict=True)]


def _draw_level(canvas: ChartCanvas, axes: Axes, level: ChartMark, place: float, taken: list[float]) -> None:
    colour, dashes = _LEVELS.get(level.key, ("quiet", ":"))
    axes.axhline(place, color=canvas.colour(colour), linestyle=dashes, linewidth=1.4, zorder=2)
    number = format_number(level.place if isinstance(level.place, Decimal) else None, current_language())
    _name_end(canvas, axes, place, f"{level.label} {number}", canvas.colour(colour), taken)


def _draw_mark(canvas: ChartCanvas, axes: Axes, place: float, label: str) -> None:
    first, last = axes.get_xlim()
    if not first <= place <= last:
        return
    axes.axvline(place, color=canvas.colour("outline"), linestyle=(0, (2, 2)), linewidth=1.1, zorder=2)
    is_late = place > (first + last) / 2
    axes.annotate(
        canvas.measure.cut(" ".join(canvas.measure.wrap(label, 400, SMALL)), 180, SMALL), (place, 1),
        xycoords=("data", "axes fraction"), xytext=in_points(-4 if is_late else 4, 3),
        textcoords="offset points", ha="right" if is_late else "left", va="bottom", fontsize=SMALL,
        color=canvas.colour("text"), zorder=5,
    )  # fmt: skip


def _name_end(
    canvas: ChartCanvas, axes: Axes, value: float, label: str, paint: str, taken: list[float]
) -> None:
    """Name a line at the right edge; names that would cover each other move apart."""
    box = axes.get_position()
    low, high = axes.get_ylim()
    pixels = box.height * canvas.height
    place = (value - low) / (high - low) * pixels
    place = _free_place(place, taken, 14.0, pixels)
    taken.append(place)
    text = canvas.measure.cut(label, _ROOM_FOR_ENDS - 12, NORMAL)
    axes.annotate(
        text, (1, place / pixels), xycoords="axes fraction", xytext=in_points(8, 0),
        textcoords="offset points", va="center", fontsize=NORMAL, color=paint,
    )  # fmt: skip


def _free_place(wanted: float, taken: Sequence[float], distance: float, highest: float) -> float:
    """The place nearest to ``wanted`` that is ``distance`` away from all that are taken."""
    candidates = [wanted]
    for place in taken:
        candidates += [place + distance, place - distance]
    free = [
        one for one in candidates
        if -4 <= one <= highest + 4 and all(abs(one - place) >= distance - 0.01 for place in taken)
    ]  # fmt: skip
    return min(free, key=lambda one: abs(one - wanted), default=wanted)


def _limits(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    if low == high:
        low, high = low - max(abs(low) * 0.1, 1.0), high + max(abs(high) * 0.1, 1.0)
    room = (high - low) * 0.08
    return low - room, high + room


def _rounded(value: float) -> Decimal:
    """A number as it would stand at an axis, for measuring."""
    return Decimal(f"{value:.3g}")


def _number_ticks(axes: Axes, canvas: ChartCanvas) -> None:
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    language = current_language()
    axes.yaxis.set_major_locator(MaxNLocator(_MOST_TICKS, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(
        FuncFormatter(lambda value, _place: format_number(Decimal(f"{value:.10g}"), language))
    )
    axes.grid(axis="y", color=canvas.colour("grid"), linewidth=0.8, zorder=0)


def _day_ticks(axes: Axes, days: Sequence[Any], places: Sequence[float]) -> None:
    """The first and the last day, and of those between as many as stand clear of each other."""
    language = current_language()
    nearest = (places[-1] - places[0]) / (_MOST_TICKS - 1)
    chosen = [0]
    for number in range(1, len(places) - 1):
        if places[number] - places[chosen[-1]] >= nearest and places[-1] - places[number] >= nearest:
            chosen.append(number)
    if len(places) > 1:
        chosen.append(len(places) - 1)
    axes.set_xticks([places[one] for one in chosen], [format_date(days[one], language) for one in chosen])
