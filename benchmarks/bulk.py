"""A bulk edit of 10,000 initiatives against the same rows and history written by a bare UPDATE."""

from __future__ import annotations

import json
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from benchmarks.figure import Figure, compare
from benchmarks.register import MOMENT, OUT, insert_step, make_register
from coi_desktop.models.bulk_plan import BulkEdit, BulkPlan
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.operations.bulk import apply_here, preview_bulk, read_selection
from coi_desktop.store.columns import columns
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register

TIMES = 5
LIMIT = 3.0


def measure() -> list[Figure]:
    """A field that is not searched, and one that is."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        ours, bare = Path(folder) / "ours.coi", Path(folder) / "bare.coi"
        make_register(ours)
        shutil.copyfile(ours, bare)
        with Register.open(ours) as register, closing(open_again(bare, write=True)) as connection:
            return [
                bulk("bulk edit of 10,000: one choice", register, connection, ("confidentiality",)),
                bulk("bulk edit of 10,000: a searched text", register, connection, ("funding",)),
            ]


def bulk(name: str, register: Register, connection: sqlite3.Connection, fields: tuple[str, ...]) -> Figure:
    """The plan is made before, as the preview is; measured is what happens after the press of the button."""
    numbers = count()
    plans = [_plan(register, fields, number) for number in range(2)]

    def ours() -> None:
        plan = plans[next(numbers) % 2]
        assert apply_here(register, plan) is not None

    return compare(name, ours, bare_bulk(connection, fields), LIMIT, TIMES)


def _plan(register: Register, fields: tuple[str, ...], number: int) -> BulkPlan:
    ids = register.find_ids(Query())
    selection = run_to_end(read_selection(register, ids))
    return preview_bulk(register, selection, BulkEdit(dict.fromkeys(fields, f"Værdi {number}")))


def bare_bulk(connection: sqlite3.Connection, fields: tuple[str, ...]) -> Callable[[], None]:
    """The same values, stamp, checksum, words for search and history rows, worked out beforehand."""
    rows = connection.execute("SELECT row, id FROM initiative ORDER BY row").fetchall()
    assignments = ", ".join(f"{field} = ?" for field in fields)
    is_searched = not set(columns("initiative").long_texts).isdisjoint(fields)
    words = [(row, connection.execute(_WORDS, (row,)).fetchone()[0]) for row, _id in rows if is_searched]
    numbers = count()

    def write() -> None:
        number = next(numbers)
        values = dict.fromkeys(fields, f"Værdi {number % 2}")
        dumped = json.dumps({**values, "updated": MOMENT}, ensure_ascii=False)
        connection.execute("BEGIN IMMEDIATE")
        revision = connection.execute("SELECT max(revision) FROM step").fetchone()[0] + 1
        connection.executemany(
            f"UPDATE initiative SET {assignments}, updated = ?, checksum = ? WHERE row = ?",
            [(*values.values(), MOMENT, number, row) for row, _id in rows],
        )
        connection.executemany(
            "UPDATE initiative_search SET words = ? WHERE rowid = ?",
            [(f"{found} vaerdi {number % 2}", row) for row, found in words],
        )
        insert_step(connection, revision)
        connection.executemany(
            'INSERT INTO change (revision, record, key, "before", "after", checksum)'
            " VALUES (?, 'initiative', ?, ?, ?, 1)",
            [(revision, key, dumped, dumped) for _row, key in rows],
        )
        connection.execute("UPDATE register SET generation = ?, stamp = 'x', checksum = 1", (revision,))
        connection.execute("COMMIT")

    return write


_WORDS = "SELECT words FROM initiative_search WHERE rowid = ?"
