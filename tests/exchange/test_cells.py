from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coi_desktop.exchange.cells import MAX_TEXT, CellWriter, cell_name, digits, pieces, units
from coi_desktop.models.folding import clean
from tests.exchange.workbook_makers import NASTY, read_with_calamine, read_with_openpyxl, write_cells


def write_texts(path: Path, texts: list[str]) -> list[str]:
    """The continued rests of texts written below each other in column A."""
    remarks = write_cells(path, lambda cells: cells.texts(0, 0, texts))
    return [remark.text for remark in remarks.of("continued")]


def test_every_nasty_text_is_read_back_as_the_same_text(tmp_path: Path) -> None:
    path = tmp_path / "nasty.xlsx"
    rests = write_texts(path, list(NASTY))
    wanted = [clean(text) for text in NASTY]
    for reader in (read_with_openpyxl, read_with_calamine):
        cells = reader(path)["Ark"]
        for row, text in enumerate(wanted, 1):
            found = cells.get(f"A{row}", "")
            if units(text) > MAX_TEXT:
                head, _sign, _rest = str(found).partition("… (nr. ")
                assert text.startswith(head)
                assert text.removeprefix(head) in rests
            else:
                assert clean(str(found)).replace("_x005F_", "_") == text, reader.__name__


def test_no_text_becomes_a_formula_a_link_or_markup(tmp_path: Path) -> None:
    path = tmp_path / "nasty.xlsx"
    write_texts(path, list(NASTY))
    with ZipFile(path) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
        names = package.namelist()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet
    assert not [name for name in names if "externalLink" in name or name.endswith("sheet1.xml.rels")]
    # An empty cell is not written at all, so every cell there is holds a shared string.
    assert sheet.count("<c ") == sheet.count('t="s"')


def test_a_text_that_looks_like_a_formula_stays_a_text_when_it_is_edited(tmp_path: Path) -> None:
    path = tmp_path / "quoted.xlsx"
    write_texts(path, ["=1+1", "almindelig"])
    with ZipFile(path) as package:
        assert package.read("xl/styles.xml").decode().count('quotePrefix="1"') == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=60), min_size=1, max_size=30))
def test_any_text_gives_a_file_that_both_readers_open_with_that_text(
    tmp_path: Path, texts: list[str]
) -> None:
    path = tmp_path / "any.xlsx"
    write_texts(path, texts)
    first, second = read_with_openpyxl(path)["Ark"], read_with_calamine(path)["Ark"]
    for row, text in enumerate(texts, 1):
        assert clean(first.get(f"A{row}", "")) == clean(text)
        assert clean(second.get(f"A{row}", "")) == clean(text)


def test_a_text_too_long_for_a_cell_continues_in_a_remark_and_nothing_is_lost(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    text = "æ😀 " * 40_000
    (rest,) = write_texts(path, [text])
    shown = read_with_calamine(path)["Ark"]["A1"]
    head = shown.removesuffix("… (nr. 1)")
    assert shown.endswith("… (nr. 1)")
    assert head + rest == clean(text)
    assert "".join(pieces(rest)) == rest
    assert all(units(piece) <= MAX_TEXT for piece in pieces(rest))


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (Decimal("4.1"), 4.1),
        (Decimal("-141564.39"), -141564.39),
        (Decimal("0.000001"), 0.000001),
        (Decimal("1E+3"), 1000),
        (Decimal("100000000000000000000"), 1e20),
        (999_999_999_999_999, 999_999_999_999_999),
        (0, 0),
    ],
)
def test_a_number_is_a_number(tmp_path: Path, value: Decimal | int, stored: float) -> None:
    path = tmp_path / "number.xlsx"
    remarks = write_cells(path, lambda cells: cells.number(0, 0, value))
    assert read_with_openpyxl(path)["Ark"]["A1"] == stored
    assert read_with_calamine(path)["Ark"]["A1"] == stored
    assert remarks.of("digits") == ()


