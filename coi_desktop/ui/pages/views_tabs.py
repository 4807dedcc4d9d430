"""The tabs of the views: those that the register keeps are moved by dragging or by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QTabBar

_STEPS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_BOTH = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


class ViewsTabs(QTabBar):
    """``let_go`` tells that the tab in front was dragged when the button is up, ``wanted`` that a key asks
    for it to go so many places on. The first ``fixed`` tabs stay in front.
    """

    let_go = Signal()
    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.fixed = 0
        self.is_dragged = False
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.tabMoved.connect(self._note)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Only the tabs behind the fixed ones can be taken up."""
        self.is_dragged = False
        self.setMovable(self.tabAt(event.position().toPoint()) >= self.fixed)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The tab is let go."""
        super().mouseReleaseEvent(event)
        if self.is_dragged:
            self.is_dragged = False
            self.let_go.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Shift with PgUp and PgDn move the tab in front."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == _BOTH:
            self.wanted.emit(step)
            return
        super().keyPressEvent(event)

    def _note(self, _source: int, _target: int) -> None:
        """The dragged tab went past another one, which Qt tells as that one's move."""
        self.is_dragged = True
