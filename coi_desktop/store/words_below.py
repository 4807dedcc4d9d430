"""Words that stand below an initiative and are found as its own: tags, partners, texts of own fields."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.own_fields import OWNER, TEXTS
from coi_desktop.store.columns import PARTS_COLUMN, quoted
from coi_desktop.store.row_sets import read_rows
from coi_desktop.store.schema import search_table

_SHORT = ("tag", "partner")
"""Record types whose short texts count for their initiative."""
_OWN_WORDS = quoted(search_table("own_value"))
_KINDS = ", ".join(f"'{kind}'" for kind in TEXTS)
_OWN_TEXTS = (
    f"FROM {_OWN_WORDS} JOIN own_value ON own_value.row = {_OWN_WORDS}.rowid"
    f" JOIN own_field ON own_field.id = own_value.own_field_id AND own_field.kind IN ({_KINDS})"
    f" JOIN {quoted(OWNER)} AS owner ON owner.id = own_value.initiative_id"
)


def is_touched(type_name: str, changes: ChangeSet) -> bool:
    """Whether texts below records of a type changed. The commit then names those records too."""
    return type_name == OWNER and any(changes.touches(child) for child in (*_SHORT, "own_value"))


def is_unknown(type_name: str, changes: ChangeSet) -> bool:
    """Whether a commit may have changed what is found below any record of a type: own fields themselves."""
    return type_name == OWNER and changes.touches("own_field")


def read_short_texts(
    connection: sqlite3.Connection, type_name: str, rows: Sequence[int] | None
) -> Iterator[tuple[int, str]]:
    """Folded short texts below all records of a type, or those in these rows: (row of the record, text)."""
    if type_name != OWNER:
        return
    for child in _SHORT:
        yield from connection.execute(
            f"SELECT owner.row, child.{quoted(PARTS_COLUMN)} FROM {quoted(child)} AS child"
            f" JOIN {quoted(OWNER)} AS owner ON owner.id = child.initiative_id{_among(rows)}",
            rows or (),
        ).fetchall()


def read_words(
    connection: sqlite3.Connection, type_name: str, rows: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """The folded words of own fields of the records in these rows: (row of the record, words)."""
    if type_name == OWNER:
        yield from connection.execute(f"SELECT owner.row, words {_OWN_TEXTS}{_among(rows)}", rows).fetchall()


def rows_beginning_with(connection: sqlite3.Connection, type_name: str, word: str) -> list[int]:
    """Rows of the records of a type whose own fields hold a text with a word that begins with ``word``
    (folded).
    """
    if type_name != OWNER:
        return []
    sql = f"SELECT owner.row AS row {_OWN_TEXTS} WHERE {_OWN_WORDS} MATCH ?"
    return read_rows(connection, sql, (f'"{word}" *',))


def _among(rows: Sequence[int] | None) -> str:
    return "" if rows is None else f" WHERE owner.row IN ({', '.join('?' * len(rows))})"
