"""The charts of the steps on the sheets of an initiative: native where Excel has the kind, else a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from coi_desktop.exchange import workbook_charts as native
from coi_desktop.exchange.chart_files import draw_printed
from coi_desktop.exchange.chart_tables import write_chart_table
from coi_desktop.exchange.charts import save
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.realised_formulas import class_formula
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.decimals import ZERO
from coi_desktop.models.economy_bars import gains_by_class_chart, realised_chart
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.records import Snapshot
from coi_desktop.models.step_charts import (
    answers_chart,
    audience_chart,
    evidence_chart,
    findings_chart,
    method_hours_chart,
)
from coi_desktop.models.time_charts import actions_chart, changes_chart, schedule_chart
from coi_desktop.models.vocabulary import Vocabulary

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

#: Which charts stand below which sheet: what makes the figure, and the column of its numbers where Excel
#: draws it.
_ON_SHEETS: Mapping[str, tuple[tuple[Callable[..., ChartFigure | None], int | None], ...]] = {
    "purpose": ((audience_chart, None),),
    "questions": ((answers_chart, None),),
    "findings": ((findings_chart, 2), (changes_chart, None)),
    "methods": ((schedule_chart, None), (method_hours_chart, 0)),
    "decision": ((actions_chart, None),),
}

#: The ladder of evidence stands on the sheet of methods, beside its charts.
_LADDER_COLUMN = 5

#: Pictures say how many of their pixels make an inch, so they have the size they were drawn for.
_PICTURE_SCALE = 1.0
_SIZE = (640, 260)
_ROW_PIXELS = 20

Builder = Callable[["Workbook", ChartFigure, PlacedBlock], "Chart"]


def place_step_charts(
    sheets: Mapping[str, SheetWriter], snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary
) -> None:
    """Put the charts of the steps below what is written on their sheets."""
    for key, makers in _ON_SHEETS.items():
        sheet = sheets.get(key)
        if sheet is None:
            continue
        if key == "methods" and (ladder := evidence_chart(snapshot, figures, words)) is not None:
            row = sheet.row
            _place_picture(sheet, ladder, _LADDER_COLUMN)
            sheet.row = row
        for make, column in makers:
            figure = make(snapshot, figures, words)
            if figure is None:
                continue
            if column is None:
                _place_picture(sheet, figure)
            else:
                sheet.heading(_("The numbers of the chart"))
                table = write_chart_table(sheet, figure, sheet.row, column, "whole", _untied)
                sheet.row = table.last + 2
                _place_below(sheet, native.portfolio, figure, table)


def place_economy_charts(
    sheet: SheetWriter, blocks: Mapping[str, PlacedBlock], figures: EvaluationFigures, words: Vocabulary
) -> None:
    """Put expected beside realised and gains by class below the economy, made of live numbers."""
    economy, subject = figures.economy, figures.evaluation_id
    figure = realised_chart(economy, subject, words)
    if figure is not None and "realised" in blocks:
        _place_realised(sheet, blocks["realised"], figures, figure)
    figure = gains_by_class_chart(economy, subject, words)
    if figure is not None and "gains" in blocks:
        known = ("cautious", "likely", "optimistic")
        estimates = [key for key in known if getattr(economy.scenarios, key) is not None]

        def tie(key: str, place: int) -> str:
            return "" if key == "categories" else class_formula(blocks, key, estimates[place], words)

        sheet.begin_page()
        sheet.heading(_("The numbers of the chart"))
        table = write_chart_table(sheet, figure, sheet.row, 0, "money", tie)
        sheet.row = table.last + 2
        _place_below(sheet, native.portfolio, figure, table)


def _place_realised(
    sheet: SheetWriter, block: PlacedBlock, figures: EvaluationFigures, figure: ChartFigure
) -> None:
    """Expected beside realised; what is not known yet is a text in its cell and nothing in the chart."""
    shown = [place for place, one in enumerate(figures.economy.realised) if one.expected is not None]

    def tie(key: str, place: int) -> str:
        return "" if key == "categories" else f"=N({block.cell(key, shown[place])})"

    numbers = [replace(one, values=tuple(value or ZERO for value in one.values)) for one in figure.series]
    sheet.heading(_("The numbers of the chart"))
    known = replace(figure, series=tuple(numbers))
    table = write_chart_table(sheet, known, sheet.row, 0, "money", tie)
    sheet.row = table.last + 2
    _place_below(sheet, native.gains, figure, table)


def _place_below(sheet: SheetWriter, builder: Builder, figure: ChartFigure, block: PlacedBlock) -> None:
    chart = builder(sheet.workbook, figure, block)
    sheet.chart(chart, sheet.row, 0, _SIZE, native.alt_text(figure))
    sheet.row += _SIZE[1] // _ROW_PIXELS + 2


def _place_picture(sheet: SheetWriter, figure: ChartFigure, column: int = 0) -> None:
    canvas = draw_printed(figure)
    sheet.picture(save(canvas, "png", figure), _PICTURE_SCALE, native.alt_text(figure), column)
    sheet.row += canvas.height // _ROW_PIXELS + 2


def _untied(_key: str, _place: int) -> str:
    """These numbers are counted when the file is made."""
    return ""
