"""Which backups were written before an erasure, and when they go."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop.store.register import Register


class HeldBackup(NamedTuple):
    """A backup that may still hold an erased person: where, from when, and the day it goes by itself."""

    path: Path
    written: datetime
    until: date | None


def find_held_backups(register: Register) -> tuple[HeldBackup, ...]:
    """The backups of the register that were written before now, newest first."""
    return ()
