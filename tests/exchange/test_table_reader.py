"""Lists read from workbooks and text files through the limited child, as the program does it."""

from __future__ import annotations

import datetime as dt
import random
import subprocess
import sys
import threading
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from coi_desktop.errors import Problem
from coi_desktop.exchange.limited_child import ChildError, Limits, iter_child_messages
from coi_desktop.exchange.table_reader import read_table
from coi_desktop.models.progress import Progress, run_to_end
from coi_desktop.models.tables import Cell, CellKind, NoteKind, Table
from tests.exchange.table_makers import (
    MESSY_LIST,
    inline,
    rewrite_zip,
    rows_xml,
    with_sheet_xml,
    write_formula_workbook,
    write_messy_workbook,
    write_open_document,
    write_workbook,
)

HEADINGS = {"A": "Titel", "B": "Afdeling", "C": "Start"}


def read(path: Path, sheet: str = "", **limits: int) -> Table:
    return run_to_end(read_table(path, sheet, frozenset({"titel", "afdeling"}), Limits(**limits)))


def refused(path: Path, sheet: str = "", **limits: int) -> Problem:
    with pytest.raises(Problem) as caught:
        read(path, sheet, **limits)
    assert path.name in str(caught.value)
    assert caught.value.meaning
    assert caught.value.advice
    return caught.value


def table_or_problem(path: Path) -> Table | Problem:
    """What a file gives; anything else that is raised fails the test."""
    try:
        return read(path)
    except Problem as problem:
        return problem


def texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def kinds_of_notes(table: Table) -> set[NoteKind]:
    return {note.kind for note in table.notes}


def test_headings_are_found_below_a_title_on_the_sheet_that_holds_the_list(tmp_path: Path) -> None:
    table = read(write_messy_workbook(tmp_path / "liste.xlsx"))
    assert table.sheet == "Projekter 2026"
    assert table.header_row == 3
    assert table.headings[:3] == ("Projekt-nr.", "Projektnavn", "Forvaltning")
    assert table.rows[0].row_number == 4
    assert table.rows[0].cells[1] == Cell(CellKind.TEXT, "Skærmbesøg i hjemmeplejen")
    notes = {note.kind: dict(note.arguments) for note in table.notes}
    assert notes[NoteKind.OTHER_SHEETS]["names"] == "Vejledning"
    assert notes[NoteKind.HIDDEN_SHEETS]["names"] == "Noter"


def test_dates_and_numbers_of_cells_keep_their_kind(tmp_path: Path) -> None:
    table = read(write_messy_workbook(tmp_path / "liste.xlsx"))
    by_number = {row.row_number: row for row in table.rows}
    assert by_number[7].cells[5].day == dt.date(2025, 1, 15)
    assert by_number[7].cells[6].day == dt.date(2026, 6, 30)
    assert by_number[6].cells[7].number == 80000
    assert by_number[4].cells[7] == Cell(CellKind.TEXT, "1.234.567,50")


def test_workbook_and_text_of_the_same_list_give_the_same_texts(tmp_path: Path) -> None:
    from_text = read(MESSY_LIST)
    from_workbook = read(write_messy_workbook(tmp_path / "liste.xlsx"))
    assert from_text.headings == from_workbook.headings
    differing = [
        (one, other)
        for first, second in zip(from_text.rows, from_workbook.rows, strict=True)
        for one, other in zip(first.cells, second.cells, strict=True)
        if one.text != other.text
    ]
    assert [other.kind for _, other in differing] == [CellKind.DATE, CellKind.DATE]
    assert [row.row_number for row in from_text.rows] == [row.row_number for row in from_workbook.rows]


def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_text('Titel;Tekst\n"Et\nto linjer";a\n\nTo;b\n', encoding="utf-8")
    assert [row.row_number for row in read(path).rows] == [2, 4]


