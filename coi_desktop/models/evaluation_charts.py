"""The charts of one evaluation: value profile, indicator progress, measurements over time.

Each function gives None where there is nothing to draw: no chart of a single number, none of nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartKind,
    ChartMark,
    ChartSeries,
    footnotes,
    sentences,
    shown,
    shown_day,
    unit_of,
)
from coi_desktop.models.decimals import ONE, ZERO, add, subtract
from coi_desktop.models.evaluation_figures import EvaluationFigures, ValueFigures
from coi_desktop.models.evidence_words import hand_mark
from coi_desktop.models.indicators import Indicator, IndicatorFigures, Status
from coi_desktop.models.points import Point
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_percent
from coi_desktop.models.vocabulary import Vocabulary


def value_profile_chart(figures: EvaluationFigures, vocabulary: Vocabulary) -> ChartFigure | None:
    """Expected beside assessed value by kind, on the scale −2…+2; None when neither is given for any kind."""
    values = [value for value in figures.values if value.expected is not None or value.rating is not None]
    if not values:
        return None
    names = tuple(vocabulary.label("value_kind", value.kind) for value in values)
    return ChartFigure(
        kind=ChartKind.VALUE_PROFILE,
        subject=figures.evaluation_id,
        title=_value_title(values),
        category_title=_("Value"),
        unit=_("from −2 clearly worse to +2 clearly better"),
        categories=names,
        labels=tuple(_value_label(value, vocabulary) for value in values),
        series=(
            ChartSeries("expected", _("Expected"), tuple(_whole(value.expected) for value in values)),
            ChartSeries("rating", _("Assessed"), tuple(_whole(value.rating) for value in values)),
        ),
        marks=(),
        levels=(ChartMark("unchanged", _("Unchanged"), ZERO),),
        footnote=footnotes(
            [
                _("Evidence level {level}: {name}").format(
                    level=figures.evidence.level,
                    name=vocabulary.label("evidence.level", str(figures.evidence.level)),
                )
                + hand_mark(figures.evidence),
            ]
        ),
        alt_text=sentences(
            [
                _("Dumbbell chart of the value profile, expected beside assessed"),
                *(
                    f"{name}: {_value_words(value, vocabulary)}"
                    for name, value in zip(names, values, strict=True)
                ),
            ]
        ),
        colours=tuple(vocabulary.colour("value_kind", value.kind) or "first" for value in values),
    )


def indicator_progress_chart(figures: EvaluationFigures, vocabulary: Vocabulary) -> ChartFigure | None:
    """How far every indicator has come from baseline (0) to target (1); None when nothing has any progress.

    Indicators to be kept stand at 1 inside their tolerance, else at 0. Baseline, latest and target stand in
    the table, each in the indicator's own unit.
    """
    bars = [one for one in figures.indicators if one.progress is not None]
    if not bars:
        return None
    labels = tuple(progress_label(one, vocabulary) for one in bars)
    names = tuple(one.indicator.name for one in bars)
    return ChartFigure(
        kind=ChartKind.INDICATOR_PROGRESS,
        subject=figures.evaluation_id,
        title=_progress_title(bars, vocabulary),
        category_title=_("Indicator"),
        unit=_("share of the way from baseline to target"),
        categories=names,
        labels=labels,
        series=(
            ChartSeries("progress", _("Progress"), tuple(one.progress for one in bars)),
            ChartSeries("baseline", _("Baseline"), tuple(one.indicator.baseline for one in bars), False),
            ChartSeries("latest", _("Latest"), tuple(_latest(one) for one in bars), False),
            ChartSeries("target", _("Target"), tuple(_target(one) for one in bars), False),
        ),
        marks=(),
        levels=(ChartMark("baseline", _("Baseline"), ZERO), ChartMark("target", _("Target"), ONE)),
        footnote=footnotes(_sources(point for one in bars if (point := one.latest) is not None)),
        alt_text=sentences(
            [
                _("Bar chart of how far the indicators have come"),
                *(
                    f"{name}: {label}, {format_percent(share, current_language(), 0)}"
                    for name, label, share in zip(names, labels, _shares(bars), strict=True)
                ),
            ]
        ),
    )


def measurements_chart(
    figures: IndicatorFigures, vocabulary: Vocabulary, changes: Iterable[Record] = ()
) -> ChartFigure | None:
    """The measurements of one indicator over time, with baseline, target and comparison series.

    ``changes`` are the evaluation's records of what shifted: a goal or solution that moved is marked on its
    day. None
    with fewer than two values to show, and for yes/no indicators and qualitative signs.
    """
    indicator = figures.indicator
    own = _own_values(figures)
    others = {
        point.day: point.value for point in figures.comparison_points if point.day and not point.suppressed
    }
    if len(own) < FEWEST_VALUES or indicator.measure in ("yes_no", "sign"):
        return None
    days = tuple(sorted({*own, *others}))
    unit = unit_of(indicator)
    series = [ChartSeries("initiative", _("Initiative"), tuple(own.get(day) for day in days))]
    if others:
        series.append(ChartSeries("comparison", _("Comparison"), tuple(others.get(day) for day in days)))
    levels = _levels(indicator)
    return ChartFigure(
        kind=ChartKind.MEASUREMENTS,
        subject=indicator.id,
        title=change_title(figures, vocabulary),
        category_title=_("Date"),
        unit=unit,
        categories=days,
        labels=("",) * len(days),
        series=tuple(series),
        marks=tuple(_moved(changes)),
        levels=tuple(levels),
        footnote=_measurements_footnote(figures),
        alt_text=sentences(
            [
                _("Line chart of {name}").format(name=indicator.name),
                change_title(figures, vocabulary),
                *(f"{line.name}: {_read_aloud(days, line, unit)}" for line in series),
                *(f"{level.label}: {shown(_level(level), unit)}" for level in levels),
            ]
        ),
    )


def change_title(figures: IndicatorFigures, vocabulary: Vocabulary) -> str:
    """What the latest measurement says in one line: ``Transporttid faldt fra 74 til 52 min/dag``."""
    indicator, unit = figures.indicator, unit_of(figures.indicator)
    latest = figures.latest
    if latest is None:
        return _("{name}: not measured yet").format(name=indicator.name)
    if latest.value is None:
        words = vocabulary.label("indicator.status", Status.TOO_FEW)
        return f"{indicator.name}: {words}"
    after = shown(latest.value, unit)
    if figures.change is None or indicator.baseline is None:
        return f"{indicator.name}: {after}"
    before = shown(indicator.baseline)
    if figures.status is Status.REACHED and indicator.direction == "maintain":
        return _("{name} is kept ({before} → {after})").format(
            name=indicator.name, before=before, after=after
        )
    if figures.change == 0:
        return _("{name} is unchanged at {after}").format(name=indicator.name, after=after)
    if figures.change < 0:
        sentence = _("{name} fell from {before} to {after}")
    else:
        sentence = _("{name} rose from {before} to {after}")
    return sentence.format(name=indicator.name, before=before, after=after)


def progress_label(figures: IndicatorFigures, vocabulary: Vocabulary) -> str:
    """``74 → 52 min/dag (mål 50), godt på vej``: the numbers and the status word beside a bar."""
    indicator, latest = figures.indicator, _latest(figures)
    unit = "" if indicator.measure == "scale" else unit_of(indicator)
    if indicator.measure == "yes_no":
        numbers = ""
    elif indicator.direction == "maintain":
        around = "" if indicator.tolerance is None else f" (±{shown(indicator.tolerance)})"
        numbers = f"{shown(indicator.baseline)} → {shown(latest, unit)}{around}"
    else:
        target = _("target {target}").format(target=shown(indicator.target))
        numbers = f"{shown(indicator.baseline)} → {shown(latest, unit)} ({target})"
    word = vocabulary.label("indicator.status", figures.status) if figures.status else ""
    return ", ".join(part for part in (numbers, word) if part)


def _value_title(values: Sequence[ValueFigures]) -> str:
    ratings = [value.rating for value in values if value.rating is not None]
    if not ratings:
        return _("Expected value, not yet assessed")
    better, worse = sum(1 for one in ratings if one > 0), sum(1 for one in ratings if one < 0)
    said = ngettext(
        "Better on {better} of {count} value kind", "Better on {better} of {count} value kinds", len(ratings)
    ).format(better=better, count=len(ratings))
    return said if not worse else _("{said}, worse on {worse}").format(said=said, worse=worse)


def _value_label(value: ValueFigures, vocabulary: Vocabulary) -> str:
    if value.rating is not None:
        return vocabulary.label("rating", str(value.rating))
    return vocabulary.label("rating", "na") if value.is_not_examined else ""


def _value_words(value: ValueFigures, vocabulary: Vocabulary) -> str:
    parts = []
    if value.expected is not None:
        key = "keep" if value.is_kept else str(value.expected)
        parts.append(_("expected: {words}").format(words=vocabulary.label("expected_change", key).lower()))
    assessed = _value_label(value, vocabulary)
    parts.append(_("assessed: {words}").format(words=assessed.lower()) if assessed else _("not assessed"))
    return ", ".join(parts)


def _whole(value: int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _progress_title(bars: Sequence[IndicatorFigures], vocabulary: Vocabulary) -> str:
    if len(bars) == 1:
        return change_title(bars[0], vocabulary)
    reached = sum(1 for one in bars if one.status is Status.REACHED)
    wrong = sum(1 for one in bars if one.status is Status.WRONG_WAY)
    said = _("{reached} of {count} targets reached").format(reached=reached, count=len(bars))
    return said if not wrong else _("{said}, {wrong} going the wrong way").format(said=said, wrong=wrong)


def _shares(bars: Iterable[IndicatorFigures]) -> list[Decimal]:
    return [(one.progress or ZERO) * 100 for one in bars]


def _latest(figures: IndicatorFigures) -> Decimal | None:
    return figures.latest.value if figures.latest is not None else None


def _target(figures: IndicatorFigures) -> Decimal | None:
    """The value aimed at; what is to be kept aims at its baseline."""
    indicator = figures.indicator
    return indicator.baseline if indicator.direction == "maintain" else indicator.target


def _own_values(figures: IndicatorFigures) -> dict[date, Decimal]:
    """The initiative's values by day, beginning with the baseline where it has a day."""
    indicator = figures.indicator
    values: dict[date, Decimal] = {}
    if indicator.baseline is not None and indicator.baseline_date is not None:
        values[indicator.baseline_date] = indicator.baseline
    values |= {point.day: point.value for point in figures.points if point.day and point.value is not None}
    return values


