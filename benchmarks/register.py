"""The register against the same rows, indexes and history written and read in bare sqlite3.

Both work on copies of one register of 10,000 initiatives, in one folder and with the same settings. What the
bare side writes is worked out beforehand: it pays for SQLite and the disk alone.
"""

# ruff: noqa: S311, SIM905 - chance makes the records here, the same ones every time

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from benchmarks.figure import TIMES, Figure, compare
from coi_desktop.models.changes import Op
from coi_desktop.models.folding import fold
from coi_desktop.models.ids import new_id
from coi_desktop.models.query import Order, Query
from coi_desktop.models.records import Value
from coi_desktop.store.columns import ROW, columns
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register
from coi_desktop.store.rows import Rows
from coi_desktop.store.values import StoredRow

OUT = Path(__file__).resolve().parent.parent / "out"
"""A register lies on a disk; a folder for temporary files may be memory, where a commit costs nothing."""

INITIATIVES = 10_000
CASES = 1_000
EDITS = 20
PAGE = 128
TYPED = ("h", "hj", "hje", "hjem", "hjemm", "hjemmep", "pleje", "pleje ærø", "skærmb nat", "ordning")

EDIT_LIMIT = 2.0
KEYSTROKE_LIMIT = 2.0
BULK_LIMIT = 2.0

OP = Op("bench", "Bench")
MOMENT = "2026-11-22T10:42:00.000+00:00"
FIRST = (
    "hjemme borger skærm robot med kommune ældre gen tablet sensor nat pleje skole biblioteks affalds vej"
    " drifts bygnings energi dag sam pilot for mål gevinst tids kvalitets tilfreds digital indkøbs fælles ung"
).split()
LAST = (
    "pleje besøg hjælp arbejde center løsning forsøg måling tid hed skab støtte gruppe plan møde rum bord"
    " vogn forløb tilbud sted ordning indsats projekt prøve vagt leder service netværk forum"
).split()
WORDS = [first + last for first in FIRST for last in LAST]
random.Random(1).shuffle(WORDS)
WEIGHTS = [1 / (rank + 30) for rank in range(len(WORDS))]
PLACES = ("Ærø", "Aarhus", "Odense", "Sønderborg", "Køge", "Hjørring", "Ålborg", "Vejle", "Fåborg", "Rømø")