def test_formulas_errors_percents_and_hidden_parts_are_told(tmp_path: Path) -> None:
    path = write_formula_workbook(tmp_path / "liste.xlsx")
    table = read(path)
    by_title = {row.cells[0].text: row.cells for row in table.rows}
    assert by_title["Et"][1] == Cell(CellKind.NUMBER, "200")
    assert by_title["Tre"][1] == Cell(CellKind.ERROR, "#DIV/0!")
    assert by_title["To"][2].day == dt.date(1900, 1, 31)
    assert by_title["Et"][4] == Cell(CellKind.PERCENT, "12.5")
    assert by_title["To"][5].flag
    assert [by_title[title][3].text for title in ("Et", "To", "Tre", "Fire")] == ["Kultur"] * 4
    notes = {note.kind: dict(note.arguments) for note in table.notes}
    assert notes[NoteKind.ERRORS] == {"count": "1", "cells": "B4"}
    assert notes[NoteKind.HIDDEN_ROWS]["rows"] == "3"
    assert notes[NoteKind.HIDDEN_COLUMNS]["columns"] == "E"
    assert notes[NoteKind.FILLED_DOWN]["count"] == "3"
    assert notes[NoteKind.HIDDEN_SHEETS]["names"] == "Skjult"


def test_formula_without_a_stored_result_is_counted_and_never_zero(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "liste.xlsx", [["Titel", "Budget"], ["Et", "=10*2"], ["To", 5]])
    table = read(path)
    assert table.rows[0].cells[1] == Cell(CellKind.FORMULA, "=10*2")
    assert {note.kind: note.arguments["cells"] for note in table.notes} == {NoteKind.FORMULAS: "B2"}


def test_dates_counted_from_1904_are_right(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["Titel", "Start"])
    book.active.append(["Et", dt.date(2025, 3, 1)])
    book.save(tmp_path / "mac.xlsx")
    table = read(tmp_path / "mac.xlsx")
    assert table.rows[0].cells[1].day == dt.date(2025, 3, 1)
    assert NoteKind.DATES_1904 in kinds_of_notes(table)


def test_numbers_are_those_the_spreadsheet_shows(tmp_path: Path) -> None:
    path = write_workbook(
        tmp_path / "tal.xlsx", [["Titel", "Tal"], ["a", 0.1 + 0.2], ["b", 1e15], ["c", 1e-7], ["d", -5]]
    )
    assert [row.cells[1].number for row in read(path).rows] == [
        Decimal("0.3"), Decimal(10**15), Decimal("1E-7"), Decimal(-5),
    ]  # fmt: skip
    assert all("e" not in row.cells[1].text.lower() for row in read(path).rows)


def test_cell_in_the_last_corner_costs_nothing_and_is_told(tmp_path: Path) -> None:
    xml = rows_xml([(1, HEADINGS), (2, {"A": "Et", "B": "Kultur"}), (1_048_576, {"XFD": "her"})])
    table = read(with_sheet_xml(tmp_path / "hjoerne.xlsx", xml), memory_mb=300)
    assert texts(table) == [["Et", "Kultur", ""]]
    assert {note.kind: note.arguments["cells"] for note in table.notes} == {NoteKind.FAR_CELLS: "XFD1048576"}


def test_ghost_row_far_down_is_a_row_like_any(tmp_path: Path) -> None:
    xml = rows_xml([(1, HEADINGS), (2, {"A": "Et"}), (1_048_576, {"A": "Sidst"})])
    assert [row.row_number for row in read(with_sheet_xml(tmp_path / "a.xlsx", xml)).rows] == [2, 1_048_576]


def test_second_reader_takes_over_where_the_first_gives_up(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "liste.xlsx", [["Titel", "Afdeling"], ["Ærø", "Kultur"]])
    rewrite_zip(path, {"docProps/core.xml": b"<no properties at all"})
    table = read(path)
    assert texts(table) == [["Ærø", "Kultur"]]
    assert NoteKind.SECOND_READER in kinds_of_notes(table)


def test_open_documents_are_read_by_the_other_reader(tmp_path: Path) -> None:
    rows = [["Projektliste"], [], ["Titel", "Afdeling"], ["Ærø", "Kultur"], ["Natur", ""]]
    table = read(write_open_document(tmp_path / "liste.ods", rows))
    assert NoteKind.SECOND_READER in kinds_of_notes(table)
    assert table.headings == ("Titel", "Afdeling")
    assert [(row.row_number, row.cells[0].text) for row in table.rows] == [(4, "Ærø"), (5, "Natur")]


