"""Files that are not what their names say: each is named, none is read."""

from __future__ import annotations

import struct
import zipfile
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.exchange.file_kinds import FileKind, find_archive_fault, recognise_file
from coi_desktop.exchange.table_reader import check_file
from tests.exchange.table_makers import messy_rows, protected_workbook, rewrite_zip, write_workbook

HTML_TABLE = b"<html><body><table><tr><td>Titel</td></tr></table></body></html>"
LOGIN = b"<!DOCTYPE html><html><form><input name=u><input type='password'></form></html>"


def old_workbook() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "Workbook\0".encode("utf-16-le") + bytes(1000)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("tom.xlsx", b"", "empty"),
        ("blank.csv", b" \r\n\t \r\n", "blank"),
        ("~$liste.xlsx", b"\x06Jens  ", "lock_file"),
        ("laast.xlsx", protected_workbook(), "protected"),
        ("rapport.xls", HTML_TABLE, "html"),
        ("udtraek.csv", LOGIN, "login_page"),
        ("svar.csv", b'{"error": {"code": 403, "message": "No access"}}', "json"),
        ("liste.csv", b'[{"titel": "Et"}, {"titel": "To"}]', "json"),
        ("liste.xml.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:x"/>', "xml"),
        ("liste.pdf", b"%PDF-1.7 ...", "pdf"),
        ("liste.png.csv", b"\x89PNG\r\n\x1a\n....", "picture"),
        ("brev.rtf", b"{\\rtf1 hej}", "other_office"),
        ("register.csv", b"SQLite format 3\0" + bytes(100), "register"),
        ("x.csv", bytes(range(256)) * 4, "binary"),
        ("liste.xlsx", b"Titel;Afdeling\r\nEt;To\r\n", "wrong_name"),
        ("liste.csv", old_workbook(), "wrong_name"),
        ("halv.xlsx", b"PK\x03\x04" + bytes(200), "broken_archive"),
    ],
)
def test_what_is_no_list_is_named_by_its_content(
    tmp_path: Path, name: str, content: bytes, code: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        check_file(path)
    assert caught.value.code == code
    assert name in caught.value.what
    assert caught.value.meaning
    assert caught.value.advice


@pytest.mark.parametrize(
    ("entries", "code"),
    [
        ({"datapackage.json": b"{}", "cases.csv": b"a\n"}, "case_pack"),
        ({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}, "other_office"),
        ({"billede.png": b"x"}, "archive"),
    ],
)
def test_archives_that_are_no_workbook_are_named(
    tmp_path: Path, entries: dict[str, bytes], code: str
) -> None:
    path = tmp_path / "liste.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    with pytest.raises(Problem) as caught:
        check_file(path)
    assert caught.value.code == code


def test_a_workbook_that_is_called_csv_is_told_so_and_not_read(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "liste.xlsx", [["Titel"], ["Et"]]).rename(tmp_path / "liste.csv")
    with pytest.raises(Problem) as caught:
        check_file(path)
    assert caught.value.code == "wrong_name"
    assert ".xlsx" in caught.value.advice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_text_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes("\r\n".join(";".join(row) for row in messy_rows()).encode(encoding))
    assert recognise_file(path) is FileKind.TEXT


def test_a_missing_file_and_a_folder_are_problems(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "vaek.xlsx", "missing"), (tmp_path, "unreadable")):
        with pytest.raises(Problem) as caught:
            check_file(path)
        assert caught.value.code == code


def test_an_ordinary_workbook_is_no_fault(tmp_path: Path) -> None:
    assert find_archive_fault(write_workbook(tmp_path / "a.xlsx", messy_rows())) == ""


def test_a_sheet_that_unpacks_to_180_megabytes_is_refused(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "bombe.xlsx", [["Titel"]])
    rewrite_zip(path, {"xl/worksheets/sheet1.xml": b"<row/>" * 30_000_000})
    assert path.stat().st_size < 1_000_000
    assert find_archive_fault(path) == "size"
    rewrite_zip(path, {"xl/worksheets/sheet1.xml": b"<row/>" * 5_000_000})
    assert find_archive_fault(path) == "ratio"


def test_too_many_parts_and_twins_are_refused(tmp_path: Path) -> None:
    many = tmp_path / "mange.xlsx"
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(2_001):
            archive.writestr(f"xl/{number}.xml", b"")
    assert find_archive_fault(many) == "entries"
    twins = tmp_path / "tvillinger.xlsx"
    with zipfile.ZipFile(twins, "w") as archive:
        archive.writestr("xl/workbook.xml", b"1")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("xl/workbook.xml", b"2")
    assert find_archive_fault(twins) == "twins"


def test_entries_that_share_bytes_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "overlap.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"1" * 100)
        archive.writestr("b", b"2" * 100)
    content = bytearray(path.read_bytes())
    second = content.rfind(b"PK\x01\x02")
    struct.pack_into("<L", content, second + 42, 0)  # the second entry begins where the first one does
    path.write_bytes(content)
    assert find_archive_fault(path) == "overlap"
