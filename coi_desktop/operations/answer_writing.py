"""Answers on their way into an open transaction: every one goes where the guide says it is stored.

These take a Writer; ``answering`` and ``answer_entry`` run them as steps, with what follows by rule.
"""

from __future__ import annotations

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.answers import Answer
from coi_desktop.models.extra_questions import is_extra, value_to_text
from coi_desktop.models.guide import EXTRA_TABLE, Asked, Column, Place, Question, QuestionKind
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.guide_fields import field_of
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary
from coi_desktop.operations.library import guide, vocabulary
from coi_desktop.store.writer import Writer


def put_answer(writer: Writer, evaluation_id: str, question: Question, value: Answer, part: str = "") -> None:
    """Store the answer to a question that is no table; None takes it away. See ``answering.answer``."""
    if is_extra(question):
        _put_extra(writer, evaluation_id, question, _placed(question, value, part)[0][1])
    elif question.order is not None:
        _put_ranking(writer, evaluation_id, question, value)
    else:
        for place, stored in _placed(question, value, part):
            _put(writer, evaluation_id, place, stored)


def put_line(
    writer: Writer, evaluation_id: str, question: Question, line: str, column: Column, value: Value
) -> None:
    """Store one column in the line of a grid; its record is made when it is not there yet."""
    kind = record_type(question.table)
    owner = line if kind.parent == question.by else evaluation_id
    found = [
        record_id
        for record_id in writer.find_child_ids(question.table, owner)
        if writer.get(question.table, record_id)[question.by] == line
    ]
    if found:
        set_column(writer, question, found[0], column, value)
    elif value is not None:
        row_id = writer.put(question.table, {kind.parent: owner, question.by: line})
        set_column(writer, question, row_id, column, value)


def put_row(writer: Writer, evaluation: Record, question: Question, values: dict[str, Value]) -> str:
    """Put a row under its owner; what it refers to in several goes into the rows between them."""
    kind = record_type(question.table)
    if kind.parent_type == "evaluation":
        values[kind.parent] = evaluation.id
    elif kind.parent_type == "initiative":
        values.update({kind.parent: evaluation["initiative_id"], "evaluation_id": evaluation.id})
    elif values.get(kind.parent) is None:
        raise _no_owner(kind.parent_type)
    linked = [column for column in question.columns if column.link is not None and column.id in values]
    links = [(column, values.pop(column.id)) for column in linked]
    row_id = writer.put(question.table, values)
    for column, value in links:
        set_column(writer, question, row_id, column, value)
    return row_id


def _put(writer: Writer, evaluation_id: str, place: Place, value: Value) -> None:
    if place.table == "evaluation":
        writer.change("evaluation", evaluation_id, {place.field: value})
    else:
        writer.put_single(place.table, evaluation_id, {place.field: value})


def _put_extra(writer: Writer, evaluation_id: str, question: Question, value: Value) -> None:
    """A record of its own for the answer, with question and answer in words."""
    asking = guide("evaluation")
    found = [
        row_id
        for row_id in writer.find_child_ids(EXTRA_TABLE, evaluation_id)
        if asking.id_now(writer.get(EXTRA_TABLE, row_id).text("question_id")) == question.id
    ]
    if value is None:
        for row_id in found:
            writer.drop(EXTRA_TABLE, row_id)
        return
    label = asking.words().label(question.id)
    stored: dict[str, Value] = {
        "question_id": question.id,
        "asked": label,
        "answer": show_value(field_of(question, question.id, label), value, vocabulary()),
        "value_json": value_to_text(value),
    }
    if found:
        writer.change(EXTRA_TABLE, found[0], stored)
    else:
        writer.put(EXTRA_TABLE, {"evaluation_id": evaluation_id, **stored})


