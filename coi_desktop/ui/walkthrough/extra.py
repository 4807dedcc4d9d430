"""What stands beside a question because it follows from the answers."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coi_desktop.ui.desk import Desk
from coi_desktop.ui.walkthrough.walk import Walk


class Extra(QWidget):
    """Shown below a question; reads the walk anew whenever something changed. ``goes_first``: it stands above
    the editors instead.
    """

    goes_first = False

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__()
        self.desk = desk
        self.walk = walk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)

    def show_walk(self) -> None:
        """Show what follows from the answers of this moment."""
        raise NotImplementedError
