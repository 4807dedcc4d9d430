"""The search field of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from coi_desktop.i18n import _
from coi_desktop.ui.theme import Looks


class SearchLine(QLineEdit):
    """The search field: Escape empties it; Down and Enter go on into the list (``moved_on``)."""

    moved_on = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(_("Search"))
        self.setMaxLength(200)
        self._picture = QAction(_("Search"), self)
        self._clear = QAction(_("Clear the search"), self)
        self._clear.setVisible(False)
        self.addAction(self._picture, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(self._clear, QLineEdit.ActionPosition.TrailingPosition)
        self._clear.triggered.connect(self.clear)
        self.textChanged.connect(self._show_clear)

    def draw(self, looks: Looks) -> None:
        """Draw the icons in the colours of the theme."""
        self._picture.setIcon(looks.icon("search", "muted"))
        self._clear.setIcon(looks.icon("close", "muted"))

    def _show_clear(self, text: str) -> None:
        self._clear.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Down and Enter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved_on.emit()
        else:
            super().keyPressEvent(event)
