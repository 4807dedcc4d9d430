"""Names that synchronising programs give the edition they put aside when two computers changed a file."""

from __future__ import annotations

import re
from enum import Enum


class Likeness(Enum):
    """How surely a file is such an edition of another, by its name."""

    NONE = 0
    POSSIBLE = 1
    CERTAIN = 2


#: Dropbox, Nextcloud, ownCloud, Syncthing, rclone and Google Drive say so: "(Annes konfliktkopi 2026-11-22)",
#: "(conflicted copy 2026-11-22 101500)", "_conflict-20261122-101500", ".sync-conflict-…", "[Conflict]".
_WORDS = ("conflict", "konflikt", "in conflitto", "en conflit")

#: OneDrive puts the computer's name behind a hyphen; iCloud and Google Drive count; Windows names its copies.
_BEHIND = re.compile(r"-[^\W_][\w-]{0,62}| \d{1,2}| ?\(\d{1,2}\)| - (?:kopi|copy)(?: ?\(\d{1,2}\))?")


def likeness(register: str, other: str) -> Likeness:
    """How surely the file called ``other`` is an edition of ``register`` that was put aside."""
    stem, ending = _split(register)
    other_stem, other_ending = _split(other)
    if ending != other_ending or not other_stem.startswith(stem) or other_stem == stem:
        return Likeness.NONE
    rest = other_stem[len(stem) :]
    if any(word in rest for word in _WORDS):
        return Likeness.CERTAIN
    return Likeness.POSSIBLE if _BEHIND.fullmatch(rest) else Likeness.NONE


def _split(name: str) -> tuple[str, str]:
    stem, dot, ending = name.casefold().rpartition(".")
    return (stem, ending) if dot else (ending, "")
