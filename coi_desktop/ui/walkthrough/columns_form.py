"""One row of a guide's table as a form: the columns that are asked for in it, two beside each other."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtWidgets import QGridLayout, QWidget

from coi_desktop.models.fields import Kind
from coi_desktop.models.guide import Column, Question, QuestionKind
from coi_desktop.models.guide_fields import columns_of
from coi_desktop.models.records import Record
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.record_form import RecordForm, SaveField
from coi_desktop.ui.walkthrough.answer_editors import make_answer_editor
from coi_desktop.ui.walkthrough.cards import AnswerRow
from coi_desktop.ui.walkthrough.row_words import references_of
from coi_desktop.ui.walkthrough.walk import Walk

#: Texts that are longer do not fit into half a line.
_LONG_TEXT = 36
#: Kinds that take the whole width.
_WIDE = (QuestionKind.LONG_TEXT, QuestionKind.CHOICES, QuestionKind.REFERENCES, QuestionKind.SCALE)


class ColumnsForm(QWidget):
    """Saves by itself, as every form. Columns that are not asked for in the row that is shown are hidden.

    ``is_wide``: every column takes a line of its own, and choices are buttons.
    """

    def __init__(
        self, desk: Desk, walk: Walk, question: Question, save: SaveField, *, is_wide: bool = False
    ) -> None:
        super().__init__()
        self._has_one_side = is_wide
        fields = columns_of(walk.loaded.guide, question)
        self._columns = {column.id: column for column in question.columns}
        self.rows = {
            column.id: AnswerRow(
                desk,
                fields[column.id],
                make_answer_editor(
                    column,
                    fields[column.id],
                    desk.words,
                    desk.looks,
                    references_of(walk, column),
                    is_narrow=not is_wide,
                ),
                has_label=True,
            )
            for column in question.columns
        }
        self.form = RecordForm(desk, self.rows.values(), save, self)
        self._laid_out: list[str] = []
        self._long: set[str] = set()
        self._shown_id = ""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        for row in self.rows.values():
            row.setParent(self)
            row.hide()

    def show_row(self, record: Record, column_ids: Sequence[str], missing: Collection[str] = ()) -> None:
        """Show a row with these columns; say of those that are ``missing`` an answer that they are."""
        if record.id != self._shown_id or list(column_ids) != self._laid_out:
            if record.id != self._shown_id:
                # Decided once a row: a field that grows while one types would jump away.
                self._long = {one for one in column_ids if len(record.text(one)) > _LONG_TEXT}
            self._shown_id = record.id
            self._lay_out(list(column_ids))
        for column_id, row in self.rows.items():
            row.show_missing(column_id in missing)
        self.form.show_record(record)

    def flush(self) -> bool:
        """Write what is typed."""
        return self.form.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The columns whose text is not in the register."""
        return self.form.unsaved()

    def _lay_out(self, column_ids: list[str]) -> None:
        self._laid_out = column_ids
        for row in self.rows.values():
            self._grid.removeWidget(row)
        line = side = 0
        wide = [self._is_wide(self._columns[one], is_first=one == column_ids[0]) for one in column_ids]
        for place, column_id in enumerate(column_ids):
            row = self.rows[column_id]
            # A text with nothing beside it has the whole line.
            stands_alone = side == 0 and (place + 1 == len(wide) or wide[place + 1])
            is_wide = wide[place] or (stands_alone and row.field.kind is Kind.TEXT)
            if is_wide and side:
                line, side = line + 1, 0
            self._grid.addWidget(row, line, side, 1, 2 if is_wide else 1)
            line, side = (line + 1, 0) if is_wide or side else (line, 1)
        previous: QWidget | None = None
        for column_id, row in self.rows.items():
            row.setVisible(column_id in column_ids)
            if previous is not None and column_id in column_ids:
                QWidget.setTabOrder(previous, row.editor.target)
            if column_id in column_ids:
                previous = row.editor.target

    def _is_wide(self, column: Column, *, is_first: bool) -> bool:
        row = self.rows[column.id]
        return (
            self._has_one_side
            or column.kind in _WIDE
            or (row.field.kind is Kind.TEXT and (is_first or column.id in self._long))
        )
