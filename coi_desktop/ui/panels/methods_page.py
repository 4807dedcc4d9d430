"""The page of methods: hours and time on the method cards, as the unit reckons them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.method_cards import METHODS
from coi_desktop.operations.methods import cards_of, set_estimate
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.form_dialog import FormDialog, make_line
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel


class MethodsPage(QWidget):
    """All methods with hours and time. Enter edits the chosen one."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        headings = [_("Method"), _("Hours"), _("Time to result"), _("Whose estimate")]
        self.model = TextRowsModel(headings, [])
        self.table = TextTable(self.model, _("Methods"), [220, 170, 150])
        self.edit = QPushButton(_("&Edit…"))
        self.edit.setEnabled(desk.can_write)
        self.edit.clicked.connect(self.edit_chosen)
        self.table.doubleClicked.connect(self.edit_chosen)
        QShortcut(QKeySequence("Return"), self.table).activated.connect(self.edit_chosen)
        said = _("Hours and times are indicative. An empty field gives the delivered estimate back.")
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 12)
        column.setSpacing(8)
        column.addWidget(self.table, 1)
        column.addWidget(self.edit, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(PlainLabel(said, wrap=True, tone="muted"))
        self.refresh()

    def refresh(self) -> None:
        """Show the estimates there are now."""
        place = max(0, self.table.currentIndex().row())
        cards, words = cards_of(self._desk.register), self._desk.words
        rows = []
        for key in words.keys(METHODS):
            card = cards.card(key)
            whose = _("our own") if card.is_own else _("delivered")
            rows.append(TextRow(key, (words.label(METHODS, key), card.hours, card.time, whose)))
        self.model.set_rows(rows)
        self.table.selectRow(place)

    def edit_chosen(self, *_index: object) -> None:
        """Ask for hours and time of the chosen method."""
        row = self.table.chosen()
        if row is not None and self._desk.can_write:
            if self._desk.prompts.ask_dialog(EstimateForm(self._desk, row.key)):
                self.refresh()
            self.table.setFocus()


class EstimateForm(FormDialog):
    """Hours and time of one method."""

    def __init__(self, desk: Desk, method: str) -> None:
        self._desk = desk
        self._method = method
        card = cards_of(desk.register).card(method)
        self.hours = make_line(card.hours)
        self.time = make_line(card.time)
        rows: list[tuple[str, QWidget]] = [(_("&Hours"), self.hours), (_("&Time to result"), self.time)]
        super().__init__(desk.words.label(METHODS, method), rows, _("&Keep"), self.keep)

    def keep(self) -> None:
        """Set the estimate. Raises Problem."""
        set_estimate(self._desk.register, self._method, self.hours.text(), self.time.text())
