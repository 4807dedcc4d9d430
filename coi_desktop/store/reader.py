"""Reading the register: records by id, by owner, by query, the history, and frozen snapshots."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.clock import Clock, today
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.found import Found, RowNumbers
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.own_fields import OWNER
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.store import faults, identity
from coi_desktop.store.columns import columns, quoted
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.search import Finder

if TYPE_CHECKING:
    from coi_desktop.models.erasure_list import ErasedKey
    from coi_desktop.store.archive import Archive
    from coi_desktop.store.file_store import FileStore
    from coi_desktop.store.portfolio_batches import Batch
    from coi_desktop.store.stored_texts import StoredRecord, StoredText

T = TypeVar("T")

_MANY = 500

IN_A_BATCH = 200
"""Initiatives that are read at a time by whoever looks at all of them."""


class Reader:
    """What can be asked of an open register."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, writable: bool, clock: Clock) -> None:
        self.path = path
        self.writable = writable
        self._clock = clock
        self._attach(connection)
        self._identity = identity.read_identity(connection, path)
        self._edition = self._read_edition()

    def _attach(self, connection: sqlite3.Connection) -> None:
        """Read by way of this connection from now on, with nothing kept in memory."""
        self._connection = connection
        self._own = OwnFields(connection)
        self._remembered: dict[str, tuple[tuple[str, ...], Any]] = {}
        self._finder = Finder(connection, self._own)
        self._archive_made: Archive | None = None

    @property
    def _archive(self) -> Archive:
        """What no list asks for: made, and its modules imported, when it is first wanted."""
        if self._archive_made is None:
            from coi_desktop.store.archive import Archive

            self._archive_made = Archive(self.path, self._connection, self._own)
        return self._archive_made

    @property
    def id(self) -> str:
        """The register's own UUID."""
        return self._identity.uuid

    @property
    def revision(self) -> int:
        """The generation of the register: grows by one with every commit."""
        return self._identity.generation

    @property
    def clock(self) -> Clock:
        """The time this register goes by."""
        return self._clock

    def is_in_reach(self) -> bool:
        """Whether the file can be asked for at all; waits for some seconds at most. For any thread."""
        return faults.is_in_reach(self.path)

    def _read_edition(self) -> int:
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def _notice_other_writers(self) -> None:
        """A register open for reading only follows what another program commits meanwhile."""
        edition = self._read_edition()
        if edition != self._edition:
            self._edition = edition
            self._identity = identity.read_identity(self._connection, self.path)
            self._forget()

    def _forget(self) -> None:
        """Forget all that is kept in memory of the records."""
        self._own.forget()
        self._finder.forget()
        self._remembered.clear()

    def get(self, type_name: str, record_id: str) -> Record:
        """The record with this id; KeyError when there is none."""
        found = self.get_many(type_name, [record_id])
        if not found:
            raise KeyError((type_name, record_id))
        return found[0]

    def get_many(self, type_name: str, ids: Sequence[str]) -> tuple[Record, ...]:
        """The records with these ids, in that order; ids that are not there are left out."""
        layout = columns(type_name)
        read: dict[str, Record] = {}
        found: Mapping[str, Record]
        with faults_as_problems(self.path):
            for start in range(0, len(ids), _MANY):
                some = ids[start : start + _MANY]
                sql = f"SELECT {layout.select} FROM {layout.table} WHERE id IN ({', '.join('?' * len(some))})"
                rows = self._connection.execute(sql, some).fetchall()
                read.update((record.id, record) for record in layout.records(rows))
            found = self._own.with_values(read) if type_name == OWNER else read
        return tuple(found[record_id] for record_id in ids if record_id in found)

    def find_ids(self, query: Query) -> list[str]:
        """Ids of the records that fit ``query``, in its order."""
        with faults_as_problems(self.path):
            if not self.writable:
                self._notice_other_writers()
            return self._finder.find_ids(query.on(today(self._clock)))

    def find_rows(self, query: Query) -> Found:
        """The numbers of the rows that fit ``query``, in its order; only those that are looked at are worked
        out.
        """
        with faults_as_problems(self.path):
            if not self.writable:
                self._notice_other_writers()
            return self._finder.find(query.on(today(self._clock)))

    def count_found(self, query: Query) -> int:
        """How many records fit ``query``."""
        with faults_as_problems(self.path):
            if not self.writable:
                self._notice_other_writers()
            return self._finder.count(query.on(today(self._clock)))

    def takes_long(self, query: Query) -> bool:
        """Whether ``find_rows`` would keep somebody waiting: ``iter_finding`` comes first then."""
        with faults_as_problems(self.path):
            return self._finder.takes_long(query.on(today(self._clock)))

    def iter_finding(self, query: Query) -> Iterator[float]:
        """Find out what fits ``query`` for ``find_rows``, some milliseconds at a time: how much is done.

        In vain when the register changes meanwhile.
        """
        with faults_as_problems(self.path):
            yield from self._finder.iter_slices(query.on(today(self._clock)))

    def iter_ordering(self, query: Query) -> Iterator[None]:
        """Work out the whole order of a query some milliseconds at a time, so that any place in what
        ``find_rows`` gives is known at once. In vain when the register changes meanwhile.
        """
        with faults_as_problems(self.path):
            yield from self._finder.iter_order(query)

    def prepare_search(self, type_name: str) -> bool:
        """Do a little of what the first searches of a type need, while nobody waits for them; True when there
        is more to do. Takes some milliseconds.
        """
        with faults_as_problems(self.path):
            return self._finder.prepare_search(type_name)

    def get_rows(self, type_name: str, rows: Sequence[int]) -> dict[int, Record]:
        """The records in these rows, by row number; rows that are not there are left out."""
        layout = columns(type_name)
        numbers: dict[str, int] = {}
        read: dict[str, Record] = {}
        with faults_as_problems(self.path):
            for start in range(0, len(rows), _MANY):
                some = rows[start : start + _MANY]
                marks = ", ".join("?" * len(some))
                sql = f"SELECT row, {layout.select} FROM {layout.table} WHERE row IN ({marks})"
                for number, *row in self._connection.execute(sql, some):
                    numbers[row[0]], read[row[0]] = number, layout.record(row)
            found = self._own.with_values(read) if type_name == OWNER else read
        return {numbers[record_id]: record for record_id, record in found.items()}

    def row_number(self, type_name: str, record_id: str) -> int | None:
        """The number of the row in which a record stands, or None."""
        sql = f"SELECT row FROM {quoted(type_name)} WHERE id = ?"
        with faults_as_problems(self.path):
            found = self._connection.execute(sql, (record_id,)).fetchone()
        return None if found is None else int(found[0])

    def ids_of_rows(self, type_name: str, rows: RowNumbers[int]) -> dict[int, str]:
        """The ids of the records in these rows, by row number; rows that are not there are left out."""
        with faults_as_problems(self.path):
            return self._finder.ids_of(type_name, rows)

    def find(self, query: Query) -> tuple[Record, ...]:
        """The records that fit ``query``, in its order."""
        return self.get_many(query.type_name, self.find_ids(query))

    def children(self, type_name: str, owner_id: str) -> tuple[Record, ...]:
        """The records of a type that hang under ``owner_id``, in the order they were made."""
        layout = columns(type_name)
        sql = (
            f"SELECT {layout.select} FROM {quoted(type_name)}"
            f" WHERE {quoted(layout.record_type.parent)} = ? ORDER BY row"
        )
        with faults_as_problems(self.path):
            return tuple(layout.records(self._connection.execute(sql, (owner_id,)).fetchall()))

    def children_of_many(self, type_name: str, owner_ids: Sequence[str]) -> tuple[Record, ...]:
        """The records of a type that hang under one of ``owner_ids``, in the order they were made."""
        layout, parent = columns(type_name), quoted(record_type(type_name).parent)
        found: list[Sequence[Any]] = []
        with faults_as_problems(self.path):
            for first in range(0, len(owner_ids), _MANY):
                some = owner_ids[first : first + _MANY]
                marks = ", ".join("?" * len(some))
                sql = f"SELECT row, {layout.select} FROM {layout.table} WHERE {parent} IN ({marks})"
                found += self._connection.execute(sql, some)
            return tuple(layout.records([row[1:] for row in sorted(found, key=lambda row: int(row[0]))]))

    def find_by(self, type_name: str, field_name: str, target_id: str) -> tuple[Record, ...]:
        """The records of a type that refer to ``target_id`` by a field, in the order they were made."""
        layout, field = columns(type_name), record_type(type_name).field(field_name)
        sql = f"SELECT {layout.select} FROM {layout.table} WHERE {quoted(field.name)} = ? ORDER BY row"
        with faults_as_problems(self.path):
            return tuple(layout.records(self._connection.execute(sql, (target_id,)).fetchall()))

    def single(self, type_name: str, owner_id: str) -> Record | None:
        """The one record of a single type under ``owner_id``, or None."""
        found = self.children(type_name, owner_id)
        return found[0] if found else None

    def unit(self) -> Record:
        """The unit that keeps the register."""
        return self.find(Query("unit"))[0]

    def fields(self, type_name: str) -> tuple[FieldSpec, ...]:
        """The fields of a record type in this register, the unit's own ones among them."""
        with faults_as_problems(self.path):
            return self._own.fields(type_name)

    def field(self, type_name: str, name: str) -> FieldSpec:
        """The field of a record type in this register; KeyError when there is none of this name."""
        with faults_as_problems(self.path):
            return self._own.field(type_name, name)

    def past_field(self, name: str) -> FieldSpec | None:
        """An own field that was removed, as it last was; None when there was none of this name."""
        with faults_as_problems(self.path):
            return self._own.past_field(name)

    def remembered(self, name: str, tables: tuple[str, ...], make: Callable[[Reader], T]) -> T:
        """What ``make`` works out of some tables, worked out anew when one of them has changed."""
        if name not in self._remembered:
            self._remembered[name] = (tables, make(self))
        found: T = self._remembered[name][1]
        return found

    def _forget_changed(self, changes: ChangeSet) -> None:
        for name, (tables, _worked_out) in list(self._remembered.items()):
            if any(map(changes.touches, tables)):
                del self._remembered[name]

    def has(self, type_name: str, field_name: str, value: str) -> bool:
        """Whether a record of a type has this very value in a field."""
        layout, field = columns(type_name), record_type(type_name).field(field_name)
        sql = f"SELECT 1 FROM {layout.table} WHERE {quoted(field.name)} = ? LIMIT 1"
        with faults_as_problems(self.path):
            return self._connection.execute(sql, (value,)).fetchone() is not None

    def find_by_prefix(self, type_name: str, prefix: str) -> list[str]:
        """Ids of a type that begin with ``prefix`` (at least eight characters), at most two of them."""
        if len(prefix) < SHORTEST_PREFIX:
            return []
        sql = f"SELECT id FROM {quoted(type_name)} WHERE substr(id, 1, ?) = ? LIMIT 2"
        with faults_as_problems(self.path):
            rows = self._connection.execute(sql, (len(prefix), prefix.lower())).fetchall()
        return [row[0] for row in rows]

    def count(self, type_name: str) -> int:
        """How many records of a type there are."""
        sql = f"SELECT count(*) FROM {quoted(record_type(type_name).name)}"
        with faults_as_problems(self.path):
            return int(self._connection.execute(sql).fetchone()[0])

    def count_by(self, type_name: str, field_name: str) -> dict[str, int]:
        """How many records of a type have each value of a text or a choice; the empty text for none. In the
        order in which the values first came.
        """
        layout, field = columns(type_name), record_type(type_name).field(field_name)
        value = f"coalesce({quoted(field.name)}, '')"
        sql = f"SELECT {value}, count(*) FROM {layout.table} GROUP BY {value} ORDER BY min(row)"
        with faults_as_problems(self.path):
            return dict(self._connection.execute(sql).fetchall())

    def iter_counts(self, query: Query) -> Iterator[int]:
        """How many records fit ``query``, counted a few thousand rows at a time, some milliseconds each: the
        number so far, and in the end the whole.

        Whoever asks stops when the register changes and begins again; what is said then is of no moment.
        """
        query = query.on(today(self._clock))
        if query.search.strip():
            yield len(self.find_ids(query))
            return
        with faults_as_problems(self.path):
            yield from self._finder.iter_counts(query)

    def find_untouched_imports(self, initiative_ids: Sequence[str]) -> frozenset[str]:
        """Those of some initiatives that came from a list and that nobody has worked on since."""
        found: set[str] = set()
        with faults_as_problems(self.path):
            for start in range(0, len(initiative_ids), _MANY):
                some = initiative_ids[start : start + _MANY]
                sql = (
                    "SELECT i.id FROM import_source s JOIN initiative i ON i.id = s.initiative_id"
                    f" WHERE i.id IN ({', '.join('?' * len(some))})"
                    " GROUP BY i.id HAVING i.updated <= max(s.imported)"
                )
                found.update(row[0] for row in self._connection.execute(sql, some))
        return frozenset(found)

    def snapshot(self, initiative_ids: list[str] | None = None, selection: str = "") -> Snapshot:
        """The whole register, or some initiatives with all that hangs under them, frozen at this revision."""
        with faults_as_problems(self.path):
            return self._archive.take_snapshot(self._clock(), initiative_ids, selection)

    def read_start(self) -> Snapshot:
        """What belongs to no initiative: the unit with its own words, its phases and its people."""
        with faults_as_problems(self.path):
            return self._archive.read_start(self._clock())

    def iter_batches(self, size: int = IN_A_BATCH) -> Generator[Batch | None, None, bool]:
        """All initiatives in stored order, ``size`` at a time with all below them that figures are made of;
        None between two pieces of some milliseconds, where whoever reads may do other things.

        True at the end; False, and no more batches, when the register was changed meanwhile.
        """
        with faults_as_problems(self.path):
            return (yield from self._archive.iter_batches(self._clock(), size))

    def texts(self, *, with_history: bool = False) -> Iterator[StoredText]:
        """Every text of every record, and with it those of the history, one by one."""
        with faults_as_problems(self.path):
            yield from self._archive.iter_texts(with_history=with_history)

    def attachment_rows(self) -> tuple[StoredRecord, ...]:
        """Every attachment as it is now, and as the history and the trash hold it."""
        with faults_as_problems(self.path):
            return tuple(self._archive.iter_attachments())

    def count_names(self) -> Counter[str]:
        """The names that stand in the fields for a person, each with how often."""
        with faults_as_problems(self.path):
            return self._archive.count_names()

    def erased_keys(self) -> tuple[ErasedKey, ...]:
        """The keys of all persons that were erased from this register."""
        with faults_as_problems(self.path):
            return self._archive.read_erased_keys()

    def find_damage(self, *, quick: bool = False) -> list[str]:
        """What is wrong with the file, in sentences; quick looks at its structure only."""
        with faults_as_problems(self.path):
            return self._archive.find_damage(quick=quick, writable=self.writable)

    @property
    def files(self) -> FileStore:
        """The files of attachments, beside the register."""
        return self._archive.files

    def find_named_files(self, *, ever: bool = False) -> frozenset[str]:
        """Checksums of the files that attachments name; ``ever``: also what undo, redo and trash can name."""
        with faults_as_problems(self.path):
            return self._archive.find_named_files(ever=ever)

    def backup(self, target: Path) -> None:
        """Write a checked copy to ``target``; see ``backups.write_backup``."""
        self._archive.write_backup(target)
