"""How much evaluation is enough: six answers, a sum, a depth."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.proportion import (
    DEPTHS,
    QUESTIONS,
    hours_short_of,
    points_of_amount,
    proportion_figures,
)
from tests.models.evaluation_cases import shipped_catalogue

LIMITS = shipped_catalogue().proportion


def answers(text: str) -> dict[str, str]:
    """``111120`` → cost 1, reach 1, risk 1, uncertainty 1, stakes 2, requirement 0; ``?`` is not known."""
    return {
        question: {"?": "unknown", "-": ""}.get(answer, answer)
        for question, answer in zip(QUESTIONS, text, strict=True)
    }


@pytest.mark.parametrize(
    ("given_answers", "total", "depth", "raised_by"),
    [
        ("000000", 0, "light", ()),
        ("111000", 3, "light", ()),
        ("111100", 4, "standard", ()),
        ("111120", 6, "standard", ()),
        ("220111", 7, "standard", ()),
        ("220211", 8, "deep", ()),
        ("222222", 12, "deep", ()),
        ("002000", 2, "standard", ("risk",)),
        ("000002", 2, "standard", ("requirement",)),
        ("200000", 2, "light", ()),
        ("000200", 2, "light", ()),
        ("002002", 4, "standard", ()),
        ("22?222", None, None, ()),
        ("00-000", None, None, ()),
        ("??????", None, None, ()),
    ],
)
def test_depth_follows_the_sum_and_what_can_go_wrong(given_answers, total, depth, raised_by):
    figures = proportion_figures(answers(given_answers), LIMITS)
    assert (figures.total, figures.depth, figures.raised_by) == (total, depth, raised_by)


def test_open_questions_are_named():
    assert proportion_figures(answers("2?2-22"), LIMITS).open_questions == ("reach", "uncertainty")
    assert proportion_figures({}, LIMITS).open_questions == QUESTIONS


@pytest.mark.parametrize(
    ("question", "amount", "points"),
    [
        ("cost", "99999.99", 0), ("cost", "100000", 1), ("cost", "1000000", 1), ("cost", "1000000.01", 2),
        ("reach", "24", 0), ("reach", "25", 1), ("reach", "500", 1), ("reach", "501", 2),
    ],
)  # fmt: skip
def test_a_known_amount_gives_its_points(question, amount, points):
    assert points_of_amount(Decimal(amount), getattr(LIMITS, question)) == points
    assert points_of_amount(None, LIMITS.cost) is None


@pytest.mark.parametrize(
    ("depth", "hours", "short"),
    [
        ("light", "3", "1"),
        ("light", "4", None),
        ("standard", "24.5", "0.5"),
        ("deep", "25", "55"),
        ("", "1", None),
    ],
)
def test_hours_below_the_planning_floor_are_noticed(depth, hours, short):
    expected = None if short is None else Decimal(short)
    assert hours_short_of(Decimal(hours), depth, LIMITS) == expected
    assert hours_short_of(None, depth, LIMITS) is None


@given(st.text(alphabet="012", min_size=6, max_size=6), st.integers(0, 5))
def test_a_higher_answer_never_makes_the_evaluation_lighter(text, place):
    higher = text[:place] + str(min(2, int(text[place]) + 1)) + text[place + 1 :]
    before, after = (proportion_figures(answers(one), LIMITS) for one in (text, higher))
    assert DEPTHS.index(after.depth) >= DEPTHS.index(before.depth)
