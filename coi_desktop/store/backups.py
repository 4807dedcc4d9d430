"""Copies of a register that are proven before they count."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.integrity import find_damage, find_structural_damage, register_hash
from coi_desktop.store.new_file import whole_new_file


def write_backup(connection: sqlite3.Connection, target: Path, *, present_version: bool = True) -> None:
    """Copy the open register to ``target``: to a temporary file, opened anew, checked and compared, then
    named.

    A register of an older version is checked without knowing its tables. Raises Problem ``damaged`` when the
    copy is not sound or does not hold exactly what the register holds, ``exists`` when there is a file at
    ``target`` already, ``cannot_create`` or a fault of the disk when it cannot be written; nothing is left at
    ``target`` then.
    """
    with whole_new_file(target) as half, faults_as_problems(target):
        with closing(sqlite3.connect(half, isolation_level=None)) as copy:
            copy.execute("PRAGMA journal_mode = OFF")  # a copy that fails is thrown away whole
            connection.backup(copy)
        with closing(sqlite3.connect(half, isolation_level=None)) as copy:
            damage = find_damage(copy) if present_version else find_structural_damage(copy)
            if damage or register_hash(connection) != register_hash(copy):
                raise _unsound(target)


def _unsound(target: Path) -> Problem:
    return Problem(
        _("The backup {name} did not come out right and was thrown away.").format(name=target.name),
        meaning=_("The register or the disk may be damaged."),
        advice=_("Run the check of the register, and keep your older backups."),
        code="damaged",
    )
