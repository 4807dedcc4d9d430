from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from xlsxwriter import Workbook

from coi_desktop.exchange.cells import CellWriter, Remarks
from coi_desktop.exchange.fast_worksheet import LONG, fast_worksheet_class
from coi_desktop.exchange.workbook_styles import Styles
from tests.exchange.workbook_makers import NASTY, read_with_calamine, read_with_openpyxl, write_cells

TEXTS = [text for text in NASTY if text.isprintable() and text[0] not in "=+-@<" and len(text) < 100] * 3
NUMBERS = [
    Decimal("4.1"),
    Decimal(-3),
    Decimal("1E+10"),
    Decimal("0.1"),
    Decimal("141564.39"),
    None,
    Decimal(0),
] * 9


def parts_of(path: Path) -> dict[str, str]:
    """The XML of sheet, strings and styles; the spans of rows, which are optional, left out."""
    with ZipFile(path) as package:
        found = {name: package.read(name).decode() for name in package.namelist()}
    return {
        name: re.sub(r' spans="[0-9:]+"', "", xml)
        for name, xml in found.items()
        if "sheet1.xml" in name or "sharedStrings" in name or "styles" in name
    }


def write_alone(path: Path, write: Any) -> None:
    """A workbook of one sheet written by XlsxWriter without us."""
    with Workbook(str(path), {"strings_to_formulas": False, "in_memory": True}) as workbook:
        write(workbook.add_worksheet("Ark"), Styles(workbook, "da"))


@pytest.mark.parametrize("times", [1, 12])
def test_columns_give_the_same_file_as_xlsxwriter_writing_cell_by_cell(tmp_path: Path, times: int) -> None:
    texts, numbers = (TEXTS * times)[: 40 * times], (NUMBERS * times)[: 40 * times]
    assert (len(texts) > LONG) == (len(numbers) > LONG) == (times > 1)

    def ours(cells: CellWriter) -> None:
        cells.texts(2, 1, texts, "long")
        cells.numbers(2, 3, numbers, "money")
        cells.text(0, 0, "først", "long")
        cells.formula(0, 1, "=1+1", Decimal(2), "money")
        cells.text(5, 2, "imellem")

    def alone(sheet: Any, styles: Styles) -> None:
        for row, text in enumerate(texts, 2):
            sheet.write_string(row, 1, text, styles.get("long"))
        for row, number in enumerate(numbers, 2):
            if number is not None:
                sheet.write_number(row, 3, float(number), styles.get("money"))
        sheet.write_string(0, 0, "først", styles.get("long"))
        sheet.write_formula(0, 1, "=1+1", styles.get("money"), 2.0)
        sheet.write_string(5, 2, "imellem", styles.get("text"))

    write_cells(tmp_path / "ours.xlsx", ours)
    write_alone(tmp_path / "alone.xlsx", alone)
    assert parts_of(tmp_path / "ours.xlsx") == parts_of(tmp_path / "alone.xlsx")


def test_odd_values_inside_a_long_column_keep_their_place(tmp_path: Path) -> None:
    texts = [f"linje {place}" for place in range(LONG * 2)]
    texts[7], texts[150], texts[151] = "=1+1", "<r>x</r>", "x" * 40_000
    numbers = [Decimal(place) for place in range(LONG * 2)]
    numbers[9] = Decimal("1.2345678901234567")
    path = tmp_path / "odd.xlsx"

    def write(cells: CellWriter) -> None:
        cells.texts(0, 0, texts)
        cells.numbers(0, 1, numbers)

    write_cells(path, write)
    for reader in (read_with_openpyxl, read_with_calamine):
        cells = reader(path)["Ark"]
        assert [cells["A8"], cells["A151"], cells["A153"]] == ["=1+1", "<r>x</r>", "linje 152"]
        assert [cells["B9"], cells["B10"], cells["B11"]] == [8, "1.2345678901234567", 10]


@pytest.mark.parametrize("length", [LONG - 1, LONG + 1, LONG * 2])
def test_a_column_written_twice_keeps_both_beside_single_cells(tmp_path: Path, length: int) -> None:
    numbers = [None if place % 7 == 0 else Decimal(place) for place in range(length)]
    words = ["for få svar" if place % 7 == 0 else None for place in range(length)]
    path = tmp_path / "twice.xlsx"

    def write(cells: CellWriter) -> None:
        cells.numbers(0, 0, numbers)
        cells.texts(0, 0, words)
        cells.texts(0, 1, [None] * length)
        for row in range(0, length, 2):
            cells.text(row, 3, "ved siden af")

    write_cells(path, write)
    wanted = {f"A{row + 1}": words[row] or numbers[row] for row in range(length)}
    wanted |= {f"D{row + 1}": "ved siden af" for row in range(0, length, 2)}
    for reader in (read_with_openpyxl, read_with_calamine):
        assert reader(path)["Ark"] == wanted


def test_heights_empty_rows_and_blank_cells_are_written_as_xlsxwriter_does(tmp_path: Path) -> None:
    def fill(sheet: Any, styles: Styles) -> None:
        sheet.set_row(1, 30)
        sheet.set_row(5, 45)
        sheet.write_blank(5, 2, None, styles.get("head"))
        sheet.write_string(7, 0, "sidst", styles.get("text"))
        sheet.set_row(9, 12)
        sheet.write_rich_string(8, 0, "<", styles.get("run"), "r>", styles.get("text"))

    with Workbook(str(tmp_path / "ours.xlsx"), {"in_memory": True}) as workbook:
        fill(workbook.add_worksheet("Ark", worksheet_class=fast_worksheet_class()), Styles(workbook, "da"))
    write_alone(tmp_path / "alone.xlsx", fill)
    assert parts_of(tmp_path / "ours.xlsx") == parts_of(tmp_path / "alone.xlsx")


def test_a_sheet_without_cells_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    write_cells(path, lambda cells: cells.texts(0, 0, [None, ""]))
    assert "<sheetData" in parts_of(path)["xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("more", [0, LONG])
def test_a_chart_finds_the_numbers_of_columns(tmp_path: Path, more: int) -> None:
    path = tmp_path / "chart.xlsx"
    with Workbook(str(path), {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Ark", worksheet_class=fast_worksheet_class())
        cells = CellWriter(sheet, Styles(workbook, "da"), Remarks(), "")
        cells.texts(0, 0, ["a", "b", *["c"] * more])
        cells.numbers(0, 1, [Decimal("74.5"), Decimal(52), *[Decimal(3)] * more])
        chart = workbook.add_chart({"type": "bar"})
        chart.add_series({"categories": ["Ark", 0, 0, 1, 0], "values": ["Ark", 0, 1, 1, 1]})
        sheet.insert_chart("D2", chart)
    with ZipFile(path) as package:
        xml = package.read("xl/charts/chart1.xml").decode()
    assert re.findall(r"<c:v>([^<]*)</c:v>", xml) == ["a", "b", "74.5", "52"]


@pytest.mark.parametrize("style", ["text", "long", "label"])
def test_repeated_texts_are_stored_once_and_counted_each_time(tmp_path: Path, style: str) -> None:
    path = tmp_path / "repeated.xlsx"
    write_cells(path, lambda cells: cells.texts(0, 0, ["ja", "nej", "ja", "ja"], style))
    assert 'count="4" uniqueCount="2"' in parts_of(path)["xl/sharedStrings.xml"]
