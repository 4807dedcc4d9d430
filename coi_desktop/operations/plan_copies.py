"""A new evaluation that starts from the plan of an earlier one of the same initiative.

Carried over is what the first two phases of the guide hold: purposes, users, proportion, value, idea,
questions, indicators, comparison and methods. Dates that lie behind, what was found, and what was concluded
stay where they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum

from coi_desktop.i18n import N_
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import today
from coi_desktop.models.extra_questions import asked_by
from coi_desktop.models.fields import Kind, RecordType
from coi_desktop.models.guide import EXTRA_TABLE, TABLES, Guide
from coi_desktop.models.indicators import IndicatorFigures
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Value
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation, put_evaluation
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

START_FROM = Op("evaluation.start_from", N_("Start evaluation from an earlier plan"))

#: Fields that belong to the evaluation that is over: its dates, and how far its plan came.
_LEFT_BEHIND = {
    "scope": ("period_from", "period_to", "version_label"),
    "decision_need": ("decision_date", "no_date_yet"),
    "audience": ("needed_by",),
    "requirement": ("due",),
    "method_use": ("from_date", "to_date", "dropped_reason"),
    "indicator": ("sign_status", "sign_reason", "target_date"),
}
_SET_ANEW: Mapping[str, Mapping[str, Value]] = {"method_use": {"status": "planned"}}


class MeasuredFrom(StrEnum):
    """What the indicators of the new evaluation start from."""

    SAME = "same"
    """The baseline of the earlier one, so that the whole way is measured."""
    LATEST = "latest"
    """The latest measurement of the earlier one, where there is one."""


def start_from(
    register: Register,
    evaluation_id: str,
    measured_from: MeasuredFrom = MeasuredFrom.SAME,
    *,
    source: str = "",
) -> str:
    """Start an evaluation with the plan of ``evaluation_id`` and return its id. KeyError when there is none.

    One step; undo takes it away whole, and the earlier evaluation is not touched.
    """
    loaded = load_evaluation(register, evaluation_id)
    year = today(register.clock).year
    return register.transact(
        START_FROM,
        lambda writer: _copy(writer, loaded, year, measured_from),
        source=source,
        detail=loaded.initiative.text("title"),
    ).result


def carried_tables(guide: Guide) -> tuple[str, ...]:
    """The record types that are carried over, owners before what hangs under them."""
    wanted: set[str] = set()
    for step in guide.steps:
        if step.phase not in guide.phases[:2]:
            continue
        for question in step.questions:
            wanted.update(place.table for place in question.places)
            if question.kind in TABLES:
                wanted.add(question.table)
            wanted.update(column.link.table for column in question.columns if column.link is not None)
    wanted.discard(guide.owner)
    return tuple(name for name in RECORD_TYPES if name in wanted)


def _copy(writer: Writer, loaded: LoadedEvaluation, year: int, measured_from: MeasuredFrom) -> str:
    old = loaded.evaluation
    new_id = put_evaluation(writer, loaded.initiative, year)
    writer.change(
        "evaluation",
        new_id,
        {"based_on": old.id, **{name: old[name] for name in ("depth", "depth_suggested", "depth_reason")}},
    )
    for scope_id in writer.find_child_ids("scope", new_id):
        writer.drop(
            "scope", scope_id
        )  # what the plan says of the initiative is newer than what the register says
    figures = {one.indicator.id: one for one in loaded.figures.indicators}
    copies = {old.id: new_id, loaded.initiative.id: loaded.initiative.id}
    carried = [
        (RECORD_TYPES[name], record)
        for name in carried_tables(loaded.guide)
        for record in loaded.snapshot.rows(name)
        if name != EXTRA_TABLE or _is_planned(record, loaded.guide)
    ]
    for kind, record in _owners_first(carried):
        values = _values(kind, record, copies)
        if kind.name == "indicator" and measured_from is MeasuredFrom.LATEST:
            values |= _latest(figures.get(record.id))
        copies[record.id] = writer.put(kind.name, values)
    return new_id


def _is_planned(record: Record, guide: Guide) -> bool:
    """Whether an added question is one of the first two phases; what answers all of them is one table."""
    step_id = asked_by(record, guide).partition(".")[0]
    return any(step.id == step_id and step.phase in guide.phases[:2] for step in guide.steps)


def _owners_first(carried: Sequence[tuple[RecordType, Record]]) -> Iterator[tuple[RecordType, Record]]:
    """The records in their order, type by type, each type after those its records refer to."""
    waiting: dict[str, list[tuple[RecordType, Record]]] = {}
    for kind, record in carried:
        waiting.setdefault(kind.name, []).append((kind, record))
    while waiting:
        ready = next((name for name in waiting if _is_ready(name, waiting)), next(iter(waiting)))
        yield from waiting.pop(ready)


def _is_ready(name: str, waiting: Mapping[str, Sequence[tuple[RecordType, Record]]]) -> bool:
    wanted = {record_id for pair in waiting[name] for record_id in _references(*pair)}
    others = {record.id for other, pairs in waiting.items() if other != name for _kind, record in pairs}
    return wanted.isdisjoint(others)


def _references(kind: RecordType, record: Record) -> set[str]:
    named = [field.name for field in kind.fields if field.kind is Kind.REFERENCE]
    return {str(record[name]) for name in named if record[name] is not None}


def _values(kind: RecordType, record: Record, copies: Mapping[str, str]) -> dict[str, Value]:
    values: dict[str, Value] = {name: value for name, value in record.values.items() if value is not None}
    for field in kind.fields:
        if field.kind is Kind.REFERENCE and field.name in values:
            values[field.name] = copies.get(str(values[field.name]))
    for name in _LEFT_BEHIND.get(kind.name, ()):
        values.pop(name, None)
    return {**values, **_SET_ANEW.get(kind.name, {})}


def _latest(figures: IndicatorFigures | None) -> dict[str, Value]:
    latest = figures.latest if figures is not None else None
    if latest is None or latest.value is None:
        return {}
    return {
        "baseline": latest.value,
        "baseline_date": latest.day,
        "baseline_status": "measured",
        "baseline_source": latest.source or None,
        "baseline_n": latest.n,
        "baseline_sd": latest.sd,
    }
