"""Rows out to Excel: real numbers and dates, no text that runs."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest

from coi_desktop.i18n import speaking
from coi_desktop.operations.clipboard import copy_records
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register

COLUMNS = ("title", "phase", "budget", "start", "owner")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi") as made:
        yield made


@pytest.fixture
def ids(register: Register) -> list[str]:
    return [
        add_initiative(
            register,
            {
                "title": "Skærmbesøg",
                "phase": "idea",
                "budget": Decimal("1234567.5"),
                "start": date(2026, 11, 22),
                "owner": "=HYPERLINK(1)",
            },
        ),
        add_initiative(
            register, {"title": "<b>Have</b>\tog\nhegn", "phase": "develop", "budget": Decimal("-5")}
        ),
    ]


class Cells(HTMLParser):
    """The cells of an HTML table as a browser sees them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[tuple[str, dict[str, str | None]]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append(("", dict(attrs)))
        elif tag not in ("html", "head", "meta", "body", "table", "br"):
            raise AssertionError(f"<{tag}> was made of somebody's text")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            text, attributes = self.rows[-1][-1]
            self.rows[-1][-1] = (text + data, attributes)


def test_text_between_tabs_has_headings_danish_numbers_and_no_formula(
    register: Register, ids: list[str]
) -> None:
    copied = copy_records(register, "initiative", ids, COLUMNS)
    rows = list(csv.reader(io.StringIO(copied.text), dialect="excel-tab"))
    assert rows[0] == ["Titel", "Fase", "Budget", "Start", "Ejer"]
    assert rows[1] == ["Skærmbesøg", "Idé", "1234567,5", "22-11-2026", "'=HYPERLINK(1)"]
    assert rows[2] == ["<b>Have</b> og hegn", "Udvikling og afprøvning", "-5", "", ""]
    assert copied.number == 2


def test_the_table_holds_numbers_and_days_beside_what_is_shown_and_texts_as_texts(
    register: Register, ids: list[str]
) -> None:
    with speaking("en"):
        cells = Cells(copy_records(register, "initiative", ids, COLUMNS).html).rows
    title, _phase, budget, start, owner = cells[1]
    assert budget[1]["x:num"] == "1234567.5"
    assert start[1]["x:num"] == "46348"
    assert owner[0] == "=HYPERLINK(1)"
    assert all("\\@" in str(cell[1]["style"]) for cell in (title, owner))
    assert cells[2][0][0] == "<b>Have</b> og hegn"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_reads_numbers_days_and_texts_from_the_table(
    register: Register, ids: list[str], tmp_path: Path
) -> None:
    source = tmp_path / "rows.html"
    source.write_text(copy_records(register, "initiative", ids, COLUMNS).html, encoding="utf-8")
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--headless",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--infilter=HTML (StarCalc)",
            "--outdir",
            str(tmp_path),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    sheet = openpyxl.load_workbook(tmp_path / "rows.xlsx").worksheets[0]
    assert sheet["C2"].value == 1234567.5
    assert sheet["D2"].value.date() == date(2026, 11, 22)
    assert (sheet["E2"].value, sheet["E2"].data_type) == ("=HYPERLINK(1)", "s")
