"""What a chart shows, apart from how it is drawn: title, series, labels, unit, footnote, alternative text.

The charts on screen, the chart files, the native charts of workbooks and the tables beside them are all made
from these, so that they say the same. Numbers come from the figures; words are in the language spoken when
the chart is made. Texts of users (names, units, sources) are plain text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.indicators import Indicator
from coi_desktop.models.points import NO_GROUP, group_key
from coi_desktop.models.text import NBSP, format_number
from coi_desktop.models.theory import TheoryFigure

#: A series is drawn only where it has something to show; charts of fewer values than this are not made.
FEWEST_VALUES = 2


class ChartKind(StrEnum):
    """The kinds of chart; also the stem of a chart file's name."""

    VALUE_PROFILE = "value_profile"
    INDICATOR_PROGRESS = "indicator_progress"
    MEASUREMENTS = "measurements"
    GROUPS = "groups"
    CASH_FLOW = "cash_flow"
    TORNADO = "tornado"
    REALISED = "realised"
    GAINS_BY_CLASS = "gains_by_class"
    PORTFOLIO = "portfolio"
    PORTFOLIO_GAINS = "portfolio_gains"
    THEORY = "theory"
    AUDIENCE = "audience"
    EVIDENCE = "evidence"
    SCHEDULE = "schedule"
    METHOD_HOURS = "method_hours"
    FINDINGS = "findings"
    CHANGES = "changes"
    ANSWERS = "answers"
    ACTIONS = "actions"


#: The charts of an economy.
ECONOMY_CHARTS = frozenset(
    (ChartKind.CASH_FLOW, ChartKind.TORNADO, ChartKind.REALISED, ChartKind.GAINS_BY_CLASS)
)


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One series: a value (or None) for every category, in the chart's unit.

    ``key`` says what it is and with it how it looks; ``name`` is what people read. A series that is not
    ``is_drawn`` stands only in the table beside the chart.
    """

    key: str
    name: str
    values: tuple[Decimal | None, ...]
    is_drawn: bool = True


@dataclass(frozen=True, slots=True)
class ChartMark:
    """A line across the chart with a label: at a ``place`` among the categories (a day, 3.3 years) or a
    level.
    """

    key: str
    label: str
    place: Decimal | date


@dataclass(frozen=True, slots=True)
class ChartSpan:
    """When the thing of a row begins and ends; one of the two alone is a day."""

    first: date | None
    last: date | None

    @property
    def days(self) -> tuple[date, date] | None:
        """The first and the last day, None where neither is known; the two in their right order."""
        known = sorted(day for day in (self.first, self.last) if day is not None)
        return (known[0], known[-1]) if known else None


@dataclass(frozen=True, slots=True)
class ChartGrid:
    """A grid of named columns and rows, from the left and from the top; every category has its place in it,
    by column and row.
    """

    columns: tuple[str, ...]
    rows: tuple[str, ...]
    column_title: str
    row_title: str
    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """Everything one chart shows.

    ``categories`` are texts, days or years, in order; ``labels`` stand beside them (empty where there is
    none), ``category_title`` and ``unit`` at the axes. ``subject`` is the id of the record the chart is of,
    empty for the portfolio. ``marks`` lie across the categories, ``levels`` across the values. What is
    no chart of numbers is a ``theory``, has a ``grid``, or ``spans`` of days for its categories.
    ``colours`` are those of the categories where these have their own, by name or as "#rrggbb".
    """

    kind: ChartKind
    subject: str
    title: str
    category_title: str
    unit: str
    categories: tuple[str | date | int, ...]
    labels: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    marks: tuple[ChartMark, ...]
    levels: tuple[ChartMark, ...]
    footnote: str
    alt_text: str
    theory: TheoryFigure | None = None
    colours: tuple[str, ...] = ()
    spans: tuple[ChartSpan, ...] = ()
    grid: ChartGrid | None = None

    @property
    def drawn(self) -> tuple[ChartSeries, ...]:
        """The series that are drawn."""
        return tuple(series for series in self.series if series.is_drawn)

    def find_series(self, key: str) -> ChartSeries | None:
        """The series with this key, or None."""
        return next((series for series in self.series if series.key == key), None)

    def table(self) -> tuple[tuple[str, ...], tuple[tuple[str | date | int | Decimal | None, ...], ...]]:
        """The table beside the chart: its headings, and a row for every category."""
        if self.spans:
            return self._table_of_days()
        if self.grid is not None:
            return self._table_of_places(self.grid)
        headings = (self.category_title, *(series.name for series in self.series))
        rows = tuple(
            (category, *(series.values[place] for series in self.series))
            for place, category in enumerate(self.categories)
        )
        if not any(self.labels):
            return headings, rows
        return (*headings, _("Note")), tuple(
            (*row, label) for row, label in zip(rows, self.labels, strict=True)
        )

    def _table_of_days(self) -> tuple[tuple[str, ...], tuple[tuple[str | date | int | None, ...], ...]]:
        rows = zip(self.categories, self.spans, self.labels, strict=True)
        return (self.category_title, _("From"), _("To"), _("Note")), tuple(
            (name, span.first, span.last, label) for name, span, label in rows
        )

    def _table_of_places(
        self, grid: ChartGrid
    ) -> tuple[tuple[str, ...], tuple[tuple[str | date | int | None, ...], ...]]:
        return (self.category_title, grid.column_title, grid.row_title), tuple(
            (name, grid.columns[column], grid.rows[row])
            for name, (column, row) in zip(self.categories, grid.places, strict=True)
        )


def unit_of(indicator: Indicator) -> str:
    """The unit to print: as typed, else what the form of the measure says (``%``, ``kr.``, ``min.``).

    The ends of a scale (``1–5``) are no unit to put behind a number: ``3,5 på skala 1–5``.
    """
    if indicator.measure == "scale" and indicator.unit[:1].isdigit():
        return _("on a scale of {ends}").format(ends=indicator.unit)
    if indicator.unit:
        return indicator.unit
    by_measure = {"percent": "%", "dkk": _("DKK"), "minutes": _("min.")}
    return by_measure.get(indicator.measure, "")


def group_name(subgroup: str) -> str:
    """What a group is called: what is left of one that was taken away has no name of its own."""
    return _("Without a group") if group_key(subgroup) == NO_GROUP else subgroup


def shown(value: Decimal | None, unit: str = "") -> str:
    """A number as people read it, with its unit; an empty text for None."""
    if value is None:
        return ""
    number = format_number(value, current_language())
    return f"{number}{NBSP}{unit}" if unit else number


def shown_day(day: date | None) -> str:
    """A day as people read it."""
    return format_date(day, current_language())


def sentences(parts: Iterable[str]) -> str:
    """Parts of an alternative text as sentences, each with its full stop; empty parts fall away."""
    said = [part.strip() for part in parts if part.strip()]
    return " ".join(part if part.endswith((".", "?", "!", ":")) else f"{part}." for part in said)


def footnotes(parts: Iterable[str]) -> str:
    """Parts of a footnote in one line, parted by middle dots; empty parts and repetitions fall away."""
    return " · ".join(dict.fromkeys(part for part in parts if part))
