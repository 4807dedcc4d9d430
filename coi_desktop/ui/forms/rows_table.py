"""A small table that is edited in place: Enter or F2 begins, Tab goes on, Delete removes the row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPushButton,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.models.changes import ChangeSet
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.privacy_watch import watch_line
from coi_desktop.ui.itemmodels.rows_model import RowsModel
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.row_keys import claims_for_row

if TYPE_CHECKING:
    from coi_desktop.operations.pasting import PastePlan

Index = QModelIndex | QPersistentModelIndex

ROW_HEIGHT = 28
MOST_ROWS = 12


class RowsTable(QWidget):
    """A heading and the records of one type under the owner that is shown, or those of another ``model``.

    ``chosen`` is emitted when the keyboard is on another row.
    """

    chosen = Signal()

    def __init__(
        self,
        desk: Desk,
        type_name: str,
        columns: Sequence[str],
        heading: str,
        model: RowsModel | None = None,
    ) -> None:
        super().__init__()
        self._desk = desk
        self._key = f"rows:{type_name}"
        self.model = model or RowsModel(
            desk.register, words_of(desk.register), type_name, columns, self._refused
        )
        self.model.setParent(self)
        self._table = _RowsGrid()
        self._table.setModel(self.model)
        self._table.setAccessibleName(heading)
        self._table.setItemDelegate(_RowsDelegate(self.model, self._table, self._say, goes_on=model is None))
        label = PlainLabel(heading, rank="label")
        label.setBuddy(self._table)
        self._note = PlainLabel(tone="wrong", wrap=True)
        self._note.hide()
        self._paste: QPushButton | None = None
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(label)
        column.addWidget(self._table)
        column.addWidget(self._note)
        label.setHidden(model is not None)
        header = self._table.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setVisible(self.model.columnCount() > 1)
        self._fit()
        self._table.itemDelegate().closeEditor.connect(self._say_problem)
        self._table.selectionModel().currentRowChanged.connect(self.chosen)
        self._table.horizontalScrollBar().rangeChanged.connect(self._fit)
        for signal in (self.model.modelReset, self.model.rowsInserted):
            signal.connect(self._fit)

    def show_owner(self, owner_id: str) -> None:
        """Show the records under another owner."""
        self.model.show_owner(owner_id)
        self._note.hide()

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        self.model.take_in(changes)

    def _fit(self) -> None:
        """As high as its rows, up to twelve, and the bar below them where the columns are wider than it."""
        header = self._table.horizontalHeader()
        rows = min(max(self.model.rowCount(), 1), MOST_ROWS)
        self._table.clearSpans()
        last = self.model.rowCount() - 1
        if self.model.is_new_row(last) and self.model.columnCount() > 1:
            self._table.setSpan(last, 0, 1, self.model.columnCount())
        head = 0 if header.isHidden() else header.sizeHint().height()
        if self._paste is not None:
            self._paste.setVisible(self.model.takes_paste)
        side = self._table.horizontalScrollBar()
        bar = side.sizeHint().height() if side.maximum() else 0
        each = self._table.verticalHeader().defaultSectionSize()
        self._table.setFixedHeight(rows * each + head + bar + 2 * self._table.frameWidth())

    def _refused(self, problem: Problem) -> None:
        self._desk.notices.show_problem(problem, key=self._key)

    def _say_problem(self) -> None:
        self._say(self.model.problem, "wrong")
        self.model.problem = ""

    def _say(self, text: str, tone: str = "warning") -> None:
        self._note.set_tone(tone)
        self._note.setText(text)
        self._note.setVisible(bool(text))
        if text:
            announce(self._note, text)

    @property
    def target(self) -> QTableView:
        """Where the keyboard goes."""
        return self._table

    def chosen_row(self) -> int:
        """The row the keyboard is on, -1 for none."""
        return self._table.currentIndex().row()

    def choose_row(self, row: int) -> None:
        """Put the keyboard on a row."""
        self._table.setCurrentIndex(self.model.index(row, max(0, self._table.currentIndex().column())))

    def copy_rows(self) -> None:
        """Put all rows on the clipboard, with headings."""
        from coi_desktop.ui.copying import copy_cells

        fields = [self.model.field(column) for column in range(self.model.columnCount())]
        copy_cells(self._desk, fields, self.model.cells())

    def paste_rows(self) -> None:
        """Add what rows are on the clipboard."""
        from coi_desktop.operations.pasting import plan_paste
        from coi_desktop.operations.privacy_checks import remark_on_pasted
        from coi_desktop.ui.copying import copied_table, tell_pasted

        if not self.model.takes_paste:
            return
        try:
            plan = plan_paste(self.model.paste_rules(), text := copied_table())
            if plan.is_whole or self._accepts(plan):
                tell_pasted(self._desk, self.model.paste(plan.good))
                self._say(remark_on_pasted(text))
        except Problem as problem:
            self._refused(problem)

    def _accepts(self, plan: PastePlan) -> bool:
        """Whether the rows that can be read are to be pasted, although there are others."""
        from coi_desktop.ui.dialogs.paste_preview import PastePreview

        return self._desk.prompts.ask_dialog(PastePreview(plan, self._table.accessibleName()))

    def offer_paste(self) -> None:
        """Have a button below the table that pastes, for those who do not think of the key."""
        self._paste = QPushButton(_("Paste rows from Excel"))
        self._paste.setProperty("look", "link")
        self._paste.setAccessibleName(f"{self._paste.text()}: {self._table.accessibleName()}")
        self._paste.clicked.connect(self.paste_rows)
        self._column.addWidget(self._paste, 0, Qt.AlignmentFlag.AlignLeft)
        self._fit()

    def remove_current(self) -> None:
        """Remove the row that is chosen."""
        try:
            self.model.remove(self._table.currentIndex().row())
        except Problem as problem:
            self._refused(problem)


class _RowsGrid(QTableView):
    """The table itself: keys as people know them from Excel, rows copied and pasted among them."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "boxed")
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.SelectedClicked
            | QAbstractItemView.EditTrigger.AnyKeyPressed
            | QAbstractItemView.EditTrigger.EditKeyPressed
        )
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)  # a line is cut at its end, not after its last whole word
        self.clicked.connect(self._clicked)

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """The line for a new row is one cell."""
        index = super().moveCursor(action, modifiers)
        model = self.model()
        if isinstance(model, RowsModel) and index.column() and model.is_new_row(index.row()):
            return model.index(index.row(), 0)
        return index

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter begins to edit, Delete removes the row, Ctrl+C and Ctrl+V copy and paste rows."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            # The Enter that ends an editor comes by here as well.
            if self.state() != QAbstractItemView.State.EditingState:
                self.edit(self.currentIndex())
            return
        parent = self.parent()
        if isinstance(parent, RowsTable):
            if event.key() == Qt.Key.Key_Delete:
                parent.remove_current()
                return
            if event.matches(QKeySequence.StandardKey.Copy):
                parent.copy_rows()
                return
            if event.matches(QKeySequence.StandardKey.Paste) and parent.model.takes_paste:
                parent.paste_rows()
                return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Delete means this row here, not the initiative."""
        return claims_for_row(event) or super().event(event)

    def sizeHint(self) -> QSize:
        """The height is set; the width is the form's."""
        return QSize(200, self.height())

    def _clicked(self, index: QModelIndex) -> None:
        model = self.model()
        if isinstance(model, RowsModel) and model.is_new_row(index.row()):
            self.edit(index)


