"""Keys that mean a row of a table while it has the keyboard, and the initiative elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def claims_for_row(event: QEvent) -> bool:
    """Whether an event asks if Delete or F2 is a shortcut of the program; then it is accepted, and the key
    comes to the table.
    """
    if (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_F2)
    ):
        event.accept()
        return True
    return False
