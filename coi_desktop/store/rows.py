"""Stored rows put in, changed and taken out in the open transaction, each noted with what stood there before.

What is derived from a row's values (sort keys, folded text, full text, checksum) is kept up here and nowhere
else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from coi_desktop.models.changes import RowChange
from coi_desktop.store.columns import CHECKSUM, ROW, Columns, columns, quoted
from coi_desktop.store.row_changes import UPDATED, is_only_touched, joined
from coi_desktop.store.schema import delete_words, insert_words, search_table
from coi_desktop.store.values import Stored, StoredRow

_MANY = 500


class Rows:
    """The rows that one transaction on ``connection`` changes."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._changes: dict[tuple[str, str], RowChange] = {}
        self._next_row: dict[str, int] = {}

    @property
    def changes(self) -> tuple[RowChange, ...]:
        """What changed so far, one entry a row; rows that ended as they began are left out."""
        return tuple([change for change in self._changes.values() if change.before or change.after])

    def find(self, layout: Columns, record_id: str) -> StoredRow | None:
        """The stored row with this id (its number under ``row``), or None."""
        row = self.connection.execute(layout.select_by_id, (record_id,)).fetchone()
        return None if row is None else dict(zip((ROW, *layout.names), row, strict=True))

    def find_many(self, layout: Columns, ids: Sequence[str]) -> dict[str, StoredRow]:
        """The stored rows with these ids, each as ``find`` gives it; ids that are not there are left out."""
        names = (ROW, *layout.names)
        found: dict[str, StoredRow] = {}
        for start in range(0, len(ids), _MANY):
            some = ids[start : start + _MANY]
            sql = f"{layout.select_with_id} WHERE id IN ({', '.join('?' * len(some))})"
            for record_id, *row in self.connection.execute(sql, some):
                found[record_id] = dict(zip(names, row, strict=True))
        return found

    def find_standing(self, layout: Columns, ids: Sequence[str]) -> frozenset[str]:
        """Which of these ids have a row."""
        found: set[str] = set()
        for start in range(0, len(ids), _MANY):
            some = ids[start : start + _MANY]
            sql = f"SELECT id FROM {layout.table} WHERE id IN ({', '.join('?' * len(some))})"
            found.update(record_id for (record_id,) in self.connection.execute(sql, some))
        return frozenset(found)

    def get(self, layout: Columns, record_id: str) -> StoredRow:
        """The stored row with this id; KeyError when there is none."""
        found = self.find(layout, record_id)
        if found is None:
            raise KeyError((layout.record_type.name, record_id))
        return found

    def insert(self, layout: Columns, rows: Sequence[tuple[str, StoredRow]]) -> None:
        """Put in new rows, given as (id, values of the filled fields, and ``row`` if it has its place)."""
        kind = layout.record_type
        derived_names = layout.derived_names
        full: list[tuple[Stored, ...]] = []
        found: list[tuple[Stored, str]] = []
        for record_id, row in rows:
            number = row.get(ROW) or self._place(kind.name, record_id)
            self._note(RowChange(kind.name, record_id, None, {ROW: number, **row}))
            derived = layout.derived(row) if derived_names else {}
            full.append(
                (
                    number,
                    record_id,
                    *map(row.get, layout.names),
                    *map(derived.__getitem__, derived_names),
                    layout.checksum(number, record_id, row),
                )
            )
            if layout.long_texts and (words := layout.found_words(row)):
                found.append((number, words))
        self.connection.executemany(layout.insert, full)
        if found:
            self.connection.executemany(insert_words(kind.name), found)

    def update(self, layout: Columns, record_id: str, before: StoredRow, after: StoredRow) -> None:
        """Give some fields of the row ``before`` (whole) the values in ``after``."""
        whole = {**before, **after}
        written = (
            after | layout.derived(whole, after) | {CHECKSUM: layout.checksum(before[ROW], record_id, whole)}
        )
        if not set(layout.long_texts).isdisjoint(after):
            self._update_words(layout, before[ROW], layout.found_words(whole))
        assignments = ", ".join([f"{quoted(name)} = ?" for name in written])
        self.connection.execute(
            f"UPDATE {layout.table} SET {assignments} WHERE row = ?", (*written.values(), before[ROW])
        )
        gone = {name: before[name] for name in after}
        self._note(RowChange(layout.record_type.name, record_id, gone, after))

    def update_many(
        self, layout: Columns, changes: Iterable[tuple[str, StoredRow, StoredRow]], common: StoredRow
    ) -> None:
        """Give many rows new values: as ``update`` with (id, the whole row from ``find_many``, values after).

        ``common`` are values that every one of them gets besides. Rows that get the same fields are written
        by one statement.
        """
        kind, searched = layout.record_type.name, frozenset(layout.long_texts)
        written: dict[tuple[str, ...], list[tuple[Stored, ...]]] = {}
        for record_id, before, given in changes:
            after = {**given, **common}
            whole = {**before, **after}
            if not searched.isdisjoint(after):
                self._update_words(layout, before[ROW], layout.found_words(whole))
            new = after
            if not layout.derived_from.isdisjoint(after):
                new = {**after, **layout.derived(whole, after)}
            values = (*new.values(), layout.checksum_in_order(record_id, whole), before[ROW])
            written.setdefault(tuple(new), []).append(values)
            self._note(RowChange(kind, record_id, {name: before[name] for name in after}, after))
        for names, rows in written.items():
            assignments = ", ".join([f"{quoted(name)} = ?" for name in (*names, CHECKSUM)])
            self.connection.executemany(f"UPDATE {layout.table} SET {assignments} WHERE row = ?", rows)

    def _update_words(self, layout: Columns, row: Stored, words: str) -> None:
        kind = layout.record_type.name
        table = quoted(search_table(kind))
        before = self.connection.execute(f"SELECT words FROM {table} WHERE rowid = ?", (row,)).fetchone()
        if before is None and words:
            self.connection.execute(insert_words(kind), (row, words))
        elif before is not None and not words:
            self.connection.execute(delete_words(kind), (row,))
        elif before is not None and before[0] != words:
            self.connection.execute(f"UPDATE {table} SET words = ? WHERE rowid = ?", (words, row))

    def delete(self, layout: Columns, record_id: str, before: StoredRow) -> None:
        """Take out the row ``before`` (whole)."""
        kind = layout.record_type
        if layout.long_texts:
            self.connection.execute(delete_words(kind.name), (before[ROW],))
        self.connection.execute(f"DELETE FROM {layout.table} WHERE row = ?", (before[ROW],))
        gone = {name: value for name, value in before.items() if value is not None}
        self._note(RowChange(kind.name, record_id, gone, None))

    def untouch(self, changes: Sequence[RowChange]) -> None:
        """Where nothing but the moment of change differs, put that moment back too."""
        for change in changes:
            if is_only_touched(change) and change.before is not None:
                layout = columns(change.table)
                row = self.get(layout, change.key)
                self.update(layout, change.key, row, {UPDATED: change.before[UPDATED]})

    def _note(self, change: RowChange) -> None:
        place = change[:2]
        earlier = self._changes.setdefault(place, change)
        if earlier is not change:
            self._changes[place] = joined(earlier, change)

    def _place(self, table: str, record_id: str) -> int:
        """The row number of a new record: past all that were there since the transaction began.

        A record dropped and made again in one transaction gets its old place, so that a row never moves.
        """
        dropped = self._changes.get((table, record_id))
        if dropped is not None and dropped.before is not None and dropped.after is None:
            return int(dropped.before[ROW] or 0)
        following = self._next_row.get(table)
        if following is None:
            top = self.connection.execute(f"SELECT max(row) FROM {quoted(table)}").fetchone()[0]
            taken = [change.before[ROW] for change in self._dropped(table) if change.before is not None]
            following = max(int(number or 0) for number in (top, *taken)) + 1
        self._next_row[table] = following + 1
        return following

    def _dropped(self, table: str) -> list[RowChange]:
        return [
            row for row in self._changes.values() if row.table == table and row.before and row.after is None
        ]
