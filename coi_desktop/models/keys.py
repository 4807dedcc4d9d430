"""Keys for what a unit names itself: readable, made of the name, and never one that is taken."""

from __future__ import annotations

from collections.abc import Collection

from coi_desktop.models.folding import words

_LONGEST = 40


def free_key(name: str, taken: Collection[str]) -> str:
    """A key for ``name``: small letters a–z, digits and _, with a number where it is taken."""
    key = "_".join(words(name))[:_LONGEST].strip("_") or "value"
    if key not in taken:
        return key
    number = 2
    while f"{key}_{number}" in taken:
        number += 1
    return f"{key}_{number}"
