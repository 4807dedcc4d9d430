"""The register: the one place where anything is read from or written to SQLite.

Every change is a named operation run by ``transact``: one transaction, one undo step, one history entry, one
ChangeSet to all listeners. Inside each write the register's UUID and generation are compared with what this
program last saw, so that a file that was replaced by a synchronising program is never written into.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet, Op, StepKind
from coi_desktop.models.clock import Clock, now
from coi_desktop.store import commits, faults, identity, opening, search, wiping
from coi_desktop.store.faults import faults_as_problems, replaced
from coi_desktop.store.file_lock import FileLock
from coi_desktop.store.history_reader import HistoryReader
from coi_desktop.store.identity import FileMark, Identity
from coi_desktop.store.lock_owner import Owner
from coi_desktop.store.step_log import Step

if TYPE_CHECKING:
    from coi_desktop.store.erasing import Erased, Erasure
    from coi_desktop.store.step_writer import StepWriter
    from coi_desktop.store.writer import Writer

T = TypeVar("T")
Listener = Callable[[ChangeSet], None]

_log = logging.getLogger(__name__)


class Committed(Generic[T]):
    """What a transaction gave: the result of the change, and its ChangeSet (None when nothing changed)."""

    __slots__ = ("changes", "result")

    def __init__(self, result: T, changes: ChangeSet | None) -> None:
        self.result = result
        self.changes = changes


class Register(HistoryReader):
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
        super().__init__(path, connection, writable=writable, clock=clock)
        self._lock = lock
        self._mark = FileMark.of(path)
        self._listeners: list[Listener] = []
        self._untold: deque[ChangeSet] = deque()
        self._is_telling = False
        self._has_written = False
        self._is_away = False
        self._uncertain: Identity | None = None
        self._left: list[sqlite3.Connection] = []

    def _steps(self, connection: sqlite3.Connection) -> StepWriter:
        """What a change takes: its modules are imported at the first one."""
        from coi_desktop.store.step_writer import StepWriter

        return StepWriter(connection, self.path)

    @classmethod
    def create(
        cls,
        path: Path,
        *,
        unit_name: str = "",
        sample: bool = False,
        fill: Callable[[Register], object] | None = None,
        clock: Clock = now,
    ) -> Register:
        """Make a register at ``path`` and open it: empty, or with what ``fill`` puts into it.

        It appears whole or not at all. Raises Problem ``exists`` or ``cannot_create``.
        """
        from coi_desktop.store.creating import create_file  # most starts open a register that is there

        def fill_file(half: Path) -> None:
            connection = opening.open_again(half, write=True)
            with cls(half, connection, lock=None, writable=True, clock=clock) as register:
                if fill is not None:
                    fill(register)

        create_file(path, clock(), unit_name, sample=sample, fill=fill_file if fill else None)
        return cls.open(path, clock=clock)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        write: bool = True,
        backup_folder: Path | None = None,
        take_over: bool = False,
        clock: Clock = now,
    ) -> Register:
        """Open the register at ``path``, for writing (takes the lock) or only for reading.

        A register of an older version is copied to ``backup_folder`` (by default a folder beside it) and
        brought up to date first. ``take_over`` is ``FileLock.acquire``'s. Raises Problem with a code:
        ``missing``, ``locked``, ``left_locked``, ``read_only``,
        ``not_a_register``, ``damaged``, ``foreign``, ``newer``, ``older``, ``unsafe`` or one of the disk's
        faults.
        """
        opening.refuse_missing(path)
        lock = FileLock(path) if write else None
        if lock is not None:
            lock.acquire(clock(), take_over=take_over)
        try:
            connection = opening.open_file(
                path, write=write, backups=backup_folder or path.parent / "backup", moment=clock()
            )
            with faults_as_problems(path):
                register = cls(path, connection, lock=lock, writable=write, clock=clock)
                if write:
                    with contextlib.suppress(Problem):
                        register.wipe()  # an erasure that was cut off
                return register
        except BaseException:
            if lock is not None:
                lock.release()
            raise

    def open_beside(self) -> Register:
        """A second Register on the same file for a job on the calling thread; it shares this one's lock.

        While it writes, this Register must not; afterwards ``catch_up`` takes its changes in.
        """
        connection = opening.open_again(self.path, write=self.writable)
        try:
            with faults_as_problems(self.path):
                beside = Register(self.path, connection, lock=None, writable=self.writable, clock=self._clock)
            if beside._identity != self._identity:
                raise replaced(self.path)
        except BaseException:
            connection.close()
            raise
        return beside

    def catch_up(self, changes: ChangeSet | None) -> None:
        """Take in what a Register opened beside this one committed, and announce it here."""
        if changes is None:
            return
        with faults_as_problems(self.path):
            found = identity.read_identity(self._connection, self.path)
        if found.uuid != self._identity.uuid or found.generation < changes.revision:
            raise replaced(self.path)
        self._identity = found
        self._mark = FileMark.of(self.path)
        self._announce(changes)

    def close(self) -> None:
        """Close the file and give the lock back. Closing twice does nothing."""
        lock, self._lock = self._lock, None
        try:
            if lock is not None and self._has_written:
                with contextlib.suppress(Problem):
                    self.tidy()
        finally:
            for connection in (*self._left, self._connection):
                with contextlib.suppress(sqlite3.Error):
                    connection.close()
            if lock is not None:
                lock.release()

    def show_life(self) -> None:
        """Tell those who may look from another computer that this program still has the register open.

        For any thread.
        """
        if self._lock is not None:
            self._lock.renew(self._clock())

    @property
    def left_open_by(self) -> Owner | None:
        """Whose program ended without closing the register, before this one opened it for writing."""
        return None if self._lock is None else self._lock.left_by

    def __enter__(self) -> Register:
        """The register itself, to be closed at the end of the block."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close."""
        self.close()

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
        moment = self._clock()
        step = Step(moment, moment, op, detail, source, merge_key=merge_key)
        with self._writing() as connection:
            revision = self._identity.generation + 1
            result, changed = self._steps(connection).write(change, step, revision)
            if changed is None:
                connection.execute("ROLLBACK")
                return Committed(result, None)
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
        with self._writing() as connection:
            revision = self._identity.generation + 1
            taken = self._steps(connection).take(kind, self._clock(), source, revision)
            if taken is None:
                connection.execute("ROLLBACK")
                return None
        op, detail, changed = taken
        changes = ChangeSet(op, changed, revision, source, detail, kind)
        self._announce(changes)
        return changes

    @contextmanager
    def _writing(self, *, advance: bool = True) -> Iterator[sqlite3.Connection]:
        """A write transaction on the register as last seen; taken back when the block raises.

        The block may take it back itself. Without ``advance`` the commit is no new generation of the
        register.
        """
        self.require_writable()
        if self._is_away:
            self.come_back()
        connection = self._connection
        with self._noticing_absence(), faults_as_problems(self.path):
            self._begin(connection)
            try:
                identity.verify(connection, self.path, self._identity, self._mark)
                yield connection
                if connection.in_transaction:
                    following = identity.advance(connection, self._identity) if advance else self._identity
                    self._uncertain = following
                    commits.commit(connection, self.path, following)
                    self._identity, self._mark = following, FileMark.of(self.path)
                    self._has_written = True
                    self.show_life()
            except BaseException:
                self._forget()
                with contextlib.suppress(sqlite3.Error):
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _noticing_absence(self) -> Iterator[None]:
        """Remember that the disk was gone: the next change begins with a new connection."""
        try:
            yield
        except Problem as problem:
            self._is_away = self._is_away or problem.code in ("away", "disk_error")
            raise

    def come_back(self) -> bool:
        """Connect anew to a file whose disk was gone; True when something was written that was thought lost.

        Goes on only with the very edition that was last seen, or the one that the last commit was making.
        Raises Problem ``away`` while it cannot be reached, ``replaced`` when the file holds something else,
        and those of the lock when somebody else has taken it meanwhile.
        """
        if not faults.is_in_reach(self.path):
            raise faults.away(self.path)
        connection = opening.open_again(self.path, write=self.writable)
        try:
            with faults_as_problems(self.path):
                found = identity.read_identity(connection, self.path)
            if found not in (self._identity, self._uncertain):
                raise replaced(self.path)
            if self._lock is not None:
                self._lock.hold_again(self._clock())
        except BaseException:
            connection.close()
            raise
        was_written = found != self._identity
        self._left.append(self._connection)  # what is shown may still read by way of it
        self._attach(connection)
        self._identity, self._mark, self._is_away = found, FileMark.of(self.path), False
        return was_written

    @property
    def is_away(self) -> bool:
        """Whether the disk was gone at the last change."""
        return self._is_away

    def _begin(self, connection: sqlite3.Connection) -> None:
        try:
            connection.execute("BEGIN IMMEDIATE")
        except sqlite3.DatabaseError as error:
            if error.sqlite_errorname in ("SQLITE_NOTADB", "SQLITE_CORRUPT") and (
                FileMark.of(self.path) != self._mark
            ):
                raise replaced(self.path) from error
            raise

    def require_writable(self) -> None:
        """Raise Problem ``read_only`` when the register is open for reading only."""
        if not self.writable:
            raise Problem(
                _("{name} is open for reading only.").format(name=self.path.name),
                meaning=_("Nothing was changed."),
                advice=_("Open it again for writing when no other program has it open."),
                code="read_only",
            )

    # Erasing

    def erase(self, erasure: Erasure, op: Op, *, detail: str = "") -> tuple[ChangeSet, Erased]:
        """Erase for good, in one transaction; it is written down in the history and cannot be undone.

        All other steps can. ``wipe`` has to follow. Problem ``unsafe`` where SQLite does not overwrite.
        """
        wiping.insist_on_secure_delete(self._connection, self.path)
        moment = self._clock()
        with self._writing() as connection:
            revision = self._identity.generation + 1
            changed, erased = self._steps(connection).erase(
                erasure, Step(moment, moment, op, detail), revision
            )
        self._forget()
        changes = ChangeSet(op, changed, revision, detail=detail)
        self._announce(changes)
        return changes, erased

    def wipe(self) -> bool:
        """Write the file anew after an erasure, so that its free pages hold nothing; False when it could not
        be done now (no room, another reader). The next opening tries again.
        """
        if not wiping.is_wipe_due(self._connection):
            return True
        wiping.insist_on_secure_delete(self._connection, self.path)
        with self._writing(advance=False) as connection:
            connection.execute("ROLLBACK")  # the file is the one we know; that is all
        try:
            try:
                wiping.wipe(self._connection)
            finally:
                self._mark = FileMark.of(self.path)
            with self._writing(advance=False) as connection:
                wiping.note_wiped(connection)
        except (sqlite3.OperationalError, Problem) as error:
            _log.warning("free pages cannot be wiped now: %s", type(error).__name__)
            return False
        return True

    # Telling

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with every ChangeSet after its commit; the returned function ends that."""
        self._listeners.append(listener)

        def unsubscribe() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return unsubscribe

    def _announce(self, changes: ChangeSet) -> None:
        """Tell all listeners, in the order of commits also when a listener changes something itself."""
        self._own.catch_up(changes)
        self._forget_changed(changes)
        self._finder.catch_up(changes)
        self._untold.append(changes)
        if self._is_telling:
            return
        self._is_telling = True
        try:
            while self._untold:
                self._tell(self._untold.popleft())
        finally:
            self._is_telling = False

    def _tell(self, changes: ChangeSet) -> None:
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - one listener's bug must not keep the others from hearing
                _log.exception("a listener failed on %s", changes.op.name)

    # Caring

    def rebuild_search(self) -> None:
        """Make order, folded text, full text and indexes anew from the records; no step of history."""
        with self._writing(advance=False) as connection:
            self._steps(connection).rebuild_search()
        self._finder.forget()

    def tidy(self) -> bool:
        """Merge some of the full-text index while there is nothing else to do; True when there may be more.

        Takes some milliseconds. Without it the index is merged in the middle of an edit some day.
        """
        with self._writing(advance=False) as connection:
            return search.merge_some(connection)