def _placed(question: Question, value: Answer, part: str) -> list[tuple[Place, Value]]:
    """Which fields an answer sets, and to what."""
    if part == "own":
        if question.own is None or isinstance(value, tuple):
            raise KeyError(f"{question.id} has no own text")
        return [(question.own, value)]
    if question.place is None:
        raise KeyError(f"{question.id} is a table")
    if question.until is not None:
        first, last = value if isinstance(value, tuple) and len(value) == 2 else (None, None)
        return [(question.place, _plain(first)), (question.until, _plain(last))]
    if question.none_yet is not None:
        is_open = value == NONE_YET
        return [(question.place, None if is_open else _plain(value)), (question.none_yet, is_open or None)]
    if question.kind is QuestionKind.TICK:
        return [(question.place, value is True or None)]
    return [(question.place, _plain(value))]


def _plain(value: object) -> Value:
    found: Value = value  # type: ignore[assignment]  # the store refuses what is no value of the field
    return found


def _put_ranking(writer: Writer, evaluation_id: str, question: Question, value: Answer) -> None:
    """One row a key, numbered from 1; rows of keys that are no longer chosen are dropped."""
    if question.place is None or question.order is None:
        raise KeyError(question.id)
    table, field, order = question.place.table, question.place.field, question.order.field
    wanted = [str(key) for key in value] if isinstance(value, tuple) else []
    rows = {
        writer.get(table, row_id).text(field): row_id
        for row_id in writer.find_child_ids(table, evaluation_id)
    }
    for key, row_id in rows.items():
        if key not in wanted:
            writer.drop(table, row_id)
    for rank, key in enumerate(wanted, start=1):
        if key in rows:
            writer.change(table, rows[key], {order: rank})
        else:
            writer.put(table, {record_type(table).parent: evaluation_id, field: key, order: rank})


def set_column(writer: Writer, question: Question, row_id: str, column: Column, value: Value) -> None:
    """Store one column of a row; several references go into the rows between them."""
    if column.link is None:
        writer.change(question.table, row_id, {column.id: value})
        return
    wanted = value if isinstance(value, tuple) else ()
    table, field = column.link.table, column.link.field
    linked: dict[str, str] = {}
    for link_id in writer.find_child_ids(table, row_id):
        end = writer.get(table, link_id).text(field)
        if end:
            linked[end] = link_id
    for end, link_id in linked.items():
        if end not in wanted:
            writer.drop(table, link_id)
    for end in wanted:
        if end not in linked:
            writer.put(table, {column.link_parent: row_id, field: end})


def check_answer(asked: Asked, value: Answer, words: Vocabulary | None = None) -> None:
    """Refuse a key that is in no list (of ``words``, the delivered ones unless given), too many keys, and a
    number off the scale.
    """
    words = vocabulary() if words is None else words
    if asked.values and isinstance(value, str) and not _is_key(asked, value, words):
        raise _not_an_answer(_("“{value}” is not one of the choices.").format(value=value))
    if asked.values and isinstance(value, tuple):
        for key in value:
            if not isinstance(key, str) or not _is_key(asked, key, words):
                raise _not_an_answer(_("“{value}” is not one of the choices.").format(value=key))
        at_most = asked.at_most if isinstance(asked, Question) else 0
        if at_most and len(value) > at_most:
            raise _not_an_answer(_("At most {count} can be chosen.").format(count=at_most))
    if asked.lowest is None or asked.highest is None or not isinstance(value, int):
        return
    if not asked.lowest <= value <= asked.highest:
        what = _("The scale goes from {lowest} to {highest}.")
        raise _not_an_answer(what.format(lowest=asked.lowest, highest=asked.highest))


def _is_key(asked: Asked, key: str, words: Vocabulary) -> bool:
    return words.has(asked.values, key) or (asked.unknown and key == UNKNOWN)


def _not_an_answer(what: str) -> Problem:
    return Problem(
        what,
        meaning=_("Nothing was changed."),
        advice=_("Choose one of the answers offered."),
        code="not_an_answer",
    )


def _no_owner(type_name: str) -> Problem:
    return Problem(
        _("There is no row in “{table}” to add this to.").format(table=record_type(type_name).label()),
        meaning=_("Nothing was added."),
        advice=_("Add one there first."),
        code="no_owner",
    )
