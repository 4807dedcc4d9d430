"""When a change has an interval, which one, and what is missing where it has none."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.models.change_intervals import ChangeInterval, Method, change_intervals
from coi_desktop.models.evaluation_records import measured_indicators
from coi_desktop.models.records import Value
from tests.models.evaluation_cases import Drawing, shipped_catalogue

LIMITS = shipped_catalogue().change


def found(indicator: dict[str, Value], *measurements: dict[str, Value]) -> ChangeInterval:
    """The interval of one indicator with these measurements."""
    drawing = Drawing()
    owner = drawing.put("initiative", title="Prøve", stage="trial", status="active")
    evaluation = drawing.put("evaluation", initiative_id=owner.id, depth="standard")
    settings = {"baseline_date": date(2026, 1, 31), "baseline_status": "measured", "direction": "up"}
    record = drawing.put("indicator", evaluation_id=evaluation.id, **(settings | indicator))
    for values in measurements:
        drawing.put("measurement", **({"indicator_id": record.id, "date": date(2026, 9, 30)} | values))
    snapshot = drawing.snapshot()
    return change_intervals(snapshot, measured_indicators(snapshot, evaluation), LIMITS)[record.id]


def number(text: str) -> Decimal:
    return Decimal(text)


SCALE = {"measure": "scale", "baseline": number("3.6"), "baseline_n": 20, "baseline_sd": number("0.7")}
SHARE = {"measure": "percent", "baseline": number("60"), "baseline_n": 80}


def test_two_means_have_the_interval_of_welch() -> None:
    one = found(SCALE, {"value": number("4.1"), "n": 25, "sd": number("0.8")})

    assert (one.method, one.change, one.n) == (Method.MEAN_UNPAIRED, number("0.5000"), 20)
    assert (one.low, one.high) == (number("0.0485"), number("0.9515"))
    assert not one.is_paired
    assert not one.holds_zero
    assert one.missing == ()


def test_two_shares_have_newcombes_interval_in_percentage_points() -> None:
    one = found(SHARE, {"value": number("80"), "n": 70})

    assert (one.method, one.change) == (Method.SHARE_UNPAIRED, number("20.0000"))
    assert (one.low, one.high) == (number("5.2431"), number("33.3873"))


def test_the_same_people_are_told_from_two_groups() -> None:
    pairs = {"paired_n": 18, "paired_mean": number("0.4"), "paired_sd": number("0.5")}
    one = found(SCALE, {"value": number("4.1"), "n": 25, "sd": number("0.8"), **pairs})

    assert (one.method, one.change, one.n) == (Method.MEAN_PAIRED, number("0.4000"), 18)
    assert (one.low, one.high) == (number("0.1514"), number("0.6486"))
    assert one.is_paired


def test_pairs_of_answers_have_newcombes_interval_for_the_same_people() -> None:
    pairs = {"paired_n": 50, "paired_kept": 36, "paired_gained": 12, "paired_lost": 2}
    one = found(SHARE, {"value": number("96"), "n": 50, **pairs})

    assert (one.method, one.change) == (Method.SHARE_PAIRED, number("20.0000"))
    assert (one.low, one.high) == (number("5.6930"), number("34.0428"))


def test_a_percentage_with_standard_deviations_is_a_mean() -> None:
    one = found(SHARE | {"baseline_sd": number("12")}, {"value": number("70"), "n": 70, "sd": number("14")})

    assert one.method is Method.MEAN_UNPAIRED


@pytest.mark.parametrize(
    ("indicator", "measurement", "missing"),
    [
        ({"baseline_n": None}, {}, ("n_before",)),
        ({"baseline_sd": None}, {}, ("sd_before",)),
        ({}, {"n": None, "sd": None}, ("n_after", "sd_after")),
        ({"baseline_n": 4}, {}, ("not_measured",)),
        ({"baseline_n": 4, "counts": "routes"}, {}, ("too_few",)),
        ({}, {"n": 4}, ("not_measured",)),
        ({"baseline_sd": number("0")}, {"sd": number("0")}, ("no_spread",)),
        ({"baseline": None}, {}, ("not_measured",)),
        ({"measure": "yes_no"}, {}, ("not_measured",)),
        ({"measure": "sign"}, {}, ("not_measured",)),
        ({}, {"date": date(2025, 6, 1)}, ("not_measured",)),
        ({}, {"paired_n": 3, "paired_mean": number("1"), "paired_sd": number("1")}, ("too_few",)),
    ],
)
def test_without_what_it_takes_there_is_no_interval(
    indicator: dict[str, Value], measurement: dict[str, Value], missing: tuple[str, ...]
) -> None:
    one = found(SCALE | indicator, {"value": number("4.1"), "n": 25, "sd": number("0.8")} | measurement)

    assert one.missing == missing
    assert (one.method, one.change, one.low, one.high, one.n) == (None, None, None, None, None)


def test_a_share_that_is_none_has_no_interval() -> None:
    assert found(SHARE, {"value": number("130"), "n": 70}).missing == ("no_fit",)


def test_pairs_that_contradict_each_other_have_no_interval() -> None:
    pairs = {"paired_n": 20, "paired_kept": 15, "paired_gained": 12, "paired_lost": 2}

    assert found(SHARE, {"value": number("80"), "n": 70, **pairs}).missing == ("no_fit",)


@pytest.mark.parametrize(("n", "is_few"), [(5, True), (9, True), (10, False)])
def test_few_answers_are_said_to_be_few(n: int, is_few: bool) -> None:
    one = found(SCALE, {"value": number("4.1"), "n": n, "sd": number("0.8")})

    assert one.low is not None
    assert one.is_few is is_few


def test_nothing_typed_about_too_few_people_comes_out() -> None:
    one = found(SCALE, {"value": number("4.1"), "n": 3, "sd": number("0.8")})

    assert one.rounds.n_after is None
    assert one.rounds.sd_after is None


def test_measurements_of_a_group_and_of_the_comparison_say_nothing_about_everybody() -> None:
    everybody = {"value": number("4.1"), "n": 25, "sd": number("0.8")}
    group = {"value": number("4.1"), "n": 6, "sd": number("2"), "subgroup": "Aften"}
    others = {"value": number("4.1"), "n": 60, "sd": number("2"), "series": "comparison"}

    assert found(SCALE, everybody, others) == found(SCALE, everybody)
    assert found(SCALE, group | {"date": date(2026, 5, 1)}, everybody) == found(SCALE, everybody)
