"""The scale of a timeline: days and pixels belong to each other, ticks lie close and lose no day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.timeline_scale import FARTHEST, NEAREST, TimeScale, Zoom, iter_ticks

days = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))
distances = st.floats(FARTHEST, NEAREST)


@given(days, days, distances)
def test_a_day_maps_to_a_pixel_and_back(first: date, day: date, per_day: float) -> None:
    scale = TimeScale.beginning(first, per_day)
    assert scale.day_at((scale.x(day) + scale.end(day)) / 2) == day


@given(days, days, distances)
def test_a_later_day_stands_farther_right_and_days_lie_close(first: date, day: date, per_day: float) -> None:
    scale = TimeScale.beginning(first, per_day)
    assert scale.end(day) == pytest.approx(scale.x(day + timedelta(days=1)), abs=1e-6)
    assert scale.end(day) > scale.x(day)


@given(days, distances, st.floats(0.01, 100), st.floats(0, 2000))
def test_zooming_keeps_what_stands_under_the_pointer(
    first: date, per_day: float, factor: float, at: float
) -> None:
    scale = TimeScale.beginning(first, per_day)
    before = scale.first + at / scale.per_day
    after = scale.zoomed(factor, at)
    if after.first > 1:  # not pushed against the first of all days
        assert after.first + at / after.per_day == pytest.approx(before, abs=1e-3)
    assert FARTHEST <= after.per_day <= NEAREST


@given(days, distances, st.sampled_from([1, 3, 12, 60, 120, 600, 1200]), st.integers(1, 1500))
def test_ticks_follow_each_other_without_a_gap_and_cover_the_width(
    first: date, per_day: float, months: int, width: int
) -> None:
    scale = TimeScale.beginning(first, max(per_day, 20 / (months * 31)))
    ticks = list(iter_ticks(scale, width, months, "da"))
    assert ticks[0].start <= scale.day_at(0)
    for one, other in pairwise(ticks):
        assert one.following == other.start
        assert (other.start.year - one.start.year) * 12 + other.start.month - one.start.month == months
    last = ticks[-1].following
    assert last is None or scale.x(last) >= width


def test_february_of_a_leap_year_is_a_day_longer() -> None:
    scale = TimeScale.beginning(date(2024, 1, 1), 10)
    widths = {
        year: scale.x(date(year, 3, 1)) - scale.x(date(year, 2, 1)) for year in (2023, 2024, 2100, 2000)
    }
    assert widths == {year: pytest.approx(10 * monthrange(year, 2)[1]) for year in widths}


def test_labels_are_danish_months_quarters_and_years() -> None:
    scale = TimeScale.beginning(date(2026, 4, 1), 1)
    assert [tick.label for tick in iter_ticks(scale, 100, 1, "da")] == ["apr.", "maj", "juni", "juli"]
    assert [tick.label for tick in iter_ticks(scale, 100, 1, "en")] == ["Apr", "May", "Jun", "Jul"]
    assert [tick.label for tick in iter_ticks(scale, 180, 3, "da")] == ["2. kvt.", "3. kvt."]
    assert [tick.label for tick in iter_ticks(scale, 300, 12, "da")] == ["2026", "2027"]
    assert [tick.label for tick in iter_ticks(scale, 10, 120, "da")] == ["2020–2029"]


@pytest.mark.parametrize("months", [1, 3, 12, 60, 120, 600, 1200])
def test_the_ends_of_the_calendar_hold(months: int) -> None:
    for first in (date(1, 1, 1), date(9999, 12, 31)):
        scale = TimeScale.beginning(first, 0.5)
        assert list(iter_ticks(scale, 700, months, "da"))
        assert scale.day_at(-1e9) == date(1, 1, 1)
        assert scale.day_at(1e9) == date(9999, 12, 31)


@given(distances, st.floats(10, 200))
def test_no_tick_is_narrower_than_its_words(per_day: float, least: float) -> None:
    scale = TimeScale.beginning(date(2026, 1, 1), per_day)
    months = scale.tick_months(least)
    assert months * 30.4369 * scale.per_day >= least or months == 1200


@pytest.mark.parametrize("zoom", list(Zoom))
def test_the_usual_distances_are_told_apart(zoom: Zoom) -> None:
    scale = TimeScale.beginning(date(2026, 1, 1), 1).zoom(zoom, 300)
    assert scale.nearest_zoom is zoom
    assert scale.zoomed(1.2, 0).nearest_zoom is zoom
