"""Edits of long texts and a bulk edit in a big register, without a window."""

# ruff: noqa: S311 - chance chooses the records here, the same ones every time

from __future__ import annotations

import random
import sqlite3
import statistics
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

from benchmarks.register import MOMENT, OP, insert_step
from benchmarks.timing import Spent, Timing, spend
from coi_desktop.models.query import Query
from coi_desktop.models.records import Value
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register

EDITS = 200
BULK = 10_000
ROUNDS = 3
TIMES_BARE = 3.0


def measure(path: Path) -> Iterator[Timing]:
    """One edit with history and search, and ten thousand at once against a bare UPDATE with that history."""
    with Register.open(path) as register:
        ids = register.find_ids(Query())
        random.Random(7).shuffle(ids)
        edits = [spend(partial(_edit, register, ids[number], number)) for number in range(EDITS)]
        some = sorted(ids[:BULK])
        bulk = [spend(partial(_edit_many, register, some, number)) for number in range(ROUNDS)]
    with closing(open_again(path, write=True)) as connection:
        bare = [spend(partial(_edit_bare, connection, some, number)) for number in range(ROUNDS)]
    yield Timing.within("one edit of a long text", edits, 20, 100)
    yield _bulk_timing(bulk, bare)


def _bulk_timing(bulk: list[Spent], bare: list[Spent]) -> Timing:
    middle = statistics.median(one.processor for one in bare)
    return Timing(
        f"bulk edit of {BULK:,}, to a bare UPDATE", bulk, middle, 2 * TIMES_BARE * middle, TIMES_BARE
    )


def _edit(register: Register, record_id: str, number: int) -> None:
    values: dict[str, Value] = {"description": f"Ny tekst {number} om hjemmepleje og robotter"}
    register.transact(OP, lambda writer: writer.change("initiative", record_id, values))


def _edit_many(register: Register, ids: list[str], number: int) -> None:
    values: dict[str, Value] = {"status_reason": None, "stage": f"stage{number}", "owner": f"Mette {number}"}
    register.transact(OP, lambda writer: writer.change_many("initiative", dict.fromkeys(ids, values)))


def _edit_bare(connection: sqlite3.Connection, ids: list[str], number: int) -> None:
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(
        "UPDATE initiative SET stage = ?, owner = ?, owner_sort = ?, updated = ?, checksum = 1,"
        " parts_folded = parts_folded || 'x' WHERE id = ?",
        [(f"s{number}", f"Mette {number}", f"mette {number}", MOMENT, record_id) for record_id in ids],
    )
    revision = connection.execute("SELECT max(revision) FROM step").fetchone()[0] + 1
    insert_step(connection, revision)
    dumped = '{"stage":"pilot","owner":"Hjemmeforsøg Ærø","updated":"2026-11-22T10:42:00.000+00:00"}'
    connection.executemany(
        'INSERT INTO change (revision, record, key, "before", "after", checksum)'
        " VALUES (?, 'initiative', ?, ?, ?, 1)",
        [(revision, record_id, dumped, dumped) for record_id in ids],
    )
    connection.execute("COMMIT")
