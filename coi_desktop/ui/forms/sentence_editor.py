"""A sentence: no line breaks, but shown on as many lines as it takes."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QKeyEvent

from coi_desktop.ui.forms.editors import TextEditor, UndoingText
from coi_desktop.ui.plain import CONTROLS


class SentenceText(UndoingText):
    """Enter ends the sentence as it ends a line, and pasted lines become one."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does not break the line."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the characters alone, without line breaks."""
        self.insertPlainText(" ".join(source.text().translate(CONTROLS).split()))


class SentenceEditor(TextEditor):
    """One line of text that is never cut: the field grows with it."""

    FEWEST_LINES, MOST_LINES = 1, 4
    TEXT = SentenceText

    def raw(self) -> str:
        """The text, in one line."""
        return super().raw().replace("\n", " ")
