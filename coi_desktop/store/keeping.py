"""Writing a backup of a register that may be open, on a connection of its own that only reads."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.clock import Clock
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.stopping import Stop, never
from coi_desktop.store import opening
from coi_desktop.store.backup_set import BackupSet, Written
from coi_desktop.store.backups import write_backup
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.identity import read_identity

#: What is to be replaced is kept by this backup alone, or somebody wants to be sure: bytes are read anew.
PROVEN_ANEW = (Reason.ASKED, Reason.RESTORE)


def iter_backup(
    path: Path, root: Path, reason: Reason, clock: Clock, stop: Stop = never, *, spared: int = 0
) -> Job[Written | None]:
    """Write a backup of the register at ``path`` into its set below ``root``.

    None when the newest backup there holds this very commit already, or when nothing was ever put into the
    register; for ``PROVEN_ANEW`` it must still be what was written, or else another is written. Whoever has
    it open for writing waits for no more than a piece of the copy. Raises the Problems of
    ``BackupSet.write`` and of opening; Cancelled when ``stop`` says so.
    """
    yield Progress(0, 2)
    with faults_as_problems(path), closing(opening.open_to_copy(path)) as connection:
        identity = read_identity(connection, path)
        backups = BackupSet(root / identity.uuid)
        newest = backups.newest()
        is_trusted = reason not in PROVEN_ANEW
        if identity.generation == 0 or (
            newest is not None
            and newest.stamp == identity.stamp
            and (is_trusted or backups.is_sound(newest, stop=stop))
        ):
            return None
        written = backups.write(
            connection, path, reason, clock(), is_trusted=is_trusted, spared=spared, stop=stop
        )
    return written


def copy_beside(path: Path, target: Path) -> None:
    """Write a proven copy of the register at ``path``, which may be open, to ``target``.

    Raises the Problems of opening and of ``write_backup``.
    """
    with faults_as_problems(path), closing(opening.open_to_copy(path)) as connection:
        write_backup(connection, target)


def find_sets(root: Path) -> list[BackupSet]:
    """All sets of backups below ``root``."""
    return [BackupSet(folder) for folder in sorted(root.glob("*-*-*-*-*")) if folder.is_dir()]


def find_own_set(root: Path, register: Path) -> BackupSet | None:
    """The set of the register that is at this path now; None when it has none or cannot be read."""
    register_id = opening.peek_identity(register)
    return (
        BackupSet(root / register_id) if register_id is not None and (root / register_id).is_dir() else None
    )


def find_set(root: Path, register: Path) -> BackupSet | None:
    """The set of the register that is or was at this path: by its identity, or where it cannot be read by the
    path in the newest note; None when there is none.
    """
    own = find_own_set(root, register)
    if own is not None:
        return own
    place = str(register.absolute())
    found = [
        (newest.written, backups)
        for backups in find_sets(root)
        if (newest := backups.newest()) is not None and newest.place == place
    ]
    return max(found, key=lambda one: one[0])[1] if found else None
