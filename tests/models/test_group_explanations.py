"""How a period and a group are explained, with nothing of hidden ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from coi_desktop.models.evaluation_records import measured_indicators
from coi_desktop.models.explanations import Explanation
from coi_desktop.models.group_explanations import explain_group, explain_period
from coi_desktop.models.records import Value
from tests.models.evaluation_cases import Drawing
from tests.models.shipped_words import shipped_vocabulary

WORDS = shipped_vocabulary()


def explained(
    indicator: dict[str, Value], *rows: dict[str, Value]
) -> tuple[Explanation | None, list[Explanation]]:
    drawing = Drawing()
    owner = drawing.put("initiative", title="Prøve", status="active")
    evaluation = drawing.put("evaluation", initiative_id=owner.id)
    record = drawing.put("indicator", evaluation_id=evaluation.id, name="Ture", direction="down", **indicator)
    for row in rows:
        drawing.put("measurement", **({"indicator_id": record.id} | row))
    (figures,) = measured_indicators(drawing.snapshot(), evaluation)
    groups = [explain_group(figures, group, WORDS) for group in figures.groups]
    return explain_period(figures, WORDS), groups


def at(month: int, value: str, n: int | None = None, group: str = "") -> dict[str, Value]:
    return {"date": date(2026, month, 1), "value": Decimal(value), "n": n, "subgroup": group}


def test_a_sum_names_every_number_in_it() -> None:
    period, _groups = explained({"summing": "add"}, at(3, "7"), at(4, "5"))
    assert period is not None
    assert [fact.value for fact in period.facts] == [7, 5, 2]
    assert (period.formula, period.result.value) == ("Σ a", 12)


def test_a_weighted_mean_names_the_weights_and_asks_for_missing_ones() -> None:
    period, _groups = explained({"summing": "ratio"}, at(3, "60", 30), at(4, "90", 10))
    assert period is not None
    assert [fact.value for fact in period.facts] == [60, 30, 90, 10, 2]
    assert period.result.value == Decimal("67.5")
    period, _groups = explained({"summing": "ratio"}, at(3, "60"), at(4, "90", 10))
    assert period is not None
    assert period.result.value is None
    assert period.missing


def test_a_hidden_measurement_leaves_the_period_without_numbers() -> None:
    period, _groups = explained({"summing": "add"}, at(3, "7", 40), at(4, "5", 3))
    assert period is not None
    assert [fact.value for fact in period.facts] == [2]
    assert period.result.value is None
    assert not period.missing


def test_the_latest_number_is_no_sum() -> None:
    assert explained({"summing": "latest"}, at(3, "7"))[0] is None
    assert explained({}, at(3, "7"))[0] is None


def test_groups_are_compared_with_themselves_and_small_ones_are_hidden() -> None:
    _period, groups = explained(
        {"breakdown": "Vagt"}, at(3, "7", 20, "Dag"), at(4, "5", 22, "Dag"), at(3, "9", 3, "Nat")
    )
    day, night = groups
    assert [fact.value for fact in day.facts] == [7, 5]
    assert day.result.value == -2
    assert [fact.value for fact in night.facts] == [None, None]
    assert night.notes
