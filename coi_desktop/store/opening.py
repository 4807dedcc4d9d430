"""Opening register files, and checking them before anyone may read or write in them."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.paths import name_too_long
from coi_desktop.store.faults import damaged, faults_as_problems, not_a_register, older, read_only
from coi_desktop.store.schema import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    compare_objects,
)

if TYPE_CHECKING:
    from coi_desktop.store.migrations import MigrationStep

BUSY_SECONDS = 5.0

_HEADER_LENGTH = 16
_CACHE_KIB = 16_000
_LONGEST_VALUE = 64 * 2**20
_STATEMENTS_KEPT = 512


def open_file(
    path: Path,
    *,
    write: bool,
    backups: Path,
    moment: datetime,
    steps: Mapping[int, MigrationStep] | None = None,
) -> sqlite3.Connection:
    """A checked connection to the register at ``path``; an older one is backed up and brought up to date, by
    ``migrations.STEPS`` where no other ``steps`` are given.

    Raises Problem: ``missing``, ``not_a_register``, ``damaged``, ``foreign``, ``newer``, ``older`` (when only
    reading), ``read_only``, ``unsafe``, and the faults of disk and locks.
    """
    refuse_missing(path)
    with faults_as_problems(path):
        if not write:
            _finish_interrupted_write(path)
        elif not os.access(path, os.W_OK):
            raise read_only(path)
        connection = _connect(path, "rw" if write else "ro")
        try:
            version = _check_kind(connection, path)
            _set_up(connection, write=write)
            if version < SCHEMA_VERSION:
                from coi_desktop.store import migrations  # nearly all registers are of this version

                migrations.bring_up_to_date(
                    connection,
                    path,
                    version,
                    write=write,
                    backups=backups,
                    moment=moment,
                    steps=migrations.STEPS if steps is None else steps,
                )
            check_objects(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_new(path: Path) -> sqlite3.Connection:
    """A connection to a file that does not stand there yet, or is empty; its tables are still to be made."""
    connection = _connect(path, "rwc")
    try:
        _set_up(connection, write=True)
    except BaseException:
        connection.close()
        raise
    return connection


def open_again(path: Path, *, write: bool) -> sqlite3.Connection:
    """Another connection to a register that is open and checked already (for a job on its own thread)."""
    with faults_as_problems(path):
        connection = _connect(path, "rw" if write else "ro")
        _set_up(connection, write=write)
        return connection


def open_to_copy(path: Path) -> sqlite3.Connection:
    """A connection that only reads a register of this version, which another one may have open for writing.

    Raises the Problems of ``open_file``.
    """
    refuse_missing(path)
    with faults_as_problems(path):
        _finish_interrupted_write(path)
        connection = _connect(path, "ro")
        try:
            if _check_kind(connection, path) < SCHEMA_VERSION:
                raise older(path)
            check_objects(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def peek_identity(path: Path) -> str | None:
    """The UUID of the register at ``path`` as far as it can be read, whatever else is wrong with it."""
    try:
        with contextlib.closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            row = connection.execute("SELECT uuid FROM register").fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row and isinstance(row[0], str) else None


def refuse_missing(path: Path) -> None:
    """Raise Problem ``missing`` when there is nothing at ``path``, ``not_a_register`` when it is no file."""
    if not os.path.exists(path):  # unlike Path.exists no fault for a name that is too long
        raise name_too_long(path) or Problem(
            _("There is no register at {place}.").format(place=path),
            meaning=_("Nothing was made there."),
            advice=_("See that the disk is connected, choose another register, or restore a backup."),
            code="missing",
        )
    if not path.is_file():
        raise not_a_register(path)


def _refuse_empty(path: Path) -> None:
    # Looked at only when SQLite has refused the file: reading an open register by hand drops its locks.
    with contextlib.suppress(OSError), path.open("rb") as file:
        head = file.read(_HEADER_LENGTH)
        if head == bytes(len(head)):
            raise Problem(
                _("{name} is empty: it holds no register.").format(name=path.name),
                meaning=_(
                    "The file was not changed. A register that was there has been emptied by something else."
                ),
                advice=_("Restore the newest backup."),
                code="damaged",
            )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection guarded against what a stranger's file may hold; nothing of the file is read yet."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=BUSY_SECONDS,
        cached_statements=_STATEMENTS_KEPT,
    )
    try:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
        if sys.version_info >= (3, 12):
            connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
        for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, *, write: bool) -> None:
    """Choose how commits reach the disk, and read it back. Problem ``unsafe`` when it cannot be had."""
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    if not write:
        return
    connection.execute("PRAGMA secure_delete = ON")
    # Without this a large transaction locks readers out long before its commit.
    connection.execute("PRAGMA cache_spill = OFF")
    connection.execute("PRAGMA synchronous = FULL")
    journal = connection.execute("PRAGMA journal_mode = TRUNCATE").fetchone()[0]
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    foreign_keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
    if (journal, synchronous, foreign_keys) != ("truncate", 2, 1):
        raise Problem(
            _("The register cannot be opened safely here."),
            meaning=_("A power cut could damage it, so nothing was changed."),
            advice=_("Move the register to a disk of this computer."),
            code="unsafe",
        )


def _finish_interrupted_write(path: Path) -> None:
    """Take back what a program that died had half written; a read-only connection cannot do so itself."""
    journal = path.with_name(path.name + "-journal")
    if not journal.exists() or journal.stat().st_size == 0:
        return
    connection = _connect(path, "ro")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        if not str(error.sqlite_errorname).startswith("SQLITE_READONLY"):
            raise
    else:
        return
    finally:
        connection.close()
    connection = _connect(path, "rw")
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    finally:
        connection.close()


def _check_kind(connection: sqlite3.Connection, path: Path) -> int:
    """Refuse other programs' files and newer registers; the register's version."""
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorname == "SQLITE_NOTADB":
            _refuse_empty(path)
        raise
    if application != APPLICATION_ID:
        _refuse_empty(path)
        raise not_a_register(path)
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version > SCHEMA_VERSION:
        raise Problem(
            _("{name} was made by a newer version of COI Desktop.").format(name=path.name),
            meaning=_("It was not changed, so that nothing of the newer version is lost."),
            advice=_("Update COI Desktop on this computer."),
            code="newer",
        )
    if connection.execute("PRAGMA encoding").fetchone()[0] != "UTF-8":
        raise _foreign(path, "UTF-16")
    return version


def check_objects(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse triggers, views and tables that are not as we make them, and files where some are missing."""
    strange, missing = compare_objects(connection)
    if strange:
        raise _foreign(path, ", ".join(strange[:5]))
    if missing:
        raise damaged(path)


def _foreign(path: Path, parts: str) -> Problem:
    return Problem(
        _("{name} holds parts that COI Desktop did not make ({parts}).").format(name=path.name, parts=parts),
        meaning=_(
            "It was not opened, because such parts can change or delete records unseen. Nothing was changed."
        ),
        advice=_("Use a register or a backup from a source you trust."),
        code="foreign",
    )
