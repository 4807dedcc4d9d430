"""Putting a backup in the place of a register: never worse than before, whatever moment it is interrupted.

First everything that takes time, beside the register: the backup is proven again, what stands in its place is
kept, a new file is written and checked, and the files of attachments come back. Then, with the register
closed, the swap: one rename. Until it the old register stands; a journal that lies beside is gone before it,
for SQLite would play it into the new file.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.backup_manifest import BackupManifest, Reason
from coi_desktop.models.clock import Clock
from coi_desktop.models.prepared_restore import Prepared
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.stopping import Stop, never
from coi_desktop.paths import sync_folder
from coi_desktop.store import opening
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.backups import prove, write_proven_copy
from coi_desktop.store.faults import damaged, disk_error, disk_full, faults_as_problems, replaced
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.file_store import FileState, FileStore
from coi_desktop.store.identity import read_identity
from coi_desktop.store.keeping import iter_backup
from coi_desktop.store.register import Register
from coi_desktop.store.schema import SCHEMA_VERSION

#: Called with the restored register, open for writing under its temporary name, before it takes its place.
AfterRestore = Callable[[Register], object]

_BESIDE = ("-journal", "-wal", "-shm")
_NO_PLACE = ("cannot_create", "disk_full", "disk_error", "busy")


def iter_prepare(
    path: Path,
    backups: BackupSet,
    manifest: BackupManifest,
    root: Path,
    clock: Clock,
    hooks: Sequence[AfterRestore] = (),
    stop: Stop = never,
) -> Job[Prepared]:
    """Do all of a restore but the swap; the register at ``path`` may be open and is not touched.

    Raises Problem ``damaged`` when the backup is not what was written, and the faults of the disk when what
    would be replaced cannot be kept or the new file cannot be written. Nothing is left then.
    """
    yield Progress(0, 4, _("Checking the backup"))
    source = backups.path(manifest)
    _refuse_changed(source, manifest, stop)
    yield Progress(1, 4, _("Keeping what is replaced"))
    stamp, kept = yield from _keep_present(path, root, manifest, clock, stop)
    yield Progress(2, 4, _("Writing the register"))
    half = path.with_name(f".{path.name}.{os.getpid()}.restored")
    try:
        _clear_away(path)
        _write_half(source, half, path, manifest, stop)
        yield Progress(3, 4, _("Bringing attachments back"))
        missing = _bring_files(backups, manifest, FileStore.beside(path))
        if hooks:
            with Register.open(half, backup_folder=root, clock=clock) as register:
                for hook in hooks:
                    hook(register)
            with faults_as_problems(path):
                prove(half)
        _sync(half)
    except BaseException as error:
        drop_prepared_file(half)
        if isinstance(error, OSError):
            raise disk_error(path) from error
        raise
    return Prepared(path, half, manifest, stamp, kept, missing)


def put_in_place(prepared: Prepared, clock: Clock) -> None:
    """The swap. The register must be closed in this program.

    Raises Problem ``locked`` when another program has it open, ``replaced`` when it was changed since it was
    kept, and the faults of the disk; then it is as it was, and the finished file is gone.
    """
    path, half = prepared.path, prepared.half
    lock = FileLock(path)
    try:
        lock.acquire(clock())
        try:
            if prepared.stamp:
                if _present_stamp(path) != prepared.stamp:
                    raise replaced(path)
            else:
                _keep_raw(path, prepared.kept)
            for ending in _BESIDE:
                path.with_name(path.name + ending).unlink(missing_ok=True)
            sync_folder(path.parent)
            half.replace(path)
            sync_folder(path.parent)
        finally:
            lock.release()
    except OSError as error:
        raise _not_swapped(path) from error
    finally:
        drop_prepared_file(half)


def drop_prepared_file(half: Path) -> None:
    """Remove a finished or half-finished file that will not take its place."""
    for name in (half.name, *(half.name + ending for ending in (*_BESIDE, ".lock", ".owner"))):
        with contextlib.suppress(OSError):
            half.with_name(name).unlink()


def _refuse_changed(source: Path, manifest: BackupManifest, stop: Stop) -> None:
    if not source.is_file():
        raise damaged(source)
    present = manifest.schema_version == SCHEMA_VERSION
    if present:
        opening.open_to_copy(source).close()  # refuses what the program did not make
    with faults_as_problems(source):
        if prove(source, present_version=present, stop=stop) != manifest.register_hash:
            raise damaged(source)


def _keep_present(
    path: Path, root: Path, manifest: BackupManifest, clock: Clock, stop: Stop
) -> Job[tuple[str, Path]]:
    """Keep what stands at ``path`` as a proven backup; its commit and where it is kept. An empty commit and
    the place for a raw copy when it cannot be read as a register, or is none.
    """
    aside = root / manifest.register_id / "aside" / f"{clock().astimezone():%Y-%m-%d %H.%M.%S} {path.name}"
    if not os.path.lexists(path):
        return "", aside
    try:
        yield from iter_backup(path, root, Reason.RESTORE, clock, stop, spared=manifest.sequence)
        with faults_as_problems(path), closing(opening.open_to_copy(path)) as connection:
            present = read_identity(connection, path)
    except Problem as problem:
        if problem.code in _NO_PLACE:
            raise
        return "", aside
    except sqlite3.Error:  # damaged in a way that nothing else has met
        return "", aside
    own = BackupSet(root / present.uuid)
    newest = own.newest()
    if newest is None or newest.stamp != present.stamp:
        return "", aside
    return present.stamp, own.path(newest)


def _write_half(source: Path, half: Path, path: Path, manifest: BackupManifest, stop: Stop) -> None:
    half.touch(exist_ok=False)
    with faults_as_problems(path), closing(_read_only(source)) as connection:
        present = manifest.schema_version == SCHEMA_VERSION
        found = write_proven_copy(connection, half, path.name, present_version=present, stop=stop)
    if found != manifest.register_hash:
        raise damaged(source)


def _read_only(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)


def _bring_files(backups: BackupSet, manifest: BackupManifest, store: FileStore) -> int:
    """Put the files of the backup beside the register where they are missing or changed; how many cannot be.

    Nothing that lies there is removed: what is restored may itself be taken back.
    """
    missing = 0
    for sha256, state in store.iter_states(manifest.files):
        if state is FileState.WHOLE:
            continue
        try:
            if store.put(backups.files.path(sha256)).sha256 != sha256:
                missing += 1
        except Problem as problem:
            if problem.code != "unreadable":
                raise
            missing += 1
    return missing + len(store.find_missing(manifest.missing_files))


def _present_stamp(path: Path) -> str:
    with faults_as_problems(path), closing(opening.open_to_copy(path)) as connection:
        return read_identity(connection, path).stamp


def _keep_raw(path: Path, aside: Path) -> None:
    """Copy the file and what SQLite left beside it as they are, whole on the disk, before anything goes."""
    for ending in ("", *_BESIDE):
        found = path.with_name(path.name + ending)
        if not found.is_file():
            continue
        target = aside.with_name(aside.name + ending)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(found, target)
        _sync(target)
        if target.stat().st_size != found.stat().st_size:
            raise disk_full(target)
    if aside.parent.is_dir():
        sync_folder(aside.parent)


def _clear_away(path: Path) -> None:
    """Remove what restores that were ended left."""
    for half in path.parent.glob(f".{_escaped(path.name)}.*.restored*"):
        with contextlib.suppress(OSError):
            half.unlink()


def _escaped(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "[]*?" else letter for letter in name)


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _not_swapped(path: Path) -> Problem:
    return Problem(
        _("The backup could not be put in the place of {name}.").format(name=path.name),
        meaning=_("The register stands there as before."),
        advice=_("See that no other program has the register open and that the disk has room; try again."),
        code="unwritable",
    )
