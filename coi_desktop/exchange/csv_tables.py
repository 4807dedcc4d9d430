"""Text files of rows: encoding, delimiter and quotes are told from the whole file, never guessed from a first
line.

Runs in the reading child. A row's number is the one a spreadsheet would show: a line break inside quotes does
not start a row, and a first line ``sep=;`` is no row.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from coi_desktop.exchange.csv_writer import unharmed
from coi_desktop.exchange.file_kinds import looks_like_utf_16

#: Longest field: what Python's csv allows by itself, set by us so that it holds everywhere.
LONGEST_FIELD = 131_072

DELIMITERS = (";", ",", "\t", "|")

_SEPARATOR_LINE = re.compile(r"sep=([^\w\s\"]|\t)[;,\t ]*(?:\r\n|\r|\n|$)", re.IGNORECASE)
_DANISH_1252 = re.compile(rb"[\xe6\xf8\xe5\xc6\xd8\xc5]")
_DANISH_850 = re.compile(rb"(?<=[A-Za-z ])[\x91\x9b\x86\x92\x9d\x8f](?=[a-z])")


class TextFaultError(Exception):
    """A file that cannot be read as rows: ``code`` says why (``quote``, ``long_field``, ``not_text``)."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.line = line


@dataclass(frozen=True)
class TextRows:
    """All rows of a text file, the encoding and delimiter they were read with, and characters without a
    meaning.
    """

    rows: list[list[str]]
    encoding: str
    delimiter: str
    replaced: int


def read_text_rows(path: Path) -> TextRows:
    """Every row of ``path``, blank ones as empty lists.

    Raises TextFaultError when a quote is never closed, stands wrong, or a field is longer than LONGEST_FIELD;
    OSError when the file cannot be read.
    """
    content = path.read_bytes()
    text, encoding = decode_text(content)
    if "\0" in text:
        raise TextFaultError("not_text")
    replaced = text.count("\ufffd") if encoding not in ("utf-8", "utf-8-sig") else 0
    stated = _SEPARATOR_LINE.match(text)
    if stated:
        delimiter = stated[1]
        rows = _parse(text[stated.end() :], delimiter, first_line=2)
    else:
        delimiter = find_delimiter(text)
        rows = _parse(text, delimiter or DELIMITERS[0])
    return TextRows(rows, encoding, delimiter, replaced)


def decode_text(content: bytes) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    A byte order mark decides; then UTF-16 without a mark and strict UTF-8; then Windows-1252, or the DOS code
    page 850 where Danish letters stand as only that page has them. What Windows-1252 has no letter for
    becomes U+FFFD.
    """
    if content.startswith(b"\xef\xbb\xbf"):
        return content.decode("utf-8-sig", errors="replace"), "utf-8-sig"
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace"), "utf-16"
    wide = looks_like_utf_16(content)
    if wide:
        return content.decode(wide, errors="replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    if len(_DANISH_850.findall(content)) > len(_DANISH_1252.findall(content)):
        return content.decode("cp850"), "cp850"
    return content.decode("cp1252", errors="replace"), "cp1252"


def find_delimiter(text: str) -> str:
    """The delimiter under which the filled rows of the whole file agree best about their number of fields.

    Between equals the one that gives more fields, then the order of DELIMITERS. An empty text when there is
    only one column. Quotes are not judged here: a file whose quotes are wrong still shows its delimiter.
    """
    best, best_merit = "", (0.0, 1)
    for delimiter in DELIMITERS:
        if delimiter in text:
            merit = _merit(text, delimiter)
            if merit > best_merit:
                best, best_merit = delimiter, merit
    return best


def _merit(text: str, delimiter: str) -> tuple[float, int]:
    """The share of filled rows that have the most usual number of fields (above one), and that number."""
    csv.field_size_limit(len(text) + 1)
    counts: Counter[int] = Counter()
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if any(field.strip() for field in row):
            counts[len(row)] += 1
    several = {width: count for width, count in counts.items() if width > 1}
    if not several:
        return 0.0, 1
    width = max(several, key=lambda width: (several[width], width))
    return several[width] / counts.total(), width


def _parse(text: str, delimiter: str, first_line: int = 1) -> list[list[str]]:
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    line = first_line
    has_apostrophe = "'" in text
    try:
        for row in reader:
            rows.append([unharmed(cell) for cell in row] if has_apostrophe else row)
            line = first_line + reader.line_num
    except csv.Error as error:
        raise TextFaultError("long_field" if "field larger" in str(error) else "quote", line) from error
    return rows
