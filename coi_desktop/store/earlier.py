"""What initiatives held at an earlier revision, worked out backwards from the history."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from zlib import crc32

from coi_desktop.models.changes import RowChange
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Value
from coi_desktop.store import own_values, step_log
from coi_desktop.store.values import load_value

_OWNER, _TAG = "initiative", "tag"

Earlier = dict[str, dict[str, Value]]


def history_mark(connection: sqlite3.Connection, revision: int) -> str:
    """Eight hexadecimal digits for the history up to ``revision``: its last step's number and moment.

    They differ where a restored backup went on with the same numbers, or later typing joined that step.
    """
    found = connection.execute(
        "SELECT revision, at FROM step WHERE revision <= ? ORDER BY revision DESC LIMIT 1", (revision,)
    ).fetchone()
    return f"{crc32(repr(found).encode()):08x}"


def values_at(connection: sqlite3.Connection, revision: int, fields: Mapping[str, FieldSpec]) -> Earlier:
    """What was changed in initiatives since ``revision``: by id and field, the value it held then.

    Tags stand under ``tags``, sorted. What was made since is left out. Problem ``damaged``.
    """
    earlier: Earlier = {}
    made: set[str] = set()
    tags: list[RowChange] = []
    for later in step_log.revisions_after(connection, revision):
        for row in own_values.told(connection, step_log.rows_of(connection, later)):
            if row.table == _OWNER:
                _take(earlier, made, row, fields)
            elif row.table == _TAG:
                tags.append(row)
    for owner, names in _tags_then(connection, tags).items():
        if owner not in made:
            earlier.setdefault(owner, {})["tags"] = tuple(sorted(names)) or None
    return earlier


def _take(earlier: Earlier, made: set[str], row: RowChange, fields: Mapping[str, FieldSpec]) -> None:
    if row.before is None and row.key not in earlier:
        made.add(row.key)
    if row.before is None or row.key in made:
        return
    known = earlier.setdefault(row.key, {})
    for name, stored in row.before.items():
        if name in fields and name not in known:
            known[name] = load_value(fields[name], stored)


def _tags_then(connection: sqlite3.Connection, changed: Sequence[RowChange]) -> dict[str, list[str]]:
    """The tags that each initiative had before these changes of tags."""
    owners: dict[str, str] = {}
    for row in changed:
        owner = _said(row, "initiative_id") or owners.get(row.key) or _owner_now(connection, row.key)
        if owner:
            owners[row.key] = owner
    first: dict[str, str] = {}
    for row in changed:
        first.setdefault(row.key, str((row.before or {}).get("name") or ""))
    then: dict[str, list[str]] = {}
    for owner in set(owners.values()):
        standing = connection.execute("SELECT id, name FROM tag WHERE initiative_id = ?", (owner,))
        then[owner] = [name for key, name in standing.fetchall() if key not in first]
    for key, name in first.items():
        if name and key in owners:
            then[owners[key]].append(name)
    return then


def _said(row: RowChange, name: str) -> str:
    found = (row.before or {}).get(name) or (row.after or {}).get(name)
    return found if isinstance(found, str) else ""


def _owner_now(connection: sqlite3.Connection, tag_id: str) -> str:
    found = connection.execute("SELECT initiative_id FROM tag WHERE id = ?", (tag_id,)).fetchone()
    return "" if found is None else str(found[0])
