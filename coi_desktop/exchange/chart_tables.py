"""The table beside a chart: its numbers as cells, tied to the cells they come from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_charts import level_key
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.models.chart_figures import ChartFigure

#: Gives the formula that a cell of the table is tied to by: series key and place among the categories, or "".
Tie = Callable[[str, int], str]


def write_chart_table(
    sheet: SheetWriter, figure: ChartFigure, row: int, column: int, style: str, tie: Tie
) -> PlacedBlock:
    """Write the chart's table with its head at ``row`` and ``column``: categories, series, levels.

    A cell that ``tie`` knows the origin of is a formula with its value, so that the chart follows when the
    origin is changed.
    """
    keys = ["categories", *(one.key for one in figure.drawn)]
    names = [figure.category_title, *(one.name for one in figure.drawn)]
    columns: list[tuple[Any, ...]] = [figure.categories, *(one.values for one in figure.drawn)]
    for place, level in enumerate(figure.levels):
        if figure.categories and isinstance(figure.categories[0], date):
            keys.append(level_key(place))
            names.append(level.label)
            columns.append((level.place,) * len(figure.categories))
    for offset, (key, name, values) in enumerate(zip(keys, names, columns, strict=True)):
        sheet.head(row, column + offset, name)
        for place, value in enumerate(values):
            _write_cell(sheet, row + 1 + place, column + offset, value, style, tie(key, place))
    places = {key: column + offset for offset, key in enumerate(keys)}
    return PlacedBlock(sheet.name, row + 1, row + len(figure.categories), places, {})


def _write_cell(sheet: SheetWriter, row: int, column: int, value: Any, style: str, formula: str) -> None:
    cells = sheet.cells
    if value is None:
        return
    if isinstance(value, date):
        cells.day(row, column, value)
    elif isinstance(value, str):
        cells.text(row, column, value)
    elif formula:
        cells.formula(row, column, formula, Decimal(value), style)
    else:
        cells.figure(row, column, value, "year" if isinstance(value, int) else style)
