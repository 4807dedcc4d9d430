"""Reading what was: the history, what records held earlier, what was removed, what another edition did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice

from coi_desktop.models.changes import HistoryStep, Op, RowChange
from coi_desktop.models.edited_rows import EditedRows
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.removals import Removal, Removed, removal_of
from coi_desktop.store import earlier, other_editions, own_values, step_log, trash
from coi_desktop.store.faults import faults_as_problems
from coi_desktop.store.reader import Reader


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
            steps = step_log.read_history(
                self._connection,
                record_id,
                limit,
                with_rows=with_rows,
                before=before,
                most_rows=most_rows,
            )
            return own_values.as_fields(self._connection, steps, record_id) if with_rows else steps

    def history_mark(self) -> str:
        """What tells the history up to now from another one with the same number of revisions."""
        with faults_as_problems(self.path):
            return earlier.history_mark(self._connection, self.revision)

    def initiatives_at(self, revision: int, mark: str) -> Mapping[str, Mapping[str, Value]] | None:
        """What was changed in initiatives since ``revision``: by id and field, the value held then.

        None when this is not the history that ``mark`` was given for, so that nobody knows.
        """
        with faults_as_problems(self.path):
            if earlier.history_mark(self._connection, revision) != mark:
                return None
            return earlier.values_at(self._connection, revision, self._own.by_name("initiative"))

    def common_revision(self, other: HistoryReader) -> int:
        """The last revision up to which this register and another edition of it have the same history."""
        with faults_as_problems(self.path):
            return other_editions.find_common_revision(self._connection, other._connection)

    def edited_since(self, revision: int) -> EditedRows:
        """What became of every row that was changed after ``revision``."""
        with faults_as_problems(self.path):
            return other_editions.read_edited(self._connection, revision)

    def find_like(self, type_name: str, values: Values) -> Record | None:
        """The first record of a type with these values, or None."""
        with faults_as_problems(self.path):
            return other_editions.find_like(self._connection, type_name, values)

    def rows_of_step(self, revision: int) -> tuple[RowChange, ...]:
        """The rows that a step changed."""
        with faults_as_problems(self.path):
            return step_log.rows_of(self._connection, revision)

    def find_removed(
        self, type_names: Iterable[str], *, prefix: str = "", most: int = 1_000
    ) -> tuple[Removed, ...]:
        """Records removed and not there now, at most ``most`` of each type, the newest first."""
        with faults_as_problems(self.path):
            found = [
                removed
                for name in type_names
                for removed in islice(trash.find_removed(self._connection, name, prefix), most)
            ]
        return tuple(sorted(found, key=lambda removed: -removed.revision))

    def get_removal(self, removed: Removed) -> Removal:
        """What went with a removed record."""
        with faults_as_problems(self.path):
            return removal_of(
                step_log.rows_of(self._connection, removed.revision), removed.type_name, removed.id
            )

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
