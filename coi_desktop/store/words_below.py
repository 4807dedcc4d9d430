"""Words that stand below an initiative and are found as its own: tags, partners, texts of own fields."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import repeat

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.found import row_numbers
from coi_desktop.models.own_fields import OWNER, TEXTS
from coi_desktop.store.columns import PARTS_COLUMN, quoted
from coi_desktop.store.row_sets import read_rows
from coi_desktop.store.schema import search_table

_SHORT = ("tag", "partner")
"""Record types whose short texts count for their initiative."""
_OWN_WORDS = quoted(search_table("own_value"))
_KINDS = ", ".join(f"'{kind}'" for kind in TEXTS)
_AND_OWNER = (
    f" JOIN own_field ON own_field.id = own_value.own_field_id AND own_field.kind IN ({_KINDS})"
    f" JOIN {quoted(OWNER)} AS owner ON owner.id = own_value.initiative_id"
)
_OWNED = f"FROM own_value{_AND_OWNER}"
_OWN_TEXTS = f"FROM {_OWN_WORDS} JOIN own_value ON own_value.row = {_OWN_WORDS}.rowid{_AND_OWNER}"
_PIECE = 5_000


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


class OwnTexts:
    """Finds records of a type by the words of their own fields.

    Whose an own value is, is kept in memory once it was read in pauses; before, each search asks for it.
    """

    def __init__(self, connection: sqlite3.Connection, type_name: str) -> None:
        self._connection = connection
        self._is_owner = type_name == OWNER
        self._owners = row_numbers([0])
        self._is_read = not self._is_owner

    def prepare(self) -> bool:
        """Read a piece of whose the own values are; True when there was something to read."""
        if self._is_read:
            return False
        start = len(self._owners)
        self._owners.extend(repeat(0, _PIECE))
        self._put(f" WHERE own_value.row BETWEEN {start} AND {start + _PIECE - 1}", ())
        (last,) = self._connection.execute("SELECT max(row) FROM own_value").fetchone()
        self._is_read = (last or 0) < len(self._owners)
        return True

    def catch_up(self, rows: Sequence[int]) -> None:
        """Take in that something under the records in these rows has changed."""
        if self._is_owner and len(self._owners) > 1:
            self._put(_among(rows), rows)

    def rows_beginning_with(self, word: str) -> list[int]:
        """Rows of the records whose own fields hold a text with a word that begins with ``word`` (folded)."""
        if not self._is_owner:
            return []
        match = f'"{word}" *'
        if not self._is_read:
            sql = f"SELECT owner.row AS row {_OWN_TEXTS} WHERE {_OWN_WORDS} MATCH ?"
            return read_rows(self._connection, sql, (match,))
        sql = f"SELECT rowid AS row FROM {_OWN_WORDS} WHERE {_OWN_WORDS} MATCH ?"
        found = read_rows(self._connection, sql, (match,))
        return list(filter(None, map(self._owners.__getitem__, found)))

    def _put(self, which: str, values: Sequence[int]) -> None:
        sql = f"SELECT own_value.row, owner.row {_OWNED}{which}"
        for value, owner in self._connection.execute(sql, values).fetchall():
            if self._is_read and value >= len(self._owners):
                self._owners.extend(repeat(0, value + 1 - len(self._owners)))
            if value < len(self._owners):  # the others are still to be read
                self._owners[value] = owner


def _among(rows: Sequence[int] | None) -> str:
    return "" if rows is None else f" WHERE owner.row IN ({', '.join('?' * len(rows))})"
