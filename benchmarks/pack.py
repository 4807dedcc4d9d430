"""Taking a case pack in, against unzipping, hashing and reading its tables and bare inserts of their cells.

Ours reads, checks, plans and applies. The bare side believes every cell: it stores the same rows, sort keys,
folded texts, full text, checksums and history, and leaves out all that is asked of a stranger's file.
"""

# ruff: noqa: S311 - chance makes the cases here, the same ones every time

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from benchmarks.figure import Figure, compare_timed, timed
from benchmarks.register import CASES, MOMENT, OUT, insert_step, prose
from coi_desktop.exchange.pack_writer import PackOrder, write_pack
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import fold, sort_key, words
from coi_desktop.models.ids import new_id
from coi_desktop.models.pack import CHILD_TABLES, TABLES_BY_NAME, CaseContent, PackLevel, PackTable
from coi_desktop.models.pack_cells import RANGES, UUIDS
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Value
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.pack_imports import import_pack
from coi_desktop.store.columns import checksum, columns
from coi_desktop.store.opening import open_again
from coi_desktop.store.register import Register

LIMIT = 1.5

ROWS_EACH = {"parts": 4, "partners": 2, "timeline": 3, "funding": 1, "measurements": 3, "adopters": 1}
FILLED = 0.8
"""So much of its fields a case has filled in."""

SENDER = "0b8f7a52-8a0f-4f0e-a0f4-5d1c7f6b2e90"
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def measure() -> list[Figure]:
    """The one figure of this module: from the file to the committed cases, into an empty register."""
    OUT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=OUT) as folder:
        pack, empty = Path(folder) / "cases.coipack", Path(folder) / "empty.coi"
        ours, bare = Path(folder) / "ours.coi", Path(folder) / "bare.coi"
        make_pack(pack)
        Register.create(empty).close()

        def take_in() -> float:
            shutil.copyfile(empty, ours)
            with Register.open(ours) as register:
                return timed(lambda: run_to_end(import_pack(register, pack)))

        def store() -> float:
            shutil.copyfile(empty, bare)
            # The bare side has the register's own settings, and nothing else of it.
            with closing(open_again(bare, write=True)) as connection:
                return timed(lambda: store_bare(pack, connection))

        figure = compare_timed(f"import of a pack of {CASES:,} cases", take_in, store, LIMIT)
        if count_rows(ours) != count_rows(bare):
            raise RuntimeError("the two have not stored the same number of rows")
    return [figure]


def make_pack(path: Path) -> None:
    """A pack of 1,000 cases at the highest level, some 4 KB each."""
    chance = random.Random(853)
    cases = tuple(make_case(chance, number) for number in range(CASES))
    order = PackOrder(cases, SENDER, "Nabokommunen", NOON, PackLevel.FULD, "Erfaringer", "da")
    run_to_end(write_pack(path, order, vocabulary()))


def make_case(chance: random.Random, number: int) -> CaseContent:
    """A case with most of its fields filled in, and rows in every table."""
    values = make_row(chance, TABLES_BY_NAME["cases"])
    values |= {"title": f"{prose(chance, 4)} {number}", "revision": 1, "pitch": prose(chance, 14)}
    children = {
        name: tuple(make_row(chance, TABLES_BY_NAME[name]) for _row in range(count))
        for name, count in ROWS_EACH.items()
    }
    return CaseContent(new_id(), values, children)


def make_row(chance: random.Random, table: PackTable) -> dict[str, Value]:
    """Values for most fields of a table."""
    fields = [column.field for column in table.columns if column.field and column.name not in UUIDS]
    return {field.name: make_value(chance, field) for field in fields if chance.random() < FILLED}


def make_value(chance: random.Random, field: FieldSpec) -> Value:
    """Some value that fits a field."""
    if field.kind in (Kind.CHOICE, Kind.CHOICES):
        keys = vocabulary().keys(field.values)
        return chance.choice(keys) if field.kind is Kind.CHOICE else tuple(keys[:2])
    if field.kind is Kind.LONG:
        return prose(chance, chance.randrange(5, 25))
    if field.kind is Kind.DATE:
        return date(2024, 1, 1) + timedelta(days=chance.randrange(900))
    if field.kind is Kind.INTEGER:
        least, greatest = RANGES.get(field.name, (1, 100))
        return chance.randint(least, greatest)
    if field.kind in (Kind.NUMBER, Kind.MONEY):
        return Decimal(chance.randrange(10, 900_000)) / 10
    return prose(chance, 3)


def store_bare(pack: Path, connection: sqlite3.Connection) -> None:
    """The pack's cells put into the register's tables by nothing but the standard library."""
    with zipfile.ZipFile(pack) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for content in contents.values():
        hashlib.sha256(content).hexdigest()
    connection.execute("BEGIN IMMEDIATE")
    insert_step(connection, 1)
    for name in ("cases", *(table.name for table in CHILD_TABLES)):
        if f"{name}.csv" in contents:
            store_table(connection, TABLES_BY_NAME[name], contents[f"{name}.csv"].decode())
    connection.execute("UPDATE register SET generation = 1")
    connection.execute("COMMIT")


def store_table(connection: sqlite3.Connection, table: PackTable, text: str) -> None:
    """The rows of one table with what is derived from them, and one entry of history each."""
    layout = columns(table.record_type.name)
    reader = csv.reader(io.StringIO(text, newline=""))
    header = next(reader)
    whole_numbers = [column.name for column in table.columns if _is_whole_number(column.field)]
    is_case = table.name == "cases"
    empty: dict[str, str | int | None] = dict.fromkeys(layout.names)
    if is_case:
        empty |= {"origin": "imported", "sender_id": SENDER, "sender": "Nabokommunen", "pack_id": SENDER}
        empty |= {"pack_level": "fuld", "filled_digest": 64 * "0", "imported": MOMENT}
        empty |= {"created": MOMENT, "updated": MOMENT}
    made, found, changed = [], [], []
    for number, cells in enumerate(reader, start=1):
        row = {**empty, **{name: cell for name, cell in zip(header, cells, strict=True) if cell}}
        for name in whole_numbers:
            if row[name] is not None:
                row[name] = int(row[name])
        key = row.pop("uuid") if is_case else new_id()
        if not is_case:
            row["case_id"] = row.pop("case_uuid")
        after = json.dumps({name: value for name, value in row.items() if value is not None})
        stored = list(row.values())
        derived = [sort_key(str(row[name.removesuffix("_sort")] or "")) for name in layout.derived_names[:-1]]
        if is_case:
            derived.append(fold(" \n".join(str(row[name]) for name in layout.short_texts if row[name])))
            texts = "\n".join(str(row[name]) for name in layout.long_texts if row[name])
            found.append((number, " ".join(dict.fromkeys(words(texts)))))
        made.append((number, key, *stored, *derived, checksum([number, key, *stored])))
        changed.append((table.record_type.name, key, after, checksum((key, after))))
    connection.executemany(layout.insert, made)
    connection.executemany("INSERT INTO case_search (rowid, words) VALUES (?, ?)", found)
    connection.executemany(
        'INSERT INTO change (revision, record, key, "after", checksum) VALUES (1, ?, ?, ?, ?)', changed
    )


def _is_whole_number(field: FieldSpec | None) -> bool:
    return field is not None and field.kind is Kind.INTEGER


def count_rows(path: Path) -> Mapping[str, int]:
    """How many rows each table of cases and history holds."""
    names = ("case", "case_search", "change", *(table.record_type.name for table in CHILD_TABLES))
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
