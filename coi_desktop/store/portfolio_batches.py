"""The portfolio read a batch of initiatives at a time, with all below them that figures are made of.

A batch is a Snapshot that nobody keeps. What no figure of a portfolio looks at is not read: long texts, the
measurements between the first and the newest, and whole record types.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from coi_desktop.models.fields import FieldSpec, RecordType
from coi_desktop.models.own_fields import OWNER
from coi_desktop.models.points import INITIATIVE
from coi_desktop.models.record_types.table import RECORD_TYPES, record_type
from coi_desktop.models.records import Record, Snapshot, Value, Values
from coi_desktop.store.columns import ROW, Columns, columns, quoted
from coi_desktop.store.schema import lean_fields
from coi_desktop.store.snapshots import standing_of
from coi_desktop.store.values import Stored, load_value

_ROWS = 500
"""As many rows are read between two pauses, a few more with the last owner's."""

MEASUREMENT = "measurement"

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
    layout = _lean_columns()
    sql = (
        f"SELECT {layout.select}, row FROM {layout.table} INDEXED BY initiative_lean"
        f" WHERE row > ? ORDER BY row LIMIT {size}"
    )
    rows = connection.execute(sql, (last,)).fetchall()
    read = ((int(row[-1]), layout.record(row[:-1])) for row in rows)
    return [
        (number, Record(OWNER, one.id, _LookedUp(one.id, one.values, connection))) for number, one in read
    ]


@cache
def _lean_columns() -> Columns:
    """The columns of an initiative that stand in its narrow index."""
    whole = record_type(OWNER)
    return Columns(RecordType(OWNER, whole.da, whole.en, tuple(map(whole.field, lean_fields(whole)))))


def _iter_below(
    connection: sqlite3.Connection, type_name: str, records: dict[str, tuple[Record, ...]]
) -> Iterator[None]:
    """Put the records of a type that hang under those in ``records`` beside them, in stored order."""
    kind, layout = record_type(type_name), columns(type_name)
    owners = [record.id for record in records.get(kind.parent_type, ())]
    found: list[Sequence[Stored]] = []
    for some in _shared_out(connection, layout, owners):
        if type_name == MEASUREMENT:
            found += _read_deciding(connection, layout, some)
            yield None
            continue
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {layout.select}, row FROM {layout.table} WHERE {quoted(kind.parent)} IN ({marks})"
        found += connection.execute(sql, some).fetchall()
        yield None
    found.sort(key=lambda row: int(row[-1] or 0))
    records[type_name] = tuple(layout.records([row[:-1] for row in found]))


def _read_deciding(
    connection: sqlite3.Connection, layout: Columns, indicators: Sequence[str]
) -> list[Sequence[Stored]]:
    """The measurements that decide how far indicators have come.

    Of the initiative's own series these are the newest, those of the baseline's day and those without a day
    (``models.indicators.latest_point``, ``models.points.shown_points``); another series, and an indicator
    that is measured by groups, is read whole. What lies between is drawn in charts and decides nothing.
    """
    marks, own = ", ".join("?" * len(indicators)), f"ifnull(m.series, '') IN ('', '{INITIATIVE}')"
    selected = ", ".join(f"m.{quoted(name)}" for name in ("id", *layout.names, ROW))
    sql = (
        "WITH newest AS (SELECT m.indicator_id AS id, max(ifnull(m.subgroup, '') <> '') AS by_groups,"
        f" max(CASE WHEN m.value IS NOT NULL AND {own} THEN m.date END) AS day"
        f" FROM measurement m WHERE m.indicator_id IN ({marks}) GROUP BY 1)"
        f" SELECT {selected} FROM newest JOIN indicator ON indicator.id = newest.id"
        " JOIN measurement m ON m.indicator_id = newest.id"
        f" WHERE newest.by_groups OR NOT {own} OR m.date IS NULL"
        " OR m.date IN (newest.day, indicator.baseline_date)"
    )
    return connection.execute(sql, indicators).fetchall()


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


class _LookedUp(Mapping[str, Value]):
    """The values of an initiative: the short ones at hand, any other fetched when it is looked at."""

    __slots__ = ("_connection", "_id", "_known")

    def __init__(self, record_id: str, known: Values, connection: sqlite3.Connection) -> None:
        self._id = record_id
        self._known = known
        self._connection = connection

    def __getitem__(self, name: str) -> Value:
        try:
            return self._known[name]
        except KeyError:
            return self._fetch(record_type(OWNER).field(name))

    def __iter__(self) -> Iterator[str]:
        return iter(columns(OWNER).names)

    def __len__(self) -> int:
        return len(columns(OWNER).names)

    def _fetch(self, field: FieldSpec) -> Value:
        sql = f"SELECT {quoted(field.name)} FROM {columns(OWNER).table} WHERE id = ?"
        found = self._connection.execute(sql, (self._id,)).fetchone()
        return None if found is None else load_value(field, found[0])
