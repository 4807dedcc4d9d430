"""Names a workbook may give to its sheets and tables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from coi_desktop.exchange.cells import cut, units
from coi_desktop.models.folding import clean_line

MAX_SHEET_NAME = 31
MAX_TABLE_NAME = 100

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_NOT_IN_TABLE_NAMES = re.compile(r"[^0-9A-Za-zÆØÅæøå_]")
_LIKE_A_CELL = re.compile(r"[a-z]{1,3}[0-9]+|[rc]|r[0-9]*c[0-9]*", re.IGNORECASE)


def safe_sheet_name(name: str, taken: Container[str] = ()) -> str:
    """A name Excel accepts for a sheet, as near to ``name`` as can be.

    At most 31 characters, none of ``[ ] : * ? /`` or backslash, no apostrophe at either end, not the reserved
    "History", and different from the names ``taken`` (in lower case) also without regard to case.
    """
    name = clean_line(_NOT_IN_SHEET_NAMES.sub(" ", name)).strip("'").strip() or "-"
    if name.lower() == "history":
        name = f"{name}."
    name = _cut_to(name, MAX_SHEET_NAME)
    number, numbered = 2, name
    while numbered.lower() in taken:
        end = f" ({number})"
        numbered = _cut_to(name, MAX_SHEET_NAME - len(end)) + end
        number += 1
    return numbered


def safe_table_name(name: str, taken: Container[str] = ()) -> str:
    """A name Excel accepts for a table: letters, digits and _, no cell's name, not taken."""
    name = _NOT_IN_TABLE_NAMES.sub("_", unicodedata.normalize("NFC", name)).strip("_")[:MAX_TABLE_NAME]
    if not name or not name[0].isalpha() or _LIKE_A_CELL.fullmatch(name):
        name = f"T_{name}"
    number, numbered = 2, name
    while numbered.lower() in taken:
        numbered, number = f"{name}_{number}", number + 1
    return numbered


def _cut_to(name: str, length: int) -> str:
    return name if units(name) <= length else cut(name, length)[0].strip().strip("'")
