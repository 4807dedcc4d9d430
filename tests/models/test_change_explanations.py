"""What is said of a change: its interval, its numbers, and how it was worked out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.change_explanations import change_line, effect_line, explain_change
from coi_desktop.models.change_intervals import change_intervals
from coi_desktop.models.evaluation_records import measured_indicators
from coi_desktop.models.records import Value
from tests.models.evaluation_cases import Drawing, draw_demo, shipped_catalogue
from tests.models.shipped_words import shipped_vocabulary

WORDS = shipped_vocabulary()
LIMITS = shipped_catalogue().change
SCALE = {"measure": "scale", "unit": "1–5", "baseline_n": 20, "baseline_sd": "0.7", "baseline": "3.6"}
SHARE = {"measure": "percent", "baseline": "60", "baseline_n": 80}


def said(indicator: dict[str, object], measurement: dict[str, object]) -> tuple[str, str]:
    """The line and the whole explanation of a change, in Danish."""
    drawing = Drawing()
    owner = drawing.put("initiative", title="Prøve", stage="trial", status="active")
    evaluation = drawing.put("evaluation", initiative_id=owner.id, depth="standard")
    settings = {
        "name": "Ro",
        "baseline_date": date(2026, 1, 31),
        "baseline_status": "measured",
        "direction": "up",
    }
    record = drawing.put("indicator", evaluation_id=evaluation.id, **numbers(settings | indicator))
    day = {"indicator_id": record.id, "date": date(2026, 9, 30)}
    drawing.put("measurement", **numbers(day | measurement))
    snapshot = drawing.snapshot()
    figures = measured_indicators(snapshot, evaluation)
    change = change_intervals(snapshot, figures, LIMITS)[record.id]
    with speaking("da"):
        lines = (
            change_line(figures[0], change),
            "\n".join(explain_change(figures[0], change, WORDS).lines()),
        )
    return lines[0].replace("\u00a0", " "), lines[1].replace("\u00a0", " ")


def numbers(values: dict[str, object]) -> dict[str, Value]:
    """The values with texts of digits as decimals."""
    return {
        key: Decimal(value) if isinstance(value, str) and value[:1].isdigit() and key != "unit" else value
        for key, value in values.items()
    }


def test_a_change_is_said_with_its_interval_and_its_numbers() -> None:
    line, explained = said(SCALE, {"value": "4.1", "n": 25, "sd": "0.8"})

    assert line == (
        "Ændring +0,5 på skala 1–5 (95 %-sikkerhedsinterval 0,05 til 0,95; n = 20 før, 25 efter). "
        "Ændringen er større, end tilfældigheder alene plejer at give."
    )
    for part in (
        "s₁ = 0,7",
        "n₂ = 25",
        "= 0,5",
        "Welch",
        "42,6 frihedsgrader",
        "ikke om hvad ændringen skyldes",
    ):
        assert part in explained


def test_a_share_changes_by_percentage_points() -> None:
    line, explained = said(SHARE, {"value": "80", "n": 70})

    assert "Ændring +20 procentpoint (95 %-sikkerhedsinterval 5,2 til 33,4; n = 80 før, 70 efter)" in line
    assert "l₁ = 49,0" in explained
    assert "Newcombe (1998), metode 10" in explained


def test_an_interval_that_holds_nothing_says_that_it_may_be_chance() -> None:
    line, _explained = said(SCALE, {"value": "3.7", "n": 25, "sd": "0.8"})

    assert line.endswith("Intervallet rummer 0, så ændringen kan være tilfældig.")


def test_few_answers_are_said_in_words_and_not_in_numbers() -> None:
    line, _explained = said(SCALE, {"value": "4.1", "n": 7, "sd": "0.8"})

    assert line == (
        "Ændring +0,5 på skala 1–5 (n = 20 før, 7 efter). For få til at sige noget sikkert om en ændring."
    )


@pytest.mark.parametrize(
    ("indicator", "measurement", "why"),
    [
        (SCALE, {"value": "4.1", "n": 25}, "Intet interval: spredningen ved den seneste måling kendes ikke."),
        (SCALE | {"baseline_n": 3}, {"value": "4.1", "n": 25, "sd": "1"}, "for få svar"),
        ({"measure": "yes_no", "baseline": "0"}, {"value": "1"}, "Der regnes ikke noget interval"),
    ],
)
def test_a_change_without_an_interval_says_why(
    indicator: dict[str, object], measurement: dict[str, object], why: str
) -> None:
    line, explained = said(indicator, measurement)

    assert line == ""
    assert why in explained


def test_pairs_of_fewer_than_five_people_are_not_told() -> None:
    pairs = {"paired_n": 50, "paired_kept": 36, "paired_gained": 12, "paired_lost": 2}
    line, explained = said(SHARE, {"value": "96", "n": 50, **pairs})

    assert "n = 50, de samme før og efter" in line
    assert "fra ja til nej" not in explained
    assert "= 12" not in explained
    assert "under fem" in explained


def test_pairs_of_enough_people_are_put_in() -> None:
    pairs = {"paired_n": 80, "paired_kept": 40, "paired_gained": 15, "paired_lost": 5}
    _line, explained = said(SHARE, {"value": "70", "n": 80, **pairs})

    assert "g = 15 (fra nej til ja)" in explained
    assert "v = 5 (fra ja til nej)" in explained


def test_nothing_is_told_of_too_few_people() -> None:
    line, explained = said(SCALE, {"value": "4.1", "n": 3, "sd": "0.8"})

    assert line == ""
    assert "4,1" not in explained
    assert "0,8" not in explained


def test_the_effect_is_shown_with_its_four_numbers() -> None:
    drawing = Drawing()
    evaluation = draw_demo(drawing)
    figures = measured_indicators(drawing.snapshot(), evaluation)

    with speaking("da"):
        lines = [effect_line(one).replace("\u00a0", " ") for one in figures]

    assert lines == ["Effekt: (52 − 74) − (70 − 73) = −19 min./dag", "", ""]
