"""The portfolio read a batch of initiatives at a time, with all below them that figures are made of.

A batch is a Snapshot that nobody keeps: its values are worked out when they are looked at, so that a million
measurements cost what is asked of them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from coi_desktop.models.own_fields import OWNER
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Record, Snapshot, Value
from coi_desktop.store.columns import Columns, columns, quoted
from coi_desktop.store.schema import lean_fields
from coi_desktop.store.snapshots import standing_of
from coi_desktop.store.values import Stored

_ROWS = 500
"""As many rows are read between two pauses, a few more with the last owner's."""

_OWNERS = 500
"""The values in one query."""

NOT_IN_FIGURES = frozenset(
    (
        "view", "tag", "partner", "initiative_link", "gate", "not_duplicate", "status_report", "own_value",
        "attachment", "case", "case_part", "case_partner", "case_event", "case_funding", "case_measurement",
        "case_adopter", "case_attachment", "import_source", "import_layout",
    )
)  # fmt: skip
"""Record types that no figure and no reminder looks at; asking a batch for them is a mistake."""


class Batch(NamedTuple):
    """Some initiatives with what hangs under them, and how many have been read with these."""

    snapshot: Snapshot
    done: int


def iter_batches(
    connection: sqlite3.Connection, moment: datetime, size: int
) -> Generator[Batch | None, None, bool]:
    """All initiatives in stored order, ``size`` at a time; None where whoever reads may do other things.

    No transaction is held between two pieces. Gives True at the end; False, and no more batches, when the
    register was changed meanwhile.
    """
    standing = standing_of(connection)
    shared = _read_shared(connection)
    below = [kind.name for kind in RECORD_TYPES.values() if _is_below(connection, kind.name)]
    done, last = 0, 0
    while some := _read_initiatives(connection, last, size):
        records: dict[str, tuple[Record, ...]] = {**shared, OWNER: tuple(record for _row, record in some)}
        for name in below:
            yield from _iter_below(connection, name, records)
        if standing_of(connection) != standing:
            return False
        unit, done, last = records["unit"][0], done + len(some), some[-1][0]
        yield Batch(
            Snapshot(
                *(standing[0], unit.id, unit.text("name"), standing[1], moment, records),
                left_out=NOT_IN_FIGURES,
            ),
            done,
        )
    return standing_of(connection) == standing


def read_start(connection: sqlite3.Connection, moment: datetime) -> Snapshot:
    """What belongs to no initiative: the unit with its own words, its phases and its people."""
    standing, records = standing_of(connection), _read_shared(connection)
    unit = records["unit"][0]
    return Snapshot(
        *(standing[0], unit.id, unit.text("name"), standing[1], moment, records),
        left_out=NOT_IN_FIGURES | {OWNER},
    )


def _read_shared(connection: sqlite3.Connection) -> dict[str, tuple[Record, ...]]:
    """The records of every type that hangs under nothing."""
    found = {}
    for kind in RECORD_TYPES.values():
        if not kind.parent and kind.name != OWNER and kind.name not in NOT_IN_FIGURES:
            layout = columns(kind.name)
            rows = connection.execute(f"SELECT {layout.select} FROM {layout.table} ORDER BY row")
            found[kind.name] = tuple(map(layout.record, rows.fetchall()))
    return found


def _is_below(connection: sqlite3.Connection, type_name: str) -> bool:
    """Whether there are records of a type that hangs under initiatives, directly or not."""
    if type_name in NOT_IN_FIGURES or not record_type(type_name).parent:
        return False
    sql = f"SELECT EXISTS (SELECT 1 FROM {quoted(type_name)})"
    return bool(connection.execute(sql).fetchone()[0])


def _read_initiatives(connection: sqlite3.Connection, last: int, size: int) -> list[tuple[int, Record]]:
    """The next initiatives with their short fields, from the narrow index; the others are read when somebody
    looks at them.
    """
    layout = columns(OWNER)
    names = ("id", *lean_fields(layout.record_type))
    select = ", ".join(map(quoted, names))
    sql = (
        f"SELECT row, {select} FROM {layout.table} INDEXED BY initiative_lean"
        f" WHERE row > ? ORDER BY row LIMIT {size}"
    )
    places = {name: place for place, name in enumerate(names)}
    return [
        (int(row[0]), Record(OWNER, row[1], _LookedUp(layout, row[1:], places, connection)))
        for row in connection.execute(sql, (last,)).fetchall()
    ]


def _iter_below(
    connection: sqlite3.Connection, type_name: str, records: dict[str, tuple[Record, ...]]
) -> Iterator[None]:
    """Put the records of a type that hang under those in ``records`` beside them, in stored order."""
    kind, layout = record_type(type_name), columns(type_name)
    owners = [record.id for record in records.get(kind.parent_type, ())]
    places = _places_of(layout)
    found: list[Sequence[Stored]] = []
    for some in _shared_out(connection, layout, owners):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {layout.select}, row FROM {layout.table} WHERE {quoted(kind.parent)} IN ({marks})"
        found += connection.execute(sql, some).fetchall()
        yield None
    found.sort(key=lambda row: int(row[-1] or 0))
    records[type_name] = tuple(Record(type_name, str(row[0]), _Values(layout, row, places)) for row in found)


def _shared_out(
    connection: sqlite3.Connection, layout: Columns, owners: Sequence[str]
) -> Iterator[Sequence[str]]:
    """``owners`` of records of a type, so many at a time that they have some hundred; those without left
    out.
    """
    parent = quoted(layout.record_type.parent)
    for start in range(0, len(owners), _OWNERS):
        asked = owners[start : start + _OWNERS]
        marks = ", ".join("?" * len(asked))
        sql = f"SELECT {parent}, count(*) FROM {layout.table} WHERE {parent} IN ({marks}) GROUP BY 1"
        some: list[str] = []
        rows = 0
        for owner, count in connection.execute(sql, asked).fetchall():
            some.append(owner)
            rows += count
            if rows >= _ROWS:
                yield some
                some, rows = [], 0
        if some:
            yield some


def _places_of(layout: Columns) -> Mapping[str, int]:
    return {name: place for place, name in enumerate(("id", *layout.names))}


class _Values(Mapping[str, Value]):
    """The values of a stored row, each worked out when it is looked at; Problem ``damaged`` for one that is
    not what it must be.
    """

    __slots__ = ("_layout", "_places", "_row")

    def __init__(self, layout: Columns, row: Sequence[Stored], places: Mapping[str, int]) -> None:
        self._layout = layout
        self._row = row
        self._places = places

    def __getitem__(self, name: str) -> Value:
        stored = self._row[self._places[name]]
        return None if stored is None else self._layout.value(name, stored, self._row)

    def __iter__(self) -> Iterator[str]:
        return iter(self._layout.names)

    def __len__(self) -> int:
        return len(self._layout.names)


class _LookedUp(_Values):
    """The values of an initiative: the short ones at hand, any other fetched when it is looked at."""

    __slots__ = ("_connection",)

    def __init__(
        self,
        layout: Columns,
        row: Sequence[Stored],
        places: Mapping[str, int],
        connection: sqlite3.Connection,
    ) -> None:
        super().__init__(layout, row, places)
        self._connection = connection

    def __getitem__(self, name: str) -> Value:
        if name in self._places:
            return super().__getitem__(name)
        layout = self._layout
        sql = f"SELECT {quoted(layout.record_type.field(name).name)} FROM {layout.table} WHERE id = ?"
        found = self._connection.execute(sql, (self._row[0],)).fetchone()
        return None if found is None or found[0] is None else layout.value(name, found[0], self._row)
