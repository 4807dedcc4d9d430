"""A number is changed in another program: what follows, and the cells that charts are made of, follow."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from coi_desktop.models.records import Record, Snapshot
from tests.exchange.workbook_makers import (
    beside,
    find_cell,
    make_snapshot,
    nearly,
    read_with_openpyxl,
    write_demo,
)
from tools.check_workbooks import convert, read_values

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
NPV = ("Nettonutidsværdi (kun penge)", "Tilbagebetalt efter, år")

#: The gain in the budget in the first of its years, before and after.
GAIN = (36_000, 39_500)


def with_gain(snapshot: Snapshot, old: Decimal, new: Decimal) -> Snapshot:
    """The sample with the first gain of ``old`` DKK changed: what the program itself would then write."""
    changed = next(one for one in snapshot.rows("benefit") if one["likely"] == old)
    return make_snapshot(
        *(
            Record("benefit", one.id, {**one.values, "likely": new}) if one is changed else one
            for rows in snapshot.records.values()
            for one in rows
        )
    )


def cells_of_charts(path: Path) -> Iterator[tuple[str, str]]:
    """Sheet and name of every cell that a series of a native chart shows."""
    with ZipFile(path) as package:
        for entry in package.namelist():
            if not re.fullmatch(r"xl/charts/chart[0-9]+\.xml", entry):
                continue
            tree = ElementTree.fromstring(package.read(entry))
            for reference in tree.iterfind(f".//{CHART}val//{CHART}f"):
                sheet, _mark, span = str(reference.text).rpartition("!")
                left, top, right, bottom = range_boundaries(span.replace("$", ""))
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        name = f"{openpyxl.utils.get_column_letter(column)}{row}"
                        yield sheet.strip("'").replace("''", "'"), name


def computed_elsewhere(path: Path, folder: Path, changes: dict[tuple[str, str], Any]) -> dict[str, Any]:
    """What LibreOffice shows when cells were changed, and every formula stands without its value."""
    book = openpyxl.load_workbook(path)
    for (sheet, name), value in changes.items():
        book[sheet][name].value = value
    (folder / "changed").mkdir()
    changed = folder / "changed" / path.name
    book.save(changed)
    convert(changed, folder, "xlsx:Calc MS Excel 2007 XML")
    shown: dict[str, dict[str, Any]] = {}
    for place, value in read_values(folder / path.name).items():
        sheet, _mark, name = place.rpartition("!")
        shown.setdefault(sheet, {})[name] = value
    return shown


def not_followed(wanted: Path, shown: dict[str, Any]) -> list[tuple[str, str]]:
    """Cells of charts, and results, that are not what the program itself writes after the change."""
    ours = read_with_openpyxl(wanted)
    economy = ours["Økonomi"], shown["Økonomi"]
    found = [("Økonomi", label) for label in NPV if not nearly(*(beside(one, label) for one in economy))]
    return found + [
        (sheet, name)
        for sheet, name in dict.fromkeys(cells_of_charts(wanted))
        if not nearly(ours[sheet].get(name), shown[sheet].get(name))
    ]


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed here (make check-workbooks)"
)
def test_what_charts_are_made_of_follows_a_changed_number(sample: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "asked").mkdir()
    path = write_demo(sample, tmp_path / "demo.xlsx")
    wanted = write_demo(with_gain(sample, *map(Decimal, GAIN)), tmp_path / "asked" / "demo.xlsx")
    stored = read_with_openpyxl(path)
    typed = read_with_openpyxl(path, formulas=True)["Økonomi"]
    edits = {("Økonomi", find_cell(typed, GAIN[0])): GAIN[1]}
    (tmp_path / "live").mkdir()
    shown = computed_elsewhere(path, tmp_path / "live", edits)
    assert beside(shown["Økonomi"], NPV[0]) != beside(stored["Økonomi"], NPV[0])
    cells = set(cells_of_charts(path))
    assert len(cells) > 50
    moved = {name for sheet, name in cells if not nearly(stored[sheet].get(name), shown[sheet].get(name))}
    assert len(moved) > 10
    assert not_followed(wanted, shown) == []
    # The control: the same workbook with pasted values is one whose charts stand still.
    (tmp_path / "pasted").mkdir()
    pasted = tmp_path / "pasted" / "demo.xlsx"
    openpyxl.load_workbook(path, data_only=True).save(pasted)
    (tmp_path / "still").mkdir()
    assert not_followed(wanted, computed_elsewhere(pasted, tmp_path / "still", edits))
