"""What the reading child does with an attachment: hands over its text in pieces, each with its place.

Messages, each a dictionary: ``pieces`` (each a kind of place, its name or number, the text, and whether it is
a whole cell) and ``problem`` (a word; nothing follows). What a file is, is told from its content.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from coi_desktop.exchange.csv_tables import decode_text
from coi_desktop.exchange.file_kinds import LARGEST_FILE, FileKind, find_archive_fault, recognise_file
from coi_desktop.exchange.workbook_tables import SheetFacts, SheetReader, open_workbook
from coi_desktop.models.tables import column_letters

Message = dict[str, Any]
Piece = tuple[str, str, str, bool]

#: Characters of text that are looked at in one file.
MOST_TEXT = 20_000_000
_MOST_PAGES = 2_000
_PIECES_IN_A_MESSAGE = 200
_LONGEST_PIECE = 200_000
_AGAIN = 80
_BYTES_AT_A_TIME = 1 << 16

_TEXTS = frozenset((FileKind.TEXT, FileKind.HTML, FileKind.LOGIN_PAGE, FileKind.JSON, FileKind.XML))
_WORKBOOKS = frozenset((FileKind.WORKBOOK, FileKind.BINARY_WORKBOOK, FileKind.OPEN_DOCUMENT))
_NOTHING = frozenset((FileKind.EMPTY, FileKind.BLANK))
_ZIPS = frozenset((*_WORKBOOKS, FileKind.OTHER_OFFICE, FileKind.ARCHIVE))

# The parts of an office file that people wrote in, and those that tell who did.
_PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|ppt/(?:slides|notesSlides)/[^/]+\.xml|ppt/comments/[^/]+\.xml"
    r"|xl/(?:comments\d*|threadedComments/[^/]+|drawings/[^/]+|persons/[^/]+)\.xml"
    r"|docProps/(?:core|app|custom)\.xml|content\.xml|meta\.xml|styles\.xml"
)
_PARAGRAPHS = frozenset(("p", "h", "comment", "creator", "lastModifiedBy", "title", "subject", "description"))
_BLANKS = {"tab": "\t", "br": "\n", "cr": "\n", "line-break": "\n", "s": " "}


def iter_text(arguments: Mapping[str, Any], most_cells: int) -> Iterator[Message]:
    """The messages for one file. ``arguments``: ``path``."""
    path = Path(arguments["path"])
    kind = recognise_file(path)
    if path.stat().st_size > LARGEST_FILE:
        yield {"problem": "too_large"}
        return
    fault = find_archive_fault(path) if kind in _ZIPS else ""
    if fault:
        yield {"problem": "locked" if fault == "encrypted" else "unsafe"}
        return
    if kind in _NOTHING:
        return
    with path.open("rb") as file:
        pieces = _pieces(kind, file, most_cells)
        if pieces is None:
            yield {"problem": "locked" if kind is FileKind.PROTECTED else "unsupported"}
            return
        yield from _bundled(pieces)


def _pieces(kind: FileKind, file: IO[bytes], most_cells: int) -> Iterator[Piece] | None:
    if kind in _TEXTS:
        return iter([("whole", "", decode_text(file.read())[0], False)])
    if kind is FileKind.PDF:
        return _pdf(file)
    if kind is FileKind.OLD_WORKBOOK:
        return _cells(open_workbook(file, "calamine"), most_cells)
    if kind in _WORKBOOKS:
        return _workbook(kind, file, most_cells)
    if kind is FileKind.OTHER_OFFICE and zipfile.is_zipfile(file):
        return _parts(file)
    if kind is FileKind.ARCHIVE and _is_open_document(file):
        return _parts(file)
    return None


def may_hold_text(path: Path) -> bool:
    """Whether it is worth starting a child for a file; False for pictures, programs and other binaries."""
    kind = recognise_file(path)
    return kind in (_TEXTS | _ZIPS | _NOTHING) or kind in (FileKind.PDF, FileKind.OLD_WORKBOOK)


def _is_open_document(file: IO[bytes]) -> bool:
    with zipfile.ZipFile(file) as archive:
        return {"mimetype", "content.xml"} <= set(archive.namelist())


def _bundled(pieces: Iterator[Piece]) -> Iterator[Message]:
    waiting: list[Piece] = []
    length = 0
    for kind, name, text, is_cell in pieces:
        length += len(text)
        if length > MOST_TEXT:
            yield {"pieces": waiting}
            yield {"problem": "too_much_text"}
            return
        # Each with a little of the one before, so that nothing is cut in two unseen.
        waiting += [
            (kind, name, text[max(0, start - _AGAIN) : start + _LONGEST_PIECE], is_cell)
            for start in range(0, len(text), _LONGEST_PIECE)
        ]
        if len(waiting) >= _PIECES_IN_A_MESSAGE:
            yield {"pieces": waiting}
            waiting = []
    yield {"pieces": waiting}


def _workbook(kind: FileKind, file: IO[bytes], most_cells: int) -> Iterator[Piece]:
    yield from _cells(
        open_workbook(file, "openpyxl" if kind is FileKind.WORKBOOK else "calamine"), most_cells
    )
    yield from (piece for piece in _parts(file) if kind is not FileKind.OPEN_DOCUMENT or piece[0] == "facts")


def _cells(book: SheetReader, most_cells: int) -> Iterator[Piece]:
    left = most_cells
    for sheet in [*book.visible, *book.hidden]:
        yield "sheet", sheet, sheet, True
        for number, cells in book.iter_rows(sheet, SheetFacts()):
            left -= len(cells)
            if left < 0:
                raise MemoryError
            for column, cell in cells.items():
                yield "cell", f"{sheet} {column_letters(column)}{number}", cell.text, True


def _parts(file: IO[bytes]) -> Iterator[Piece]:
    with zipfile.ZipFile(file) as archive:
        for name in sorted(archive.namelist()):
            if _PARTS.fullmatch(name):
                facts = name.startswith("docProps/") or name == "meta.xml"
                with archive.open(name) as part:
                    yield from _paragraphs(part, "facts" if facts else "part", "" if facts else name)


class _Paragraphs:
    """Takes the events of an XML parser and gathers the text, a paragraph a piece."""

    def __init__(self, kind: str, name: str) -> None:
        self._kind, self._name = kind, name
        self._texts: list[str] = []
        self.found: list[Piece] = []

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """Some elements stand for a blank."""
        self._texts.append(_BLANKS.get(_plain(tag), ""))

    def data(self, text: str) -> None:
        """Text between two marks."""
        self._texts.append(text)

    def end(self, tag: str) -> None:
        """The end of a paragraph ends a piece."""
        if _plain(tag) in _PARAGRAPHS:
            self.close()

    def close(self) -> None:
        """What was gathered so far is a piece."""
        text = "".join(self._texts).strip()
        self._texts = []
        if text:
            self.found.append((self._kind, self._name, text, self._kind == "facts"))


def _plain(tag: str) -> str:
    return tag.rpartition("}")[2]


def _paragraphs(part: IO[bytes], kind: str, name: str) -> Iterator[Piece]:
    """The text of a part of an office file. Entities and references to elsewhere are refused (defusedxml)."""
    from defusedxml.ElementTree import DefusedXMLParser

    paragraphs = _Paragraphs(kind, name)
    parser: Any = DefusedXMLParser(target=paragraphs, forbid_dtd=True)
    while piece := part.read(_BYTES_AT_A_TIME):
        parser.feed(piece)
        yield from paragraphs.found
        paragraphs.found = []
    parser.close()
    yield from paragraphs.found


def _pdf(file: IO[bytes]) -> Iterator[Piece]:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = pypdf.PdfReader(file, strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise PermissionError
    for name, value in (reader.metadata or {}).items():
        if isinstance(value, str):
            yield "facts", str(name).lstrip("/"), value, True
    for number, page in enumerate(reader.pages[:_MOST_PAGES], 1):
        yield "page", str(number), page.extract_text(), False
