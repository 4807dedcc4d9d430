"""The search field of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit

from coi_desktop.i18n import _
from coi_desktop.ui.theme import Looks

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QKeyEvent

#: What the picture takes of the field; kept free until it is there, so that no text moves.
PICTURE_WIDTH = 26


class SearchLine(QLineEdit):
    """The search field: Escape empties it; Down and Enter go on into the list (``moved_on``)."""

    moved_on = Signal()

    def __init__(self, placeholder: str) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(_("Search"))
        self.setMaxLength(200)
        self.setTextMargins(PICTURE_WIDTH, 0, 0, 0)
        self._picture: QAction | None = None
        self._clear: QAction | None = None
        self.textChanged.connect(self._show_clear)

    def draw(self, looks: Looks) -> None:
        """Draw the icons in the colours of the theme: at first when the window has painted."""
        if self._picture is None or self._clear is None:
            self._picture, self._clear = self._furnish()
        self._picture.setIcon(looks.icon("search", "muted"))
        self._clear.setIcon(looks.icon("close", "muted"))

    def _furnish(self) -> tuple[QAction, QAction]:
        from PySide6.QtGui import QAction

        picture, clear = QAction(_("Search"), self), QAction(_("Clear the search"), self)
        self.setTextMargins(0, 0, 0, 0)
        self.addAction(picture, QLineEdit.ActionPosition.LeadingPosition)
        self.addAction(clear, QLineEdit.ActionPosition.TrailingPosition)
        clear.setVisible(bool(self.text()))
        clear.triggered.connect(self.clear)
        return picture, clear

    def _show_clear(self, text: str) -> None:
        if self._clear is not None:
            self._clear.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape, Down and Enter."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.moved_on.emit()
        else:
            super().keyPressEvent(event)
