"""A text before and after in one: what went is struck out, what came is underlined; both also in colour."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat

from coi_desktop.i18n import _
from coi_desktop.models.text_difference import Part, find_differences
from coi_desktop.ui.plain_text_edit import PlainTextEdit
from coi_desktop.ui.theme import Looks


class DifferenceText(PlainTextEdit):
    """Read-only, plain characters. Before and after stand in its description too, to be read aloud."""

    def __init__(self, looks: Looks) -> None:
        super().__init__()
        self._looks = looks
        self.setReadOnly(True)
        self.setAccessibleName(_("What changed in the chosen line"))
        self.setMinimumHeight(70)

    def show_difference(self, before: str, after: str) -> None:
        """Show what became of ``before``."""
        passages = find_differences(before, after)
        self.clear()
        cursor = self.textCursor()
        for part, text in passages:
            cursor.insertText(text, self._look(part))
        said = _("Before: {before}. After: {after}.")
        self.setAccessibleDescription(said.format(before=before or _("empty"), after=after or _("empty")))

    def _look(self, part: Part) -> QTextCharFormat:
        look = QTextCharFormat()
        if part is Part.GONE:
            look.setFontStrikeOut(True)
            look.setForeground(self._looks.colour("wrong"))
        elif part is Part.NEW:
            look.setFontUnderline(True)
            look.setForeground(self._looks.colour("good"))
        return look
