"""Words that stand below an initiative and are found as its own: tags, partners, risks, what status reports
say, texts of own fields.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.own_fields import OWNER, TEXTS
from coi_desktop.store.columns import PARTS_COLUMN, quoted
from coi_desktop.store.owners import Owners
from coi_desktop.store.row_sets import read_rows
from coi_desktop.store.schema import search_table

_SHORT = ("tag", "partner", "risk")
"""Record types whose short texts count for their initiative."""
_LONG = ("own_value", "risk", "status_report")
"""Record types whose words count for their initiative."""
_KINDS = ", ".join(f"'{kind}'" for kind in TEXTS)
_OF_TEXTS = f" JOIN own_field ON own_field.id = child.own_field_id AND own_field.kind IN ({_KINDS})"


def is_touched(type_name: str, changes: ChangeSet) -> bool:
    """Whether texts below records of a type changed. The commit then names those records too."""
    return type_name == OWNER and any(map(changes.touches, (*_SHORT, *_LONG)))


def is_unknown(type_name: str, changes: ChangeSet) -> bool:
    """Whether a commit may have changed what is found below any record of a type: own fields themselves."""
    return type_name == OWNER and changes.touches("own_field")


def read_short_texts(
    connection: sqlite3.Connection, type_name: str, rows: Sequence[int] | None
) -> Iterator[tuple[int, str]]:
    """Folded short texts below all records of a type, or those in these rows: (row of the record, text).

    Many rows are best given as a range.
    """
    if type_name != OWNER:
        return
    which, values = _among(rows), rows or ()
    if isinstance(rows, range):
        which, values = " WHERE owner.row BETWEEN ? AND ?", (rows[0], rows[-1])
    for child in _SHORT:
        tables = (f"{quoted(OWNER)} AS owner", f"{quoted(child)} AS child")
        # For few owners their records are looked for, for all of them the owners of all records.
        first, second = tables[::-1] if rows is None else tables
        yield from connection.execute(
            f"SELECT owner.row, child.{quoted(PARTS_COLUMN)} FROM {first} CROSS JOIN {second}"
            f" ON owner.id = child.initiative_id{which}",
            values,
        ).fetchall()


def read_words(
    connection: sqlite3.Connection, type_name: str, rows: Sequence[int]
) -> Iterator[tuple[int, str]]:
    """The folded words of texts below the records in these rows: (row of the record, words)."""
    if type_name != OWNER:
        return
    for child in _LONG:
        sql = f"SELECT owner.row, words {_texts(child)}{_among(rows)}"
        yield from connection.execute(sql, rows).fetchall()


def texts_below(connection: sqlite3.Connection, type_name: str) -> list[TextsBelow]:
    """What finds records of a type by words below them, one for each record type there."""
    return [TextsBelow(connection, child) for child in _LONG] if type_name == OWNER else []


class TextsBelow:
    """Finds initiatives by the words of the records of one type below them.

    Whose a record is, is kept in memory once it was read in pauses; before, each search asks for it.
    """

    def __init__(self, connection: sqlite3.Connection, child: str) -> None:
        self._connection = connection
        self._texts = _texts(child)
        self._words = quoted(search_table(child))
        self._owners = Owners(connection, child, _left_out(child))

    def prepare(self) -> bool:
        """Read a piece of whose the records are; True when there was something to read."""
        return self._owners.prepare()

    def catch_up(self, rows: Sequence[int]) -> None:
        """Take in that something under the records in these rows has changed."""
        self._owners.catch_up(rows)

    def rows_beginning_with(self, word: str) -> list[int]:
        """Rows of the initiatives with a word below them that begins with ``word`` (folded)."""
        match = f'"{word}" *'
        if not self._owners.is_read:
            sql = f"SELECT owner.row AS row {self._texts} WHERE {self._words} MATCH ?"
            return read_rows(self._connection, sql, (match,))
        sql = f"SELECT rowid AS row FROM {self._words} WHERE {self._words} MATCH ?"
        return self._owners.owners_of(read_rows(self._connection, sql, (match,)))


def _left_out(child: str) -> str:
    """What leaves out the records of a type that are no texts."""
    return _OF_TEXTS if child == "own_value" else ""


def _texts(child: str) -> str:
    """The words of the records of a type (``child``), joined with the initiative they stand below."""
    words = quoted(search_table(child))
    return (
        f"FROM {words} JOIN {quoted(child)} AS child ON child.row = {words}.rowid{_left_out(child)}"
        f" JOIN {quoted(OWNER)} AS owner ON owner.id = child.initiative_id"
    )


def _among(rows: Sequence[int] | None) -> str:
    return "" if rows is None else f" WHERE owner.row IN ({', '.join('?' * len(rows))})"
