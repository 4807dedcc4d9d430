"""Copies of a register that are proven before they count."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from coi_desktop.errors import Cancelled, Problem
from coi_desktop.i18n import _
from coi_desktop.models.stopping import Stop, never
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.integrity import find_damage, find_structural_damage, register_hash
from coi_desktop.store.new_file import whole_new_file

#: Copied at a time (a megabyte): who writes in the register waits no longer than for that.
_PAGES = 256
#: So often a copy that is disturbed by edits begins again; then it is no longer compared with the register
#: itself, only with its own checksums, and in the end taken in one go, for which an edit waits.
_MOST_COMPARED, _MOST_BEGINNINGS = 5, 20
_LARGEST_IN_ONE_GO = 100 * 2**20
_OPCODES_BETWEEN_LOOKS = 20_000


def write_backup(connection: sqlite3.Connection, target: Path, *, present_version: bool = True) -> None:
    """Copy the open register to ``target``: to a temporary file, opened anew, checked and compared, then
    named.

    A register of an older version is checked without knowing its tables. Raises Problem ``damaged`` when the
    copy is not sound or does not hold exactly what the register holds, ``exists`` when there is a file at
    ``target`` already, ``cannot_create`` or a fault of the disk when it cannot be written; nothing is left at
    ``target`` then.
    """
    with whole_new_file(target) as half, faults_as_problems(target):
        write_proven_copy(connection, half, target.name, present_version=present_version)


def write_proven_copy(
    connection: sqlite3.Connection,
    half: Path,
    name: str,
    *,
    present_version: bool = True,
    stop: Stop = never,
) -> str:
    """Copy the open register to the file ``half``, prove the copy, and return its hash.

    Others may write in the register meanwhile; they wait for milliseconds only, and the copy begins again.
    One that they do not let come to an end is proven by its own checksums alone. Raises Problem ``busy`` when
    a large register is written to without a pause, ``damaged`` (which calls the copy ``name``), and Cancelled
    when ``stop`` says so.
    """
    wanted = ""
    for _beginning in range(_MOST_COMPARED):
        edition = _edition(connection)
        if not _copy(connection, half, stop):
            break
        found = register_hash(connection)
        if _edition(connection) == edition:
            wanted = found
            break
        half.write_bytes(b"")
    else:
        _copy(connection, half, stop)
    found = prove(half, present_version=present_version, stop=stop)
    if wanted and found != wanted:
        raise _unsound(name)
    return found


def prove(path: Path, *, present_version: bool = True, stop: Stop = never) -> str:
    """Open a copy anew, read all of it, and return its hash. Problem ``damaged`` when it is not sound."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        copy.set_progress_handler(stop, _OPCODES_BETWEEN_LOOKS)
        try:
            damage = find_damage(copy) if present_version else find_structural_damage(copy)
            found = register_hash(copy)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname == "SQLITE_INTERRUPT":
                raise Cancelled from error
            raise
        if stop():
            raise Cancelled
        if damage:
            raise _unsound(path.name)
        return found


def _copy(connection: sqlite3.Connection, half: Path, stop: Stop) -> bool:
    """Copy in pieces; when edits do not let that end, in one go. Whether the pieces did."""
    beginnings, last = 0, 0

    def look(_status: int, remaining: int, _total: int) -> None:
        nonlocal beginnings, last
        beginnings += remaining > last
        last = remaining
        if stop():
            raise Cancelled
        if beginnings > _MOST_BEGINNINGS:
            raise _DisturbedError

    try:
        with _target(half) as copy:
            connection.backup(copy, pages=_PAGES, progress=look)
    except _DisturbedError:
        if _size(connection) > _LARGEST_IN_ONE_GO:
            raise _busy() from None
        half.write_bytes(b"")
        with _target(half) as copy:
            connection.backup(copy)
        return False
    return True


class _DisturbedError(Exception):
    """Edits do not let a copy in pieces come to an end."""


@contextmanager
def _target(half: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(half, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away whole
        yield copy


def _size(connection: sqlite3.Connection) -> int:
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    return int(pages * connection.execute("PRAGMA page_size").fetchone()[0])


def _edition(connection: sqlite3.Connection) -> int:
    """Another number when another connection has committed something."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


def _unsound(name: str) -> Problem:
    return Problem(
        _("The backup {name} did not come out right and was thrown away.").format(name=name),
        meaning=_("The register or the disk may be damaged."),
        advice=_("Run the check of the register, and keep your older backups."),
        code="damaged",
    )


def _busy() -> Problem:
    return Problem(
        _("The register is changed all the time; no backup could be taken just now."),
        meaning=_("Everything is saved, and the older backups are as they were."),
        advice=_("It is tried again in the next pause."),
        code="busy",
    )
