"""Answers that the guide no longer asks for: given in an earlier edition of it, kept, and shown as they are.

A guide that drops a question, a column or a table leaves its field in the register. What stands there, and
which question now writes to it (none), tells of itself what to show: nothing has to be written down about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.guide import EXTRA_TABLE, Guide, Question
from coi_desktop.models.record_types.table import RECORD_TYPES, child_types
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary

#: What the program sets by itself and no guide ever asked for.
SET_BY_PROGRAM = frozenset(
    {"theory_node.sort", "indicator.catalog_key", "evidence.level_auto", "measurement.distribution"}
)

#: Tables that are no answers, or are told otherwise here.
_NO_ANSWERS = frozenset({"evaluation_version", EXTRA_TABLE})


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What was answered, in words; ``screen_of`` is the question nearest to it that the guide still asks, or
    the empty text.
    """

    label: str
    text: str
    screen_of: str = ""


def earlier_answers(
    guide: Guide, snapshot: Snapshot, evaluation_id: str, words: Vocabulary
) -> tuple[EarlierAnswer, ...]:
    """The answers of an evaluation for which its guide has no question any more, in stored order."""
    found = list(_extra(guide, snapshot, evaluation_id))
    left = {kind.name: _left(kind, guide) for kind in RECORD_TYPES.values()}
    if not any(left[kind.name] for kind in _types_below("evaluation")):
        return tuple(found)
    for kind, records in _records_below(snapshot, evaluation_id):
        nearest = next((one.id for one in guide.by_id.values() if _writes_to(one, kind.name)), "")
        found += [
            EarlierAnswer(_label(kind, record, field), show_value(field, record[field.name], words), nearest)
            for record in records
            for field in left[kind.name]
            if record[field.name] is not None
        ]
    return tuple(found)


def _extra(guide: Guide, snapshot: Snapshot, evaluation_id: str) -> Iterator[EarlierAnswer]:
    for row in snapshot.children(EXTRA_TABLE, evaluation_id):
        question_id = row.text("question_id")
        if guide.find_question(question_id) is None:
            step_id = question_id.partition(".")[0]
            near = next((one.id for one in guide.by_id.values() if one.step_id == step_id), "")
            yield EarlierAnswer(row.text("asked"), row.text("answer"), near)


def _left(kind: RecordType, guide: Guide) -> tuple[FieldSpec, ...]:
    """The fields of a table that people filled in, and no question of the guide writes to."""
    return tuple(
        field
        for field in kind.fields
        if field.shown
        and field.kind not in (Kind.REFERENCE, Kind.TIME)
        and (place := f"{kind.name}.{field.name}") not in guide.fields_asked
        and place not in SET_BY_PROGRAM
    )


def _writes_to(question: Question, table: str) -> bool:
    return question.table == table or any(place.table == table for place in question.places)


def _types_below(name: str) -> Iterator[RecordType]:
    for kind in child_types(name):
        if kind.name not in _NO_ANSWERS:
            yield kind
            yield from _types_below(kind.name)


def _records_below(snapshot: Snapshot, evaluation_id: str) -> Iterator[tuple[RecordType, list[Record]]]:
    """What hangs under the evaluation, owners first; its own fields are the program's."""
    owners = {"evaluation": {evaluation_id}}
    for kind in _types_below("evaluation"):
        above = owners[kind.parent_type]
        records = [record for record in snapshot.rows(kind.name) if record[kind.parent] in above]
        owners[kind.name] = {record.id for record in records}
        yield kind, records


def _label(kind: RecordType, record: Record, field: FieldSpec) -> str:
    """The field's own name, in a table after that of its row."""
    if kind.single:
        return field.label()
    texts = (one.name for one in kind.fields if one.kind in (Kind.TEXT, Kind.LONG) and one is not field)
    name = next((text for one in texts if (text := record.text(one))), kind.label())
    return f"{name} · {field.label()}"
