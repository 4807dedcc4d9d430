"""Values of own fields as changes of their initiatives: written as rows of their own, told as fields."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from coi_desktop.models.changes import HistoryStep, RowChange
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.own_fields import OWNER, is_own, own_name
from coi_desktop.models.records import Value, Values
from coi_desktop.store.own_fields import store_own

TABLE = "own_value"
_MANY = 500

_Place = tuple[str, str]
"""The initiative and the own field that a value belongs to, by their ids."""


def split(values: Values) -> tuple[dict[str, Value], dict[str, Value]]:
    """Values of an initiative apart: those of its record type, and those of own fields."""
    own = {name: value for name, value in values.items() if is_own(name)}
    return {name: value for name, value in values.items() if name not in own}, own


class RowPlan(NamedTuple):
    """What is to become of the rows of own values: new ones, changed ones by id, ids of those that are
    emptied, and the initiatives whose values stand otherwise.
    """

    made: list[Values]
    changed: dict[str, Values]
    emptied: list[str]
    owners: frozenset[str]


def plan_rows(
    connection: sqlite3.Connection, known: Mapping[str, tuple[str, FieldSpec]], changes: Mapping[str, Values]
) -> RowPlan:
    """How the rows must change for own values, given by initiative; KeyError for a field that is not known.

    Values that are one and the same object are looked at once.
    """
    stored = {
        id(values): [(known[name][0], store_own(known[name][1], value)) for name, value in values.items()]
        for values in changes.values()
    }
    sql = f"SELECT initiative_id, own_field_id, id, value FROM {TABLE} WHERE initiative_id IN "
    found = {row[:2]: row[2:] for row in _some(connection, sql, list(changes))}
    made: list[Values] = []
    changed: dict[str, Values] = {}
    emptied: list[str] = []
    owners: set[str] = set()
    for owner, values in changes.items():
        for field_id, value in stored[id(values)]:
            value_id, standing = found.get((owner, field_id), ("", None))
            if value == standing:
                continue
            owners.add(owner)
            if value is None:
                emptied.append(value_id)
            elif value_id:
                changed[value_id] = {"value": value}
            else:
                made.append({"initiative_id": owner, "own_field_id": field_id, "value": value})
    return RowPlan(made, changed, emptied, frozenset(owners))


def told(connection: sqlite3.Connection, rows: tuple[RowChange, ...]) -> tuple[RowChange, ...]:
    """The changed rows of a commit as they are announced: with every changed value of an own field as a
    changed field of its initiative too.
    """
    if not any(row.table == TABLE for row in rows):
        return rows
    return _with_fields(rows, _places(connection, rows))


def as_fields(
    connection: sqlite3.Connection, steps: Sequence[HistoryStep], record_id: str | None
) -> tuple[HistoryStep, ...]:
    """Steps of history with values of own fields as fields of their initiatives, not as rows of their own.

    With ``record_id`` the steps are those of one record, and get what they changed of its own fields.
    """
    own: dict[int, list[RowChange]] = {}
    if record_id is not None:
        own = _changes_of(connection, record_id)
    elif not any(row.table == TABLE for step in steps for row in step.rows):
        return tuple(steps)
    rows = [row for step in steps for row in (*step.rows, *own.get(step.revision, ()))]
    places = _places(connection, rows)
    if record_id is not None:
        places = {key: place for key, place in places.items() if record_id in (place[0], key)}
    told_steps = []
    for step in steps:
        known = {(row.table, row.key): row for row in (*step.rows, *own.get(step.revision, ()))}
        fields = _with_fields(known.values(), places)
        told_steps.append(step._replace(rows=tuple(row for row in fields if row.table != TABLE)))
    return tuple(told_steps)


def _with_fields(rows: Iterable[RowChange], places: Mapping[str, _Place]) -> tuple[RowChange, ...]:
    found = {(row.table, row.key): row for row in rows}
    for row in list(found.values()):
        if row.table != TABLE or row.key not in places:
            continue
        initiative_id, field_id = places[row.key]
        name = own_name(field_id)
        old, new = ({name: (values or {}).get("value")} for values in (row.before, row.after))
        standing = found.get((OWNER, initiative_id), RowChange(OWNER, initiative_id, {}, {}))
        found[(OWNER, initiative_id)] = RowChange(
            OWNER,
            initiative_id,
            None if standing.before is None else {**standing.before, **old},
            None if standing.after is None else {**standing.after, **new},
        )
    return tuple(found.values())


def _places(connection: sqlite3.Connection, rows: Iterable[RowChange]) -> dict[str, _Place]:
    """Where each changed value belongs, by its id. A row that was only changed does not say so itself: the
    table does, or, once it is gone, the history of how it came or went.
    """
    places: dict[str, _Place] = {}
    silent: dict[str, None] = {}
    for row in rows:
        if row.table == TABLE:
            place = _said(row.before) or _said(row.after)
            if place is None:
                silent[row.key] = None
            else:
                places[row.key] = place
    asked = [key for key in silent if key not in places]
    sql = f"SELECT id, initiative_id, own_field_id FROM {TABLE} WHERE id IN "
    places.update({key: (initiative, field) for key, initiative, field in _some(connection, sql, asked)})
    asked = [key for key in asked if key not in places]
    sql = (
        'SELECT key, coalesce("before", "after") FROM change'
        ' WHERE ("before" IS NULL OR "after" IS NULL) AND key IN '
    )
    for key, whole in _some(connection, sql, asked):
        place = _said(json.loads(whole))
        if place is not None:
            places[key] = place
    return places


def _said(values: Mapping[str, str | int | None] | None) -> _Place | None:
    initiative, field = (values or {}).get("initiative_id"), (values or {}).get("own_field_id")
    return (initiative, field) if isinstance(initiative, str) and isinstance(field, str) else None


def _some(connection: sqlite3.Connection, sql: str, keys: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    for start in range(0, len(keys), _MANY):
        some = keys[start : start + _MANY]
        yield from connection.execute(f"{sql}({', '.join('?' * len(some))})", some).fetchall()


def _changes_of(connection: sqlite3.Connection, initiative_id: str) -> dict[int, list[RowChange]]:
    """All that history holds of an initiative's values of own fields, by revision."""
    there = connection.execute(f"SELECT id FROM {TABLE} WHERE initiative_id = ?", (initiative_id,))
    gone = connection.execute(
        'SELECT DISTINCT key FROM change WHERE record = ? AND "after" IS NULL'
        " AND json_extract(\"before\", '$.initiative_id') = ?",
        (TABLE, initiative_id),
    )
    keys = list(dict.fromkeys([row[0] for row in (*there, *gone)]))
    found: dict[int, list[RowChange]] = {}
    sql = 'SELECT revision, key, "before", "after" FROM change WHERE key IN '
    for revision, key, before, after in _some(connection, sql, keys):
        change = RowChange(
            TABLE, key, *(None if text is None else json.loads(text) for text in (before, after))
        )
        found.setdefault(int(revision), []).append(change)
    return found
