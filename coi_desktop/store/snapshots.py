"""Freezing records for a job, all at one revision."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from coi_desktop.models.fields import RecordType
from coi_desktop.models.own_fields import OWNER, own_spec
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.store.columns import columns, quoted
from coi_desktop.store.own_fields import put_in
from coi_desktop.store.values import Stored

_MANY = 500
_LEFT_OUT = ("import_source", "import_layout", "view", "not_duplicate")
"""What the program remembers for itself is no part of any figure."""


def take(
    connection: sqlite3.Connection, moment: datetime, initiative_ids: Sequence[str] | None, selection: str
) -> Snapshot:
    """The records of the register, or of some initiatives with all that hangs under them.

    Record types that belong to no initiative (the unit, imported cases) are always whole.
    """
    connection.execute("BEGIN")
    try:
        standing = standing_of(connection)
        records: dict[str, tuple[Record, ...]] = {}
        for kind in RECORD_TYPES.values():
            if kind.name not in _LEFT_OUT:
                records[kind.name] = _read(connection, kind, initiative_ids, records)
    finally:
        connection.execute("COMMIT")
    _put_own_values(records)
    return _frozen(standing, records, moment, selection)


def standing_of(connection: sqlite3.Connection) -> tuple[str, int]:
    """The register's UUID and the revision it stands at."""
    register_id, revision = connection.execute("SELECT uuid, generation FROM register").fetchone()
    return register_id, revision


def _frozen(
    standing: tuple[str, int], records: dict[str, tuple[Record, ...]], moment: datetime, selection: str
) -> Snapshot:
    unit = records["unit"][0]
    return Snapshot(standing[0], unit.id, unit.text("name"), standing[1], moment, records, selection)


def _put_own_values(records: dict[str, tuple[Record, ...]]) -> None:
    """Put the values of own fields into the initiatives of ``records``."""
    specs = [own_spec(one) for one in records["own_field"]]
    if not specs:
        return
    rows = [
        (one.id, one.text("initiative_id"), one.text("own_field_id"), one.text("value") or None)
        for one in records["own_value"]
    ]
    owners = {record.id: record for record in records[OWNER]}
    records[OWNER] = tuple(put_in(owners, rows, specs).values())


def _read(
    connection: sqlite3.Connection,
    kind: RecordType,
    initiative_ids: Sequence[str] | None,
    owners: dict[str, tuple[Record, ...]],
) -> tuple[Record, ...]:
    layout = columns(kind.name)
    select = f"SELECT {layout.select}, row FROM {quoted(kind.name)}"
    if initiative_ids is not None and kind.name == "initiative":
        rows = _chosen(connection, select, "id", initiative_ids)
    elif initiative_ids is not None and kind.parent:
        rows = _chosen(connection, select, kind.parent, [owner.id for owner in owners[kind.parent_type]])
    else:
        rows = connection.execute(f"{select} ORDER BY row").fetchall()
    return tuple(layout.records([row[:-1] for row in rows]))


def _chosen(
    connection: sqlite3.Connection, select: str, column: str, values: Sequence[str]
) -> list[tuple[Stored, ...]]:
    rows: list[tuple[Stored, ...]] = []
    for start in range(0, len(values), _MANY):
        some = values[start : start + _MANY]
        marks = ", ".join("?" for _ in some)
        rows += connection.execute(f"{select} WHERE {quoted(column)} IN ({marks})", some).fetchall()
    rows.sort(key=lambda row: row[-1])  # type: ignore[arg-type,return-value]  # the row number
    return rows
