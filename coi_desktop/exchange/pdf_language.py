"""The language of a PDF and its title in the window, which screen readers and viewers look for.

Neither Matplotlib nor Qt writes them. They are added as the format itself provides for changes: the catalogue
once more at the end of the file, with a table of where it stands.
"""

from __future__ import annotations

import re

_CATALOGUE = re.compile(rb"(\d+) 0 obj\s*<<\s*(/Type /Catalog[^>]*?)\s*>>\s*endobj")
_TRAILER = re.compile(rb"trailer\s*<<\s*(.*?)\s*>>\s*startxref\s*(\d+)\s*%%EOF\s*\Z", re.DOTALL)

_LETTERS = re.compile(rb"begincmap\n.*?endcmap", re.DOTALL)
_TAB, _BLANK = b"<0009>", b"<0020>"


def with_blanks(pdf: bytes) -> bytes:
    """The PDF with blanks between the words that are marked or searched for: Qt names them tabs, because both
    have the same picture. The length of the file stays, and with it every place that is named in it.
    """
    return _LETTERS.sub(lambda found: found.group().replace(_TAB, _BLANK), pdf)


def with_language(pdf: bytes, language: str) -> bytes:
    """The PDF marked as written in ``language`` (``da``, ``en``), showing its title and not its file's name.

    ValueError for a file that is not built as these two build it.
    """
    catalogue, trailer = _CATALOGUE.search(pdf), _TRAILER.search(pdf)
    if catalogue is None or trailer is None:
        raise ValueError("a PDF with one catalogue and one trailer was expected")
    number, entries = catalogue.groups()
    added = b"/Lang (%s) /ViewerPreferences << /DisplayDocTitle true >>" % language.encode("ascii")
    body = pdf.rstrip(b"\n") + b"\n"
    again = b"%s 0 obj\n<< %s %s >>\nendobj\n" % (number, entries, added)
    table = b"xref\n%s 1\n%010d 00000 n \n" % (number, len(body))
    end = b"trailer\n<< %s /Prev %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        trailer.group(1), trailer.group(2), len(body) + len(again),
    )  # fmt: skip
    return body + again + table + end
