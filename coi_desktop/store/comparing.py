"""Comparing a register with a backup of it, record by record, by the checksums of their rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.backup_differences import Difference, Differences, OneRecord
from coi_desktop.models.fields import Kind, RecordType
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store import opening
from coi_desktop.store.columns import CHECKSUM, quoted
from coi_desktop.store.faults import cannot_open, damaged, faults_as_problems

#: So many records of a type are named at most, of each way to differ.
MOST_NAMED = 200

_SELECTS = {
    "fewer": "SELECT id FROM main.{table} WHERE id NOT IN (SELECT id FROM kept.{table})",
    "more": "SELECT id FROM kept.{table} WHERE id NOT IN (SELECT id FROM main.{table})",
    "other": (
        "SELECT main.{table}.id FROM main.{table} JOIN kept.{table} ON kept.{table}.id = main.{table}.id"
        " WHERE kept.{table}.{checksum} <> main.{table}.{checksum}"
    ),
}
_TITLES = ("title", "name", "text", "file_name", "key", "date")
_NOT_SHOWN = ("created", "updated")


def compare(register: Path, copy: Path) -> Differences:
    """What differs between the register at one path and its backup at another.

    Both are only read, and the register may be open. Raises a Problem that names the one that cannot be read.
    """
    if not copy.is_file():
        raise cannot_open(copy)
    try:
        return _compare(register, copy)
    except (Problem, sqlite3.Error):
        _refuse_damaged(copy)
        raise


def _refuse_damaged(copy: Path) -> None:
    """Problem ``damaged`` when it is the copy that cannot be read."""
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.execute("SELECT generation FROM register").fetchone()
            is_sound = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.Error as error:
        raise damaged(copy) from error
    if not is_sound:
        raise damaged(copy)


def _compare(register: Path, copy: Path) -> Differences:
    with faults_as_problems(register), closing(opening.open_to_copy(register)) as connection:
        connection.execute("ATTACH ? AS kept", (f"{copy.absolute().as_uri()}?mode=ro",))
        there = {row[0] for row in connection.execute("SELECT name FROM kept.sqlite_master")}
        revisions = [
            connection.execute(f"SELECT generation FROM {schema}.register").fetchone()[0]
            for schema in ("main", "kept")
        ]
        same_version = _version(connection, "main") == _version(connection, "kept")
        if same_version:
            opening.open_to_copy(copy).close()  # refuses what the program did not make
        types: dict[str, Difference] = {}
        records: list[OneRecord] = []
        for kind in RECORD_TYPES.values():
            if kind.name not in there:
                types[kind.name] = Difference(fewer=_count(connection, f"SELECT id FROM {quoted(kind.name)}"))
                continue
            counts = {}
            for how, select in _SELECTS.items():
                sql = select.format(table=quoted(kind.name), checksum=quoted(CHECKSUM))
                if how == "other" and not same_version:
                    continue
                counts[how] = _count(connection, sql)
                if counts[how]:
                    ids = [row[0] for row in connection.execute(f"{sql} LIMIT {MOST_NAMED}")]
                    records += [_one(connection, kind, how, record_id, same_version) for record_id in ids]
            types[kind.name] = Difference(**counts)
    return Differences(
        {name: one for name, one in types.items() if any(one)}, revisions[1] > revisions[0], tuple(records)
    )


def _version(connection: sqlite3.Connection, schema: str) -> int:
    return int(connection.execute(f"PRAGMA {schema}.user_version").fetchone()[0])


def _count(connection: sqlite3.Connection, sql: str) -> int:
    return int(connection.execute(f"SELECT count(*) FROM ({sql})").fetchone()[0])


def _one(
    connection: sqlite3.Connection, kind: RecordType, how: str, record_id: str, same_version: bool
) -> OneRecord:
    names = [field.name for field in kind.fields] if same_version else []
    titles = [name for name in _TITLES if name in kind.by_name and kind.by_name[name].kind is not Kind.TIME]
    schema = "kept" if how == "more" else "main"
    wanted = ", ".join(map(quoted, titles[:1] or ["id"]))
    table = quoted(kind.name)
    title = connection.execute(f"SELECT {wanted} FROM {schema}.{table} WHERE id = ?", (record_id,)).fetchone()
    differing: list[str] = []
    if how == "other":
        columns = ", ".join(map(quoted, names))
        sides = [
            connection.execute(f"SELECT {columns} FROM {side}.{table} WHERE id = ?", (record_id,)).fetchone()
            for side in ("main", "kept")
        ]
        differing = [
            name
            for name, here, kept in zip(names, *sides, strict=True)
            if here != kept and name not in _NOT_SHOWN
        ]
    return OneRecord(kind.name, record_id, how, str(title[0] or "") if titles else "", tuple(differing))
