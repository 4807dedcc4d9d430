"""Sums over the rows of costs and gains as live formulas: expected, realised, and gains by class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.i18n import _
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.evaluation_records import YEARLY
from coi_desktop.models.gains_chart import COST
from coi_desktop.models.vocabulary import Vocabulary

#: The column of amounts that an estimate takes; where it is open, the likely amount stands for it.
_GAINS_AT = {"cautious": "low", "likely": "likely", "optimistic": "high"}


def write_realised(
    sheet: SheetWriter, blocks: Mapping[str, PlacedBlock], economy: EconomyFigures, words: Vocabulary
) -> None:
    """The formulas of expected beside realised, each with the value the program computed. Where some of its
    rows lie beyond the horizon, and so stand in no table of the sheet, a line has its values alone.
    """
    if "realised" not in blocks:
        return
    block = blocks["realised"]
    styles = {one.key: one.style for one in sheet.layout.block("realised").columns}
    for number, line in enumerate(economy.realised):
        values: dict[str, Any] = {
            "expected": line.expected,
            "expected_of_realised": line.expected_of_realised,
            "realised": _("not known yet") if line.realised is None else line.realised,
            "rows": line.rows,
            "rows_realised": line.rows_realised,
        }
        formulas = _formulas(blocks, line.what, words) if _counted(economy, line.what) == line.rows else {}
        for key, value in values.items():
            place = block.place(key, number)
            if key in formulas and value is not None:
                sheet.cells.formula(*place, formulas[key], value, styles[key])
            elif isinstance(value, str):
                sheet.cells.text(*place, value)
            else:
                sheet.cells.figure(*place, value, styles[key])


def class_formula(
    blocks: Mapping[str, PlacedBlock], gain_class: str, estimate: str, words: Vocabulary
) -> str:
    """The gains of a class over all years at an estimate, not discounted."""
    gains = blocks["gains"]
    likely, chosen = gains.fixed("likely"), gains.fixed(_GAINS_AT[estimate])
    amount = likely if estimate == "likely" else f'({chosen}+({chosen}="")*{likely})'
    return f"=SUMPRODUCT({_of(gains, gain_class, words)}{_times(gains, blocks['years'], words)}*{amount})"


def _counted(economy: EconomyFigures, what: str) -> int:
    """How many rows of a line stand on the sheet."""
    return len(economy.costs) if what == COST else sum(one.gain_class == what for one in economy.gains)


def _formulas(blocks: Mapping[str, PlacedBlock], what: str, words: Vocabulary) -> dict[str, str]:
    rows = blocks["costs" if what == COST else "gains"]
    of, times = _of(rows, what, words), _times(rows, blocks["years"], words)
    likely, realised = rows.fixed("likely"), rows.fixed("realised")
    # Times 1, because Excel takes TRUE within a sum for nothing.
    known = f'({realised}<>"")*1'
    count = f"SUMPRODUCT({of}{known})"
    return {
        "expected": f"=SUMPRODUCT({of}{times}*{likely})",
        "expected_of_realised": f"=SUMPRODUCT({of}{known}*{times}*{likely})",
        "realised": f'=IF({count}=0,"{_("not known yet")}",SUMPRODUCT({of}{known}*{realised}))',
        "rows": f'=SUMPRODUCT({of}({rows.fixed("year")}<>"")*1)',
        "rows_realised": f"={count}",
    }


def _of(rows: PlacedBlock, what: str, words: Vocabulary) -> str:
    """1 for each row of a class of gain, as a factor; nothing for costs, which have none."""
    return "" if what == COST else f'({rows.fixed("gain_class")}="{words.label("benefit_class", what)}")*'


def _times(rows: PlacedBlock, years: PlacedBlock, words: Vocabulary) -> str:
    """In how many years each row falls: in one, or in every year from its own to its end or the last.

    Written without functions, because not every program takes them over a column within a sum.
    """
    first, until, last = rows.fixed("year"), rows.fixed("until_year"), f"MAX({years.fixed('year')})"
    yearly = f'({rows.fixed("recurs")}="{words.label("recurs", YEARLY)}")'
    is_early = f'({until}<>"")*({until}<{last})'
    end = f"({last}-{is_early}*({last}-{until}))"
    return f"(({first}<={last})*(1-{yearly}+{yearly}*({end}>={first})*({end}-{first}+1)))"
