"""Prompts as windows: the platform's own for files, ours for choices and problems; made when asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.prompts import Choice, FileKind

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget


#: The height of a window's title bar, about.
FRAME = 32


class WindowPrompts:
    """The real Prompts: asks in windows above ``parent`` (set when the window is made; None before that)."""

    def __init__(self) -> None:
        self.parent: QWidget | None = None

    def stand_above(self, window: QWidget) -> None:
        """Ask in front of this window from now on."""
        self.parent = window

    def ask_open_path(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """An existing file, asked with the platform's window."""
        from PySide6.QtWidgets import QFileDialog

        name, _kind = QFileDialog.getOpenFileName(self.parent, title, str(folder or ""), _filters(kinds))
        return Path(name) if name else None

    def ask_open_paths(self, title: str, folder: Path | None = None) -> list[Path]:
        """Existing files of any kind, asked with the platform's window."""
        from PySide6.QtWidgets import QFileDialog

        names, _kind = QFileDialog.getOpenFileNames(self.parent, title, str(folder or ""))
        return [Path(name) for name in names]

    def ask_save_path(self, title: str, kinds: Sequence[FileKind], suggested: Path) -> Path | None:
        """A file to write. A name without one of the endings gets the first."""
        from PySide6.QtWidgets import QFileDialog

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
        from PySide6.QtWidgets import QFileDialog

        name = QFileDialog.getExistingDirectory(self.parent, title, str(folder or ""))
        return Path(name) if name else None

    def ask_choice(self, title: str, text: str, choices: Sequence[Choice], details: str = "") -> str | None:
        """One of the choices as buttons; None when the window is closed."""
        from coi_desktop.ui.dialogs.questions import ChoiceDialog
        from coi_desktop.ui.help_commands import give_help

        dialog = ChoiceDialog(title, text, choices, details, self.parent)
        give_help(dialog)
        dialog.exec()
        return dialog.chosen

    def ask_dialog(self, dialog: QDialog) -> bool:
        """The dialog above the window; it goes away for good when it has been answered."""
        from PySide6.QtWidgets import QDialog

        from coi_desktop.ui.help_commands import give_help

        dialog.setParent(self.parent, dialog.windowFlags())
        give_help(dialog)
        fit_to_room(dialog, dialog.screen().availableSize() - QSize(0, FRAME))
        accepted = dialog.exec() == QDialog.DialogCode.Accepted
        dialog.deleteLater()
        return accepted

    def show_problem(self, problem: Problem) -> None:
        """The three sentences, each a paragraph, with one button."""
        text = "\n\n".join(part for part in (problem.what, problem.meaning, problem.advice) if part)
        self.ask_choice(_("That could not be done"), text, [Choice("ok", _("OK"))])


def fit_to_room(dialog: QDialog, room: QSize) -> None:
    """On a small or greatly scaled screen a dialog takes no more than there is: its buttons stay in sight."""
    if dialog.testAttribute(Qt.WidgetAttribute.WA_Resized):
        dialog.resize(dialog.size().boundedTo(room))


def _filters(kinds: Sequence[FileKind]) -> str:
    return ";;".join(f"{kind.label} ({' '.join('*' + suffix for suffix in kind.suffixes)})" for kind in kinds)
