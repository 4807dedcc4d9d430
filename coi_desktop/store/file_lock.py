"""One writer a register: a lock on a small file beside it, held by the operating system.

The lock dies with its program, so that a crash leaves no stale lock; the owner's name, computer and time
stand in a second file only so that others can be told who is writing.
"""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import IO, NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.store.faults import disk_error, disk_full

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _release(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _release(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)


class Owner(NamedTuple):
    """Who writes in a register: user, computer, process, and since when (UTC)."""

    user: str
    computer: str
    process: int
    since: datetime


class FileLock:
    """The right to write in the register at ``path``, from ``acquire`` to ``release``."""

    def __init__(self, path: Path) -> None:
        self._lock_path = path.with_name(path.name + ".lock")
        self._owner_path = path.with_name(path.name + ".owner")
        self._name = path.name
        self._file: IO[bytes] | None = None

    def acquire(self, moment: datetime) -> None:
        """Take the lock. Raises Problem ``locked`` (another program has it) or ``read_only``."""
        self._file = self._take_file()
        owner = {
            "user": _user(),
            "computer": _computer(),
            "process": os.getpid(),
            "since": moment.isoformat(timespec="seconds"),
        }
        with contextlib.suppress(OSError):
            self._owner_path.write_text(json.dumps(owner, ensure_ascii=False), encoding="utf-8")

    def _take_file(self) -> IO[bytes]:
        while True:
            try:
                file = self._lock_path.open("a+b")
            except OSError as error:
                raise self._unlockable(error) from error
            try:
                _take(file)
            except OSError as error:
                file.close()
                raise self._locked() from error
            # Another program may have released and removed the file between our open and our lock.
            with contextlib.suppress(FileNotFoundError):
                if self._is_still(file):
                    return file
            file.close()

    def _is_still(self, file: IO[bytes]) -> bool:
        return os.path.samestat(os.fstat(file.fileno()), self._lock_path.stat())

    def release(self) -> None:
        """Give the lock back; does nothing when it is not held."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._owner_path.unlink()
        # Removed while still held, so that nobody can take a file that is about to go.
        with contextlib.suppress(OSError):
            self._lock_path.unlink()
        _release(self._file)
        self._file.close()
        self._file = None

    def find_owner(self) -> Owner | None:
        """Who holds the lock, as far as that is written; None when it cannot be told."""
        try:
            found = json.loads(self._owner_path.read_text(encoding="utf-8"))
            return Owner(
                str(found["user"]),
                str(found["computer"]),
                int(found["process"]),
                datetime.fromisoformat(found["since"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _unlockable(self, error: OSError) -> Problem:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            return disk_full(self._lock_path.with_name(self._name))
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            return disk_error(self._lock_path.with_name(self._name))
        return Problem(
            _("{name} lies in a folder where you may not write.").format(name=self._name),
            meaning=_("It can be read, searched and exported, but not changed."),
            advice=_("Ask for the right to write in the folder, or move the register to this computer."),
            code="read_only",
        )

    def _locked(self) -> Problem:
        owner = self.find_owner()
        if owner is None:
            what = _("{name} is already open in another program.").format(name=self._name)
        else:
            what = _("{name} is already open by {user} on {computer} since {time}.").format(
                name=self._name,
                user=owner.user,
                computer=owner.computer,
                time=owner.since.astimezone().strftime("%d-%m-%Y %H.%M"),
            )
        return Problem(
            what,
            meaning=_("Nothing was changed. It can be opened for reading meanwhile."),
            advice=_("Close the other window first, or open it for reading only."),
            code="locked",
        )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def _computer() -> str:
    """The computer's name; ``platform`` and ``socket`` know it too, but cost a start some milliseconds."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "?")
