"""Whether a condition can hold at all: tried out with every answer that makes a difference to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod
from typing import cast

from coi_desktop.models.answers import Answer, Row
from coi_desktop.models.conditions import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Count,
    First,
    Not,
    OneOf,
    holds,
    is_question,
)
from coi_desktop.models.guide import TABLES, Asked, Guide, Question, QuestionKind
from coi_desktop.models.vocabulary import UNKNOWN, Vocabulary

_Test = Answered | OneOf | First | AtLeast | Count

_CHOSEN = frozenset({QuestionKind.CHOICES, QuestionKind.RANK})
_TICKED = frozenset({QuestionKind.YES_NO, QuestionKind.TICK})

#: With more combinations than this a condition counts as possible: no guide written by people gets there.
MOST_TRIED = 100_000


def can_hold(condition: Condition, guide: Guide, vocabulary: Vocabulary) -> bool:
    """Whether some answers to the guide's questions fulfil the condition."""
    tests = _by_subject(condition)
    samples = [
        tuple(_samples(guide.question(subject), of_subject, vocabulary))
        for subject, of_subject in tests.items()
    ]
    return _some_fit(condition, tuple(tests), samples)


def needed(condition: Condition) -> Iterator[str]:
    """The questions without whose answer a condition cannot hold."""
    match condition:
        case AllOf(parts):
            for part in parts:
                yield from needed(part)
        case (
            Answered(subject)
            | OneOf(subject, _)
            | First(subject, _)
            | AtLeast(subject, _)
            | Count(subject, _, _)
        ):
            if is_question(subject):
                yield subject


def _some_fit(condition: Condition, subjects: Sequence[str], samples: Sequence[Sequence[Answer]]) -> bool:
    if prod(map(len, samples)) > MOST_TRIED:
        return True
    return any(
        holds(condition, dict(zip(subjects, combination, strict=True)).get)
        for combination in product(*samples)
    )


def _by_subject(condition: Condition) -> dict[str, list[_Test]]:
    found: dict[str, list[_Test]] = {}
    for test in _tests(condition):
        found.setdefault(test.subject, []).append(test)
    return found


def _tests(condition: Condition) -> Iterator[_Test]:
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _tests(part)
        case Not(part):
            yield from _tests(part)
        case _:
            yield condition


def _samples(asked: Asked, tests: Sequence[_Test], vocabulary: Vocabulary) -> Iterator[Answer]:
    """Answers that tell the tests apart in every way they can be told apart; nothing is one of them."""
    yield None
    if isinstance(asked, Question) and asked.kind in TABLES:
        yield from _tables(asked, tests, vocabulary)
    elif asked.kind in _CHOSEN:
        yield from _choices(vocabulary.keys(asked.values), tests)
    elif asked.values:
        yield from vocabulary.keys(asked.values)
        yield from (UNKNOWN,) if asked.unknown else ()
    elif asked.kind in _TICKED:
        yield from (True, False)
    elif asked.kind in (QuestionKind.INTEGER, QuestionKind.SCALE, QuestionKind.NUMBER, QuestionKind.MONEY):
        yield from _numbers(asked, tests)
    elif asked.kind is QuestionKind.REFERENCES:
        most = max((test.number for test in tests if isinstance(test, Count)), default=1)
        yield from (tuple(map(str, range(size))) for size in range(1, most + 1))
    else:
        yield "x"


def _choices(keys: Sequence[str], tests: Sequence[_Test]) -> Iterator[Answer]:
    named = {value for test in tests if isinstance(test, OneOf) for value in test.values}
    firsts = [test.value for test in tests if isinstance(test, First)]
    yield from ((key, *(other for other in keys if other != key)) for key in firsts)
    relevant = [key for key in keys if key in named]
    others = [key for key in keys if key not in named]
    for size in range(len(relevant) + 1):
        for chosen in combinations(relevant, size):
            for more in range(len(others) + 1):
                if chosen or more:
                    yield (*chosen, *others[:more])


def _numbers(asked: Asked, tests: Sequence[_Test]) -> Iterator[Answer]:
    bounds = [test.number for test in tests if isinstance(test, AtLeast)]
    values = [value for test in tests if isinstance(test, OneOf) for value in test.values]
    whole = [int(value) for value in values if isinstance(value, int)]
    tried: list[Decimal | int]
    if asked.kind is QuestionKind.SCALE:
        tried = list(range(asked.lowest or 0, (asked.highest or 0) + 1))
    else:
        tried = [*(bound + step for bound in bounds for step in (-1, 0)), *whole, max(whole, default=0) + 1]
    yield from tried


def _tables(table: Question, tests: Sequence[_Test], vocabulary: Vocabulary) -> Iterator[Answer]:
    """Tables whose rows fulfil some of the ``where``: as many copies of a fitting row as are asked for."""
    groups: list[tuple[Row, ...]] = [({},)]
    for test in tests:
        if isinstance(test, Count):
            row = {} if test.where is None else _fitting_row(test.where, table, vocabulary)
            if row is not None:
                groups.append(tuple(row for _ in range(test.number)))
    for size in range(1, len(groups) + 1):
        for chosen in combinations(groups, size):
            yield tuple(chain.from_iterable(chosen))


def _fitting_row(where: Condition, table: Question, vocabulary: Vocabulary) -> Row | None:
    tests = _by_subject(where)
    samples = []
    for column_id, of_column in tests.items():
        asked = table.asked(column_id)
        samples.append(() if asked is None else tuple(_samples(asked, of_column, vocabulary)))
    for combination in product(*samples):
        row = dict(zip(tests, combination, strict=True))
        if holds(where, row.get):
            return cast(Row, row)
    return None
