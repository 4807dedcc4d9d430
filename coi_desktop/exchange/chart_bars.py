"""Charts of rows: value profile, progress of indicators, portfolio by phase and status."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

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
from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.models.text import format_number, format_percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Pixels a row takes, and the part of it that a bar fills.
VALUE_ROW, PROGRESS_ROW, PORTFOLIO_ROW = 40, 46, 34

#: Bars longer than this share of the way are cut and end in an arrow; their numbers stand beside.
_LEFTMOST, _RIGHTMOST = -1.0, 1.5

_LABEL_SHARE = 0.42


def draw_value_profile(canvas: ChartCanvas, count: int) -> None:
    """Expected and rated value a kind, joined by a line: a dumbbell chart."""
    figure = canvas.figure
    names = {series.key: series.name for series in figure.drawn}
    canvas.write_legend(
        [
            LegendEntry(names.get("expected", ""), "quiet", "mark", marker="o", filled=False),
            LegendEntry(names.get("rating", ""), "text", "mark", marker="D"),
        ]
    )
    left = name_room(canvas, figure.categories[:count])
    right = min(150.0, canvas.measure.widest(figure.labels[:count], NORMAL) + 14)
    axes = canvas.axes(left, right, 34)
    axes.set_xlim(-2.25, 2.25)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([-2, -1, 0, 1, 2], ["−2", "−1", "0", "+1", "+2"])
    axes.set_yticks([])
    for level in (-2, -1, 1, 2):
        axes.axvline(level, color=canvas.colour("grid"), linewidth=0.8, zorder=0)
    axes.axvline(0, color=canvas.colour("quiet"), linewidth=1.4, zorder=0)
    canvas.text(MARGIN + left, canvas.height - canvas.bottom - 1, figure.unit, SMALL, "muted", va="bottom")
    expected, rated = figure.find_series("expected"), figure.find_series("rating")
    for row in range(count):
        first = _at(expected.values if expected else (), row)
        second = _at(rated.values if rated else (), row)
        if first is not None and second is not None:
            axes.plot([first, second], [row, row], color=canvas.colour("quiet"), linewidth=2, zorder=1)
        if first is not None:
            axes.plot(
                [first], [row], "o", markersize=11, color=canvas.colour("ground"),
                markeredgecolor=canvas.colour("quiet"), markeredgewidth=2, zorder=2,
            )  # fmt: skip
        if second is not None:
            paint = canvas.colour(figure.colours[row] if figure.colours else "first")
            axes.plot([second], [row], "D", markersize=7.5, color=paint, zorder=3)
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)
        label = canvas.measure.cut(figure.labels[row], right - 8, NORMAL)
        axes.annotate(
            label, (1, row), xycoords=("axes fraction", "data"), xytext=in_points(6, 0),
            textcoords="offset points", va="center", fontsize=NORMAL, color=canvas.colour("text"),
        )  # fmt: skip


def draw_indicator_progress(canvas: ChartCanvas, count: int) -> None:
    """A bar from baseline to latest a row, the target across, the numbers beside the name."""
    figure = canvas.figure
    progress = figure.series[0].values
    language = current_language()
    left = canvas.room * _LABEL_SHARE
    axes = canvas.axes(left, 48, 8, top=20)
    shown = [max(_LEFTMOST, min(_RIGHTMOST, float(progress[row] or 0))) for row in range(count)]
    axes.set_xlim(min(-0.08, *shown) - 0.02 if shown else -0.1, max(1.08, *shown) + 0.02 if shown else 1.1)
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvspan(0, 1, color=canvas.colour("band"), zorder=0, linewidth=0)
    for level in figure.levels:
        is_target = level.key == "target"
        paint = canvas.colour("third" if is_target else "quiet")
        axes.axvline(
            float(str(level.place)),
            color=paint,
            linewidth=1.6,
            linestyle="--" if is_target else "-",
            zorder=2,
        )
        said = canvas.measure.cut(level.label, 110, SMALL)
        axes.annotate(
            said, (float(str(level.place)), 1), xycoords=("data", "axes fraction"), xytext=in_points(0, 4),
            textcoords="offset points", ha="center", va="bottom", fontsize=SMALL, color=paint,
        )  # fmt: skip
    for paint, hatch, is_forward in (("first", "", True), ("second", "xxx", False)):
        rows = [row for row, value in enumerate(shown) if (value >= 0) is is_forward]
        look = patch_look(canvas.colour(paint), canvas.colour("ground"), hatch)
        axes.barh(rows, [shown[row] for row in rows], height=0.42, zorder=1.5, **look)
    for row, value in enumerate(shown):
        exact = float(progress[row] or 0)
        paint = canvas.colour("first" if value >= 0 else "second")
        if exact != value:
            axes.plot([value], [row], ">" if value > 0 else "<", color=paint, markersize=9, zorder=3)
        share = format_percent((progress[row] or Decimal(0)) * 100, language, 0)
        axes.annotate(
            share, (max(value, 0), row), xytext=in_points(6, 0), textcoords="offset points", va="center",
            fontsize=NORMAL, color=canvas.colour("text"), weight="bold", zorder=4,
            bbox={"facecolor": canvas.colour("ground"), "edgecolor": "none", "pad": 1.2, "alpha": 0.85},
        )  # fmt: skip
        name = canvas.measure.cut(_plain(canvas, figure.categories[row], left), left - 12, NORMAL, bold=True)
        label = canvas.measure.wrap(figure.labels[row], left - 12, SMALL, lines=2)
        up = 8 if len(label) > 1 else 1
        for text, height, side, size, weight, colour in (
            (name, up, "bottom", NORMAL, "bold", "text"),
            ("\n".join(label), up - 2, "top", SMALL, "normal", "muted"),
        ):
            axes.annotate(
                text, (0, row), xycoords=("axes fraction", "data"), xytext=in_points(-left, height),
                textcoords="offset points", va=side, ha="left", fontsize=size, weight=weight,
                color=canvas.colour(colour),
            )  # fmt: skip


def draw_portfolio(canvas: ChartCanvas, count: int) -> None:
    """A bar a row in parts (initiatives of a phase by status): colour, pattern, number in each part."""
    figure = canvas.figure
    looks = [canvas.palette.part(series.key) for series in figure.drawn]
    if figure.kind is not ChartKind.METHOD_HOURS:
        canvas.write_legend(
            [
                LegendEntry(series.name, look.colour, "patch", look.hatch)
                for series, look in zip(figure.drawn, looks, strict=True)
            ]
        )
    left = name_room(canvas, figure.categories[:count])
    axes = canvas.axes(left, 34, 4)
    totals = [sum(max(series.values[row] or 0, 0) for series in figure.drawn) for row in range(count)]
    axes.set_xlim(0, float(max([*totals, Decimal(1)])))
    axes.set_ylim(count - 0.5, -0.5)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.axvline(0, color=canvas.colour("outline"), linewidth=1.2)
    ground, language = canvas.colour("ground"), current_language()
    for row in range(count):
        start, parts = 0.0, 0
        for series, look in zip(figure.drawn, looks, strict=True):
            value = float(series.values[row] or 0)
            if value <= 0:  # a part of a whole is never below nothing, and would be drawn outside the picture
                continue
            paint = canvas.colour(look.colour)
            axes.barh([row], [value], left=start, height=0.62, **patch_look(paint, ground, look.hatch))
            axes.text(
                start + value / 2, row, format_number(series.values[row], language), ha="center", va="center",
                fontsize=NORMAL, weight="bold", color=canvas.colour("ground" if not look.hatch else "text"),
                bbox={"facecolor": ground, "edgecolor": "none", "pad": 1.5} if look.hatch else None,
            )  # fmt: skip
            start, parts = start + value, parts + 1
        if parts != 1:  # a bar of one part says its number already
            axes.annotate(
                format_number(totals[row], language), (start, row), xytext=in_points(7, 0),
                textcoords="offset points", va="center", fontsize=NORMAL, color=canvas.colour("text"),
            )  # fmt: skip
        write_row_name(canvas, axes, row, str(figure.categories[row]), left)


def name_room(canvas: ChartCanvas, names: Sequence[object]) -> float:
    """The room for the names of rows: what the widest needs, at most two fifths of the picture."""
    widest = canvas.measure.widest([str(name)[:80] for name in names], NORMAL)
    return min(widest + 14, canvas.room * 0.4)


def write_row_name(canvas: ChartCanvas, axes: Axes, row: int, name: str, room: float) -> None:
    """The name of a row left of it, in at most two lines."""
    lines = canvas.measure.wrap(name, room - 12, NORMAL, lines=2)
    axes.annotate(
        "\n".join(lines), (0, row), xycoords=("axes fraction", "data"), xytext=in_points(-room, 0),
        textcoords="offset points", va="center", ha="left", fontsize=NORMAL, color=canvas.colour("text"),
        linespacing=1.1,
    )  # fmt: skip


def _plain(canvas: ChartCanvas, name: object, room: float) -> str:
    return " ".join(canvas.measure.wrap(str(name), room * 2, NORMAL, lines=1, bold=True))


def _at(values: Sequence[Decimal | None], place: int) -> float | None:
    value = values[place] if place < len(values) else None
    return None if value is None else float(value)
