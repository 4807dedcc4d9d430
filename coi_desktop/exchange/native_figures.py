"""Chart figures made ready for Excel, which knows no marks on a line and no axis that crosses at a cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from coi_desktop.i18n import _
from coi_desktop.models.chart_figures import ChartFigure, ChartSeries

#: The series that stands for the marks of a chart over time.
CHANGES = "changes"


def with_marked_days(figure: ChartFigure) -> ChartFigure:
    """A chart over time whose marks (a goal that moved) are a series of their own, as Excel knows no marks:
    their days are among its days, and what they say stands as labels.
    """
    known = [day for day in figure.categories if isinstance(day, date)]
    marks: dict[date, str] = {}
    for mark in figure.marks:
        if isinstance(mark.place, date) and known and known[0] <= mark.place <= known[-1]:
            marks[mark.place] = "; ".join(part for part in (marks.get(mark.place, ""), mark.label) if part)
    if not marks:
        return figure
    days = sorted({*known, *marks})
    height = max(value for one in figure.drawn for value in one.values if value is not None)
    series = [
        replace(one, values=tuple(dict(zip(known, one.values, strict=True)).get(day) for day in days))
        for one in figure.drawn
    ]
    series.append(ChartSeries(CHANGES, _("Changes"), tuple(height if day in marks else None for day in days)))
    labels = tuple(marks.get(day, "") for day in days)
    return replace(figure, categories=tuple(days), series=tuple(series), labels=labels)


#: The end of the key of a series that tells how far it is from the likely net present value.
DEVIATION = "_from_likely"


def with_deviations(figure: ChartFigure, likely: Decimal) -> ChartFigure:
    """A tornado whose series stand a second time as deviations from the likely net present value: no axis of
    Excel's crosses at a cell, so that only bars that begin at 0 follow when a number is changed.
    """
    deviations = tuple(
        replace(
            one,
            key=f"{one.key}{DEVIATION}",
            name=_("{estimate}, difference").format(estimate=one.name),
            values=tuple(None if value is None else value - likely for value in one.values),
        )
        for one in figure.series
    )
    return replace(figure, series=(*figure.series, *deviations))
