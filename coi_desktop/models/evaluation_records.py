"""From stored records to the values the figures are computed from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.models.answers import StoredAnswers
from coi_desktop.models.decimals import multiply
from coi_desktop.models.economics import LAST_YEAR, Amount, Cost, Gain, GainClass
from coi_desktop.models.evidence import EvidenceFacts
from coi_desktop.models.indicators import Indicator, IndicatorFigures, counting_of, indicator_figures
from coi_desktop.models.points import INITIATIVE, Point
from coi_desktop.models.records import Record, Snapshot, Value
from coi_desktop.models.suppression import SMALLEST_COUNT, is_too_few
from coi_desktop.models.vocabulary import UNKNOWN

#: Fields of a measurement that tell nothing of its result.
_NO_RESULT = frozenset({"indicator_id", "date", "series", "subgroup", "quality", "source"})

#: Fields of an indicator that tell its baseline.
BASELINE = ("baseline", "baseline_n", "baseline_sd")

_THEORY = ("if_we", "then", "because")

#: Keys of ``recurs``: a cost or gain falls in its year alone, or in every year from there on.
ONCE, YEARLY = "one_off", "yearly"

_GAIN_CLASSES = {gain_class.value: gain_class for gain_class in GainClass}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A cost or benefit that does not count, and why: ``no_amount``, ``no_year``, ``no_class``,
    ``ends_before`` it begins, or ``horizon``.
    """

    table: str
    record_id: str
    why: str


def is_answered(value: Value) -> bool:
    """Whether a stored value is an answer: "not known yet" is one, an empty text or tick is none."""
    return value is not None and value is not False and value != "" and value != ()


def indicator_of(record: Record) -> Indicator:
    """The indicator a record describes."""
    return Indicator(
        id=record.id,
        name=record.text("name"),
        kind=record.text("kind"),
        measure=record.text("measure"),
        unit=record.text("unit"),
        direction=record.text("direction"),
        tolerance=record.number("tolerance"),
        goal_status=record.text("goal_status"),
        baseline=record.number("baseline"),
        baseline_date=record.day("baseline_date"),
        baseline_status=record.text("baseline_status"),
        baseline_source=record.text("baseline_source"),
        target=record.number("target_likely"),
        target_low=record.number("target_low"),
        target_high=record.number("target_high"),
        target_date=record.day("target_date"),
        sign_status=record.text("sign_status"),
        sign_reason=record.text("sign_reason"),
        summing=record.text("summing"),
        counts=record.text("counts"),
        breakdown=record.text("breakdown"),
        baseline_n=record.integer("baseline_n"),
        baseline_sd=record.number("baseline_sd"),
    )


def point_of(record: Record) -> Point:
    """The measurement a record describes; without a series it is the initiative's."""
    return Point(
        record.day("date"),
        record.number("value"),
        record.integer("n"),
        record.text("series") or INITIATIVE,
        record.text("source"),
        record.text("note"),
        subgroup=record.text("subgroup"),
        sd=record.number("sd"),
        id=record.id,
    )


def hidden_measurements(
    indicator: Record, records: Sequence[Record], smallest_count: int = SMALLEST_COUNT
) -> frozenset[str]:
    """The ids of the stored measurements of an indicator that are kept back from whoever is shown results."""
    figures = indicator_figures(indicator_of(indicator), map(point_of, records), smallest_count)
    return hidden_among(figures, records, smallest_count)


def hidden_among(
    figures: IndicatorFigures, records: Sequence[Record], smallest_count: int = SMALLEST_COUNT
) -> frozenset[str]:
    """The same, where the figures of the indicator were worked out from these measurements already."""
    counting = counting_of(figures.indicator, smallest_count)
    without_value = (
        record.id
        for record in records
        if record["value"] is None and is_too_few(counting.people(None, record.integer("n")), smallest_count)
    )
    return frozenset(point.id for point in figures.measured if point.suppressed).union(without_value)


