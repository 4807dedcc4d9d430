"""Looking for damage: SQLite's own checks, broken references, and full text that disagrees with the data."""

from __future__ import annotations

import sqlite3

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import columns, quoted
from coi_desktop.store.schema import search_table, searched_types


def find_quick_damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's quick check finds wrong; empty when nothing."""
    return _pragma(connection, "quick_check")


def find_damage(connection: sqlite3.Connection) -> list[str]:
    """What is wrong with the register, in sentences; empty when nothing.

    Reads the file's structure, every reference and every value, and asks each full-text table whether it
    agrees with itself and with the records.
    """
    found = _pragma(connection, "integrity_check")
    if found:
        return found
    for table, row, target, _index in connection.execute("PRAGMA foreign_key_check").fetchall():
        found.append(
            _("{table}, row {row}: refers to something in {target} that is not there.").format(
                table=table, row=row, target=target
            )
        )
    return found + _unreadable_values(connection) + _wrong_search(connection)


def _pragma(connection: sqlite3.Connection, name: str) -> list[str]:
    try:
        lines = [str(row[0]) for row in connection.execute(f"PRAGMA {name}(20)")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if lines == ["ok"] else lines


def _unreadable_values(connection: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    for name in RECORD_TYPES:
        layout = columns(name)
        for row in connection.execute(f"SELECT {layout.select} FROM {quoted(name)}"):
            try:
                layout.record(row)
            except Problem as problem:
                found.append(problem.what)
    return found


def _wrong_search(connection: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    for kind in searched_types():
        layout = columns(kind.name)
        table = quoted(search_table(kind.name))
        names = ("row", *layout.names)
        select = ", ".join(quoted(name) for name in names)
        wanted = {
            row[0]: layout.search_words(dict(zip(names, row, strict=True)))
            for row in connection.execute(f"SELECT {select} FROM {quoted(kind.name)}")
        }
        if dict(connection.execute(f"SELECT rowid, words FROM {table}").fetchall()) != wanted:
            found.append(_("Search in “{table}” does not agree with the records.").format(table=kind.label()))
    return found
