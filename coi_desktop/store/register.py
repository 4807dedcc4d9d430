"""The register: the one place where anything is read from or written to SQLite.

Every change is a named operation run by ``transact``: one transaction, one undo step, one history entry, one
ChangeSet to all listeners. Inside each write the register's UUID and generation are compared with what this
program last saw, so that a file that was replaced by a synchronising program is never written into.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Generic, TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet, HistoryStep, Op, StepKind
from coi_desktop.models.clock import Clock, now
from coi_desktop.models.ids import SHORTEST_PREFIX
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.store import backups, integrity, opening, snapshots, step_log
from coi_desktop.store.columns import columns, quoted
from coi_desktop.store.faults import faults_as_problems, replaced
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.search import Finder
from coi_desktop.store.step_log import Step
from coi_desktop.store.writer import Writer

T = TypeVar("T")
Listener = Callable[[ChangeSet], None]

_log = logging.getLogger(__name__)
_MANY = 500


class Committed(Generic[T]):
    """What a transaction gave: the result of the change, and its ChangeSet (None when nothing changed)."""

    __slots__ = ("changes", "result")

    def __init__(self, result: T, changes: ChangeSet | None) -> None:
        self.result = result
        self.changes = changes


class Register:
    """An open register file. Made by ``open`` and ``create``; belongs to the thread that made it."""

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        lock: FileLock | None,
        writable: bool,
        clock: Clock,
    ) -> None:
        self.path = path
        self.writable = writable
        self._connection = connection
        self._lock = lock
        self._clock = clock
        self._finder = Finder(connection)
        self._listeners: list[Listener] = []
        self._identity, self._generation = self._read_identity(connection)

    @classmethod
    def create(cls, path: Path, *, unit_name: str = "", sample: bool = False, clock: Clock = now) -> Register:
        """Make an empty register at ``path`` and open it. Raises Problem ``exists`` or ``cannot_create``."""
        opening.create_file(path, clock(), unit_name, sample=sample)
        return cls.open(path, clock=clock)

    @classmethod
    def open(
        cls, path: Path, *, write: bool = True, backup_folder: Path | None = None, clock: Clock = now
    ) -> Register:
        """Open the register at ``path``, for writing (takes the lock) or only for reading.

        A register of an older version is copied to ``backup_folder`` (by default a folder beside it) and
        brought up to date first. Raises Problem with a code: ``missing``, ``locked``, ``read_only``,
        ``not_a_register``, ``damaged``, ``foreign``, ``newer``, ``older``, ``unsafe`` or one of the disk's
        faults.
        """
        if not path.exists():
            opening.check_header(path)
        lock = FileLock(path) if write else None
        if lock is not None:
            lock.acquire(clock())
        try:
            connection = opening.open_file(
                path, write=write, backups=backup_folder or path.parent / "backup", moment=clock()
            )
            with faults_as_problems(path):
                return cls(path, connection, lock=lock, writable=write, clock=clock)
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def open_beside(self) -> Register:
        """A second Register on the same file for a job on the calling thread; it shares this one's lock.

        While it writes, this Register must not; afterwards ``catch_up`` takes its changes in.
        """
        connection = opening.open_again(self.path, write=self.writable)
        beside = Register(self.path, connection, lock=None, writable=self.writable, clock=self._clock)
        if beside._identity != self._identity:
            beside.close()
            raise replaced(self.path)
        return beside

    def catch_up(self, changes: ChangeSet | None) -> None:
        """Take in what a Register opened beside this one committed, and announce it here."""
        if changes is not None:
            self._generation = changes.revision
            self._announce(changes)

    def close(self) -> None:
        """Close the file and give the lock back. Closing twice does nothing."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Register:
        """The register itself, to be closed at the end of the block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close."""
        self.close()

    @property
    def id(self) -> str:
        """The register's own UUID."""
        return self._identity

    @property
    def revision(self) -> int:
        """The generation of the register: grows by one with every commit."""
        return self._generation

    @property
    def clock(self) -> Clock:
        """The time this register goes by."""
        return self._clock

    # Changing

    def transact(
        self,
        op: Op,
        change: Callable[[Writer], T],
        *,
        source: str = "",
        detail: str = "",
        merge_key: str | None = None,
    ) -> Committed[T]:
        """Run ``change`` in one transaction, as one undo step called ``op``.

        A change that changes nothing makes no step and announces nothing; an exception takes everything back.
        With a ``merge_key`` the step joins the one before it when that has the same key and is under a minute
        old. Raises Problem for the faults of disk, locks and a replaced file.
        """
        step = Step(self._clock(), op, detail, source, merge_key=merge_key)
        with self._writing() as connection:
            writer = Writer(connection, step.at)
            result = change(writer)
            changed = tuple(row for row in writer.changes if not step_log.is_nothing(row))
            if not changed:
                return Committed(result, None)
            earlier = step_log.take_mergeable(connection, step)
            stored = step_log.merged(earlier, writer.changes) if earlier else changed
            revision = self._generation + 1
            if stored:
                step_log.write_step(connection, revision, step, stored)
            self._finish(connection, revision)
        changes = ChangeSet(op, changed, revision, source, detail)
        self._announce(changes)
        return Committed(result, changes)

    def undo(self, source: str = "") -> ChangeSet | None:
        """Take the last step back; None when there is nothing to undo."""
        return self._step(source, StepKind.UNDO)

    def redo(self, source: str = "") -> ChangeSet | None:
        """Do the step again that was last undone; None when there is nothing to redo."""
        return self._step(source, StepKind.REDO)

    def _step(self, source: str, kind: StepKind) -> ChangeSet | None:
        backwards = kind is StepKind.UNDO
        find = step_log.next_undo if backwards else step_log.next_redo
        with self._writing() as connection:
            target = find(connection)
            if target is None:
                return None
            target_revision, op, detail = target
            moment = self._clock()
            writer = Writer(connection, moment)
            rows = step_log.rows_of(connection, target_revision)
            for row in reversed(rows) if backwards else rows:
                writer.restore(row, backwards=backwards)
            revision = self._generation + 1
            step_log.mark(connection, target_revision, step_log.UNDONE if backwards else step_log.DONE)
            step = Step(moment, op, detail, source, kind, target_revision)
            step_log.write_step(connection, revision, step, writer.changes)
            self._finish(connection, revision)
        changes = ChangeSet(op, writer.changes, revision, source, detail, kind)
        self._announce(changes)
        return changes

    @property
    def next_undo(self) -> tuple[Op, str] | None:
        """The operation that undo would take back, with what it was done to; None when there is none."""
        found = step_log.next_undo(self._connection)
        return None if found is None else found[1:]

    @property
    def next_redo(self) -> tuple[Op, str] | None:
        """The operation that redo would do again, with what it was done to; None when there is none."""
        found = step_log.next_redo(self._connection)
        return None if found is None else found[1:]

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        if not self.writable:
            raise Problem(
                _("{name} is open for reading only.").format(name=self.path.name),
                meaning=_("Nothing was changed."),
                advice=_("Open it again for writing when no other program has it open."),
                code="read_only",
            )
        connection = self._connection
        with faults_as_problems(self.path):
            connection.execute("BEGIN IMMEDIATE")
            try:
                if self._read_identity(connection) != (self._identity, self._generation):
                    raise replaced(self.path)
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _finish(self, connection: sqlite3.Connection, revision: int) -> None:
        connection.execute("UPDATE register SET generation = ?", (revision,))

    @staticmethod
    def _read_identity(connection: sqlite3.Connection) -> tuple[str, int]:
        row = connection.execute("SELECT uuid, generation FROM register").fetchone()
        return ("", -1) if row is None else (row[0], row[1])

    # Telling

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every ChangeSet after its commit; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _announce(self, changes: ChangeSet) -> None:
        self._generation = changes.revision
        self._finder.forget(changes)
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - one listener's bug must not keep the others from hearing
                _log.exception("a listener failed on %s", changes.op.name)

    # Reading

    def get(self, type_name: str, record_id: str) -> Record:
        """The record with this id; KeyError when there is none."""
        found = self.get_many(type_name, [record_id])
        if not found:
            raise KeyError((type_name, record_id))
        return found[0]

    def get_many(self, type_name: str, ids: list[str]) -> tuple[Record, ...]:
        """The records with these ids, in that order; ids that are not there are left out."""
        layout = columns(type_name)
        found: dict[str, Record] = {}
        with faults_as_problems(self.path):
            for start in range(0, len(ids), _MANY):
                some = ids[start : start + _MANY]
                sql = (
                    f"SELECT {layout.select} FROM {quoted(type_name)}"
                    f" WHERE id IN ({', '.join('?' for _ in some)})"
                )
                found.update((row[0], layout.record(row)) for row in self._connection.execute(sql, some))
        return tuple(found[record_id] for record_id in ids if record_id in found)

    def find_ids(self, query: Query) -> list[str]:
        """Ids of the records that fit ``query``, in its order."""
        with faults_as_problems(self.path):
            return self._finder.find_ids(query)

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
            return tuple(layout.record(row) for row in self._connection.execute(sql, (owner_id,)))

    def single(self, type_name: str, owner_id: str) -> Record | None:
        """The one record of a single type under ``owner_id``, or None."""
        found = self.children(type_name, owner_id)
        return found[0] if found else None

    def unit(self) -> Record:
        """The unit that keeps the register."""
        return self.find(Query("unit"))[0]

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

    def history(self, record_id: str | None = None, *, limit: int = 500) -> tuple[HistoryStep, ...]:
        """Steps newest first: of one record, or of the whole register."""
        with faults_as_problems(self.path):
            return step_log.read_history(self._connection, record_id, limit)

    def snapshot(self, initiative_ids: list[str] | None = None, selection: str = "") -> Snapshot:
        """The whole register, or some initiatives with all that hangs under them, frozen at this revision."""
        with faults_as_problems(self.path):
            return snapshots.take(self._connection, self._clock(), initiative_ids, selection)

    # Caring

    def find_damage(self, *, quick: bool = False) -> list[str]:
        """What is wrong with the file, in sentences; quick looks at its structure only."""
        with faults_as_problems(self.path):
            find = integrity.find_quick_damage if quick else integrity.find_damage
            return find(self._connection)

    def backup(self, target: Path) -> None:
        """Write a checked copy to ``target``; see ``backups.write_backup``."""
        backups.write_backup(self._connection, target)
