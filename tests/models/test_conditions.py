"""Conditions of guides: what counts as answered, equal, enough."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.answers import Answer, is_answered, number_of
from coi_desktop.models.conditions import (
    AllOf,
    Answered,
    AnyOf,
    AtLeast,
    Condition,
    Count,
    Not,
    OneOf,
    holds,
    rows_where,
)

ROWS = ({"kind": "a", "size": "3"}, {"kind": "a", "size": None}, {"kind": "b", "size": "1"})


def _holds(condition: Condition, answer: Answer) -> bool:
    return holds(condition, {"q": answer}.get)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (None, False), ("", False), (" \n ", False), ((), False), ((None, None), False),
        ("unknown", True), (False, True), (0, True), (Decimal(0), True), (("a",), True), ((None, "x"), True),
        (({},), True),
    ],
)  # fmt: skip
def test_no_and_zero_and_not_known_yet_are_answers_and_blanks_are_not(answer: Answer, expected: bool) -> None:
    assert is_answered(answer) is expected
    assert _holds(Answered("q"), answer) is expected


@pytest.mark.parametrize(
    ("answer", "values", "expected"),
    [
        ("red", ("red",), True),
        ("red", ("green", "red"), True),
        (None, ("red",), False),
        (("red", "blue"), ("blue",), True),
        (("red",), ("blue",), False),
        (True, (True,), True),
        (True, (1,), False),
        (1, (True,), False),
        (1, (1,), True),
        (False, (None,), False),
    ],
)
def test_an_answer_equals_only_its_own_kind_of_value(
    answer: Answer, values: tuple[str | bool | int | None, ...], expected: bool
) -> None:
    assert _holds(OneOf("q", values), answer) is expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Decimal("2.0"), True), (Decimal("1.9999"), False), (2, True), (1, False), ("3", True), ("-2", False),
        ("keep", False), ("unknown", False), ("2.5", False), ("²", False), (None, False), (True, False),
    ],
)  # fmt: skip
def test_numbers_and_keys_that_are_numbers_are_compared_as_decimals(answer: Answer, expected: bool) -> None:
    assert _holds(AtLeast("q", Decimal(2)), answer) is expected


def test_rows_and_chosen_keys_are_counted() -> None:
    assert _holds(Count("q", 3), ROWS)
    assert not _holds(Count("q", 4), ROWS)
    assert _holds(Count("q", 2, OneOf("kind", ("a",))), ROWS)
    assert not _holds(Count("q", 2, AllOf((OneOf("kind", ("a",)), AtLeast("size", Decimal(1))))), ROWS)
    assert _holds(Count("q", 2), ("learn", "goal"))
    assert not _holds(Count("q", 1), None)
    assert not _holds(Count("q", 1), "text is not counted")
    assert rows_where(ROWS, Answered("size")) == (ROWS[0], ROWS[2])


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_whole_number_counts_the_same_as_its_key(number: int) -> None:
    assert number_of(str(number)) == number_of(number) == number_of(Decimal(number)) == number


CONDITIONS = st.recursive(
    st.sampled_from(["a", "b"]).flatmap(
        lambda subject: st.one_of(
            st.just(Answered(subject)),
            st.builds(OneOf, st.just(subject), st.tuples(st.sampled_from(["0", "1", "2"]))),
            st.builds(AtLeast, st.just(subject), st.integers(0, 2).map(Decimal)),
        )
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(AllOf, st.tuples(inner, inner)),
        st.builds(AnyOf, st.tuples(inner, inner)),
    ),
    max_leaves=6,
)
ANSWERS = st.fixed_dictionaries(
    {"a": st.sampled_from([None, "0", "1", "2"]), "b": st.sampled_from([None, "1"])}
)


@given(CONDITIONS, CONDITIONS, ANSWERS)
def test_and_or_not_follow_the_laws_of_de_morgan(
    first: Condition, second: Condition, answers: dict[str, str | None]
) -> None:
    assert holds(Not(AllOf((first, second))), answers.get) == holds(
        AnyOf((Not(first), Not(second))), answers.get
    )
    assert holds(Not(Not(first)), answers.get) == holds(first, answers.get)
