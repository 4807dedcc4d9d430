"""Prompts as windows: the platform's own for files, ours for choices and problems, all plain text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.plain import PlainLabel, PlainTextEdit, menu_text
from coi_desktop.ui.prompts import Choice, FileKind

_WIDTH = 460


class WindowPrompts:
    """The real Prompts: asks in windows above ``parent`` (set when the window is made; None before that)."""

    def __init__(self) -> None:
        self.parent: QWidget | None = None

    def ask_open_path(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """An existing file, asked with the platform's window."""
        name, _kind = QFileDialog.getOpenFileName(self.parent, title, str(folder or ""), _filters(kinds))
        return Path(name) if name else None

    def ask_save_path(self, title: str, kinds: Sequence[FileKind], suggested: Path) -> Path | None:
        """A file to write. A name without one of the endings gets the first."""
        name, _kind = QFileDialog.getSaveFileName(self.parent, title, str(suggested), _filters(kinds))
        if not name:
            return None
        path = Path(name)
        endings = [suffix for kind in kinds for suffix in kind.suffixes]
        if endings and path.suffix.lower() not in endings:
            path = path.with_name(path.name + endings[0])
        return path

    def ask_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """An existing folder."""
        name = QFileDialog.getExistingDirectory(self.parent, title, str(folder or ""))
        return Path(name) if name else None

    def ask_choice(self, title: str, text: str, choices: Sequence[Choice], details: str = "") -> str | None:
        """One of the choices as buttons; None when the window is closed."""
        dialog = ChoiceDialog(title, text, choices, details, self.parent)
        dialog.exec()
        return dialog.chosen

    def show_problem(self, problem: Problem) -> None:
        """The three sentences, each a paragraph, with one button."""
        text = "\n\n".join(part for part in (problem.what, problem.meaning, problem.advice) if part)
        self.ask_choice(_("That could not be done"), text, [Choice("ok", _("OK"))])


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
        for place, choice in enumerate(choices):
            buttons.addWidget(self._make_button(choice, is_default=place == 0))
        column.addLayout(buttons)
        self.setAccessibleDescription(text)

    def _make_button(self, choice: Choice, *, is_default: bool) -> QPushButton:
        button = QPushButton(menu_text(choice.label))
        button.setAutoDefault(True)
        if is_default:
            button.setProperty("look", "main")
            button.setDefault(True)
            button.setFocus()

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


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(f"{kind.label} ({' '.join('*' + suffix for suffix in kind.suffixes)})" for kind in kinds)
