"""Finding and ordering records: the beginnings of words in all text, any part of the short texts, Danish
order.

The full-text MATCH is built here and nowhere else; what users type is only ever quoted words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import Kind
from coi_desktop.models.folding import words
from coi_desktop.models.query import Order, Query
from coi_desktop.store import words_below
from coi_desktop.store.columns import PARTS_COLUMN, columns, quoted
from coi_desktop.store.conditions import may_move, where
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.schema import search_table, searched_types
from coi_desktop.store.values import Stored

_LONGEST_WORD = 64
_MANY = 500
_MOST_ORDERS = 8
_PAGES_TO_MERGE = 200


class Finder:
    """Answers queries on one connection, keeping short texts and orders in memory between keystrokes."""

    def __init__(self, connection: sqlite3.Connection, own: OwnFields) -> None:
        self._connection = connection
        self._own = own
        self._ordered: dict[Query, list[tuple[int, str]]] = {}
        self._parts: dict[str, dict[int, str]] = {}

    def forget(self) -> None:
        """Forget everything that is kept."""
        self._ordered.clear()
        self._parts.clear()

    def catch_up(self, changes: ChangeSet) -> None:
        """Bring what is kept up to date with a commit; an edit costs no more than the rows it touched."""
        for query in [query for query in self._ordered if may_move(query, changes)]:
            del self._ordered[query]
        for type_name, known in list(self._parts.items()):
            keys = changes.keys(type_name)
            if len(keys) > _MANY or any(row.after is None for row in changes.rows if row.table == type_name):
                del self._parts[type_name]
            elif changes.touches(type_name, *columns(type_name).short_texts) or words_below.is_touched(
                type_name, changes
            ):
                known.update(self._read_short_texts(type_name, list(keys)))

    def find_ids(self, query: Query) -> list[str]:
        """Ids of the records that fit, in the order asked for."""
        ordered = self._in_order(query._replace(search=""))
        found = self._matching(query.type_name, words(query.search))
        if found is None:
            return [record_id for _row, record_id in ordered]
        return [record_id for row, record_id in ordered if row in found]

    def _in_order(self, query: Query) -> list[tuple[int, str]]:
        known = self._ordered.pop(query, None)
        if known is None:
            fields = self._own.by_name(query.type_name)
            demands, values = where(query.type_name, query.conditions, fields)
            order, ranking = _order(query.type_name, query.order, self._own)
            if query.grouping is not None:
                group, group_ranking = _order(query.type_name, query.grouping, self._own)
                order, ranking = f"{group.removesuffix(', row')}, {order}", group_ranking + ranking
            sql = f"SELECT row, id FROM {quoted(query.type_name)}{demands} ORDER BY {order}"
            known = self._connection.execute(sql, (*values, *ranking)).fetchall()
        while len(self._ordered) >= _MOST_ORDERS:
            del self._ordered[next(iter(self._ordered))]
        self._ordered[query] = known
        return known

    def _matching(self, type_name: str, typed: list[str]) -> set[int] | None:
        if not columns(type_name).long_texts:
            return None
        found: set[int] | None = None
        for word in typed:
            word = word[:_LONGEST_WORD]
            rows = self._beginning_with(type_name, word)
            rows.update([row for row, text in self._short_texts(type_name).items() if word in text])
            found = rows if found is None else found & rows
            if not found:
                return set()
        return found

    def _beginning_with(self, type_name: str, word: str) -> set[int]:
        table = quoted(search_table(type_name))
        rows = self._connection.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{word}" *',))
        found = {row for (row,) in rows.fetchall()}
        return found | words_below.rows_beginning_with(self._connection, type_name, word)

    def _short_texts(self, type_name: str) -> dict[int, str]:
        known = self._parts.get(type_name)
        if known is None:
            known = self._parts[type_name] = self._read_short_texts(type_name)
        return known

    def _read_short_texts(self, type_name: str, keys: Sequence[str] | None = None) -> dict[int, str]:
        where = "" if keys is None else f" WHERE id IN ({', '.join('?' for _key in keys)})"
        sql = f"SELECT row, {quoted(PARTS_COLUMN)} FROM {quoted(type_name)}{where}"
        found = dict(self._connection.execute(sql, keys or ()).fetchall())
        for row, text in words_below.read_short_texts(self._connection, type_name, keys):
            found[row] = f"{found[row]} \n{text}"
        return found


def _order(type_name: str, order: Order | None, own: OwnFields) -> tuple[str, list[Stored]]:
    if order is None:
        return "row", []
    field = own.field(type_name, order.field)
    column = own.column(type_name, field)
    direction = "DESC" if order.descending else "ASC"
    if order.ranking:
        cases = " ".join(f"WHEN ? THEN {place}" for place, _key in enumerate(order.ranking))
        key = f"CASE {column} {cases} ELSE {len(order.ranking)} END"
        return f"{column} IS NULL, {key} {direction}, row", list(order.ranking)
    key = own.column(type_name, field, in_order=True)
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        key = f"CAST({column} AS REAL)"
    if field.required:
        return f"{key} {direction}, row", []
    return f"{column} IS NULL, {key} {direction}, row", []


def set_up_full_text(connection: sqlite3.Connection, type_name: str) -> None:
    """Keep SQLite from merging the full-text index by itself, which makes one edit in some hundred a slow
    one.
    """
    table = quoted(search_table(type_name))
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', 0)")


def merge_some(connection: sqlite3.Connection) -> bool:
    """Merge a little of each full-text index; True when something was merged."""
    before = connection.total_changes
    for kind in searched_types():
        table = quoted(search_table(kind.name))
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {_PAGES_TO_MERGE})")
    return connection.total_changes - before > len(searched_types())
