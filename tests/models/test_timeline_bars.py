"""What a timeline says of one initiative."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.figures_catalogue import LightLimits
from coi_desktop.models.lights import Light
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.timeline_bars import Bars, bars_lines, bars_of, late_words

LIMITS = LightLimits(Decimal(0), Decimal("0.1"), 1, 3, Decimal("0.9"), Decimal("0.7"), 7, 14)


def bars(**values: Value) -> Bars:
    names = {field.name: None for field in record_type("initiative").fields}
    return bars_of(Record("initiative", "1", {**names, **values}), LIMITS)


@pytest.mark.parametrize(
    ("end", "baseline", "words", "light"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), "til tiden", Light.GREEN),
        (date(2026, 6, 2), date(2026, 6, 1), "1 dag forsinket", Light.GREEN),
        (date(2026, 9, 1), date(2026, 6, 1), "3 måneder forsinket", Light.YELLOW),
        (date(2026, 9, 2), date(2026, 6, 1), "3 måneder forsinket", Light.RED),
        (date(2024, 2, 29), date(2024, 1, 31), "1 måned forsinket", Light.YELLOW),
        (date(2024, 2, 28), date(2024, 1, 31), "28 dage forsinket", Light.GREEN),
        (date(2028, 6, 1), date(2026, 6, 1), "24 måneder forsinket", Light.RED),
        (date(2026, 5, 1), date(2026, 6, 1), "1 måned før tid", Light.GREEN),
        (date(2026, 5, 30), date(2026, 6, 1), "2 dage før tid", Light.GREEN),
    ],
)
def test_lateness_is_told_in_words(end: date, baseline: date, words: str, light: Light) -> None:
    found = bars(planned_end=end, baseline_end=baseline)
    with speaking("da"):
        assert late_words(found) == words
    assert found.light is light


def test_without_both_ends_nothing_is_said_of_lateness() -> None:
    assert late_words(bars(planned_end=date(2026, 1, 1))) == ""
    assert bars(planned_end=date(2026, 1, 1)).light is None


def test_every_date_stands_in_the_words() -> None:
    found = bars(
        start=date(2026, 1, 1),
        planned_end=date(2026, 9, 1),
        baseline_end=date(2026, 6, 1),
        next_date=date(2026, 3, 5),
        next_milestone="Styregruppemøde",
    )
    with speaking("da"):
        assert bars_lines(found) == (
            "Start: 01-01-2026",
            "Forventet slut: 01-09-2026",
            "Oprindelig slut: 01-06-2026",
            "3 måneder forsinket",
            "Næste dato: 05-03-2026 – Styregruppemøde",
        )
    assert found.span == (date(2026, 1, 1), date(2026, 9, 1))


def test_an_initiative_without_dates_says_so_quietly() -> None:
    with speaking("da"):
        assert bars_lines(bars()) == ("Ingen datoer er skrevet ned.",)
    assert bars().is_empty
    assert bars().span is None
