"""The native charts of one initiative's workbook, put in place when the cells they show are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from coi_desktop.exchange import workbook_charts as native
from coi_desktop.exchange.cells import fits_cell
from coi_desktop.exchange.chart_tables import write_chart_table
from coi_desktop.exchange.economy_sheet import CHART_COLUMN as ECONOMY_COLUMN
from coi_desktop.exchange.economy_sheet import CHART_ROW as ECONOMY_ROW
from coi_desktop.exchange.indicator_rows import MeasurementLine
from coi_desktop.exchange.initiative_step_charts import place_economy_charts, place_step_charts
from coi_desktop.exchange.native_figures import DEVIATION, with_deviations, with_marked_days
from coi_desktop.exchange.overview_sheet import CHART_COLUMN as OVERVIEW_COLUMN
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.scenario_formulas import swing_formula
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.exchange.workbook_writer import WorkbookWriter
from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.decimals import ONE
from coi_desktop.models.economy_bars import tornado_chart
from coi_desktop.models.economy_charts import cash_flow_chart
from coi_desktop.models.evaluation_charts import (
    indicator_progress_chart,
    measurements_chart,
    value_profile_chart,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.records import Snapshot
from coi_desktop.models.vocabulary import Vocabulary

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.chart import Chart

#: Charts over time in one file; a unit with more indicators finds the others in the program.
MOST_OVER_TIME = 12

_OVERVIEW_SIZE = (600, 380)
_SIZE = (640, 320)
_OVER_TIME_SIZE = (620, 300)
_ROW_PIXELS = 20
_ECONOMY_SIZE = (760, 350)

#: From a table to what is kept for its chart alone.
_BESIDE = 9

Builder = Callable[["Workbook", ChartFigure, PlacedBlock], "Chart"]


class InitiativeCharts:
    """Remembers the sheets and blocks of a workbook and puts the charts on them."""

    def __init__(
        self, book: WorkbookWriter, snapshot: Snapshot, figures: EvaluationFigures | None, words: Vocabulary
    ) -> None:
        self._book = book
        self._snapshot = snapshot
        self._figures = figures
        self._words = words
        self._sheets: dict[str, SheetWriter] = {}
        self._blocks: dict[tuple[str, str], PlacedBlock] = {}
        self._measurements: Sequence[MeasurementLine] = ()

    def keep(self, key: str, sheet: SheetWriter, blocks: Mapping[str, PlacedBlock]) -> None:
        """Remember a written sheet and its blocks."""
        self._sheets[key] = sheet
        self._blocks |= {(key, name): block for name, block in blocks.items()}

    def keep_measurements(self, lines: Sequence[MeasurementLine]) -> None:
        """Remember the rows of the sheet of measurements."""
        self._measurements = lines

    def place(self) -> None:
        """Put every chart that has something to show on its sheet."""
        if self._figures is None:
            return
        on_overview = 0
        for key, block_key, figure, builder in (
            ("value", "values", value_profile_chart(self._figures, self._words), native.value_profile),
            (
                "indicators",
                "indicators",
                indicator_progress_chart(self._figures, self._words),
                native.indicator_progress,
            ),
        ):
            block = self._blocks.get((key, block_key))
            if figure is None or block is None:
                continue
            sheet = self._sheets[key]
            if key == "indicators":
                block = _with_goal(sheet, block)
            self._put(sheet, builder, figure, block, sheet.row + 1, 0, _SIZE)
            offset = on_overview * (_OVERVIEW_SIZE[1] + 10)
            overview = self._sheets["overview"]
            self._put(overview, builder, figure, block, 2, OVERVIEW_COLUMN, _OVERVIEW_SIZE, offset)
            on_overview += 1
        self._place_over_time(self._figures)
        self._place_cash_flow(self._figures)
        place_step_charts(self._sheets, self._snapshot, self._figures, self._words)
        if "economy" in self._sheets:
            blocks = {name: one for (key, name), one in self._blocks.items() if key == "economy"}
            place_economy_charts(self._sheets["economy"], blocks, self._figures, self._words)

    def _put(
        self,
        sheet: SheetWriter,
        builder: Builder,
        figure: ChartFigure,
        block: PlacedBlock,
        row: int,
        column: int,
        size: tuple[int, int],
        offset: int = 0,
    ) -> None:
        chart = builder(sheet.workbook, figure, block)
        sheet.chart(chart, row, column, size, native.alt_text(figure), offset)

    # --------------------------------------------------------------------------------------- over time

    def _place_over_time(self, figures: EvaluationFigures) -> None:
        block = self._blocks.get(("measurements", "measurements"))
        if block is None:
            return
        sheet = self._sheets["measurements"]
        row, column = block.first - 1, max(block.columns.values()) + 2
        changes = self._snapshot.children("change_log", figures.evaluation_id)
        drawn = 0
        for number, one in enumerate(figures.indicators):
            if drawn == MOST_OVER_TIME:
                break
            figure = measurements_chart(one, self._words, changes)
            if figure is None:
                continue
            if not drawn:
                sheet.widen(column, [13, 12, 15, 15, 15, 15])
                sheet.break_before(column - 1)
            figure = with_marked_days(figure)
            table_row = row + _OVER_TIME_SIZE[1] // _ROW_PIXELS + 1
            tie = _MeasurementTie(
                one, number, block, self._measurements, self._blocks.get(("indicators", "indicators"))
            )
            table = write_chart_table(sheet, figure, table_row, column, "number", tie.formula(figure))
            self._put(sheet, native.measurements, figure, table, row, column, _OVER_TIME_SIZE)
            row = table.last + 3
            drawn += 1

    # ---------------------------------------------------------------------------------------- cash flow

    def _place_cash_flow(self, figures: EvaluationFigures) -> None:
        years = self._blocks.get(("economy", "years"))
        figure = cash_flow_chart(figures.economy, figures.evaluation_id, self._words)
        if years is None or figure is None:
            return
        sheet = self._sheets["economy"]
        sheet.heading(_("The numbers of the chart"))
        sheet.note(_("The charts follow; what their headings say held when the file was made."))

        def tie(key: str, place: int) -> str:
            if not years.has(key):
                return ""
            sign = "-" if key == "costs" else ""
            return f"={sign}{years.cell(key, place)}"

        table = write_chart_table(sheet, figure, sheet.row, 0, "money", tie)
        self._put(sheet, native.cash_flow, figure, table, ECONOMY_ROW, ECONOMY_COLUMN, _ECONOMY_SIZE)
        sheet.row = table.last + 2
        self._place_tornado(figures, sheet)

    def _place_tornado(self, figures: EvaluationFigures, sheet: SheetWriter) -> None:
        economy = figures.economy
        figure = tornado_chart(economy, figures.evaluation_id, self._words)
        years, outer, results = (
            self._blocks.get(("economy", key)) for key in ("years", "scenario_years", "results")
        )
        if figure is None or years is None or outer is None or results is None or economy.likely is None:
            return
        sheet.begin_page()
        sheet.heading(_("What the net present value turns on"))
        figure = with_deviations(figure, economy.likely.npv)

        def tie(key: str, place: int) -> str:
            estimate = key.removesuffix(DEVIATION)
            if estimate not in ("cautious", "optimistic"):
                return ""
            alone = swing_formula(years, outer, estimate, economy.tornado[place].what)
            return f"={alone}-{results.fixed('npv')}" if key.endswith(DEVIATION) else f"={alone}"

        table = write_chart_table(sheet, figure, sheet.row, 0, "money", tie)
        self._put(sheet, native.tornado, figure, table, table.last + 2, 0, _ECONOMY_SIZE)
        sheet.row = table.last + 3 + _ECONOMY_SIZE[1] // _ROW_PIXELS


def _with_goal(sheet: SheetWriter, block: PlacedBlock) -> PlacedBlock:
    """The table with a hidden column beside it that holds where every indicator aims: at 100 %."""
    column = max(block.columns.values()) + _BESIDE
    sheet.head(block.first - 1, column, _("Target"))
    for row in range(block.first, block.last + 1):
        sheet.cells.figure(row, column, ONE, "percent")
    sheet.hide(column)
    return replace(block, columns={**block.columns, "goal": column})


class _MeasurementTie:
    """Where the numbers of a chart over time come from: the sheets of measurements and of indicators."""

    def __init__(
        self,
        figures: IndicatorFigures,
        number: int,
        measurements: PlacedBlock,
        lines: Sequence[MeasurementLine],
        indicators: PlacedBlock | None,
    ) -> None:
        self._indicator = figures.indicator
        self._levels: dict[str, str] = {}
        if indicators is not None:
            sheet = indicators.sheet.replace("'", "''")
            self._levels = {
                key: f"='{sheet}'!{indicators.cell(key, number)}"
                for key in ("baseline", "target")
                if fits_cell(getattr(figures.indicator, key))
            }
        self._cells = {
            (line.measurement.text("series") or "initiative", line.measurement.day("date")): (
                f"={measurements.cell('value', place)}"
            )
            for place, line in enumerate(lines)
            if line.indicator.id == figures.indicator.id and line.value is not None and fits_cell(line.value)
        }

    def formula(self, figure: ChartFigure) -> Callable[[str, int], str]:
        """The formula of a cell of the chart's table, by series key and place."""

        def tie(key: str, place: int) -> str:
            for number, level in enumerate(figure.levels):
                if key == native.level_key(number):
                    return self._levels.get(level.key, "")
            day = figure.categories[place]
            if not isinstance(day, date):
                return ""
            found = self._cells.get((key, day))
            if found is None and key == "initiative" and day == self._indicator.baseline_date:
                return self._levels.get("baseline", "")
            return found or ""

        return tie
