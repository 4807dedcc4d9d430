"""Rows that do not go in are handed back as they were, with why and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from coi_desktop.operations import registers
from coi_desktop.store.register import Register
from tests.exchange.table_makers import MESSY_LIST, write_messy_workbook, write_workbook
from tests.operations.table_lists import counts, find, take_in, write_list


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    clock = iter(range(10**6))
    with registers.create_register(
        tmp_path / "r.coi", clock=lambda: datetime(2026, 11, 22, 12, 0, next(clock) % 60, tzinfo=UTC)
    ) as made:
        yield made


def test_bad_rows_are_handed_back_as_they_were_with_reason_and_remedy(
    register: Register, tmp_path: Path
) -> None:
    rejects = tmp_path / "afvist.xlsx"
    take_in(register, write_messy_workbook(tmp_path / "liste.xlsx"), rejects=rejects)
    rows = CalamineWorkbook.from_path(str(rejects)).get_sheet_by_index(0).to_python()
    assert rows[0][:11] == [*MESSY_LIST.read_text(encoding="utf-8").splitlines()[2].split(";")]
    assert len(rows) == 6
    assert [row[0] for row in rows[1:]] == ["P-009", "P-010", "P-011", "P-002", "I alt"]
    assert [row[11:13] for row in rows[1:]] == [["liste", place] for place in (13, 14, 15, 17, 18)]
    assert rows[3][5] == "31-02-2025"
    assert all(row[13] and row[14] for row in rows[1:])


def test_corrected_rejects_can_be_imported_as_they_are(register: Register, tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "a.xlsx", [["Titel", "Start", "Budget"], ["Et", "i går", 7.5], ["To", date(2025, 1, 1), 8]]
    )
    rejects = tmp_path / "afvist.xlsx"
    take_in(register, path, rejects=rejects)
    book = openpyxl.load_workbook(rejects)
    book.active["B2"] = "1-2-2025"
    book.save(rejects)
    assert counts(take_in(register, rejects)) == {"new": 1}
    assert (find(register, "Et")["start"], find(register, "Et")["budget"]) == (
        date(2025, 2, 1),
        Decimal("7.5"),
    )


def test_text_of_strangers_never_becomes_a_formula_in_the_rejects(register: Register, tmp_path: Path) -> None:
    nasty = [
        "=1+1",
        "+45 12",
        "-x",
        "@SUM(A1)",
        "{=1}",
        "http://x.invalid",
        "external:\\\\evil\\s.xlsx",
        "\u202efdp",
    ]
    good = [[f"God {number}", "2025"] for number in range(10)]
    path = write_list(tmp_path / "a.csv", ["Titel", "Start"], *good, *[[text, "i går"] for text in nasty])
    rejects = tmp_path / "r.xlsx"
    take_in(register, path, rejects=rejects)
    sheet = openpyxl.load_workbook(rejects).active
    assert [cell.value for cell in sheet["A"][1:]] == nasty
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_without_bad_rows_there_is_no_workbook_of_rejects(register: Register, tmp_path: Path) -> None:
    take_in(register, write_list(tmp_path / "a.csv", ["Titel"], ["Et"]), rejects=tmp_path / "r.xlsx")
    assert not (tmp_path / "r.xlsx").exists()
