"""The economy of one initiative as live formulas: change a number and see what follows.

Every formula is written with the value the program computed, so that it shows the same before and after the
workbook is computed anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coi_desktop.exchange.block_rows import read_path
from coi_desktop.exchange.overview_rows import no_payback
from coi_desktop.exchange.placed_block import PlacedBlock
from coi_desktop.exchange.realised_formulas import write_realised
from coi_desktop.exchange.scenario_formulas import (
    NOT_THIS_YEAR,
    ScenarioFormulas,
    falls_in,
    paid_back_formula,
    payback_formula,
    ratio_formula,
)
from coi_desktop.exchange.workbook_sheet import SheetWriter
from coi_desktop.i18n import _
from coi_desktop.models.decimals import ONE, ZERO
from coi_desktop.models.economics import YearLine, cost_per_outcome, payback_years
from coi_desktop.models.economy_figures import EconomyFigures
from coi_desktop.models.rates import RateSet
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.models.workbook_layout import BlockLayout

#: The chart stands beside the results: from this row and column on, over so many rows.
CHART_ROW = 2
CHART_COLUMN = 3
CHART_ROWS = 18

_GAINS = ("budget", "revenue", "capacity")
_ONLY_WHERE_KNOWN = ("hours", "rate", "record.rate_source")


@dataclass(frozen=True, slots=True)
class EconomyPlaces:
    """Where the blocks of the sheet stand, by their keys."""

    blocks: Mapping[str, PlacedBlock]

    def find(self, key: str) -> PlacedBlock | None:
        """A block, or None when the sheet has none of it."""
        return self.blocks.get(key)


def write_economy(
    sheet: SheetWriter, economy: EconomyFigures, rows: Mapping[str, Any], words: Vocabulary
) -> EconomyPlaces:
    """Write the blocks of the economy sheet, then the formulas over them."""
    placed: dict[str, PlacedBlock] = {}
    for layout in sheet.layout.blocks:
        shown = rows.get(layout.rows)
        layout = _without(layout, _left_out(layout.key, economy) | _open(layout, shown))
        if layout.key == "rate_set" and placed:
            # The chart of the economy stands beside the results and assumptions.
            sheet.row = max(sheet.row, CHART_ROW + CHART_ROWS + 1)
        block = sheet.block(layout, shown)
        if block is not None and layout.key == "years_more":
            placed["years"] = replace(placed["years"], more=block)
        elif block is not None:
            placed[layout.key] = block
    places = EconomyPlaces(placed)
    if economy.likely is not None:
        _YearFormulas(sheet, places, economy.likely.table, economy.rates, words).write()
        _write_results(sheet, places, economy)
        _write_hours(sheet, places, rows)
        ScenarioFormulas(sheet, placed, economy, words).write()
        write_realised(sheet, placed, economy, words)
    _offer_classes(sheet, places)
    _offer_how_often(sheet, places, words)
    _limit_years(sheet, places)
    return places


def _left_out(block: str, economy: EconomyFigures) -> set[str]:
    """The figures of a block that say nothing here: those with freed time unless they were asked for, the sum
    of freed time where it is counted or there is none, and the cost per outcome without outcomes.
    """
    left_out: set[str] = set()
    if block in ("results", "scenarios") and not economy.shows_freed_time:
        left_out |= {"npv_all", "payback_all", "bcr_all"}
    if block == "results":
        if economy.shows_freed_time or economy.likely is None or not economy.likely.has_capacity:
            left_out.add("freed")
        if economy.cost_per_outcome is None:
            left_out.add("cost_per_outcome")
    return left_out


def _open(layout: BlockLayout, rows: Any) -> set[str]:
    """What no row of costs or gains says, of what stands there only to be told."""
    if layout.key not in ("costs", "gains") or not rows:
        return set()
    asked = [one for one in layout.columns if one.key in _ONLY_WHERE_KNOWN]
    return {one.key for one in asked if all(value in (None, "") for value in read_path(rows, one.path))}


def _without(layout: BlockLayout, keys: set[str]) -> BlockLayout:
    if not keys:
        return layout
    return replace(layout, columns=tuple(one for one in layout.columns if one.key not in keys))


class _YearFormulas:
    """The yearly table, one column after the other."""

    def __init__(
        self,
        sheet: SheetWriter,
        places: EconomyPlaces,
        lines: Sequence[YearLine],
        rates: RateSet,
        words: Vocabulary,
    ) -> None:
        self.cells = sheet.cells
        self.styles = {
            one.key: one.style for key in ("years", "years_more") for one in sheet.layout.block(key).columns
        }
        self.places = places
        self.years = places.blocks["years"]
        self.lines = lines
        self.rates = rates
        self.words = words

    def write(self) -> None:
        """All formulas of all years."""
        for number, line in enumerate(self.lines):
            self._amounts(number, line)
            self._sums(number, line)
            self._discounting(number, line)
            self._payback(number, "payback", "cumulative", "net")
            self._payback(number, "payback_all", "cumulative_all", "net_all")

    def _put(self, number: int, key: str, formula: str, value: Any) -> None:
        row, column = self.years.place(key, number)
        if formula:
            self.cells.formula(row, column, formula, value, self.styles[key])
        elif isinstance(value, str):
            self.cells.text(row, column, value)
        else:
            self.cells.figure(row, column, value, self.styles[key])

    def _at(self, key: str, number: int) -> str:
        return self.years.cell(key, number)

    def _amounts(self, number: int, line: YearLine) -> None:
        self._put(number, "costs", self._cost_formula(number), line.costs)
        for gain_class in _GAINS:
            self._put(number, gain_class, self._gain_formula(number, gain_class), getattr(line, gain_class))

    def _cost_formula(self, number: int) -> str:
        year = self._at("year", number)
        light, costs = self.places.find("light"), self.places.find("costs")
        if light is not None:
            one_off, running, years = (light.fixed(key) for key in ("one_off", "running_per_year", "years"))
            return f"=IF({year}=0,{one_off},IF({year}<={years},{running},0))"
        if costs is None:
            return ""
        return f"=SUMPRODUCT({falls_in(costs, year, self.words)}*{costs.fixed('likely')})"

    def _gain_formula(self, number: int, gain_class: str) -> str:
        year = self._at("year", number)
        label = f'"{self.words.label("benefit_class", gain_class)}"'
        light, gains = self.places.find("light"), self.places.find("gains")
        if light is not None:
            gain, chosen, years = (light.fixed(key) for key in ("gain_per_year", "gain_class", "years"))
            return f"=IF(AND({year}>0,{year}<={years},{chosen}={label}),{gain},0)"
        if gains is None:
            return ""
        likely, of_class = gains.fixed("likely"), gains.fixed("gain_class")
        return f"=SUMPRODUCT(({of_class}={label})*{falls_in(gains, year, self.words)}*{likely})"

    def _sums(self, number: int, line: YearLine) -> None:
        costs, budget, revenue, capacity, net, net_all = (
            self._at(key, number) for key in ("costs", "budget", "revenue", "capacity", "net", "net_all")
        )
        self._put(number, "net", f"={budget}+{revenue}-{costs}", line.net)
        self._put(number, "net_all", f"={net}+{capacity}", line.net_all)
        for key, added, value in (
            ("cumulative", net, line.cumulative),
            ("cumulative_all", net_all, line.cumulative_all),
        ):
            before = f"{self._at(key, number - 1)}+" if number else ""
            self._put(number, key, f"={before}{added}", value)

    def _discounting(self, number: int, line: YearLine) -> None:
        bands = self.places.blocks["rates"]
        rate, factor = self._at("rate", number), self._at("factor", number)
        if number == 0:
            self._put(number, "rate", "", ZERO)
            self._put(number, "factor", "", ONE)
        else:
            found = f"=LOOKUP({self._at('year', number)},{bands.fixed('first')},{bands.fixed('rate')})"
            self._put(number, "rate", found, self.rates.rate(line.year))
            self._put(number, "factor", f"={self._at('factor', number - 1)}/(1+{rate})", line.factor)
        self._put(number, "discounted", f"={self._at('net', number)}*{factor}", line.discounted)
        self._put(number, "discounted_all", f"={self._at('net_all', number)}*{factor}", line.discounted_all)

    def _payback(self, number: int, key: str, cumulative: str, net: str) -> None:
        if number == 0:
            self._put(number, key, "", NOT_THIS_YEAR)
            return
        before, line = self.lines[number - 1], self.lines[number]
        # What was owed and what came in stand for the whole flow up to here.
        within = payback_years((getattr(before, cumulative), getattr(line, net)))
        value = NOT_THIS_YEAR if within is None else before.year + within
        owed, left = self._at(cumulative, number - 1), self._at(cumulative, number)
        formula = paid_back_formula(owed, left, self._at(net, number), self._at("year", number - 1))
        self._put(number, key, formula, value)


def _write_results(sheet: SheetWriter, places: EconomyPlaces, economy: EconomyFigures) -> None:
    likely = economy.likely
    if likely is None:
        return
    results, years = places.blocks["results"], places.blocks["years"]
    styles = {one.key: one.style for one in sheet.layout.block("results").columns}

    def put(key: str, formula: str, value: Any) -> None:
        if key in results.lines:
            sheet.cells.formula(results.lines[key], results.value_column, formula, value, styles[key])

    factor, costs = years.fixed("factor"), years.fixed("costs")
    cashable = f"SUMPRODUCT({years.fixed('budget')},{factor})+SUMPRODUCT({years.fixed('revenue')},{factor})"
    all_gains = f"{cashable}+SUMPRODUCT({years.fixed('capacity')},{factor})"
    spent = f"SUMPRODUCT({costs},{factor})"
    without_costs = _("no costs")
    for end, gains, npv, payback, bcr, is_covered in (
        ("", cashable, likely.npv, likely.payback, likely.bcr, likely.is_covered_from_start),
        (
            "_all",
            all_gains,
            likely.npv_all,
            likely.payback_all,
            likely.bcr_all,
            likely.is_covered_from_start_all,
        ),
    ):
        put(f"npv{end}", f"=SUM({years.fixed(f'discounted{end}')})", npv)
        put(
            f"payback{end}",
            payback_formula(years.fixed(f"payback{end}"), years.fixed(f"cumulative{end}")),
            no_payback(is_covered) if payback is None else payback,
        )
        put(f"bcr{end}", ratio_formula(gains, spent), without_costs if bcr is None else bcr)

    put("freed", f"=SUM({years.fixed('capacity')})", likely.gains_capacity)
    if "cost_per_outcome" in results.lines:
        outcomes = places.blocks["assumptions"].fixed("outcomes")
        each = cost_per_outcome(likely.discounted_costs, economy.outcomes)
        put("cost_per_outcome", f"=({spent})/{outcomes}", each)


def _write_hours(sheet: SheetWriter, places: EconomyPlaces, rows: Mapping[str, Any]) -> None:
    """An amount that was not typed but follows from hours and rate follows from them here too."""
    for key in ("costs", "gains"):
        block = places.find(key)
        for number, line in enumerate(rows.get(key) or ()):
            record = line.record
            if block is None or record is None or record.number("likely") is not None:
                continue
            amount = line.row.amount.likely
            if amount is not None:
                formula = f"={block.cell('hours', number)}*{block.cell('rate', number)}"
                sheet.cells.formula(*block.place("likely", number), formula, amount, "money")


def _offer_how_often(sheet: SheetWriter, places: EconomyPlaces, words: Vocabulary) -> None:
    """Once or every year is chosen in the words the formulas look for."""
    labels = [words.label("recurs", key) for key in words.keys("recurs")]
    for block in (places.find("costs"), places.find("gains")):
        if block is not None:
            column = block.columns["recurs"]
            rule = {"validate": "list", "source": labels}
            sheet.worksheet.data_validation(block.first, column, block.last, column, rule)


def _offer_classes(sheet: SheetWriter, places: EconomyPlaces) -> None:
    """The class of a gain is chosen among the words the formulas look for.

    They stand in cells of their own: words inside the rule itself would be cut at every comma.
    """
    classes = places.find("classes")
    if classes is None:
        return
    rule = {"validate": "list", "source": f"={classes.fixed('name')}"}
    light, gains = places.find("light"), places.find("gains")
    if light is not None and "gain_class" in light.lines:
        row, column = light.lines["gain_class"], light.value_column
        sheet.worksheet.data_validation(row, column, row, column, rule)
    if gains is not None:
        column = gains.columns["gain_class"]
        sheet.worksheet.data_validation(gains.first, column, gains.last, column, rule)


def _limit_years(sheet: SheetWriter, places: EconomyPlaces) -> None:
    """The light path's years can be changed to fewer; the yearly table has no rows for more."""
    light, years = places.find("light"), places.find("years")
    if light is None or years is None or "years" not in light.lines:
        return
    most = years.last - years.first
    row, column = light.lines["years"], light.value_column
    rule = {
        "validate": "integer",
        "criteria": "between",
        "minimum": 1,
        "maximum": most,
        "error_title": _("Years"),
        "error_message": _(
            "The table below has {years} years. For more, change the number in the program and export again."
        ).format(years=most),
    }
    sheet.worksheet.data_validation(row, column, row, column, rule)
