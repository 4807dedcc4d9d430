"""The chosen row of a small table as a form: its name, a way to remove it, every field below."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.ui.plain import PlainLabel, menu_text


class ChosenRow(QFrame):
    """A box around a ``form``. ``remove`` takes the row out; ``below`` is where more can be added."""

    def __init__(self, form: QWidget, remove: Callable[[], None], *, can_write: bool) -> None:
        super().__init__()
        self.setProperty("look", "box")
        self.title = PlainLabel(rank="section", wrap=True)
        self.remove = QPushButton()
        self.remove.setProperty("look", "link")
        self.remove.clicked.connect(remove)
        self.remove.setEnabled(can_write)
        self._head = QHBoxLayout()
        self._head.addWidget(self.title, 1)
        self._head.addWidget(self.remove)
        self.below = QVBoxLayout(self)
        self.below.setContentsMargins(14, 10, 14, 14)
        self.below.setSpacing(8)
        self.below.addLayout(self._head)
        self.below.addWidget(form)

    def add_way(self, way: QPushButton) -> None:
        """Put a button before the one that removes."""
        self._head.insertWidget(1, way)

    def show_name(self, name: str, remove: str) -> None:
        """Say which row it is, and what the button does."""
        self.title.setText(name)
        self.remove.setText(menu_text(remove))
        self.remove.setAccessibleName(f"{self.remove.text()}: {name}")
