"""What is asked of a register beside its lists: history and trash, every text, whole copies, what is damaged.

No first window asks for any of it, so that ``Reader`` has this part made when it is first wanted.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path

from coi_desktop.models.changes import HistoryStep
from coi_desktop.models.edited_rows import EditedRows
from coi_desktop.models.erasure_list import ErasedKey
from coi_desktop.models.records import Record, Snapshot, Value, Values
from coi_desktop.models.removals import Removal, Removed, removal_of
from coi_desktop.store import (
    backups,
    earlier,
    erasing,
    integrity,
    named_files,
    other_editions,
    own_values,
    portfolio_batches,
    snapshots,
    step_log,
    stored_texts,
    trash,
)
from coi_desktop.store.file_store import FileStore
from coi_desktop.store.own_fields import OwnFields
from coi_desktop.store.portfolio_batches import Batch


class Archive:
    """The seldom asked part of a ``Reader``, which describes the answers and tells faults as Problems."""

    def __init__(self, path: Path, connection: sqlite3.Connection, own: OwnFields) -> None:
        self._path = path
        self._connection = connection
        self._own = own

    @property
    def files(self) -> FileStore:
        """See ``Reader.files``."""
        return FileStore.beside(self._path)

    # The past

    def read_history(
        self,
        record_id: str | None,
        limit: int,
        *,
        with_rows: bool,
        before: int | None,
        most_rows: int,
    ) -> tuple[HistoryStep, ...]:
        """See ``HistoryReader.history``."""
        steps = step_log.read_history(
            self._connection, record_id, limit, with_rows=with_rows, before=before, most_rows=most_rows
        )
        return own_values.as_fields(self._connection, steps, record_id) if with_rows else steps

    def history_mark(self, revision: int) -> str:
        """See ``HistoryReader.history_mark``."""
        return earlier.history_mark(self._connection, revision)

    def initiatives_at(self, revision: int, mark: str) -> Mapping[str, Mapping[str, Value]] | None:
        """See ``HistoryReader.initiatives_at``."""
        if self.history_mark(revision) != mark:
            return None
        return earlier.values_at(self._connection, revision, self._own.by_name("initiative"))

    def find_removed(self, type_names: Iterable[str], prefix: str, most: int) -> tuple[Removed, ...]:
        """See ``HistoryReader.find_removed``."""
        found = [
            removed
            for name in type_names
            for removed in islice(trash.find_removed(self._connection, name, prefix), most)
        ]
        return tuple(sorted(found, key=lambda removed: -removed.revision))

    def get_removal(self, removed: Removed) -> Removal:
        """See ``HistoryReader.get_removal``."""
        rows = step_log.rows_of(self._connection, removed.revision)
        return removal_of(rows, removed.type_name, removed.id)

    def find_common_revision(self, other: sqlite3.Connection) -> int:
        """See ``HistoryReader.common_revision``."""
        return other_editions.find_common_revision(self._connection, other)

    def read_edited(self, revision: int) -> EditedRows:
        """See ``HistoryReader.edited_since``."""
        return other_editions.read_edited(self._connection, revision)

    def find_like(self, type_name: str, values: Values) -> Record | None:
        """See ``HistoryReader.find_like``."""
        return other_editions.find_like(self._connection, type_name, values)

    def read_erased_keys(self) -> tuple[ErasedKey, ...]:
        """See ``Reader.erased_keys``."""
        return erasing.read_erased_keys(self._connection)

    # The whole

    def take_snapshot(self, moment: datetime, initiative_ids: list[str] | None, selection: str) -> Snapshot:
        """See ``Reader.snapshot``."""
        return snapshots.take(self._connection, moment, initiative_ids, selection)

    def read_start(self, moment: datetime) -> Snapshot:
        """See ``Reader.read_start``."""
        return portfolio_batches.read_start(self._connection, moment)

    def iter_batches(self, moment: datetime, size: int) -> Generator[Batch | None, None, bool]:
        """See ``Reader.iter_batches``."""
        return portfolio_batches.iter_batches(self._connection, moment, size)

    def iter_texts(self, *, with_history: bool) -> Iterator[stored_texts.StoredText]:
        """See ``Reader.texts``."""
        find = stored_texts.iter_texts if with_history else stored_texts.iter_record_texts
        return find(self._connection)

    def iter_attachments(self) -> Iterator[stored_texts.StoredRecord]:
        """See ``Reader.attachment_rows``."""
        return stored_texts.iter_attachments(self._connection)

    def count_names(self) -> Counter[str]:
        """See ``Reader.count_names``."""
        return stored_texts.count_names(self._connection)

    def find_named_files(self, *, ever: bool) -> frozenset[str]:
        """See ``Reader.find_named_files``."""
        find = named_files.find_named_ever if ever else named_files.find_named_now
        return find(self._connection)

    def find_damage(self, *, quick: bool, writable: bool) -> list[str]:
        """See ``Reader.find_damage``."""
        if quick:
            return integrity.find_quick_damage(self._connection)
        return integrity.find_damage(self._connection, writable=writable)

    def write_backup(self, target: Path) -> None:
        """See ``Reader.backup``."""
        backups.write_backup(self._connection, target)
