"""Whatever stands in a workbook is what a recalculation of its formulas gives."""

from __future__ import annotations

import re
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import formualizer
import openpyxl
import pytest

from coi_desktop.models.records import Snapshot
from tests.exchange.workbook_makers import (
    DEMO,
    LIGHT,
    beside,
    make_record,
    make_snapshot,
    nearly,
    read_with_openpyxl,
    table_under,
    write_demo,
)
from tools.check_workbooks import find_stale_values


@pytest.mark.parametrize("title", [DEMO, LIGHT])
def test_every_stored_value_equals_a_recalculation(sample: Snapshot, tmp_path: Path, title: str) -> None:
    path = write_demo(sample, tmp_path / "book.xlsx", title=title)
    recalculated = tmp_path / "recalculated.xlsx"
    report = formualizer.recalculate_file(str(path), output=str(recalculated))
    assert report["errors"] == 0
    assert report["unknown_functions"] == []
    assert report["total_formulas"] > 40
    assert differences(read_with_openpyxl(path), read_with_openpyxl(recalculated)) == []


def test_no_formula_stands_with_zero_unless_its_result_is_zero(demo: Path, tmp_path: Path) -> None:
    stored, formulas = read_with_openpyxl(demo), read_with_openpyxl(demo, formulas=True)
    recalculated = tmp_path / "recalculated.xlsx"
    formualizer.recalculate_file(str(demo), output=str(recalculated))
    computed = read_with_openpyxl(recalculated)
    zeros = [
        (sheet, name) for sheet, cells in formulas.items() for name, text in cells.items()
        if str(text).startswith("=") and stored[sheet].get(name) in (0, None)
    ]  # fmt: skip
    assert zeros
    assert [place for place in zeros if computed[place[0]].get(place[1]) != 0] == []


def test_changing_an_amount_moves_what_follows_from_it(demo: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(demo)
    sheet = book["Økonomi"]
    amount = next(cell for row in sheet.iter_rows() for cell in row if cell.value == 36000 and cell.row > 30)
    amount.value = 136000
    changed, recalculated = tmp_path / "changed.xlsx", tmp_path / "recalculated.xlsx"
    book.save(changed)
    formualizer.recalculate_file(str(changed), output=str(recalculated))
    after = beside(read_with_openpyxl(recalculated)["Økonomi"], "Nettonutidsværdi (kun penge)")
    assert round(after, 2) == round(-141564.39 + 100000 / 1.035**2, 2)


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed here (make check-workbooks)"
)
def test_libreoffice_computes_the_same_values(demo: Path) -> None:
    assert find_stale_values(demo) == []


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed here (make check-workbooks)"
)
def test_libreoffice_finds_a_wrong_stored_value(demo: Path, tmp_path: Path) -> None:
    spoiled = tmp_path / "spoiled.xlsx"
    spoil(demo, spoiled, b"-141564.39", b"-241564.39")
    assert find_stale_values(spoiled) != []


def test_a_wrong_stored_value_is_found_by_recalculation(demo: Path, tmp_path: Path) -> None:
    spoiled, recalculated = tmp_path / "spoiled.xlsx", tmp_path / "recalculated.xlsx"
    spoil(demo, spoiled, b"-141564.39", b"-241564.39")
    formualizer.recalculate_file(str(spoiled), output=str(recalculated))
    assert differences(read_with_openpyxl(spoiled), read_with_openpyxl(recalculated)) != []


def test_no_formula_reaches_for_a_number_that_stands_as_text(tmp_path: Path) -> None:
    exact = Decimal("0.12345678901234567")
    snapshot = make_snapshot(
        make_record("initiative", "i1", title="T", phase="develop", status="active"),
        make_record("evaluation", "e1", initiative_id="i1", title="E", depth="light"),
        make_record(
            "indicator", "x1", evaluation_id="e1", name="X", direction="up", measure="number",
            baseline=Decimal(0), baseline_date=date(2026, 1, 1), target_likely=Decimal(1),
        ),
        make_record("measurement", "m1", indicator_id="x1", date=date(2026, 6, 1), value=exact, n=20,
                    series="initiative"),
    )  # fmt: skip
    path = write_demo(snapshot, tmp_path / "exact.xlsx", title="T")
    stored, formulas = read_with_openpyxl(path), read_with_openpyxl(path, formulas=True)
    texts = [
        (sheet, name)
        for sheet in ("Indikatorer", "Målinger")
        for name, value in stored[sheet].items()
        if value == str(exact)
    ]
    assert len(texts) == 2
    for sheet, name in texts:
        others = [str(text) for text in formulas[sheet].values() if str(text).startswith("=")]
        assert not any(re.search(rf"(?<!!)\b{name}\b", text) for text in others)
    (row,) = table_under(stored["Indikatorer"], "Mål og resultater", "Hvad måler vi?")
    assert nearly(row["Fremdrift"], exact)


def differences(first: dict[str, dict[str, Any]], second: dict[str, dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Cells that differ between two readings of a workbook."""
    return [
        (sheet, name, value, second[sheet].get(name))
        for sheet, cells in first.items()
        for name, value in cells.items()
        if not nearly(value, second[sheet].get(name))
    ]


def spoil(source: Path, target: Path, old: bytes, new: bytes) -> None:
    """A copy of a workbook with other bytes in its sheets."""
    count = 0
    with ZipFile(source) as package, ZipFile(target, "w", ZIP_DEFLATED) as copy:
        for entry in package.infolist():
            content = package.read(entry)
            if "worksheets/sheet" in entry.filename and b"<f>" in content:
                count += content.count(old)
                content = content.replace(old, new)
            copy.writestr(entry, content)
    assert count
