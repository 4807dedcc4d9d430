"""What an attached file really is, told from its bytes. Nothing is unpacked, drawn or run."""

from __future__ import annotations

import zipfile
from pathlib import Path

from coi_desktop.exchange.file_kinds import FileKind, recognise_file

#: More of a ZIP's directory than this is not looked into; the file is an archive like any other then.
LARGEST_DIRECTORY = 4 * 2**20

_HEAD = 64 * 1024
_ISO_MARK = 0x8001
_MOST_OF_COMMENT = 65_557

_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"{\\rtf", "rtf"),
    (b"MZ", "program"),
    (b"\x7fELF", "program"),
    (b"\xfe\xed\xfa", "program"),
    (b"\xce\xfa\xed\xfe", "program"),
    (b"\xcf\xfa\xed\xfe", "program"),
    (b"\xca\xfe\xba\xbe", "program"),
    (b"#!", "script"),
    (b"L\0\0\0\x01\x14\x02\0", "shortcut"),
    (b"ITSF", "help_file"),
    (b"vhdxfile", "disk_image"),
    (b"conectix", "disk_image"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"MSCF", "archive"),
    (b"ID3", "mp3"),
    (b"\xff\xfb", "mp3"),
    (b"\xff\xf3", "mp3"),
    (b"\xff\xf2", "mp3"),
    (b"BM", "bmp"),
)
#: A text may begin with the two or three letters of these; they have zeros soon after.
_NEVER_TEXT = ("program", "bmp", "mp3", "archive", "help_file")
_SEEN_FOR_ZEROS = 4096
_OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_OFFICE = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_MACROS = ("vbaproject.bin", "basic/", "scripts/", "macrosheets/", "activex/")
_TEXTS = {
    FileKind.TEXT: "text",
    FileKind.BLANK: "text",
    FileKind.JSON: "text",
    FileKind.HTML: "html",
    FileKind.LOGIN_PAGE: "html",
    FileKind.XML: "xml",
}


def recognise_content(path: Path) -> str:
    """What the file at ``path`` holds, as a word of ``models.attachment_kinds.CONTENTS``.

    Raises OSError when it cannot be read.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return "empty"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _in_archive(path)
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in (b"heic", b"heix", b"mif1", b"msf1") else "mp4"
    if head.startswith(b"RIFF"):
        return {b"WAVE": "wav", b"WEBP": "webp"}.get(head[8:12], "other")
    if head[_ISO_MARK : _ISO_MARK + 5] == b"CD001":
        return "disk_image"
    for start, content in _STARTS:
        if head.startswith(start) and (content not in _NEVER_TEXT or b"\0" in head[:_SEEN_FOR_ZEROS]):
            return content
    content = _TEXTS.get(recognise_file(path), "other")
    return "svg" if content in ("xml", "html") and b"<svg" in head.lower() else content


def _in_archive(path: Path) -> str:
    try:
        if _directory_length(path) > LARGEST_DIRECTORY:
            return "archive"
        with zipfile.ZipFile(path) as archive:
            names = [name.lower() for name in archive.namelist()]
            kind = _document_in(archive, names)
    except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, ValueError):
        return "archive"
    if kind != "archive" and any(mark in name for name in names for mark in _MACROS):
        return "macros"
    return kind


def _document_in(archive: zipfile.ZipFile, names: list[str]) -> str:
    if "mimetype" in names:
        entry = archive.getinfo("mimetype")
        if entry.file_size < 200 and entry.compress_type == zipfile.ZIP_STORED:
            return _OPEN_DOCUMENTS.get(archive.read(entry).strip(), "archive")
    if "[content_types].xml" in names:
        for folder, kind in _OFFICE:
            if any(name.startswith(folder) for name in names):
                return kind
    return "archive"


def _directory_length(path: Path) -> int:
    """How long the directory at the end of a ZIP says it is."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _MOST_OF_COMMENT))
        tail = file.read()
    place = tail.rfind(b"PK\x05\x06")
    return int.from_bytes(tail[place + 12 : place + 16], "little") if place >= 0 else 0
