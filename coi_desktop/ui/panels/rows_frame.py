"""A heading over rows in a frame."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from coi_desktop.ui.panels.figure_card import WayRow
from coi_desktop.ui.plain import PlainLabel


class RowsFrame(QWidget):
    """A heading and rows in a frame; without rows a sentence, without that nothing at all.

    A row is a WayRow, or holds one as its first child that takes the keyboard.
    """

    def __init__(self, heading: str) -> None:
        super().__init__()
        self._frame = QFrame()
        self._frame.setObjectName("rows")
        self._frame.setAccessibleName(heading)
        self._column = QVBoxLayout(self._frame)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._faces: list[QWidget] = []
        self._instead = PlainLabel(tone="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(PlainLabel(heading, rank="section"))
        column.addWidget(self._frame)
        column.addWidget(self._instead)

    @property
    def rows(self) -> list[WayRow]:
        """What leads somewhere, from the top."""
        ways = [face if isinstance(face, WayRow) else face.findChild(WayRow) for face in self._faces]
        return [way for way in ways if isinstance(way, WayRow)]

    def show_rows(self, rows: Sequence[QWidget], instead: str = "") -> None:
        """Show these rows, or ``instead`` where there are none; the keyboard stays at its place."""
        focused = next((place for place, row in enumerate(self.rows) if row.hasFocus()), None)
        for old in self._faces:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._faces = list(rows)
        for row in rows:
            self._column.addWidget(row)
        if focused is not None and self.rows:
            self.rows[min(focused, len(self.rows) - 1)].setFocus()
        self._frame.setVisible(bool(rows))
        self._instead.setText("" if rows else instead)
        self._instead.setVisible(bool(self._instead.text()))
