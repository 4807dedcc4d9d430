"""What a copy of a register holds, read from the copy itself, whatever version it has."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.store.columns import quoted
from coi_desktop.store.file_store import is_sha256
from coi_desktop.store.named_files import find_named_ever


class Contents(NamedTuple):
    """Which register a copy is of, at which commit; its records by type; the files that it can name."""

    register_id: str
    revision: int
    stamp: str
    schema_version: int
    unit_name: str
    rows: Mapping[str, int]
    files: frozenset[str]


def read_contents(path: Path) -> Contents:
    """Read it from the file at ``path``; sqlite3.Error when it cannot be read."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as copy:
        register_id, revision, stamp = copy.execute("SELECT uuid, generation, stamp FROM register").fetchone()
        there = {row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        rows = {
            name: int(copy.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0])
            for name in RECORD_TYPES
            if name in there
        }
        unit = copy.execute("SELECT name FROM unit").fetchone() if "unit" in there else None
        return Contents(
            register_id,
            revision,
            stamp,
            int(copy.execute("PRAGMA user_version").fetchone()[0]),
            (unit and unit[0]) or "",
            {name: count for name, count in rows.items() if count},
            frozenset(filter(is_sha256, find_named_ever(copy))) if "attachment" in there else frozenset(),
        )