def without_hidden_baselines(answers: StoredAnswers, indicators: Iterable[IndicatorFigures]) -> StoredAnswers:
    """The answers for whoever is shown results: a baseline of too few people is not among them."""
    hidden = {one.indicator.id for one in indicators if one.is_baseline_hidden}
    if not hidden:
        return answers
    rows = answers.rows("indicator")
    return answers.with_rows(
        "indicator", [{**row, **dict.fromkeys(BASELINE)} if row.get("id") in hidden else row for row in rows]
    )


def without_result(record: Record) -> dict[str, Value]:
    """The fields of a measurement that is kept back: whose and when it is, and nothing of what it says."""
    return {name: value if name in _NO_RESULT else None for name, value in record.values.items()}


def figures_of(
    snapshot: Snapshot, indicator: Record, smallest_count: int = SMALLEST_COUNT
) -> IndicatorFigures:
    """The figures of one stored indicator from its stored measurements."""
    rows = snapshot.children("measurement", indicator.id, "indicator_id")
    return indicator_figures(indicator_of(indicator), map(point_of, rows), smallest_count)


def measured_indicators(
    snapshot: Snapshot, evaluation: Record, smallest_count: int = SMALLEST_COUNT
) -> tuple[IndicatorFigures, ...]:
    """The figures of all indicators of an evaluation, in stored order."""
    records = snapshot.children("indicator", evaluation.id, "evaluation_id")
    return tuple(figures_of(snapshot, record, smallest_count) for record in records)


def measurement_remarks(
    snapshot: Snapshot, figures: IndicatorFigures, low_response_rate: Decimal
) -> tuple[str, ...]:
    """What deserves a note about the latest measurement, as keys of ``measurement.remark``.

    ``too_few``: fewer people than may be shown · ``low_response``: a response rate below
    ``low_response_rate`` percent · ``other_season``: another month of the year than the baseline's.
    """
    latest, start = figures.latest, figures.indicator.baseline_date
    if latest is None:
        return ()
    rates = [
        record.number("response_rate")
        for record in snapshot.children("measurement", figures.indicator.id, "indicator_id")
        if record.day("date") == latest.day and (record.text("series") or INITIATIVE) == INITIATIVE
    ]
    holds = {
        "too_few": latest.suppressed,
        "low_response": any(rate is not None and rate < low_response_rate for rate in rates),
        "other_season": latest.day is not None and start is not None and latest.day.month != start.month,
    }
    return tuple(remark for remark, is_true in holds.items() if is_true)


def cost_rows(snapshot: Snapshot, evaluation: Record) -> tuple[list[Cost], list[LeftOut]]:
    """The costs of an evaluation, and those that cannot count.

    Without an amount of its own a cost is worth its hours × rate.
    """
    costs, left_out = [], []
    for record in snapshot.children("cost", evaluation.id):
        year, amount = record.integer("year"), amount_of(record)
        why = _why_not(record, amount)
        if why or year is None:
            left_out.append(LeftOut("cost", record.id, why))
            continue
        category, text = record.text("category"), record.text("text")
        costs.append(Cost(year, amount, category, text, record.id, _until(record)))
    return costs, left_out


def gain_rows(records: Iterable[Record]) -> tuple[list[Gain], list[LeftOut]]:
    """Benefits in money, and those that cannot count; benefits ``nonmoney`` are neither.

    Without an amount of its own a benefit is worth its hours × rate.
    """
    gains, left_out = [], []
    for record in records:
        gain_class = gain_class_of(record.text("class"))
        if gain_class is GainClass.NONMONEY:
            continue
        year, amount = record.integer("year"), amount_of(record)
        why = _why_not(record, amount) or ("" if gain_class else "no_class")
        if why or year is None or gain_class is None:
            left_out.append(LeftOut("benefit", record.id, why))
            continue
        kind, text = record.text("kind"), record.text("text")
        gains.append(Gain(year, amount, gain_class, kind, text, record.id, _until(record)))
    return gains, left_out


def gain_class_of(key: str) -> GainClass | None:
    """The class of a stored key; None when it is open or not known yet."""
    return _GAIN_CLASSES.get(key)


