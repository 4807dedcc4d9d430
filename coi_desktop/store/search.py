"""Finding and ordering records: the beginnings of words in all text, any part of the short texts, Danish
order.

The full-text MATCH is built here and nowhere else; what users type is only ever quoted words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import compress, count
from typing import TYPE_CHECKING

from coi_desktop.models.changes import ChangeSet, RowChange
from coi_desktop.models.folding import words
from coi_desktop.models.found import Found, RowNumbers, row_numbers
from coi_desktop.models.own_fields import OWNER, is_own
from coi_desktop.models.query import Query
from coi_desktop.store.columns import ROW, columns, quoted
from coi_desktop.store.orders import Ordering, Orders
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.row_sets import FEW_ROWS, RowSet, both
from coi_desktop.store.schema import search_table, searched_types
from coi_desktop.store.value_columns import ValueColumns

if TYPE_CHECKING:
    from coi_desktop.store.selections import Selections
    from coi_desktop.store.word_search import WordSearch

_FIRST = 256
"""So many rows of an order are worked out first: more than any screen shows."""
_MANY = 200
_SMALL_PART = 10
"""A tenth of a table is read row by row faster than the whole of it."""
_PAGES_TO_MERGE = 64
_MOST_PIECES = 1999
"""The most that SQLite takes; each commit that changes words makes one."""


class Finder:
    """Answers queries on one connection. Orders, and what conditions and words select, are kept between
    keystrokes.

    A first list has an order and nothing else: what answers conditions and words is made, and its modules
    are imported, when somebody asks for that.
    """

    def __init__(self, connection: sqlite3.Connection, own: OwnFields) -> None:
        self._connection = connection
        self._own = own
        self._columns = ValueColumns(connection, own)
        self._orders = Orders(connection, own, self._columns)
        self._searches: dict[str, WordSearch] = {}
        self._selections: Selections | None = None

    def forget(self) -> None:
        """Forget everything that is kept."""
        self._columns.forget()
        self._orders.forget()
        if self._selections is not None:
            self._selections.forget()
        self._searches.clear()

    def find(self, query: Query) -> Found:
        """The rows that fit, in the order asked for; days and names have been put in for what is relative."""
        ordering = Ordering(query.type_name, query.order, query.grouping)
        chosen = self._chosen_of_all(query)
        total = self._count_all(query.type_name) if chosen is None else chosen.count(1)
        if chosen is not None and not ordering.fields:
            return Found.of(self._ordered(ordering, chosen))
        if chosen is not None and self._orders.is_quick(ordering):
            picker = self._orders.picker(ordering)
            if total > _FIRST:
                return Found(total, picker.iterate(chosen), partial(picker.pick, chosen))
            return Found.of(picker.pick(chosen))
        if self._orders.is_quick(ordering):
            return Found.of(self._orders.rows(ordering))
        first = self._orders.first(ordering, _FIRST, chosen)
        if total <= len(first):
            return Found.of(first)
        return Found(total, iter(first), partial(self._ordered, ordering, chosen), is_lasting=False)

    def _ordered(self, ordering: Ordering, chosen: RowSet | None) -> RowNumbers[int]:
        """All rows in an order, or those chosen."""
        if chosen is None:
            return self._orders.rows(ordering)
        if not ordering.fields:
            return row_numbers(compress(count(), chosen))
        return self._orders.picker(ordering).pick(chosen)

    def count(self, query: Query) -> int:
        """How many records fit; their order costs nothing here."""
        chosen = self._chosen(query)
        return self._count_all(query.type_name) if chosen is None else chosen.count(1)

    def find_ids(self, query: Query) -> list[str]:
        """Ids of the records that fit, in the order asked for."""
        ordering = Ordering(query.type_name, query.order, query.grouping)
        rows = self._ordered(ordering, self._chosen_of_all(query))
        ids = self.ids_of(query.type_name, rows)
        return [ids[row] for row in rows if row in ids]

    def ids_of(self, type_name: str, rows: RowNumbers[int]) -> dict[int, str]:
        """Ids by row number: of these rows, or of all where they are no small part of the table."""
        statement = f"SELECT row, id FROM {quoted(type_name)}"
        if len(rows) > _MANY and len(rows) * _SMALL_PART > self._greatest_row(type_name):
            return dict(self._connection.execute(statement))
        ids: dict[int, str] = {}
        for start in range(0, len(rows), _MANY):
            some = rows[start : start + _MANY]
            among = ", ".join("?" * len(some))
            ids.update(self._connection.execute(f"{statement} WHERE row IN ({among})", some))
        return ids

    def iter_order(self, query: Query) -> Iterator[None]:
        """Work out the whole order of a query some milliseconds at a time."""
        return self._orders.iter_slices(Ordering(query.type_name, query.order, query.grouping))

    def takes_long(self, query: Query) -> bool:
        """Whether it takes long to find out what fits: then ``iter_slices`` comes first."""
        if self._awaited(query) is not None:
            return True
        return bool(query.conditions) and self._select().is_slow(query.type_name, query.conditions)

    def iter_slices(self, query: Query) -> Iterator[float]:
        """Work out what fits some milliseconds at a time: how much of it is done, up to 1."""
        while (read := self._awaited(query)) is not None:
            read()
            yield 0.0
        if query.conditions:
            yield from self._select().iter_slices(query.type_name, query.conditions)

    def iter_counts(self, query: Query) -> Iterator[int]:
        """How many records fit the conditions alone, counted slice by slice: the number so far."""
        return self._select().iter_counts(query)

    def _awaited(self, query: Query) -> Callable[[], bool] | None:
        """What reads a piece of what search and order need in memory; None when nothing is to be read."""
        kind = query.type_name
        if self._greatest_row(kind) <= FEW_ROWS:
            return None
        if columns(kind).long_texts and words(query.search) and self._texts(kind) is None:
            return self._search(kind).prepare
        names = [order.field for order in (query.order, query.grouping) if order is not None]
        own = next((name for name in names if is_own(name) and self._columns.is_awaited(kind, name)), None)
        return None if own is None else partial(self._columns.prepare, kind, own)

    def prepare_search(self, type_name: str) -> bool:
        """Do a little of what the first searches of a type need; True when there is more to do."""
        return (
            self._search(type_name).prepare()
            or self._columns.prepare(type_name)
            or self._select().prepare(type_name)
        )

    # What fits

    def _chosen_of_all(self, query: Query) -> RowSet | None:
        """``_chosen``, as long as the table."""
        chosen = self._chosen(query)
        return None if chosen is None else chosen.ljust(self._greatest_row(query.type_name) + 1, b"\0")

    def _chosen(self, query: Query) -> RowSet | None:
        """The rows that fit conditions and search; None where there are neither."""
        selected = self._select().rows(query.type_name, query.conditions) if query.conditions else None
        found = None
        if columns(query.type_name).long_texts and (typed := words(query.search)):
            found = self._search(query.type_name).find(typed)
        if found is None or selected is None:
            return selected if found is None else found
        return both(selected, found)

    def _select(self) -> Selections:
        if self._selections is None:
            from coi_desktop.store.selections import Selections

            self._selections = Selections(self._connection, self._own, self._texts, self._columns)
        return self._selections

    def _search(self, type_name: str) -> WordSearch:
        search = self._searches.get(type_name)
        if search is None:
            from coi_desktop.store.word_search import WordSearch

            search = self._searches[type_name] = WordSearch(self._connection, type_name)
        return search

    def _texts(self, type_name: str) -> Sequence[str] | None:
        search = self._searches.get(type_name)
        return None if search is None else search.texts

    def _count_all(self, type_name: str) -> int:
        return int(self._connection.execute(f"SELECT count(*) FROM {quoted(type_name)}").fetchone()[0])

    def _greatest_row(self, type_name: str) -> int:
        return int(self._connection.execute(f"SELECT max(row) FROM {quoted(type_name)}").fetchone()[0] or 0)

    # What changed

    def catch_up(self, changes: ChangeSet) -> None:
        """Bring what is kept up to date with a commit; an edit costs no more than the rows it touched."""
        self._columns.catch_up(changes, lambda query: self._moved_rows(query, changes))
        self._orders.notice_change()
        for ordering in self._orders.orderings():
            query = Query(ordering.type_name, order=ordering.order, grouping=ordering.grouping)
            if _may_move(query, changes):
                rows = self._moved_rows(query, changes)
                if rows is None:
                    self._orders.drop(ordering)
                else:
                    self._orders.move(ordering, rows)
        for type_name, search in list(self._searches.items()):
            if search.is_lost_by(changes):
                del self._searches[type_name]
                continue
            rows = self._row_numbers(type_name, search.reworded(changes))
            if rows is None:
                del self._searches[type_name]
            elif rows:
                search.catch_up(rows)
        if self._selections is not None:
            self._selections.catch_up(changes, self._moved_rows)

    def _moved_rows(self, query: Query, changes: ChangeSet) -> list[int] | None:
        """The rows that a change may have moved in the answer to a query; None when that is not known, or
        when they are many.
        """
        from coi_desktop.store.owners import TABLES, changed_owners  # nothing changes before a window

        rows: list[int] | None
        found: set[int] = set()
        for table in {row.table for row in changes.rows}:
            some = [row for row in changes.rows if row.table == table]
            if not _may_move(query, changes._replace(rows=tuple(some))):
                continue
            if table == query.type_name:
                rows = self._row_numbers(table, some)
            elif query.type_name == OWNER and table in ("own_value", *TABLES):
                rows = changed_owners(self._connection, table, some)
            else:
                return None
            if rows is None:
                return None
            found.update(rows)
        return sorted(found) if len(found) <= _MANY else None

    def _row_numbers(self, type_name: str, changes: Sequence[RowChange]) -> list[int] | None:
        """The numbers of changed rows; None when they are many."""
        if len(changes) > _MANY:
            return None
        found = {row.key: (row.after or row.before or {}).get(ROW) for row in changes}
        unknown = [key for key, number in found.items() if number is None]
        if unknown:
            sql = f"SELECT id, row FROM {quoted(type_name)} WHERE id IN ({', '.join('?' * len(unknown))})"
            found.update(self._connection.execute(sql, unknown))
        return [int(number) for number in found.values() if number is not None]


def _may_move(query: Query, changes: ChangeSet) -> bool:
    from coi_desktop.store.conditions import may_move  # nothing changes on the way to the first window

    return may_move(query, changes)


def set_up_full_text(connection: sqlite3.Connection, type_name: str) -> None:
    """Keep SQLite from merging the full-text index by itself, which makes one edit in some hundred a slow
    one: neither a little with every write, nor all of a level when it holds sixteen pieces.
    """
    table = quoted(search_table(type_name))
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('automerge', 0)")
    connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('crisismerge', {_MOST_PIECES})")


def merge_some(connection: sqlite3.Connection) -> bool:
    """Merge a little of each full-text index; True when something was merged."""
    before = connection.total_changes
    for kind in searched_types():
        table = quoted(search_table(kind.name))
        connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', {_PAGES_TO_MERGE})")
    return connection.total_changes - before > len(searched_types())
