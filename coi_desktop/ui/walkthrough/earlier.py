"""What was answered in an earlier edition of the guide: shown where it stood, and not asked any more."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from coi_desktop.i18n import _
from coi_desktop.models.earlier_answers import EarlierAnswer
from coi_desktop.ui.plain import PlainLabel


class EarlierAnswers(QFrame):
    """A heading, and each answer under the words it was asked in; text that can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self.shown: tuple[EarlierAnswer, ...] = ()
        self._lines: list[PlainLabel] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 10, 14, 12)
        self._column.setSpacing(4)
        title = _("From an earlier edition of the guide")
        self.setAccessibleName(title)
        self._column.addWidget(PlainLabel(title, rank="section"))
        self._column.addWidget(
            PlainLabel(_("The guide no longer asks for this. The answers are kept."), tone="muted", wrap=True)
        )
        self.hide()

    def show_answers(self, answers: Sequence[EarlierAnswer]) -> None:
        """Show these, or nothing at all."""
        if self.shown != tuple(answers):
            self.shown = tuple(answers)
            for line in self._lines:
                self._column.removeWidget(line)
                line.deleteLater()
            self._lines = []
            for answer in self.shown:
                for text, tone in ((answer.label, "muted"), (answer.text, "")):
                    line = PlainLabel(text, tone=tone, wrap=True, selectable=True)
                    self._lines.append(line)
                    self._column.addWidget(line)
        self.setVisible(bool(self.shown))
