"""Sådan er det regnet ud: a small window beside a figure that says how it came about."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.explanations import Explanation
from coi_desktop.models.text import format_date
from coi_desktop.ui.plain import PlainLabel

_WIDTH = 380


def explanation_text(explanation: Explanation) -> str:
    """An explanation as lines of text, for a tooltip or a screen reader."""
    lines = [_("How it is worked out"), *explanation.lines()[1:]]
    if explanation.day is not None:
        lines.append(_("As of {day}").format(day=format_date(explanation.day, current_language())))
    return "\n".join(lines)


class ExplanationBox(QFrame):
    """The explanation above everything else; a click elsewhere or Esc closes it. Its text can be copied."""

    def __init__(self, explanation: Explanation, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("explanation")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(explanation.title)
        first, _newline, rest = explanation_text(explanation).partition("\n")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(PlainLabel(explanation.title, rank="section", wrap=True))
        column.addWidget(PlainLabel(first, tone="muted"))
        self.words = PlainLabel(rest, wrap=True, selectable=True)
        column.addWidget(self.words)

    def show_below(self, anchor: QWidget) -> None:
        """Show it below ``anchor``, or above where there is no room, always wholly on the screen."""
        self.adjustSize()
        room = anchor.screen().availableGeometry()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        if place.y() + self.height() > room.bottom():
            place.setY(anchor.mapToGlobal(QPoint(0, -self.height() - 4)).y())
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), place.y()))
        self.move(place)
        self.show()
        self.words.setFocus()


def show_explanation(explanation: Explanation, anchor: QWidget) -> ExplanationBox:
    """Show how a figure came about beside the control it was asked at."""
    box = ExplanationBox(explanation, anchor.window())
    box.show_below(anchor)
    return box