class _RowsDelegate(QStyledItemDelegate):
    """A line for text, a list for a choice; after a new row the keyboard stands ready for the next."""

    def __init__(
        self, model: RowsModel, view: QTableView, remark: Callable[[str], None], *, goes_on: bool
    ) -> None:
        super().__init__(view)
        self._remark = remark
        self._rows = model
        self._table = view
        self._goes_on = goes_on

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """The editor of a cell."""
        field = self._rows.field(index.column())
        options = self._rows.options(field)
        if options is None:
            line = QLineEdit(parent)
            line.setAccessibleName(field.label())
            line.setFrame(False)
            watch_line(line, self._remark, field.name)
            return line
        box = QComboBox(parent)
        box.setAccessibleName(field.label())
        box.addItem("–", "")
        for key, label in options:
            box.addItem(label, key)
        box.activated.connect(self._picked)
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Begin with what stands in the cell."""
        value: Any = index.data(Qt.ItemDataRole.EditRole)
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(0, editor.findData(value)))
        elif isinstance(editor, QLineEdit):
            editor.setText(value)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Write what was typed or picked."""
        if isinstance(editor, QComboBox):
            model.setData(index, editor.currentData())
        elif isinstance(editor, QLineEdit):
            was_new = self._rows.is_new_row(index.row())
            row = index.row()
            if model.setData(index, editor.text()) and was_new and self._goes_on:
                QTimer.singleShot(
                    0, self._table, lambda: self._table.setCurrentIndex(self._rows.index(row + 1, 0))
                )

    def _picked(self) -> None:
        box = self.sender()
        if isinstance(box, QComboBox):
            self.commitData.emit(box)
            self.closeEditor.emit(box)
