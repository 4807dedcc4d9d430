"""A text before and after in one: what went is struck out, what came is underlined; both also in colour."""

from __future__ import annotations

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

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
        self.setPlainText("".join(passage.text for passage in passages))
        self.setAccessibleDescription(
            _("Before: {before}. After: {after}.").format(
                before=before or _("empty"), after=after or _("empty")
            )
        )
        marks: list[QTextEdit.ExtraSelection] = []
        place = 0
        for part, text in passages:
            # Qt counts in UTF-16.
            length = len(text.encode("utf-16-le")) // 2
            if part is not Part.SAME:
                marks.append(self._mark(place, place + length, part))
            place += length
        self.setExtraSelections(marks)

    def _mark(self, first: int, last: int, part: Part) -> QTextEdit.ExtraSelection:
        look = QTextCharFormat()
        if part is Part.GONE:
            look.setFontStrikeOut(True)
            look.setForeground(self._looks.colour("wrong"))
        else:
            look.setFontUnderline(True)
            look.setForeground(self._looks.colour("good"))
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor, mark.format = cursor, look
        return mark
