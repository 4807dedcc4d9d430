"""A new initiative in six fields; only the title is required, everything else comes when it is needed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Value
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.library import words_of
from coi_desktop.operations.merging import find_lookalikes
from coi_desktop.operations.people import known_names
from coi_desktop.operations.phases import get_phases
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.draft import Drafts
from coi_desktop.ui.forms.field_row import FieldRow
from coi_desktop.ui.forms.name_completer import offer_names
from coi_desktop.ui.plain import PlainLabel, announce, isolated

#: The fields with the labels they have here (English; empty: the field's own), by rows.
FIELDS: tuple[tuple[tuple[str, str], ...], ...] = (
    (("title", ""),),
    (("problem", N_("The problem in one sentence")),),
    (("owner", ""), ("field", "")),
    (("phase", ""), ("start", N_("Expected start"))),
)

_NEW = "new"

#: Milliseconds after the last key before lookalikes are looked for, and how many of them are told.
PAUSE = 250
MOST_ALIKE = 3


class QuickAdd(QDialog):
    """Asks for the six fields and adds the initiative, whose id and title it then tells."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.initiative_id = ""
        self.title = ""
        self._drafts = Drafts()
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.warn)
        fields = record_type("initiative").by_name
        self._rows = {
            name: FieldRow(fields[name], words_of(desk.register), desk.looks, _(label) if label else "")
            for row in FIELDS
            for name, label in row
        }
        offer_names(self._rows, ("owner",), partial(known_names, desk.register))
        self.setWindowTitle(_("New initiative"))
        self.setMinimumWidth(480)
        self._lay_out()
        self._rows["phase"].show_value(get_phases(desk.register)[0].key)
        for row in self._rows.values():
            row.edited.connect(self._clear_refusal)
        self._rows["title"].edited.connect(self._pause.start)
        self._rows["title"].editor.target.setFocus()

    def row(self, name: str) -> FieldRow:
        """The row of one of the six fields."""
        return self._rows[name]

    def add(self) -> None:
        """Add the initiative and close; what does not read as a value keeps the dialog open and says why."""
        values: dict[str, Value] = {}
        wrong: list[FieldRow] = []
        for name, row in self._rows.items():
            draft = self._drafts.put(_NEW, row.field, row.raw())
            row.show_draft(draft)
            values[name] = draft.reading.value
            if draft.reading.problem:
                wrong.append(row)
        if wrong:
            wrong[0].editor.target.setFocus()
            return
        try:
            self.initiative_id = add_initiative(self._desk.register, values)
        except Problem as problem:
            self._refusal.setText(str(problem))
            self._refusal.show()
            return
        self.title = str(values["title"])
        self.accept()

    def warn(self) -> None:
        """Tell which initiatives are called nearly the same as what stands in the title."""
        found = find_lookalikes(self._desk.register, str(self._rows["title"].raw()))[:MOST_ALIKE]
        titles = ", ".join(f"“{isolated(record.text('title'))}”" for record in found)
        self._alike.setText(_("Looks like {titles}. Is it the same?").format(titles=titles) if found else "")
        self._alike.setVisible(bool(found))
        if found:
            announce(self._alike, self._alike.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter adds from anywhere, also from the field of several lines."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
            event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self.add()
            return
        super().keyPressEvent(event)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        for place, row in enumerate(FIELDS):
            for column, (name, _label) in enumerate(row):
                grid.addWidget(self._rows[name], place, column, 1, 1 if len(row) > 1 else 2)
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._refusal.hide()
        self._alike = PlainLabel(tone="warning", wrap=True)
        self._alike.hide()
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(20, 16, 20, 16)
        column_.setSpacing(14)
        column_.addLayout(grid)
        column_.addWidget(self._alike)
        column_.addWidget(self._refusal)
        column_.addWidget(make_foot(self, QPushButton(_("&Add")), self.add))

    def _clear_refusal(self) -> None:
        self._refusal.hide()
