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

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.store.backups import write_backup
from coi_desktop.store.conforming import conform
from coi_desktop.store.faults import damaged
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
    """Back the register up, apply the steps from ``version`` on, and return the backup's path.

    Raises Problem ``older`` when the register may only be read, ``damaged`` when it claims a version that no
    release ever wrote or does not come out as it should; then it is as it was.
    """
    if not write:
        raise _older(path)
    pending = range(version, SCHEMA_VERSION)
    if not all(number in steps for number in pending):
        raise damaged(path)
    backup = _free_name(backups, path, f"{moment:%Y%m%d-%H%M%S}-v{version}")
    write_backup(connection, backup, present_version=False)
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


def _free_name(folder: Path, path: Path, mark: str) -> Path:
    target = folder / f"{path.stem}-{mark}{path.suffix}"
    number = 2
    while target.exists():
        target = folder / f"{path.stem}-{mark}-{number}{path.suffix}"
        number += 1
    return target


def _older(path: Path) -> Problem:
    return Problem(
        _("{name} was made by an older version of COI Desktop.").format(name=path.name),
        meaning=_("It must be brought up to date before it can be read, and it may not be changed here."),
        advice=_("Open it once where you may write in it."),
        code="older",
    )
