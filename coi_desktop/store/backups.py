"""Copies of a register that are proven before they count."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coi_desktop.errors import Cancelled, Problem
from coi_desktop.i18n import _
from coi_desktop.models.stopping import Stop, never
from coi_desktop.store.faults import busy, faults_as_problems
from coi_desktop.store.integrity import find_damage, find_structural_damage, register_hash
from coi_desktop.store.new_file import whole_new_file

#: Copied at a time (a megabyte): who writes in the register waits no longer than for that.
_PAGES = 256
#: So often may somebody write in the register while it is copied before the copy waits for a quieter time.
_MOST_BEGINNINGS = 20
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
    """Copy the open register to the file ``half``, prove the copy, and return the hash of both.

    Others may write in the register meanwhile; they wait for milliseconds only, and the copy begins again.
    Raises Problem ``busy`` when they do not let it come to an end, ``damaged`` (which calls the copy
    ``name``), and Cancelled when ``stop`` says so.
    """
    for _beginning in range(_MOST_BEGINNINGS):
        edition = _edition(connection)
        _copy(connection, half, stop)
        found = register_hash(connection)
        if _edition(connection) == edition:
            break
        half.write_bytes(b"")
    else:
        raise busy(half.with_name(name))
    if prove(half, present_version=present_version, stop=stop) != found:
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


def _copy(connection: sqlite3.Connection, half: Path, stop: Stop) -> None:
    beginnings, last = 0, 0

    def look(_status: int, remaining: int, _total: int) -> None:
        nonlocal beginnings, last
        beginnings += remaining > last
        last = remaining
        if stop():
            raise Cancelled
        if beginnings > _MOST_BEGINNINGS:
            raise busy(half)

    with closing(sqlite3.connect(half, isolation_level=None)) as copy:
        copy.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away whole
        connection.backup(copy, pages=_PAGES, progress=look)


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
