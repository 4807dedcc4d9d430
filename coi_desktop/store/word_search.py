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

from coi_desktop.store import words_below
from coi_desktop.store.columns import PARTS_COLUMN, quoted
from coi_desktop.store.row_sets import RowSet, add_rows, all_of, read_rows, with_changes
from coi_desktop.store.schema import search_table

_LONGEST_WORD = 64
_MOST_WORDS = 48
_MOST_NARROWING = 3
_BETWEEN = "\x1e"
"""What parts the texts of two records when they are read; clean text holds no control characters."""


class Hits(NamedTuple):
    """What one word finds: rows with it in a short text, and all rows that have it."""

    parts: RowSet
    rows: RowSet


class WordSearch:
    """Finds the rows of a searched record type by what users type, folded into words."""

    def __init__(self, connection: sqlite3.Connection, type_name: str) -> None:
        self._connection = connection
        self._type = type_name
        self._table = quoted(type_name)
        self._full_text = quoted(search_table(type_name))
        self._texts: list[str] | None = None
        self._known: dict[str, Hits] = {}

    def find(self, typed: Sequence[str]) -> RowSet | None:
        """The rows that have every one of the words; None when nothing was typed."""
        return all_of(self._hits(word[:_LONGEST_WORD]).rows for word in typed)

    def catch_up(self, rows: Sequence[int]) -> None:
        """Take in that these rows were made, changed or dropped."""
        if self._texts is None:
            return
        texts = dict.fromkeys(rows, "") | dict(self._read_texts(rows))
        words = dict.fromkeys(rows, "") | dict(self._read_words(rows))
        self._add_below(texts, rows)
        for row, text in words_below.read_words(self._connection, self._type, rows):
            words[row] = f"{words[row]} {text}"
        missing = max(rows, default=0) + 1 - len(self._texts)
        self._texts.extend(repeat("", missing))
        for row, text in texts.items():
            self._texts[row] = text
        for word, hits in self._known.items():
            parts = {row: word in text for row, text in texts.items()}
            begun = f" {word}"
            found = {row: parts[row] or begun in f" {words[row]}" for row in rows}
            self._known[word] = Hits(with_changes(hits.parts, parts), with_changes(hits.rows, found))

    def prepare(self) -> None:
        """Read the short texts, so that the first search need not."""
        self._all_texts()

    def _hits(self, word: str) -> Hits:
        known = self._known.pop(word, None)
        if known is None:
            parts = self._containing(word)
            known = Hits(parts, add_rows(parts, self._beginning_with(word)))
        while len(self._known) >= _MOST_WORDS:
            del self._known[next(iter(self._known))]
        self._known[word] = known
        return known

    def _containing(self, word: str) -> RowSet:
        texts = self._all_texts()
        narrower = sorted((one for one in self._known if one in word), key=len, reverse=True)
        among = all_of(self._known[one].parts for one in narrower[:_MOST_NARROWING])
        if among is None:
            return bytes(map(contains, texts, repeat(word)))
        found = [row for row in compress(count(), among) if word in texts[row]]
        return add_rows(bytes(len(texts)), found)

    def _beginning_with(self, word: str) -> list[int]:
        sql = f"SELECT rowid AS row FROM {self._full_text} WHERE {self._full_text} MATCH ?"
        rows = read_rows(self._connection, sql, (f'"{word}" *',))
        return rows + words_below.rows_beginning_with(self._connection, self._type, word)

    def _all_texts(self) -> list[str]:
        if self._texts is None:
            rows = read_rows(self._connection, f"SELECT row FROM {self._table} ORDER BY row")
            texts = self._joined_texts().split(_BETWEEN)
            if rows == list(range(1, len(texts) + 1)):
                self._texts = ["", *texts]
            else:
                found = zip(rows, texts, strict=True) if len(rows) == len(texts) else self._read_texts()
                self._texts = [""] * (max(rows, default=0) + 1)
                for row, text in found:
                    self._texts[row] = text
            self._add_below(self._texts, None)
        return self._texts

    def _add_below(self, texts: dict[int, str] | list[str], rows: Sequence[int] | None) -> None:
        for row, text in words_below.read_short_texts(self._connection, self._type, rows):
            texts[row] = f"{texts[row]} \n{text}"

    def _joined_texts(self) -> str:
        sql = f"SELECT group_concat({PARTS_COLUMN}, char({ord(_BETWEEN)})) FROM"
        ordered = f"(SELECT {PARTS_COLUMN} FROM {self._table} ORDER BY row)"
        return self._connection.execute(f"{sql} {ordered}").fetchone()[0] or ""

    def _read_texts(self, rows: Sequence[int] | None = None) -> list[tuple[int, str]]:
        sql = f"SELECT row, {PARTS_COLUMN} FROM {self._table}{_among('row', rows)}"
        return self._connection.execute(sql, rows or ()).fetchall()

    def _read_words(self, rows: Sequence[int]) -> list[tuple[int, str]]:
        sql = f"SELECT rowid, words FROM {self._full_text}{_among('rowid', rows)}"
        return self._connection.execute(sql, rows).fetchall()


def _among(column: str, rows: Sequence[int] | None) -> str:
    return "" if rows is None else f" WHERE {column} IN ({', '.join('?' for _row in rows)})"
