"""The indicator catalogue: a measure found by words or kind of value, and taken as it is."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.indicator_catalogue import KINDS, CatalogueIndicator, find_in_catalogue
from coi_desktop.operations.library import indicator_catalogue
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_WIDE, _HIGH = 720, 500
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class CatalogueDialog(QDialog):
    """Typing narrows the list, arrows choose in it, Enter takes. ``chosen`` is the entry once accepted."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = desk.words
        self.setWindowTitle(_("Take a measure from the catalogue"))
        self.resize(_WIDE, _HIGH)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Part of the name or source"))
        self.kind = ChoiceBox()
        self.kind.addItem(_("All kinds of value"), "")
        offered = {entry.kind for entry in indicator_catalogue()}
        for key in self._words.keys(KINDS):
            if key in offered:
                self.kind.addItem(self._words.label(KINDS, key), key)
        headings = (_("What is measured"), _("Value kind"), _("Unit"), _("Direction"), _("Source"))
        self.found = TextTable(TextRowsModel(headings, []), _("Measures found"), (230, 130, 100, 70))
        self.nothing = PlainLabel(
            _("Nothing found. You can always write a measure of your own."), tone="muted"
        )
        self.take = QPushButton(_("&Take"))
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.kind.currentIndexChanged.connect(self._find)
        self.found.activated.connect(self.accept)
        self.search.installEventFilter(self)
        self._find()
        self.search.setFocus()

    @property
    def chosen(self) -> CatalogueIndicator | None:
        """The entry the list stands on, or None."""
        row = self.found.chosen()
        return next((one for one in indicator_catalogue() if row is not None and one.key == row.key), None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move in the list while one goes on typing."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            if event.type() == QEvent.Type.KeyPress:
                QApplication.sendEvent(self.found, event)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        line = QHBoxLayout()
        line.setSpacing(12)
        for text, editor, share in ((_("&Search"), self.search, 2), (_("Value &kind"), self.kind, 1)):
            label = PlainLabel(text)
            label.setBuddy(editor)
            editor.setAccessibleName(text.replace("&", ""))
            part = QVBoxLayout()
            part.addWidget(label)
            part.addWidget(editor)
            line.addLayout(part, share)
        column.addLayout(line)
        column.addWidget(self.found, 1)
        column.addWidget(self.nothing)
        column.addWidget(PlainLabel(_("Everything can be changed afterwards."), tone="muted"))
        column.addWidget(make_foot(self, self.take))

    def _find(self, *_changed: object) -> None:
        kind = str(self.kind.currentData() or "")
        entries = find_in_catalogue(indicator_catalogue(), self.search.text(), kind)
        label = self._words.label
        rows = [
            TextRow(
                one.key,
                (
                    one.name(),
                    label(KINDS, one.kind),
                    one.unit(),
                    label("direction", one.direction),
                    one.source(),
                ),
            )
            for one in entries
        ]
        self.found.rows.set_rows(rows)
        if rows:
            self.found.selectRow(0)
        self.take.setEnabled(bool(rows))
        self.nothing.setVisible(not rows)
