"""Lists as text files for Excel: a byte order mark, semicolons, and no cell that a spreadsheet would run.

Excel reads æøå right only with the mark, and in Denmark parts columns at semicolons. A text that begins like
a formula gets an apostrophe before it (OWASP, CSV injection); reading a list takes it away again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

MARK = "\ufeff"
DELIMITER = ";"
STARTS_OF_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def format_csv(headings: Sequence[str], rows: Iterable[Sequence[str]], numbers: Sequence[bool]) -> str:
    """The whole text of a list. ``numbers`` says of each column whether it holds numbers, which may begin
    with a minus.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow(map(harmless, headings))
    for row in rows:
        writer.writerow(
            cell if is_number else harmless(cell) for cell, is_number in zip(row, numbers, strict=True)
        )
    return MARK + text.getvalue()


def harmless(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula."""
    return f"'{text}" if _runs(text) else text


def unharmed(text: str) -> str:
    """A text without the apostrophe that ``harmless`` put before it."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    """Whether a text begins like a formula, or like one that has an apostrophe before it already."""
    return text.lstrip("'").startswith(STARTS_OF_FORMULAS)
