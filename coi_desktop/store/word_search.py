"""Searching one record type by words: the beginnings of words in all its texts, any part of the short ones.

What a word finds is kept as a set of rows, so that the next letter only looks among what the last one found,
and an edit costs no more than the rows it touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import compress, count, repeat
from operator import contains
from typing import NamedTuple

from coi_desktop.models.changes import ChangeSet, RowChange
from coi_desktop.store import words_below
from coi_desktop.store.columns import PARTS_COLUMN, columns, quoted
from coi_desktop.store.row_sets import (
    RowSet,
    add_rows,
    all_of,
    either,
    read_columns,
    read_rows,
    with_changes,
    without,
)
from coi_desktop.store.schema import search_table

_LONGEST_WORD = 64
_MOST_WORDS = 48
_MOST_NARROWING = 3
_LETTERS = "etsapfbhkmvdolgirunjcyw0123456789zxq"  # the ones that Danish words begin with, often ones first
_PIECE = 5_000
_ALL = 10_000_000


class Hits(NamedTuple):
    """What one word finds: rows that may have it in a short text, and all rows that have it.

    The former are known exactly for single letters; for longer words they are the latter.
    """

    parts: RowSet
    rows: RowSet


class WordSearch:
    """Finds the rows of a searched record type by what users type, folded into words."""

    def __init__(self, connection: sqlite3.Connection, type_name: str) -> None:
        self._connection = connection
        self._type = type_name
        self._table = quoted(type_name)
        self._index = quoted(f"{type_name}_parts")
        self._full_text = quoted(search_table(type_name))
        self._texts: list[str] | None = None
        self._is_read = False
        self._below = words_below.texts_below(connection, type_name)
        self._known: dict[str, Hits] = {}
        self._letters: dict[str, Hits] = {}

    @property
    def texts(self) -> Sequence[str] | None:
        """The folded short texts by row number, when all of them are in memory; empty where no row is."""
        return self._texts if self._is_read else None

    def find(self, typed: Sequence[str]) -> RowSet | None:
        """The rows that have every one of the words; None when nothing was typed."""
        return all_of(self._hits(word[:_LONGEST_WORD]).rows for word in typed)

    def is_lost_by(self, changes: ChangeSet) -> bool:
        """Whether a commit may have changed what is found below any record: all is to be read anew."""
        return words_below.is_unknown(self._type, changes)

    def reworded(self, changes: ChangeSet) -> list[RowChange]:
        """The changed rows that may be found by other words now."""
        layout = columns(self._type)
        searched = {*layout.short_texts, *layout.long_texts}
        all_of_them = words_below.is_touched(self._type, changes)
        return [
            row
            for row in changes.rows
            if row.table == self._type
            and (all_of_them or row.before is None or row.after is None or not searched.isdisjoint(row.after))
        ]

    def catch_up(self, rows: Sequence[int]) -> None:
        """Take in that these rows were made, changed or dropped."""
        if self._texts is None:
            return
        for below in self._below:
            below.catch_up(rows)
        texts = dict.fromkeys(rows, "") | dict(self._read_texts(rows))
        words = dict.fromkeys(rows, "") | dict(self._read_words(rows))
        self._add_below(texts, rows)
        for row, text in words_below.read_words(self._connection, self._type, rows):
            words[row] = f"{words[row]} {text}"
        if self._is_read:
            self._texts.extend(repeat("", max(rows, default=0) + 1 - len(self._texts)))
        for row, text in texts.items():
            if row < len(self._texts):  # the others are still to be read
                self._texts[row] = text
        for known in (self._known, self._letters):
            for word, hits in known.items():
                parts = {row: word in text for row, text in texts.items()}
                begun = f" {word}"
                found = {row: parts[row] or begun in f" {words[row]}" for row in rows}
                now = with_changes(hits.rows, found)
                known[word] = Hits(with_changes(hits.parts, parts) if len(word) == 1 else now, now)

    def prepare(self) -> bool:
        """Do a little of what the first searches need: the short texts, then what each single letter finds.
        True when there is more to do.
        """
        if self._texts is None or not self._is_read:
            self._read_piece()
            return True
        if any(below.prepare() for below in self._below):
            return True
        letter = next((one for one in _LETTERS if one not in self._letters), None)
        if letter is None:
            return False
        self._letters[letter] = self._look_up(letter)
        return True

    def _hits(self, word: str) -> Hits:
        if word in self._letters:
            return self._letters[word]
        known = self._known.pop(word, None)
        if known is None:
            known = self._look_up(word)
            if len(word) == 1:
                self._letters[word] = known
                return known
        while len(self._known) >= _MOST_WORDS:
            del self._known[next(iter(self._known))]
        self._known[word] = known
        return known

    def _look_up(self, word: str) -> Hits:
        begun = add_rows(bytes(len(self._all_texts())), self._beginning_with(word))
        if len(word) == 1:
            parts = self._containing(word, self._among(word))
            return Hits(parts, either(parts, begun))
        # Where a word begins with it, nobody need look into the short texts: most rows, for most words.
        among = self._among(word)
        found = either(begun, self._containing(word, without(among, begun)))
        return Hits(found, found)

    def _among(self, word: str) -> RowSet:
        """Rows outside of which no short text has the word."""
        narrower = sorted((one for one in self._known if one in word), key=len, reverse=True)
        hits = [self._known[one] for one in narrower[:_MOST_NARROWING]]
        hits += [self._letters[letter] for letter in set(word) if letter in self._letters]
        among = all_of(one.parts for one in hits)
        return b"\1" * len(self._all_texts()) if among is None else among

    def _containing(self, word: str, among: RowSet) -> RowSet:
        texts = self._all_texts()
        fits = bytes(map(contains, compress(texts, among), repeat(word)))
        return add_rows(bytes(len(texts)), list(compress(compress(count(), among), fits)))

    def _beginning_with(self, word: str) -> list[int]:
        sql = f"SELECT rowid AS row FROM {self._full_text} WHERE {self._full_text} MATCH ?"
        rows = read_rows(self._connection, sql, (f'"{word}" *',))
        for below in self._below:
            rows += below.rows_beginning_with(word)
        return rows

    def _all_texts(self) -> list[str]:
        while self._texts is None or not self._is_read:
            self._read_piece(_ALL)
        return self._texts

    def _read_piece(self, most: int = _PIECE) -> None:
        """Read the next short texts: in one piece for whoever waits, in small ones for nobody."""
        if self._texts is None:
            self._texts = [""]
        start = len(self._texts)
        rows, texts = self._next_texts(start, most)
        if rows:
            self._texts.extend(repeat("", rows[-1] + 1 - start))
            for row, text in zip(rows, texts, strict=True):
                self._texts[row] = text
            whole = start == 1 and len(rows) < most
            self._add_below(self._texts, None if whole else range(rows[0], rows[-1] + 1))
        self._is_read = len(rows) < most

    def _next_texts(self, start: int, most: int) -> tuple[list[int], list[str]]:
        among = f"FROM {self._table} INDEXED BY {self._index} WHERE row >= ? ORDER BY row LIMIT {most:d}"
        sql = f"SELECT row, {PARTS_COLUMN} {among}"
        rows, texts = read_columns(self._connection, ("row", PARTS_COLUMN), sql, (start,))
        return list(map(int, rows)), texts

    def _add_below(self, texts: dict[int, str] | list[str], rows: Sequence[int] | None) -> None:
        for row, text in words_below.read_short_texts(self._connection, self._type, rows):
            texts[row] = f"{texts[row]} \n{text}"

    def _read_texts(self, rows: Sequence[int]) -> list[tuple[int, str]]:
        sql = f"SELECT row, {PARTS_COLUMN} FROM {self._table}{_among('row', rows)}"
        return self._connection.execute(sql, rows).fetchall()

    def _read_words(self, rows: Sequence[int]) -> list[tuple[int, str]]:
        sql = f"SELECT rowid, words FROM {self._full_text}{_among('rowid', rows)}"
        return self._connection.execute(sql, rows).fetchall()


def _among(column: str, rows: Sequence[int]) -> str:
    return f" WHERE {column} IN ({', '.join('?' for _row in rows)})"