@pytest.mark.parametrize(
    "value", [Decimal("1.2345678901234567"), 12_345_678_901_234_567, Decimal("1E+400"), Decimal("9" * 40)]
)
def test_a_number_with_more_digits_than_excel_keeps_is_text_and_said_so(
    tmp_path: Path, value: Decimal | int
) -> None:
    path = tmp_path / "digits.xlsx"
    remarks = write_cells(path, lambda cells: cells.number(2, 1, value))
    assert Decimal(read_with_calamine(path)["Ark"]["B3"]) == value
    assert [remark.cell for remark in remarks.of("digits")] == ["B3"]


@pytest.mark.parametrize(
    "value", [Decimal("NaN"), Decimal("Infinity"), Decimal("-Infinity"), Decimal("sNaN")]
)
def test_what_is_no_number_is_left_out_and_said_so(tmp_path: Path, value: Decimal) -> None:
    path = tmp_path / "nan.xlsx"

    def write(cells: CellWriter) -> None:
        cells.number(0, 0, value)
        cells.number(1, 0, Decimal(1))

    remarks = write_cells(path, write)
    assert read_with_openpyxl(path)["Ark"] == {"A2": 1}
    assert [remark.cell for remark in remarks.of("no_number")] == ["A1"]


@pytest.mark.parametrize("day", [date(1900, 3, 1), date(2024, 2, 29), date(2026, 11, 22), date(9999, 12, 31)])
def test_a_date_is_a_date_for_both_readers(tmp_path: Path, day: date) -> None:
    path = tmp_path / "date.xlsx"
    write_cells(path, lambda cells: cells.day(0, 0, day))
    assert read_with_openpyxl(path)["Ark"]["A1"] == day
    assert read_with_calamine(path)["Ark"]["A1"] == day


def test_a_date_excel_does_not_know_is_text_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "early.xlsx"
    remarks = write_cells(path, lambda cells: cells.days(0, 0, [date(1899, 12, 31), date(1900, 2, 28), None]))
    assert read_with_calamine(path)["Ark"] == {"A1": "1899-12-31", "A2": "1900-02-28"}
    assert len(remarks.of("early")) == 2


def test_a_formula_stands_with_its_computed_value(tmp_path: Path) -> None:
    path = tmp_path / "formula.xlsx"

    def write(cells: CellWriter) -> None:
        cells.number(0, 0, Decimal(2))
        cells.formula(0, 1, "=A1*3", Decimal(6))
        cells.formula(0, 2, '=IF(A1=2,"ja","nej")', "ja")

    write_cells(path, write)
    assert read_with_openpyxl(path)["Ark"] == {"A1": 2, "B1": 6, "C1": "ja"}
    assert read_with_openpyxl(path, formulas=True)["Ark"]["B1"] == "=A1*3"


@pytest.mark.parametrize(
    ("formula", "value"),
    [("1+1", Decimal(2)), ("=1/0", Decimal("Infinity")), ("=A1", Decimal("NaN")), ("=A1", ""), ("=A1", True)],
)
def test_a_formula_without_a_value_is_a_mistake_of_ours(
    tmp_path: Path, formula: str, value: Decimal | str
) -> None:
    with pytest.raises(ValueError, match="value"):
        write_cells(tmp_path / "wrong.xlsx", lambda cells: cells.formula(0, 0, formula, value))


def test_what_looks_like_a_civil_registration_number_is_told_by_its_place_alone(tmp_path: Path) -> None:
    texts = ["Sagen om 010190-1234", "tlf. 12 34 56 78", "010190 1234", "budget 2026", None]
    remarks = write_cells(tmp_path / "cpr.xlsx", lambda cells: cells.texts(0, 2, texts)).of("personal")
    assert [(remark.cell, remark.text) for remark in remarks] == [("C1", ""), ("C3", "")]


def test_cells_are_named_as_people_read_them() -> None:
    assert [cell_name(0, column) for column in (0, 25, 26, 701, 702)] == ["A1", "Z1", "AA1", "ZZ1", "AAA1"]


@given(st.integers(-(10**20), 10**20), st.integers(-30, 30))
def test_digits_count_what_carries_information(number: int, exponent: int) -> None:
    value = Decimal(number).scaleb(exponent)
    assert (
        digits(value) == digits(-value) == digits(number) == len(str(abs(number)).strip("0")) or number == 0
    )
