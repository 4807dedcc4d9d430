"""A form that saves by itself: editors over one record, drafts for what is not in the register yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from coi_desktop.errors import Problem
from coi_desktop.models.ids import new_id
from coi_desktop.models.records import Record, Value
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.draft import Draft, Drafts
from coi_desktop.ui.forms.field_row import FieldRow

#: How long after the last key a field is written.
MILLISECONDS_AFTER_TYPING = 400

#: Problems with what was typed: said under the field. All others are said in a notice with another try.
ABOUT_THE_INPUT = frozenset(
    ("no_title", "too_long", "bad_number", "not_an_answer", "no_name", "person_exists")
)

#: Writes one field: record id, name of the field, value, and who asks. Raises Problem; KeyError when it is
#: gone.
SaveField = Callable[[str, str, Value, str], object]


class RecordForm(QObject):
    """Holds the rows of a form to one record. Whoever makes it lays the rows out.

    A field is written 400 ms after the last key and at every flush. What cannot be read as a value stays in
    its field with the problem under it; what the register refuses stays as well, with a notice to try again.
    Both come back when the record is shown again. ``saved`` is emitted after something was written.
    """

    saved = Signal()

    def __init__(self, desk: Desk, rows: Iterable[FieldRow], save: SaveField, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._save = save
        self._rows: Mapping[str, FieldRow] = {}
        self._drafts = Drafts()
        self._record: Record | None = None
        #: Names this form in the changes it asks for.
        self.source = f"form:{new_id()}"
        self._timer = QTimer(self, singleShot=True, interval=MILLISECONDS_AFTER_TYPING)
        self._timer.timeout.connect(self.flush)
        desk.note_form(self)
        self.set_rows(rows)

    def set_rows(self, rows: Iterable[FieldRow]) -> None:
        """Go on with other rows over the same record; drafts of fields that are still there come along."""
        known = set(self._rows.values())
        self._rows = {row.field.name: row for row in rows}
        for row in self._rows.values():
            if row in known:
                continue
            row.edited.connect(partial(self._edited, row))
            row.left.connect(partial(self._left, row))
            row.set_read_only(not self._desk.can_write)
            if self._record is not None:
                self._show_anew(row, self._record)
        self._drafts.keep(self._rows)

    def hold(self, record: Record) -> None:
        """Take ``record``, which is the one shown as it is read now, without showing it yet."""
        self._record = record

    @property
    def record(self) -> Record | None:
        """The record that is shown, as last read."""
        return self._record

    def row(self, field_name: str) -> FieldRow:
        """The row of a field; KeyError when the form has none."""
        return self._rows[field_name]

    def show_record(self, record: Record) -> None:
        """Show ``record``. When it is another than before, what was typed in that one is written or kept
        first.
        """
        if self._record is not None and self._record.id != record.id:
            self.flush()
            self._record = record
            for row in self._rows.values():
                self._show_anew(row, record)
            return
        first = self._record is None
        self._record = record
        for row in self._rows.values():
            if first or (
                self._drafts.get(record.id, row.field.name) is None
                and row.shown != record.values.get(row.field.name)
            ):
                self._show_anew(row, record)

    def flush(self) -> bool:
        """Write every draft that reads as a value; False when the register refused one."""
        self._timer.stop()
        written = [self._write(draft) for draft in self._drafts.find_readable()]
        if written and all(written):
            self._desk.notices.clear(self.source)
        return all(written)

    def unsaved(self) -> tuple[str, ...]:
        """Labels of the fields whose text is not in the register."""
        return self._drafts.labels()

    def typed(self) -> tuple[str, ...]:
        """The texts that are not in the register, each under the label of its field."""
        return self._drafts.texts()

    def _show_anew(self, row: FieldRow, record: Record) -> None:
        row.show_value(record.values.get(row.field.name))  # an own field may be newer than the record
        draft = self._drafts.get(record.id, row.field.name)
        if draft is not None:
            row.show_draft(draft, put_back=True)

    def _edited(self, row: FieldRow) -> None:
        if self._record is not None:
            row.show_draft(self._drafts.put(self._record.id, row.field, row.raw()))
            self._timer.start()

    def _left(self, row: FieldRow) -> None:
        """Write at once, and show what was written in its usual form."""
        self.flush()
        record = self._record
        if record is not None and self._drafts.get(record.id, row.field.name) is None:
            row.editor.show_value(row.shown)

    def _write(self, draft: Draft) -> bool:
        try:
            self._save(draft.record_id, draft.field.name, draft.reading.value, self.source)
        except Problem as problem:
            return self._refused(draft, problem)
        except KeyError:  # the record was removed meanwhile: by undo, or by an import
            self._drafts.forget(draft.record_id)
            return True
        self._drafts.drop(draft)
        if self._record is not None and self._record.id == draft.record_id:
            self._rows[draft.field.name].shown = draft.reading.value
        self.saved.emit()
        return True

    def _refused(self, draft: Draft, problem: Problem) -> bool:
        if problem.code not in ABOUT_THE_INPUT:
            self._desk.notices.show_problem(problem, self.flush, self.source)
            return False
        self._drafts.refuse(draft, problem.what)
        kept = self._drafts.get(draft.record_id, draft.field.name)
        if kept is not None and self._record is not None and self._record.id == draft.record_id:
            self._rows[draft.field.name].show_draft(kept)
        return True