def _levels(indicator: Indicator) -> list[ChartMark]:
    """The lines of baseline and target; what is to be kept has the bounds of its tolerance instead of a
    target.
    """
    levels = []
    baseline, tolerance = indicator.baseline, indicator.tolerance
    if baseline is not None:
        levels.append(ChartMark("baseline", _("Baseline"), baseline))
    if indicator.goal_status == "exploratory":
        return levels
    if indicator.direction == "maintain":
        if baseline is not None and tolerance:
            levels.append(ChartMark("tolerance", _("Upper bound"), add(baseline, tolerance)))
            levels.append(ChartMark("tolerance", _("Lower bound"), subtract(baseline, tolerance)))
    elif indicator.target is not None:
        levels.append(ChartMark("target", _("Target"), indicator.target))
    return levels


def _moved(changes: Iterable[Record]) -> list[ChartMark]:
    unnamed = {"goal": _("The goal moved"), "solution": _("The solution was changed")}
    moved = [
        ChartMark(kind, change.text("what") or unnamed[kind], day)
        for change in changes
        if (kind := change.text("kind")) in unnamed and (day := change.day("date")) is not None
    ]
    return sorted(moved, key=lambda mark: str(mark.place))


def _measurements_footnote(figures: IndicatorFigures) -> str:
    indicator = figures.indicator
    hidden = sum(1 for point in (*figures.points, *figures.comparison_points) if point.suppressed)
    base = ""
    if indicator.baseline_date is not None and indicator.baseline is not None:
        base = _("Baseline {day}").format(day=shown_day(indicator.baseline_date))
    return footnotes(
        [
            *_sources([figures.latest] if figures.latest is not None else []),
            base,
            ngettext(
                "{count} measurement with too few answers is not shown",
                "{count} measurements with too few answers are not shown",
                hidden,
            ).format(count=hidden)
            if hidden
            else "",
        ]
    )


def _sources(points: Iterable[Point]) -> list[str]:
    """``Kilde: Rutedata`` and ``n = 38`` of the points shown."""
    points = list(points)
    sources = ", ".join(dict.fromkeys(point.source for point in points if point.source))
    counts = [point.n for point in points if point.n is not None]
    said = [_("Source: {sources}").format(sources=sources)] if sources else []
    if counts:
        least, most = min(counts), max(counts)
        said.append(f"n = {least}" if least == most else f"n = {least}–{most}")
    return said


def _read_aloud(days: Sequence[date], series: ChartSeries, unit: str) -> str:
    return ", ".join(
        f"{shown(value, unit)} ({shown_day(day)})"
        for day, value in zip(days, series.values, strict=True)
        if value is not None
    )


def _level(mark: ChartMark) -> Decimal | None:
    return mark.place if isinstance(mark.place, Decimal) else None
