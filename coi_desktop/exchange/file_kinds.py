"""What a file really is, told from its content, and whether an archive is safe to hand to a reader.

Names lie: a table of a web page is saved as ``.xls``, a login page as ``.csv``. Reading starts only when
content and name agree, and every other kind is named.
"""

from __future__ import annotations

import re
import zipfile
from enum import StrEnum
from pathlib import Path

#: Limits of an archive before any reader looks into it (the same as for case packs).
MOST_ENTRIES = 2_000
LARGEST_ENTRY = 100 * 2**20
LARGEST_SUM = 500 * 2**20
GREATEST_RATIO = 200
LARGEST_FILE = 100 * 2**20

_HEAD = 64 * 1024
_LOCAL_HEADER = 30
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(
    r"\s*(?:<!doctype html|<html|<head|<body|<table|<meta|<script|<div|<form|<style)", re.IGNORECASE
)
_JSON = re.compile(r'\s*(?:\{\s*(?:"[^"\n]{0,200}"\s*:|\})|\[\s*(?:[{\["\]]|-?\d+\s*[,\]]))')
_LOGIN = re.compile(r"type=[\"']?password|log ?[io]n|adgangskode|sign in", re.IGNORECASE)


class FileKind(StrEnum):
    """The kinds of files that are told apart."""

    WORKBOOK = "workbook"  # .xlsx, .xlsm
    OLD_WORKBOOK = "old_workbook"  # .xls
    BINARY_WORKBOOK = "binary_workbook"  # .xlsb
    OPEN_DOCUMENT = "open_document"  # .ods
    TEXT = "text"  # .csv and its relatives
    EMPTY = "empty"
    BLANK = "blank"  # nothing but blanks
    LOCK_FILE = "lock_file"
    PROTECTED = "protected"
    HTML = "html"
    LOGIN_PAGE = "login_page"
    JSON = "json"
    XML = "xml"
    PDF = "pdf"
    PICTURE = "picture"
    OTHER_OFFICE = "other_office"
    CASE_PACK = "case_pack"
    ARCHIVE = "archive"
    BROKEN_ARCHIVE = "broken_archive"
    REGISTER = "register"
    BINARY = "binary"


READABLE = frozenset(
    (
        FileKind.WORKBOOK,
        FileKind.OLD_WORKBOOK,
        FileKind.BINARY_WORKBOOK,
        FileKind.OPEN_DOCUMENT,
        FileKind.TEXT,
    )
)

#: Which content a file of this name should have; a name that is not here promises nothing.
PROMISED = {
    ".xlsx": FileKind.WORKBOOK,
    ".xlsm": FileKind.WORKBOOK,
    ".xls": FileKind.OLD_WORKBOOK,
    ".xlsb": FileKind.BINARY_WORKBOOK,
    ".ods": FileKind.OPEN_DOCUMENT,
    ".csv": FileKind.TEXT,
    ".tsv": FileKind.TEXT,
    ".txt": FileKind.TEXT,
}

_STARTS = (
    (b"%PDF", FileKind.PDF),
    (b"SQLite format 3\0", FileKind.REGISTER),
    (b"\x89PNG", FileKind.PICTURE),
    (b"\xff\xd8\xff", FileKind.PICTURE),
    (b"GIF8", FileKind.PICTURE),
    (b"{\\rtf", FileKind.OTHER_OFFICE),
    (b"Rar!", FileKind.ARCHIVE),
    (b"7z\xbc\xaf", FileKind.ARCHIVE),
    (b"\x1f\x8b", FileKind.ARCHIVE),
)


def recognise_file(path: Path) -> FileKind:
    """What ``path`` holds. Raises OSError when it cannot be read."""
    if path.name.startswith("~$"):
        return FileKind.LOCK_FILE
    with path.open("rb") as file:
        head = file.read(_HEAD)
        if not head:
            return FileKind.EMPTY
        for start, kind in _STARTS:
            if head.startswith(start):
                return kind
        if head.startswith(_OLE):
            return _kind_of_compound_file(head + file.read(LARGEST_FILE))
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_archive(path)
    return _kind_of_text(head)


def _kind_of_compound_file(content: bytes) -> FileKind:
    """The old binary container: names of its parts stand in its directory as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return FileKind.PROTECTED
    if any(f"{name}\0".encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return FileKind.OLD_WORKBOOK
    return FileKind.OTHER_OFFICE


def _kind_of_archive(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                mime = archive.read("mimetype")
                if b"opendocument.spreadsheet" in mime:
                    return FileKind.OPEN_DOCUMENT
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return FileKind.BROKEN_ARCHIVE
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return FileKind.BINARY_WORKBOOK
        if any(name.startswith(("word/", "ppt/", "visio/")) for name in names):
            return FileKind.OTHER_OFFICE
        return FileKind.WORKBOOK
    return FileKind.CASE_PACK if "datapackage.json" in names else FileKind.ARCHIVE


def _kind_of_text(head: bytes) -> FileKind:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head[: len(head) // 2 * 2].decode("utf-16", errors="replace")
    elif looks_like_utf_16(head):
        text = head[: len(head) // 2 * 2].decode(looks_like_utf_16(head), errors="replace")
    else:
        text = head.decode("utf-8-sig", errors="replace")
    if text.count("\0") or sum(character < " " and character not in "\t\r\n\f\v" for character in text) > 8:
        return FileKind.BINARY
    if not text.strip().strip("\ufeff"):
        return FileKind.BLANK
    if _MARKUP.match(text):
        return FileKind.LOGIN_PAGE if _LOGIN.search(text) else FileKind.HTML
    if text.lstrip().startswith(("<?xml", "<Workbook", "<svg")):
        return FileKind.HTML if "<html" in text.lower() else FileKind.XML
    return FileKind.JSON if _JSON.match(text) else FileKind.TEXT


def looks_like_utf_16(head: bytes) -> str:
    """``utf-16-le`` or ``utf-16-be`` when every other byte of a text without a mark is nearly always 0, else
    "".
    """
    sample = head[:2000]
    if len(sample) < 4:
        return ""
    even, odd = sample[0::2], sample[1::2]
    if odd.count(0) > len(odd) * 0.8 and even.count(0) < len(even) * 0.1:
        return "utf-16-le"
    if even.count(0) > len(even) * 0.8 and odd.count(0) < len(odd) * 0.1:
        return "utf-16-be"
    return ""


def find_archive_fault(path: Path) -> str:
    """Why an archive is not handed to a reader, as a word, or an empty string when nothing speaks against it.

    ``entries``, ``size``, ``ratio``: beyond the limits above (what the directory says; Python's zipfile never
    gives more of an entry than that). ``overlap``: entries share bytes. ``twins``: two entries of one name.
    ``encrypted``, ``method``, ``broken``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            start_of_directory = archive.start_dir
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return "broken"
    if len(entries) > MOST_ENTRIES:
        return "entries"
    if len({entry.filename for entry in entries}) != len(entries):
        return "twins"
    total = 0
    for entry in entries:
        total += entry.file_size
        if entry.flag_bits & 1:
            return "encrypted"
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return "method"
        if entry.file_size > LARGEST_ENTRY or total > LARGEST_SUM:
            return "size"
        if entry.file_size > max(entry.compress_size, 1) * GREATEST_RATIO and entry.file_size > 2**20:
            return "ratio"
    end = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < end:
            return "overlap"
        end = entry.header_offset + _LOCAL_HEADER + len(entry.orig_filename.encode()) + entry.compress_size
    return "overlap" if end > start_of_directory else ""
