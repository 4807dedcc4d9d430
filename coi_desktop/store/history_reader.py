"""Reading what was: the history, what records held earlier, what was removed, what another edition did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from coi_desktop.models.changes import HistoryStep, Op, RowChange
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.store import step_log
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.reader import Reader

if TYPE_CHECKING:
    from coi_desktop.models.edited_rows import EditedRows
    from coi_desktop.models.removals import Removal, Removed


class HistoryReader(Reader):
    """What can be asked of an open register about the past."""

    def history(
        self,
        record_id: str | None = None,
        *,
        limit: int = 500,
        with_rows: bool = True,
        before: int | None = None,
        most_rows: int = 0,
    ) -> tuple[HistoryStep, ...]:
        """Steps newest first: of one record, or of the whole register (an import's rows are many).

        With ``before`` those before a revision; of the whole register, steps with more than ``most_rows``
        rows come without them.
        """
        with faults_as_problems(self.path):
            return self._archive.read_history(
                record_id, limit, with_rows=with_rows, before=before, most_rows=most_rows
            )

    def history_mark(self, revision: int | None = None) -> str:
        """What tells the history up to ``revision`` (now) from another one with as many revisions."""
        with faults_as_problems(self.path):
            return self._archive.history_mark(self.revision if revision is None else revision)

    def initiatives_at(self, revision: int, mark: str) -> Mapping[str, Mapping[str, Value]] | None:
        """What was changed in initiatives since ``revision``: by id and field, the value held then.

        None when this is not the history that ``mark`` was given for, so that nobody knows.
        """
        with faults_as_problems(self.path):
            return self._archive.initiatives_at(revision, mark)

    def common_revision(self, other: HistoryReader) -> int:
        """The last revision up to which this register and another edition of it have the same history."""
        with faults_as_problems(self.path):
            return self._archive.find_common_revision(other._connection)

    def edited_since(self, revision: int) -> EditedRows:
        """What became of every row that was changed after ``revision``."""
        with faults_as_problems(self.path):
            return self._archive.read_edited(revision)

    def find_like(self, type_name: str, values: Values) -> Record | None:
        """The first record of a type with these values, or None."""
        with faults_as_problems(self.path):
            return self._archive.find_like(type_name, values)

    def rows_of_step(self, revision: int) -> tuple[RowChange, ...]:
        """The rows that a step changed."""
        with faults_as_problems(self.path):
            return step_log.rows_of(self._connection, revision)

    def find_removed(
        self, type_names: Iterable[str], *, prefix: str = "", most: int = 1_000
    ) -> tuple[Removed, ...]:
        """Records removed and not there now, at most ``most`` of each type, the newest first."""
        with faults_as_problems(self.path):
            return self._archive.find_removed(type_names, prefix, most)

    def get_removal(self, removed: Removed) -> Removal:
        """What went with a removed record."""
        with faults_as_problems(self.path):
            return self._archive.get_removal(removed)

    @property
    def next_undo(self) -> tuple[Op, str] | None:
        """The operation that undo would take back, with what it was done to; None when there is none."""
        with faults_as_problems(self.path):
            found = step_log.next_undo(self._connection)
        return None if found is None else found[1:]

    @property
    def next_redo(self) -> tuple[Op, str] | None:
        """The operation that redo would do again, with what it was done to; None when there is none."""
        with faults_as_problems(self.path):
            found = step_log.next_redo(self._connection)
        return None if found is None else found[1:]
