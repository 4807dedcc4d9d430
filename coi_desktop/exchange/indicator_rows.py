"""What the sheets show of indicators and measurements, row by row, without what is kept back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from coi_desktop.models.answer_counts import NOTHING_TOLD, PAIRS, ToldAnswers, told_answers
from coi_desktop.models.chart_figures import group_name
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.evaluation_records import hidden_among, hidden_measurements, indicator_of
from coi_desktop.models.group_figures import GroupFigures, PeriodFigures
from coi_desktop.models.indicators import Comparison, Indicator, IndicatorFigures, counting_of
from coi_desktop.models.points import COMPARISON, Point
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary

#: What stands where a group of people is too small to be shown.
TOO_FEW = ("indicator.status", "too_few")

_NO_PAIRS = Record("measurement", "", dict.fromkeys(PAIRS))


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """An indicator with its figures; ``too_few`` is the text in place of a value of too few people."""

    figures: IndicatorFigures
    record: Record
    too_few: str

    @property
    def hidden(self) -> str | None:
        """The text in place of the latest value, or None where it is shown."""
        return self.too_few if self.figures.suppressed else None

    @property
    def hidden_baseline(self) -> str | None:
        """The same for the baseline."""
        return self.too_few if self.figures.is_baseline_hidden else None

    @property
    def hidden_change(self) -> str | None:
        """The same for what follows from both."""
        return self.hidden or (self.hidden_baseline if self.latest is not None else None)

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
        if not self.figures.has_baseline or any(point is None for point in points):
            return None
        return self.hidden_change or self.hidden_before or self.hidden_after

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
    def period(self) -> PeriodFigures | None:
        """What the measurements since the baseline come to."""
        return self.figures.period

    @property
    def hidden_period(self) -> str | None:
        """The text in place of that, or None where it is shown."""
        return self.too_few if self.period is not None and self.period.suppressed else None

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
    """A measurement of an indicator; one that is kept back shows only ``hidden``. ``pairs`` holds the numbers
    of its pairs that may be told.
    """

    initiative: Record
    indicator: Record
    measurement: Record
    hidden: str | None
    group: str
    answers: ToldAnswers
    pairs: Record
    too_few: str

    @property
    def value(self) -> Any:
        """The measured value, or None where it is hidden."""
        return self._shown("value")

    @property
    def n(self) -> Any:
        """The number of answers, or None where it is hidden."""
        return self._shown("n")

    @property
    def sd(self) -> Any:
        """The standard deviation, or None where the value is hidden."""
        return self._shown("sd")

    @property
    def response_rate(self) -> Any:
        """The response rate in percent, or None where the value is hidden."""
        return self._shown("response_rate")

    @property
    def note(self) -> Any:
        """The note, or None where the value is hidden."""
        return self._shown("note")

    @property
    def hidden_parts(self) -> str | None:
        """The text in place of what became of the pairs, or None where it is shown."""
        return self.too_few if self.answers.hides_parts else None

    @property
    def distribution(self) -> str:
        """The answers by count on one line."""
        return "; ".join(
            f"{one.answer}: {self.too_few if one.people is None else one.people}"
            for one in self.answers.counts
        )

    def _shown(self, name: str) -> Any:
        return None if self.hidden else self.measurement[name]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """How many of a group gave one answer in a round of measurements."""

    measured: MeasurementLine
    answer: str
    count: int | None

    @property
    def hidden(self) -> str | None:
        """The text in place of the number, or None where it is shown."""
        return self.measured.too_few if self.count is None else None


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group of an indicator; its values of too few people show only the text in their place."""

    indicator: Indicator
    group: GroupFigures
    name: str
    too_few: str

    @property
    def hidden_first(self) -> str | None:
        """The text in place of the first value, or None where it is shown."""
        return self.too_few if self.group.first.suppressed else None

    @property
    def hidden_latest(self) -> str | None:
        """The text in place of the latest value, or None where it is shown."""
        return self.too_few if self.group.latest.suppressed else None

    @property
    def hidden_change(self) -> str | None:
        """The text in place of the change, or None where it is shown or there is none."""
        if self.group.first is self.group.latest:
            return None
        return self.hidden_first or self.hidden_latest


def indicator_lines(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> list[IndicatorLine]:
    """The indicators of an evaluation in stored order."""
    too_few = words.label(*TOO_FEW)
    return [
        IndicatorLine(one, snapshot.get("indicator", one.indicator.id), too_few) for one in figures.indicators
    ]


def group_lines(figures: EvaluationFigures, words: Vocabulary) -> list[GroupLine]:
    """The groups of the indicators that are broken down."""
    too_few = words.label(*TOO_FEW)
    return [
        GroupLine(one.indicator, group, group_name(group.name), too_few)
        for one in figures.indicators
        for group in one.groups
    ]


def measurement_lines(
    snapshot: Snapshot,
    indicators: Sequence[Record],
    smallest_count: int,
    words: Vocabulary,
    known: Sequence[IndicatorFigures] = (),
) -> list[MeasurementLine]:
    """The measurements of indicators, by indicator; the comparison last, the oldest first. ``known`` are the
    figures of indicators that were worked out from the same records already.
    """
    figures = {one.indicator.id: one for one in known}
    too_few = words.label(*TOO_FEW)
    found = []
    for indicator in indicators:
        evaluation = snapshot.get("evaluation", indicator.text("evaluation_id"))
        initiative = snapshot.get("initiative", evaluation.text("initiative_id"))
        records = snapshot.children("measurement", indicator.id)
        hidden = (
            hidden_among(figures[indicator.id], records, smallest_count)
            if indicator.id in figures
            else hidden_measurements(indicator, records, smallest_count)
        )
        of_people = counting_of(indicator_of(indicator), smallest_count).of_people
        told = told_answers(records, hidden, smallest_count, of_people=of_people)
        for record in sorted(records, key=_by_series_and_day):
            kept_back = too_few if record.id in hidden else None
            name = group_name(record.text("subgroup"))
            answers = told.get(record.id, NOTHING_TOLD)
            pairs = _NO_PAIRS if not answers.pairs else _pairs_of(answers)
            found.append(
                MeasurementLine(initiative, indicator, record, kept_back, name, answers, pairs, too_few)
            )
    return found


def answer_lines(measured: Sequence[MeasurementLine]) -> list[AnswerLine]:
    """The answers by count of the initiative's first and latest round of each indicator that has any."""
    days: dict[str, list[date]] = {}
    counted = [
        line for line in measured
        if line.answers.counts and line.measurement.text("series") != COMPARISON
    ]  # fmt: skip
    for line in counted:
        days.setdefault(line.indicator.id, []).append(_day(line))
    outer = {key: {min(known), max(known)} for key, known in days.items()}
    return [
        AnswerLine(line, one.answer, one.people)
        for line in counted
        if _day(line) in outer[line.indicator.id]
        for one in line.answers.counts
    ]


def _pairs_of(answers: ToldAnswers) -> Record:
    return Record("measurement", "", {**_NO_PAIRS.values, **answers.pairs})


def _day(line: MeasurementLine) -> date:
    return line.measurement.day("date") or date.min


def _by_series_and_day(record: Record) -> tuple[bool, date]:
    return record.text("series") == COMPARISON, record.day("date") or date.min
