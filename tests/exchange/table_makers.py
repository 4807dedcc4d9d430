"""Lists as municipalities keep them, and files that pretend to be lists; all made here, none of them real."""

from __future__ import annotations

import csv
import datetime as dt
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
from xlsxwriter import Workbook

#: Nine rows that can go in and five that cannot, in the forms that people use. Line 9 is a second line of row
#: 7.
MESSY_LIST = Path(__file__).resolve().parents[1] / "data" / "messy_list.csv"


def messy_rows() -> list[list[str]]:
    """The rows of the messy list: a title, a blank row, the headings, and what stands below."""
    with MESSY_LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def write_messy_workbook(path: Path) -> Path:
    """The messy list as a workbook: a merged title, real dates and numbers among the texts, other sheets."""
    book = openpyxl.Workbook()
    book.active.title = "Vejledning"
    book.active["A1"] = "Sådan bruges listen"
    sheet = book.create_sheet("Projekter 2026")
    for number, row in enumerate(messy_rows(), 1):
        for column, text in enumerate(row, 1):
            sheet.cell(number, column, text or None)
    sheet.merge_cells("A1:K1")
    sheet["B2"] = dt.date(2026, 11, 1)
    sheet["F7"], sheet["G7"] = dt.date(2025, 1, 15), dt.datetime(2026, 6, 30)
    sheet["H6"] = 80000
    for name in ("B2", "F7", "G7"):
        sheet[name].number_format = "dd-mm-yyyy"
    book.create_sheet("Noter").sheet_state = "hidden"
    book.save(path)
    return path


def write_workbook(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "Ark1") -> Path:
    """A plain workbook of these rows, by openpyxl."""
    book = openpyxl.Workbook()
    book.active.title = sheet
    for row in rows:
        book.active.append(list(row))
    book.save(path)
    return path


def write_formula_workbook(path: Path) -> Path:
    """Formulas, error values, booleans, percents, hidden parts, merged cells."""
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet("Liste")
    percent = workbook.add_format({"num_format": "0.0%"})
    day = workbook.add_format({"num_format": "dd-mm-yyyy"})
    for column, heading in enumerate(("Titel", "Budget", "Start", "Afdeling", "Andel", "Ja")):
        sheet.write(0, column, heading)
    rows = (
        ("Et", 100, dt.date(2025, 1, 1)), ("To", 200, dt.date(1900, 1, 31)),
        ("Tre", 300, dt.date(2024, 2, 29)), ("Fire", 400, dt.date(2025, 4, 1)),
    )  # fmt: skip
    for number, (title, budget, start) in enumerate(rows, 1):
        sheet.write(number, 0, title)
        sheet.write_formula(number, 1, f"={budget}*2", None, budget * 2)
        sheet.write_datetime(number, 2, dt.datetime.combine(start, dt.time()), day)
        sheet.write(number, 4, 0.125, percent)
        sheet.write_boolean(number, 5, number % 2 == 0)
    sheet.write_formula(3, 1, "=1/0", None, "#DIV/0!")
    sheet.merge_range(1, 3, 4, 3, "Kultur")
    sheet.set_row(2, None, None, {"hidden": True})
    sheet.set_column(4, 4, None, None, {"hidden": True})
    workbook.add_worksheet("Skjult").hide()
    workbook.close()
    return path


MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)


def write_open_document(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """The least that makes an OpenDocument spreadsheet, with these rows of texts."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
            for text in row
        )
        + "</table:table-row>"
        for row in rows
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2">'
        "<office:body>"
        f'<office:spreadsheet><table:table table:name="Ark1">{cells}</table:table></office:spreadsheet>'
        "</office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    return path


def rewrite_zip(path: Path, change: Mapping[str, bytes | None]) -> Path:
    """The archive at ``path`` with some entries replaced, added, or (None) left out."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    entries |= {name: content for name, content in change.items() if content is not None}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            if change.get(name, b"") is not None:
                archive.writestr(name, content)
    return path


def with_sheet_xml(path: Path, cells: str, before: str = "", after: str = "") -> Path:
    """A workbook whose only sheet is this XML inside ``sheetData``."""
    write_workbook(path, [["x"]])
    xml = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'{before}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{cells}</sheetData>{after}</worksheet>"
    )
    return rewrite_zip(path, {"xl/worksheets/sheet1.xml": xml.encode()})


def inline(reference: str, text: str) -> str:
    """A text cell in sheet XML."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_xml(rows: Iterable[tuple[int, Mapping[str, str]]]) -> str:
    """Rows of text cells by column letters, as sheet XML."""
    made = []
    for number, cells in rows:
        inside = "".join(inline(f"{letters}{number}", text) for letters, text in cells.items())
        made.append(f'<row r="{number}">{inside}</row>')
    return "".join(made)


def protected_workbook() -> bytes:
    """What a workbook with a password looks like from outside: the old container with an encrypted part."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(1024)
        + "EncryptedPackage".encode("utf-16-le")
        + bytes(1024)
    )
