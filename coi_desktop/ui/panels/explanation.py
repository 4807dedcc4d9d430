"""Sådan er det regnet ud: a small window beside a figure that says how it came about."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.explanations import Explanation
from coi_desktop.ui.plain import PlainLabel

_WIDTH = 380


def explanation_text(explanation: Explanation) -> str:
    """An explanation as lines of text, for a tooltip or a screen reader."""
    lines = [_("How it is worked out"), *explanation.lines()[1:]]
    day = _as_of(explanation)
    return "\n".join([*lines, day] if day else lines)


def _as_of(explanation: Explanation) -> str:
    if explanation.day is None:
        return ""
    return _("As of {day}").format(day=format_date(explanation.day, current_language()))


class ExplanationBox(QFrame):
    """The explanation above everything else; a click elsewhere or Esc closes it. Its text can be copied."""

    def __init__(self, explanation: Explanation, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("explanation")
        self.setFixedWidth(_WIDTH)
        self.setAccessibleName(explanation.title)
        self.setAccessibleDescription(explanation_text(explanation))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        heading, formula, *facts = (_("How it is worked out"), *explanation.lines()[1:])
        result = next(place for place, line in enumerate(facts) if line.startswith("= "))
        day = _as_of(explanation)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 12)
        self._column.setSpacing(4)
        self._add([explanation.title], rank="head")
        self._add([heading], tone="muted")
        self._add([formula])
        self._add(facts[:result], tone="muted")
        self._add([facts[result]], rank="section")
        self._add([*facts[result + 1 :], *([day] if day else [])], tone="muted")

    @property
    def words(self) -> str:
        """Everything it says."""
        return "\n".join(label.text() for label in self.findChildren(PlainLabel))

    def _add(self, lines: Sequence[str], *, tone: str = "", rank: str = "") -> None:
        if lines:
            label = PlainLabel("\n".join(lines), tone=tone, rank=rank, wrap=True, selectable=True)
            label.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            self._column.addWidget(label)

    def show_below(self, anchor: QWidget) -> None:
        """Show it below ``anchor``, or above where there is no room, always wholly on the screen."""
        for part in (self, *self.findChildren(PlainLabel)):
            part.ensurePolished()  # the sizes of letters are the style sheet's
        self.resize(_WIDTH, self._column.totalHeightForWidth(_WIDTH) + 2 * self.frameWidth() + 4)
        room = anchor.screen().availableGeometry()
        place = anchor.mapToGlobal(QPoint(0, anchor.height() + 4))
        if place.y() + self.height() > room.bottom():
            place.setY(anchor.mapToGlobal(QPoint(0, -self.height() - 4)).y())
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        place.setY(max(room.top(), place.y()))
        self.move(place)
        self.show()
        self.setFocus()


def show_explanation(explanation: Explanation, anchor: QWidget) -> ExplanationBox:
    """Show how a figure came about beside the control it was asked at."""
    box = ExplanationBox(explanation, anchor.window())
    box.show_below(anchor)
    return box
