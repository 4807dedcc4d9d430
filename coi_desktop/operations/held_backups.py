"""Which backups still hold a person that is erased, and when they go."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.backup_ends import expected_ends
from coi_desktop.models.clock import today
from coi_desktop.models.person_mentions import Mentions
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.thinning import Kept
from coi_desktop.operations.backups import FoundBackup, find_backups
from coi_desktop.store.backup_set import BackupSet
from coi_desktop.store.register import Register
from coi_desktop.store.second_place import read_last_copy, set_elsewhere

_TEXTS_A_STEP = 5_000


class HeldBackup(NamedTuple):
    """A backup that holds an erased person, or that cannot be read to tell: where, from when, and about which
    day it goes by itself (None: that cannot be said).
    """

    path: Path
    written: datetime
    until: date | None


def find_held_backups(
    register: Register, mentions: Mentions, files: frozenset[str] = frozenset()
) -> Job[tuple[HeldBackup, ...]]:
    """The backups that mention somebody or hold one of the ``files`` (by checksum), on this computer and in
    the second place, newest first.

    A job that reads each backup; one that cannot be read counts as one that does.
    """
    found = find_backups(register.path, second_place(register))
    ends: dict[Path, dict[int, date]] = {}
    held: list[HeldBackup] = []
    for number, one in enumerate(found):
        yield Progress(number, len(found), _("Looking through the backups"))
        if files.isdisjoint(one.manifest.files) and not (yield from _holds(one, mentions)):
            continue
        folder = one.backups.folder
        if folder not in ends:
            ends[folder] = _ends(one.backups, today(register.clock))
        held.append(HeldBackup(one.path, one.manifest.written, ends[folder].get(one.manifest.sequence)))
    return tuple(held)


def _holds(found: FoundBackup, mentions: Mentions) -> Job[bool]:
    try:
        with Register.open(found.path, write=False) as register:
            for number, text in enumerate(register.texts(with_history=True)):
                if number % _TEXTS_A_STEP == 0:
                    yield Progress(0, 0, _("Looking through the backups"))
                if mentions.is_in(text.text):
                    return True
    except Problem:
        return True
    return False


def _ends(backups: BackupSet, day: date) -> dict[int, date]:
    return expected_ends(
        (Kept(one.sequence, one.written.astimezone().date(), one.amount) for one in backups.find_backups()),
        day,
    )


def second_place(register: Register) -> Path | None:
    """The folder outside this computer where the newest backup was copied to, if it can be reached."""
    last = read_last_copy(BackupSet(paths.backup_folder() / register.id))
    place = None if last is None else Path(last.folder)
    return place if place is not None and place.is_dir() else None


def set_in_second_place(register: Register) -> BackupSet | None:
    """The set of backups there; None when there is none."""
    place = second_place(register)
    newest = BackupSet(paths.backup_folder() / register.id).newest()
    return None if place is None or newest is None else set_elsewhere(place, newest)
