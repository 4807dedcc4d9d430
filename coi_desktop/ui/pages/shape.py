"""A way to show the initiatives beside the list: board and timeline."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from coi_desktop.models.changes import ChangeSet


class Shape(QWidget):
    """Shows what the chosen initiatives ask for. ``row_chosen``: another one is current, by hand;
    ``several_chosen``: others are chosen beside it, by hand; ``opened``: Enter on it; ``menu_wanted``: its
    menu, at a place of the screen.

    The page tells it of changes and choices; it asks by itself for what a search or filter changes while it
    can be seen.
    """

    row_chosen = Signal()
    several_chosen = Signal()
    opened = Signal()
    menu_wanted = Signal(QPoint)

    def ask(self) -> None:
        """Ask the register for what is to be shown."""
        raise NotImplementedError

    def take_in(self, changes: ChangeSet) -> None:
        """Show what a commit changed."""
        raise NotImplementedError

    def current_id(self) -> str:
        """The initiative that is current here, or an empty string."""
        raise NotImplementedError

    def choose(self, record_id: str) -> bool:
        """Make an initiative current and bring it into sight, unsaid; False when it is not shown."""
        raise NotImplementedError

    def chosen_numbers(self) -> Sequence[int]:
        """The row numbers in the register of all that is chosen here."""
        raise NotImplementedError

    def choose_numbers(self, numbers: Collection[int]) -> None:
        """Choose these row numbers of the register and nothing else, unsaid; the current one stays."""
        raise NotImplementedError

    def enter(self) -> None:
        """Put the keyboard on the current initiative, or the first one."""
        raise NotImplementedError

    def draw(self) -> None:
        """Paint in the colours of the theme."""
        self.update()
