"""The scale of a timeline: which pixel a day stands at, and where months, quarters and years begin.

Days are counted whole: a day begins at its pixel and ends where the next one begins. All of it is pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from coi_desktop.models.dates import format_quarter, format_short_month

#: Pixels a day: as near and as far as one can look.
NEAREST, FARTHEST = 24.0, 0.01
#: The mean length of a month in days.
_MONTH = 30.4369
_FIRST, _LAST = date(1, 1, 1).toordinal(), date(9999, 12, 31).toordinal()


class Zoom(StrEnum):
    """The three distances a timeline is usually looked at from; the words stand on its buttons."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


_PER_DAY = {Zoom.MONTH: 2.6, Zoom.QUARTER: 0.85, Zoom.YEAR: 0.2}
#: Lengths a tick may have, in months: month, quarter, year, and years together.
_LENGTHS = (1, 3, 12, 60, 120, 600, 1200)


class TimeTick(NamedTuple):
    """A stretch of the scale: the day it begins, the day after it ends (None: the end of all days), and its
    words.
    """

    start: date
    following: date | None
    label: str


class TimeScale(NamedTuple):
    """``first`` is the day at pixel 0, with a part of a day behind the point; ``per_day`` pixels a day."""

    first: float
    per_day: float

    @classmethod
    def beginning(cls, day: date, per_day: float) -> TimeScale:
        """A scale whose pixel 0 is the beginning of ``day``."""
        return cls(float(day.toordinal()), _within(per_day, FARTHEST, NEAREST))

    def x(self, day: date) -> float:
        """The pixel at which a day begins."""
        return (day.toordinal() - self.first) * self.per_day

    def end(self, day: date) -> float:
        """The pixel at which a day has passed."""
        return (day.toordinal() + 1 - self.first) * self.per_day

    def day_at(self, x: float) -> date:
        """The day that stands at a pixel; the first or last day of all beyond them."""
        return date.fromordinal(int(_within((self.first + x / self.per_day) // 1, _FIRST, _LAST)))

    def zoomed(self, factor: float, at: float) -> TimeScale:
        """Nearer (above 1) or farther, while what stands at pixel ``at`` stays there."""
        return self.looked_at(self.per_day * factor, at)

    def looked_at(self, per_day: float, at: float) -> TimeScale:
        """From another distance, while what stands at pixel ``at`` stays there."""
        per_day = _within(per_day, FARTHEST, NEAREST)
        return _inside(self.first + at / self.per_day - at / per_day, per_day)

    def moved(self, pixels: float) -> TimeScale:
        """So many pixels later (above 0) or earlier."""
        return _inside(self.first + pixels / self.per_day, self.per_day)

    def showing(self, day: date, at: float) -> TimeScale:
        """The same distance, with ``day`` beginning at pixel ``at``."""
        return _inside(day.toordinal() - at / self.per_day, self.per_day)

    def zoom(self, zoom: Zoom, at: float) -> TimeScale:
        """From one of the usual distances, while what stands at pixel ``at`` stays there."""
        return self.looked_at(_PER_DAY[zoom], at)

    @property
    def nearest_zoom(self) -> Zoom:
        """The usual distance that is most like this one."""
        return min(Zoom, key=lambda zoom: max(_PER_DAY[zoom] / self.per_day, self.per_day / _PER_DAY[zoom]))

    def tick_months(self, least: float) -> int:
        """How many months a tick has, so that none is narrower than ``least`` pixels."""
        for months in _LENGTHS:
            if months * _MONTH * self.per_day >= least:
                return months
        return _LENGTHS[-1]


def iter_ticks(scale: TimeScale, width: float, months: int, language: str) -> Iterator[TimeTick]:
    """The stretches of so many months that a scale of ``width`` pixels shows, also those it shows in part."""
    first = scale.day_at(0)
    place = (first.year * 12 + first.month - 1) // months * months
    while place < 120_000:
        start = date(max(place // 12, 1), place % 12 + 1 if place >= 12 else 1, 1)
        if scale.x(start) >= width:
            return
        place += months
        following = date(place // 12, place % 12 + 1, 1) if place < 120_000 else None
        yield TimeTick(start, following, _label(start, months, language))


def _label(start: date, months: int, language: str) -> str:
    if months == 1:
        return format_short_month(start, language)
    if months == 3:
        return format_quarter(start, language)
    if months == 12:
        return str(start.year)
    return f"{start.year}–{start.year + months // 12 - 1}"


def _inside(first: float, per_day: float) -> TimeScale:
    """A scale that begins no earlier and no later than there are days."""
    return TimeScale(_within(first, _FIRST, _LAST), per_day)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(most, value))
