"""Which register a file holds, and which edition of it: read in every write before anything is written.

A synchronising program may put another file, or other content, in the place of the open register. Renaming
shows in the file's number; overwriting in place does not, and when the other copy went through as many
commits as this one, SQLite itself takes its cached pages for current. So a change of the file's size or time
that is not our own makes us read the identity anew from the disk, and every commit leaves a random stamp that
no other copy can have.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import NamedTuple

from coi_desktop.store.columns import checksum
from coi_desktop.store.faults import away, damaged, replaced

_COLUMNS = "uuid, generation, stamp, created"


class Identity(NamedTuple):
    """The register's UUID, its number of commits, the random stamp of the last, and when it was made."""

    uuid: str
    generation: int
    stamp: str
    created: str


class FileMark(NamedTuple):
    """What the file system says of a file: its device and number, size, and time of change."""

    device: int
    number: int
    size: int
    changed: int

    @classmethod
    def of(cls, path: Path) -> FileMark | None:
        """The mark of the file at ``path``; None when there is none or it cannot be asked for."""
        try:
            stat = os.stat(path)
        except OSError:
            return None
        return cls(stat.st_dev, stat.st_ino, stat.st_size, stat.st_mtime_ns)

    def is_same_file(self, other: FileMark) -> bool:
        """Whether both are marks of one file, however it changed in between."""
        return self[:2] == other[:2]


def new_stamp() -> str:
    """A random stamp for a commit."""
    return os.urandom(8).hex()


def write_identity(connection: sqlite3.Connection, identity: Identity) -> None:
    """Give a new register its identity."""
    connection.execute(
        f"INSERT INTO register (one, {_COLUMNS}, checksum) VALUES (1, ?, ?, ?, ?, ?)",
        (*identity, checksum(identity)),
    )


def read_identity(connection: sqlite3.Connection, path: Path) -> Identity:
    """The identity as this connection sees it; Problem ``damaged`` when there is none."""
    row = connection.execute(f"SELECT {_COLUMNS}, checksum FROM register").fetchone()
    if row is None or checksum(row[:-1]) != row[-1]:
        raise damaged(path)
    return Identity(*row[:-1])


def advance(connection: sqlite3.Connection, identity: Identity) -> Identity:
    """Write and return the identity of the next commit."""
    following = Identity(identity.uuid, identity.generation + 1, new_stamp(), identity.created)
    connection.execute(
        "UPDATE register SET generation = ?, stamp = ?, checksum = ?",
        (following.generation, following.stamp, checksum(following)),
    )
    return following


def write_again(connection: sqlite3.Connection, identity: Identity) -> None:
    """Write the identity that stands there already, so that there is something to commit."""
    connection.execute("UPDATE register SET generation = ?", (identity.generation,))


def is_on_disk(path: Path, identity: Identity) -> bool:
    """Whether the file holds this identity, read past this program's cached pages."""
    return _on_disk(path) == identity


def is_away(path: Path, mark: FileMark | None) -> bool:
    """Whether a file that is not there is missing with its whole disk: its folder is gone too, or is the
    empty one where the disk was mounted. One that is missing in its own folder was removed.
    """
    folder = FileMark.of(path.parent)
    return folder is None or (mark is not None and folder.device != mark.device)


def verify(connection: sqlite3.Connection, path: Path, identity: Identity, mark: FileMark | None) -> None:
    """Make sure, inside a write transaction, that the file still holds the ``identity`` last seen.

    ``mark`` is the file's mark after our own last commit. Raises Problem ``replaced`` or ``away``.
    """
    present = FileMark.of(path)
    if present is None and is_away(path, mark):
        raise away(path)
    if present is None or mark is None or not present.is_same_file(mark):
        raise replaced(path)
    if present != mark and _on_disk(path) != identity:
        raise replaced(path)
    try:
        found = read_identity(connection, path)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname != "SQLITE_ERROR":
            raise
        raise replaced(path) from error  # there is no such table: another program's file
    if found != identity:
        raise replaced(path)


def _on_disk(path: Path) -> Identity | None:
    """The identity read past this program's cached pages; None when there is no telling."""
    try:
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except sqlite3.Error:
        return None
    try:
        row = connection.execute(f"SELECT {_COLUMNS} FROM register").fetchone()
    except sqlite3.Error:
        return None
    finally:
        connection.close()
    return None if row is None else Identity(*row)
