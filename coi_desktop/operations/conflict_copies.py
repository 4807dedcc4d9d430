"""Editions of a register that a synchronising program has put beside it: named, never touched."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop.models.conflict_names import Likeness, likeness
from coi_desktop.store.opening import peek_identity
from coi_desktop.store.placeholders import is_placeholder

#: No more than so many files are looked into.
_MOST = 20


class ConflictCopy(NamedTuple):
    """An edition of the register: its file, and when that was last changed."""

    path: Path
    changed: datetime


def find_conflict_copies(
    register: Path, is_away: Callable[[Path], bool] = is_placeholder
) -> list[ConflictCopy]:
    """Files beside the register that hold, or by their name must hold, another edition of it; newest first.

    A name that may also be somebody's own choice counts only for a file with the same register in it; one
    that lies in the cloud only is not fetched to see that.
    """
    try:
        names = sorted(os.listdir(register.parent))
    except OSError:
        return []
    found = []
    own_id: str | None = None
    for name in [name for name in names if likeness(register.name, name) is not Likeness.NONE][:_MOST]:
        path = register.with_name(name)
        if likeness(register.name, name) is Likeness.POSSIBLE:
            if is_away(path):
                continue
            own_id = own_id or peek_identity(register)
            if own_id is None or peek_identity(path) != own_id:
                continue
        try:
            changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
        except OSError:
            continue
        found.append(ConflictCopy(path, changed))
    return sorted(found, key=lambda copy: copy.changed, reverse=True)
