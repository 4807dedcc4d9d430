"""A guide's questions and columns as fields, so that the editors and drafts of all forms serve them too.

A question that is stored in two places (an own text beside ticks, the end of a period, "no date yet") is one
field each: ``step.question`` and ``step.question#part``.
"""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.models.answers import Answers
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.guide import TABLES, Asked, Guide, Place, Question, QuestionKind
from coi_desktop.models.guide_answers import answer_to
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value

OWN_PART, NONE_YET_PART, UNTIL_PART = "own", "none_yet", "until"

KINDS = {
    QuestionKind.TEXT: Kind.TEXT,
    QuestionKind.LONG_TEXT: Kind.LONG,
    QuestionKind.YES_NO: Kind.YES_NO,
    QuestionKind.TICK: Kind.YES_NO,
    QuestionKind.CHOICE: Kind.CHOICE,
    QuestionKind.CHOICES: Kind.CHOICES,
    QuestionKind.RANK: Kind.RANK,
    QuestionKind.SCALE: Kind.CHOICE,
    QuestionKind.NUMBER: Kind.NUMBER,
    QuestionKind.MONEY: Kind.MONEY,
    QuestionKind.INTEGER: Kind.INTEGER,
    QuestionKind.DATE: Kind.DATE,
    QuestionKind.DATE_RANGE: Kind.DATE,
    QuestionKind.REFERENCE: Kind.REFERENCE,
    QuestionKind.REFERENCES: Kind.CHOICES,
}


def kind_of(asked: Asked) -> Kind:
    """The kind of field that a question or column is edited as."""
    if asked.kind is QuestionKind.SCALE and not asked.values:
        return Kind.INTEGER
    return KINDS[asked.kind]


def field_of(asked: Asked, name: str, label: str) -> FieldSpec:
    """A question or column as a field called ``name``. Nothing is ever required in a form: what is missing
    is shown, and stops nobody.
    """
    return FieldSpec(
        name,
        kind_of(asked),
        label,
        label,
        values=asked.values,
        unit_da=asked.unit_da,
        unit_en=asked.unit_en,
        limit=asked.limit,
    )


def fields_of(guide: Guide, question: Question) -> tuple[FieldSpec, ...]:
    """The fields a question that is no table is edited in, the main one first."""
    if question.kind in TABLES:
        return ()
    label = guide.words().label(question.id)
    first = field_of(question, question.id, label)
    if question.own is not None:
        return (first, _beside(question, OWN_PART, question.own, _("Other, in your own words")))
    if question.none_yet is not None:
        return (first, _beside(question, NONE_YET_PART, question.none_yet, _("No date yet")))
    if question.until is not None:
        until = _beside(question, UNTIL_PART, question.until, _("Until"))
        return (FieldSpec(first.name, first.kind, _("From"), _("From")), until)
    return (first,)


def columns_of(guide: Guide, question: Question) -> dict[str, FieldSpec]:
    """The columns of a table as fields, by their ids."""
    words = guide.words()
    return {
        column.id: field_of(column, column.id, words.label(question.id, column.id))
        for column in question.columns
    }


def values_of(guide: Guide, answers: Answers) -> dict[str, Value]:
    """What the single questions of a guide hold, by the names of their fields."""
    values: dict[str, Value] = {}
    for question in guide.by_id.values():
        if question.kind in TABLES or question.place is None:
            continue
        if question.order is not None:
            ranking = answer_to(question, answers)
            values[question.id] = tuple(map(str, ranking)) if isinstance(ranking, tuple) and ranking else None
        else:
            values[question.id] = _stored(answers, question.place)
        for part, place in _places_beside(question):
            values[f"{question.id}#{part}"] = _stored(answers, place)
    return values


def _places_beside(question: Question) -> list[tuple[str, Place]]:
    places = ((OWN_PART, question.own), (NONE_YET_PART, question.none_yet), (UNTIL_PART, question.until))
    return [(part, place) for part, place in places if place is not None]


def _stored(answers: Answers, place: Place) -> Value:
    return answers.single(place.table).get(place.field)


def _beside(question: Question, part: str, place: Place, label: str) -> FieldSpec:
    stored = record_type(place.table).field(place.field)
    return FieldSpec(f"{question.id}#{part}", stored.kind, label, label, limit=stored.limit)
