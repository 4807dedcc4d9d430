"""Opens a QMainWindow with nothing in it and says when it had painted: ``empty_window.py WIDTH HEIGHT``."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QMainWindow


class Window(QMainWindow):
    """Tells and closes as soon as it has painted."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Tell when all of the window has been painted."""
        super().paintEvent(event)
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        print(time.time(), self.width(), self.height(), flush=True)
        self.close()


application = QApplication(sys.argv[:1])
window = Window()
window.resize(int(sys.argv[1]), int(sys.argv[2]))
window.show()
sys.exit(application.exec())
