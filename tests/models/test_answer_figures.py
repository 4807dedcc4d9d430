"""What is summed up of answers is what statistics give, and nothing of few people is told."""

from __future__ import annotations

import statistics
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.answer_figures import (
    figures_of_numbers,
    figures_of_yes,
    format_distribution,
    pairs_of_numbers,
    pairs_of_yes,
    parse_distribution,
)

numbers = st.decimals(-10_000, 10_000, places=2)
HALF_OF_LAST = 0.000051


@given(st.lists(numbers, min_size=2, max_size=60))
def test_mean_and_spread_are_those_of_a_sample(values: list[Decimal]) -> None:
    found = figures_of_numbers(values)
    assert found is not None
    assert found.n == len(values)
    assert abs(float(found.value) - float(statistics.fmean(values))) <= HALF_OF_LAST
    assert found.sd is not None
    assert abs(float(found.sd) - statistics.stdev(map(float, values))) <= HALF_OF_LAST * 2


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_share_of_yes_is_in_percent(answers: list[bool]) -> None:
    found = figures_of_yes(answers)
    assert found is not None
    assert (found.n, found.sd) == (len(answers), None)
    assert abs(float(found.value) - 100 * statistics.fmean(map(int, answers))) <= HALF_OF_LAST


@given(st.lists(st.tuples(numbers, numbers), min_size=2, max_size=60))
def test_spread_of_pairs_is_that_of_their_differences(pairs: list[tuple[Decimal, Decimal]]) -> None:
    found = pairs_of_numbers(pairs)
    assert found.n == len(pairs)
    assert found.sd is not None
    expected = statistics.stdev(float(after - before) for before, after in pairs)
    assert abs(float(found.sd) - expected) <= HALF_OF_LAST * 2


@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=60))
def test_changed_minds_of_pairs_give_the_change_of_the_share(pairs: list[tuple[bool, bool]]) -> None:
    found = pairs_of_yes(pairs)
    assert found.gained is not None
    assert found.lost is not None
    change = sum(after for _before, after in pairs) - sum(before for before, _after in pairs)
    assert found.gained - found.lost == change


def test_one_answer_has_a_mean_and_no_spread() -> None:
    assert figures_of_numbers([Decimal("3.50")]) == (1, Decimal("3.5"), None)
    assert figures_of_numbers([]) is None


def test_whole_means_are_not_written_in_powers_of_ten() -> None:
    found = figures_of_numbers([Decimal(1000), Decimal(1000)])
    assert found is not None
    assert str(found.value) == "1000"
    assert found.sd == 0


def test_distribution_keeps_the_order_and_is_read_back() -> None:
    stored = format_distribution({"5: Meget; tilfreds": 12, "Tilfreds": 0, "Utilfreds": 6})
    assert stored == "5: Meget, tilfreds: 12; Utilfreds: 6"
    assert parse_distribution(stored) == {"5: Meget, tilfreds": 12, "Utilfreds": 6}


def test_few_of_an_answer_are_not_told_nor_can_they_be_worked_out() -> None:
    stored = format_distribution({"Tilfreds": 20, "Hverken eller": 8, "Utilfreds": 2})
    assert parse_distribution(stored) == {"Tilfreds": 20, "Hverken eller": None, "Utilfreds": None}


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30), min_size=1))
def test_whatever_is_told_of_a_distribution_hides_no_group_that_follows(counts: dict[str, int]) -> None:
    told = parse_distribution(format_distribution(counts))
    shown = [count for count in told.values() if count is not None]
    rest = sum(counts.values()) - sum(shown)
    assert all(count >= 5 for count in shown)
    assert rest == 0 or rest >= 5 or not shown
