"""Charts as files: PNG, SVG and PDF, each appearing whole or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from coi_desktop.exchange.atomic import atomic_file, write_whole_files
from coi_desktop.exchange.chart_canvas import ChartCanvas, ChartLook
from coi_desktop.exchange.charts import draw, printed_width, save
from coi_desktop.exchange.file_names import safe_file_name
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.progress import Job, Progress

FORMATS = ("png", "svg", "pdf")

#: Chart files are printed: drawn on paper, with twice the pixels of a screen.
_LOOK = ChartLook(theme="paper", ratio=2.0)


def write_chart_files(
    named: Sequence[tuple[str, ChartFigure]], folder: Path, formats: Sequence[str] = FORMATS
) -> Job[list[Path]]:
    """Write every chart under its name in every format and return the paths, charts in order.

    Names are made safe and unique. ValueError for a format there is not; Problems: those of ``atomic_file``.
    All are drawn before the first is written, and all are written before the first is put in place, so that
    work that is stopped or fails leaves no file.
    """
    unknown = set(formats) - set(FORMATS)
    if unknown:
        raise ValueError(f"no such format: {', '.join(sorted(unknown))}")
    drawn: dict[Path, bytes] = {}
    taken: set[str] = set()
    total = len(named) * len(formats)
    for name, figure in named:
        stem = safe_file_name(name, taken)
        taken.add(stem.lower())
        yield Progress(len(drawn), total, name)
        canvas = draw_printed(figure)
        for file_format in formats:
            path = folder / f"{stem}.{file_format}"
            drawn[path] = save(canvas, file_format, figure)
            yield Progress(len(drawn), total, path.name)
    write_whole_files(drawn)
    return list(drawn)


def draw_printed(figure: ChartFigure) -> ChartCanvas:
    """A chart as it is drawn for files and sheets."""
    return draw(figure, replace(_LOOK, width=printed_width(figure)))


def write_chart_file(figure: ChartFigure, path: Path) -> Path:
    """Write one chart to ``path``, whose ending says the format. ValueError for an ending there is not.

    Problems: those of ``atomic_file``.
    """
    file_format = path.suffix.lower().removeprefix(".")
    if file_format not in FORMATS:
        raise ValueError(f"no such format: {path.suffix}")
    content = save(draw_printed(figure), file_format, figure)
    with atomic_file(path) as half:
        half.write_bytes(content)
    return path
