"""The three estimates of the economy sheet as live formulas over the low and high amounts of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from coi_desktop.exchange.overview_rows import no_payback
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.i18n import _
from coi_desktop.models.economics import EconomyResult, YearLine, payback_years
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.evaluation_records import YEARLY
from coi_desktop.models.vocabulary import Vocabulary

#: What stands in a year in which nothing is paid back.
NOT_THIS_YEAR = "–"

#: Sums are compared to a hundredth of a øre and finer, so that binary fractions decide nothing.
DIGITS = 6

_CASHABLE = ("budget", "revenue")
_FREED = ("capacity",)


def paid_back_formula(owed: str, left: str, net: str, year_before: str) -> str:
    """The year within which the cumulative net turns, linear within it; a dash in every other year."""
    return (
        f"=IF(AND(ROUND({owed},{DIGITS})<0,ROUND({left},{DIGITS})>=0),"
        f'{year_before}-{owed}/{net},"{NOT_THIS_YEAR}")'
    )


def payback_formula(paid: str, cumulative: str) -> str:
    """The payback over a column of years, or in words why there is none."""
    return (
        f"=IF(COUNT({paid})>0,MIN({paid}),"
        f'IF(ROUND(MIN({cumulative}),{DIGITS})>=0,"{no_payback(True)}","{no_payback(False)}"))'
    )


def ratio_formula(gains: str, costs: str) -> str:
    """Gains ÷ costs, or in words that there are no costs."""
    return f'=IF({costs}=0,"{_("no costs")}",({gains})/({costs}))'


def falls_in(rows: PlacedBlock, year: str, words: Vocabulary) -> str:
    """1 for each row of costs or gains that falls in a year, else 0: in its own, or from there to its end."""
    yearly = f'({rows.fixed("recurs")}="{words.label("recurs", YEARLY)}")'
    first, until = rows.fixed("year"), rows.fixed("until_year")
    later = f'({first}<={year})*((({until}="")+({until}>={year}))>0)'
    return f"((1-{yearly})*({first}={year})+{yearly}*{later})"


def swing_formula(years: PlacedBlock, outer: PlacedBlock, estimate: str, what: str) -> str:
    """The net present value when only ``what`` (``gain`` or ``cost``) is at an outer estimate; without the
    sign that begins a formula.
    """

    def present(block: PlacedBlock, column: str) -> str:
        return f"SUMPRODUCT({block.fixed(column)},{years.fixed('factor')})"

    if what == "gain":
        return f"{present(outer, f'{estimate}_gains')}-{present(years, 'costs')}"
    likely = f"{present(years, 'budget')}+{present(years, 'revenue')}"
    return f"{likely}-{present(outer, f'{estimate}_costs')}"


class ScenarioFormulas:
    """The table of the estimates, and the years of the outer two below it."""

    def __init__(
        self,
        sheet: SheetWriter,
        blocks: dict[str, PlacedBlock],
        economy: EconomyFigures,
        words: Vocabulary,
    ) -> None:
        self._sheet = sheet
        self._blocks = blocks
        self._economy = economy
        self._words = words
        self._styles = {
            name: {one.key: one.style for one in sheet.layout.block(name).columns}
            for name in ("scenarios", "scenario_years")
        }

    def write(self) -> None:
        """All formulas; nothing where no amount has a range."""
        found = self._economy.scenarios
        if "scenarios" not in self._blocks or found.cautious is None or found.optimistic is None:
            return
        self._outer(0, "cautious", found.cautious, costs_at="high", gains_at="low")
        if found.likely is not None:
            self._likely(found.likely)
        self._outer(2, "optimistic", found.optimistic, costs_at="low", gains_at="high")

    def _put(self, block: str, number: int, key: str, formula: str, value: Any) -> None:
        placed = self._blocks[block]
        row, column = placed.place(key, number)
        self._sheet.cells.formula(row, column, formula, value, self._styles[block][key])

    def _likely(self, result: EconomyResult) -> None:
        """The likely estimate is the result itself."""
        results = self._blocks["results"]
        for key, value in _values(result).items():
            if key in results.lines:
                self._put("scenarios", 1, key, f"={results.fixed(key)}", value)

    def _outer(self, place: int, name: str, result: EconomyResult, *, costs_at: str, gains_at: str) -> None:
        for number, line in enumerate(result.table):
            self._year(number, name, result.table, line, costs_at, gains_at)
        years, factor = self._blocks["scenario_years"], self._blocks["years"].fixed("factor")
        costs, gains, freed = (
            f"SUMPRODUCT({years.fixed(f'{name}_{part}')},{factor})" for part in ("costs", "gains", "freed")
        )
        formulas = {
            "npv": f"={gains}-{costs}",
            "payback": payback_formula(years.fixed(f"{name}_paid"), years.fixed(f"{name}_sum")),
            "bcr": ratio_formula(gains, costs),
            "npv_all": f"={gains}+{freed}-{costs}",
        }
        for key, value in _values(result).items():
            if key in self._blocks["scenarios"].columns:
                self._put("scenarios", place, key, formulas[key], value)

    def _year(
        self,
        number: int,
        name: str,
        table: Sequence[YearLine],
        line: YearLine,
        costs_at: str,
        gains_at: str,
    ) -> None:
        years = self._blocks["scenario_years"]

        def at(part: str, of: int = number) -> str:
            return years.cell(f"{name}_{part}", of)

        year = years.cell("year", number)
        for part, formula, value in (
            ("costs", self._amount("costs", costs_at, year, ()), line.costs),
            ("gains", self._amount("gains", gains_at, year, _CASHABLE), line.budget + line.revenue),
            ("freed", self._amount("gains", gains_at, year, _FREED), line.capacity),
        ):
            self._put("scenario_years", number, f"{name}_{part}", formula, value)
        net = f"{at('gains')}-{at('costs')}"
        before = f"{at('sum', number - 1)}+" if number else ""
        self._put("scenario_years", number, f"{name}_sum", f"={before}{net}", line.cumulative)
        if number == 0:
            self._sheet.cells.text(years.first, years.columns[f"{name}_paid"], NOT_THIS_YEAR)
            return
        within = payback_years((table[number - 1].cumulative, line.net))
        paid = paid_back_formula(at("sum", number - 1), at("sum"), f"({net})", years.cell("year", number - 1))
        paid_back = NOT_THIS_YEAR if within is None else table[number - 1].year + within
        self._put("scenario_years", number, f"{name}_paid", paid, paid_back)

    def _amount(self, block: str, at: str, year: str, classes: Sequence[str]) -> str:
        """The sum of a year's rows at one estimate; where that is open, the likely amount stands for it."""
        rows = self._blocks.get(block)
        if rows is None:
            return "=0"
        chosen, likely = rows.fixed(at), rows.fixed("likely")
        parts = [falls_in(rows, year, self._words)]
        if classes:
            labels = (self._words.label("benefit_class", key) for key in classes)
            parts.append("(" + "+".join(f'({rows.fixed("gain_class")}="{one}")' for one in labels) + ")")
        parts.append(f'({chosen}+({chosen}="")*{likely})')
        return f"=SUMPRODUCT({'*'.join(parts)})"


def _values(result: EconomyResult) -> dict[str, Any]:
    return {
        "npv": result.npv,
        "payback": no_payback(result.is_covered_from_start) if result.payback is None else result.payback,
        "bcr": _("no costs") if result.bcr is None else result.bcr,
        "npv_all": result.npv_all,
    }
