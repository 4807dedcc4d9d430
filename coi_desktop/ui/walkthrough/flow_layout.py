"""A layout that breaks a line of small widgets where there is no more room, as words in a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


def in_a_flow(*widgets: QWidget) -> QWidget:
    """These widgets beside each other, on as many lines as it takes."""
    box = QWidget()
    flow = FlowLayout(box, across=8)
    for widget in widgets:
        flow.addWidget(widget)
    return box


class FlowLayout(QLayout):
    """Widgets from left to right, line under line. ``is_stacked``: one on each line, as wide as the line."""

    def __init__(self, parent: QWidget, *, is_stacked: bool = False, across: int = 6, down: int = 4) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._is_stacked = is_stacked
        self._across = across
        self._down = down
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem, /) -> None:
        """Take an item in at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many items there are."""
        return len(self._items)

    def itemAt(self, index: int, /) -> QLayoutItem | None:
        """The item at a place, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int, /) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """None: it wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """How high all lines are at this width."""
        return self._place(QRect(0, 0, width, 0), moves=False)

    def setGeometry(self, room: QRect, /) -> None:
        """Put every item in its place."""
        super().setGeometry(room)
        self._place(room, moves=True)

    def sizeHint(self) -> QSize:
        """All on one line, or under each other."""
        hints = [item.sizeHint() for item in self._items]
        if self._is_stacked:
            return self._stacked(hints)
        width = sum(hint.width() for hint in hints) + self._across * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """As wide as the widest item."""
        hints = [item.minimumSize() for item in self._items]
        if self._is_stacked:
            return self._stacked(hints)
        return QSize(
            max((hint.width() for hint in hints), default=0),
            max((hint.height() for hint in hints), default=0),
        )

    def _stacked(self, hints: list[QSize]) -> QSize:
        height = sum(hint.height() for hint in hints) + self._down * max(0, len(hints) - 1)
        return QSize(max((hint.width() for hint in hints), default=0), height)

    def _place(self, room: QRect, *, moves: bool) -> int:
        x, y, line_height = room.x(), room.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden
                continue
            hint = item.sizeHint()
            width = room.width() if self._is_stacked else min(hint.width(), room.width())
            if x > room.x() and x + width > room.x() + room.width():
                x, y, line_height = room.x(), y + line_height + self._down, 0
            if moves:
                item.setGeometry(QRect(x, y, width, hint.height()))
            x += width + self._across
            line_height = max(line_height, hint.height())
        return y + line_height - room.y()
