"""One writer a register: a lock on a small file beside it, held by the operating system.

The lock dies with its program: after a crash on this computer it can simply be taken, and ``left_by`` says
whose it was. Whether a lock of another computer holds here depends on the share; so its owner's signs of life
(``lock_owner``) are heeded too, and it is taken over only when the user says so.
"""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.store.faults import disk_error, disk_full
from coi_desktop.store.lock_owner import BETWEEN_SIGNS, Owner, read_owner, write_owner

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


#: A sign of life that takes longer hangs with its share.
_SECONDS_TO_END = 2.0


class FileLock:
    """The right to write in the register at ``path``, from ``acquire`` to ``release``."""

    def __init__(self, path: Path) -> None:
        self._lock_path = path.with_name(path.name + ".lock")
        self._owner_path = path.with_name(path.name + ".owner")
        self._name = path.name
        self._file: IO[bytes] | None = None
        self._since: datetime | None = None
        self._seen: datetime | None = None
        self._at_work = threading.Lock()
        #: Whose program ended without giving the lock back, when it was taken after such a one.
        self.left_by: Owner | None = None

    def acquire(self, moment: datetime, *, take_over: bool = False) -> None:
        """Take the lock.

        Raises Problem ``locked`` (another program has it, or one of another computer seems to),
        ``left_locked`` (one of another computer had it and has given no sign of life for long; ``take_over``
        takes it all the same) or ``read_only``.
        """
        file = self._take_file()
        left = self.find_owner()
        if left is not None and not left.is_here() and not take_over:
            _release(file)
            file.close()
            raise self._locked() if left.is_alive(moment) else self._left_locked(left)
        self._file, self.left_by = file, left
        self._since = self._seen = moment
        write_owner(self._owner_path, moment, moment)

    def renew(self, moment: datetime) -> None:
        """Give a sign of life, when the last is no longer young. Does nothing when the lock is not held."""
        if not self._at_work.acquire(blocking=False):
            return  # another thread is at it; a share that hangs keeps that one waiting
        try:
            self._renew(moment)
        finally:
            self._at_work.release()

    def _renew(self, moment: datetime) -> None:
        if self._file is None or self._since is None or self._seen is None:
            return
        if abs(moment - self._seen) >= BETWEEN_SIGNS:
            self._seen = moment
            try:
                if not self._is_still(self._file):
                    return
            except OSError:
                return  # the disk is gone: nothing of ours is written where it was
            owner = self.find_owner()
            if owner is not None and not (owner.is_here() and owner.process == os.getpid()):
                return  # taken over from another computer: the register's own generation keeps the two apart
            write_owner(self._owner_path, self._since, moment)

    def hold_again(self, moment: datetime) -> None:
        """Make sure of the lock after the disk was gone: it is held still, or taken anew.

        Raises the Problems of ``acquire`` when somebody else has taken it meanwhile.
        """
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            if self._is_still(self._file):
                return
        with contextlib.suppress(OSError):
            self._file.close()
        self._file = None
        self.acquire(moment)

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
        with self._nobody_else_at_work():
            self._release_file(self._file)

    @contextlib.contextmanager
    def _nobody_else_at_work(self) -> Iterator[None]:
        """A sign of life that is just being written comes to its end first, unless the share hangs."""
        is_free = self._at_work.acquire(timeout=_SECONDS_TO_END)
        try:
            yield
        finally:
            if is_free:
                self._at_work.release()

    def _release_file(self, file: IO[bytes]) -> None:
        with contextlib.suppress(OSError):
            self._owner_path.unlink()
        # Removed while still held, so that nobody can take a file that is about to go.
        with contextlib.suppress(OSError):
            self._lock_path.unlink()
        with contextlib.suppress(OSError):  # a disk that is gone has no lock to give back
            _release(file)
            file.close()
        self._file = None

    def find_owner(self) -> Owner | None:
        """Who holds the lock, as far as that is written; None when it cannot be told."""
        return read_owner(self._owner_path)

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

    def _left_locked(self, owner: Owner) -> Problem:
        return Problem(
            _("{name} was left open by {user} on {computer}; the last sign of life is from {time}.").format(
                name=self._name,
                user=owner.user,
                computer=owner.computer,
                time=owner.seen.astimezone().strftime("%d-%m-%Y %H.%M"),
            ),
            meaning=_(
                "The program there seems to have ended without closing the register. Nothing was changed."
            ),
            advice=_("Ask {user} first. If nobody works in it there, you can take it over.").format(
                user=owner.user
            ),
            code="left_locked",
        )
