"""“Sådan er det regnet ud”: a link that folds out formula, numbers put in, result and day."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language
from coi_desktop.models.explanations import Explanation
from coi_desktop.models.text import format_date
from coi_desktop.ui.plain import PlainLabel


class Explained(QWidget):
    """The link, and below it the explanations while they are unfolded."""

    def __init__(self) -> None:
        super().__init__()
        self.link = QPushButton(_("This is how it is worked out"))
        self.link.setProperty("look", "link")
        self.link.setCheckable(True)
        self.link.toggled.connect(self._fold)
        self._text = PlainLabel(wrap=True, selectable=True)
        self._text.setObjectName("example")
        self._text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._text)

    @property
    def text(self) -> str:
        """What is unfolded, whether it is seen or not."""
        return self._text.text()

    def show_explanations(self, explanations: Sequence[Explanation]) -> None:
        """Show these from now on."""
        self._text.setText("\n\n".join("\n".join(_lines(one)) for one in explanations))
        self.setVisible(bool(explanations))

    def set_subject(self, subject: str) -> None:
        """What it is about, for those who hear the link without its surroundings."""
        self.link.setAccessibleName(f"{self.link.text()}: {subject}")

    def _fold(self, is_shown: bool) -> None:
        self._text.setVisible(is_shown)


def _lines(explanation: Explanation) -> list[str]:
    day = format_date(explanation.day, current_language())
    return [*explanation.lines(), *([_("Newest number from {day}.").format(day=day)] if day else [])]
