"""Moving a register to this computer: a proven copy first; the old file keeps everything but its name."""

from __future__ import annotations

import contextlib
import filecmp
import shutil
from pathlib import Path
from typing import NamedTuple

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.moved_names import moved_stem
from coi_desktop.models.progress import Job, Progress
from coi_desktop.operations.moved_files import refuse_moved
from coi_desktop.operations.registers import open_register, refuse_backup
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.identity import FileMark

#: The folder of a register's attachments is called as the register with this behind it.
FILES = ".files"


class MovedRegister(NamedTuple):
    """A register that was copied: where it was and is, and, until ``finish_move``, the right to write in the
    old one (None when the old place may not be written to).
    """

    old: Path
    new: Path
    mark: FileMark | None
    lock: FileLock | None


def move_register(path: Path, folder: Path | None = None, *, clock: Clock = now) -> Job[MovedRegister]:
    """Copy the register at ``path`` with its files to ``folder`` (by default the program's own on this
    computer) and prove the copy equal. To be followed by ``finish_move``.

    Nobody can write in the old one meanwhile. Raises Problem ``locked`` when somebody has it open,
    ``backup_copy``, ``moved_away``, ``damaged`` when the copy is not equal, and the faults of disks; then
    nothing is left at the new place.
    """
    refuse_backup(path)
    refuse_moved(path)
    target = _free_name((folder or paths.local_folder()) / path.name)
    lock = _try_lock(path, clock)
    files = path.with_name(path.name + FILES)
    new_files = target.with_name(target.name + FILES)
    try:
        yield Progress(0, 0, path.name)
        mark = FileMark.of(path)
        with open_register(path, write=False, clock=clock) as register:
            register.backup(target)
        yield from _copy_files(files, new_files)
        if FileMark.of(path) != mark:
            raise _changed_meanwhile(path)
    except BaseException:
        shutil.rmtree(new_files, ignore_errors=True)
        with contextlib.suppress(OSError):
            target.unlink(missing_ok=True)
        if lock is not None:
            lock.release()
        raise
    return MovedRegister(path, target, mark, lock)


def finish_move(moved: MovedRegister, *, clock: Clock = now) -> Path | None:
    """Give the old register a name that says it was moved, so that nobody goes on in it by mistake.

    It is neither changed nor removed. Returns its path now, or None when it kept its name (the place may not
    be written to). To be called when no program has the old one open.
    """
    if moved.lock is None:
        return None
    try:
        if FileMark.of(moved.old) != moved.mark:
            return None
        return _rename(moved.old, clock().astimezone().strftime("%Y-%m-%d"))
    finally:
        moved.lock.release()


def _rename(old: Path, day: str) -> Path | None:
    renamed = _free_name(old.with_name(moved_stem(old.stem, day, current_language()) + old.suffix))
    try:
        old.rename(renamed)
    except OSError:
        return None
    for ending in (FILES, "-journal"):  # what belongs to it goes with it
        with contextlib.suppress(OSError):
            old.with_name(old.name + ending).rename(renamed.with_name(renamed.name + ending))
    return renamed


def _try_lock(path: Path, clock: Clock) -> FileLock | None:
    lock = FileLock(path)
    try:
        lock.acquire(clock())
    except Problem as problem:
        if problem.code != "read_only":
            raise
        return None
    return lock


def _free_name(wanted: Path) -> Path:
    path, number = wanted, 2
    while path.exists() or path.with_name(path.name + FILES).exists():
        path = wanted.with_name(f"{wanted.stem} {number}{wanted.suffix}")
        number += 1
    return path


def _copy_files(source: Path, target: Path) -> Job[None]:
    """Copy a folder of files and compare each with its copy, byte by byte."""
    found = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else []
    for done, path in enumerate(found):
        yield Progress(done, len(found), path.name)
        copy = target / path.relative_to(source)
        try:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, copy)
            filecmp.clear_cache()  # it trusts sizes and dates, which a copy shares
            is_equal = filecmp.cmp(path, copy, shallow=False)
        except OSError as error:
            raise _not_copied(path) from error
        if not is_equal:
            raise _not_copied(path)


def _not_copied(path: Path) -> Problem:
    return Problem(
        _("The attachment {name} could not be copied.").format(name=path.name),
        meaning=_("The register was not moved; it lies where it lay, unchanged."),
        advice=_("See that there is room on the disk and that the file can be read, and try again."),
        code="cannot_create",
    )


def _changed_meanwhile(path: Path) -> Problem:
    return Problem(
        _("{name} was changed by another program while it was copied.").format(name=path.name),
        meaning=_("The register was not moved; it lies where it lay, unchanged."),
        advice=_("Let the others close it, and try again."),
        code="replaced",
    )
