"""A guide's questions and columns as fields, so that the editors and drafts of all forms serve them too.

A question that is stored in two places (an own text beside ticks, the end of a period, "no date yet") is one
field each: ``step.question`` and ``step.question#part``.
"""

from __future__ import annotations

from coi_desktop.i18n import _
from coi_desktop.models.answers import Answers
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.guide import TABLES, Guide, Place, Question
from coi_desktop.models.guide_answers import answer_to
from coi_desktop.models.guide_fields import field_of
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value

OWN_PART, NONE_YET_PART, UNTIL_PART = "own", "none_yet", "until"


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
