"""Names for files that people make: taken from titles, valid on every platform."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from coi_desktop.models.folding import clean_line

#: The longest name without its ending; folders have room for it on every platform.
MAX_NAME = 80

_NOT_ALLOWED = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)


def safe_file_name(text: str, taken: Container[str] = ()) -> str:
    """A text as the name of a file without its ending, different from the names ``taken`` (in lower case)."""
    letters = [one for one in clean_line(text) if unicodedata.category(one) not in ("Cf", "Cs", "Co", "Cn")]
    name = " ".join(_NOT_ALLOWED.sub(" ", "".join(letters)).split())
    name = name.encode()[: 2 * MAX_NAME].decode(errors="ignore")[:MAX_NAME].strip(" .") or "-"
    if _RESERVED.match(name):
        name = f"_{name}"
    number, numbered = 2, name
    while numbered.lower() in taken:
        numbered, number = f"{name} ({number})", number + 1
    return numbered
