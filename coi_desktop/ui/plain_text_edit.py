"""A text field that takes only characters."""

from __future__ import annotations

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from coi_desktop.ui.plain import CONTROLS


class PlainTextEdit(QPlainTextEdit):
    """A text field of several lines that takes only the characters of what is pasted or dropped."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Only text may come in, no files and no pictures."""
        return source.hasText() and not source.hasUrls()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the characters alone."""
        self.insertPlainText(source.text().translate(CONTROLS))
