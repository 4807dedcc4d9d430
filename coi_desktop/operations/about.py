"""What the program says about itself and the open register; for people, and for support without content."""

from __future__ import annotations

import platform
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop.i18n import current_language
from coi_desktop.models.file_places import FilePlace
from coi_desktop.operations.backups import newest_backup
from coi_desktop.operations.file_places import find_place
from coi_desktop.operations.help import this_version
from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION
from coi_desktop.store.versions import sqlite_version


class About(NamedTuple):
    """The facts. ``size`` is the register file's, in bytes; ``backup`` when the newest one was written here;
    ``counts`` the records by type.
    """

    version: str
    sqlite: str
    python: str
    system: str
    path: Path
    place: FilePlace
    size: int
    unit: str
    backup: datetime | None
    is_writable: bool
    revision: int
    counts: tuple[tuple[str, int], ...]


_COUNTED = ("initiative", "evaluation", "measurement", "case", "attachment")


def read_about(register: Register) -> About:
    """The facts about this program and the open register."""
    newest = newest_backup(register.id)
    try:
        size = register.path.stat().st_size
    except OSError:
        size = 0
    return About(
        this_version(),
        sqlite_version(),
        platform.python_version(),
        platform.platform(),
        register.path,
        find_place(register.path),
        size,
        str(register.unit()["name"] or ""),
        None if newest is None else newest.written,
        register.writable,
        register.revision,
        tuple((name, register.count(name)) for name in _COUNTED),
    )


def describe_for_support(about: About, qt_version: str) -> str:
    """A text for a mail to support: versions, sizes and counts. No title, name, path or other content."""
    backup = "none" if about.backup is None else about.backup.strftime("%Y-%m-%d %H:%M UTC")
    lines = (
        f"COI Desktop {about.version}, register version {SCHEMA_VERSION}",
        f"SQLite {about.sqlite}, Qt {qt_version}, Python {about.python}",
        f"{about.system}, language {current_language()}",
        f"register: {about.size} bytes, revision {about.revision}, "
        f"{about.place.kind.value}{' (' + about.place.service + ')' if about.place.service else ''}, "
        f"{about.place.session.value} session, {'writing' if about.is_writable else 'reading only'}",
        "records: " + ", ".join(f"{name} {count}" for name, count in about.counts),
        f"newest backup: {backup}",
    )
    return "\n".join(lines)
