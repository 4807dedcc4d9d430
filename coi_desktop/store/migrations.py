"""The way from each released version of the schema to the next, run by sqlite-utils after a backup.

Version 1 is the first; a step is added here with every released change of the record types.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.store.backups import write_backup
from coi_desktop.store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlite_utils import Migrations


def register_migrations() -> Migrations:
    """The migrations in order; step ``n`` brings a register from version n to n + 1."""
    from sqlite_utils import Migrations

    return Migrations("coi_desktop")


def bring_up_to_date(
    connection: sqlite3.Connection,
    path: Path,
    version: int,
    *,
    write: bool,
    backups: Path,
    moment: datetime,
    migrations: Migrations | None = None,
) -> Path:
    """Back the register up, apply the pending migrations, and return the backup's path.

    Raises Problem ``older`` when the register may only be read, ``damaged`` when it claims a version that no
    release ever wrote.
    """
    if not write:
        raise Problem(
            _("{name} was made by an older version of COI Desktop.").format(name=path.name),
            meaning=_("It must be brought up to date before it can be read, and it may not be changed here."),
            advice=_("Open it once where you may write in it."),
            code="older",
        )
    from sqlite_utils import Database

    backup = backups / f"{path.stem}-{moment:%Y%m%d-%H%M%S}-v{version}{path.suffix}"
    write_backup(connection, backup)
    (migrations or register_migrations()).apply(Database(connection))
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    return backup
