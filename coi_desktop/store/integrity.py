"""Looking for damage: SQLite's own checks, references, checksums of every value, and search against the
records.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store import erasing, step_log
from coi_desktop.store.columns import CHECKSUM, ROW, Columns, checksum, columns, quoted
from coi_desktop.store.schema import full_text_statement, insert_words, search_table, searched_types
from coi_desktop.store.search import set_up_full_text

_MOST_NAMED = 20
_PIECE = 1000
_UNREADABLE = (sqlite3.DatabaseError, UnicodeDecodeError)


def find_quick_damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's quick check finds wrong; empty when nothing."""
    return _pragma(connection, "quick_check")


def find_structural_damage(connection: sqlite3.Connection) -> list[str]:
    """What SQLite's full check and a check of all references find wrong, whatever the tables are."""
    found = _pragma(connection, "integrity_check")
    try:
        return found + _broken_references(connection)
    except _UNREADABLE as error:
        return [*found, str(error)]


def find_damage(connection: sqlite3.Connection, *, writable: bool = True) -> list[str]:
    """What is wrong with the register, in sentences; empty when nothing.

    Reads the file's structure, every reference and every value with its checksum, the history, and asks each
    full-text table whether it agrees with itself and with the records. A read-only register is checked for
    the latter in a copy in memory, because SQLite wants to write for it.
    """
    found = find_structural_damage(connection)
    try:
        found += _changed_identity(connection) + _changed_records(connection)
        found += [
            _("Step {number} of the history is not as it was written.").format(number=revision)
            for revision in step_log.find_damaged_steps(connection)
        ]
        if erasing.find_damaged_keys(connection):
            found.append(_("The list of erased persons is not as it was written."))
        if not found:
            found = find_wrong_search(connection, writable=writable)
    except _UNREADABLE as error:
        found.append(str(error))
    return found


def _pragma(connection: sqlite3.Connection, name: str) -> list[str]:
    try:
        lines = [str(row[0]) for row in connection.execute(f"PRAGMA {name}({_MOST_NAMED})")]
    except _UNREADABLE as error:
        return [str(error)]
    return [] if lines == ["ok"] else lines


def _broken_references(connection: sqlite3.Connection) -> list[str]:
    return [
        _("{table}, row {row}: refers to something in {target} that is not there.").format(
            table=table, row=row, target=target
        )
        for table, row, target, _index in connection.execute("PRAGMA foreign_key_check").fetchall()
    ]


def _changed_identity(connection: sqlite3.Connection) -> list[str]:
    latest = connection.execute("SELECT max(revision) FROM step").fetchone()[0] or 0
    rows = connection.execute("SELECT uuid, generation, stamp, created, checksum FROM register").fetchall()
    if len(rows) == 1 and checksum(rows[0][:-1]) == rows[0][-1] and rows[0][1] >= latest:
        return []
    return [_("The register's identity is not as it was written.")]


def _changed_records(connection: sqlite3.Connection) -> list[str]:
    found: list[str] = []
    for name in RECORD_TYPES:
        layout = columns(name)
        wanted = ", ".join((layout.select, quoted(ROW), quoted(CHECKSUM)))
        for row in connection.execute(f"SELECT {wanted} FROM {layout.table}"):
            values, number, stored = row[:-2], row[-2], row[-1]
            if layout.checksum(number, row[0], dict(zip(layout.names, values[1:], strict=True))) != stored:
                found.append(
                    _("{record} {id} is not as it was written.").format(
                        record=layout.record_type.label(), id=str(row[0])[:8]
                    )
                )
                continue
            try:
                layout.record(values)
            except Problem as problem:
                found.append(problem.what)
    return found


def find_wrong_search(connection: sqlite3.Connection, *, writable: bool = True) -> list[str]:
    """Record types whose order, folded text or full text does not agree with the records."""
    if writable:
        return _wrong_search(connection)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        connection.backup(copy)
        return _wrong_search(copy)


def _wrong_search(connection: sqlite3.Connection) -> list[str]:
    found = [
        name for name in RECORD_TYPES if columns(name).derived_names and not _is_derived(connection, name)
    ]
    for kind in searched_types():
        if kind.name not in found and not _has_all_words(connection, columns(kind.name)):
            found.append(kind.name)
    return [
        _("Search and order of “{table}” do not agree with the records.").format(
            table=RECORD_TYPES[name].label()
        )
        for name in found
    ]


