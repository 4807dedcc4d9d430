"""Measurements typed in a line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.operations.answering import add_row
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.measuring import add_measurement, get_indicator, read_measurement
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with create_register(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def evaluation_id(register: Register) -> str:
    return start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))


@pytest.mark.parametrize(
    ("measure", "typed", "value"),
    [
        ("yes_no", "value=ja", "1"), ("yes_no", "value=No", "0"), ("percent", "value=45 %", "45"),
        ("number", "value=1.250,50", "1250.50"), ("number", "value=-3", "-3"), ("count", "value=0", "0"),
    ],
)  # fmt: skip
def test_values_are_read_as_their_indicator_is_measured(register, evaluation_id, measure, typed, value):
    add_row(register, evaluation_id, "indicators.indicators", {"name": "Ventetid", "measure": measure})
    indicator = get_indicator(register, "ventetid")
    values = read_measurement(register, indicator, [typed])
    measurement = register.get("measurement", add_measurement(register, indicator, values))
    assert measurement["value"] == Decimal(value)
    assert measurement["date"] is not None


@pytest.mark.parametrize(("measure", "typed"), [("yes_no", "value=2"), ("number", "value=45 %")])
def test_a_value_of_another_form_is_refused(register, evaluation_id, measure, typed):
    add_row(register, evaluation_id, "indicators.indicators", {"name": "Ventetid", "measure": measure})
    with pytest.raises(Problem) as refused:
        read_measurement(register, get_indicator(register, "Ventetid"), [typed])
    assert refused.value.code == "bad_value"


def test_a_name_that_two_indicators_have_is_no_name_of_one(register, evaluation_id):
    for _time in range(2):
        add_row(register, evaluation_id, "indicators.indicators", {"name": "Ventetid"})
    with pytest.raises(Problem) as refused:
        get_indicator(register, "Ventetid")
    assert refused.value.code == "ambiguous_id"
