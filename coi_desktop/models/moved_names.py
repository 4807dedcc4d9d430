"""The name that a register's old file gets when the register was moved: it says so, in either language."""

from __future__ import annotations

import re

_WORDS = {"da": "flyttet", "en": "moved"}
_SIGN = r" \((?:flyttet|moved) (\d{4}-\d\d-\d\d)\)(?: \d+)?$"


def moved_stem(stem: str, day: str, language: str) -> str:
    """The name, without ending, of a register called ``stem`` that was moved on ``day`` (2026-11-22)."""
    return f"{stem} ({_WORDS[language]} {day})"


def day_of_move(stem: str) -> str:
    """The day in a name that ``moved_stem`` gave; an empty text for any other name."""
    found = re.search(_SIGN, stem) if " (" in stem else None
    return found.group(1) if found else ""


def is_moved_from(stem: str, other: str) -> bool:
    """Whether ``other`` is the name that the old file of ``stem`` got when it was moved."""
    found = re.search(_SIGN, other)
    return found is not None and other[: found.start()] == stem
