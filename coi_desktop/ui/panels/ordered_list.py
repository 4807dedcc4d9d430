"""A list of things in an order of their own, with buttons to add, edit, move and remove them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable


class ListActions(NamedTuple):
    """What the buttons do: ``add`` by itself, the others with the key of the chosen row. ``move`` gets a new
    place (0: first) too.
    """

    add: Callable[[], object]
    edit: Callable[[str], object]
    move: Callable[[str, int], object]
    remove: Callable[[str], object]


class OrderedList(QWidget):
    """The table with its buttons beside it. Enter edits, Alt with an arrow moves, Del removes."""

    def __init__(
        self,
        name: str,
        headings: Sequence[str],
        widths: Sequence[int],
        actions: ListActions,
        *,
        can_write: bool,
        remove_label: str = "",
    ) -> None:
        super().__init__()
        self._actions = actions
        self._can_write = can_write
        self.model = TextRowsModel(headings, [])
        self.table = TextTable(self.model, name, widths)
        self.add = QPushButton(_("&Add…"))
        self.edit = QPushButton(_("&Edit…"))
        self.up = QPushButton(_("Move &up"))
        self.down = QPushButton(_("Move &down"))
        self.remove = QPushButton(remove_label or _("&Remove…"))
        self.buttons = QVBoxLayout()
        self._lay_out()
        self.add.clicked.connect(lambda: actions.add())
        self.edit.clicked.connect(self._edit)
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.remove.clicked.connect(self._remove)
        self.table.doubleClicked.connect(self._edit)
        self.table.selectionModel().currentRowChanged.connect(self._enable)
        for keys, do in (
            ("Return", self._edit),
            ("Alt+Up", lambda: self._move(-1)),
            ("Alt+Down", lambda: self._move(1)),
            ("Del", self._remove),
        ):
            shortcut = QShortcut(QKeySequence(keys), self.table)
            shortcut.activated.connect(do)

    def chosen_key(self) -> str:
        """The key of the chosen row, or an empty string."""
        row = self.table.chosen()
        return "" if row is None else row.key

    def show_rows(self, rows: Sequence[TextRow], chosen: str = "") -> None:
        """Show other rows, with the row ``chosen`` (or the one that was) under the keyboard."""
        wanted = chosen or self.chosen_key()
        before = max(0, self.table.currentIndex().row())
        self.model.set_rows(rows)
        keys = [row.key for row in rows]
        self.table.selectRow(keys.index(wanted) if wanted in keys else min(before, len(rows) - 1))
        self._enable()

    def _lay_out(self) -> None:
        self.buttons.setSpacing(6)
        for button in (self.add, self.edit, self.up, self.down, self.remove):
            self.buttons.addWidget(button)
        self.buttons.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.table, 1)
        row.addLayout(self.buttons)

    def _enable(self, *_indexes: object) -> None:
        place, count = self.table.currentIndex().row(), self.model.rowCount()
        is_chosen = self._can_write and place >= 0
        self.add.setEnabled(self._can_write)
        self.edit.setEnabled(is_chosen)
        self.remove.setEnabled(is_chosen)
        self.up.setEnabled(is_chosen and place > 0)
        self.down.setEnabled(is_chosen and place < count - 1)

    def _edit(self, *_index: object) -> None:
        if self.edit.isEnabled():
            self._actions.edit(self.chosen_key())

    def _remove(self) -> None:
        if self.remove.isEnabled():
            self._actions.remove(self.chosen_key())

    def _move(self, by: int) -> None:
        if (self.up if by < 0 else self.down).isEnabled():
            self._actions.move(self.chosen_key(), self.table.currentIndex().row() + by)
