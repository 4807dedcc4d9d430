"""Two parts with a line between them, which the mouse draws and a command or keys move."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

#: How far the line goes at a time, in logical pixels.
STEP = 40


class Split(QSplitter):
    """Two parts beside each other, the first as wide as ``usual`` says until somebody moves the line."""

    def __init__(
        self,
        first: QWidget,
        second: QWidget,
        usual: tuple[int, int],
        direction: Qt.Orientation = Qt.Orientation.Horizontal,
    ) -> None:
        super().__init__(direction)
        self._usual = usual
        self.addWidget(first)
        self.addWidget(second)
        self.setChildrenCollapsible(False)
        self.reset()

    def reset(self) -> None:
        """Put the line where it was at first."""
        self.setSizes(list(self._usual))

    def remember(self, sizes: Sequence[object]) -> None:
        """Put the line where it was left; what does not fit is passed over."""
        usable = [size for size in sizes if isinstance(size, int) and size > 0]
        if len(usable) == len(sizes) == self.count():
            self.setSizes(usable)

    def move_line(self, steps: int) -> None:
        """Give the first part so many steps more; no part loses what it needs."""
        first, second = self.sizes()
        self.setSizes([first + steps * STEP, second - steps * STEP])

    def take_keys(self) -> Split:
        """Move the line by keys of its own: in a window without the menu that has the commands."""
        from PySide6.QtGui import QKeySequence, QShortcut  # the first window has none

        is_across = self.orientation() is Qt.Orientation.Horizontal
        on, back = ("Right", "Left") if is_across else ("Down", "Up")
        for key, steps in ((on, 1), (back, -1)):
            shortcut = QShortcut(QKeySequence(f"Alt+Shift+{key}"), self)
            shortcut.activated.connect(partial(self.move_line, steps))
        return self


def one_above_the_other(first: QWidget, second: QWidget, usual: tuple[int, int]) -> Split:
    """Two parts of a dialog with a line between them that keys move too."""
    return Split(first, second, usual, Qt.Orientation.Vertical).take_keys()
