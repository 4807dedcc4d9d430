"""The plan of an evaluation as one value: kept as text when it is changed after measuring, compared with
another.

The plan is what the guide's steps with a ``shift`` hold: value, idea, questions, indicators, comparison,
methods. Filling in what was open is no change of it; another answer, a row more or a row less is (section
6.1, rule 4, of the evaluation guide).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from coi_desktop.models.extra_questions import asked_by, is_extra
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.guide import EXTRA_TABLE, TABLES, Guide, Question
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot, Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.value_json import values_from_json, values_to_json
from coi_desktop.models.vocabulary import Vocabulary

#: Fields of rows that say where a row belongs, or what the program keeps for itself.
_REFERENCES = (Kind.REFERENCE,)
#: Fields that tell how far the plan has come, not what it is.
_PROGRESS = frozenset({"status", "dropped_reason", "legal_state", "sign_status", "sign_reason"})
_FORM = 1

#: The records of a plan by table.
Plan = Mapping[str, tuple[Record, ...]]


@dataclass(frozen=True, slots=True)
class PlanChange:
    """One thing that is otherwise: ``shift`` is what moved (a key of ``change_kind``).

    ``row`` names the row of a table (empty for a single answer), ``field`` what is asked; ``before`` and
    ``after`` are shown values. A row that came or went has no field.
    """

    shift: str
    question_id: str
    row: str
    field: str
    before: str
    after: str


def plan_of(snapshot: Snapshot, evaluation: Record, guide: Guide) -> Plan:
    """The plan of a stored evaluation."""
    asked = {question.id for question in _questions(guide)}
    return {
        table: tuple(
            record
            for record in snapshot.children(table, evaluation.id)
            if table != EXTRA_TABLE or asked_by(record, guide) in asked
        )
        for table in plan_tables(guide)
    }


def plan_tables(guide: Guide) -> tuple[str, ...]:
    """The record types that hold the plan, in the order of the guide."""
    tables: dict[str, None] = {}
    for question in _questions(guide):
        names = (question.table,) if question.kind in TABLES else [place.table for place in question.places]
        tables.update(dict.fromkeys(names))
    return tuple(tables)


def plan_text(plan: Plan) -> str:
    """A plan as JSON text: every record with its id and every answered field."""
    tables = {
        table: [
            {
                "id": record.id,
                **json.loads(values_to_json({k: v for k, v in record.values.items() if v is not None})),
            }
            for record in records
        ]
        for table, records in plan.items()
    }
    return json.dumps({"form": _FORM, "plan": tables}, ensure_ascii=False)


def read_plan(text: str, guide: Guide) -> Plan:
    """The plan in ``text``. Tables and fields that this guide and these record types no longer know are left
    out; what cannot be read at all is an empty plan.
    """
    try:
        stored = json.loads(text)["plan"]
    except (ValueError, KeyError, TypeError):
        return {}
    plan: dict[str, tuple[Record, ...]] = {}
    for table in plan_tables(guide):
        rows = stored.get(table, ()) if isinstance(stored, dict) else ()
        known = [row for row in rows if isinstance(row, dict) and "id" in row]
        plan[table] = tuple(_record(table, row) for row in known)
    return plan


def find_plan_changes(
    before: Plan, after: Plan, guide: Guide, vocabulary: Vocabulary
) -> tuple[PlanChange, ...]:
    """What differs between two plans, in the order of the guide; what was only filled in is left out."""
    changes: list[PlanChange] = []
    for step in guide.steps:
        if not step.shift:
            continue
        for question in step.questions:
            find = _table_changes if question.kind in TABLES else _single_changes
            changes.extend(find(question, step.shift, before, after, guide, vocabulary))
    return tuple(changes)


def _questions(guide: Guide) -> Iterator[Question]:
    for step in guide.steps:
        if step.shift:
            yield from step.questions


def _record(table: str, row: Mapping[str, object]) -> Record:
    kind = record_type(table)
    values: dict[str, Value] = dict.fromkeys(kind.by_name)
    values |= values_from_json(json.dumps(row), kind)
    return Record(table, str(row["id"]), values)


def _single_changes(
    question: Question, shift: str, before: Plan, after: Plan, guide: Guide, words: Vocabulary
) -> Iterator[PlanChange]:
    label = guide.words().label(question.id)
    if is_extra(question):
        was, now = (_in_words(plan.get(EXTRA_TABLE, ()), question, guide) for plan in (before, after))
        if was and was != now:
            yield PlanChange(shift, question.id, "", label, was, now)
        return
    for place in question.places:
        field = record_type(place.table).field(place.field)
        old, new = (_first(plan.get(place.table, ()), place.field) for plan in (before, after))
        if old is not None and old != new:
            yield PlanChange(
                shift, question.id, "", label, show_value(field, old, words), show_value(field, new, words)
            )


def _in_words(records: Iterable[Record], question: Question, guide: Guide) -> str:
    """The answer of an added question, as it was shown."""
    return next((one.text("answer") for one in records if asked_by(one, guide) == question.id), "")


def _table_changes(
    question: Question, shift: str, before: Plan, after: Plan, guide: Guide, words: Vocabulary
) -> Iterator[PlanChange]:
    old = {record.id: record for record in before.get(question.table, ())}
    new = {record.id: record for record in after.get(question.table, ())}
    fields = list(_columns(question))
    for record_id, record in old.items():
        name = _row_name(record, fields, words)
        if record_id not in new:
            yield PlanChange(shift, question.id, name, "", name, "")
            continue
        for field in fields:
            was, now = record.values.get(field.name), new[record_id].values.get(field.name)
            if was is not None and was != now:
                label = guide.words().label(question.id, field.name)
                yield PlanChange(
                    shift,
                    question.id,
                    name,
                    label,
                    show_value(field, was, words),
                    show_value(field, now, words),
                )
    for record_id, record in new.items():
        if record_id not in old:
            name = _row_name(record, fields, words)
            yield PlanChange(shift, question.id, name, "", "", name)


def _columns(question: Question) -> Iterable[FieldSpec]:
    """The columns that are fields of the row itself; what a row points at is told by the other row."""
    by_name = record_type(question.table).by_name
    for column in question.columns:
        field = by_name.get(column.id)
        if field is not None and field.kind not in _REFERENCES and field.name not in _PROGRESS:
            yield field


def _row_name(record: Record, fields: Iterable[FieldSpec], words: Vocabulary) -> str:
    """What a row is called: its first text, or its key in a grid."""
    shown = [show_value(field, record.values.get(field.name), words) for field in fields]
    named = record.values.get("kind")
    kind = record_type(record.type_name).by_name.get("kind")
    if record.type_name == "value_expect" and kind is not None:
        return show_value(kind, named, words)
    return next((text for text in shown if text), "")


def _first(records: Iterable[Record], field_name: str) -> Value:
    return next((record.values.get(field_name) for record in records), None)
