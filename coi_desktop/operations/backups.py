"""Backups as a user meets them: written when something has changed, listed, and copied to a second place."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.backup_manifest import BackupManifest, Reason
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.second_place import LastCopy
from coi_desktop.models.stopping import Stop, never
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.keeping import find_own_set, find_set, iter_backup
from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION
from coi_desktop.store.second_place import copy_elsewhere, read_last_copy, set_elsewhere


class FoundBackup(NamedTuple):
    """A backup that can be restored: its set, its manifest, and whether it lies in the second place."""

    backups: BackupSet
    manifest: BackupManifest
    is_elsewhere: bool = False

    @property
    def path(self) -> Path:
        """Where its copy lies."""
        return self.backups.path(self.manifest)


class BackupDone(NamedTuple):
    """What came of it: the newest backup and whether it was written now, how many files could not be found,
    whether it has shrunk to less than half, and why no copy is in the second place (None: there is one, or
    none is wanted).
    """

    manifest: BackupManifest
    is_new: bool
    missing_files: int = 0
    has_shrunk: bool = False
    elsewhere: Problem | None = None

    def remarks(self) -> tuple[str, ...]:
        """What is worth a word."""
        said = []
        if self.has_shrunk:
            said.append(
                _(
                    "The register now holds less than half of what it did in the backup before. "
                    "The larger backups are kept."
                )
            )
        if self.missing_files:
            said.append(
                ngettext(
                    "{count} attachment could not be found and is not in the backup.",
                    "{count} attachments could not be found and are not in the backup.",
                    self.missing_files,
                ).format(count=self.missing_files)
            )
        return tuple(said)


def back_up(register: Register, target: Path) -> Job[Path]:
    """Write a checked copy of the register to ``target`` and return its path. Never over an existing file.

    A job; who edits meanwhile waits for milliseconds only. Problems: ``exists``, ``damaged``,
    ``cannot_create`` and those of the disk.
    """
    yield Progress(0, 0, target.name)
    with register.open_beside() as beside:
        beside.backup(target)
    return target


def keep_backup(
    path: Path, reason: Reason, *, elsewhere: Path | None = None, clock: Clock = now, stop: Stop = never
) -> Job[BackupDone | None]:
    """Write a backup of the register at ``path`` unless the newest one holds all of it, and have a copy of it
    ``elsewhere``.

    The register may be open here or in another program. None when nothing was ever put into it. Raises the
    Problem ``no_backup`` with the cause in words, or ``busy`` when it is only a bad moment; the register and
    older backups are as they were then.
    """
    try:
        written = yield from iter_backup(path, paths.backup_folder(), reason, clock, stop)
    except Problem as problem:
        if problem.code == "busy":
            raise
        raise _no_backup(problem) from problem
    backups = None if written is None else BackupSet(paths.backup_folder() / written.manifest.register_id)
    if backups is None:
        backups = find_own_set(paths.backup_folder(), path)
    newest = None if backups is None else backups.newest()
    if backups is None or newest is None:
        return None
    refused: Problem | None = None
    if elsewhere is not None:
        yield Progress(1, 2)
        try:
            copy_elsewhere(backups, newest, elsewhere, clock())
        except Problem as problem:
            refused = problem
    if written is None:
        return BackupDone(newest, is_new=False, elsewhere=refused)
    missing = len(written.manifest.missing_files)
    return BackupDone(written.manifest, True, missing, written.has_shrunk, refused)


def find_backups(path: Path, elsewhere: Path | None = None) -> list[FoundBackup]:
    """The backups of the register that is or was at ``path``, newest first; with those of the second place
    that are not here.
    """
    backups = find_set(paths.backup_folder(), path)
    found = [] if backups is None else [FoundBackup(backups, one) for one in backups.find_backups()]
    if elsewhere is None or not elsewhere.is_dir():
        return found
    known = {(one.manifest.written, one.manifest.register_hash) for one in found}
    for other in _sets_elsewhere(path, found, elsewhere):
        found += [
            FoundBackup(other, one, is_elsewhere=True)
            for one in other.find_backups()
            if (one.written, one.register_hash) not in known
        ]
    return found


def _sets_elsewhere(path: Path, found: list[FoundBackup], elsewhere: Path) -> list[BackupSet]:
    if found:
        return [set_elsewhere(elsewhere, found[0].manifest)]
    place = str(path.absolute())
    sets = [BackupSet(folder) for folder in sorted(elsewhere.iterdir()) if folder.is_dir()]
    return [one for one in sets if (newest := one.newest()) is not None and newest.place == place]


def path_of(manifest: BackupManifest) -> Path:
    """Where the copy of a backup lies on this computer."""
    return BackupSet(paths.backup_folder() / manifest.register_id).path(manifest)


def find_damaged_backups(found: list[FoundBackup]) -> list[FoundBackup]:
    """Those that are not what was written, read whole with their attachments."""
    return [one for one in found if not _is_sound(one)]


def _is_sound(found: FoundBackup) -> bool:
    try:
        found.backups.prove(found.manifest, present_version=found.manifest.schema_version == SCHEMA_VERSION)
    except Problem:
        return False
    return True


def newest_backup(register_id: str) -> BackupManifest | None:
    """The newest backup of a register on this computer; quick."""
    with contextlib.suppress(Problem):  # a folder that cannot be read just now
        return BackupSet(paths.backup_folder() / register_id).newest()
    return None


def last_copy_elsewhere(register_id: str) -> LastCopy | None:
    """What is known of the newest copy in the second place; reads nothing outside this computer."""
    return read_last_copy(BackupSet(paths.backup_folder() / register_id))


def needs_word_elsewhere(register_id: str, elsewhere: Path | None, moment: datetime) -> bool:
    """Whether the start page is to say that the newest copy outside this computer is over seven days old."""
    if elsewhere is None:
        return False
    last = last_copy_elsewhere(register_id)
    return last is None or last.folder != str(elsewhere) or last.is_old(moment)


def _no_backup(problem: Problem) -> Problem:
    return Problem(
        _("No backup could be written. {why}").format(why=problem.what),
        meaning=_("The register itself is saved, and the older backups are as they were."),
        advice=problem.advice,
        code="no_backup",
    )
