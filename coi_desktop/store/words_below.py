"""Words that stand below an initiative and are found as its own: tags, partners, texts of own fields."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.own_fields import OWNER, TEXTS
from coi_desktop.store.columns import PARTS_COLUMN, quoted
from coi_desktop.store.schema import search_table

_SHORT = ("tag", "partner")
"""Record types whose short texts count for their initiative."""


def is_touched(type_name: str, changes: ChangeSet) -> bool:
    """Whether short texts below records of a type changed. The commit then names those records too."""
    return type_name == OWNER and any(changes.touches(child) for child in _SHORT)


def read_short_texts(
    connection: sqlite3.Connection, type_name: str, keys: Sequence[str] | None
) -> Iterator[tuple[int, str]]:
    """Folded short texts below all records of a type, or those with these ids: (row of the record, text)."""
    if type_name != OWNER:
        return
    where = "" if keys is None else f" WHERE owner.id IN ({', '.join('?' * len(keys))})"
    for child in _SHORT:
        yield from connection.execute(
            f"SELECT owner.row, child.{quoted(PARTS_COLUMN)} FROM {quoted(child)} AS child"
            f" JOIN {quoted(OWNER)} AS owner ON owner.id = child.initiative_id{where}",
            keys or (),
        ).fetchall()


def rows_beginning_with(connection: sqlite3.Connection, type_name: str, word: str) -> set[int]:
    """Rows of the records of a type whose own fields hold a text with a word that begins with ``word``
    (folded).
    """
    if type_name != OWNER:
        return set()
    table = quoted(search_table("own_value"))
    kinds = ", ".join(f"'{kind}'" for kind in TEXTS)
    found = connection.execute(
        f"SELECT owner.row FROM {table} JOIN own_value ON own_value.row = {table}.rowid"
        f" JOIN own_field ON own_field.id = own_value.own_field_id AND own_field.kind IN ({kinds})"
        f" JOIN {quoted(OWNER)} AS owner ON owner.id = own_value.initiative_id WHERE {table} MATCH ?",
        (f'"{word}" *',),
    )
    return {row for (row,) in found.fetchall()}
