"""Records that hang under an initiative: a table edited in place, and below it the chosen one as a form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHeaderView, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.fields import Kind
from coi_desktop.models.person_fields import PERSON_FIELDS
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.operations import initiatives
from coi_desktop.operations.library import words_of
from coi_desktop.operations.people import known_names
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.chosen_row import ChosenRow
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.forms.name_completer import offer_names
from coi_desktop.ui.forms.record_form import RecordForm
from coi_desktop.ui.forms.rows_table import RowsTable
from coi_desktop.ui.itemmodels.rows_model import RowsModel
from coi_desktop.ui.plain import PlainLabel, one_line

_CELL_WIDTH = 72
_DAY_WIDTH = 104


class RelatedRows(QWidget):
    """A heading, a table over ``model``, and a form with the fields in ``lines`` (one or two a line).

    ``sentence`` stands where there is no row yet; ``remark`` says what is worth knowing of the chosen row.
    The column called ``wide`` takes what room there is. The form comes with the first row that is chosen.
    """

    def __init__(
        self,
        desk: Desk,
        model: RowsModel,
        lines: Sequence[tuple[str, ...]],
        heading: str,
        sentence: str,
        wide: str,
        remark: Callable[[Record], str] | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._type = record_type(model.type_name)
        self._remark = remark
        self._wide = wide
        self._ids: list[str] | None = None
        self._chosen = ""
        self.model = model
        self.table = RowsTable(desk, self._type.name, (), heading, model)
        self.sentence = PlainLabel(sentence, tone="muted", wrap=True)
        self._rows = self._make_rows(lines)
        self.form = RecordForm(desk, self._rows.values(), self._save, self)
        self.remark = PlainLabel(tone="muted", wrap=True)
        self.box = ChosenRow(self._make_grid(lines), self._remove_chosen, can_write=desk.can_write)
        self.box.below.insertWidget(1, self.remark)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(heading, rank="section"))
        column.addWidget(self.sentence)
        column.addWidget(self.table)
        column.addWidget(self.box)
        self.table.offer_paste()
        self._set_widths()
        self.table.chosen.connect(self._show_chosen)
        model.modelReset.connect(self._find_again)
        model.rowsInserted.connect(lambda _parent, first, _last: self._choose(first))
        model.dataChanged.connect(lambda *_changed: self._show_chosen())

    def show_owner(self, initiative_id: str) -> None:
        """Show the records under another initiative; what was typed is written first, or kept."""
        self.form.flush()
        self._ids, self._chosen = None, ""
        self.table.show_owner(initiative_id)

    def refresh(self) -> None:
        """Show what the register holds now."""
        self.model.refresh()

    def flush(self) -> bool:
        """Write what is typed in the form."""
        return self.form.flush()

    def unsaved(self) -> tuple[str, ...]:
        """The fields whose text is not in the register."""
        return self.form.unsaved()

    def focus_field(self, name: str) -> None:
        """Put the keyboard into a field of the chosen row."""
        self._rows[name].editor.target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _save(self, record_id: str, field_name: str, value: Value, source: str) -> object:
        return initiatives.edit_row(
            self._desk.register, self._type.name, record_id, field_name, value, source=source
        )

    def _make_rows(self, lines: Sequence[tuple[str, ...]]) -> dict[str, FieldRow]:
        register = self._desk.register
        words = words_of(register)
        rows = {
            name: FieldRow(self._type.field(name), words, self._desk.looks) for line in lines for name in line
        }
        people = [field for table, field in PERSON_FIELDS if table == self._type.name]
        offer_names(rows, people, partial(known_names, register))
        return rows

    def _make_grid(self, lines: Sequence[tuple[str, ...]]) -> QWidget:
        part = QWidget()
        grid = QGridLayout(part)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, names in enumerate(lines):
            for side, name in enumerate(names):
                grid.addWidget(self._rows[name], place, side, 1, 1 if len(names) > 1 else 2)
        return part

    def _set_widths(self) -> None:
        header = self.table.target.horizontalHeader()
        for place in range(self.model.columnCount()):
            field = self.model.field(place)
            if field.name != self._wide:
                least = _DAY_WIDTH if field.kind in (Kind.DATE, Kind.MONEY) else _CELL_WIDTH
                header.setSectionResizeMode(place, QHeaderView.ResizeMode.Interactive)
                header.resizeSection(place, max(least, header.sectionSizeHint(place)))

    def _find_again(self) -> None:
        """The rows stand otherwise than before: on with a new one, or the one that was chosen."""
        before, now = self._ids, self._read_ids()
        new = [one for one in now if before is not None and one not in before]
        wanted = new[0] if len(new) == 1 else self._chosen
        self._choose(now.index(wanted) if wanted in now else -1)

    def _read_ids(self) -> list[str]:
        rows = range(self.model.rowCount())
        found = [record.id for row in rows if (record := self.model.record(row)) is not None]
        self._ids = found
        return found

    def _choose(self, row: int) -> None:
        self._read_ids()
        if row >= 0:
            self.table.choose_row(row)
        self._show_chosen()

    def _show_chosen(self) -> None:
        record = self.model.record(self.table.chosen_row())
        self.sentence.setVisible(self.model.record(0) is None)
        self.table.setVisible(self.model.rowCount() > 0)
        if record is None:
            self.form.flush()
        self.box.setVisible(record is not None)
        if record is None:
            return
        self._chosen = record.id
        name = one_line(self.model.name(record), 80) or _("(without text)")
        self.box.show_name(name, _("Remove {row}").format(row=self._type.label().lower()))
        remark = self._remark(record) if self._remark is not None else ""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self.form.show_record(record)

    def _remove_chosen(self) -> None:
        self.table.remove_current()
        self.table.target.setFocus(Qt.FocusReason.OtherFocusReason)


def refused_by(desk: Desk, type_name: str) -> Callable[[Problem], None]:
    """Says what the register refused in a table of ``type_name``."""
    return partial(desk.notices.show_problem, key=f"rows:{type_name}")
