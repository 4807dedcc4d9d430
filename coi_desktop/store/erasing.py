"""Erasing for good: texts rewritten and records taken out everywhere, in the history too, and nothing left in
free pages.

Rows and history get the same new texts, so that undo and redo of everything else still find what they left.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from coi_desktop.models.changes import RowChange
from coi_desktop.models.erasure_list import ErasedKey
from coi_desktop.models.fields import Kind
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import checksum, columns, quoted
from coi_desktop.store.rows import Rows
from coi_desktop.store.schema import search_table, searched_types
from coi_desktop.store.stored_texts import iter_changes, iter_rows, text_fields
from coi_desktop.store.wiping import BEGUN

_STEP_TEXTS = ("detail", "source", "merge_key")
_STEP_COLUMNS = "revision, at, since, op, message, detail, source, kind, target, merge_key"


class Erasure(NamedTuple):
    """What is to be erased.

    ``rewrite`` gives a text without the person, always the same for the same text; ``dropped`` names records
    by type that go with all their history; ``keys`` are remembered, so that no older copy brings them back.
    """

    rewrite: Callable[[str], str]
    dropped: Mapping[str, frozenset[str]]
    keys: tuple[ErasedKey, ...] = ()


class Erased(NamedTuple):
    """What was erased: the rows that changed, and how many rows of history, and steps, were rewritten."""

    rows: tuple[RowChange, ...]
    history_rows: int
    steps: int


def erase_in(connection: sqlite3.Connection, erasure: Erasure) -> Erased:
    """Erase within the open transaction. ``wiping.wipe`` must follow its commit."""
    rows = Rows(connection)
    _drop_records(rows, erasure)
    _rewrite_records(rows, erasure)
    history_rows = _rewrite_changes(connection, erasure)
    steps = _rewrite_steps(connection, erasure)
    for kind in searched_types():  # the index keeps deleted words until it is made anew
        table = quoted(search_table(kind.name))
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    remember(connection, erasure.keys)
    return Erased(rows.changes, history_rows, steps)


def _drop_records(rows: Rows, erasure: Erasure) -> None:
    for name, ids in erasure.dropped.items():
        layout = columns(name)
        for other, field in _references_to(name):
            holder = columns(other)
            for record_id in sorted(ids):
                found = rows.connection.execute(
                    f"SELECT id FROM {holder.table} WHERE {quoted(field)} = ?", (record_id,)
                ).fetchall()
                for (other_id,) in found:
                    rows.update(holder, other_id, rows.get(holder, other_id), {field: None})
        for record_id in sorted(ids):
            before = rows.find(layout, record_id)
            if before is not None:
                rows.delete(layout, record_id, before)


def _references_to(name: str) -> list[tuple[str, str]]:
    return [
        (kind.name, field.name)
        for kind in RECORD_TYPES.values()
        for field in kind.fields
        if field.kind is Kind.REFERENCE and field.target == name
    ]


def _rewrite_records(rows: Rows, erasure: Erasure) -> None:
    for name in RECORD_TYPES:
        layout = columns(name)
        for _row, record_id, texts in iter_rows(rows.connection, name):
            after = {field: new for field, text in texts.items() if (new := erasure.rewrite(text)) != text}
            if after:
                rows.update(layout, record_id, rows.get(layout, record_id), dict(after))


def _rewrite_changes(connection: sqlite3.Connection, erasure: Erasure) -> int:
    from orjson import dumps

    references = {
        (other, field): ids for name, ids in erasure.dropped.items() for other, field in _references_to(name)
    }
    rewritten = 0
    for row, revision, table, key, before, after in iter_changes(connection):
        if key in erasure.dropped.get(table, ()):
            connection.execute("DELETE FROM change WHERE row = ?", (row,))
            rewritten += 1
            continue
        new = [_rewritten(table, values, erasure, references) for values in (before, after)]
        if new != [before, after]:
            stored = [None if values is None else dumps(values).decode() for values in new]
            connection.execute(
                'UPDATE change SET "before" = ?, "after" = ?, checksum = ? WHERE row = ?',
                (*stored, checksum((revision, table, key, *stored)), row),
            )
            rewritten += 1
    return rewritten


def _rewritten(
    table: str,
    values: dict[str, Any] | None,
    erasure: Erasure,
    references: Mapping[tuple[str, str], frozenset[str]],
) -> dict[str, Any] | None:
    if values is None:
        return None
    fields = text_fields(table) if table in RECORD_TYPES else ()
    new = dict(values)
    for name, value in values.items():
        if value in references.get((table, name), ()):
            new[name] = None
        elif isinstance(value, str) and name in fields:
            new[name] = erasure.rewrite(value)
    return new


def _rewrite_steps(connection: sqlite3.Connection, erasure: Erasure) -> int:
    names = _STEP_COLUMNS.split(", ")
    rewritten = 0
    for row in connection.execute(f"SELECT {_STEP_COLUMNS} FROM step").fetchall():
        step = dict(zip(names, row, strict=True))
        for name in _STEP_TEXTS:
            if step[name]:
                step[name] = erasure.rewrite(step[name])
        new = tuple(step.values())
        if new != row:
            connection.execute(
                "UPDATE step SET detail = ?, source = ?, merge_key = ?, checksum = ? WHERE revision = ?",
                (*(step[name] for name in _STEP_TEXTS), checksum(new), row[0]),
            )
            rewritten += 1
    return rewritten


def remember(connection: sqlite3.Connection, keys: tuple[ErasedKey, ...]) -> None:
    """Keep the keys of what was erased in the register itself; a wipe of free pages is due then."""
    connection.executemany(
        "INSERT INTO erasure (at, salt, words, first, hash, state, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(*key, BEGUN, checksum(key)) for key in keys],
    )


def read_erased_keys(connection: sqlite3.Connection) -> tuple[ErasedKey, ...]:
    """The keys of all that was erased here."""
    return tuple(
        ErasedKey(*row)
        for row in connection.execute("SELECT at, salt, words, first, hash FROM erasure ORDER BY row")
    )


def find_damaged_keys(connection: sqlite3.Connection) -> int:
    """How many of the erased keys are not as they were written."""
    rows = connection.execute("SELECT at, salt, words, first, hash, checksum FROM erasure")
    return sum(checksum(row[:-1]) != row[-1] for row in rows)
