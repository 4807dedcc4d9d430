"""The chart of an indicator group by group."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from coi_desktop.models.chart_figures import ChartKind
from coi_desktop.models.group_chart import groups_chart
from coi_desktop.models.indicators import Indicator, indicator_figures
from coi_desktop.models.points import NO_GROUP, Point
from tests.models.shipped_words import shipped_vocabulary


def figure_of(*points: Point, **more: object):
    indicator = Indicator("i", "Ventetid", unit="dage", summing="ratio", breakdown="Distrikt", **more)
    return groups_chart(indicator_figures(indicator, points), shipped_vocabulary())


def point(month: int, value: str, n: int, subgroup: str) -> Point:
    return Point(date(2026, month, 1), Decimal(value), n, subgroup=subgroup)


def test_each_group_has_its_latest_and_first_value():
    figure = figure_of(
        point(1, "9", 20, "Nord"), point(5, "7,5".replace(",", "."), 20, "Nord"), point(5, "4", 30, "Syd")
    )
    assert figure.kind is ChartKind.GROUPS
    assert figure.title == "Ventetid efter distrikt"
    assert figure.categories == ("Nord", "Syd")
    assert [series.values for series in figure.series] == [(Decimal("7.5"), 4), (9, None)]
    assert "7,5\u00a0dage (n = 20)" in figure.labels
    assert "Seneste 01-05-2026" in figure.footnote


def test_groups_that_are_kept_back_have_words_and_no_bar():
    figure = figure_of(
        point(5, "7", 3, "Nord"),
        point(5, "4", 12, "Syd"),
        point(5, "5", 20, "Øst"),
        point(5, "6", 30, NO_GROUP),
    )
    assert figure.series[0].values == (None, None, 5, 6)
    assert figure.labels[:2] == ("for få svar", "for få svar")
    assert figure.categories[-1] == "Uden gruppe"
    assert "2 grupper er ikke vist" in figure.footnote


def test_there_is_no_chart_of_fewer_than_two_groups_that_may_be_shown():
    assert figure_of(point(5, "4", 12, "Syd")) is None
    assert figure_of(point(5, "7", 3, "Nord"), point(5, "4", 12, "Syd")) is None
    assert figure_of() is None
    assert figure_of(point(5, "1", 12, "Syd"), point(5, "0", 12, "Nord"), measure="yes_no") is None
