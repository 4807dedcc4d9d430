"""The tables of the register, derived from the record types, and the program's own beside them.

``SCHEMA_VERSION`` grows with every released change; ``migrations.py`` holds the way from each version to the
next.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import PARTS_COLUMN, SORT_SUFFIX, quoted, sql_type

APPLICATION_ID = 0x434F4944  # "COID"
SCHEMA_VERSION = 1

SEARCH_SUFFIX = "_search"

_OWN_TABLES = (
    """CREATE TABLE "register" (
    "one" INTEGER PRIMARY KEY CHECK ("one" = 1),
    "uuid" TEXT NOT NULL,
    "generation" INTEGER NOT NULL,
    "created" TEXT NOT NULL
) STRICT""",
    """CREATE TABLE "step" (
    "revision" INTEGER PRIMARY KEY,
    "at" TEXT NOT NULL,
    "op" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "target" INTEGER,
    "merge_key" TEXT
) STRICT""",
    """CREATE TABLE "change" (
    "row" INTEGER PRIMARY KEY,
    "revision" INTEGER NOT NULL REFERENCES "step" ("revision") ON DELETE CASCADE,
    "record" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT
) STRICT""",
    """CREATE INDEX "change_by_revision" ON "change" ("revision")""",
    """CREATE INDEX "change_by_key" ON "change" ("key")""",
    """CREATE INDEX "step_by_state" ON "step" ("kind", "state", "revision")""",
)


def search_table(type_name: str) -> str:
    """The name of the full-text table of a searched record type."""
    return type_name + SEARCH_SUFFIX


def searched_types() -> tuple[RecordType, ...]:
    """The record types that have a full-text table."""
    return tuple(kind for kind in RECORD_TYPES.values() if kind.searched)


@cache
def statements() -> tuple[str, ...]:
    """The statements that make an empty register of the present version, in order."""
    made = list(_OWN_TABLES)
    for kind in RECORD_TYPES.values():
        made.append(_table(kind))
        made.extend(_indexes(kind))
        if kind.searched:
            made.append(_full_text(kind))
    return tuple(made)


def _table(kind: RecordType) -> str:
    lines = ['    "row" INTEGER PRIMARY KEY', '    "id" TEXT NOT NULL UNIQUE']
    lines += [f"    {_column(kind, field)}" for field in kind.fields]
    lines += [f"    {quoted(field.name + SORT_SUFFIX)} TEXT" for field in kind.sortable_texts]
    if kind.searched:
        lines.append(f"    {quoted(PARTS_COLUMN)} TEXT NOT NULL DEFAULT ''")
    lines += [
        f'    FOREIGN KEY ({quoted(field.name)}) REFERENCES {quoted(field.target)} ("id")'
        " DEFERRABLE INITIALLY DEFERRED"
        for field in kind.fields
        if field.kind is Kind.REFERENCE
    ]
    return f"CREATE TABLE {quoted(kind.name)} (\n" + ",\n".join(lines) + "\n) STRICT"


def _column(kind: RecordType, field: FieldSpec) -> str:
    must = " NOT NULL" if field.required or field.name == kind.parent else ""
    return f"{quoted(field.name)} {sql_type(field)}{must}"


def _indexes(kind: RecordType) -> Iterator[str]:
    for field in kind.fields:
        if field.kind is Kind.REFERENCE:
            unique = "UNIQUE " if kind.single and field.name == kind.parent else ""
            name = quoted(f"{kind.name}_by_{field.name}")
            yield f"CREATE {unique}INDEX {name} ON {quoted(kind.name)} ({quoted(field.name)})"
    if "title" + SORT_SUFFIX in {field.name + SORT_SUFFIX for field in kind.sortable_texts}:
        name = quoted(f"{kind.name}_by_title")
        yield f"CREATE INDEX {name} ON {quoted(kind.name)} ({quoted('title' + SORT_SUFFIX)})"


def _full_text(kind: RecordType) -> str:
    return (
        f"CREATE VIRTUAL TABLE {quoted(search_table(kind.name))} USING fts5("
        "words, detail=none, prefix='1 2 3 4 5 6 7 8', tokenize=\"unicode61 remove_diacritics 0\")"
    )


@cache
def expected_objects() -> frozenset[tuple[str, str]]:
    """Every table and index a register of the present version may hold, as (type, name)."""
    found: set[tuple[str, str]] = set()
    for statement in statements():
        words = statement.replace("UNIQUE ", "").split('"', 2)
        what = "index" if words[0].startswith("CREATE INDEX") else "table"
        found.add((what, words[1]))
    for kind in searched_types():
        found |= {
            ("table", f"{search_table(kind.name)}_{part}")
            for part in ("data", "idx", "content", "docsize", "config")
        }
    return frozenset(found)
