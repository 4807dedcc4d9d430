"""Answering the questions of an evaluation: every answer goes where the guide says it is stored.

An answer is one commit and, typed on within a minute, one undo step. What follows from it by rule (see
``automatic_answers``) is part of the same step. ``position`` is the screen one stands on; it is kept with the
answer, so that an evaluation can be resumed there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _, current_language
from coi_desktop.models.answers import Answer
from coi_desktop.models.changes import Op
from coi_desktop.models.guide import Asked, Column, Place, Question, QuestionKind
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.vocabulary import UNKNOWN
from coi_desktop.operations.automatic_answers import add_consequences, first_values
from coi_desktop.operations.library import guide, vocabulary
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

T = TypeVar("T")

ANSWER = Op("evaluation.answer", N_("Edit evaluation"))
ADD_ROW = Op("evaluation.add_row", N_("Add row to evaluation"))
ADD_ROWS = Op("evaluation.add_rows", N_("Paste rows into evaluation"))
DROP_ROW = Op("evaluation.drop_row", N_("Remove row from evaluation"))


def answer(
    register: Register,
    evaluation_id: str,
    question_id: str,
    value: Answer,
    *,
    part: str = "",
    position: str = "",
    source: str = "",
) -> bool:
    """Answer a question (``step.question``); None takes the answer away. False when it stood so already.

    Values are those of the fields: keys, numbers as Decimal, dates; a tuple of keys for choices and rankings
    (in order); a tuple of two dates for a period; ``NONE_YET`` for a date that is not known. ``part="own"``
    sets the own text beside chosen keys. Tables are answered by ``add_row``, ``change_row``,
    ``answer_line`` and ``drop_row``. Raises Problem ``not_an_answer`` (and the store's ``too_long``,
    ``bad_number``), KeyError for no such question or evaluation.
    """
    question = guide("evaluation").question(question_id)
    _check(question, value if part == "" else None)

    def change(writer: Writer) -> None:
        if question.order is not None:
            _put_ranking(writer, evaluation_id, question, value)
        else:
            for place, stored in _placed(question, value, part):
                _put(writer, evaluation_id, place, stored)

    return _transact(
        register,
        ANSWER,
        evaluation_id,
        change,
        position,
        source,
        merge_key=f"{evaluation_id}.{question_id}.{part}",
    )[1]


def answer_line(
    register: Register,
    evaluation_id: str,
    question_id: str,
    line: str,
    column_id: str,
    value: Value,
    *,
    position: str = "",
    source: str = "",
) -> bool:
    """Answer a column in one line of a grid; the line's record is made when it is not there yet.

    ``line`` is the key, or the id of the record, that names the line. Raises as ``answer``.
    """
    question = guide("evaluation").question(question_id)
    column = question.column(column_id)
    _check(column, value)

    def change(writer: Writer) -> None:
        kind = record_type(question.table)
        owner = line if kind.parent == question.by else evaluation_id
        found = [
            record_id
            for record_id in writer.find_child_ids(question.table, owner)
            if writer.get(question.table, record_id)[question.by] == line
        ]
        if found:
            _set(writer, question, found[0], column, value)
        elif value is not None:
            row_id = writer.put(question.table, {kind.parent: owner, question.by: line})
            _set(writer, question, row_id, column, value)

    merge_key = f"{evaluation_id}.{question_id}.{line}.{column_id}"
    return _transact(register, ANSWER, evaluation_id, change, position, source, merge_key=merge_key)[1]


def check_column(question_id: str, column_id: str, value: Value) -> str:
    """What is wrong with a value of a column of a table; empty when it may stand there."""
    try:
        _check(guide("evaluation").question(question_id).column(column_id), value)
    except Problem as problem:
        return problem.what
    return ""


def add_row(
    register: Register,
    evaluation_id: str,
    question_id: str,
    values: Values | None = None,
    *,
    position: str = "",
    source: str = "",
) -> str:
    """Add a row to a table of an evaluation and return its id.

    Today's date and other obvious first values are filled in where ``values`` does not say otherwise. Raises
    Problem ``no_owner`` for a row that belongs to another (a measurement to an indicator) when there is none.
    """
    ids = add_rows(
        register, evaluation_id, question_id, [values or {}], position=position, source=source, op=ADD_ROW
    )
    return ids[0]


def add_rows(
    register: Register,
    evaluation_id: str,
    question_id: str,
    rows: Sequence[Values],
    *,
    position: str = "",
    source: str = "",
    op: Op = ADD_ROWS,
) -> list[str]:
    """Add rows to a table of an evaluation, as one step, and return their ids. Raises as ``add_row``."""
    question = guide("evaluation").question(question_id)
    for name, value in (entry for values in rows for entry in values.items()):
        asked = question.asked(name)
        if asked is not None:
            _check(asked, value)
    evaluation = register.get("evaluation", evaluation_id)
    first = first_values(register, evaluation_id, question.table)

    def change(writer: Writer) -> list[str]:
        return [_put_row(writer, evaluation, question, {**first, **values}) for values in rows]

    return _transact(register, op, evaluation_id, change, position, source)[0]


def _put_row(writer: Writer, evaluation: Record, question: Question, values: dict[str, Value]) -> str:
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
        _set(writer, question, row_id, column, value)
    return row_id


def change_row(
    register: Register,
    evaluation_id: str,
    question_id: str,
    row_id: str,
    column_id: str,
    value: Value,
    *,
    position: str = "",
    source: str = "",
) -> bool:
    """Set a column of a row; False when it stood so already. Raises as ``answer``."""
    question = guide("evaluation").question(question_id)
    column = question.column(column_id)
    _check(column, value)
    return _transact(
        register,
        ANSWER,
        evaluation_id,
        lambda writer: _set(writer, question, row_id, column, value),
        position,
        source,
        merge_key=f"{row_id}.{column_id}",
    )[1]


def drop_row(
    register: Register,
    evaluation_id: str,
    question_id: str,
    row_id: str,
    *,
    position: str = "",
    source: str = "",
) -> None:
    """Take a row out of a table, with all that hangs under it. KeyError when there is no such row."""
    table = guide("evaluation").question(question_id).table
    _transact(register, DROP_ROW, evaluation_id, lambda writer: writer.drop(table, row_id), position, source)


def change_evaluation(
    register: Register,
    op: Op,
    evaluation_id: str,
    change: Callable[[Writer], T],
    *,
    position: str = "",
    source: str = "",
) -> T:
    """Run a change of several rows of an evaluation, with what follows from it, as one step; its result."""
    return _transact(register, op, evaluation_id, change, position, source)[0]


def _transact(
    register: Register,
    op: Op,
    evaluation_id: str,
    change: Callable[[Writer], T],
    position: str,
    source: str,
    merge_key: str | None = None,
) -> tuple[T, bool]:
    """Run a change with what follows from it as one step; the result, and whether anything changed."""
    before = register.get("evaluation", evaluation_id)
    title = register.get("initiative", before.text("initiative_id")).text("title")

    def whole(writer: Writer) -> T:
        result = change(writer)
        if writer.changes:
            add_consequences(writer, before, register.clock(), current_language())
            if position:
                writer.change("evaluation", evaluation_id, {"position": position})
        return result

    done = register.transact(op, whole, source=source, detail=title, merge_key=merge_key)
    return done.result, done.changes is not None


def _put(writer: Writer, evaluation_id: str, place: Place, value: Value) -> None:
    if place.table == "evaluation":
        writer.change("evaluation", evaluation_id, {place.field: value})
    else:
        writer.put_single(place.table, evaluation_id, {place.field: value})


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


def _set(writer: Writer, question: Question, row_id: str, column: Column, value: Value) -> None:
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


def _check(asked: Asked, value: Answer) -> None:
    """Refuse a key that is in no list, too many keys, and a number off the scale."""
    if asked.values and isinstance(value, str) and not _is_key(asked, value):
        raise _not_an_answer(_("“{value}” is not one of the choices.").format(value=value))
    if asked.values and isinstance(value, tuple):
        for key in value:
            if not isinstance(key, str) or not _is_key(asked, key):
                raise _not_an_answer(_("“{value}” is not one of the choices.").format(value=key))
        at_most = asked.at_most if isinstance(asked, Question) else 0
        if at_most and len(value) > at_most:
            raise _not_an_answer(_("At most {count} can be chosen.").format(count=at_most))
    if asked.lowest is None or asked.highest is None or not isinstance(value, int):
        return
    if not asked.lowest <= value <= asked.highest:
        what = _("The scale goes from {lowest} to {highest}.")
        raise _not_an_answer(what.format(lowest=asked.lowest, highest=asked.highest))


def _is_key(asked: Asked, key: str) -> bool:
    return vocabulary().has(asked.values, key) or (asked.unknown and key == UNKNOWN)


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
