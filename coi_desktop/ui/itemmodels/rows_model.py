"""A few records that hang under another, edited in place in a small table; the last row is for a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value, Values
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations import initiatives
from coi_desktop.store.register import Register
from coi_desktop.ui.forms.draft import NO, YES, read_raw
from coi_desktop.ui.plain import one_line

if TYPE_CHECKING:
    from coi_desktop.operations.pasting import PasteRules

Index = QModelIndex | QPersistentModelIndex

_NO_INDEX = QModelIndex()


class RowsModel(QAbstractTableModel):
    """The records of one type under one owner. What is typed in the last row makes a new record.

    ``refused`` hears a Problem of the register; text that does not read as a value is not taken (``setData``
    is False and ``problem`` says why). Rows that are read or written in another way than as children of an
    owner, or whose columns are asked in other words, have a model that says so (``read``, ``add``, ``edit``,
    ``drop``, ``options``, ``shown``).
    """

    def __init__(
        self,
        register: Register,
        words: Vocabulary,
        type_name: str,
        columns: Sequence[str | FieldSpec],
        refused: Callable[[Problem], None],
    ) -> None:
        super().__init__()
        self._register = register
        self._words = words
        self._type = record_type(type_name)
        self._fields = [self._type.field(one) if isinstance(one, str) else one for one in columns]
        self._refused = refused
        self._owner = ""
        self._records: list[Record] = []
        self.problem = ""

    @property
    def type_name(self) -> str:
        """The record type of the rows."""
        return self._type.name

    def show_owner(self, owner_id: str) -> None:
        """Show the records under another owner."""
        self.beginResetModel()
        self._owner = owner_id
        self._records = self.read()
        self.endResetModel()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        if changes.touches(self._type.name):
            self.refresh()

    def refresh(self) -> None:
        """Read the rows anew, and tell only of what is otherwise than before."""
        earlier, now = self._records, self.read()
        before = [record.id for record in earlier]
        if [record.id for record in now] == before:
            self._records = now
            for row, record in enumerate(now):
                if record != earlier[row]:
                    self.dataChanged.emit(self.index(row, 0), self.index(row, len(self._fields) - 1), [])
        elif [record.id for record in now[: len(before)]] == before and len(now) == len(before) + 1:
            self.beginInsertRows(QModelIndex(), len(before), len(before))
            self._records = now
            self.endInsertRows()
        else:
            self.beginResetModel()
            self._records = now
            self.endResetModel()

    def read(self) -> list[Record]:
        """The records to show, in order."""
        return list(self._register.children(self._type.name, self._owner)) if self._owner else []

    def add(self, values: dict[str, Value]) -> None:
        """Make a record. Raises Problem."""
        initiatives.add_row(self._register, self._type.name, {self._type.parent: self._owner, **values})

    @property
    def takes_paste(self) -> bool:
        """Whether rows from a spreadsheet can be pasted here."""
        return self._register.writable and bool(self._owner)

    def paste_rules(self) -> PasteRules:
        """How rows from a spreadsheet are read here: the columns that are typed in, and by its name every
        field of the record type.
        """
        from coi_desktop.operations.pasting import PasteRules  # no first window needs it

        typed = [field for field in self._fields if not self.is_worked_out(field)]
        fields = [field for field in self._type.fields if field.shown and field.kind is not Kind.REFERENCE]
        more = [field for field in fields if field not in typed]
        worked_out = [field for field in self._fields if self.is_worked_out(field)]
        return PasteRules(self._words, typed, more, worked_out=worked_out)

    def paste(self, rows: Sequence[Values]) -> int:
        """Make records of these, in one step; how many. Raises Problem."""
        from coi_desktop.operations.pasting import paste_rows

        return paste_rows(self._register, self._type.name, self._owner, rows)

    def is_worked_out(self, field: FieldSpec) -> bool:
        """Whether a column shows what follows from others, and is no field of the record."""
        return field.name not in self._type.by_name

    def is_typed_in(self, field: FieldSpec) -> bool:
        """Whether the cells of a column are edited in the table."""
        return not self.is_worked_out(field)

    def name(self, record: Record) -> str:
        """What a record is called: what stands in its first column."""
        return self.shown(self._fields[0], record)

    def cells(self) -> list[list[Value]]:
        """The rows as they are copied: numbers and days as such, all else in the words that are shown."""
        return [[self._cell(field, record) for field in self._fields] for record in self._records]

    def _cell(self, field: FieldSpec, record: Record) -> Value:
        value = record.values.get(field.name)
        return value if isinstance(value, (int, Decimal, date)) else self.shown(field, record) or None

    def edit(self, record_id: str, name: str, value: Value) -> bool:
        """Set a field of a record; False when it stood so already. Raises Problem."""
        return initiatives.edit_row(self._register, self._type.name, record_id, name, value)

    def drop(self, record_id: str) -> None:
        """Remove a record. Raises Problem."""
        initiatives.remove_row(self._register, self._type.name, record_id)

    def options(self, field: FieldSpec) -> Sequence[tuple[str, str]] | None:
        """What a field is chosen from, keys and words; None where it is typed."""
        if field.kind is not Kind.CHOICE:
            return None
        return [(key, self._words.label(field.values, key)) for key in self._words.keys(field.values)]

    def shown(self, field: FieldSpec, record: Record) -> str:
        """A cell's text."""
        return show_value(field, record[field.name], self._words)

    def new_row_label(self) -> str:
        """What the row for a new one says."""
        return _("+ Add")

    def record(self, row: int) -> Record | None:
        """The record in a row; None in the row for a new one."""
        return self._records[row] if 0 <= row < len(self._records) else None

    def field(self, column: int) -> FieldSpec:
        """The field of a column."""
        return self._fields[column]

    def is_new_row(self, row: int) -> bool:
        """Whether the row is the empty one at the end."""
        return row == len(self._records)

    def remove(self, row: int) -> None:
        """Remove the record in a row. Raises Problem."""
        if 0 <= row < len(self._records):
            self.drop(self._records[row].id)

    # Qt's side

    def rowCount(self, parent: Index = _NO_INDEX) -> int:
        """The records, and a row for a new one where it may be written."""
        if parent.isValid() or not self._owner:
            return 0
        return len(self._records) + self._register.writable

    def columnCount(self, parent: Index = _NO_INDEX) -> int:
        """The fields."""
        return 0 if parent.isValid() else len(self._fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells are edited in place."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self._is_typed_in(index) else flags

    def _is_typed_in(self, index: Index) -> bool:
        """Whether a cell is edited in the table."""
        field = self._fields[index.column()]
        return self._register.writable and (self.is_new_row(index.row()) or self.is_typed_in(field))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell's text; its raw value for the editor."""
        if not index.isValid():
            return None
        field = self._fields[index.column()]
        if self.is_new_row(index.row()):
            return self._data_of_new_row(field, index.column(), role)
        record = self._records[index.row()]
        if role == Qt.ItemDataRole.EditRole and self.options(field) is not None:
            return _raw(record[field.name])
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return one_line(self.shown(field, record))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{field.label()}: {one_line(self.shown(field, record))}"
        return None

    def _data_of_new_row(self, field: FieldSpec, column: int, role: int) -> Any:
        if role == Qt.ItemDataRole.DisplayRole and column == 0:
            return self.new_row_label()
        if role == Qt.ItemDataRole.EditRole:
            return ""
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _("New row, {field}").format(field=field.label())
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write what was typed: into a record, or as a new one."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        field = self._fields[index.column()]
        reading = read_raw(field, str(value))
        is_new = self.is_new_row(index.row())
        self.problem = "" if is_new and not str(value).strip() else reading.problem
        if reading.problem or (is_new and reading.value is None):
            return False
        try:
            if is_new:
                values = {field.name: reading.value}
                required = next((one for one in self._fields if one.required), None)
                if required is not None and required.name not in values:
                    self.problem = _("Write {field} first.").format(field=required.label())
                    return False
                self.add(values)
                return True
            return self.edit(self._records[index.row()].id, field.name, reading.value)
        except Problem as problem:
            self._refused(problem)
            return False

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The fields' labels."""
        roles = Qt.ItemDataRole
        shown = (roles.DisplayRole, roles.AccessibleTextRole, roles.ToolTipRole)
        if orientation == Qt.Orientation.Horizontal and role in shown and section < len(self._fields):
            return self._fields[section].label()
        return None


def _raw(value: Value) -> str:
    """A stored value as the key of a choice."""
    if isinstance(value, bool):
        return YES if value else NO
    return "" if value is None else str(value)
