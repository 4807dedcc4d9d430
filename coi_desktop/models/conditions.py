"""Conditions of a guide: answered, equals, one_of, first, at_least, count, and/or/not. Nothing else.

A condition speaks of a question (``"scope.stage"``, with a dot) or, inside a table, of a column of the same
row (``"importance"``, without). What is not answered equals nothing and reaches no number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from coi_desktop.models.answers import Answer, Row, is_answered, number_of
from coi_desktop.models.records import Value

#: What a subject of a condition holds now.
Lookup = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Answered:
    """Something is answered; "not known yet" is an answer."""

    subject: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """The answer is one of ``values``; of several chosen keys, one is. ``equals`` is OneOf with one value."""

    subject: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class First:
    """Of a ranking, ``value`` is the key that is put first."""

    subject: str
    value: str


@dataclass(frozen=True, slots=True)
class AtLeast:
    """The answer is a number, or a key that is a number, of at least ``number``."""

    subject: str
    number: Decimal


@dataclass(frozen=True, slots=True)
class Count:
    """At least ``number`` keys are chosen or rows are there; of rows only those that fulfil ``where``, which
    speaks of columns.
    """

    subject: str
    number: int
    where: Condition | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Condition


Condition = Answered | OneOf | First | AtLeast | Count | AllOf | AnyOf | Not


def holds(condition: Condition, lookup: Lookup) -> bool:
    """Whether a condition holds for what ``lookup`` finds."""
    match condition:
        case AllOf(parts):
            return all(holds(part, lookup) for part in parts)
        case AnyOf(parts):
            return any(holds(part, lookup) for part in parts)
        case Not(part):
            return not holds(part, lookup)
        case Answered(subject):
            return is_answered(lookup(subject))
        case OneOf(subject, values):
            return _is_one_of(lookup(subject), values)
        case First(subject, value):
            ranked = lookup(subject)
            return isinstance(ranked, tuple) and ranked[:1] == (value,)
        case AtLeast(subject, number):
            found = number_of(lookup(subject))
            return found is not None and found >= number
        case Count(subject, number, where):
            return len(_counted(lookup(subject), where)) >= number


def is_question(subject: str) -> bool:
    """Whether a subject names a question rather than a column of the row."""
    return "." in subject


def within(row: Mapping[str, Answer], lookup: Lookup) -> Lookup:
    """What a condition inside a table sees: the columns of its row, and every question."""
    return lambda subject: lookup(subject) if is_question(subject) else row.get(subject)


def rows_where(rows: Answer, where: Condition | None) -> tuple[Row, ...]:
    """The rows that fulfil ``where``; all of them without it, none when the answer is no table."""
    if not isinstance(rows, tuple):
        return ()
    found = tuple(row for row in rows if isinstance(row, Mapping))
    return found if where is None else tuple(row for row in found if holds(where, row.get))


def _counted(answer: Answer, where: Condition | None) -> tuple[object, ...]:
    if isinstance(answer, tuple) and not any(isinstance(part, Mapping) for part in answer):
        return tuple(part for part in answer if part is not None)
    return rows_where(answer, where)


def _is_one_of(answer: Answer, values: tuple[Value, ...]) -> bool:
    if isinstance(answer, tuple):
        return any(part in values for part in answer if isinstance(part, str))
    # True is 1 to Python, but "yes" is not the number one to anybody else.
    return any(type(answer) is type(value) and answer == value for value in values)
