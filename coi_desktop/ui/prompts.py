"""Questions to the user that need an answer. Screens ask through the protocol, so that tests can answer.

The real ones are in ``ui/window_prompts.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, Protocol

from coi_desktop.errors import Problem

if TYPE_CHECKING:
    from PySide6.QtWidgets import QDialog, QWidget


class FileKind(NamedTuple):
    """A kind of file in an open or save window: its name for people, and its endings (``".xlsx"``)."""

    label: str
    suffixes: tuple[str, ...]


class Choice(NamedTuple):
    """One answer: what is given back, and our own words for its button, with their mnemonic. The first of
    several is the default.
    """

    name: str
    label: str


class Prompts(Protocol):
    """Everything the program may ask while it waits for an answer; None where the user turned away."""

    def stand_above(self, window: QWidget) -> None:
        """Ask in front of this window from now on."""

    def ask_open_path(self, title: str, kinds: Sequence[FileKind], folder: Path | None = None) -> Path | None:
        """An existing file."""

    def ask_open_paths(self, title: str, folder: Path | None = None) -> list[Path]:
        """Existing files of any kind; an empty list where the user turned away."""

    def ask_save_path(self, title: str, kinds: Sequence[FileKind], suggested: Path) -> Path | None:
        """A file to write; the platform's window has asked about replacing an existing one."""

    def ask_folder(self, title: str, folder: Path | None = None) -> Path | None:
        """An existing folder to write several files into."""

    def ask_choice(self, title: str, text: str, choices: Sequence[Choice], details: str = "") -> str | None:
        """The name of one of ``choices``. ``details`` fold out and can be copied."""

    def ask_dialog(self, dialog: QDialog) -> bool:
        """A window of several fields, shown until it is accepted or turned away from; True when accepted."""

    def show_problem(self, problem: Problem) -> None:
        """A problem that must be read before going on."""
