"""Copies of finished backups in a folder outside this computer, and what is remembered of them here."""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import BackupManifest
from coi_desktop.models.second_place import LastCopy, format_last_copy, parse_last_copy
from coi_desktop.store.backup_set import BackupSet

_NOTE = "elsewhere.json"
_ID_DIGITS = 8


def set_elsewhere(place: Path, manifest: BackupManifest) -> BackupSet:
    """The set in the folder that the user chose: named after the register, told apart by its identity."""
    mark = manifest.register_id[-_ID_DIGITS:]
    with contextlib.suppress(OSError):
        for folder in sorted(place.glob(f"* {mark}")):
            if folder.is_dir():
                return BackupSet(folder)
    return BackupSet(place / f"{Path(manifest.register_name).stem} {mark}")


def copy_elsewhere(backups: BackupSet, manifest: BackupManifest, place: Path, moment: datetime) -> LastCopy:
    """Have a finished backup in the second place as well, unless it is there already.

    Problem ``unreachable`` when the folder is not there (it is never made) or cannot be written to.
    """
    if not place.is_dir():
        raise _unreachable(place)
    target = set_elsewhere(place, manifest)
    try:
        copied = target.take_copy(backups, manifest, moment)
    except (Problem, OSError) as error:
        raise _unreachable(place, str(error)) from error
    last = LastCopy(str(place), copied.stamp, copied.written, moment)
    _remember(backups, last)
    return last


def read_last_copy(backups: BackupSet) -> LastCopy | None:
    """What is remembered here of the newest copy in the second place."""
    try:
        return parse_last_copy((backups.folder / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _remember(backups: BackupSet, last: LastCopy) -> None:
    half = backups.folder / f".{_NOTE}.{os.getpid()}.new"
    with contextlib.suppress(OSError):  # only a reminder too early would come of it
        half.write_text(format_last_copy(last), encoding="utf-8")
        half.replace(backups.folder / _NOTE)


def _unreachable(place: Path, why: str = "") -> Problem:
    what = _("No copy could be written to the second place for backups, {folder}.").format(folder=place)
    return Problem(
        f"{what} {why}".strip(),
        meaning=_("The backup on this computer is whole; only its copy is missing."),
        advice=_("It is tried again with the next backup. See that the folder can be reached."),
        code="unreachable",
    )
