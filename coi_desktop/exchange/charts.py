"""Charts drawn from chart figures: one picture for the screen, for a file, in any theme."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

from coi_desktop.exchange.chart_bars import (
    PORTFOLIO_ROW,
    PROGRESS_ROW,
    VALUE_ROW,
    draw_indicator_progress,
    draw_portfolio,
    draw_value_profile,
)
from coi_desktop.exchange.chart_canvas import MARGIN, NORMAL, ChartCanvas, ChartLook
from coi_desktop.exchange.chart_economy import (
    CLASSES_ROW,
    TORNADO_ROW,
    draw_gains_by_class,
    draw_tornado,
)
from coi_desktop.exchange.chart_gains import GAINS_ROW, draw_gains
from coi_desktop.exchange.chart_groups import GROUP_ROW, draw_groups
from coi_desktop.exchange.chart_lines import draw_cash_flow, draw_measurements
from coi_desktop.exchange.chart_steps import (
    DAYS_ROW,
    GRID,
    LADDER_ROW,
    PLACES_ROW,
    draw_days,
    draw_ladder,
    draw_places,
)
from coi_desktop.exchange.chart_text import plain
from coi_desktop.exchange.chart_theory import THEORY_WIDTH, draw_theory, theory_size
from coi_desktop.exchange.pdf_language import with_language
from coi_desktop.i18n import _, current_language
from coi_desktop.models.chart_figures import ChartFigure, ChartKind

#: Rows of one chart; a picture with more cannot be read.
MOST_ROWS = 20

#: The width in pixels of a chart in a file.
USUAL_WIDTH = 720

#: Numbers beyond this cannot be drawn to scale with anything.
GREATEST = 10**15

#: How hard a PNG is compressed: one that is shown and thrown away, one that is kept.
_QUICK, _SMALL = 1, 6

_ROWS = {
    ChartKind.VALUE_PROFILE: (VALUE_ROW, 120, draw_value_profile),
    ChartKind.INDICATOR_PROGRESS: (PROGRESS_ROW, 110, draw_indicator_progress),
    ChartKind.GROUPS: (GROUP_ROW, 110, draw_groups),
    ChartKind.PORTFOLIO: (PORTFOLIO_ROW, 110, draw_portfolio),
    ChartKind.PORTFOLIO_GAINS: (GAINS_ROW, 110, draw_gains),
    ChartKind.REALISED: (GAINS_ROW, 124, draw_gains),
    ChartKind.TORNADO: (TORNADO_ROW, 140, draw_tornado),
    ChartKind.GAINS_BY_CLASS: (CLASSES_ROW, 124, draw_gains_by_class),
    ChartKind.FINDINGS: (PORTFOLIO_ROW, 110, draw_portfolio),
    ChartKind.METHOD_HOURS: (PORTFOLIO_ROW, 110, draw_portfolio),
    ChartKind.SCHEDULE: (DAYS_ROW, 130, draw_days),
    ChartKind.CHANGES: (DAYS_ROW, 110, draw_days),
    ChartKind.ACTIONS: (DAYS_ROW, 130, draw_days),
    ChartKind.AUDIENCE: (PLACES_ROW, 90 + GRID, draw_places),
    ChartKind.ANSWERS: (PLACES_ROW, 90 + GRID, draw_places),
    ChartKind.EVIDENCE: (LADDER_ROW, 100, draw_ladder),
}
_OF_DAYS = (ChartKind.SCHEDULE, ChartKind.CHANGES, ChartKind.ACTIONS)
_OF_PLACES = (ChartKind.AUDIENCE, ChartKind.ANSWERS)
_LINES = {
    ChartKind.MEASUREMENTS: (320, draw_measurements),
    ChartKind.CASH_FLOW: (380, draw_cash_flow),
}


def draw_chart(figure: ChartFigure, look: ChartLook | None = None) -> bytes:
    """The chart as PNG, ``look.width`` × ``chart_height(figure)`` pixels times ``look.ratio``.

    A chart whose numbers cannot be drawn is a picture that says so.
    """
    return save(draw(figure, look or ChartLook()), "png", figure, compress_level=_QUICK)


def chart_height(figure: ChartFigure, width: int = USUAL_WIDTH) -> int:
    """The height in pixels that a chart needs to be read; but for a theory whatever its width."""
    return chart_size(figure, width)[1]


def chart_size(figure: ChartFigure, width: int) -> tuple[int, int]:
    """Width and height in pixels that a chart needs to be read, where ``width`` is wanted."""
    if figure.kind is ChartKind.THEORY:
        return theory_size(figure, width)
    if figure.kind in _LINES:
        return width, _LINES[figure.kind][0]
    row, frame, _drawing = _ROWS[figure.kind]
    return width, frame + row * min(max(len(figure.categories), 1), MOST_ROWS)


def printed_width(figure: ChartFigure) -> int:
    """The width in pixels of a chart in a file."""
    return THEORY_WIDTH if figure.kind is ChartKind.THEORY else USUAL_WIDTH


def draw(figure: ChartFigure, look: ChartLook) -> ChartCanvas:
    """The drawn chart, not yet saved."""
    if not look.height:
        width, height = chart_size(figure, look.width)
        look = replace(look, width=width, height=height)
    canvas = ChartCanvas(figure, look)
    canvas.write_title()
    count = min(len(figure.categories), MOST_ROWS)
    is_cut = figure.kind in _ROWS and count < len(figure.categories)
    canvas.write_footnote(
        _("the first {count} of {all}").format(count=count, all=len(figure.categories)) if is_cut else ""
    )
    if not can_be_drawn(figure):
        _write_message(canvas, _("The chart cannot be drawn: it has no numbers, or one is too great."))
    elif figure.kind is ChartKind.THEORY:
        draw_theory(canvas)
    elif figure.kind in _LINES:
        _LINES[figure.kind][1](canvas)
    else:
        _ROWS[figure.kind][2](canvas, count)
    return canvas


def can_be_drawn(figure: ChartFigure) -> bool:
    """Whether there are numbers, all finite and none beyond what can be drawn to scale, or boxes."""
    if figure.kind is ChartKind.THEORY:
        return figure.theory is not None and bool(figure.theory.theory.boxes)
    if figure.kind in _OF_DAYS:
        return any(span.days for span in figure.spans)
    if figure.kind in _OF_PLACES:
        return figure.grid is not None and bool(figure.categories)
    numbers: list[Any] = [value for series in figure.drawn for value in series.values if value is not None]
    numbers += [level.place for level in figure.levels if not hasattr(level.place, "year")]
    is_shown = any(value is not None for series in figure.drawn for value in series.values)
    return is_shown and all(is_drawable(Decimal(one)) for one in numbers)


def is_drawable(value: Decimal) -> bool:
    """Whether a number is finite and not too great to be drawn to scale."""
    return value.is_finite() and abs(value) <= GREATEST


def save(
    canvas: ChartCanvas, file_format: str, figure: ChartFigure, *, compress_level: int = _SMALL
) -> bytes:
    """The picture as ``png``, ``svg`` or ``pdf``: with its texts, without date or creator.

    SVG and PDF are marked with the language spoken now. ``compress_level``: how hard a PNG is to be
    compressed, 1 (quick) to 9.
    """
    title, description = plain(figure.title), plain_alt(figure)
    metadata: dict[str, Any] = {
        "png": {"Software": None, "Title": title, "Description": description},
        "svg": {"Date": None, "Creator": None, "Title": title, "Description": description},
        "pdf": {
            "Creator": None,
            "Producer": None,
            "CreationDate": None,
            "Title": title,
            "Subject": description,
        },
    }[file_format]
    file = io.BytesIO()
    packed: dict[str, Any] = (
        {"pil_kwargs": {"compress_level": compress_level}} if file_format == "png" else {}
    )
    canvas.picture.savefig(file, format=file_format, metadata=metadata, dpi=canvas.picture.dpi, **packed)
    content = file.getvalue()
    if file_format == "svg":
        return _with_description(content, title, description)
    return with_language(content, current_language()) if file_format == "pdf" else content


def plain_alt(figure: ChartFigure) -> str:
    """The alternative text as the properties of a picture can hold it."""
    return " ".join(plain(part) for part in (figure.alt_text, figure.footnote) if part)


def _write_message(canvas: ChartCanvas, message: str) -> None:
    for line in canvas.measure.wrap(message, canvas.room, NORMAL, lines=3):
        canvas.text(MARGIN, canvas.top + 10, line, NORMAL, "muted")
        canvas.top += 16


def _with_description(svg: bytes, title: str, description: str) -> bytes:
    """The SVG with its title and description where screen readers look for them."""
    start = svg.index(b"<svg")
    end = svg.index(b">", start)
    said = f"\n <title>{_escaped(title)}</title>\n <desc>{_escaped(description)}</desc>".encode()
    marks = f' role="img" xml:lang="{current_language()}"'.encode()
    return svg[:end] + marks + svg[end : end + 1] + said + svg[end + 1 :]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
