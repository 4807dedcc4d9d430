"""Small counts: nothing that is kept back can be computed from what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.points import NO_GROUP, Counting, Point, ShownPoints, Start, shown_points
from coi_desktop.models.summing import Summing
from coi_desktop.models.suppression import SMALLEST_COUNT, Hidden, hidden_cells, is_too_few

DAY = date(2026, 5, 1)
ADDED = Counting(summing=Summing.ADD)


def test_one_small_group_takes_the_next_smallest_with_it():
    assert hidden_cells([3, 12, 8, 40], [63]) == Hidden(frozenset({0, 2}), frozenset())


def test_two_small_groups_of_five_people_together_are_enough():
    assert hidden_cells([3, 2, 8, 40], [53]) == Hidden(frozenset({0, 1}), frozenset())


def test_two_small_groups_of_fewer_than_five_people_take_a_third():
    assert hidden_cells([2, 2, 8, 40], [52]) == Hidden(frozenset({0, 1, 2}), frozenset())


def test_without_a_total_only_the_small_group_is_hidden():
    assert hidden_cells([3, 12, 8], []) == Hidden(frozenset({0}), frozenset())


def test_people_in_no_group_keep_a_small_group_from_following():
    assert hidden_cells([3, 12, 8], [63]).groups == {0}


def test_a_few_people_in_no_group_would_follow_from_the_total():
    assert hidden_cells([12, 8], [22]).groups == {1}


def test_a_small_total_hides_every_group():
    assert hidden_cells([2, 2], [4]) == Hidden(frozenset({0, 1}), frozenset({0}))


def test_a_lone_small_group_hides_a_total_of_nobody_knows_how_many():
    assert hidden_cells([3], [None]) == Hidden(frozenset({0}), frozenset({0}))


def test_groups_of_unknown_size_are_hidden_last():
    assert hidden_cells([3, None, 20], [None]).groups == {0, 2}


def test_large_groups_are_all_shown():
    assert hidden_cells([5, 6, 7], [18]) == Hidden(frozenset(), frozenset())
    assert hidden_cells([], []) == Hidden(frozenset(), frozenset())


def test_a_raised_threshold_holds_for_all():
    assert hidden_cells([9, 10, 30, 31], [80], 10).groups == {0, 1}


# ------------------------------------------------------------------------- what an attacker computes

Row = list[Fraction]


def reduced(rows: Iterable[Sequence[int]]) -> list[Row]:
    """The rows of a system of equations, reduced: what follows from them."""
    matrix: list[Row] = [[Fraction(one) for one in row] for row in rows]
    width = len(matrix[0]) if matrix else 0
    done = 0
    for column in range(width):
        pivot = next((place for place in range(done, len(matrix)) if matrix[place][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        lead = matrix[done][column]
        matrix[done] = [one / lead for one in matrix[done]]
        for place, row in enumerate(matrix):
            if place != done and row[column]:
                factor = row[column]
                matrix[place] = [one - factor * two for one, two in zip(row, matrix[done], strict=True)]
        done += 1
    return matrix[:done]


def follows(wanted: Sequence[int], rows: Sequence[Sequence[int]]) -> bool:
    return len(reduced([*rows, wanted])) == len(reduced(rows))


def told(people: Sequence[int], rows: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """The sets of cells holding fewer than five people whose sum follows from what is shown."""
    few = [place for place, n in enumerate(people) if n < SMALLEST_COUNT]
    found = []
    for size in range(1, len(few) + 1):
        for cells in combinations(few, size):
            if 0 < sum(people[place] for place in cells) < SMALLEST_COUNT:
                wanted = [int(place in cells) for place in range(len(people))]
                if follows(wanted, rows):
                    found.append(cells)
    return found


Rule = Callable[[Sequence[int | None], Sequence[int | None]], Hidden]


def only_small(groups: Sequence[int | None], totals: Sequence[int | None]) -> Hidden:
    """A broken rule: what is small is hidden, and nothing with it."""
    return Hidden(
        frozenset(place for place, n in enumerate(groups) if is_too_few(n)),
        frozenset(place for place, n in enumerate(totals) if is_too_few(n)),
    )


def leaks(rule: Rule, groups: Sequence[int], rest: int) -> list[tuple[int, ...]]:
    """What follows from what ``rule`` shows of groups, a rest in no group, and their total."""
    people = [*groups, rest]
    hidden = rule(groups, [sum(people)])
    shown = [
        [int(place == one) for one in range(len(people))]
        for place in range(len(groups))
        if place not in hidden.groups
    ]
    if not hidden.totals:
        shown.append([1] * len(people) if rest else [1] * len(groups) + [0])
    return told(people, shown)


group_sizes = st.lists(st.integers(1, 15), min_size=1, max_size=7)


@given(group_sizes, st.one_of(st.just(0), st.integers(0, 12)))
def test_no_group_of_few_people_follows_from_the_total(groups, rest):
    assert leaks(hidden_cells, groups, rest) == []


@pytest.mark.parametrize(("groups", "rest"), [([3, 12, 8], 0), ([2, 2, 9], 0), ([12, 8], 2)])
def test_the_check_catches_a_rule_without_complementary_hiding(groups, rest):
    assert leaks(only_small, groups, rest)


@given(group_sizes)
def test_no_more_is_hidden_than_is_needed_where_nothing_is_small(groups):
    if min(groups) >= SMALLEST_COUNT:
        assert hidden_cells(groups, [sum(groups)]) == Hidden(frozenset(), frozenset())


# ------------------------------------------------------------------------------- rows, groups, everybody


def row(subgroup: str, n: int, place: int) -> Point:
    return Point(DAY, Decimal(n * 7 + place), n, subgroup=subgroup, id=str(place))


def equations(rows: Sequence[Point], shown: ShownPoints) -> list[list[int]]:
    """What is shown as equations over the measurements of groups."""
    open_ids = {point.id for point in shown.measured if not point.suppressed}
    found = [
        [int(place == other) for other in range(len(rows))]
        for place, one in enumerate(rows)
        if one.id in open_ids
    ]
    found += [
        [int(one.subgroup == cell.subgroup) for one in rows] for cell in shown.groups if not cell.suppressed
    ]
    if any(not point.suppressed for point in shown.everybody):
        found.append([1] * len(rows))
    return found


members = st.lists(
    st.tuples(st.sampled_from(["Nord", "Syd", "Øst", "Vest"]), st.integers(1, 9)), min_size=1, max_size=7
)


@given(members, st.booleans())
def test_nothing_follows_from_measurements_groups_and_everybody_together(drawn, with_baseline):
    rows = [row(name, n, place) for place, (name, n) in enumerate(drawn)]
    everybody = sum(n for _name, n in drawn)
    start = Start(DAY, sum((one.value for one in rows), Decimal(0)), everybody) if with_baseline else None
    shown = shown_points(rows, ADDED, start)
    found = equations(rows, shown)
    if with_baseline and not shown.is_baseline_hidden:
        found.append([1] * len(rows))
    assert told([n for _name, n in drawn], found) == []


@given(members)
def test_hidden_points_have_neither_value_nor_number_nor_note(drawn):
    rows = [row(name, n, place) for place, (name, n) in enumerate(drawn)]
    for point in (shown := shown_points(rows, ADDED)).measured + shown.groups + shown.everybody:
        if point.suppressed:
            assert (point.value, point.n, point.sd, point.note) == (None, None, None, "")


@given(members)
def test_what_is_not_people_is_never_hidden(drawn):
    rows = [row(name, n, place) for place, (name, n) in enumerate(drawn)]
    shown = shown_points(rows, Counting(of_people=False, summing=Summing.ADD))
    assert [point.value for point in shown.measured].count(None) == 0
    assert shown.everybody[0].value == sum(one.value for one in rows)


def test_small_groups_that_are_merged_are_shown_together_and_not_apart():
    rows = [row("Nord", 3, 0), row("Nord", 4, 1), row("Syd", 30, 2)]
    shown = shown_points(rows, ADDED)
    assert [(cell.subgroup, cell.n) for cell in shown.groups] == [("Nord", 7), ("Syd", 30)]
    assert [point.suppressed for point in shown.measured] == [True, True, False]


def test_a_group_that_was_taken_away_is_a_group_and_not_everybody():
    rows = [row(NO_GROUP, 3, 0), row("Syd", 30, 1), row("Øst", 9, 2)]
    shown = shown_points(rows, ADDED)
    assert [cell.subgroup for cell in shown.groups if cell.suppressed] == [NO_GROUP, "Øst"]
    assert shown.everybody[0].n == 42


def test_a_baseline_is_of_the_people_of_the_measurement_it_was_taken_from():
    shown = shown_points([Point(DAY, Decimal(74), 3)], Counting(), Start(DAY, Decimal(74)))
    assert shown.is_baseline_hidden
    assert not shown_points(
        [Point(DAY, Decimal(74), 30)], Counting(), Start(DAY, Decimal(74))
    ).is_baseline_hidden
    again = shown_points([Point(DAY, Decimal(74))], Counting(), Start(DAY, Decimal(74), 3))
    assert again.is_baseline_hidden
    assert again.everybody[0].value is None


def test_a_value_that_is_itself_a_number_of_people_is_kept_back():
    counting = Counting(value_counts=True, summing=Summing.ADD)
    points = [Point(DAY, Decimal(n), subgroup=name) for name, n in (("Nord", 3), ("Syd", 12), ("Øst", 40))]
    shown = shown_points(points, counting)
    assert [cell.value for cell in shown.groups] == [None, None, 40]
    assert shown.everybody[0].value == 55
