"""The search field of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QIcon, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from coi_desktop.i18n import _


class SearchLine(QLineEdit):
    """The search field: Escape empties it; Down and Enter go on into the list (``moved_on``)."""

    moved_on = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(_("Search"))
        self.setMaxLength(200)
        self.setClearButtonEnabled(True)
        self._picture: QAction | None = None

    def draw(self, icon: QIcon) -> None:
        """Show this icon at the left."""
        if self._picture is None:
            self._picture = self.addAction(icon, QLineEdit.ActionPosition.LeadingPosition)
            self._picture.setText(_("Search"))
        self._picture.setIcon(icon)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Down and Enter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved_on.emit()
        else:
            super().keyPressEvent(event)
