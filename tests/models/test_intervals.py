"""Intervals of a change: published worked examples, SciPy as the judge, and odd inputs."""

from __future__ import annotations

from math import isclose, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from coi_desktop.models.intervals import (
    NORMAL_QUANTILE,
    Interval,
    mean_change_paired,
    mean_change_unpaired,
    score_interval,
    share_change_paired,
    share_change_unpaired,
    t_quantile,
    t_tail,
)

counts = st.integers(2, 400)
deviations = st.floats(0.01, 1e4)
means = st.floats(-1e5, 1e5)


def bounds(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


# Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10: yes and n of the first and the
# second share, limits of first minus second.
UNPAIRED = [
    ((56, 70), (48, 80), (0.0524, 0.3339)),
    ((9, 10), (3, 10), (0.1705, 0.8090)),
    ((6, 7), (2, 7), (0.0582, 0.8062)),
    ((5, 56), (0, 29), (-0.0381, 0.1926)),
    ((0, 10), (0, 20), (-0.1611, 0.2775)),
    ((0, 10), (0, 10), (-0.2775, 0.2775)),
    ((10, 10), (0, 20), (0.6791, 1.0000)),
    ((10, 10), (0, 10), (0.6075, 1.0000)),
]


@pytest.mark.parametrize(("after", "before", "limits"), UNPAIRED)
def test_shares_of_two_groups_are_those_of_the_published_table(
    after: tuple[int, int], before: tuple[int, int], limits: tuple[float, float]
) -> None:
    found = share_change_unpaired((before[0] / before[1], before[1]), (after[0] / after[1], after[1]))

    assert bounds(found) == pytest.approx(limits, abs=5e-5)


# Newcombe, Statistics in Medicine 17 (1998) 2635-2650, method 10, and Altman and others, Statistics with
# Confidence (2000), table 6.2: both, only first, only second, neither; limits of first minus second.
PAIRED = [
    ((36, 12, 2, 0), (0.0569, 0.3404)),
    ((20, 12, 2, 16), (0.0562, 0.3292)),
    ((14, 5, 0, 22), (0.011, 0.226)),
]


@pytest.mark.parametrize(("cells", "limits"), PAIRED)
def test_shares_of_the_same_people_are_those_of_the_published_tables(
    cells: tuple[int, int, int, int], limits: tuple[float, float]
) -> None:
    both, only_first, only_second, neither = cells
    found = share_change_paired(both, gained=only_first, lost=only_second, n=sum(cells))

    assert bounds(found) == pytest.approx(limits, abs=5e-4 if neither == 22 else 5e-5)


def test_the_same_people_the_other_way_round_give_the_mirrored_interval() -> None:
    one, other = share_change_paired(14, 5, 0, 41), share_change_paired(14, 0, 5, 41)

    low, high = bounds(other)
    assert bounds(one) == pytest.approx((-high, -low))


@given(st.floats(1, 1e6))
def test_t_quantiles_are_those_of_scipy(degrees: float) -> None:
    assert t_quantile(degrees) == pytest.approx(float(stats.t.ppf(0.975, degrees)), rel=1e-8)


@given(st.floats(0, 60), st.floats(1, 1e5))
def test_tails_of_t_are_those_of_scipy(value: float, degrees: float) -> None:
    assert t_tail(value, degrees) == pytest.approx(float(stats.t.sf(value, degrees)), rel=1e-7, abs=1e-300)


def test_the_normal_quantile_is_the_one_scipy_has_and_the_limit_of_t() -> None:
    assert isclose(NORMAL_QUANTILE, float(stats.norm.ppf(0.975)), rel_tol=1e-15)
    assert t_quantile(1e9) == NORMAL_QUANTILE


@given(means, deviations, counts)
def test_the_mean_of_differences_has_the_interval_of_scipy(mean: float, deviation: float, n: int) -> None:
    expected = stats.t.interval(0.95, n - 1, loc=mean, scale=deviation / sqrt(n))

    assert bounds(mean_change_paired(mean, deviation, n)) == pytest.approx(expected, rel=1e-7, abs=1e-7)


# Hours of extra sleep with one drug and with another, the same ten people: Student, Biometrika 6 (1908) 1-25.
FIRST = (0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0)
SECOND = (1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4)


def test_students_own_example_has_the_interval_of_a_paired_t_test() -> None:
    changes = [after - before for before, after in zip(FIRST, SECOND, strict=True)]
    expected = stats.ttest_rel(SECOND, FIRST).confidence_interval(0.95)

    found = mean_change_paired(sum(changes) / 10, float(stats.tstd(changes)), 10)

    assert bounds(found) == pytest.approx((expected.low, expected.high))
    assert bounds(found) == pytest.approx((0.7001, 2.4599), abs=5e-5)


def test_students_example_taken_as_two_groups_has_the_interval_of_welch() -> None:
    rounds = [(sum(one) / 10, float(stats.tstd(one)), 10) for one in (FIRST, SECOND)]

    found = mean_change_unpaired(rounds[0], rounds[1])

    assert found is not None
    assert found.degrees == pytest.approx(17.776, abs=5e-4)
    assert bounds(found) == pytest.approx((-0.2055, 3.3655), abs=5e-5)


@given(means, deviations, counts, means, deviations, counts)
def test_two_rounds_have_the_interval_of_welch_as_scipy_computes_it(
    first: float, first_spread: float, first_n: int, second: float, second_spread: float, second_n: int
) -> None:
    found = mean_change_unpaired((first, first_spread, first_n), (second, second_spread, second_n))

    test = stats.ttest_ind_from_stats(
        second, second_spread, second_n, first, first_spread, first_n, equal_var=False
    )
    assert found is not None
    assert found.degrees is not None
    error = sqrt(first_spread**2 / first_n + second_spread**2 / second_n)
    half = float(stats.t.ppf(0.975, found.degrees)) * error
    assert bounds(found) == pytest.approx((second - first - half, second - first + half), rel=1e-7, abs=1e-7)
    assert min(first_n, second_n) - 1 <= found.degrees * (1 + 1e-9)
    assert found.degrees <= (first_n + second_n - 2) * (1 + 1e-9)
    p_value = 2 * t_tail(abs(second - first) / error, found.degrees)
    assert p_value == pytest.approx(float(test.pvalue), rel=1e-6, abs=1e-12)


@given(st.integers(1, 2_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_score_intervals_are_those_of_scipy(answers: tuple[int, int]) -> None:
    yes, n = answers
    expected = stats.binomtest(yes, n).proportion_ci(0.95, method="wilson")

    assert score_interval(yes / n, n) == pytest.approx((expected.low, expected.high), abs=1e-9)


@given(st.floats(0, 1), st.integers(1, 500), st.floats(0, 1), st.integers(1, 500))
def test_an_interval_of_shares_holds_the_change_and_stays_within_possible_changes(
    first: float, first_n: int, second: float, second_n: int
) -> None:
    low, high = bounds(share_change_unpaired((first, first_n), (second, second_n)))

    assert -1 - 1e-12 <= low <= second - first <= high <= 1 + 1e-12


@given(*[st.integers(0, 60)] * 4)
def test_an_interval_of_paired_shares_holds_the_change_and_stays_within_possible_changes(
    kept: int, gained: int, lost: int, neither: int
) -> None:
    n = kept + gained + lost + neither
    found = share_change_paired(kept, gained, lost, n)
    if n == 0:
        assert found is None
        return

    low, high = bounds(found)
    assert -1 - 1e-9 <= low <= (gained - lost) / n <= high <= 1 + 1e-9


def test_without_spread_or_people_there_is_no_interval() -> None:
    assert mean_change_paired(1.0, 0.0, 20) is None
    assert mean_change_paired(1.0, 2.0, 1) is None
    assert mean_change_paired(float("nan"), 2.0, 9) is None
    assert mean_change_unpaired((1.0, 0.0, 9), (2.0, 0.0, 9)) is None
    assert mean_change_unpaired((1.0, 1.0, 1), (2.0, 1.0, 9)) is None
    assert mean_change_unpaired((1.0, -1.0, 5), (2.0, 1.0, 9)) is None
    assert share_change_unpaired((0.5, 0), (0.5, 10)) is None
    assert share_change_unpaired((1.2, 10), (0.5, 10)) is None
    assert share_change_paired(5, 5, 5, 10) is None
    assert share_change_paired(-1, 5, 5, 10) is None


def test_spread_in_one_round_is_enough_for_an_interval() -> None:
    found = mean_change_unpaired((3.0, 0.0, 10), (4.0, 1.0, 10))

    assert found is not None
    assert found.degrees == pytest.approx(9)
    assert not found.holds_zero
