"""The indicators of one initiative with change, progress and effect as live formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from coi_desktop.exchange.cells import fits_cell
from coi_desktop.exchange.indicator_rows import IndicatorLine
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_sheet import SheetWriter

_EXACT = 9


def write_indicators(sheet: SheetWriter, rows: Mapping[str, Any]) -> PlacedBlock | None:
    """Write the table of indicators with its formulas, and the other blocks of the sheet below it."""
    layout = sheet.layout.block("indicators")
    lines: Sequence[IndicatorLine] = rows["indicators"]
    block = sheet.table(layout, lines)
    if block is None:
        return None
    styles = {one.key: one.style for one in layout.columns}
    for number, line in enumerate(lines):
        is_live = _stands_in_numbers(line)
        for key, formula_of, value, hidden in (
            ("change", _change, line.change, line.hidden_change),
            ("progress", _progress, line.progress, line.hidden_change),
            ("effect", _effect, line.effect, line.hidden_effect),
        ):
            if key in block.columns:
                formula = "" if value is None or not is_live else formula_of(block, number, line)
                _put(sheet, block, number, key, formula, value, hidden, styles[key])
    for other in sheet.layout.blocks:
        if other.key != layout.key:
            sheet.table(other, rows[other.rows])
    return block


def _stands_in_numbers(line: IndicatorLine) -> bool:
    """Whether all numbers of a line stand as numbers: a formula over a text is an error in some programs."""
    indicator, comparison = line.indicator, line.comparison
    points = (line.latest, comparison.before, comparison.after)
    typed = (indicator.baseline, indicator.target, indicator.tolerance)
    return all(fits_cell(one) for one in (*typed, *(point.value for point in points if point is not None)))


def _put(
    sheet: SheetWriter,
    block: PlacedBlock,
    number: int,
    key: str,
    formula: str,
    value: Decimal | None,
    hidden: str | None,
    style: str,
) -> None:
    """A formula with its value; the text of a hidden value where its input is hidden; nothing without one."""
    row, column = block.place(key, number)
    if hidden:
        sheet.cells.text(row, column, hidden)
    elif value is not None and formula:
        sheet.cells.formula(row, column, formula, value, style)
    elif value is not None:
        sheet.cells.figure(row, column, value, style)


def _change(block: PlacedBlock, number: int, _line: IndicatorLine) -> str:
    return f"={block.cell('latest', number)}-{block.cell('baseline', number)}"


def _progress(block: PlacedBlock, number: int, line: IndicatorLine) -> str:
    """(a − b) ÷ (t − b), or 1 inside the tolerance; nothing live for yes/no and what is set by hand."""
    latest, baseline, target, tolerance = (
        block.cell(key, number) for key in ("latest", "baseline", "target", "tolerance")
    )
    indicator = line.indicator
    if indicator.measure in ("yes_no", "sign"):
        return ""
    if indicator.direction == "maintain":
        # Decimals as typed are no binary numbers: 4.3 - 4.1 is a little more than 0.2 there.
        return f"=IF(ROUND(ABS({latest}-{baseline})-{tolerance},{_EXACT})<=0,1,0)"
    return f"=({latest}-{baseline})/({target}-{baseline})"


def _effect(block: PlacedBlock, number: int, _line: IndicatorLine) -> str:
    before, after = (block.cell(key, number) for key in ("before", "after"))
    return f"={block.cell('change', number)}-({after}-{before})"
