"""Read-only copies of attachments that other programs show: in a private folder, gone when the program ends.

Each running program has a folder of its own, held by a lock that dies with it, so that the next start can
tell what was left behind by a program that was killed from what another window still shows.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import unwritable
from coi_desktop.i18n import _
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.ids import new_id
from coi_desktop.store.file_lock import FileLock


def copies_home() -> Path:
    """Where the folders of all running programs lie."""
    return paths.cache_folder() / "opened"


class OpenedCopies:
    """The copies that this program has made; its folder is made with the first."""

    def __init__(self, home: Path, clock: Clock = now) -> None:
        self._folder = home / new_id()
        self._lock = FileLock(self._folder)
        self._clock = clock
        self._count = 0

    def new_path(self, suffix: str) -> Path:
        """A path for the next copy: our own words, a number, and an ending from the list of kinds.

        Raises Problem ``unwritable`` when the folder cannot be made.
        """
        if not self._count:
            self._make_folder()
        self._count += 1
        name = _("Read-only copy {number}").format(number=self._count)
        return self._folder / f"{name}{suffix}"

    def _make_folder(self) -> None:
        try:
            self._folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._lock.acquire(self._clock())
            self._folder.mkdir(mode=0o700)
        except (OSError, Problem) as error:
            raise unwritable(self._folder) from error

    def remove(self, path: Path) -> None:
        """Remove one copy."""
        _remove_file(path)

    def close(self) -> None:
        """Remove all copies; one that another program holds open stays until the next start."""
        if self._count:
            _remove_folder(self._folder)
            self._lock.release()


def sweep_left_copies(home: Path, clock: Clock = now) -> None:
    """Remove what programs that have ended left behind; what running ones show stays."""
    with contextlib.suppress(OSError):
        for folder in home.iterdir():
            if folder.is_dir() and not folder.is_symlink():
                lock = FileLock(folder)
                try:
                    lock.acquire(clock())
                except Problem:
                    continue
                _remove_folder(folder)
                lock.release()


def _remove_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            _remove_file(path)
        folder.rmdir()


def _remove_file(path: Path) -> None:
    with contextlib.suppress(OSError):
        if os.name == "nt":
            path.chmod(0o600)  # Windows removes no read-only file
        path.unlink()
