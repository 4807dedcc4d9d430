"""Native Excel charts: made of cells in the same workbook, so that they follow when a number is changed.

Title, alternative text and footnote come from the chart figure that the drawn charts are made from too.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from coi_desktop.exchange.chart_lines import MOST_MARKERS
from coi_desktop.exchange.native_figures import CHANGES, DEVIATION
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_styles import load_palette
from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ChartFigure, ChartKind
from coi_desktop.models.folding import clean_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

#: The longest title Excel shows.
MAX_TITLE = 250

_LONGEST_ALT_TEXT = 2_000
_LIKE_A_CELL = re.compile(r"!(?=\$?[A-Z]+\$?[0-9])")
_SMALL = 9

#: What is not known stands as a text in its cell, which a chart takes for 0: no number is shown for it.
_NO_ZEROS = {"da": "[$-406]#,##0;[$-406]-#,##0;;", "en": "#,##0;-#,##0;;"}
#: The way from baseline to target goes so many times on an axis with marks at every half.
_MOST_WAYS = 4
#: What the number beyond a bar takes on that axis.
_LABEL_ROOM = 0.15

#: Letters that stand level: XlsxWriter takes 0 for "as Excel likes", which slants long ones.
_LEVEL = 360
_MOST_DAYS = 6
_DAYS_A_MONTH = 30.4
_LINES = {"cumulative": "third", "cumulative_all": "fourth", "initiative": "first", "comparison": "second"}
_COLUMNS = {"costs": "second", "budget": "first", "revenue": "fifth", "capacity": "first"}
_PATTERNS = {"capacity": "wide_upward_diagonal"}

Span = Sequence[Any]


def value_profile(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """Expected and rated value as two markers a value kind, joined by a line (a dumbbell)."""
    chart = workbook.add_chart({"type": "line"})
    for key, marker, size, colour in (
        ("figures.expected", "circle", 12, "quiet"),
        ("figures.rating", "diamond", 9, "first"),
    ):
        paint = _colour(colour)
        own = figure.colours if key == "figures.rating" else ()
        chart.add_series(
            {
                "name": _name(block, key),
                "categories": block.span("figures.kind"),
                "values": block.span(key),
                "line": {"none": True},
                "marker": {
                    "type": marker,
                    "size": size,
                    "border": {"color": paint},
                    "fill": {"color": paint},
                },
                **_own_points(own, block),
            }
        )
    chart.set_high_low_lines({"line": {"color": _colour("quiet"), "width": 1.5}})
    _set_up(chart, figure)
    chart.set_y_axis({**_axis(), "min": -2, "max": 2, "major_unit": 1, "num_format": "+0;-0;0"})
    chart.set_x_axis(
        {
            **_axis(),
            "num_font": {**_font(), "rotation": _LEVEL},
            "label_position": "low",
            "line": {"color": _colour("outline"), "width": 1.5},
        }
    )
    return chart


def indicator_progress(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """A bar from baseline (0 %) to the latest value for every indicator, over a pale one to the target (100 %
    in the column ``goal``).
    """
    chart = workbook.add_chart({"type": "bar"})
    chart.add_series(
        {
            "name": _name(block, "goal"),
            "categories": block.span("indicator.name"),
            "values": block.span("goal"),
            "fill": {"color": _colour("band")},
            "border": {"color": _colour("third"), "width": 1.25, "dash_type": "dash"},
            "gap": 60,
            "overlap": 100,
        }
    )
    chart.add_series(
        {
            "name": _name(block, "progress"),
            "categories": block.span("indicator.name"),
            "values": block.span("progress"),
            "fill": {"color": _colour("first")},
            "invert_if_negative": True,
            "invert_if_negative_color": _colour("second"),
            "data_labels": {"value": True, "num_format": _percent(), "font": _font()},
        }
    )
    _set_up(chart, figure)
    values = [float(one) for one in figure.series[0].values if one is not None]
    below = [value - _LABEL_ROOM for value in values if value < 0]
    least, greatest = math.floor(2 * min([0.0, *below])) / 2, max([1.2, *values])
    scale = {"min": least, "max": greatest, "major_unit": 0.5} if greatest - least <= _MOST_WAYS else {}
    chart.set_x_axis({**_axis(), "num_format": _percent(), **scale, "major_gridlines": {"visible": False}})
    chart.set_y_axis(
        {**_axis(), "reverse": True, "label_position": "low", "major_gridlines": {"visible": False}}
    )
    return chart


def measurements(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """Measurements over time as lines, with baseline and target across; ``block`` holds the chart's table."""
    chart = workbook.add_chart({"type": "line"})
    days = block.span("categories")
    for series in figure.drawn:
        if series.key == CHANGES:
            chart.add_series(_marks(figure, block))
            continue
        paint = _colour(_LINES.get(series.key, "fourth"))
        is_own = series.key == "initiative"
        chart.add_series(
            {
                "name": _name(block, series.key),
                "categories": days,
                "values": block.span(series.key),
                "line": {"color": paint, "width": 2.25, "dash_type": "solid" if is_own else "long_dash"},
                "marker": {
                    "type": "circle" if is_own else "square",
                    "size": 7,
                    "border": {"color": paint},
                    "fill": {"color": paint if is_own else _colour("ground")},
                }
                if len(figure.categories) <= MOST_MARKERS
                else {"type": "none"},
            }
        )
    for place, level in enumerate(figure.levels):
        chart.add_series(
            {
                "name": _name(block, level_key(place)),
                "categories": days,
                "values": block.span(level_key(place)),
                "line": {
                    "color": _colour("quiet" if level.key == "baseline" else "third"),
                    "width": 1.5,
                    "dash_type": "round_dot" if level.key == "baseline" else "dash",
                },
                "marker": {"type": "none"},
            }
        )
    chart.show_blanks_as("span")
    _set_up(chart, figure)
    chart.set_x_axis(
        {
            **_axis(),
            "date_axis": True,
            "num_format": _day(),
            "major_unit": _months_apart(figure),
            "major_unit_type": "months",
            "label_position": "low",
        }
    )
    chart.set_y_axis({**_axis(), "name": _title(figure.unit), "name_font": _font(), "num_format": _general()})
    return chart


