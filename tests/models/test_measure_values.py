"""Values are read in the unit of their indicator; what is in another, or off the scale, is told."""

from __future__ import annotations

from decimal import Decimal

import pytest

from coi_desktop.models.measure_values import decide_form, read_value, scale_of
from coi_desktop.models.records import Record
from coi_desktop.models.tables import Cell, CellKind


def indicator(measure: str, unit: str = "") -> Record:
    return Record("indicator", "1", {"name": "Mål", "measure": measure, "unit": unit})


def text(written: str) -> Cell:
    return Cell(CellKind.TEXT, written)


@pytest.mark.parametrize(
    ("measure", "unit", "cell", "value"),
    [
        ("minutes", "min/dag", text("1 t 14 min"), "74"),
        ("minutes", "", text("1:30"), "90"),
        ("minutes", "", text("74"), "74"),
        ("number", "timer", text("90 min"), "1.5"),
        ("percent", "%", text("82 %"), "82"),
        ("percent", "%", Cell(CellKind.PERCENT, "82.5"), "82.5"),
        ("percent", "%", text("82,5"), "82.5"),
        ("percent", "%", Cell(CellKind.NUMBER, "1"), "1"),
        ("dkk", "", text("1,5 mio. kr."), "1500000"),
        ("dkk", "", text("12.500,50 kr"), "12500.50"),
        ("scale", "1–10", text("7"), "7"),
        ("scale", "", text("4,1"), "4.1"),
        ("count", "", text("12"), "12"),
        ("yes_no", "", text("Ja"), "1"),
        ("yes_no", "", Cell(CellKind.YES_NO, "0"), "0"),
        ("number", "%", text("12 %"), "12"),
    ],
)
def test_value_is_read_in_the_unit_of_its_indicator(measure: str, unit: str, cell: Cell, value: str) -> None:
    assert read_value(cell, indicator(measure, unit)) == (Decimal(value), None)


@pytest.mark.parametrize(
    ("measure", "unit", "cell"),
    [
        ("scale", "", text("6")),
        ("scale", "1-5", text("0")),
        ("minutes", "", text("82 %")),
        ("scale", "", text("90 min")),
        ("number", "dage", text("1.200 kr.")),
        ("percent", "", Cell(CellKind.NUMBER, "0.82")),
        ("count", "", text("3,5")),
        ("count", "", text("-2")),
        ("yes_no", "", text("måske")),
        ("sign", "", text("3")),
        ("number", "", text("ca. 20")),
        ("number", "", text("1.234")),
        ("number", "", Cell(CellKind.ERROR, "#N/A")),
        ("number", "", Cell(CellKind.DATE, "2026-03-01")),
    ],
)
def test_value_in_another_unit_or_off_the_scale_is_told_and_not_taken(
    measure: str, unit: str, cell: Cell
) -> None:
    value, fault = read_value(cell, indicator(measure, unit))
    assert value is None
    assert fault is not None
    assert fault.reason
    assert fault.remedy


def test_the_rest_of_a_column_decides_what_a_point_means() -> None:
    cells = [text("1.234"), text("12,5")]
    form = decide_form(indicator("number"), cells)
    assert read_value(cells[0], indicator("number"), form).value == Decimal(1234)


def test_scale_is_the_one_of_the_unit_else_one_to_five() -> None:
    assert scale_of(indicator("scale", "skala fra 0 til 10")) == (0, 10)
    assert scale_of(indicator("scale", "point")) == (1, 5)
    assert scale_of(indicator("number", "1-5")) is None
