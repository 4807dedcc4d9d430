"""A question in a window of our own, all plain text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.ui.plain import PlainLabel, one_line
from coi_desktop.ui.plain_text_edit import PlainTextEdit
from coi_desktop.ui.prompts import Choice

_WIDTH = 460


class ChoiceDialog(QDialog):
    """A question in plain text with a button for each answer, and details that fold out and can be copied."""

    def __init__(
        self,
        title: str,
        text: str,
        choices: Sequence[Choice],
        details: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.chosen: str | None = None
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(PlainLabel(title, rank="head", wrap=True))
        said = PlainLabel(text, wrap=True, selectable=True)
        said.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(said)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        if details:
            column.addWidget(self._make_details(details, buttons))
        buttons.addStretch(1)
        answers = [self._make_button(choice, is_default=place == 0) for place, choice in enumerate(choices)]
        for answer in answers:
            buttons.addWidget(answer)
        column.addLayout(buttons)
        self.setAccessibleDescription(text)
        answers[0].setFocus()

    def _make_button(self, choice: Choice, *, is_default: bool) -> QPushButton:
        button = QPushButton(one_line(choice.label, 80))
        button.setAutoDefault(True)
        if is_default:
            button.setProperty("look", "main")
            button.setDefault(True)

        def press() -> None:
            self.chosen = choice.name
            self.accept()

        button.clicked.connect(press)
        return button

    def _make_details(self, details: str, buttons: QHBoxLayout) -> QWidget:
        shown = PlainTextEdit()
        shown.setPlainText(details)
        shown.setReadOnly(True)
        shown.setMinimumHeight(180)
        shown.setAccessibleName(_("Details"))
        shown.hide()
        fold = QPushButton(_("&Details"))
        fold.setCheckable(True)
        fold.setAutoDefault(False)
        fold.toggled.connect(shown.setVisible)
        copy = QPushButton(_("&Copy for support"))
        copy.setAutoDefault(False)
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
        buttons.addWidget(fold)
        buttons.addWidget(copy)
        return shown
