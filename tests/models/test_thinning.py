"""Thinning goes by order and content: no clock can make it throw the good ones away."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.thinning import (
    ALWAYS,
    DAILY,
    MONTHLY,
    RECENT,
    WEEKLY,
    Kept,
    has_shrunk,
    plan_thinning,
)

MOST = RECENT + DAILY + WEEKLY + MONTHLY

days = st.one_of(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.sampled_from([date(2019, 1, 1), date(2040, 6, 1), date(1980, 1, 1)]),
)
backups = st.lists(st.tuples(days, st.integers(0, 1000)), max_size=120).map(
    lambda found: [Kept(number + 1, day, amount) for number, (day, amount) in enumerate(found)]
)


def kept(all_of_them: list[Kept]) -> list[int]:
    """What is left, in order."""
    gone = plan_thinning(all_of_them)
    return [one.sequence for one in all_of_them if one.sequence not in gone]


def every_day(count: int, start: date = date(2026, 1, 1), amount: int = 100) -> list[Kept]:
    """A backup a day."""
    return [Kept(number + 1, start + timedelta(days=number), amount) for number in range(count)]


@given(backups)
def test_the_newest_stay_whatever_the_dates_say(some: list[Kept]) -> None:
    left = kept(some)
    newest = [one.sequence for one in some][-ALWAYS:]
    assert set(newest) <= set(left)
    assert len(left) >= min(ALWAYS, len(some))
    assert len(left) <= 3 * MOST


@given(backups)
def test_thinning_twice_lets_nothing_more_go(some: list[Kept]) -> None:
    left = [one for one in some if one.sequence in kept(some)]
    if not any(has_shrunk(newer.amount, older.amount) for older, newer in pairwise(some)):
        assert plan_thinning(left) == frozenset()


@given(backups)
def test_the_order_in_which_they_are_given_does_not_matter(some: list[Kept]) -> None:
    assert plan_thinning(some) == plan_thinning(some[::-1])


@given(st.lists(days, min_size=1, max_size=60))
def test_the_ten_newest_of_backups_that_do_not_shrink_stay(some: list[date]) -> None:
    found = [Kept(number, day, 100) for number, day in enumerate(some)]
    assert set(kept(found)) >= {one.sequence for one in found[-RECENT:]}


def test_a_year_of_days_leaves_ten_recent_seven_daily_four_weekly_twelve_monthly() -> None:
    some = every_day(365)
    left = [some[number - 1].day for number in kept(some)]
    assert left[-10:] == [date(2026, 12, 22) + timedelta(days=number) for number in range(10)]
    assert {day.month for day in left} == set(range(1, 13))
    assert len(left) == 10 + 2 + 11  # the days are among the recent; two weeks and eleven months are older


def test_thinning_after_every_backup_comes_to_the_same_as_thinning_once() -> None:
    some = [Kept(number, date(2026, 1, 1) + timedelta(days=number // 4), 100) for number in range(1200)]
    left: list[Kept] = []
    for one in some:
        left.append(one)
        gone = plan_thinning(left)
        left = [other for other in left if other.sequence not in gone]
    assert [one.sequence for one in left] == kept(some)


def test_many_a_day_leave_one_for_each_of_seven_days() -> None:
    some = [Kept(number, date(2026, 3, 1) + timedelta(days=number // 20), 50) for number in range(200)]
    left = kept(some)
    assert left[-10:] == list(range(190, 200))
    assert {39 + 20 * number for number in range(3, 8)} <= set(left)


@pytest.mark.parametrize("wrong", [date(2019, 1, 1), date(2040, 1, 1)])
def test_a_clock_that_jumps_for_a_day_costs_no_more_than_the_slots_it_takes(wrong: date) -> None:
    some = every_day(60)
    jumped = [
        *some,
        *(Kept(61 + number, wrong, 100) for number in range(20)),
        Kept(81, date(2026, 3, 2), 100),
    ]
    left = kept(jumped)
    assert {one.sequence for one in jumped[-RECENT:]} <= set(left)
    assert 60 in left
    assert len([number for number in left if number <= 60]) >= 5


def test_control_thinning_by_the_clock_loses_the_good_ones() -> None:
    """The control: what the rules above are to find."""
    some = [*every_day(20), *(Kept(21 + number, date(2040, 1, 1 + number), 100) for number in range(10))]
    by_the_clock = {one.sequence for one in some if one.day >= date(2040, 1, 10) - timedelta(days=31)}
    back_again = [*some, Kept(31, date(2026, 1, 21), 100)]
    assert 31 not in by_the_clock
    assert 31 in kept(back_again)


def test_a_backup_half_as_small_pushes_no_larger_one_out() -> None:
    large = every_day(30, amount=1000)
    small = [Kept(31 + number, date(2026, 2, 1) + timedelta(days=number), 10) for number in range(300)]
    left = kept([*large, *small])
    assert 30 in left
    assert len([number for number in left if number <= 30]) >= RECENT
    assert kept(large) == [number for number in left if number <= 30]


@pytest.mark.parametrize(("amount", "before", "shrunk"), [(49, 100, True), (50, 100, False), (0, 0, False)])
def test_less_than_half_has_shrunk(amount: int, before: int, shrunk: bool) -> None:
    assert has_shrunk(amount, before) is shrunk
