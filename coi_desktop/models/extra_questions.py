"""Questions that a guide asks beyond the fields there are: each answer is a record of its own.

``store = "extra"`` in ``guide.toml`` says so. What such a question is asked as, and its words, are all in the
guide, so that adding one takes no Python and no change of the register. The record also keeps the question as
it was asked and the answer in words: they tell what was answered when a later guide no longer asks.
"""

from __future__ import annotations

from collections.abc import Iterable

from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.guide import EXTRA_TABLE, Guide, Place, Question, QuestionKind
from coi_desktop.models.guide_fields import KINDS, field_of
from coi_desktop.models.guide_table import GuideTable
from coi_desktop.models.records import Record, Value
from coi_desktop.models.value_json import values_from_json, values_to_json

EXTRA = "extra"

_LIMITS = {Kind.TEXT: 200, Kind.LONG: 2_000}
_VALUE = "value"

#: What cannot be asked this way: it needs several fields or rows.
_NOT = (QuestionKind.DATE_RANGE, QuestionKind.RANK)


def extra_field(question_id: str, kind: QuestionKind, table: GuideTable) -> FieldSpec:
    """What stores the answer of an added question, as a field; choices name their list with ``values``."""
    if kind in _NOT:
        table.fail(f"a question of kind {kind.value} needs fields of its own", at="store")
    stored = KINDS[kind]
    values = table.text("values", "")
    if kind is QuestionKind.SCALE and not values:
        stored = Kind.INTEGER
    elif stored in (Kind.CHOICE, Kind.CHOICES):
        values = table.text("values")
    elif values:
        table.fail("only a choice has a value list", at="values")
    return FieldSpec(
        question_id,
        stored,
        question_id,
        question_id,
        values=values,
        limit=_LIMITS.get(stored, 0),
        unit_da=table.text("unit_da", ""),
        unit_en=table.text("unit_en", ""),
    )


def is_extra(question: Question) -> bool:
    """Whether a question is one that was added without a field of its own."""
    return question.place is not None and question.place.table == EXTRA_TABLE


def extra_place(question_id: str) -> Place:
    """Where the answer of such a question stands, as answers are named."""
    return Place(EXTRA_TABLE, question_id)


def asked_by(record: Record, guide: Guide) -> str:
    """The id that the question of a stored answer has now."""
    return guide.id_now(record.text("question_id"))


def value_to_text(value: Value) -> str:
    """A value as the text that is stored of it, exactly."""
    return values_to_json({_VALUE: value})


def value_from_text(question: Question, text: str) -> Value:
    """The value of a question in a stored text; None where it no longer is one."""
    field = field_of(question, _VALUE, _VALUE)
    return values_from_json(text, RecordType(EXTRA_TABLE, "", "", (field,), parent="")).get(_VALUE)


def extra_values(guide: Guide, rows: Iterable[Record]) -> dict[str, Value]:
    """What the added questions of a guide hold, by their ids; also what was stored by a former id."""
    found: dict[str, Value] = {}
    for row in rows:
        question = guide.find_question(row.text("question_id"))
        if question is not None and is_extra(question):
            found[question.id] = value_from_text(question, row.text("value_json"))
    return found
