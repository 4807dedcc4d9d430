"""Small files of many kinds, real enough to be told apart by their bytes."""

from __future__ import annotations

import io
import struct
import zipfile


def zipped(*names: str, mimetype: bytes = b"") -> bytes:
    """A ZIP with entries of these names."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        if mimetype:
            archive.writestr("mimetype", mimetype)
        for name in names:
            archive.writestr(name, b"<x/>")
    return out.getvalue()


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0\xb8"
LNK = b"L\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0F"
ISO = bytes(0x8001) + b"CD001" + bytes(10)
DOCX = zipped("[Content_Types].xml", "word/document.xml")
DOCM = zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")
XLSX = zipped("[Content_Types].xml", "xl/workbook.xml")
ODT = zipped("content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)

#: Content, and the word for it.
CONTENTS = [
    (b"", "empty"),
    (PDF, "pdf"),
    (b"junk " + PDF, "text"),
    (PNG, "png"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg"),
    (b"GIF89a\x01\0\x01\0", "gif"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
    (b"RIFF\x10\0\0\0WAVEfmt ", "wav"),
    (b"RIFF\x10\0\0\0AVI LIST", "other"),
    (b"\0\0\0\x18ftypheic\0\0\0\0", "heic"),
    (b"\0\0\0\x18ftypisom\0\0\x02\0", "mp4"),
    (b"ID3\x04\0\0\0\0\0\0", "mp3"),
    (b"II*\0\x08\0\0\0", "tiff"),
    (struct.pack("<2sIII", b"BM", 100, 0, 54), "bmp"),
    ("BMI-tal for maj: æøå".encode(), "text"),
    (b"MZ: Margrethe Z. siger ja", "text"),
    (EXE, "program"),
    (b"\x7fELF\x02\x01\x01\0\0", "program"),
    (b"\xca\xfe\xba\xbe\0\0\0\x34", "program"),
    (b"#!/bin/sh\nrm -rf /\n", "script"),
    (LNK, "shortcut"),
    (ISO, "disk_image"),
    (b"ITSF\x03\0\0\0", "help_file"),
    (OLE, "old_office"),
    (b"{\\rtf1\\ansi hej}", "rtf"),
    (DOCX, "docx"),
    (XLSX, "xlsx"),
    (zipped("[Content_Types].xml", "ppt/presentation.xml"), "pptx"),
    (DOCM, "macros"),
    (zipped("[Content_Types].xml", "xl/workbook.xml", "xl/macrosheets/sheet1.xml"), "macros"),
    (zipped("Basic/Standard/x.xml", mimetype=b"application/vnd.oasis.opendocument.text"), "macros"),
    (ODT, "odt"),
    (zipped("a.exe"), "archive"),
    (DOCX[:60], "archive"),
    (b"PK\x05\x06" + bytes(18), "archive"),
    (b"7z\xbc\xaf\x27\x1c\0\x04", "archive"),
    (b"<html><script>alert(1)</script></html>", "html"),
    (b"<?xml version='1.0'?><svg onload='x()'/>", "svg"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg"),
    (b"<?xml version='1.0'?><a/>", "xml"),
    ("Titel;Fase\nÆrø;Idé\n".encode(), "text"),
    ("Titel;Fase\nÆrø;Idé\n".encode("cp1252"), "text"),
    ("Titel\tFase\n".encode("utf-16"), "text"),
    (b"\x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f\x10", "other"),
]
