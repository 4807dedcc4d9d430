"""What the sheets of one initiative show: records and figures side by side, row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from coi_desktop.i18n import _, current_language
from coi_desktop.models.economics import Cost, EconomyResult, Gain, GainClass
from coi_desktop.models.economy_charts import far_horizon_words
from coi_desktop.models.economy_figures import EconomyFigures, benefits_of
from coi_desktop.models.evaluation_figures import EvaluationFigures, ValueFigures
from coi_desktop.models.indicators import Comparison, Indicator, IndicatorFigures, Point, is_too_few
from coi_desktop.models.realisation import Realisation
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.text import format_date
from coi_desktop.models.vocabulary import Vocabulary

#: The fields that tell how sure an answer is.
_SURENESS = (
    "agreement",
    "strength",
    "quality",
    "rivals_checked",
    "transfer",
    "differs_for",
    "theory_state",
    "new_insight",
)

#: What stands where a group of people is too small to be shown.
TOO_FEW = ("indicator.status", "too_few")


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with its figures; ``too_few`` is the text in place of a value of too few people."""

    figures: IndicatorFigures
    record: Record
    too_few: str

    @property
    def hidden(self) -> str | None:
        """The text in place of the latest value and what follows from it, or None where it is shown."""
        return self.too_few if self.figures.suppressed else None

    @property
    def hidden_before(self) -> str | None:
        """The same for the comparison before."""
        return self._hidden_point(self.comparison.before)

    @property
    def hidden_after(self) -> str | None:
        """The same for the comparison after."""
        return self._hidden_point(self.comparison.after)

    @property
    def hidden_effect(self) -> str | None:
        """The same for the effect: where one of its values is hidden and none is missing."""
        points = (self.latest, self.comparison.before, self.comparison.after)
        if self.indicator.baseline is None or any(point is None for point in points):
            return None
        return self.hidden or self.hidden_before or self.hidden_after

    def _hidden_point(self, point: Point | None) -> str | None:
        return self.too_few if point is not None and point.suppressed else None

    @property
    def indicator(self) -> Indicator:
        """The indicator as typed."""
        return self.figures.indicator

    @property
    def latest(self) -> Point | None:
        """The latest measurement."""
        return self.figures.latest

    @property
    def comparison(self) -> Comparison:
        """The comparison series."""
        return self.figures.comparison

    @property
    def change(self) -> Decimal | None:
        """The change since the baseline."""
        return self.figures.change

    @property
    def progress(self) -> Decimal | None:
        """The share of the way to the target."""
        return self.figures.progress

    @property
    def effect(self) -> Decimal | None:
        """The effect against the comparison."""
        return self.figures.effect

    @property
    def status(self) -> str | None:
        """The key of the status."""
        return self.figures.status

    @property
    def name_and_unit(self) -> str:
        """What is measured, with its unit."""
        name, unit = self.indicator.name, self.indicator.unit
        return f"{name} ({unit})" if unit else name


@dataclass(frozen=True, slots=True)
class MeasurementLine:
    """A measurement of an indicator; one of too few people shows only ``hidden``."""

    initiative: Record
    indicator: Record
    measurement: Record
    hidden: str | None

    @property
    def value(self) -> Any:
        """The measured value, or None where it is hidden."""
        return None if self.hidden else self.measurement["value"]

    @property
    def n(self) -> Any:
        """The number of answers, or None where it is hidden."""
        return None if self.hidden else self.measurement["n"]

    @property
    def response_rate(self) -> Any:
        """The response rate in percent, or None where the value is hidden."""
        return None if self.hidden else self.measurement["response_rate"]

    @property
    def note(self) -> Any:
        """The note, or None where the value is hidden."""
        return None if self.hidden else self.measurement["note"]


@dataclass(frozen=True, slots=True)
class ValueLine:
    """A value kind: what was expected beside how it was rated."""

    figures: ValueFigures
    expected: Record | None
    judged: Record | None


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question with its answer."""

    question: Record
    answer: Record | None

    @property
    def is_weighed(self) -> bool:
        """Whether anything is said about how sure the answer is."""
        answer = self.answer
        return answer is not None and any(answer[name] is not None for name in _SURENESS)


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with the method it stems from."""

    finding: Record
    method: Record | None


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


def indicator_lines(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> list[IndicatorLine]:
    """The indicators of an evaluation in stored order."""
    too_few = words.label(*TOO_FEW)
    return [
        IndicatorLine(one, snapshot.get("indicator", one.indicator.id), too_few) for one in figures.indicators
    ]


def measurement_lines(
    snapshot: Snapshot, indicators: Sequence[Record], smallest_count: int, words: Vocabulary
) -> list[MeasurementLine]:
    """The measurements of indicators, by indicator; the comparison last, the oldest first."""
    too_few = words.label(*TOO_FEW)
    found = []
    for indicator in indicators:
        evaluation = snapshot.get("evaluation", indicator.text("evaluation_id"))
        initiative = snapshot.get("initiative", evaluation.text("initiative_id"))
        for record in sorted(snapshot.children("measurement", indicator.id), key=_by_series_and_day):
            hidden = too_few if is_too_few(record.integer("n"), smallest_count) else None
            found.append(MeasurementLine(initiative, indicator, record, hidden))
    return found


def _by_series_and_day(record: Record) -> tuple[bool, date]:
    return record.text("series") == "comparison", record.day("date") or date.min


def value_lines(snapshot: Snapshot, figures: EvaluationFigures) -> list[ValueLine]:
    """The value kinds something is said about."""
    expected = {row.text("kind"): row for row in snapshot.children("value_expect", figures.evaluation_id)}
    judged = {row.text("kind"): row for row in snapshot.children("judgement", figures.evaluation_id)}
    return [ValueLine(one, expected.get(one.kind), judged.get(one.kind)) for one in figures.values]


def question_lines(snapshot: Snapshot, evaluation_id: str) -> list[QuestionLine]:
    """The questions of an evaluation with their answers."""
    questions = snapshot.children("question", evaluation_id, "evaluation_id")
    return [QuestionLine(question, snapshot.single("answer", question.id)) for question in questions]


def finding_lines(snapshot: Snapshot, evaluation_id: str) -> list[FindingLine]:
    """The findings of an evaluation, the oldest first."""
    records = snapshot.children("finding", evaluation_id, "evaluation_id")
    ordered = sorted(records, key=lambda record: record.day("date") or date.min)
    return [FindingLine(one, snapshot.find("method_use", one.text("method_use_id"))) for one in ordered]


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
