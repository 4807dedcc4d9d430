"""All figures of one evaluation in one place: screens, workbooks, charts and JSON read them from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from coi_desktop.models.decimals import divide, total
from coi_desktop.models.economy_figures import EconomyFigures, economy_figures
from coi_desktop.models.evaluation_records import evidence_facts, measured_indicators
from coi_desktop.models.evaluation_state import Share, State, derived_state, share_of, state_facts
from coi_desktop.models.evidence import EvidenceFigures, evidence_figures
from coi_desktop.models.figures_catalogue import FiguresCatalogue
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.proportion import QUESTIONS, ProportionFigures, hours_short_of, proportion_figures
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import UNKNOWN

#: The value kinds in the order they are shown; the sixth is a unit's own bottom line.
VALUE_KINDS = ("quality", "efficiency", "citizen", "employee", "political", "local1")

_RATINGS = {"-2": -2, "-1": -1, "0": 0, "1": 1, "2": 2}
_IMPORTANCE = {"0": 0, "1": 1, "2": 2, "3": 3}

#: Decisions that lean on the evidence: at level 0 or 1 they are remarked on.
_LEANING_DECISIONS = ("scale", "operate")


@dataclass(frozen=True, slots=True)
class ValueFigures:
    """One value kind: ``importance`` 0–3, ``expected`` and ``rating`` −2…+2; None when open.

    ``is_kept`` is True when the value shall be kept as it is (it stands at 0 in a chart); ``is_not_examined``
    when the rating was answered with "not examined".
    """

    kind: str
    importance: int | None
    expected: int | None
    is_kept: bool
    rating: int | None
    is_not_examined: bool
    reason: str
    side_effect: str


@dataclass(frozen=True, slots=True)
class EvaluationFigures:
    """The figures of one evaluation on a day; what cannot be computed is None.

    ``mean_rating`` is the mean of the ratings of the value kinds with importance 2 and 3, weighted by it, and
    never to be shown without the evidence level. ``missing_hours`` is what the plan lacks to the planning
    floor of its depth.
    """

    evaluation_id: str
    initiative_id: str
    day: date
    state: State
    share: Share
    depth: str
    proportion: ProportionFigures
    missing_hours: Decimal | None
    indicators: tuple[IndicatorFigures, ...]
    economy: EconomyFigures
    evidence: EvidenceFigures
    values: tuple[ValueFigures, ...]
    mean_rating: Decimal | None
    decided: str
    decision_date: date | None
    next_date: date | None
    findings: Mapping[str, int]
    remarks: tuple[str, ...]

    def indicator(self, indicator_id: str) -> IndicatorFigures:
        """The figures of one indicator; KeyError when the evaluation has no such indicator."""
        for figures in self.indicators:
            if figures.indicator.id == indicator_id:
                return figures
        raise KeyError(indicator_id)

    def value(self, kind: str) -> ValueFigures | None:
        """The figures of one value kind, or None when nothing is said about it."""
        return next((value for value in self.values if value.kind == kind), None)


def evaluation_figures(
    snapshot: Snapshot,
    evaluation: Record,
    catalogue: FiguresCatalogue,
    *,
    today: date | None = None,
    measured: tuple[IndicatorFigures, ...] | None = None,
) -> EvaluationFigures:
    """The figures of a stored evaluation.

    ``today`` (the day of the snapshot unless given) decides what lies ahead. Rules and formulas are those of
    the modules this one gathers: indicators, economics, evidence, proportion, evaluation_state. ``measured``
    are the figures of its indicators, where they are known already.
    """
    today = today or snapshot.taken_at.date()
    indicators = (
        measured_indicators(snapshot, evaluation, catalogue.smallest_count) if measured is None else measured
    )
    facts = state_facts(snapshot, evaluation, indicators, today)
    state = derived_state(facts)
    depth = evaluation.text("depth")
    proportion, missing_hours = _proportion(snapshot, evaluation, depth, catalogue)
    evidence = _evidence(snapshot, evaluation, indicators, catalogue)
    economy = economy_figures(snapshot, evaluation, catalogue)
    values = value_figures(snapshot, evaluation)
    decision = snapshot.single("eval_decision", evaluation.id)
    decided = decision.text("decided") if decision is not None else ""
    return EvaluationFigures(
        evaluation_id=evaluation.id,
        initiative_id=evaluation.text("initiative_id"),
        day=today,
        state=state,
        share=share_of(state, facts.has_follow_up or facts.has_finding),
        depth=depth,
        proportion=proportion,
        missing_hours=missing_hours,
        indicators=indicators,
        economy=economy,
        evidence=evidence,
        values=values,
        mean_rating=mean_rating(values),
        decided=decided,
        decision_date=decision.day("date") if decision is not None else None,
        next_date=next_date(snapshot, evaluation, today),
        findings=_findings_by_sign(snapshot, evaluation),
        remarks=_remarks(snapshot, evaluation, economy, evidence, values, decided),
    )


def value_figures(snapshot: Snapshot, evaluation: Record) -> tuple[ValueFigures, ...]:
    """Expected and assessed value by kind, in the unit's order of the kinds, for every kind something
    is said about.
    """
    expected = {row.text("kind"): row for row in snapshot.children("value_expect", evaluation.id)}
    judged = {row.text("kind"): row for row in snapshot.children("judgement", evaluation.id)}
    return tuple(
        _value(kind, expected.get(kind), judged.get(kind))
        for kind in value_kinds(snapshot)
        if kind in expected or kind in judged
    )


def value_kinds(snapshot: Snapshot) -> tuple[str, ...]:
    """All kinds of value in the order the unit has given them, the delivered one where it has given none."""
    places = {
        row.text("key"): place
        for row in snapshot.rows("choice_value")
        if row.text("list") == "value_kind" and (place := row.integer("place")) is not None
    }
    return tuple(sorted(VALUE_KINDS, key=lambda kind: (kind not in places, places.get(kind, 0))))


def mean_rating(values: tuple[ValueFigures, ...]) -> Decimal | None:
    """The mean rating of the kinds with importance 2 or 3, weighted by it; None without any rating."""
    rated = [
        (Decimal(value.rating), Decimal(value.importance))
        for value in values
        if value.rating is not None and value.importance is not None and value.importance >= 2
    ]
    return divide(total(rating * weight for rating, weight in rated), total(weight for _, weight in rated))


def next_date(snapshot: Snapshot, evaluation: Record, today: date) -> date | None:
    """The next day something is due: the decision not yet made, its review, an open action, a benefit's
    follow-up.
    """
    decision = snapshot.single("eval_decision", evaluation.id)
    need = snapshot.single("decision_need", evaluation.id)
    is_decided = decision is not None and decision.text("decided") not in ("", UNKNOWN)
    days = [
        need.day("decision_date") if need is not None and not is_decided else None,
        decision.day("review_date") if decision is not None else None,
    ]
    days += [
        action.day("due")
        for action in snapshot.children("action", evaluation.id, "evaluation_id")
        if action.text("state") not in ("done", "dropped")
    ]
    days += [row.day("follow_up") for row in snapshot.children("benefit", evaluation.id, "evaluation_id")]
    return min((day for day in days if day is not None and day >= today), default=None)


def _value(kind: str, expected: Record | None, judged: Record | None) -> ValueFigures:
    awaited = expected.text("expected") if expected is not None else ""
    rating = judged.text("rating") if judged is not None else ""
    return ValueFigures(
        kind=kind,
        importance=_IMPORTANCE.get(expected.text("importance")) if expected is not None else None,
        expected=0 if awaited == "keep" else _RATINGS.get(awaited),
        is_kept=awaited == "keep",
        rating=_RATINGS.get(rating),
        is_not_examined=rating == "na",
        reason=judged.text("reason") if judged is not None else "",
        side_effect=judged.text("side_effect") if judged is not None else "",
    )


def _proportion(
    snapshot: Snapshot, evaluation: Record, depth: str, catalogue: FiguresCatalogue
) -> tuple[ProportionFigures, Decimal | None]:
    record = snapshot.single("proportion", evaluation.id)
    answers = {question: record.text(question) for question in QUESTIONS} if record is not None else {}
    figures = proportion_figures(answers, catalogue.proportion)
    hours = record.number("hours") if record is not None else None
    return figures, hours_short_of(hours, depth, catalogue.proportion)


def _evidence(
    snapshot: Snapshot,
    evaluation: Record,
    indicators: tuple[IndicatorFigures, ...],
    catalogue: FiguresCatalogue,
) -> EvidenceFigures:
    record = snapshot.single("evidence", evaluation.id)
    facts = evidence_facts(snapshot, evaluation, indicators, catalogue.repeated_methods)
    if record is None:
        return evidence_figures(facts)
    return evidence_figures(facts, record.integer("level_set"), record.text("reason"))


def _findings_by_sign(snapshot: Snapshot, evaluation: Record) -> Mapping[str, int]:
    """Number of findings by sign (``positive``, ``neutral``, ``negative``, or empty where none is set)."""
    counted: dict[str, int] = {}
    for finding in snapshot.children("finding", evaluation.id, "evaluation_id"):
        counted[finding.text("sign")] = counted.get(finding.text("sign"), 0) + 1
    return counted


def _remarks(
    snapshot: Snapshot,
    evaluation: Record,
    economy: EconomyFigures,
    evidence: EvidenceFigures,
    values: tuple[ValueFigures, ...],
    decided: str,
) -> tuple[str, ...]:
    """What deserves a note beside the figures, as keys; a remark never blocks anything.

    ``learn_and_document``: both are among the first two purposes · ``freed_time_only``: freed time without a
    cashable gain · ``beyond_evidence``: scale or operate at level 0 or 1 · ``worse_for_vulnerable``: a rating
    below 0 while citizens in a vulnerable position are a target group · ``other_than_recommended``.
    """
    first = {
        row.text("code")
        for row in snapshot.children("purpose", evaluation.id)
        if (row.integer("rank") or 9) <= 2
    }
    scope = snapshot.single("scope", evaluation.id)
    decision = snapshot.single("eval_decision", evaluation.id)
    recommended = decision.text("recommended") if decision is not None else ""
    is_vulnerable = scope is not None and "vulnerable_citizens" in scope.keys("target_groups")
    holds = {
        "learn_and_document": {"learn", "document"} <= first,
        "freed_time_only": economy.is_freed_time_only,
        "beyond_evidence": decided in _LEANING_DECISIONS and evidence.level <= 1,
        "worse_for_vulnerable": is_vulnerable and any((value.rating or 0) < 0 for value in values),
        "other_than_recommended": bool(decided and recommended) and decided != recommended,
    }
    return tuple(remark for remark, is_true in holds.items() if is_true)