def test_sheet_with_a_name_before_every_tag_is_read(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["x"]])
    xml = (
        '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:r><x:t>Ti</x:t></x:r><x:r><x:t>tel</x:t></x:r>'
        "<x:rPh><x:t>lyd</x:t></x:rPh></x:is></x:c></x:row>"
        '<x:row><x:c t="str"><x:v>Et</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    rewrite_zip(path, {"xl/worksheets/sheet1.xml": xml.encode()})
    table = read(path)
    assert (table.headings, texts(table)) == (("Titel",), [["Et"]])


def test_headings_repeated_further_down_are_left_out(tmp_path: Path) -> None:
    rows = [["Titel", "Afdeling"], ["Et", "A"], ["Titel", "Afdeling"], ["To", "B"]]
    table = read(write_workbook(tmp_path / "a.xlsx", rows))
    assert texts(table) == [["Et", "A"], ["To", "B"]]
    assert NoteKind.REPEATED_HEADINGS in kinds_of_notes(table)


def test_sheet_is_chosen_by_name_also_when_hidden(tmp_path: Path) -> None:
    path = write_messy_workbook(tmp_path / "liste.xlsx")
    assert read(path, "projekter 2026 ").sheet == "Projekter 2026"
    problem = refused(path, "Ark7")
    assert problem.code == "no_sheet"
    assert "Projekter 2026" in problem.advice


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "no_cells"),
        ([[1, 2, 3], [4, 5, 6]], "no_headings"),
    ],
)
def test_sheet_without_headings_is_a_problem(tmp_path: Path, rows: list[list[int]], code: str) -> None:
    assert refused(write_workbook(tmp_path / "a.xlsx", rows)).code == code


# ------------------------------------------------------------------------------------------------- hostile


ENTITY_BOMB = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(8))
    + "]>"
)


@pytest.mark.parametrize(
    "doctype",
    [
        ENTITY_BOMB,
        '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE x SYSTEM "http://x.invalid/d">',
    ],
)
def test_entities_are_refused_by_every_reader(tmp_path: Path, doctype: str) -> None:
    path = with_sheet_xml(
        tmp_path / "enheder.xlsx", rows_xml([(1, HEADINGS), (2, {"A": "&i;"})]), before=doctype
    )
    with pytest.raises(ChildError):
        messages(path, Limits(), "openpyxl")
    assert refused(path).code in ("damaged", "too_much", "no_cells", "no_headings")


def test_endless_nesting_ends_the_child_alone(tmp_path: Path) -> None:
    path = with_sheet_xml(tmp_path / "dybt.xlsx", "<row>" * 60_000 + "</row>" * 60_000)
    assert refused(path).code in ("damaged", "too_much", "no_cells", "no_headings")


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1">' + inline("A0", "Titel") + "</row>",
        '<row r="x">' + inline("A1", "Titel") + "</row>",
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>',
        '<row r="-5">' + inline("A1", "Titel") + "</row>",
        '<row r="1"><c r="A1" t="d"><v>i går</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c><c r="B1"><v>abc</v></c></row>',
    ],
)
def test_references_and_values_that_make_no_sense_end_in_a_table_or_a_problem(
    tmp_path: Path, cells: str
) -> None:
    assert table_or_problem(with_sheet_xml(tmp_path / "a.xlsx", cells))


def test_too_many_cells_are_refused(tmp_path: Path) -> None:
    xml = rows_xml([(number, {"A": "Titel", "B": "x"}) for number in range(1, 600)])
    problem = refused(with_sheet_xml(tmp_path / "mange.xlsx", xml), cells=1_000)
    assert problem.code == "too_many_cells"


def test_one_text_shared_by_many_cells_cannot_fill_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "gentaget.xlsx"
    workbook = Workbook(str(path))
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, ["Titel", "Tekst"])
    sheet.write_column(1, 1, ["x" * 32_000] * 1_600)
    workbook.close()
    assert path.stat().st_size < 50_000
    assert refused(path).code == "too_much_text"


