"""Initiatives, evaluations and cases as plain values for JSON: everything stored, and every figure beside it.

Results of too few people are not among them: their fields are None, and ``suppressed`` is true. Field names
are those of the record types; choices are keys, dates ISO 8601, what cannot be computed is None.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from coi_desktop.models.answer_counts import NOTHING_TOLD, PAIRS, told_answers
from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.evaluation_records import (
    BASELINE,
    hidden_measurements,
    indicator_of,
    without_result,
)
from coi_desktop.models.group_figures import GroupFigures, PeriodFigures
from coi_desktop.models.indicators import IndicatorFigures, counting_of
from coi_desktop.models.points import Point
from coi_desktop.models.record_types.table import child_types
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.economy_values import economy_values
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import words_of

_ELSEWHERE = {"evaluation", "evaluation_version", "indicator", "import_source"}
"""Told apart from the plain lists of children, or no part of what a user stored."""


def record_values(record: Record) -> dict[str, Any]:
    """One record: its id and every field."""
    return {"id": record.id, **record.values}


def initiative_values(snapshot: Snapshot, initiative_id: str) -> dict[str, Any]:
    """One initiative with all that hangs under it and every figure, as ``show --json`` writes it."""
    shown: dict[str, Any] = {"initiative": record_values(snapshot.get("initiative", initiative_id))}
    evaluations = snapshot.children("evaluation", initiative_id, "initiative_id")
    shown["evaluations"] = [evaluation_values(snapshot, evaluation) for evaluation in evaluations]
    for kind in child_types("initiative"):
        if kind.name not in _ELSEWHERE:
            shown[_plural(kind.name)] = _rows(snapshot, kind.name, initiative_id, "initiative_id")
    shown["revision"] = snapshot.revision
    return shown


def evaluation_values(snapshot: Snapshot, evaluation: Record) -> dict[str, Any]:
    """One evaluation with all that hangs under it and every figure."""
    figures = evaluation_figures(snapshot, evaluation, figures_catalogue())
    values = record_values(evaluation)
    values["state"] = figures.state.value
    for kind in child_types("evaluation"):
        if kind.name in _ELSEWHERE:
            continue
        if kind.single:
            record = snapshot.single(kind.name, evaluation.id)
            values[kind.name] = None if record is None else record_values(record)
        else:
            values[_plural(kind.name)] = _rows(snapshot, kind.name, evaluation.id, "evaluation_id")
    for question in values["questions"]:
        answer = snapshot.single("answer", question["id"])
        question["answer"] = None if answer is None else record_values(answer)
    values["indicators"] = [
        _indicator_values(snapshot, one, snapshot.get("indicator", one.indicator.id))
        for one in figures.indicators
    ]
    values["economy"] = economy_values(figures.economy, words_of(snapshot))
    values["evidence"] = {
        **(values["evidence"] or {}),
        "level": figures.evidence.level,
        "suggested": figures.evidence.suggested,
        "ceiling": figures.evidence.ceiling,
        "set_manually": figures.evidence.is_set_manually,
        "missing": list(figures.evidence.missing),
    }
    return values


def _indicator_values(snapshot: Snapshot, figures: IndicatorFigures, record: Record) -> dict[str, Any]:
    baseline = dict.fromkeys(BASELINE) if figures.is_baseline_hidden else {}
    return {
        **record_values(record),
        **baseline,
        "baseline_suppressed": figures.is_baseline_hidden,
        "latest": _point(figures.latest),
        "change": figures.change,
        "progress": figures.progress,
        "status": None if figures.status is None else figures.status.value,
        "effect": figures.effect,
        "period": _period(figures.period),
        "groups": [_group_values(one) for one in figures.groups],
        "measurements": _measurements(snapshot, record),
    }


def _measurements(snapshot: Snapshot, indicator: Record) -> list[dict[str, Any]]:
    """The measurements as they may be shown; what is kept back of answers and pairs is None."""
    records = snapshot.children("measurement", indicator.id, "indicator_id")
    smallest_count = figures_catalogue().smallest_count
    hidden = hidden_measurements(indicator, records, smallest_count)
    counting = counting_of(indicator_of(indicator), smallest_count)
    told = told_answers(records, hidden, smallest_count, of_people=counting.of_people)
    found = []
    for one in records:
        if one.id in hidden:
            found.append({"id": one.id, **without_result(one), "suppressed": True})
            continue
        answers = told.get(one.id, NOTHING_TOLD)
        pairs = {name: answers.pairs.get(name) for name in PAIRS}
        counts = {"distribution": answers.text or None}
        found.append({**record_values(one), **pairs, **counts, "suppressed": False})
    return found


def _group_values(group: GroupFigures) -> dict[str, Any]:
    return {
        "group": group.name if group.is_named else None,
        "first": _point(group.first),
        "latest": _point(group.latest),
        "change": group.change,
    }


def _period(period: PeriodFigures | None) -> dict[str, Any] | None:
    return None if period is None else asdict(period)


def _point(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {"date": point.day, "value": point.value, "n": point.n, "suppressed": point.suppressed}


def _rows(snapshot: Snapshot, type_name: str, owner_id: str, by: str) -> list[dict[str, Any]]:
    return [record_values(record) for record in snapshot.children(type_name, owner_id, by)]


_PLURALS = {
    "audience": "audiences",
    "change_log": "change_log",
    "method_use": "method_uses",
    "value_expect": "value_expectations",
    "case": "cases",
}


def _plural(name: str) -> str:
    return _PLURALS.get(name, f"{name}s")
