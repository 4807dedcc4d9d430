"""Files beside a register, named by the SHA-256 of what is in them: ``<register>.files/ab/abcdef…``.

A file is whole and safe on the disk before it gets its name, and it never changes under that name. Whoever
stores a row that names a file stores the file first: a crash between the two leaves a file that nobody names,
never a row without its file. Nothing is removed unless it is asked for.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from enum import Enum
from io import BytesIO, FileIO
from pathlib import Path
from typing import IO, NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.paths import sync_folder
from coi_desktop.store.faults import disk_error, disk_full, read_only
from coi_desktop.store.placeholders import is_placeholder

#: Bytes that are read and written at a time.
PIECE = 1 << 20
SUFFIX = ".files"

_HEX = frozenset("0123456789abcdef")
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_RIGHT = (errno.EACCES, errno.EPERM, errno.EROFS)


class StoredFile(NamedTuple):
    """What stands in the store: the SHA-256 of its bytes (64 hexadecimal digits), and how many there are."""

    sha256: str
    size: int


class FileState(Enum):
    """What the store has of a file that a row names."""

    WHOLE = "whole"
    MISSING = "missing"
    CHANGED = "changed"
    ELSEWHERE = "elsewhere"
    """A synchronising program holds it and would fetch it; it was not read."""


def is_sha256(text: str) -> bool:
    """Whether ``text`` is a SHA-256 in 64 lower-case hexadecimal digits."""
    return len(text) == 64 and _HEX.issuperset(text)


def files_folder(register: Path) -> Path:
    """The folder for the files of the register at this path, beside it."""
    return register.with_name(register.name + SUFFIX)


class FileStore:
    """The files in one folder, which need not be there before the first is stored."""

    def __init__(self, folder: Path, is_away: Callable[[Path], bool] = is_placeholder) -> None:
        self.folder = folder
        self._is_away = is_away

    @classmethod
    def beside(cls, register: Path) -> FileStore:
        """The store of the register at this path."""
        return cls(files_folder(register))

    def path(self, sha256: str) -> Path:
        """Where the file with this checksum stands or would stand; ValueError when it is no checksum."""
        if not is_sha256(sha256):
            raise ValueError(f"no SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether an ordinary file stands under this name; its bytes are not looked at. False for what is no
        checksum, as a stranger's register may name it.
        """
        return is_sha256(sha256) and _is_ordinary(self.path(sha256))

    # Storing

    def put(self, source: Path | bytes) -> StoredFile:
        """Store a file's bytes, or bytes as they are. They are safe on the disk afterwards.

        Bytes that stand there already are not stored once more; a file that was damaged under its name is
        replaced by the good one. Raises Problem ``unreadable`` when the source cannot be read, ``disk_full``,
        ``read_only`` or ``disk_error`` when the store cannot be written to; it stands as before then.
        """
        storing = self.iter_put(source)
        while True:
            try:
                next(storing)
            except StopIteration as end:
                stored: StoredFile = end.value
                return stored

    def iter_put(self, source: Path | bytes) -> Generator[int, None, StoredFile]:
        """``put`` in pieces, for long copies: yields the bytes copied so far. Closed on the way, it leaves
        nothing behind.
        """
        half = self.folder / f".half-{os.getpid()}-{os.urandom(4).hex()}"
        is_new = not self.folder.exists()
        try:
            with _opened(source) as reading:
                with self._faults():
                    self.folder.mkdir(parents=True, exist_ok=True)
                    writing = half.open("xb", buffering=0)
                with writing:
                    stored = yield from self._copied(reading, source, writing)
            with self._faults():
                self._name(half, stored)
                if is_new:
                    sync_folder(self.folder.parent)
        finally:
            with contextlib.suppress(OSError):
                half.unlink()
                if is_new:
                    self.folder.rmdir()
        return stored

    def _copied(
        self, reading: IO[bytes], source: Path | bytes, writing: FileIO
    ) -> Generator[int, None, StoredFile]:
        from hashlib import sha256  # loads OpenSSL, which the first window does not need

        seen, size = sha256(), 0
        while True:
            try:
                piece = reading.read(PIECE)
            except OSError as error:
                raise _unreadable(source) from error
            if not piece:
                break
            with self._faults():
                rest = memoryview(piece)
                while rest:
                    rest = rest[writing.write(rest) :]
            seen.update(piece)
            size += len(piece)
            yield size
        with self._faults():
            os.fsync(writing.fileno())
        return StoredFile(seen.hexdigest(), size)

    def _name(self, half: Path, stored: StoredFile) -> None:
        target = self.path(stored.sha256)
        if self._state(stored.sha256) is not FileState.WHOLE:
            target.parent.mkdir(exist_ok=True)
            half.replace(target)
        # Also when it stood there: a power cut may have followed its name before that was safe.
        sync_folder(target.parent)
        sync_folder(self.folder)

    @contextlib.contextmanager
    def _faults(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            if error.errno in _NO_ROOM:
                raise disk_full(self.folder) from error
            raise (read_only if error.errno in _NO_RIGHT else disk_error)(self.folder) from error

    # Reading

    def iter_pieces(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file, a piece at a time. Only at the end is it certain that they are the right ones.

        Raises Problem ``file_missing`` when there is none, and ``file_changed`` after the last piece when
        they are not what was stored.
        """
        from hashlib import sha256 as new_sha256  # loads OpenSSL, which the first window does not need

        path, seen = self.path(sha256), new_sha256()
        if not _is_ordinary(path):
            raise file_missing(sha256)
        try:
            with path.open("rb") as file:
                while piece := file.read(PIECE):
                    seen.update(piece)
                    yield piece
        except OSError as error:
            raise file_missing(sha256) from error
        if seen.hexdigest() != sha256:
            raise _changed(sha256)

    def read(self, sha256: str) -> bytes:
        """The bytes of a file, checked. Problems: those of ``iter_pieces``."""
        return b"".join(self.iter_pieces(sha256))

    # Checking

    def _state(self, sha256: str) -> FileState:
        if not is_sha256(sha256):
            return FileState.MISSING
        try:
            for _piece in self.iter_pieces(sha256):
                pass
        except Problem as problem:
            return FileState.CHANGED if problem.code == "file_changed" else FileState.MISSING
        return FileState.WHOLE

    def iter_states(self, wanted: Iterable[str]) -> Iterator[tuple[str, FileState]]:
        """Each wanted checksum once, with what the store has of it; reads every byte that lies here."""
        for sha256 in dict.fromkeys(wanted):
            if self.has(sha256) and self._is_away(self.path(sha256)):
                yield sha256, FileState.ELSEWHERE
            else:
                yield sha256, self._state(sha256)

    def find_missing(self, wanted: Iterable[str]) -> list[str]:
        """The wanted checksums without a file. Quick: no bytes are read."""
        return [sha256 for sha256 in dict.fromkeys(wanted) if not self.has(sha256)]

    def find_changed(self, wanted: Iterable[str]) -> list[str]:
        """The wanted checksums whose file holds other bytes. Reads every byte."""
        return [sha256 for sha256, state in self.iter_states(wanted) if state is FileState.CHANGED]

    def find_stored(self) -> list[StoredFile]:
        """All that stands in the store, by name; bytes are not looked at, strangers' files are left out.

        Raises Problem ``read_only`` or ``disk_error`` when the folder cannot be read.
        """
        with self._faults():
            return sorted(
                StoredFile(path.name, path.stat().st_size)
                for path in self.folder.glob("[0-9a-f][0-9a-f]/*")
                if is_sha256(path.name) and path.name[:2] == path.parent.name and _is_ordinary(path)
            )

    def find_orphans(self, wanted: Iterable[str]) -> list[StoredFile]:
        """What stands in the store and is not wanted."""
        kept = frozenset(wanted)
        return [stored for stored in self.find_stored() if stored.sha256 not in kept]

    # Removing

    def remove(self, sha256: str) -> None:
        """Remove a file that nobody names; for whoever has just stored it and then was stopped."""
        with contextlib.suppress(OSError):
            self.path(sha256).unlink()
            self.path(sha256).parent.rmdir()

    def sweep(self, wanted: Iterable[str]) -> list[StoredFile]:
        """Remove what is not wanted, and what programs that were ended left half copied; returns the former.

        To be asked for by a person, with the checksums that any row, the history and the trash still name,
        while the register is held for writing. A file that cannot be removed now stays.
        """
        removed = []
        for stored in self.find_orphans(wanted):
            self.remove(stored.sha256)
            if not self.has(stored.sha256):
                removed.append(stored)
        for half in self.folder.glob(".half-*"):
            if half.name.split("-")[1] != str(os.getpid()):
                with contextlib.suppress(OSError):
                    half.unlink()
        return removed


def _is_ordinary(path: Path) -> bool:
    """Neither a folder, a link, a pipe nor a device."""
    try:
        return stat.S_ISREG(path.lstat().st_mode)
    except OSError:
        return False


@contextlib.contextmanager
def _opened(source: Path | bytes) -> Iterator[IO[bytes]]:
    if isinstance(source, bytes):
        yield BytesIO(source)
        return
    try:
        if not stat.S_ISREG(source.stat().st_mode):
            raise _unreadable(source)
        file = source.open("rb")
    except OSError as error:
        raise _unreadable(source) from error
    with file:
        yield file


def _unreadable(source: Path | bytes) -> Problem:
    return Problem(
        _("{name} cannot be read.").format(name=source.name if isinstance(source, Path) else "–"),
        meaning=_("It was not stored; nothing was changed."),
        advice=_("See that the file is there, that it is no folder, and that you may read it."),
        code="unreadable",
    )


def file_missing(sha256: str) -> Problem:
    """A file that a row names is not there, or cannot be read."""
    return Problem(
        _("The file {sha256}… is missing beside the register, or cannot be read.").format(sha256=sha256[:12]),
        meaning=_("The register itself is unchanged."),
        advice=_("Put the register's folder of files back beside it, or restore a backup."),
        code="file_missing",
    )


def _changed(sha256: str) -> Problem:
    return Problem(
        _("The file {sha256}… is not as it was stored.").format(sha256=sha256[:12]),
        meaning=_("Another program has changed it, or the disk is failing. Nothing else was touched."),
        advice=_("Restore a backup, or add the file anew from where it came from."),
        code="file_changed",
    )
