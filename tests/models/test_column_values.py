"""Cells read as values of fields: nothing is guessed, and every fault says why and what to do."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.column_values import Reading, read_cell
from coi_desktop.models.import_report import Level
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.table_mapping import ColumnMapping
from coi_desktop.models.tables import Cell, CellKind
from coi_desktop.models.value_json import values_from_json, values_to_json

INITIATIVE = record_type("initiative")
CELLS = st.builds(
    Cell,
    st.sampled_from((CellKind.TEXT, CellKind.ERROR, CellKind.FORMULA)),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=40),
)


def read(field: str, cell: Cell | str, **column: object) -> Reading:
    cell = Cell(CellKind.TEXT, cell) if isinstance(cell, str) else cell
    return read_cell(cell, INITIATIVE.field(field), ColumnMapping(0, "X", field, **column))


@pytest.mark.parametrize(
    ("field", "cell", "value"),
    [
        ("title", "  Ærø\u00a0 på\nnettet \u200b", "Ærø på nettet"),
        ("title", Cell(CellKind.NUMBER, "112"), "112"),
        ("owner", Cell(CellKind.DATE, "2025-03-01T00:00:00"), "01-03-2025"),
        ("owner", Cell(CellKind.YES_NO, "1"), "Ja"),
        ("owner", Cell(CellKind.PERCENT, "12.5"), "12,5 %"),
        ("description", "linje 1\r\nlinje 2", "linje 1\nlinje 2"),
        ("description", "\u00a0", None),
        ("budget", "1.234.567,50 kr.", Decimal("1234567.50")),
        ("budget", Cell(CellKind.NUMBER, "1234.5"), Decimal("1234.5")),
        ("start", "22.11.2026", date(2026, 11, 22)),
        ("start", Cell(CellKind.DATE, "2026-11-22T09:30:00"), date(2026, 11, 22)),
        ("start", "2021.0", date(2021, 1, 1)),
        ("start", Cell(CellKind.NUMBER, "2021"), date(2021, 1, 1)),
        ("planned_end", "2021", date(2021, 12, 31)),
        ("budget", "-", None),
        ("start", " – ", None),
        ("status", "--", None),
        ("title", "–", None),
        ("external_id", "-", None),
        ("owner", "-", None),
        ("owner", "- Bo", "- Bo"),
        ("external_id", Cell(CellKind.TEXT, "0101"), "0101"),
        ("journal_number", "27.00.00-P20-1-23", "27.00.00-P20-1-23"),
    ],
)
def test_cell_gives_the_value_it_shows(field: str, cell: Cell | str, value: object) -> None:
    assert read(field, cell) == Reading({field: value})


@pytest.mark.parametrize(
    ("field", "cell"),
    [
        ("budget", "ca. 500"),
        ("budget", "12 %"),
        ("budget", Cell(CellKind.PERCENT, "12.5")),
        ("budget", Cell(CellKind.DATE, "2026-01-01")),
        ("budget", Cell(CellKind.NUMBER, "1" + "0" * 15)),
        ("budget", Cell(CellKind.ERROR, "#DIV/0!")),
        ("budget", Cell(CellKind.FORMULA, "=A1")),
        ("start", "31-02-2025"),
        ("start", "jan-26"),
        ("start", Cell(CellKind.NUMBER, "45678")),
        ("start", Cell(CellKind.YES_NO, "1")),
        ("start", Cell(CellKind.ERROR, "#N/A")),
        ("title", Cell(CellKind.ERROR, "#REF!")),
        ("title", "x" * 201),
    ],
)
def test_cell_without_a_sure_value_keeps_its_row_out(field: str, cell: Cell | str) -> None:
    found = read(field, cell)
    assert found.values == {}
    assert found.fault is not None
    assert found.fault.level is Level.ERROR
    assert found.fault.reason
    assert found.fault.remedy


def test_number_with_two_readings_is_refused_unless_the_column_is_told() -> None:
    assert read("budget", "1.234").values == {}
    assert read("budget", "1.234", number_form="comma").values == {"budget": Decimal(1234)}
    assert read("budget", "1.234", number_form="point").values == {"budget": Decimal("1.234")}
    assert "1.234" in read("budget", "1.234").fault.reason


def test_date_with_two_readings_is_refused_unless_the_column_is_told() -> None:
    assert read("start", "03/04/2025").values == {}
    assert read("start", "13/04/2025").values == {"start": date(2025, 4, 13)}
    assert read("start", "03/04/2025", date_order="dmy").values == {"start": date(2025, 4, 3)}
    assert read("start", "03/04/2025", date_order="mdy").values == {"start": date(2025, 3, 4)}


def test_unknown_choice_goes_in_empty_with_a_note() -> None:
    found = read("status", "Tja", choices={"Pilot": {"phase": "develop"}})
    assert found.values == {"status": None}
    assert found.fault.level is Level.NOTE
    assert read("status", "Pilot", choices={"Pilot": {"phase": "develop"}}).values == {
        "status": None, "phase": "develop",
    }  # fmt: skip


def test_several_choices_are_told_apart_by_the_usual_signs() -> None:
    choices = {"Kvalitet": {"value_kinds": "quality"}, "Trivsel": {"value_kinds": "employee"}}
    found = read("value_kinds", "Trivsel; Kvalitet, noget nyt", choices=choices)
    assert found.values == {"value_kinds": ("employee", "quality")}
    assert "noget nyt" in found.fault.reason


def test_long_text_is_cut_with_a_note() -> None:
    found = read("owner", "x" * 250)
    assert len(found.values["owner"]) == 200
    assert found.fault.level is Level.NOTE


@pytest.mark.parametrize(
    "cell",
    [
        Cell(CellKind.TEXT, "1,23457E+15"),
        Cell(CellKind.TEXT, "jan-26"),
        Cell(CellKind.NUMBER, "1234567890123456"),
        Cell(CellKind.DATE, "2026-01-01"),
    ],
)
def test_code_that_excel_has_eaten_is_flagged_and_not_stored(cell: Cell) -> None:
    found = read("external_id", cell)
    assert found.values == {"external_id": None}
    assert found.fault.level is Level.NOTE


@given(st.sampled_from([field.name for field in INITIATIVE.fields]), CELLS)
def test_no_cell_breaks_a_reader(field: str, cell: Cell) -> None:
    found = read(field, cell)
    assert found.fault is not None or found.values


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "title": st.text(min_size=1),
            "budget": st.decimals(allow_nan=False, allow_infinity=False),
            "start": st.dates(),
            "value_kinds": st.lists(st.text(min_size=1), min_size=1).map(tuple),
            "number": st.integers(),
            "owner": st.none(),
        },
    )
)
def test_remembered_values_are_read_back_exactly(values: dict[str, object]) -> None:
    assert values_from_json(values_to_json(values), INITIATIVE) == values


def test_remembered_values_that_no_longer_fit_are_forgotten() -> None:
    text = '{"title": 7, "budget": "x", "start": "i går", "gone": "x", "owner": "Ejer", "value_kinds": 3}'
    assert values_from_json(text, INITIATIVE) == {"owner": "Ejer"}
    assert values_from_json("[]", INITIATIVE) == values_from_json("{", INITIATIVE) == {}
