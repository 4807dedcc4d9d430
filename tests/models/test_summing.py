"""What measurements of one indicator come to over a period and over groups."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.models.indicators import Indicator, IndicatorFigures, Status, indicator_figures
from coi_desktop.models.points import NO_GROUP, Point
from coi_desktop.models.summing import Summing, number_of, summing_of, value_of

# Numbers as value×number; "-" is a number nobody knows.
CASES = """
summing  numbers                | value   number  why
add      12x10 7x9 0x8          | 19      27      12 + 7 + 0
add      -3x10 5x9              | 2       19      -3 + 5
add      4.10x- 0.20x-          | 4.30    -       4.10 + 0.20, whatever stands behind them
latest   12x10 7x9              | 7       19      the last
average  4x10 3x90              | 3.5     100     (4 + 3) / 2
average  4x- 3x90               | 3.5     -       (4 + 3) / 2, without weights
ratio    4x10 3x90              | 3.1     100     (40 + 270) / 100
average  1x1 1x1 2x1            | 1.3     3       4 / 3, one decimal more than was typed
ratio    76x4 71x6 74x8         | 73.4    18      1322 / 18 = 73.44…
ratio    50x3 100x1             | 62.5    4       (150 + 100) / 4
ratio    4x- 3x90               | -       -       the weight of the first is not known
ratio    4x0 3x0                | -       0       nobody was asked
"""


def drawn(text: str) -> list[tuple[Decimal, int | None]]:
    pairs = [part.split("x") for part in text.split()]
    return [(Decimal(value), None if n == "-" else int(n)) for value, n in pairs]


@pytest.mark.parametrize("line", CASES.strip().splitlines()[1:], ids=lambda line: line.split(maxsplit=9)[-1])
def test_numbers_are_put_together_by_the_plain_answer(line):
    left, right = line.split("|")
    summing, numbers = left.split(maxsplit=1)
    value, number, _why = right.split(maxsplit=2)
    assert value_of(Summing(summing), drawn(numbers)) == (None if value == "-" else Decimal(value))
    assert number_of(drawn(numbers)) == (None if number == "-" else int(number))


def test_no_numbers_come_to_nothing_and_no_answer_is_no_way():
    assert [value_of(one, []) for one in Summing] == [None] * 4
    assert summing_of("") is None
    assert summing_of("unknown") is None


def point(month: int, value: str, n: int | None = None, subgroup: str = "") -> Point:
    return Point(date(2026, month, 1), Decimal(value), n, subgroup=subgroup)


def figures_of(summing: str, *points: Point, **more: object) -> IndicatorFigures:
    indicator = Indicator("i", "Forgæves ture", summing=summing, direction="down", **more)
    return indicator_figures(indicator, points)


def test_a_day_of_groups_only_has_the_value_they_come_to():
    figures = figures_of("add", point(5, "7", 20, "Nord"), point(5, "5", 30, "Syd"))
    assert figures.latest is not None
    assert (figures.latest.value, figures.latest.n) == (12, 50)


def test_groups_on_the_day_of_the_baseline_are_no_other_measurement_of_everybody():
    figures = figures_of(
        "ratio", point(1, "76", 8, "Nord"), point(1, "71", 10, "Syd"),
        baseline=Decimal(74), baseline_date=date(2026, 1, 1), baseline_n=18,
    )  # fmt: skip
    assert figures.points == ()
    assert figures.status is Status.NOT_MEASURED
    assert "measurement" in figures.missing


def test_the_value_typed_for_everybody_comes_before_what_groups_come_to():
    figures = figures_of("add", point(5, "7", 20, "Nord"), point(5, "5", 30, "Syd"), point(5, "13", 52))
    assert figures.latest is not None
    assert figures.latest.value == 13


@pytest.mark.parametrize("summing", ["", "latest", "unknown"])
def test_groups_that_are_not_put_together_leave_everybody_unmeasured(summing):
    figures = figures_of(summing, point(5, "7", 20, "Nord"), point(5, "5", 30, "Syd"))
    assert figures.status is Status.NOT_MEASURED
    assert "summing" in figures.missing
    assert [group.latest.value for group in figures.groups] == [7, 5]


def test_groups_have_their_first_and_latest_value_and_the_change():
    figures = figures_of(
        "ratio",
        point(1, "4", 20, "Nord"), point(1, "3", 30, "Syd"),
        point(5, "4.5", 22, "nord "), point(5, "2.9", 31, "Syd"), point(5, "3.9", 9, NO_GROUP),
    )  # fmt: skip
    assert [(one.name, one.change) for one in figures.groups] == [
        ("nord ", Decimal("0.5")), ("Syd", Decimal("-0.1")), (NO_GROUP, None),
    ]  # fmt: skip


def test_groups_that_were_merged_are_put_together():
    apart = figures_of("add", point(5, "7", 20, "Nord"), point(5, "5", 30, "Øst"), point(5, "9", 40, "Syd"))
    merged = figures_of("add", point(5, "7", 20, "Nord"), point(5, "5", 30, "Nord"), point(5, "9", 40, "Syd"))
    assert [one.latest.value for one in merged.groups] == [12, 9]
    assert merged.latest == apart.latest


def test_a_period_comes_to_what_its_measurements_come_to():
    months = [point(month, value, n) for month, value, n in ((1, "12", 9), (2, "7", 10), (4, "5", 11))]
    start = {"baseline": Decimal(12), "baseline_date": date(2026, 1, 1)}
    period = figures_of("add", *months, **start).period
    assert period is not None
    assert (period.value, period.n, period.count) == (12, 21, 2)  # 7 + 5, the baseline is none of them
    assert (period.first, period.last) == (date(2026, 2, 1), date(2026, 4, 1))
    assert figures_of("latest", *months).period is None
    assert figures_of("", *months).period is None


def test_a_hidden_month_hides_the_period_it_would_follow_from():
    period = figures_of("add", point(1, "12", 9), point(2, "7", 3)).period
    assert period is not None
    assert period.suppressed
    assert (period.value, period.n) == (None, None)


def test_progress_is_measured_on_the_latest_value_and_not_on_the_period():
    figures = figures_of(
        "add", point(2, "10"), point(3, "8"), baseline=Decimal(12), target=Decimal(4), goal_status="fixed"
    )
    assert figures.progress == Decimal("0.5")  # (8 - 12) / (4 - 12), not (18 - 12) / (4 - 12)


@pytest.mark.parametrize("counts", ["cases", "routes", "months", "other"])
def test_numbers_of_routes_cases_and_months_are_not_touched(counts):
    figures = figures_of("average", point(5, "52", 3), counts=counts)
    assert figures.latest is not None
    assert (figures.latest.value, figures.latest.n) == (52, 3)


@pytest.mark.parametrize("counts", ["", "people", "unknown"])
def test_numbers_of_people_are_kept_back_also_where_nobody_said_what_they_count(counts):
    assert figures_of("average", point(5, "52", 3), counts=counts).suppressed


def test_a_baseline_of_few_people_takes_change_and_progress_with_it():
    goal = {"target": Decimal(50), "goal_status": "fixed"}
    figures = figures_of("average", point(5, "52", 30), baseline=Decimal(74), baseline_n=3, **goal)
    assert figures.status is Status.TOO_FEW
    assert (figures.indicator.baseline, figures.change, figures.progress) == (None, None, None)
    assert "74" not in str(figures)
    assert "baseline" not in figures.missing
