"""All reminders of one kind: to go to one, or to answer several at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.dates import format_date
from coi_desktop.models.reminders import Reminder, ReminderKind
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.reminder_answers import confirm, make_answer_menu
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_WIDTHS = (380, 110)


class ReminderList(QDialog):
    """Every line is an initiative and a day. ``wanted`` is the reminder to go to, when one was chosen."""

    def __init__(
        self,
        desk: Desk,
        reminders: Sequence[Reminder],
        titles: Mapping[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._titles = titles
        self._reminders = {str(place): one for place, one in enumerate(reminders)}
        self.wanted: Reminder | None = None
        kind = words_of(desk.register).label("reminder", reminders[0].kind)
        self.setWindowTitle(_("Waiting for you"))
        self.resize(560, 420)
        self.table = TextTable(TextRowsModel((_("What"), _("Day")), self._rows()), kind, _WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.activated.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        column.addWidget(PlainLabel(kind, rank="section", wrap=True))
        column.addWidget(self.table, 1)
        column.addLayout(self._make_foot(reminders[0].kind))
        desk.bridge.changed.connect(self._take_in)
        self.table.selectAll()
        self.table.setFocus()

    def _make_foot(self, kind: ReminderKind) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        self.go = self._button(_("&Go to"), self._go)
        foot.addWidget(self.go)
        if self._desk.can_write and kind is not ReminderKind.PERSON_REVIEW:
            if kind is ReminderKind.NOT_CONFIRMED:
                foot.addWidget(
                    self._button(_("Con&firm the chosen"), lambda: confirm(self._desk, self.chosen()))
                )
            self.answers = self._button(_("&Answer…"), self._answer)
            foot.addWidget(self.answers)
        foot.addStretch(1)
        foot.addWidget(self._button(_("&Close"), self.reject))
        return foot

    def _button(self, label: str, run: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: run())
        return button

    def chosen(self) -> list[Reminder]:
        """The reminders of the chosen rows."""
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        found = [self.table.rows.row(row) for row in rows]
        return [self._reminders[row.key] for row in found if row is not None]

    def _rows(self) -> list[TextRow]:
        return [
            TextRow(key, (self._titles.get(one.subject_id, ""), format_date(one.day, current_language())))
            for key, one in self._reminders.items()
        ]

    def _go(self) -> None:
        row = self.table.chosen()
        if row is not None:
            self.wanted = self._reminders[row.key]
            self.accept()

    def _answer(self) -> None:
        chosen = self.chosen()
        if chosen:
            menu = make_answer_menu(self._desk, chosen, self.answers)
            menu.popup(self.answers.mapToGlobal(QPoint(0, self.answers.height())))

    def _take_in(self, changes: ChangeSet) -> None:
        """What was answered leaves the list; the dialog goes with the last."""
        register = self._desk.register
        answered = {
            (record.text("initiative_id"), record.text("kind"), record.text("subject_id"))
            for record in register.get_many("reminder_choice", list(changes.keys("reminder_choice")))
        }
        confirmed = {
            row.key for row in changes.rows if row.table == "initiative" and "confirmed" in row.fields
        }
        self._reminders = {
            key: one
            for key, one in self._reminders.items()
            if one.key not in answered and one.initiative_id not in confirmed
        }
        self.table.rows.set_rows(self._rows())
        self.table.setCurrentIndex(self.table.rows.index(0, 0))
        self.table.selectAll()
        if not self._reminders:
            self.reject()
