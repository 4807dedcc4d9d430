"""From the register's listeners to a Qt signal: the only way by which screens hear of changes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from coi_desktop.models.changes import ChangeSet
from coi_desktop.store.register import Register


class Bridge(QObject):
    """Emits ``changed`` with every ChangeSet of the register, after its commit, on its thread.

    ``closed`` is emitted when the window closes: whoever has something planned for later drops it then, for
    the register is closed next.
    """

    changed = Signal(object)
    closed = Signal()

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsubscribe = register.subscribe(self._tell)

    def close(self) -> None:
        """Hear nothing more, and say so."""
        self._unsubscribe()
        self.closed.emit()

    def _tell(self, changes: ChangeSet) -> None:
        self.changed.emit(changes)
