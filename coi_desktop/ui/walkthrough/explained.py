"""The link “Sådan er det regnet ud” beside what follows from the answers."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from coi_desktop.i18n import _
from coi_desktop.models.explanations import Explanation
from coi_desktop.ui.panels.explanation import explanation_text, show_explanation


class ExplainedLink(QPushButton):
    """Shows formula, numbers put in, result and day beside itself when it is pressed."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words or _("How it is worked out"))
        self.setProperty("look", "link")
        self.setAutoDefault(False)
        self.explanation: Explanation | None = None
        self.clicked.connect(self._explain)

    def show_explanation(self, explanation: Explanation | None) -> None:
        """Stand for this explanation from now on; without one there is no link."""
        self.explanation = explanation
        self.setVisible(explanation is not None)
        if explanation is not None:
            self.setAccessibleName(f"{self.text()}: {explanation.title}")
            self.setAccessibleDescription(explanation_text(explanation))

    def _explain(self) -> None:
        if self.explanation is not None:
            show_explanation(self.explanation, self)
