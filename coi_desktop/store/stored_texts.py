"""Every text that a register holds, one by one: of its records, of its history, of the names of its steps."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from coi_desktop.models.fields import Kind
from coi_desktop.models.person_fields import OWN_PERSON, PERSON_FIELDS
from coi_desktop.models.record_types.table import FILE_TYPES, RECORD_TYPES, record_type
from coi_desktop.store.columns import ROW, columns, quoted

_TEXTS = (Kind.TEXT, Kind.LONG, Kind.CHOICE, Kind.CHOICES, Kind.RANK)
_MANY = 2_000


class StoredText(NamedTuple):
    """A text and where it stands: record type, id, field; with a revision it stands in that step of history.

    A text of the step itself has no record type and no id.
    """

    table: str
    key: str
    field: str
    text: str
    revision: int = 0


@cache
def text_fields(type_name: str) -> tuple[str, ...]:
    """The names of the fields of a record type that hold text; numbers, dates and references do not."""
    return tuple(
        field.name
        for field in record_type(type_name).fields
        if field.kind in _TEXTS and field.name != "sha256"
    )


def iter_texts(connection: sqlite3.Connection) -> Iterator[StoredText]:
    """Every text of every record, of the history and of its steps."""
    yield from iter_record_texts(connection)
    for _row, revision, table, key, before, after in iter_changes(connection):
        fields = set(text_fields(table)) if table in RECORD_TYPES else set()
        for values in (before, after):
            for name, text in (values or {}).items():
                if name in fields and isinstance(text, str):
                    yield StoredText(table, key, name, text, revision)
    for revision, detail, source in connection.execute("SELECT revision, detail, source FROM step"):
        for name, text in (("detail", detail), ("source", source)):
            if text:
                yield StoredText("", "", name, text, revision)


def iter_record_texts(connection: sqlite3.Connection) -> Iterator[StoredText]:
    """Every text of every record."""
    for name in RECORD_TYPES:
        for _row, record_id, texts in iter_rows(connection, name):
            for field, text in texts.items():
                yield StoredText(name, record_id, field, text)


def iter_rows(connection: sqlite3.Connection, type_name: str) -> Iterator[tuple[int, str, Mapping[str, str]]]:
    """Row number, id and texts of every record of a type. What was given out may be changed meanwhile."""
    names = text_fields(type_name)
    select = ", ".join(map(quoted, (ROW, "id", *names)))
    sql = f"SELECT {select} FROM {columns(type_name).table} WHERE row > ? ORDER BY row LIMIT {_MANY}"
    for row in _pages(lambda last: connection.execute(sql, (last,)).fetchall()):
        yield (
            row[0],
            row[1],
            {name: text for name, text in zip(names, row[2:], strict=True) if isinstance(text, str)},
        )


def iter_changes(
    connection: sqlite3.Connection,
) -> Iterator[tuple[int, int, str, str, dict[str, Any] | None, dict[str, Any] | None]]:
    """Every changed row of history: its row number, revision, record type, id, values before and after."""
    sql = (
        'SELECT row, revision, record, key, "before", "after" FROM change'
        f" WHERE row > ? ORDER BY row LIMIT {_MANY}"
    )
    for row, revision, table, key, before, after in _pages(
        lambda last: connection.execute(sql, (last,)).fetchall()
    ):
        yield row, revision, table, key, _loaded(before), _loaded(after)


class StoredRecord(NamedTuple):
    """A record as it is stored, or as the history keeps one that was removed."""

    id: str
    values: Mapping[str, Any]
    is_removed: bool = False
    table: str = "attachment"


def iter_attachments(connection: sqlite3.Connection) -> Iterator[StoredRecord]:
    """Every attachment, of an initiative or of a case, as it is now, and every earlier state of one that the
    history holds.
    """
    for table in FILE_TYPES:
        layout = columns(table)
        present: set[str] = set()
        for row in connection.execute(f"SELECT {layout.select} FROM {layout.table}").fetchall():
            present.add(row[0])
            yield StoredRecord(row[0], dict(zip(layout.names, row[1:], strict=True)), table=table)
        changes = connection.execute(
            'SELECT key, "before", "after" FROM change WHERE record = ?', (table,)
        ).fetchall()
        for key, before, after in changes:
            for values in (_loaded(before), _loaded(after)):
                if values:
                    yield StoredRecord(key, values, key not in present, table)


def count_names(connection: sqlite3.Connection) -> Counter[str]:
    """The names that stand in the fields for a person, each with how often."""
    found: Counter[str] = Counter()
    for table, field in PERSON_FIELDS:
        name = quoted(field)
        found.update(
            dict(
                connection.execute(
                    f"SELECT {name}, count(*) FROM {quoted(table)} WHERE {name} IS NOT NULL GROUP BY {name}"
                ).fetchall()
            )
        )
    found.update(
        dict(
            connection.execute(
                "SELECT value, count(*) FROM own_value WHERE value IS NOT NULL AND own_field_id IN"
                " (SELECT id FROM own_field WHERE kind = ?) GROUP BY value",
                (OWN_PERSON,),
            ).fetchall()
        )
    )
    return found


def _pages(read: Callable[[int], list[tuple[Any, ...]]]) -> Iterator[tuple[Any, ...]]:
    last = -(2**62)
    while page := read(last):
        yield from page
        last = page[-1][0]


def _loaded(text: str | None) -> dict[str, Any] | None:
    return None if text is None else json.loads(text)
