from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook

from coi_desktop.exchange.file_names import safe_file_name
from coi_desktop.exchange.workbook_names import safe_sheet_name, safe_table_name
from tests.exchange.workbook_makers import NASTY

ODD = [
    *NASTY,
    "History",
    "HISTORY",
    "'apostrof'",
    "a/b\\c?d*e[f]:g",
    "x" * 40,
    "😀" * 20,
    "",
    "   ",
    "Data",
    "data",
    "DATA",
]


def test_excel_takes_every_name_that_sheets_and_tables_get(tmp_path: Path) -> None:
    path = tmp_path / "names.xlsx"
    sheets: set[str] = set()
    tables: set[str] = set()
    with Workbook(str(path)) as workbook:
        for text in ODD:
            name = safe_sheet_name(text, sheets)
            sheets.add(name.lower())
            sheet = workbook.add_worksheet(name)
            table = safe_table_name(text, tables)
            tables.add(table.lower())
            assert sheet.add_table(0, 0, 1, 0, {"name": table}) == 0
    assert len(openpyxl.load_workbook(path).sheetnames) == len(ODD)


@given(st.text())
def test_a_sheet_name_keeps_to_the_limits_of_excel(text: str) -> None:
    name = safe_sheet_name(text, {"ark"})
    assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
    assert not set(name) & set("[]:*?/\\")
    assert not name.startswith("'")
    assert not name.endswith("'")
    assert name.lower() not in ("history", "ark")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Skærmbesøg i hjemmeplejen", "Skærmbesøg i hjemmeplejen"),
        ('a/b\\c:d*e?f"g<h>i|j', "a b c d e f g h i j"),
        ("CON", "_CON"),
        ("com1.txt", "_com1.txt"),
        ("../../etc/passwd", "etc passwd"),
        ("slut. ", "slut"),
        ("\u202egnp.exe", "gnp.exe"),
        ("", "-"),
        ("linje\nlinje", "linje linje"),
    ],
)
def test_a_file_name_is_valid_on_every_platform(title: str, name: str) -> None:
    assert safe_file_name(title) == name


def test_file_names_in_one_folder_differ_also_without_regard_to_case() -> None:
    assert safe_file_name("Tid", {"tid", "tid (2)"}) == "Tid (3)"


@given(st.text())
def test_a_file_name_fits_where_paths_are_short(text: str) -> None:
    assert len(safe_file_name(text).encode()) <= 165
