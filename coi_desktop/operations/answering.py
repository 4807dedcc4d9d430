"""Answering the questions of an evaluation: every answer goes where the guide says it is stored.

An answer is one commit and, typed on within a minute, one undo step. What follows from it by rule (see
``automatic_answers``) is part of the same step. ``position`` is the screen one stands on; it is kept with the
answer, so that an evaluation can be resumed there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, current_language
from coi_desktop.models.answers import Answer
from coi_desktop.models.changes import Op
from coi_desktop.models.records import Value, Values
from coi_desktop.operations.answer_writing import check_answer, put_answer, put_line, put_row, set_column
from coi_desktop.operations.automatic_answers import add_consequences, first_values
from coi_desktop.operations.library import guide, words_of
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
    check_answer(question, value if part == "" else None, words_of(register))

    def change(writer: Writer) -> None:
        put_answer(writer, evaluation_id, question, value, part)

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
    check_answer(column, value)

    def change(writer: Writer) -> None:
        put_line(writer, evaluation_id, question, line, column, value)

    merge_key = f"{evaluation_id}.{question_id}.{line}.{column_id}"
    return _transact(register, ANSWER, evaluation_id, change, position, source, merge_key=merge_key)[1]


def check_column(question_id: str, column_id: str, value: Value) -> str:
    """What is wrong with a value of a column of a table; empty when it may stand there."""
    try:
        check_answer(guide("evaluation").question(question_id).column(column_id), value)
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
    rows = [question.renamed(values) for values in rows]
    for name, value in (entry for values in rows for entry in values.items()):
        asked = question.asked(name)
        if asked is not None:
            check_answer(asked, value)
    evaluation = register.get("evaluation", evaluation_id)
    first = first_values(register, evaluation_id, question.table)

    def change(writer: Writer) -> list[str]:
        return [put_row(writer, evaluation, question, {**first, **values}) for values in rows]

    return _transact(register, op, evaluation_id, change, position, source)[0]


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
    check_answer(column, value)
    return _transact(
        register,
        ANSWER,
        evaluation_id,
        lambda writer: set_column(writer, question, row_id, column, value),
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
    whole = with_consequences(register, evaluation_id, change, position)
    done = register.transact(op, whole, source=source, detail=title, merge_key=merge_key)
    return done.result, done.changes is not None


def with_consequences(
    register: Register, evaluation_id: str, change: Callable[[Writer], T], position: str = ""
) -> Callable[[Writer], T]:
    """A change of an evaluation with what follows from it by rule; KeyError when there is no evaluation."""
    before = register.get("evaluation", evaluation_id)

    def whole(writer: Writer) -> T:
        result = change(writer)
        if writer.changes:
            add_consequences(writer, before, register.clock(), current_language())
            if position:
                writer.change("evaluation", evaluation_id, {"position": position})
        return result

    return whole