def dense_workbook(path: Path) -> Path:
    """Two cells far apart: a reader that lays the sheet out needs nine million places, some 200 MB."""
    return with_sheet_xml(path, rows_xml([(1, {"A": "Titel", "B": "Tekst"}), (2_500, {"EHU": "x"})]))


def messages(path: Path, limits: Limits, reader: str = "calamine") -> list[dict]:
    arguments = {"path": str(path), "reader": reader, "sheet": "", "known": []}
    return [message for message in iter_child_messages("table", arguments, limits) if message]


def test_limit_of_memory_kills_a_hog_that_lives_without_it(tmp_path: Path) -> None:
    path = dense_workbook(tmp_path / "hog.xlsx")
    assert any("rows" in message for message in messages(path, Limits(memory_mb=600, seconds=60)))
    with pytest.raises(ChildError) as caught:
        messages(path, Limits(memory_mb=150, seconds=60))
    assert caught.value.reason in ("memory", "died")


def test_reader_that_aborts_is_a_problem_that_names_the_file(tmp_path: Path) -> None:
    xml = rows_xml([(1, {"A": "Titel"}), (1_048_576, {"XFD": "her"})])
    path = with_sheet_xml(tmp_path / "afbrudt.xlsx", xml)
    with pytest.raises(ChildError) as caught:
        messages(path, Limits())
    assert caught.value.reason in ("memory", "died")


def test_limit_of_time_ends_the_child(tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    path.write_text("a;b\n" + "x;y\n" * 3_000_000, encoding="utf-8")
    problem = refused(path, seconds=1)
    assert problem.code == "too_much"
    assert "1" in problem.what


def test_stopped_reading_leaves_no_child_and_no_thread(tmp_path: Path) -> None:
    path = tmp_path / "lang.csv"
    path.write_text("Titel;b\n" + "x;y\n" * 500_000, encoding="utf-8")
    job = read_table(path)
    for _ in range(3):
        assert isinstance(next(job), Progress)
    job.close()
    assert not [thread for thread in threading.enumerate() if thread.name == "reading child"]


def test_child_imports_neither_the_window_nor_the_register() -> None:
    code = (
        "import sys; import coi_desktop.exchange.reading_child;"
        "print([one for one in ('PySide6', 'sqlite3', 'matplotlib', 'click') if one in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_child_writes_no_file_and_knows_its_limits(tmp_path: Path) -> None:
    code = (
        "from coi_desktop.exchange.child_limits import limit_this_program; limit_this_program(512, 5);"
        f"open({str(tmp_path / 'x')!r}, 'wb', buffering=0).write(b'x')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert "File too large" in done.stderr
    assert (tmp_path / "x").stat().st_size == 0


@pytest.mark.slow
def test_damaged_workbooks_give_a_table_or_a_problem_and_nothing_else(tmp_path: Path) -> None:
    good = write_messy_workbook(tmp_path / "god.xlsx").read_bytes()
    chance = random.Random(7)
    broken = [good[: len(good) * part // 12] for part in (1, 4, 7, 10, 11)]
    for _ in range(8):
        content = bytearray(good)
        for _ in range(chance.randint(1, 5)):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        broken.append(bytes(content))
    path = tmp_path / "skadet.xlsx"
    for content in broken:
        path.write_bytes(content)
        found = table_or_problem(path)
        assert found.headings if isinstance(found, Table) else path.name in found.what


def test_mutated_sheets_give_a_table_or_a_problem_and_nothing_else(tmp_path: Path) -> None:
    chance = random.Random(11)
    good = rows_xml([(1, HEADINGS), (2, {"A": "Et", "B": "Kultur"})])
    for number in range(8):
        place = chance.randrange(len(good))
        mutated = good[:place] + chance.choice("<>&\"'xA0") + good[place + 1 :]
        path = with_sheet_xml(tmp_path / f"{number}.xlsx", mutated)
        found = table_or_problem(path)
        assert found.headings if isinstance(found, Table) else path.name in found.what


def test_a_child_that_cannot_be_started_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["Titel"], ["Et"]])
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nowhere" / "python"))
    with pytest.raises(Problem) as caught:
        read(path)
    assert caught.value.code == "no_child"
