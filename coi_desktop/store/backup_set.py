"""The backups of one register in one folder: checked copies by number, a readable note beside each, and the
files of attachments, each once for all of them.

    000012 2026-11-22 10.42.coi     the copy
    000012 2026-11-22 10.42.json    when, why and of what it was made; its list of files
    files/ab/abcdef…                the files that any of the copies names

A backup is there when both its copy and its note are; the copy gets its name last. The numbers give the
order, never the clock. Whoever writes here holds the folder's lock.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import (
    LONGEST_MANIFEST,
    BackupManifest,
    Reason,
    format_manifest,
    parse_manifest,
)
from coi_desktop.models.stopping import Stop, never
from coi_desktop.models.thinning import Kept, has_shrunk, plan_thinning
from coi_desktop.paths import SUFFIX, sync_folder
from coi_desktop.store.backup_contents import read_contents
from coi_desktop.store.backups import prove, write_proven_copy
from coi_desktop.store.faults import cannot_open, damaged, faults_as_problems
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.file_store import FileStore
from coi_desktop.store.new_file import whole_new_file
from coi_desktop.store.schema import SCHEMA_VERSION

NOTE_SUFFIX = ".json"
_NAME = re.compile(r"\d{6,} \d{4}-\d\d-\d\d \d\d\.\d\d(?: v\d+)?")


class Written(NamedTuple):
    """A new backup, the one before it (None: it is the first), and the ones that it pushed out."""

    manifest: BackupManifest
    before: BackupManifest | None
    removed: tuple[BackupManifest, ...] = ()

    @property
    def has_shrunk(self) -> bool:
        """Whether it holds less than half of the one before."""
        return self.before is not None and has_shrunk(self.manifest.amount, self.before.amount)


class BackupSet:
    """The backups of one register in ``folder``, which need not be there before the first is written."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = FileStore(folder / "files")

    # Reading

    def find_backups(self) -> list[BackupManifest]:
        """The backups, newest first; one whose copy is gone or of another size is left out."""
        return [manifest for manifest in self._find_manifests() if self.is_there(manifest)]

    def newest(self) -> BackupManifest | None:
        """The newest backup; reads only its own note."""
        for note in sorted(self._notes(), key=_number_of, reverse=True):
            manifest = _read_note(note)
            if manifest is not None and self.is_there(manifest):
                return manifest
        return None

    def path(self, manifest: BackupManifest) -> Path:
        """Where the copy of a backup lies."""
        return self.folder / manifest.file_name

    def is_there(self, manifest: BackupManifest) -> bool:
        """Whether the copy lies there with the size that it was written with."""
        try:
            return self.path(manifest).stat().st_size == manifest.size
        except OSError:
            return False

    def prove(self, manifest: BackupManifest, *, present_version: bool = True, stop: Stop = never) -> None:
        """Read the whole copy anew and every file that it names. Problem ``damaged`` when it is not what was
        written.
        """
        path = self.path(manifest)
        with faults_as_problems(path):
            if prove(path, present_version=present_version, stop=stop) != manifest.register_hash:
                raise damaged(path)
        for _name in self.files.find_missing(manifest.files) + self.files.find_changed(manifest.files):
            raise damaged(path)

    def is_sound(self, manifest: BackupManifest, stop: Stop = never) -> bool:
        """Whether a backup and its files are still what was written; reads all of them."""
        try:
            self.prove(manifest, present_version=manifest.schema_version == SCHEMA_VERSION, stop=stop)
        except Problem:
            return False
        return True

    def _find_manifests(self) -> list[BackupManifest]:
        found = [manifest for note in self._notes() if (manifest := _read_note(note)) is not None]
        return sorted(found, key=lambda one: one.sequence, reverse=True)

    def _notes(self) -> list[Path]:
        """All notes. Problem ``cannot_open`` when the folder cannot be read: that is not an empty one."""
        try:
            return [path for path in self.folder.glob(f"*{NOTE_SUFFIX}") if _NAME.fullmatch(path.stem)]
        except OSError as error:
            raise cannot_open(self.folder) from error

    # Writing

    def write(
        self,
        connection: sqlite3.Connection,
        register: Path,
        reason: Reason,
        moment: datetime,
        *,
        present_version: bool = True,
        mark: str = "",
        is_trusted: bool = True,
        spared: int = 0,
        stop: Stop = never,
    ) -> Written:
        """Write a proven backup of the register that ``connection`` has open, and thin the older ones.

        The backup numbered ``spared`` stays. Files that stand in the shared folder are trusted by their size,
        or read anew. Nothing is removed before the new backup stands there, reopened and equal to the
        register. Files that cannot be found beside the register are named in the manifest. Raises the
        Problems of ``write_proven_copy``, of a disk that refuses, and ``busy`` when another program writes
        here.
        """
        with self._writing(moment):
            before = self.newest()
            sequence = self._next_sequence()
            name = f"{sequence:06d} {moment.astimezone():%Y-%m-%d %H.%M}{mark}"
            target = self.folder / f"{name}{SUFFIX}"
            with whole_new_file(target) as half, faults_as_problems(target):
                found = write_proven_copy(
                    connection, half, target.name, present_version=present_version, stop=stop
                )
                contents = read_contents(half)
                stored, missing = self._take_files(
                    FileStore.beside(register), contents.files, is_trusted=is_trusted
                )
                manifest = BackupManifest(
                    sequence=sequence,
                    written=moment,
                    reason=reason,
                    register_id=contents.register_id,
                    register_name=register.name,
                    place=str(register.absolute()),
                    unit_name=contents.unit_name,
                    revision=contents.revision,
                    stamp=contents.stamp,
                    schema_version=contents.schema_version,
                    rows=contents.rows,
                    register_hash=found,
                    file_name=target.name,
                    size=half.stat().st_size,
                    files=stored,
                    missing_files=missing,
                )
                _write_note(self._note(target), manifest)
            return Written(manifest, before, self._thin(spared))

    def take_copy(self, source: BackupSet, manifest: BackupManifest, moment: datetime) -> BackupManifest:
        """Have a finished backup of another folder here as well, compared byte by byte, and thin the older
        ones; the backup as it stands here, where it may have another number.

        Problem ``damaged`` when the copy does not come out right; faults of the disk as Problems.
        """
        with self._writing(moment):
            for one in self.find_backups():
                if (one.written, one.register_hash) == (manifest.written, manifest.register_hash):
                    return one
            sequence = max(manifest.sequence, self._next_sequence())
            target = self.folder / f"{sequence:06d}{manifest.file_name[manifest.file_name.index(' ') :]}"
            copied = manifest._replace(sequence=sequence, file_name=target.name)
            with whole_new_file(target) as half:
                shutil.copyfile(source.path(manifest), half)
                if _digest(half) != _digest(source.path(manifest)):
                    raise damaged(target)
                for sha256 in manifest.files:
                    if not self._holds(sha256, source.files):
                        self.files.put(source.files.path(sha256))
                _write_note(self._note(target), copied)
            self._thin()
            return copied

    def _take_files(
        self, store: FileStore, names: frozenset[str], *, is_trusted: bool
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Have these files in the shared folder; the names of those that are there, and of the others."""
        missing = []
        for sha256 in sorted(names):
            if self._holds(sha256, store) and (is_trusted or not self.files.find_changed([sha256])):
                continue
            try:
                if not store.has(sha256) or self.files.put(store.path(sha256)).sha256 != sha256:
                    missing.append(sha256)
            except Problem as problem:
                if problem.code != "unreadable":
                    raise
                missing.append(sha256)
        return tuple(sorted(names.difference(missing))), tuple(missing)

    def _holds(self, sha256: str, store: FileStore) -> bool:
        """Whether the shared folder has a file, of the size that it has in another store, if it is there."""
        if not self.files.has(sha256):
            return False
        return not store.has(sha256) or (
            store.path(sha256).stat().st_size == self.files.path(sha256).stat().st_size
        )

    def _thin(self, spared: int = 0) -> tuple[BackupManifest, ...]:
        """Remove what thinning lets go, and the files that no backup names any longer."""
        backups = self.find_backups()
        let_go_numbers = plan_thinning(
            Kept(one.sequence, one.written.astimezone().date(), one.amount) for one in backups
        )
        let_go = [one for one in backups if one.sequence in let_go_numbers and one.sequence != spared]
        removed = tuple(one for one in let_go if self._remove(one))
        notes = self._notes()
        manifests = [_read_note(note) for note in notes]
        if removed and None not in manifests:  # a note that cannot be read may name any file
            self.files.sweep({sha256 for one in manifests if one is not None for sha256 in one.files})
        return removed

    def _remove(self, manifest: BackupManifest) -> bool:
        try:
            self.path(manifest).unlink()
            self._note(self.path(manifest)).unlink()
        except OSError:  # somebody has it open: another time
            return False
        return True

    @staticmethod
    def _note(copy: Path) -> Path:
        return copy.with_suffix(NOTE_SUFFIX)

    def _next_sequence(self) -> int:
        numbers = [_number_of(path) for path in self.folder.glob("*.*") if _NAME.fullmatch(path.stem)]
        return max(numbers, default=0) + 1

    @contextmanager
    def _writing(self, moment: datetime) -> Iterator[None]:
        """Hold the folder's lock, and clear away what programs that were ended left half written."""
        lock = FileLock(self.folder / "backups")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            lock.acquire(moment, take_over=True)  # held for moments only: whoever left it is gone
        except OSError as error:
            raise _cannot_write(self.folder) from error
        except Problem as problem:
            raise (_busy() if problem.code == "locked" else problem) from problem
        try:
            self._clear_away()
            yield
        except OSError as error:
            raise _cannot_write(self.folder) from error
        finally:
            lock.release()

    def _clear_away(self) -> None:
        halves = [path for path in self.folder.glob(".*.new*") if path.is_file()]
        lonely = [note for note in self._notes() if not note.with_suffix(SUFFIX).exists()]
        for path in (*halves, *lonely):
            with contextlib.suppress(OSError):
                path.unlink()


def is_backup(path: Path) -> bool:
    """Whether the file at ``path`` is a copy in a folder of backups, which is never written to."""
    note = path.with_suffix(NOTE_SUFFIX)
    return bool(_NAME.fullmatch(path.stem)) and note.is_file() and _read_note(note) is not None


def _read_note(note: Path) -> BackupManifest | None:
    """What a note says; None when it is no note of ours, or speaks of another file than the one beside it."""
    try:
        if note.stat().st_size > LONGEST_MANIFEST:
            return None
        manifest = parse_manifest(note.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return manifest if manifest.file_name == note.with_suffix(SUFFIX).name else None


def _write_note(note: Path, manifest: BackupManifest) -> None:
    half = note.with_name(f".{note.name}.{os.getpid()}.new")
    with half.open("w", encoding="utf-8") as file:
        file.write(format_manifest(manifest))
        file.flush()
        os.fsync(file.fileno())
    half.replace(note)
    sync_folder(note.parent)


def _number_of(path: Path) -> int:
    return int(path.name.split(" ", 1)[0])


def _digest(path: Path) -> str:
    import hashlib  # loads OpenSSL, which the first window does not need

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _busy() -> Problem:
    return Problem(
        _("Another program is just writing a backup of this register."),
        meaning=_("No second one was begun; nothing was changed."),
        advice=_("Wait a moment and try again."),
        code="busy",
    )


def _cannot_write(folder: Path) -> Problem:
    return Problem(
        _("The folder of backups {folder} cannot be written to.").format(folder=folder),
        meaning=_("No backup was made; the register and the backups there are as they were."),
        advice=_("See that the disk is connected, has room, and that you may write there."),
        code="cannot_create",
    )
