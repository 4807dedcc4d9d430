"""Making register files: whole or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.ids import new_id
from coi_desktop.models.records import Values
from coi_desktop.store.columns import columns
from coi_desktop.store.faults import faults_as_problems, problem_of
from coi_desktop.store.identity import Identity, new_stamp, write_identity
from coi_desktop.store.new_file import whole_new_file
from coi_desktop.store.opening import open_new
from coi_desktop.store.rows import Rows
from coi_desktop.store.schema import APPLICATION_ID, SCHEMA_VERSION, searched_types, statements
from coi_desktop.store.search import set_up_full_text
from coi_desktop.store.values import format_moment


def create_file(
    path: Path,
    moment: datetime,
    unit_name: str,
    *,
    sample: bool = False,
    fill: Callable[[Path], None] | None = None,
) -> None:
    """Make a register at ``path``, whole or not at all. Never over an existing file.

    It is empty unless ``fill`` puts something into the file that it is given, before that gets its name.
    """
    with whole_new_file(path) as half, faults_as_problems(path):
        connection = open_new(half)
        try:
            _fill(connection, moment, {"name": unit_name or None, "sample": sample})
        finally:
            connection.close()
        if fill is not None:
            try:
                fill(half)
            except Problem as problem:
                cause = problem.__cause__
                told = problem_of(cause, path) if isinstance(cause, sqlite3.Error) else None
                raise told or problem from cause  # it spoke of the file that is half made


def _fill(connection: sqlite3.Connection, moment: datetime, unit: Values) -> None:
    connection.execute("BEGIN IMMEDIATE")
    for statement in statements():
        connection.execute(statement)
    for kind in searched_types():
        set_up_full_text(connection, kind.name)
    write_identity(connection, Identity(new_id(), 0, new_stamp(), format_moment(moment)))
    layout = columns("unit")
    Rows(connection).insert(layout, [(new_id(), layout.stored(unit))])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    connection.execute("COMMIT")
