"""What the tests of workbooks share: a frozen sample, workbooks written from it, and two readers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import python_calamine

from coi_desktop.exchange.cells import CellWriter, Remarks
from coi_desktop.exchange.fast_worksheet import fast_worksheet_class
from coi_desktop.exchange.workbook_styles import Styles
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.exports import export_workbook
from coi_desktop.operations.samples import create_sample_register

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
DEMO = "Skærmbesøg i hjemmeplejen"
LIGHT = "Forhåndsdialog i byggesager"

#: Texts that have broken spreadsheet programs, charts and readers.
NASTY = (
    "=1+1", "=cmd|' /C calc'!A0", "+45 12 34 56 78", "-1", "@SUM(A1)", "'=1", "{=1+1}", "<r><t>x</t></r>",
    "<r>", "</r>", "<t>&amp;</t>", "external:\\\\evil\\s.xlsx", "internal:Sheet2!A1", "http://example.org",
    "file:///etc/passwd", "mailto:a@example.org", "1.234", "1,5", "0101", "1e5", "TRUE", "#REF!", "=== svar",
    "æøåÆØÅ", "Ærø/Å", "\u202eomvendt\u202c", "a\u0301\u0302\u0303\u0304\u0305", "👩‍👩‍👧", "𝔘𝔫𝔦", "  rum  ",
    "linje\nlinje", "tab\ttab", "retur\r\nretur", "\x00nul\x01", "\ud800", "\ufffe\uffff", "_x000D_",
    "_x0041_",
    "$5 til $10", "$\\frac{", "%s %n {0}", "&P&N", "[$-406]", "“citat”", '"citat"', "''", "x" * 40_000,
    "😀" * 20_000, "\u200b", "\ufeff", "🇩🇰", "<script>alert(1)</script>", "&", "&amp;",
)  # fmt: skip


def clock() -> datetime:
    """A clock that stands still."""
    return NOON


def make_sample_snapshot(folder: Path) -> Snapshot:
    """The sample portfolio, frozen."""
    register = create_sample_register(folder / "sample.coi", clock=clock)
    try:
        return register.snapshot()
    finally:
        register.close()


def make_record(type_name: str, record_id: str, **values: Any) -> Record:
    """A record with a value for every field, None where nothing is given."""
    fields = RECORD_TYPES[type_name].by_name
    unknown = set(values) - set(fields)
    if unknown:
        raise ValueError(f"no such fields: {unknown}")
    return Record(type_name, record_id, {name: values.get(name) for name in fields})


def make_snapshot(*records: Record, unit_name: str = "Enheden", selection: str = "") -> Snapshot:
    """Records frozen at noon."""
    by_type: dict[str, list[Record]] = {}
    for record in records:
        by_type.setdefault(record.type_name, []).append(record)
    frozen = {name: tuple(rows) for name, rows in by_type.items()}
    return Snapshot("r", "u", unit_name, 7, NOON, frozen, selection)


def initiative_id_of(snapshot: Snapshot, title: str = DEMO) -> str:
    """The id of an initiative by its title."""
    return next(one.id for one in snapshot.rows("initiative") if one["title"] == title)


def write_portfolio(snapshot: Snapshot, path: Path, language: str = "da") -> Path:
    """The workbook of the portfolio."""
    run_to_end(export_workbook(snapshot, path, language=language, clock=clock))
    return path


def write_demo(snapshot: Snapshot, path: Path, language: str = "da", title: str = DEMO) -> Path:
    """The workbook of one initiative."""
    initiative = initiative_id_of(snapshot, title)
    run_to_end(export_workbook(snapshot, path, initiative, language=language, clock=clock))
    return path


def write_cells(path: Path, write: Callable[[CellWriter], None]) -> Remarks:
    """A workbook of one sheet "Ark" written through the cell-writer; its remarks."""
    from xlsxwriter import Workbook

    workbook = Workbook(str(path), {"strings_to_formulas": False, "in_memory": True})
    remarks = Remarks()
    cells = CellWriter(
        workbook.add_worksheet("Ark", worksheet_class=fast_worksheet_class()),
        Styles(workbook, "da"),
        remarks,
        "… (nr. {number})",
    )
    write(cells)
    workbook.close()
    return remarks


def read_with_openpyxl(path: Path, *, formulas: bool = False) -> dict[str, dict[str, Any]]:
    """Every cell with a value by sheet and name, dates as dates; formulas as text or as stored values."""
    book = openpyxl.load_workbook(path, data_only=not formulas)
    try:
        return {
            sheet.title: {
                cell.coordinate: _plain(cell.value)
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            }
            for sheet in book
        }
    finally:
        book.close()


def read_with_calamine(path: Path) -> dict[str, dict[str, Any]]:
    """Every cell with a value by sheet and name, as the second reader sees it."""
    book = python_calamine.CalamineWorkbook.from_path(str(path))
    found: dict[str, dict[str, Any]] = {}
    for name in book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        top, left = sheet.start or (0, 0)
        found[name] = {
            openpyxl.utils.cell.get_column_letter(left + column + 1) + str(top + row + 1): _plain(value)
            for row, values in enumerate(sheet.to_python(skip_empty_area=True))
            for column, value in enumerate(values)
            if value != ""
        }
    return found


def find_cell(cells: dict[str, Any], value: Any) -> str:
    """The name of the first cell with a value."""
    return next(name for name, found in cells.items() if found == value)


def beside(cells: dict[str, Any], label: str) -> Any:
    """The value to the right of a label."""
    name = find_cell(cells, label)
    letters = name.rstrip("0123456789")
    right = openpyxl.utils.cell.get_column_letter(openpyxl.utils.cell.column_index_from_string(letters) + 1)
    return cells.get(right + name[len(letters) :])


def table_under(cells: dict[str, Any], heading: str, first_heading: str) -> list[dict[str, Any]]:
    """The rows of the first table below ``heading`` that begins with ``first_heading``, by heading."""
    start = int(find_cell(cells, heading).lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) if heading else 0
    head = next(
        name for name, value in cells.items()
        if value == first_heading and int(name.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) > start
    )  # fmt: skip
    first_column = openpyxl.utils.cell.column_index_from_string(head.rstrip("0123456789"))
    row = int(head.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    names = []
    column = first_column
    while (name := cells.get(f"{openpyxl.utils.cell.get_column_letter(column)}{row}")) is not None:
        names.append(name)
        column += 1
    found = []
    while True:
        row += 1
        values = [
            cells.get(f"{openpyxl.utils.cell.get_column_letter(first_column + place)}{row}")
            for place in range(len(names))
        ]
        if all(value is None for value in values):
            return found
        found.append(dict(zip(names, values, strict=True)))


def nearly(first: Any, second: Any) -> bool:
    """Whether two cell values are the same, numbers to nine digits."""
    numbers = (int, float, Decimal)
    if isinstance(first, numbers) and isinstance(second, numbers) and not isinstance(first, bool):
        return abs(float(first) - float(second)) <= 1e-9 * max(1.0, abs(float(first)))
    return bool(first == second)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.date() if (value.hour, value.minute, value.second) == (0, 0, 0) else value
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def make_small_evaluation(n: int, text: str = "T") -> Snapshot:
    """An evaluation of one indicator with one measurement of ``n`` people; every text is ``text``."""
    return make_snapshot(
        make_record("initiative", "i1", title=text, problem=text, phase="develop", status="active"),
        make_record("evaluation", "e1", initiative_id="i1", title=text, depth="light"),
        make_record("scope", "s1", evaluation_id="e1", description_now=text),
        make_record(
            "indicator", "x1", evaluation_id="e1", name=text, unit=text[:40], direction="up",
            measure="number", baseline=Decimal(50), baseline_date=date(2026, 1, 1),
            target_likely=Decimal(100),
        ),
        make_record(
            "measurement", "m1", indicator_id="x1", date=date(2026, 6, 1), value=Decimal("77.125"), n=n,
            series="initiative", note=text, source=text,
        ),
        make_record("conclusion", "c1", evaluation_id="e1", headline=text, lesson1=text),
        make_record("cost", "k1", evaluation_id="e1", text=text, year=0, likely=Decimal(100)),
        make_record(
            "benefit", "b1", initiative_id="i1", evaluation_id="e1", text=text, year=1, likely=Decimal(60),
            **{"class": "budget"},
        ),
        unit_name=text,
    )  # fmt: skip