def measure() -> list[Figure]:
    """One edit, one keystroke, one page, and a thousand new cases at once."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        ours, bare = Path(folder) / "ours.coi", Path(folder) / "bare.coi"
        make_register(ours)
        shutil.copyfile(ours, bare)
        # The bare side has the register's own settings, and nothing else of it.
        with Register.open(ours) as register, closing(open_again(bare, write=True)) as connection:
            return [
                edits("one edit of a title", register, connection, "title"),
                edits("one edit of a long text", register, connection, "problem"),
                edits("one edit of a status", register, connection, "status"),
                keystrokes(register, connection),
                pages(register, connection),
                bulk(register, connection),
            ]


def make_register(path: Path) -> None:
    """A register of 10,000 initiatives with some 1.5 KB of text each."""
    chance = random.Random(853)
    with Register.create(path) as register:
        for start in range(0, INITIATIVES, 1_000):
            records = [(new_id(), initiative(chance, number)) for number in range(start, start + 1_000)]
            register.transact(OP, lambda writer, some=records: writer.put_many("initiative", some))
        while register.tidy():
            pass


def prose(chance: random.Random, length: int) -> str:
    """Some words."""
    return " ".join(chance.choices(WORDS, WEIGHTS, k=length)).capitalize()


def initiative(chance: random.Random, number: int) -> dict[str, Value]:
    """An initiative with two thirds of its fields filled."""
    day = date(2026, 1, 1) + timedelta(days=chance.randrange(700))
    return {
        "number": number + 1,
        "title": f"{prose(chance, 3)} på {chance.choice(PLACES)} {number}",
        "problem": prose(chance, 40),
        "solution": prose(chance, 40),
        "description": prose(chance, 120),
        "target_group": prose(chance, 2),
        "field": chance.choice(("care", "school", "technical")),
        "department": f"{prose(chance, 1)}forvaltningen",
        "owner": f"{prose(chance, 1)} {chance.choice(PLACES)}",
        "leader": f"{prose(chance, 1)} {chance.choice(PLACES)}",
        "phase": chance.choice(("idea", "test", "operation")),
        "status": chance.choice(("active", "on_hold", "done")),
        "stage": "pilot",
        "start": day,
        "planned_end": day + timedelta(days=300),
        "budget": Decimal(chance.randrange(10_000, 900_000)),
        "strategic_goal": prose(chance, 6),
        "value_kinds": ("quality", "productivity"),
        "status_text": prose(chance, 8),
        "journal_number": f"27.00.00-A00-{number}-26",
    }


def new_value(field: str, number: int) -> str:
    """What a field is changed to: a long text is long."""
    return f"Ny værdi {number} for hjemmeplejen " + (
        prose(random.Random(number), 60) if field == "problem" else ""
    )


def edits(name: str, register: Register, connection: sqlite3.Connection, field: str) -> Figure:
    """One field of one record changed, as a step of history; twenty edits at each measuring."""
    ids = register.find_ids(Query())
    random.Random(7).shuffle(ids)
    numbers = count()

    def ours() -> None:
        for _edit in range(EDITS):
            number = next(numbers)
            values = {field: new_value(field, number)}
            register.transact(OP, lambda writer, n=number, v=values: writer.change("initiative", ids[n], v))

    return per(compare(name, ours, BareEdits(connection, ids, field), EDIT_LIMIT), EDITS)


class BareEdits:
    """The same edits in bare sqlite3: what is to be written is worked out before the first measuring."""

    def __init__(self, connection: sqlite3.Connection, ids: list[str], field: str) -> None:
        self._connection = connection
        self._ready = [self._work_out(ids[number], field, number) for number in range(EDITS * (TIMES + 1))]
        self._next = 0
        self._revision = connection.execute("SELECT max(revision) FROM step").fetchone()[0]

    def _work_out(
        self, record_id: str, field: str, number: int
    ) -> tuple[str, tuple[object, ...], list[Any], Any]:
        layout = columns("initiative")
        before = Rows(self._connection).get(layout, record_id)
        after: StoredRow = {field: new_value(field, number), "updated": MOMENT}
        whole = before | after
        written: dict[str, object] = {**after, **layout.derived(whole, after), "checksum": 123_456_789}
        update = f"UPDATE initiative SET {', '.join(f'{name} = ?' for name in written)} WHERE row = ?"
        words = [(layout.found_words(whole), before[ROW])] if field in layout.long_texts else []
        dumped = [json.dumps(values, ensure_ascii=False) for values in ({k: before[k] for k in after}, after)]
        return update, (*written.values(), before[ROW]), words, (record_id, *dumped)

    def __call__(self) -> None:
        """Write the next twenty."""
        connection = self._connection
        for update, values, words, change in self._ready[self._next : self._next + EDITS]:
            self._revision += 1
            connection.execute("BEGIN IMMEDIATE")
            connection.execute(update, values)
            connection.executemany("UPDATE initiative_search SET words = ? WHERE rowid = ?", words)
            insert_step(connection, self._revision)
            connection.execute(
                'INSERT INTO change (revision, record, key, "before", "after", checksum)'
                " VALUES (?, 'initiative', ?, ?, ?, 1)",
                (self._revision, *change),
            )
            connection.execute(
                "UPDATE register SET generation = ?, stamp = 'x', checksum = 1", (self._revision,)
            )
            connection.execute("COMMIT")
        self._next += EDITS


def insert_step(connection: sqlite3.Connection, revision: int) -> None:
    """A step of history in bare sqlite3."""
    connection.execute(
        "INSERT INTO step (revision, at, since, op, message, detail, source, kind, state, checksum)"
        " VALUES (?, ?, ?, 'bench', 'Bench', '', '', 'do', 'done', 1)",
        (revision, MOMENT, MOMENT),
    )


def bare_ids(connection: sqlite3.Connection, typed: str) -> list[str]:
    """Ids of what is found, in the order of titles, in bare SQL."""
    found = (
        "(row IN (SELECT rowid FROM initiative_search WHERE initiative_search MATCH ?)"
        " OR instr(parts_folded, ?))"
    )
    words = fold(typed).split()
    where = " AND ".join([found] * len(words))
    values = [value for word in words for value in (f"{word}*", word)]
    rows = connection.execute(f"SELECT id FROM initiative WHERE {where} ORDER BY title_sort, row", values)
    return [row[0] for row in rows.fetchall()]


def bare_page(connection: sqlite3.Connection, ids: list[str]) -> list[object]:
    """One page of rows in bare SQL."""
    marks = ", ".join("?" * len(ids))
    select = columns("initiative").select
    return connection.execute(f"SELECT {select} FROM initiative WHERE id IN ({marks})", ids).fetchall()


def keystrokes(register: Register, connection: sqlite3.Connection) -> Figure:
    """From what stands in the search box to the ids found and the first page, for ten search texts."""

    def ours() -> None:
        for typed in TYPED:
            ids = register.find_ids(Query(search=typed, order=Order("title")))
            register.get_many("initiative", ids[:PAGE])

    def bare() -> None:
        for typed in TYPED:
            bare_page(connection, bare_ids(connection, typed)[:PAGE])

    assert [len(register.find_ids(Query(search=typed))) for typed in TYPED] == [
        len(bare_ids(connection, typed)) for typed in TYPED
    ], "the two do not find the same"
    return per(compare("one keystroke in 10,000", ours, bare, KEYSTROKE_LIMIT), len(TYPED))


def pages(register: Register, connection: sqlite3.Connection) -> Figure:
    """One page of 128 records in the middle of the list."""
    ids = register.find_ids(Query(order=Order("title")))
    places = range(0, INITIATIVES - PAGE, INITIATIVES // 10)

    def ours() -> None:
        for place in places:
            register.get_many("initiative", ids[place : place + PAGE])

    def bare() -> None:
        for place in places:
            bare_page(connection, ids[place : place + PAGE])

    return per(compare("one page of 128 in 10,000", ours, bare, KEYSTROKE_LIMIT), len(places))


def per(figure: Figure, times: int) -> Figure:
    """A figure of one of many."""
    return Figure(figure.name, figure.ours / times, figure.bare / times, figure.limit)


def bulk(register: Register, connection: sqlite3.Connection) -> Figure:
    """A thousand new cases in one step: ours works out what is stored, the bare side only stores it."""
    chance = random.Random(12)
    texts = ("title", "pitch", "organisation", "unit", "contact_public", "contact_role")
    values = [{name: prose(chance, 30 if name == "pitch" else 4) for name in texts} for _case in range(CASES)]

    def ours() -> None:
        records = [(new_id(), some) for some in values]
        register.transact(OP, lambda writer: writer.put_many("case", records))

    return compare("1,000 new cases", ours, bare_cases(connection, values), BULK_LIMIT)


def bare_cases(connection: sqlite3.Connection, values: list[dict[str, str]]) -> Callable[[], None]:
    """The same rows, full text and history in bare sqlite3."""
    layout = columns("case")
    empty: StoredRow = dict.fromkeys(layout.names)
    rows = [empty | some for some in values]
    ready = [(*row.values(), *layout.derived(row).values(), 123_456_789) for row in rows]
    words = [layout.found_words(row) for row in rows]

    def write() -> None:
        connection.execute("BEGIN IMMEDIATE")
        revision = connection.execute("SELECT max(revision) FROM step").fetchone()[0] + 1
        first = connection.execute('SELECT max(row) FROM "case"').fetchone()[0] or 0
        ids = [new_id() for _row in ready]
        numbers = range(first + 1, first + 1 + CASES)
        made = [(number, key, *row) for number, key, row in zip(numbers, ids, ready, strict=True)]
        connection.executemany(layout.insert, made)
        connection.executemany(
            "INSERT INTO case_search (rowid, words) VALUES (?, ?)",
            list(zip(numbers, words, strict=True)),
        )
        insert_step(connection, revision)
        dumped = [(revision, key, json.dumps(some)) for key, some in zip(ids, values, strict=True)]
        connection.executemany(
            "INSERT INTO change (revision, record, key, \"after\", checksum) VALUES (?, 'case', ?, ?, 1)",
            dumped,
        )
        connection.execute("COMMIT")

    return write
