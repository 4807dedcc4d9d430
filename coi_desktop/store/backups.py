"""Copies of a register that are proven before they count."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.store.columns import quoted
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.integrity import find_damage


def write_backup(connection: sqlite3.Connection, target: Path) -> None:
    """Copy the open register to ``target``: to a temporary file, checked and compared, then renamed.

    Raises Problem when the copy does not hold exactly what the register holds, when ``target`` exists, or
    when it cannot be written; then nothing is left at ``target``.
    """
    if target.exists():
        raise Problem(
            _("{name} exists already.").format(name=target.name),
            meaning=_("No backup was written; the existing file was not touched."),
            advice=_("Choose another name."),
            code="exists",
        )
    half = target.with_name(f".{target.name}.{os.getpid()}.half")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with faults_as_problems(target):
            copy = sqlite3.connect(half, isolation_level=None)
            try:
                connection.backup(copy)
                copy.execute("PRAGMA journal_mode = TRUNCATE")
                _prove(connection, copy, target)
            finally:
                copy.close()
        with half.open("rb+") as file:
            os.fsync(file.fileno())
        half.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise Problem(
            _("The backup cannot be written to {place}.").format(place=target),
            meaning=_("The register itself is untouched; there is no new backup."),
            advice=_("Choose a folder with room where you may write."),
            code="cannot_create",
        ) from error
    finally:
        half.unlink(missing_ok=True)
        half.with_name(half.name + "-journal").unlink(missing_ok=True)


def _prove(register: sqlite3.Connection, copy: sqlite3.Connection, target: Path) -> None:
    if find_damage(copy) or _counts(register) != _counts(copy):
        raise Problem(
            _("The backup {name} did not come out right and was thrown away.").format(name=target.name),
            meaning=_("The register or the disk may be damaged."),
            advice=_("Run the check of the register, and keep your older backups."),
            code="damaged",
        )


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    names = [
        row[0]
        for row in connection.execute(
            "SELECT name FROM sqlite_master"
            " WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE '%fts5%'"
        )
    ]
    return {
        name: connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0]
        for name in names
        if not name.startswith("_")
    }


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
