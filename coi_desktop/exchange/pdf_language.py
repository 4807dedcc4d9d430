"""The language of a PDF and its title in the window, which screen readers and viewers look for.

Matplotlib writes neither. They are added as the format itself provides for changes: the catalogue once more
at the end of the file, with a table of where it stands.
"""

from __future__ import annotations

import re

_CATALOGUE = re.compile(rb"(\d+) 0 obj\n<< (/Type /Catalog[^>]*?) >>\nendobj")
_TRAILER = re.compile(rb"trailer\n<< (.*?) >>\nstartxref\n(\d+)\n%%EOF\s*\Z", re.DOTALL)


def with_language(pdf: bytes, language: str) -> bytes:
    """The PDF marked as written in ``language`` (``da``, ``en``), showing its title and not its file's name.

    ValueError for a file that is not built as the drawing library builds it.
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
