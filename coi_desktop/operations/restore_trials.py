"""The restore drill: once a week the newest backup is restored beside everything, opened and read."""

from __future__ import annotations

import contextlib
import json
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.stopping import Stop, never
from coi_desktop.operations.registers import check_register
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.register import Register
from coi_desktop.store.restore_file import iter_prepare, put_in_place

BETWEEN = timedelta(days=7)
_NOTE = "tried.json"


def is_trial_due(register_id: str, moment: datetime) -> bool:
    """Whether it is a week since a backup of the register was last tried, by a clock that may have jumped."""
    backups = _backups(register_id)
    if backups.newest() is None:
        return False
    try:
        last = datetime.fromisoformat(json.loads((backups.folder / _NOTE).read_text(encoding="utf-8"))["at"])
        return abs(moment - last) > BETWEEN
    except (OSError, ValueError, TypeError, KeyError):
        return True


def try_newest(register_id: str, *, clock: Clock = now, stop: Stop = never) -> Job[None]:
    """Restore the newest backup into an empty folder with its attachments, open it and check all of it.

    Raises Problem ``trial_failed``; nothing but the note of the day is changed.
    """
    yield Progress(0, 0)
    backups = _backups(register_id)
    newest = backups.newest()
    if newest is None:
        return
    with tempfile.TemporaryDirectory(prefix="coi-desktop-") as apart:
        path = Path(apart) / newest.register_name
        try:
            prepared = yield from iter_prepare(path, backups, newest, Path(apart) / "kept", clock, stop=stop)
            put_in_place(prepared, clock)
            with Register.open(path, backup_folder=Path(apart) / "kept", clock=clock) as register:
                if not newest.missing_files:
                    check_register(register)
        except Problem as problem:
            raise _failed(problem) from problem
    with contextlib.suppress(OSError):  # then it is tried again sooner
        (backups.folder / _NOTE).write_text(json.dumps({"at": clock().isoformat()}), encoding="utf-8")


def _backups(register_id: str) -> BackupSet:
    return BackupSet(paths.backup_folder() / register_id)


def _failed(problem: Problem) -> Problem:
    return Problem(
        _("The newest backup could not be restored when that was tried. {why}").format(why=problem.what),
        meaning=_("The register itself is unchanged; this backup may be of no use when it is needed."),
        advice=_("Back up now, and have the disk looked at."),
        code="trial_failed",
    )
