"""The tables of the register, derived from the record types, and the program's own beside them.

``SCHEMA_VERSION`` grows with every released change; ``migrations.py`` holds the way from each version to the
next.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.person_fields import PERSON_FIELDS
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import CHECKSUM, PARTS_COLUMN, SORT_SUFFIX, columns, quoted
from coi_desktop.store.values import is_whole_number

APPLICATION_ID = 0x434F4944  # "COID"
SCHEMA_VERSION = 1

SEARCH_SUFFIX = "_search"
MIGRATIONS_TABLE = "_sqlite_migrations"
_PASSIVE = ("table", "index")

_OWN_TABLES = (
    """CREATE TABLE "register" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "uuid" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "stamp" TEXT NOT NULL,
    "created" TEXT NOT NULL,
    "checksum" INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE "step" (
    "revision" INTEGER PRIMARY KEY,
    "at" TEXT NOT NULL,
    "since" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "target" INTEGER,
    "merge_key" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE "change" (
    "row" INTEGER PRIMARY KEY,
    "revision" INTEGER NOT NULL REFERENCES "step" ("revision") ON DELETE CASCADE,
    "record" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "checksum" INTEGER NOT NULL
) STRICT""",
    """CREATE TABLE "erasure" (
    "row" INTEGER PRIMARY KEY,
    "at" TEXT NOT NULL,
    "salt" TEXT NOT NULL,
    "words" INTEGER NOT NULL,
    "first" INTEGER NOT NULL,
    "hash" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "checksum" INTEGER NOT NULL
) STRICT""",
    """CREATE INDEX "change_by_revision" ON "change" ("revision")""",
    """CREATE INDEX "change_by_key" ON "change" ("key")""",
    """CREATE INDEX "change_dropped" ON "change" ("record", "revision") WHERE "after" IS NULL""",
    """CREATE INDEX "step_by_state" ON "step" ("kind", "state", "revision")""",
)


def search_table(type_name: str) -> str:
    """The name of the full-text table of a searched record type."""
    return type_name + SEARCH_SUFFIX


def insert_words(type_name: str) -> str:
    """The statement that puts a record's words into the full-text table."""
    return f"INSERT INTO {quoted(search_table(type_name))} (rowid, words) VALUES (?, ?)"


def delete_words(type_name: str) -> str:
    """The statement that takes a record's words out of the full-text table."""
    return f"DELETE FROM {quoted(search_table(type_name))} WHERE rowid = ?"


def searched_types() -> tuple[RecordType, ...]:
    """The record types that have a full-text table."""
    return tuple(kind for kind in RECORD_TYPES.values() if columns(kind.name).long_texts)


@cache
def statements() -> tuple[str, ...]:
    """The statements that make an empty register of the present version, in order."""
    made = list(_OWN_TABLES)
    for kind in RECORD_TYPES.values():
        made.append(table_statement(kind))
        made.extend(_indexes(kind))
        if columns(kind.name).long_texts:
            made.append(full_text_statement(kind))
    return tuple(made)


def table_statement(kind: RecordType) -> str:
    """The statement that makes the table of a record type."""
    lines = ['    "row" INTEGER PRIMARY KEY', '    "id" TEXT NOT NULL UNIQUE']
    lines += [f"    {_column(kind, field)}" for field in kind.fields]
    lines += [f"    {quoted(field.name + SORT_SUFFIX)} TEXT" for field in kind.sortable_texts]
    if columns(kind.name).short_texts:
        lines.append(f"    {quoted(PARTS_COLUMN)} TEXT NOT NULL DEFAULT ''")
    lines.append(f"    {quoted(CHECKSUM)} INTEGER NOT NULL")
    lines += [
        f'    FOREIGN KEY ({quoted(field.name)}) REFERENCES {quoted(field.target)} ("id")'
        " DEFERRABLE INITIALLY DEFERRED"
        for field in kind.fields
        if field.kind is Kind.REFERENCE
    ]
    return f"CREATE TABLE {quoted(kind.name)} (\n" + ",\n".join(lines) + "\n) STRICT"


def _column(kind: RecordType, field: FieldSpec) -> str:
    must = " NOT NULL" if field.required or field.name == kind.parent else ""
    return f"{quoted(field.name)} {'INTEGER' if is_whole_number(field) else 'TEXT'}{must}"


def _indexes(kind: RecordType) -> Iterator[str]:
    for field in kind.fields:
        if kind.once and field.name == kind.once[0]:
            name = quoted(f"{kind.name}_by_{'_and_'.join(kind.once)}")
            places = ", ".join(map(quoted, kind.once))
            yield f"CREATE UNIQUE INDEX {name} ON {quoted(kind.name)} ({places})"
        elif field.kind is Kind.REFERENCE:
            unique = "UNIQUE " if kind.single and field.name == kind.parent else ""
            name = quoted(f"{kind.name}_by_{field.name}")
            yield f"CREATE {unique}INDEX {name} ON {quoted(kind.name)} ({quoted(field.name)})"
    for table, field_name in PERSON_FIELDS:  # the names in use are counted while somebody types
        if table == kind.name:
            name = quoted(f"{kind.name}_by_{field_name}")
            yield f"CREATE INDEX {name} ON {quoted(kind.name)} ({quoted(field_name)})"
    if "title" + SORT_SUFFIX in {field.name + SORT_SUFFIX for field in kind.sortable_texts}:
        name = quoted(f"{kind.name}_by_title")
        yield f"CREATE INDEX {name} ON {quoted(kind.name)} ({quoted('title' + SORT_SUFFIX)})"
    if has_lean_index(kind.name):
        yield from _lean_indexes(kind)


def has_lean_index(type_name: str) -> bool:
    """Whether a record type has the narrow indexes of ``_lean_indexes``."""
    layout = columns(type_name)
    return bool(layout.long_texts and layout.short_texts)


def lean_fields(kind: RecordType) -> tuple[str, ...]:
    """The fields that stand in the narrow index of a record type that has one: all but its texts."""
    return tuple(field.name for field in kind.fields if field.kind not in (Kind.TEXT, Kind.LONG))


def _lean_indexes(kind: RecordType) -> Iterator[str]:
    """Indexes from which SQLite answers conditions and orders without reading the long texts of every row.

    Their first column is the row number, so that they grow at their end and an edit writes one page.
    """
    lean = [*lean_fields(kind), *(field.name + SORT_SUFFIX for field in kind.sortable_texts)]
    for name, names in (("lean", ["row", "id", *lean]), ("parts", ["row", PARTS_COLUMN])):
        listed = ", ".join(map(quoted, names))
        yield f"CREATE INDEX {quoted(f'{kind.name}_{name}')} ON {quoted(kind.name)} ({listed})"


def full_text_statement(kind: RecordType) -> str:
    """The statement that makes the full-text table of a searched record type.

    Its words are folded to a–z and digits already, so the plainest tokenizer gives the same words everywhere.
    """
    return (
        f"CREATE VIRTUAL TABLE {quoted(search_table(kind.name))} USING fts5("
        "words, detail=none, columnsize=0, prefix='1 2 3 4 5 6 7 8', tokenize='ascii')"
    )


_SHADOWS = ("data", "idx", "content", "config")


@cache
def expected_objects() -> Mapping[tuple[str, str], str | None]:
    """Every table and index of a register of the present version: (type, name) to the statement that made it.

    The shadow tables of full text are written by SQLite itself and have None.
    """
    found: dict[tuple[str, str], str | None] = {}
    for statement in statements():
        words = statement.replace("UNIQUE ", "").split('"', 2)
        what = "index" if words[0].startswith("CREATE INDEX") else "table"
        found[(what, words[1])] = statement
    for kind in searched_types():
        found.update({("table", f"{search_table(kind.name)}_{part}"): None for part in _SHADOWS})
    return MappingProxyType(found)


def compare_objects(connection: sqlite3.Connection) -> tuple[list[str], list[str]]:
    """Names of triggers, views, tables and indexes that are not ours or not as we make them, and of those of
    ours that are not there.
    """
    found = _objects(connection)
    there = {key for key, _name, _sql in found}
    strange = sorted(name for key, name, sql in found if not _is_ours(key, sql))
    return strange, sorted(name for kind, name in expected_objects() if (kind, name) not in there)


def find_strange_objects(connection: sqlite3.Connection) -> list[str]:
    """Names of triggers, views, tables and indexes that are not ours or not as we make them."""
    return compare_objects(connection)[0]


def find_missing_objects(connection: sqlite3.Connection) -> list[str]:
    """Names of our tables and indexes that are not there."""
    return compare_objects(connection)[1]


def _objects(connection: sqlite3.Connection) -> list[tuple[tuple[str, str], str, str]]:
    wanted = ", ".join(f"CAST({name} AS TEXT)" for name in ("type", "name", "tbl_name", "sql"))
    rows = connection.execute(f"SELECT {wanted} FROM sqlite_master").fetchall()
    # Indexes without a statement belong to a UNIQUE of a table whose statement is compared. What sqlite-utils
    # remembers of migrations holds nothing of ours.
    return [
        ((kind, name), name, sql)
        for kind, name, table, sql in rows
        if not (kind == "index" and sql is None)
        and not (kind in _PASSIVE and (table == MIGRATIONS_TABLE or name.startswith("sqlite_")))
    ]


def _is_ours(key: tuple[str, str], sql: str) -> bool:
    expected = expected_objects()
    if key not in expected:
        return False
    wanted = expected[key]
    return wanted is None or sql == wanted or " ".join(sql.split()) == " ".join(wanted.split())
