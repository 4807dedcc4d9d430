"""What the sheets of one initiative show: records and figures side by side, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.economics import Cost, EconomyResult, Gain, GainClass
from coi_desktop.models.economy_charts import far_horizon_words
from coi_desktop.models.economy_figures import EconomyFigures, benefits_of
from coi_desktop.models.evaluation_figures import EvaluationFigures, ValueFigures
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value kind: what was expected beside how it was rated."""

    figures: ValueFigures
    expected: Record | None
    judged: Record | None


@dataclass(frozen=True, slots=True)
class ProportionLine:
    """The six answers on how much evaluation is enough, and what followed."""

    record: Record
    depth: str
    depth_suggested: str
    depth_reason: str
    sum: int | None


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """A cost or benefit that counts, with its record."""

    row: Cost | Gain
    record: Record | None


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    """A cost or benefit that does not count, and why not, in words."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """A band of discount rates."""

    name: str
    first: int
    rate: Decimal
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A class of gain as its cells call it, and in which figures it counts."""

    name: str
    counts: str


@dataclass(frozen=True, slots=True)
class ScenarioLine:
    """The figures of one scenario under its name."""

    name: str
    result: EconomyResult


@dataclass(frozen=True, slots=True)
class RealisedLine:
    """Expected beside realised, with the name of what it counts."""

    name: str
    figures: Realisation

    @property
    def unknown(self) -> str:
        """What stands where nothing is reported yet."""
        return _("not known yet")


@dataclass(frozen=True, slots=True)
class AssumptionLines:
    """What the economy rests on."""

    perspective: str
    price_year: int | None
    horizon: int
    rates_name: str
    rates_source: str
    rates_date: date | None
    outcomes: Decimal | None
    outcome_name: str
    far: str

    @property
    def not_stated(self) -> str:
        """What stands where perspective or price year is open: both are always printed."""
        return not_stated()


def value_lines(snapshot: Snapshot, figures: EvaluationFigures) -> list[ValueLine]:
    """The value kinds something is said about."""
    expected = {row.text("kind"): row for row in snapshot.children("value_expect", figures.evaluation_id)}
    judged = {row.text("kind"): row for row in snapshot.children("judgement", figures.evaluation_id)}
    return [ValueLine(one, expected.get(one.kind), judged.get(one.kind)) for one in figures.values]


def proportion_line(snapshot: Snapshot, figures: EvaluationFigures) -> ProportionLine | None:
    """The answers on how much evaluation is enough."""
    record = snapshot.single("proportion", figures.evaluation_id)
    if record is None:
        return None
    reason = snapshot.get("evaluation", figures.evaluation_id).text("depth_reason")
    suggested = figures.proportion.depth or ""
    return ProportionLine(record, figures.depth, suggested, reason, figures.proportion.total)


def money_lines(snapshot: Snapshot, economy: EconomyFigures) -> tuple[list[MoneyLine], list[MoneyLine]]:
    """The stored costs and benefits that count, by year; none for the three numbers of the light path."""
    if economy.source != "rows":
        return [], []
    costs = [MoneyLine(row, snapshot.find("cost", row.id)) for row in economy.costs]
    gains = [MoneyLine(row, snapshot.find("benefit", row.id)) for row in economy.gains]
    return _by_year(costs), _by_year(gains)


def _by_year(lines: list[MoneyLine]) -> list[MoneyLine]:
    return sorted(lines, key=lambda line: line.row.year)


def left_out_lines(snapshot: Snapshot, economy: EconomyFigures, words: Vocabulary) -> list[LeftOutLine]:
    """The costs and benefits that do not count, and why not."""
    found = []
    for one in economy.left_out:
        record = snapshot.find(one.table, one.record_id)
        said = record.text("text") if record is not None else ""
        found.append(LeftOutLine(said, words.label("economy.left_out", one.why)))
    return found


def rate_lines(economy: EconomyFigures) -> list[RateLine]:
    """The bands of rates that the years of the table use."""
    found = []
    for band in economy.rates.bands_until(economy.horizon):
        until = "" if band.last is None else str(band.last)
        found.append(RateLine(f"{band.first}–{until}", band.first, band.rate, band.confirmed))
    return found


def class_lines(words: Vocabulary) -> list[ClassLine]:
    """The classes a gain may be of, in the order of the vocabulary."""
    counted = {
        GainClass.CAPACITY: _("only the figures incl. freed time"),
        GainClass.NONMONEY: _("no figure in money"),
    }
    return [
        ClassLine(words.label("benefit_class", key), counted.get(GainClass(key), _("all figures")))
        for key in words.keys("benefit_class")
    ]


def scenario_lines(economy: EconomyFigures, words: Vocabulary) -> list[ScenarioLine]:
    """The three estimates, or none where no amount has a range."""
    results = economy.scenarios
    if results.cautious is None or results.optimistic is None:
        return []
    named = (("cautious", results.cautious), ("likely", results.likely), ("optimistic", results.optimistic))
    return [ScenarioLine(words.label("economy.scenario", key), one) for key, one in named if one is not None]


def realised_lines(lines: Sequence[Realisation], words: Vocabulary) -> list[RealisedLine]:
    """Expected beside realised: costs, then the classes of benefit."""
    return [
        RealisedLine(_("Costs") if one.what == "cost" else words.label("benefit_class", one.what), one)
        for one in lines
    ]


def not_stated() -> str:
    """What stands where something that is always printed was not filled in."""
    return _("not stated")


def assumption_lines(economy: EconomyFigures) -> AssumptionLines:
    """What the economy rests on."""
    rates = economy.rates
    return AssumptionLines(
        economy.perspective,
        economy.price_year,
        economy.horizon,
        rates.name(),
        rates.source,
        rates.date,
        economy.outcomes,
        economy.outcome_name,
        far_horizon_words(economy),
    )


def day_text(day: date | None) -> str:
    """A date in the language spoken now."""
    return format_date(day, current_language())


def nonmoney_benefits(snapshot: Snapshot, evaluation_id: str) -> list[Record]:
    """The benefits of an evaluation that are not in money."""
    evaluation = snapshot.get("evaluation", evaluation_id)
    return [one for one in benefits_of(snapshot, evaluation) if one.text("class") == GainClass.NONMONEY]
