"""The chart of one indicator group by group: the latest value as a bar, the first as a mark."""

from __future__ import annotations

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartKind,
    ChartSeries,
    footnotes,
    group_name,
    sentences,
    shown,
    shown_day,
    unit_of,
)
from coi_desktop.models.group_figures import GroupFigures
from coi_desktop.models.indicators import IndicatorFigures, Status
from coi_desktop.models.vocabulary import Vocabulary


def groups_chart(figures: IndicatorFigures, vocabulary: Vocabulary) -> ChartFigure | None:
    """The groups of an indicator; None with fewer than two that may be shown, for yes/no and for signs.

    A group of too few people has its name and the words for it, and no bar.
    """
    indicator, groups = figures.indicator, figures.groups
    seen = [group for group in groups if group.latest.value is not None]
    if len(seen) < FEWEST_VALUES or indicator.measure in ("yes_no", "sign"):
        return None
    unit, names = unit_of(indicator), tuple(group_name(group.name) for group in groups)
    labels = tuple(_label(group, unit, vocabulary) for group in groups)
    title = _title(figures)
    series = [ChartSeries("latest", _("Latest"), tuple(group.latest.value for group in groups))]
    if any(group.first is not group.latest for group in groups):
        values = tuple(None if group.first is group.latest else group.first.value for group in groups)
        series.append(ChartSeries("first", _("First"), values))
    return ChartFigure(
        kind=ChartKind.GROUPS,
        subject=indicator.id,
        title=title,
        category_title=indicator.breakdown or _("Group"),
        unit=unit,
        categories=names,
        labels=labels,
        series=tuple(series),
        marks=(),
        levels=(),
        footnote=_footnote(groups),
        alt_text=sentences(
            [_("Bar chart: {title}").format(title=title)]
            + [f"{name}: {label}" for name, label in zip(names, labels, strict=True)]
        ),
    )


def _title(figures: IndicatorFigures) -> str:
    indicator = figures.indicator
    if indicator.breakdown:
        return _("{name} by {breakdown}").format(
            name=indicator.name, breakdown=indicator.breakdown[:1].lower() + indicator.breakdown[1:]
        )
    return _("{name} by group").format(name=indicator.name)


def _label(group: GroupFigures, unit: str, vocabulary: Vocabulary) -> str:
    if group.latest.suppressed:
        return vocabulary.label("indicator.status", Status.TOO_FEW)
    said = shown(group.latest.value, unit) or "–"
    return said if group.latest.n is None else f"{said} (n = {group.latest.n})"


def _footnote(groups: tuple[GroupFigures, ...]) -> str:
    days = [group.latest.day for group in groups if group.latest.day is not None]
    sources = dict.fromkeys(group.latest.source for group in groups if group.latest.source)
    hidden = sum(group.latest.suppressed for group in groups)
    return footnotes(
        [
            _("Source: {sources}").format(sources=", ".join(sources)) if sources else "",
            _("Latest {day}").format(day=shown_day(max(days))) if days else "",
            ngettext(
                "{count} group is not shown: too few answers, or it would tell another",
                "{count} groups are not shown: too few answers, or they would tell another",
                hidden,
            ).format(count=hidden)
            if hidden
            else "",
        ]
    )