def _is_derived(connection: sqlite3.Connection, type_name: str) -> bool:
    layout = columns(type_name)
    names = (*layout.names, *layout.derived_names)
    select = ", ".join(map(quoted, names))
    for row in connection.execute(f"SELECT {select} FROM {layout.table}"):
        whole = dict(zip(names, row, strict=True))
        if any(whole[name] != value for name, value in layout.derived(whole).items()):
            return False
    return True


def _has_all_words(connection: sqlite3.Connection, layout: Columns) -> bool:
    table = quoted(search_table(layout.record_type.name))
    names = (ROW, *layout.names)
    select = ", ".join(map(quoted, names))
    wanted = {
        row[0]: words
        for row in connection.execute(f"SELECT {select} FROM {layout.table}")
        if (words := layout.found_words(dict(zip(names, row, strict=True))))
    }
    try:
        found = dict(connection.execute(f"SELECT rowid, words FROM {table}").fetchall())
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")
    except _UNREADABLE:
        return False
    return found == wanted


def rebuild_search(connection: sqlite3.Connection) -> None:
    """Make indexes, sort keys, folded and full text anew from the records, in the open transaction."""
    connection.execute("REINDEX")  # first: a row whose index entry is missing cannot be changed
    for kind in RECORD_TYPES.values():
        layout = columns(kind.name)
        if not layout.derived_names:
            continue
        names = (ROW, *layout.names)
        select = ", ".join(map(quoted, names))
        rows = [
            dict(zip(names, row, strict=True))
            for row in connection.execute(f"SELECT {select} FROM {layout.table}").fetchall()
        ]
        assignments = ", ".join(f"{quoted(name)} = ?" for name in layout.derived_names)
        connection.executemany(
            f"UPDATE {layout.table} SET {assignments} WHERE row = ?",
            [(*map(layout.derived(row).__getitem__, layout.derived_names), row[ROW]) for row in rows],
        )
        if layout.long_texts:
            connection.execute(f"DROP TABLE IF EXISTS {quoted(search_table(kind.name))}")
            connection.execute(full_text_statement(kind))
            set_up_full_text(connection, kind.name)
            found = [(row[ROW], words) for row in rows if (words := layout.found_words(row))]
            connection.executemany(insert_words(kind.name), found)


def register_hash(connection: sqlite3.Connection) -> str:
    """SHA-256 of the schema and of every row in the order of its key: equal registers have equal hashes.

    Read in pieces, so that nobody who writes in the register meanwhile waits; the hash then means nothing.
    """
    import hashlib  # loads OpenSSL, which the first window does not need

    seen = hashlib.sha256()
    objects = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name"
    ).fetchall()
    for kind, name, sql in objects:
        seen.update(f"{kind}\x1f{name}\x1f{sql}\n".encode())
        if kind == "table" and not str(sql).upper().startswith("CREATE VIRTUAL"):
            for rows in _iter_rows(connection, name):
                seen.update("".join(map(repr, rows)).encode())
    return seen.hexdigest()


def _iter_rows(connection: sqlite3.Connection, table: str) -> Iterator[list[tuple[object, ...]]]:
    """All rows of a table in the order of its first column; in pieces where that is the number of the row."""
    named = _any_name(table)
    described = connection.execute(f"PRAGMA table_info({named})").fetchall()
    keys = [place for place, *_rest, key in described if key]
    if keys != [0] or described[0][2] != "INTEGER":
        yield connection.execute(f"SELECT * FROM {named} ORDER BY 1").fetchall()
        return
    key = _any_name(described[0][1])
    rows = connection.execute(f"SELECT * FROM {named} ORDER BY {key} LIMIT {_PIECE}").fetchall()
    before = None
    while rows and (before is None or rows[-1][0] > before):  # a damaged tree may lead back to where it began
        yield rows
        before = rows[-1][0]
        sql = f"SELECT * FROM {named} WHERE {key} > ? ORDER BY {key} LIMIT {_PIECE}"
        rows = connection.execute(sql, (before,)).fetchall()


def _any_name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