def evidence_facts(
    snapshot: Snapshot,
    evaluation: Record,
    indicators: Iterable[IndicatorFigures],
    repeated_methods: frozenset[str] = frozenset(),
) -> EvidenceFacts:
    """What the evidence rules look at, gathered from the records of an evaluation."""
    indicators = [figures for figures in indicators if figures.indicator.measure != "sign"]
    theory = snapshot.single("theory", evaluation.id)
    design = snapshot.single("design", evaluation.id)
    evidence = snapshot.single("evidence", evaluation.id)
    changed = [
        figures for figures in indicators if _has_measured_baseline(figures) and _is_measured_later(figures)
    ]
    findings = snapshot.children("finding", evaluation.id, "evaluation_id")
    return EvidenceFacts(
        theory_missing=tuple(part for part in _THEORY if theory is None or not theory.text(part).strip()),
        has_material=bool(findings) or any(figures.measured for figures in indicators),
        has_measured_baseline=any(map(_has_measured_baseline, indicators)),
        has_later_measurement=any(map(_is_measured_later, indicators)),
        has_measured_change=bool(changed),
        has_repeated_method=_has_repeated_method(snapshot, findings, repeated_methods),
        has_comparison_before=any(figures.comparison.before is not None for figures in changed),
        has_comparison_after=any(figures.comparison.after is not None for figures in changed),
        has_comparison=any(
            None not in (figures.comparison.before, figures.comparison.after) for figures in changed
        ),
        has_justification=design is not None and bool(design.text("why_comparable").strip()),
        is_confirmed_elsewhere=any(map(_says_the_same, snapshot.children("other_site", evaluation.id))),
        has_written_guide=evidence is not None and is_answered(evidence["guide_written"]),
        has_unit_cost=evidence is not None and is_answered(evidence["unit_cost"]),
        design=design.text("code").replace(UNKNOWN, "") if design is not None else "",
    )


def _says_the_same(other_site: Record) -> bool:
    """Whether a named place saw a change of the same direction; a place without an answer to that did not."""
    return bool(other_site.text("place").strip()) and other_site["same_direction"] is True


def amount_of(record: Record) -> Amount:
    """The amount of a cost or benefit, of one year where it comes every year; without a likely one of its own
    it is its hours × rate.
    """
    likely = record.number("likely")
    hours, rate = record.number("hours"), record.number("rate")
    if likely is None and hours is not None and rate is not None:
        likely = multiply(hours, rate)
    return Amount(record.number("low"), likely, record.number("high"), record.number("realised"))


def _until(record: Record) -> int | None:
    """The last year of a yearly amount, as far as years go where none is said; None for one year alone."""
    if record.text("recurs") != YEARLY:
        return None
    until = record.integer("until_year")
    return LAST_YEAR if until is None else min(until, LAST_YEAR)


def _why_not(record: Record, amount: Amount) -> str:
    year, until = record.integer("year"), _until(record)
    if year is None or not 0 <= year <= LAST_YEAR:
        return "no_year"
    if until is not None and until < year:
        return "ends_before"
    return "no_amount" if amount.likely is None and amount.realised is None else ""


def _has_measured_baseline(figures: IndicatorFigures) -> bool:
    return figures.has_baseline and figures.indicator.baseline_status == "measured"


def _is_measured_later(figures: IndicatorFigures) -> bool:
    """Whether a measurement of the initiative is surely later than the baseline."""
    latest, start = figures.latest, figures.indicator.baseline_date
    return latest is not None and (start is None or latest.day is None or latest.day > start)


def _has_repeated_method(
    snapshot: Snapshot, findings: Iterable[Record], repeated_methods: frozenset[str]
) -> bool:
    """Whether findings of one structured qualitative method stem from two different days."""
    days: dict[str, set[object]] = {}
    for finding in findings:
        use = snapshot.find("method_use", finding.text("method_use_id"))
        if use is not None and use.text("method") in repeated_methods and finding.day("date"):
            days.setdefault(use.text("method"), set()).add(finding.day("date"))
    return any(len(found) > 1 for found in days.values())
