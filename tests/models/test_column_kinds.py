"""The kind of own field that a column would be is the narrowest one that all its entries fit."""

from __future__ import annotations

import pytest

from coi_desktop.models.column_kinds import suggest_kind
from coi_desktop.models.column_values import read_cell
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.table_mapping import ColumnMapping
from coi_desktop.models.tables import Cell, CellKind


def texts(*entries: str) -> list[Cell]:
    return [Cell(CellKind.TEXT, entry) for entry in entries]


@pytest.mark.parametrize(
    ("heading", "cells", "kind"),
    [
        ("Note", [], "text"),
        ("Note", texts("", " ", "–"), "text"),
        ("Godkendt", texts("ja", "NEJ", "", "x"), "yes_no"),
        ("Godkendt", [Cell(CellKind.YES_NO, "1"), *texts("nej")], "yes_no"),
        ("Dato", [Cell(CellKind.DATE, "2026-11-22"), *texts("1. marts 2027")], "date"),
        ("Antal", [Cell(CellKind.NUMBER, "12"), *texts("1.250,5", "–")], "number"),
        ("Beløb i alt", texts("12.000", "1.250,50 kr."), "money"),
        ("Udgift (kr.)", [Cell(CellKind.NUMBER, "12")], "money"),
        ("Udvalg", texts("Kultur", "Social", "Kultur", "Social"), "choice"),
        ("Udvalg", texts("Kultur", "Social"), "text"),
        ("Navn", texts("Ane", "Bo", "Carl", "Ane"), "text"),
        ("Note", texts("En linje\nog en til", "Kort"), "long"),
        ("Note", texts("x" * 201), "long"),
        ("Blandet", texts("12", "tolv"), "text"),
    ],
)
def test_the_narrowest_kind_that_fits_is_suggested(heading: str, cells: list[Cell], kind: str) -> None:
    assert suggest_kind(heading, cells).kind == kind


def test_the_words_of_a_choice_list_come_in_the_order_of_the_list() -> None:
    found = suggest_kind("Udvalg", texts(" Social", "Kultur", "Social", "Kultur", "Kultur"))
    assert found.choices == ("Social", "Kultur")


@pytest.mark.parametrize(
    ("entry", "value"), [("Ja", True), ("x", True), ("nej", False), ("", None), ("måske", "fault")]
)
def test_yes_and_no_are_read_as_people_write_them(entry: str, value: object) -> None:
    field = FieldSpec("own_12345678", Kind.YES_NO, "Godkendt", "Approved")
    reading = read_cell(Cell(CellKind.TEXT, entry), field, ColumnMapping(0, "Godkendt", field.name))
    if value == "fault":
        assert reading.fault is not None
        assert reading.values == {}
    else:
        assert reading.fault is None
        assert reading.values == {field.name: value}
