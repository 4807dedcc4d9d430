"""The way from each released version of the schema to the next, run by sqlite-utils after a backup.

Version 1 is the first; a step is added here with every released change of the record types. All pending
steps, the version number and the check of the result are one transaction: a register is old or new, never
between.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.store.conforming import conform
from coi_desktop.store.faults import damaged, older
from coi_desktop.store.identity import read_identity
from coi_desktop.store.schema import SCHEMA_VERSION, find_missing_objects, find_strange_objects

if TYPE_CHECKING:
    from sqlite_utils import Database

MigrationStep = Callable[["Database"], None]

STEPS: Mapping[int, MigrationStep] = {}
"""Step ``n`` moves the values of a register from where version n had them to where n + 1 has them.

What follows from the record types (new tables and columns, indexes, checksums) is no part of a step; see
``conforming``. A released step is never changed.
"""

_NAME = "coi_desktop"


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    version: int,
    *,
    write: bool,
    backups: Path,
    moment: datetime,
    steps: Mapping[int, MigrationStep] = STEPS,
) -> Path:
    """Back the register up into its set below ``backups``, apply the steps from ``version`` on, and return
    the backup's path.

    Raises Problem ``older`` when the register may only be read, ``damaged`` when it claims a version that no
    release ever wrote or does not come out as it should; then it is as it was.
    """
    if not write:
        raise older(path)
    pending = range(version, SCHEMA_VERSION)
    if not all(number in steps for number in pending):
        raise damaged(path)
    backup = _back_up(connection, path, version, backups, moment)
    # Tables are made anew in a step: references must not be followed while one is away.
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("BEGIN IMMEDIATE")
    try:
        _apply(connection, {number: steps[number] for number in pending})
        conform(connection)
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if (
            find_strange_objects(connection)
            or find_missing_objects(connection)
            or connection.execute("PRAGMA foreign_key_check").fetchone()
        ):
            raise damaged(path)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys = ON")
    return backup


def _apply(connection: sqlite3.Connection, steps: Mapping[int, MigrationStep]) -> None:
    """Run ``steps`` in order; what sqlite-utils would begin and commit becomes savepoints of ours."""
    from sqlite_utils import Database, Migrations

    migrations = Migrations(_NAME)
    for number, step in sorted(steps.items()):
        migrations(name=f"from version {number}")(step)
    migrations.apply(Database(connection))


def _back_up(connection: sqlite3.Connection, path: Path, version: int, root: Path, moment: datetime) -> Path:
    """Write a backup into the register's set below ``root``; where it lies."""
    # Hardly ever needed, and not on the way to the first window.
    from coi_desktop.models.backup_manifest import Reason
    from coi_desktop.store.backup_set import BackupSet

    backups = BackupSet(root / read_identity(connection, path).uuid)
    mark = f" v{version}"
    written = backups.write(connection, path, Reason.UPGRADE, moment, present_version=False, mark=mark)
    return backups.path(written.manifest)
