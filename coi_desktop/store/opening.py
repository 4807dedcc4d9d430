"""Making, opening and checking register files before anyone may read or write in them."""

from __future__ import annotations

import os
import sqlite3
from datetime import datetime
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.ids import new_id
from coi_desktop.store import migrations
from coi_desktop.store.faults import damaged, faults_as_problems, not_a_register
from coi_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, expected_objects, statements

BUSY_SECONDS = 5.0

_HEADER = b"SQLite format 3\x00"


def create_file(path: Path, moment: datetime, unit_name: str, *, sample: bool = False) -> None:
    """Make an empty register at ``path``, whole or not at all. Never over an existing file."""
    if path.exists() or path.is_symlink():
        raise Problem(
            _("{name} exists already.").format(name=path.name),
            meaning=_("It was not touched."),
            advice=_("Choose another name, or open the existing register."),
            code="exists",
        )
    half = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with faults_as_problems(path):
            connection = _connect(half, "rwc")
            try:
                _fill(connection, moment, unit_name, sample=sample)
            finally:
                connection.close()
        os.link(half, path) if hasattr(os, "link") else half.rename(path)
    except FileExistsError as error:
        raise not_a_register(path) from error
    except OSError as error:
        raise Problem(
            _("A register cannot be made at {place}.").format(place=path),
            meaning=_("Nothing was written there."),
            advice=_("Choose a folder where you may write."),
            code="cannot_create",
        ) from error
    finally:
        half.unlink(missing_ok=True)
        half.with_name(half.name + "-journal").unlink(missing_ok=True)


def _fill(connection: sqlite3.Connection, moment: datetime, unit_name: str, *, sample: bool) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements():
        connection.execute(statement)
    connection.execute(
        "INSERT INTO register (one, uuid, generation, created) VALUES (1, ?, 0, ?)",
        (new_id(), moment.isoformat(timespec="milliseconds")),
    )
    connection.execute(
        "INSERT INTO unit (id, name, sample) VALUES (?, ?, ?)", (new_id(), unit_name or None, int(sample))
    )
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")


def open_file(path: Path, *, write: bool, backups: Path, moment: datetime) -> sqlite3.Connection:
    """A checked connection to the register at ``path``; an older one is backed up and brought up to date.

    Raises Problem: ``missing``, ``not_a_register``, ``damaged``, ``newer``, ``older`` (when only reading),
    and the faults of disk and locks.
    """
    check_header(path)
    with faults_as_problems(path):
        connection = _connect(path, "rw" if write else "ro")
        try:
            _check_kind(connection, path)
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            if version < SCHEMA_VERSION:
                migrations.bring_up_to_date(
                    connection, path, version, write=write, backups=backups, moment=moment
                )
            _check_objects(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection


def open_again(path: Path, *, write: bool) -> sqlite3.Connection:
    """Another connection to a register that is open and checked already (for a job on its own thread)."""
    with faults_as_problems(path):
        return _connect(path, "rw" if write else "ro")


def check_header(path: Path) -> None:
    """Refuse what is no register before SQLite touches it: missing, empty, zeros, a folder, another kind."""
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEADER))
    except FileNotFoundError as error:
        raise Problem(
            _("There is no register at {place}.").format(place=path),
            meaning=_("Nothing was made there."),
            advice=_("See that the disk is connected, choose another register, or restore a backup."),
            code="missing",
        ) from error
    except OSError as error:
        raise Problem(
            _("{name} cannot be read.").format(name=path.name),
            meaning=_("The file was not changed."),
            advice=_("See that you may read it and that no other program holds it."),
            code="cannot_open",
        ) from error
    if not head or head == bytes(len(head)):
        raise Problem(
            _("{name} is empty: it holds no register.").format(name=path.name),
            meaning=_(
                "The file was not changed. A register that was there has been emptied by something else."
            ),
            advice=_("Restore the newest backup."),
            code="damaged",
        )
    if head != _HEADER:
        raise not_a_register(path)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=BUSY_SECONDS
    )
    try:
        _set_up(connection, writing=mode != "ro")
    except BaseException:
        connection.close()
        raise
    return connection


def _set_up(connection: sqlite3.Connection, *, writing: bool) -> None:
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "foreign_keys = ON"):
        connection.execute(f"PRAGMA {pragma}")
    if not writing:
        return
    connection.execute("PRAGMA secure_delete = ON")
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


def _check_kind(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise not_a_register(path)
    if connection.execute("PRAGMA user_version").fetchone()[0] > SCHEMA_VERSION:
        raise Problem(
            _("{name} was made by a newer version of COI Desktop.").format(name=path.name),
            meaning=_("It was not changed, so that nothing of the newer version is lost."),
            advice=_("Update COI Desktop on this computer."),
            code="newer",
        )


def _check_objects(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse triggers, views and tables that are not ours, and registers where some of ours are missing."""
    found = {
        (kind, name)
        for kind, name in connection.execute(
            "SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
        )
        if not name.startswith("_sqlite_")
    }
    strange = found - expected_objects()
    if strange:
        raise Problem(
            _("{name} holds parts that COI Desktop did not make ({parts}).").format(
                name=path.name, parts=", ".join(sorted(name for _kind, name in strange)[:5])
            ),
            meaning=_(
                "It was not opened, because such parts can change or delete records unseen."
                " Nothing was changed."
            ),
            advice=_("Use a register or a backup from a source you trust."),
            code="foreign",
        )
    if expected_objects() - found:
        raise damaged(path)