def _marks(figure: ChartFigure, block: PlacedBlock) -> dict[str, Any]:
    paint = _colour("outline")
    said = [{"value": _title(label)} if label else {"delete": True} for label in figure.labels]
    # To the side where there is room: above, a text would stand on the title.
    first = next((place for place, label in enumerate(figure.labels) if label), 0)
    side = "right" if 2 * first < len(figure.labels) else "left"
    return {
        "name": _name(block, CHANGES),
        "categories": block.span("categories"),
        "values": block.span(CHANGES),
        "line": {"none": True},
        "marker": {"type": "diamond", "size": 9, "border": {"color": paint}, "fill": {"color": paint}},
        "data_labels": {"value": True, "position": side, "custom": said, "font": _font()},
    }


def level_key(place: int) -> str:
    """The column of a level (baseline, target) in the table of a chart over time."""
    return f"level{place}"


def cash_flow(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """Costs and gains as columns by year, the cumulative net as a line on the same axis."""
    columns = workbook.add_chart({"type": "column", "subtype": "stacked"})
    lines = workbook.add_chart({"type": "line"})
    years = block.span("categories")
    for series in figure.drawn:
        if series.key in _LINES:
            paint = _colour(_LINES[series.key])
            lines.add_series(
                {
                    "name": _name(block, series.key),
                    "categories": years,
                    "values": block.span(series.key),
                    "line": {
                        "color": paint,
                        "width": 2.25,
                        "dash_type": "solid" if series.key == "cumulative" else "dash",
                    },
                    "marker": {
                        "type": "circle",
                        "size": 6,
                        "border": {"color": paint},
                        "fill": {"color": paint},
                    },
                }
            )
        else:
            columns.add_series(
                {
                    "name": _name(block, series.key),
                    "categories": years,
                    "values": block.span(series.key),
                    "gap": 60,
                    **_fill(_COLUMNS.get(series.key, "quiet"), _PATTERNS.get(series.key, "")),
                }
            )
    columns.combine(lines)
    _set_up(columns, figure)
    columns.set_x_axis(
        {**_axis(), "label_position": "low", "name": _title(figure.category_title), "name_font": _font()}
    )
    columns.set_y_axis({**_axis(), "num_format": _whole(), "name": _title(figure.unit), "name_font": _font()})
    return columns


def tornado(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """How far the net present value moves from the likely one: cautious patterned, optimistic filled."""
    chart = workbook.add_chart({"type": "bar"})
    for key, colour, pattern in (("cautious", "second", "wide_upward_diagonal"), ("optimistic", "first", "")):
        chart.add_series(
            {
                "name": _name(block, key),
                "categories": block.span("categories"),
                "values": block.span(f"{key}{DEVIATION}"),
                "gap": 60,
                "overlap": 100,
                "data_labels": {"value": True, "num_format": _difference(), "font": _font()},
                **_fill(colour, pattern),
            }
        )
    _set_up(chart, figure)
    name = _("Difference from the likely net present value, {unit}").format(unit=figure.unit)
    chart.set_x_axis({**_axis(), "num_format": _difference(), "name": _title(name), "name_font": _font()})
    chart.set_y_axis(
        {**_axis(), "reverse": True, "label_position": "low", "major_gridlines": {"visible": False}}
    )
    return chart


def portfolio(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """Bars in parts, told apart by colour and pattern: initiatives by phase and status, gains by class."""
    chart = workbook.add_chart({"type": "bar", "subtype": "stacked"})
    looks = load_palette()
    form = _whole() if figure.kind is ChartKind.GAINS_BY_CLASS else "0"
    for series in figure.drawn:
        look = looks.part(series.key)
        chart.add_series(
            {
                "name": _name(block, series.key),
                "categories": block.span("categories"),
                "values": block.span(series.key),
                "gap": 50,
                "data_labels": {
                    "value": True,
                    "num_format": f"{form};;",
                    "font": {**_font(), "bold": True, "color": _colour("ground")},
                }
                if not look.pattern
                else {},
                **_fill(look.colour, look.pattern),
            }
        )
    _set_up(chart, figure)
    chart.set_x_axis({**_axis(), "num_format": form, "name": _title(figure.unit), "name_font": _font()})
    chart.set_y_axis({**_axis(), "reverse": True, "major_gridlines": {"visible": False}})
    return chart


def gains(workbook: Workbook, figure: ChartFigure, block: PlacedBlock) -> Chart:
    """Costs and gains: a bar for what is realised beside a patterned one for what is expected."""
    chart = workbook.add_chart({"type": "bar"})
    for key, colour, pattern in (
        ("expected", "quiet", "wide_upward_diagonal"),
        ("realised", "first", ""),
    ):
        chart.add_series(
            {
                "name": _name(block, key),
                "categories": block.span("name" if "name" in block.columns else "categories"),
                "values": block.span(key),
                "gap": 60,
                "data_labels": {"value": True, "num_format": _NO_ZEROS[current_language()], "font": _font()},
                **_fill(colour, pattern),
            }
        )
    _set_up(chart, figure)
    chart.set_x_axis({**_axis(), "num_format": _whole(), "name": _title(figure.unit), "name_font": _font()})
    chart.set_y_axis({**_axis(), "reverse": True, "major_gridlines": {"visible": False}})
    return chart


def alt_text(figure: ChartFigure) -> str:
    """What a chart says to those who cannot see it: its text and what it rests on."""
    return clean_line(f"{figure.alt_text} {figure.footnote}")[:_LONGEST_ALT_TEXT]


def _set_up(chart: Chart, figure: ChartFigure, *, legend: bool = True) -> None:
    chart.set_title(
        {
            "name": _title(figure.title),
            "name_font": {"size": 12, "bold": True, "color": _colour("text")},
            "overlay": False,
        }
    )
    chart.set_legend({"position": "bottom", "font": _font()} if legend else {"none": True})
    chart.set_chartarea({"border": {"none": True}})
    chart.show_hidden_data()


def _title(text: str) -> str:
    """A text as a title: XlsxWriter takes what looks like a cell of a sheet (x!A1) for a reference."""
    return _LIKE_A_CELL.sub("!\u200a", clean_line(text)[:MAX_TITLE])


def _name(block: PlacedBlock, key: str) -> list[Any]:
    return [block.sheet, block.first - 1, block.columns[key]]


def _axis() -> dict[str, Any]:
    return {
        "num_font": _font(),
        "line": {"color": _colour("quiet")},
        "major_gridlines": {"visible": True, "line": {"color": _colour("grid"), "width": 0.75}},
    }


def _font() -> dict[str, Any]:
    return {"size": _SMALL, "bold": False, "color": _colour("text")}


def _percent() -> str:
    return "0\\ %" if current_language() == "da" else "0%"


def _whole() -> str:
    return "[$-406]#,##0" if current_language() == "da" else "#,##0"


def _difference() -> str:
    return "[$-406]+#,##0;[$-406]-#,##0;0" if current_language() == "da" else "+#,##0;-#,##0;0"


def _general() -> str:
    return "[$-406]General" if current_language() == "da" else "General"


def _day() -> str:
    return "dd\\-mm\\-yy" if current_language() == "da" else "d\\ mmm\\ yy"


def _months_apart(figure: ChartFigure) -> int:
    """Months between two marks of the axis, so that a handful of them stands below a chart over time."""
    days = [one for one in figure.categories if isinstance(one, date)]
    return max(1, math.ceil((days[-1] - days[0]).days / _DAYS_A_MONTH / _MOST_DAYS))


def _fill(colour: str, pattern: str) -> dict[str, Any]:
    paint = _colour(colour)
    border = {"color": paint, "width": 1}
    if not pattern:
        return {"fill": {"color": paint}, "border": border}
    return {
        "pattern": {"pattern": pattern, "fg_color": paint, "bg_color": _colour("ground")},
        "border": border,
    }


def _own_points(colours: Sequence[str], block: PlacedBlock) -> dict[str, Any]:
    """Points in colours of their own, where every row of the block has one."""
    if len(colours) != block.last - block.first + 1:
        return {}
    paints = [{"color": _colour(one)} for one in colours]
    return {"points": [{"border": paint, "fill": paint} for paint in paints]}


def _colour(name: str) -> str:
    return load_palette().colour(name)
