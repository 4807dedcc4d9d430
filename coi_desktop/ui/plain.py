"""The one place where text of strangers meets Qt: always plain text, never guessed to be rich.

Qt's labels, tooltips and message boxes look at a text and show it as HTML when it looks like it; a title from
an imported list could then draw pictures. Nothing outside this module makes a QLabel, a tooltip or a message
box.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

#: No more of one text than this is ever handed to a list, a label of one line, a menu or a tooltip.
LONGEST_LINE = 300
LONGEST_TOOLTIP = 1_000

#: The height of a line in the window, and what it is at most with the fonts of any system.
_USUAL_LINE, _MOST_USUAL_LINE = 16, 24

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
#: Characters that no field and no list ever shows.
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))


def one_line(text: str, most: int = LONGEST_LINE) -> str:
    """``text`` on one line and no longer than ``most`` characters, for lists, labels and menus."""
    if len(text) <= most and text.isprintable():
        return text
    line = " ".join(text[: 2 * most].translate(CONTROLS).split())
    return line if len(line) <= most and len(text) <= 2 * most else line[: most - 1] + "…"


def isolated(text: str) -> str:
    """``text`` for the middle of our own sentence: its reading direction cannot turn the sentence around."""
    return f"{_FIRST_STRONG_ISOLATE}{one_line(text)}{_POP_ISOLATE}"


def menu_text(text: str, most: int = 80) -> str:
    """``text`` for a menu, button or tab: short, and its ``&`` is no mnemonic."""
    return one_line(text, most).replace("&", "&&")


def tooltip(text: str) -> str:
    """``text`` as a tooltip that shows exactly its characters, lines kept."""
    if not text:
        return ""
    shown = text if len(text) <= LONGEST_TOOLTIP else text[: LONGEST_TOOLTIP - 1] + "…"
    return f'<p style="white-space: pre-wrap">{shown.translate(CONTROLS).translate(_ESCAPES)}</p>'


def set_tooltip(target: QWidget, text: str, *, is_said: bool = False) -> None:
    """Give a widget a plain tooltip. A screen reader is told the same as its description, unless the widget's
    name or text says it already.
    """
    target.setToolTip(tooltip(text))
    # Left empty, Qt would read the tooltip's markup aloud; a blank is read as nothing.
    target.setAccessibleDescription(" " if is_said and text else text)


def announce(target: QWidget, text: str) -> None:
    """Let a screen reader say ``text`` when it is done with what it is saying."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(target, text))


class PlainLabel(QLabel):
    """A label that shows its text as it stands. ``tone`` and ``rank`` name looks of the style sheet."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        tone: str = "",
        rank: str = "",
        wrap: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if tone:
            self.setProperty("tone", tone)
        if rank:
            self.setProperty("rank", rank)
        if wrap:
            self.setWordWrap(True)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Wear another tone of the style sheet."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class ElidedLabel(PlainLabel):
    """A label of one line that ends in an ellipsis where there is no room; the tooltip has the whole text."""

    def __init__(
        self, text: str = "", parent: QWidget | None = None, *, tone: str = "", rank: str = ""
    ) -> None:
        super().__init__("", parent, tone=tone, rank=rank)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.set_line(text)

    def set_line(self, text: str) -> None:
        """Show ``text``, whatever its length."""
        line = one_line(text)
        self.setText(line)
        set_tooltip(self, text, is_said=True)

    def minimumSizeHint(self) -> QSize:
        """As high as the text, as narrow as need be."""
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint as much of the text as there is room for."""
        painter = QPainter(self)  # has the label's font and colour; asking its style would cost a start 6 ms
        room = self.contentsRect()
        line = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), line)
        painter.end()


def times_larger(part: QWidget) -> float:
    """How much larger than in the window a part's letters are, where a meeting room needs that; else 1."""
    height = part.fontMetrics().height()
    return height / _USUAL_LINE if height > _MOST_USUAL_LINE else 1.0


def restyle(target: QWidget) -> None:
    """Let the style sheet look at the widget's properties anew."""
    style = target.style()
    style.unpolish(target)
    style.polish(target)
    target.update()
