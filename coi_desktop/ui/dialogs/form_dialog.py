"""A small dialog of labelled fields that does one thing, or stays open with the reason why it cannot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.plain import PlainLabel, announce

_WIDTH = 440


class FormDialog(QDialog):
    """Labels over fields; ``do`` is called by the main button, and a Problem it raises is shown."""

    def __init__(
        self,
        title: str,
        rows: Sequence[tuple[str, QWidget]],
        button: str,
        do: Callable[[], object],
        *,
        remark: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._do = do
        self.setWindowTitle(title)
        self.setMinimumWidth(_WIDTH)
        self.refusal = PlainLabel(tone="wrong", wrap=True)
        self.refusal.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(6)
        if remark:
            column.addWidget(PlainLabel(remark, wrap=True))
        for label, field in rows:
            said = PlainLabel(label, rank="label")
            said.setBuddy(field)
            field.setAccessibleName(label.replace("&", ""))
            column.addWidget(said)
            column.addWidget(field)
        column.addWidget(self.refusal)
        column.addSpacing(6)
        column.addWidget(make_foot(self, QPushButton(button), self.apply))
        if rows:
            rows[0][1].setFocus()

    def apply(self) -> None:
        """Do it and close, or say why it cannot be done."""
        try:
            self._do()
        except Problem as problem:
            said = f"{problem.what} {problem.advice}".strip()
            self.refusal.setText(said)
            self.refusal.show()
            announce(self.refusal, said)
            return
        self.accept()


def make_line(text: str = "", most: int = 80) -> QLineEdit:
    """A field for one line."""
    line = QLineEdit(text)
    line.setMaxLength(most)
    line.setCursorPosition(0)
    return line


def make_page(text: str = "", lines: int = 4) -> QPlainTextEdit:
    """A field for several lines."""
    page = QPlainTextEdit()
    page.setPlainText(text)
    page.setTabChangesFocus(True)
    page.setFixedHeight(page.fontMetrics().lineSpacing() * lines + 16)
    return page


def make_choice_box(options: Sequence[tuple[str, str]], chosen: str = "") -> ChoiceBox:
    """A list that folds out over (key, words)."""
    box = ChoiceBox()
    for key, words in options:
        box.addItem(words, key)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    return box
