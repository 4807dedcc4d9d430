"""What a timeline shows of one initiative: its days, how late it is, and all of it in words."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_date
from coi_desktop.models.figures_catalogue import LightLimits
from coi_desktop.models.lights import Light, lights_of, months_after
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_number


class Bars(NamedTuple):
    """The days of an initiative; None where nothing is written down. ``light`` is that of time."""

    start: date | None
    end: date | None
    baseline_end: date | None
    next_date: date | None
    milestone: str
    light: Light | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no day to show."""
        return (self.start or self.end or self.baseline_end or self.next_date) is None

    @property
    def span(self) -> tuple[date, date] | None:
        """From the first to the last of its days; None without any."""
        days = [day for day in (self.start, self.end, self.baseline_end, self.next_date) if day is not None]
        return (min(days), max(days)) if days else None


def bars_of(record: Record, limits: LightLimits) -> Bars:
    """What the timeline shows of an initiative."""
    end, baseline_end = record.day("planned_end"), record.day("baseline_end")
    lights = lights_of(
        forecast=None,
        baseline_budget=None,
        forecast_end=end,
        baseline_end=baseline_end,
        benefits=(),
        risks=(),
        today=date.min,  # only benefits ask for the day
        limits=limits,
    )
    start, next_date = record.day("start"), record.day("next_date")
    return Bars(start, end, baseline_end, next_date, record.text("next_milestone"), lights.time)


def late_words(bars: Bars) -> str:
    """How the expected end stands to the original one: "3 måneder forsinket"; empty where one is missing."""
    if bars.end is None or bars.baseline_end is None:
        return ""
    if bars.end == bars.baseline_end:
        return _("on time")
    first, last = sorted((bars.end, bars.baseline_end))
    months = _whole_months(first, last)
    language = current_language()
    count = months or (last - first).days
    shown = format_number(count, language)
    if bars.end > bars.baseline_end:
        if months:
            return ngettext("{count} month late", "{count} months late", count).format(count=shown)
        return ngettext("{count} day late", "{count} days late", count).format(count=shown)
    if months:
        return ngettext("{count} month early", "{count} months early", count).format(count=shown)
    return ngettext("{count} day early", "{count} days early", count).format(count=shown)


def bars_lines(bars: Bars) -> tuple[str, ...]:
    """Everything the bars say, a fact a line; what is not written down is said once, quietly."""
    if bars.is_empty:
        return (_("No dates are written down."),)
    language = current_language()
    said = [
        (_("Start: {date}"), bars.start),
        (_("Expected end: {date}"), bars.end),
        (_("Original end: {date}"), bars.baseline_end),
    ]
    lines = [text.format(date=format_date(day, language)) for text, day in said if day is not None]
    if late := late_words(bars):
        lines.append(late[0].upper() + late[1:])
    if bars.next_date is not None:
        day = format_date(bars.next_date, language)
        milestone = f" – {bars.milestone}" if bars.milestone else ""
        lines.append(_("Next date: {date}").format(date=day) + milestone)
    return tuple(lines)


def _whole_months(first: date, last: date) -> int:
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - 1 if months and months_after(first, months) > last else months
