"""Putting a backup in the place of the register: what would change, and doing it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.backup_differences import Differences
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.prepared_restore import Prepared
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.stopping import Stop, never
from coi_desktop.operations.backups import FoundBackup, find_backups
from coi_desktop.operations.erasing import apply_erasures, learn_erasures, remove_erased_files
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.comparing import compare
from coi_desktop.store.restore_file import (
    AfterRestore,
    drop_prepared_file,
    iter_prepare,
    put_in_place,
)

#: What is done to every restored register before it takes its place: nothing that was erased comes back.
AFTER_RESTORE: tuple[AfterRestore, ...] = (apply_erasures,)

#: Problems of opening that a backup can help against.
DAMAGED = ("damaged", "not_a_register", "missing")


def compare_backup(path: Path, found: FoundBackup) -> Job[Differences]:
    """What the backup has fewer, more and in other editions than the register at ``path``.

    Raises Problem when the register or the backup cannot be read.
    """
    yield Progress(0, 0)
    return compare(path, found.path)


def prepare_restore(
    path: Path,
    found: FoundBackup,
    *,
    hooks: Sequence[AfterRestore] | None = None,
    clock: Clock = now,
    stop: Stop = never,
) -> Job[Prepared]:
    """Do all that takes time for a restore, beside the register, which may be open and is not touched.

    What stands at ``path`` is kept first, as a proven backup or, when it is damaged, as it is. Raises the
    Problems of ``iter_prepare``; then nothing has changed.
    """
    wanted = AFTER_RESTORE if hooks is None else hooks
    learn_erasures(found.backups.folder, found.manifest.register_id)
    return iter_prepare(path, found.backups, found.manifest, paths.backup_folder(), clock, wanted, stop)


def finish_restore(prepared: Prepared, *, clock: Clock = now) -> None:
    """Swap the files, in a moment; the register must be closed here. Problems: those of ``put_in_place``."""
    put_in_place(prepared, clock)
    remove_erased_files(prepared.path, prepared.manifest.register_id)


def drop_restore(prepared: Prepared) -> None:
    """Leave the register as it is: the finished file goes."""
    drop_prepared_file(prepared.half)


def missing_files_remark(prepared: Prepared) -> str:
    """A sentence about attachments that could not be brought back; empty when all are there."""
    count = prepared.missing_files
    if not count:
        return ""
    return ngettext(
        "{count} attachment could not be brought back: it is in no backup.",
        "{count} attachments could not be brought back: they are in no backup.",
        count,
    ).format(count=count)


def get_backup(path: Path, wanted: str, elsewhere: Path | None = None) -> FoundBackup:
    """The backup of the register at ``path`` with this number, or the one that lies at this path.

    Raises Problem ``missing`` when there is none.
    """
    found = find_backups(path, elsewhere)
    for one in found:
        if wanted == str(one.manifest.sequence) and not one.is_elsewhere:
            return one
    for one in found:
        if wanted == str(one.manifest.sequence) or Path(wanted).absolute() == one.path.absolute():
            return one
    other = _backup_at(Path(wanted))
    if other is not None:
        return other
    raise Problem(
        _("{name} has no backup {wanted}.").format(name=path.name, wanted=wanted),
        meaning=_("Nothing was changed."),
        advice=_("The command “backups” lists those that there are."),
        code="missing",
    )


def _backup_at(path: Path) -> FoundBackup | None:
    """A backup in any folder of backups, such as one on a memory stick."""
    backups = BackupSet(path.parent)
    return next(
        (FoundBackup(backups, one) for one in backups.find_backups() if one.file_name == path.name), None
    )
