"""What stands in for people and windows in tests of the interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtWidgets import QDialog, QWidget

from coi_desktop.errors import Problem
from coi_desktop.ui.prompts import Choice, FileKind


@dataclass
class FakePrompts:
    """Prompts that answer from lists; ``asked`` notes every title and problem. No answer left: None."""

    paths: list[Path | None] = field(default_factory=list)
    choices: list[str | None] = field(default_factory=list)
    dialogs: list[Callable[[Any], bool]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    suggested: list[Path] = field(default_factory=list)

    def stand_above(self, window: QWidget) -> None:
        """All the same to it."""

    def ask_open_path(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """The next path."""
        return self._next_path(title)

    def ask_open_paths(self, title: str, folder: Path | None = None) -> list[Path]:
        """All paths that are left."""
        self.asked.append(title)
        found = [path for path in self.paths if path is not None]
        self.paths.clear()
        return found

    def ask_save_path(self, title: str, kinds: Sequence[FileKind], suggested: Path) -> Path | None:
        """The next path."""
        self.suggested.append(suggested)
        return self._next_path(title)

    def ask_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """The next path."""
        return self._next_path(title)

    def ask_choice(self, title: str, text: str, choices: Sequence[Choice], details: str = "") -> str | None:
        """The next choice."""
        self.asked.append(title)
        return self.choices.pop(0) if self.choices else None

    def ask_dialog(self, dialog: QDialog) -> bool:
        """The next answer of ``dialogs``, which may work in it; no answer left: turned away."""
        self.asked.append(dialog.windowTitle())
        answer = self.dialogs.pop(0) if self.dialogs else None
        accepted = answer is not None and answer(dialog)
        dialog.deleteLater()
        return accepted

    def show_problem(self, problem: Problem) -> None:
        """Noted."""
        self.asked.append(str(problem))

    def _next_path(self, title: str) -> Path | None:
        self.asked.append(title)
        return self.paths.pop(0) if self.paths else None


class FakePlatform(QObject):
    """Stands where the platform would open things; ``opened`` notes them."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Path] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        """Noted."""
        assert url.isLocalFile()
        self.opened.append(Path(url.toLocalFile()))
