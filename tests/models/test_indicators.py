"""Status, progress and effect of indicators: hand-worked cases and what holds for all numbers."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from coi_desktop.models.decimals import to_four
from coi_desktop.models.indicators import (
    Indicator,
    IndicatorFigures,
    Status,
    indicator_figures,
)
from coi_desktop.models.points import Point
from coi_desktop.models.suppression import is_too_few

# goal: f fixed, p provisional, x exploratory. "-" stands for a value that is not there.
CASES = """
direction baseline target tolerance latest goal | progress status       why
down      74       50     -         52     f    | 0.9167   on_the_way   transport time of the demo: (52 - 74) / (50 - 74)
maintain  4.1      -      0.2       4.2    f    | 1        reached      satisfaction of the demo: |4.2 - 4.1| = 0.1 <= 0.2
up        3.6      3.8    -         3.5    f    | -0.5     wrong_way    job satisfaction of the demo: (3.5 - 3.6) / (3.8 - 3.6)
maintain  4.1      -      0.2       4.3    f    | 1        reached      exactly on the tolerance: |4.3 - 4.1| = 0.2
maintain  4.1      -      0.2       4.31   f    | 0        deviates     just outside: |4.31 - 4.1| = 0.21 > 0.2
maintain  4.1      -      0.2       3.9    f    | 1        reached      the lower edge: |3.9 - 4.1| = 0.2 <= 0.2
maintain  4.1      -      0.2       3.89   f    | 0        deviates     below the lower edge: |3.89 - 4.1| = 0.21 > 0.2
maintain  4.1      -      0         4.1    f    | 1        reached      no leeway and no change: |4.1 - 4.1| = 0 <= 0
maintain  4.1      -      -         4.1    f    | 1        reached      equal is kept under any tolerance
maintain  4.1      -      -         4.2    f    | -        -            without a tolerance nobody can tell
maintain  4.1      -      -0.2      4.2    f    | -        -            a negative tolerance is none
maintain  -        -      0.2       4.2    f    | -        -            kept compared with what?
maintain  4.1      -      0.2       -      f    | -        not_measured nothing measured yet
up        0        10     -         5      f    | 0.5      on_the_way   half way counts as on the way: 5/10
up        0        10     -         4.9999 f    | 0.5      little       just below half way: 4.9999/10 = 0.49999
up        0        10     -         0.0001 f    | 0        little       the least step is a little: 0.0001/10 = 0.00001
up        0        10     -         0      f    | 0        unchanged    nothing moved: 0/10
up        0        10     -         10     f    | 1        reached      exactly on target: 10/10
up        0        10     -         9.9999 f    | 1        on_the_way   almost is not there: 9.9999/10 = 0.99999
up        0        10     -         12     f    | 1.2      reached      beyond the target: 12/10
up        0        10     -         -0.1   f    | -0.01    wrong_way    below where it began: -0.1/10
down      10       0      -         5      f    | 0.5      on_the_way   the same downwards: (5 - 10) / (0 - 10)
down      10       0      -         10     f    | 0        unchanged    unchanged downwards: (10 - 10) / (0 - 10)
down      0.3      0.1    -         0.2    f    | 0.5      on_the_way   exactly half: (0.2 - 0.3) / (0.1 - 0.3)
up        -10      -2     -         -6     f    | 0.5      on_the_way   up below zero: (-6 + 10) / (-2 + 10) = 4/8
up        -2       2      -         0      f    | 0.5      on_the_way   a value of zero is a value: (0 + 2) / (2 + 2)
up        -        0      -         0      f    | -        reached      a target of zero is a target: 0 >= 0
maintain  0        -      0         0      f    | 1        reached      zero kept: |0 - 0| = 0 <= 0
maintain  -5       -      1         -6     f    | 1        reached      kept below zero: |-6 + 5| = 1 <= 1
down      10       0      -         11     f    | -0.1     wrong_way    waiting time grew: (11 - 10) / (0 - 10) = 1/-10
down      10       0      -         -1     f    | 1.1      reached      beyond zero: (-1 - 10) / (0 - 10) = -11/-10
down      -5       -10    -         -8     f    | 0.6      on_the_way   negative numbers: (-8 + 5) / (-10 + 5) = -3/-5
up        2.50     3.0    -         2.75   f    | 0.5      on_the_way   trailing zeros mean nothing: 0.25 / 0.5
up        1        4      -         2      f    | 0.3333   little       a third: (2 - 1) / (4 - 1)
up        4        2      -         3      f    | -        check_target target below, should go up
down      2        4      -         3      f    | -        check_target target above, should go down
up        4        2      -         -      f    | -        check_target pointed out before measuring
up        4        2      -         3      x    | -        no_target    exploratory targets are not judged
up        4        4      -         5      f    | -        no_target    target equals baseline
down      4        4      -         -      f    | -        not_measured equal and not measured
up        4        -      -         5      f    | -        no_target    no target given
up        4        6      -         5      x    | -        no_target    exploratory
maintain  4        -      1         4      x    | -        no_target    exploratory and to be kept
up        4        6      -         -      x    | -        not_measured exploratory, not measured
up        4        6      -         5      p    | 0.5      on_the_way   a provisional target is a target: (5 - 4) / (6 - 4)
up        -        6      -         7      f    | -        reached      met, wherever it began
up        -        6      -         6      f    | -        reached      met exactly
up        -        6      -         5      f    | -        -            not met: near or far is not known
down      -        6      -         5      f    | -        reached      met downwards
-         4        6      -         5      f    | -        -            no direction chosen
unknown   4        6      -         5      f    | -        -            direction not known yet
"""  # noqa: E501 - the arithmetic stands beside its case

GOALS = {"f": "fixed", "p": "provisional", "x": "exploratory"}


def rows_of(table: str) -> list[list[str]]:
    _, *lines = table.strip().splitlines()
    return [line.replace("|", " ").split(maxsplit=8) for line in lines]


def number(text: str) -> Decimal | None:
    return None if text == "-" else Decimal(text)


def figures_of(
    direction: str, baseline: Decimal | None, target: Decimal | None, latest: Decimal | None, **more: object
) -> IndicatorFigures:
    settings: dict[str, object] = {"goal_status": "fixed"} | more
    indicator = Indicator("i", "Mål", direction=direction, baseline=baseline, target=target, **settings)
    return indicator_figures(indicator, [] if latest is None else [Point(date(2026, 9, 1), latest)])


@pytest.mark.parametrize("row", rows_of(CASES), ids=lambda row: row[-1] if isinstance(row, list) else None)
def test_progress_and_status_of_hand_worked_cases(row):
    direction, baseline, target, tolerance, latest, goal, progress, status, _ = row
    figures = figures_of(
        direction.replace("-", ""),
        number(baseline),
        number(target),
        number(latest),
        tolerance=number(tolerance),
        goal_status=GOALS[goal],
    )
    assert to_four(figures.progress) == number(progress)
    assert figures.status == (None if status == "-" else Status(status))


def test_there_are_forty_hand_worked_cases():
    assert len(rows_of(CASES)) >= 40


YES_NO = """
direction baseline target latest | status
up        0        1      1      | reached
up        0        1      0      | unchanged
up        1        1      0      | wrong_way
up        -        1      0      | unchanged
up        -        -      1      | reached
down      1        0      0      | reached
down      1        -      1      | unchanged
maintain  1        -      1      | reached
maintain  1        -      0      | wrong_way
up        0        1      -      | not_measured
"""


@pytest.mark.parametrize("row", rows_of(YES_NO), ids=" ".join)
def test_yes_no_is_reached_or_not(row):
    direction, baseline, target, latest, status = row
    figures = figures_of(direction, number(baseline), number(target), number(latest), measure="yes_no")
    assert figures.status == status
    assert figures.progress == {"reached": 1, "not_measured": None}.get(status, 0)


@pytest.mark.parametrize(
    ("chosen", "reason", "status"),
    [
        ("on_the_way", "Færre spørger om vej i receptionen", "on_the_way"),
        ("on_the_way", "   ", "not_measured"),
        ("", "Glemte at vælge", "not_measured"),
        ("unknown", "Ved ikke endnu", "not_measured"),
    ],
)
def test_a_qualitative_sign_counts_only_when_it_is_set_with_a_reason(chosen, reason, status):
    figures = figures_of("up", None, None, None, measure="sign", sign_status=chosen, sign_reason=reason)
    assert figures.status == status
    assert figures.progress is None
    assert figures.is_measured == (status != "not_measured")


# ---------------------------------------------------------------------------------------- measurements

BASE = Indicator(
    "i", "Transporttid", direction="down", goal_status="fixed",
    baseline=Decimal(74), baseline_date=date(2026, 1, 31), baseline_status="measured", target=Decimal(50),
)  # fmt: skip


def measured(day: str | None, value: str | None, n: int | None = None, series: str = "initiative") -> Point:
    return Point(
        None if day is None else date.fromisoformat(day),
        None if value is None else Decimal(value),
        n,
        series,
    )


def test_latest_is_the_newest_by_date_whatever_order_they_were_typed_in():
    figures = indicator_figures(
        BASE, [measured("2026-09-30", "52"), measured("2026-05-31", "66"), measured("2026-07-31", "58")]
    )
    assert figures.latest is not None
    assert figures.latest.value == 52
    assert [point.value for point in figures.points] == [66, 58, 52]


def test_the_baseline_written_down_as_a_measurement_is_no_follow_up():
    figures = indicator_figures(BASE, [measured("2026-01-31", "74"), measured("2025-12-01", "80")])
    assert figures.latest is None
    assert figures.status == Status.NOT_MEASURED
    assert figures.change is None


def test_another_value_on_the_day_of_the_baseline_is_a_follow_up():
    figures = indicator_figures(BASE, [measured("2026-01-31", "52")])
    assert figures.status == Status.ON_THE_WAY


def test_a_measurement_without_a_date_counts_as_the_oldest():
    figures = indicator_figures(BASE, [measured("2026-09-30", "52"), measured(None, "60")])
    assert figures.latest is not None
    assert figures.latest.value == 52


def test_months_without_a_measurement_are_gaps_and_nothing_is_put_in_them():
    figures = indicator_figures(
        BASE, [measured("2026-02-28", "70"), measured("2026-05-31", None), measured("2026-09-30", "52")]
    )
    assert [(point.day, point.value) for point in figures.points] == [
        (date(2026, 2, 28), 70), (date(2026, 9, 30), 52),
    ]  # fmt: skip
    assert figures.progress == Decimal("0.9166666666666666666666666666666667")  # (52 - 74) / (50 - 74)


def test_one_measurement_is_enough_for_a_status_and_none_is_not():
    one = indicator_figures(BASE, [measured("2026-09-30", "62")])  # (62 - 74) / (50 - 74) = 12/24
    assert (one.progress, one.status) == (Decimal("0.5"), Status.ON_THE_WAY)
    assert indicator_figures(BASE, []).status == Status.NOT_MEASURED


def test_a_measurement_without_a_value_is_none():
    assert indicator_figures(BASE, [measured("2026-09-30", None)]).status == Status.NOT_MEASURED


def test_only_a_comparison_series_measures_nothing():
    figures = indicator_figures(BASE, [measured("2026-09-30", "70", series="comparison")])
    assert figures.status == Status.NOT_MEASURED


# ------------------------------------------------------------------------------------------ comparison


def test_effect_is_the_difference_of_the_differences():
    figures = indicator_figures(
        BASE,
        [
            measured("2026-09-30", "52"),
            measured("2026-01-31", "73", series="comparison"),
            measured("2026-09-30", "70", series="comparison"),
        ],
    )
    assert figures.change == -22
    assert figures.comparison.change == -3
    assert figures.effect == -19


def test_comparison_takes_the_measurements_nearest_in_time():
    figures = indicator_figures(
        BASE,
        [
            measured("2026-09-30", "52"),
            measured("2025-06-01", "90", series="comparison"),
            measured("2026-02-02", "73", series="comparison"),
            measured("2026-09-15", "70", series="comparison"),
            measured("2027-03-01", "40", series="comparison"),
        ],
    )
    assert figures.effect == -19


def test_one_comparison_measurement_gives_no_effect():
    figures = indicator_figures(
        BASE, [measured("2026-09-30", "52"), measured("2026-01-31", "73", series="comparison")]
    )
    assert figures.comparison.before is not None
    assert figures.comparison.after is None
    assert figures.effect is None


def test_without_a_follow_up_there_is_a_change_next_door_but_no_effect():
    figures = indicator_figures(
        BASE,
        [
            measured("2026-01-31", "73", series="comparison"),
            measured("2026-09-30", "70", series="comparison"),
        ],
    )
    assert figures.comparison.change == -3
    assert figures.effect is None


# ---------------------------------------------------------------------------------------- small counts


@pytest.mark.parametrize("n", range(5))
def test_fewer_than_five_people_are_not_shown(n):
    figures = indicator_figures(BASE, [measured("2026-09-30", "52", n)])
    assert figures.suppressed
    assert figures.status == Status.TOO_FEW
    assert "52" not in str(figures).replace("2026", "")
    assert (figures.progress, figures.change, figures.effect) == (None, None, None)


@pytest.mark.parametrize("n", [5, 38, None])
def test_five_people_or_an_unknown_number_are_shown(n):
    assert indicator_figures(BASE, [measured("2026-09-30", "52", n)]).change == -22


def test_the_threshold_can_be_raised_but_not_lowered():
    assert is_too_few(9, 10)
    assert is_too_few(4, 1)
    assert indicator_figures(BASE, [measured("2026-09-30", "52", 4)], smallest_count=0).suppressed
    assert indicator_figures(BASE, [measured("2026-09-30", "52", 9)], smallest_count=10).suppressed


def test_one_suppressed_comparison_takes_the_effect_with_it():
    figures = indicator_figures(
        BASE,
        [
            measured("2026-09-30", "52", 38),
            measured("2026-01-31", "73", 35, series="comparison"),
            measured("2026-09-30", "70", 3, series="comparison"),
        ],
    )
    assert figures.change == -22
    assert figures.effect is None
    assert figures.comparison.after is not None
    assert figures.comparison.after.value is None


def test_an_older_small_group_hides_only_its_own_point():
    figures = indicator_figures(BASE, [measured("2026-05-31", "66", 3), measured("2026-09-30", "52", 38)])
    assert [point.value for point in figures.points] == [None, 52]
    assert figures.status == Status.ON_THE_WAY


def test_missing_names_what_would_decide_the_status():
    assert figures_of("", None, Decimal(6), Decimal(5)).missing == ("direction", "baseline")
    assert figures_of("maintain", Decimal(4), None, Decimal(5)).missing == ("tolerance",)
    assert figures_of("up", Decimal(4), None, Decimal(5)).missing == ("target_likely",)
    assert figures_of("up", Decimal(4), Decimal(6), None).missing == ("measurement",)
    assert figures_of("up", Decimal(4), Decimal(6), Decimal(5)).missing == ()
    assert figures_of("up", None, None, None, measure="sign").missing == ("sign_status", "sign_reason")


def test_a_value_that_is_no_number_is_no_measurement():
    assert figures_of("up", Decimal(4), Decimal(6), Decimal("NaN")).status == Status.NOT_MEASURED


# --------------------------------------------------------------------------------- for all numbers

values = st.decimals(min_value=-10_000, max_value=10_000, places=3)


@given(values, values, values)
def test_progress_is_the_same_upside_down(baseline, target, latest):
    assume(target > baseline)
    up = figures_of("up", baseline, target, latest)
    down = figures_of("down", -baseline, -target, -latest)
    assert up.progress == down.progress
    assert up.status == down.status
    assert up.change == -down.change


@given(values, values, values, values)
def test_progress_never_falls_when_the_measurement_gets_better(baseline, target, first, second):
    assume(target > baseline)
    worse, better = (figures_of("up", baseline, target, value).progress for value in sorted((first, second)))
    assert worse <= better


@given(values, values, values, st.decimals(min_value=-100, max_value=100, places=2))
def test_progress_does_not_depend_on_where_zero_lies(baseline, target, latest, shift):
    assume(target > baseline)
    here = figures_of("up", baseline, target, latest)
    there = figures_of("up", baseline + shift, target + shift, latest + shift)
    assert here.progress == there.progress
    assert here.status == there.status


@given(values, values, values)
def test_status_and_progress_say_the_same(baseline, target, latest):
    assume(target < baseline)
    figures = figures_of("down", baseline, target, latest)
    expected = {
        Status.WRONG_WAY: figures.progress < 0,
        Status.UNCHANGED: figures.progress == 0,
        Status.LITTLE: 0 < figures.progress < Decimal("0.5"),
        Status.ON_THE_WAY: Decimal("0.5") <= figures.progress < 1,
        Status.REACHED: figures.progress >= 1,
    }
    assert [status for status, holds in expected.items() if holds] == [figures.status]


@given(values, values, st.decimals(min_value=0, max_value=100, places=3))
def test_kept_is_the_same_in_both_directions(baseline, latest, tolerance):
    above = figures_of("maintain", baseline, None, latest, tolerance=tolerance)
    below = figures_of("maintain", -baseline, None, -latest, tolerance=tolerance)
    assert above.status == below.status
    assert above.status in (Status.REACHED, Status.DEVIATES)


@given(values, values, values)
def test_an_effect_of_two_equal_changes_is_nothing(baseline, latest, start):
    indicator = Indicator("i", "Mål", direction="up", baseline=baseline, baseline_date=date(2026, 1, 1))
    figures = indicator_figures(
        indicator,
        [
            Point(date(2026, 6, 1), latest),
            Point(date(2026, 1, 1), start, series="comparison"),
            Point(date(2026, 6, 1), start + (latest - baseline), series="comparison"),
        ],
    )
    assert figures.effect == 0


def test_a_qualitative_sign_with_measurements_by_groups_alone_is_still_figured_out():
    points = [Point(date(2026, 3, 1), Decimal(3), subgroup="Kvinder")]
    figures = indicator_figures(Indicator("i", "Tegn", measure="sign"), points)
    assert figures.status is Status.NOT_MEASURED
    assert figures.missing == ("sign_status", "sign_reason")
