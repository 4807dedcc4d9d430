"""Opens the window once without showing it to anybody, for the program's test of itself."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication

from coi_desktop.operations.registers import open_register
from coi_desktop.settings import Settings
from coi_desktop.ui.application import make_application
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.window_prompts import WindowPrompts

_SECONDS = 20


def try_window(register_path: Path, folder: Path) -> None:
    """Open the window on a register, let it paint every place, close it; AssertionError when it cannot."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    running = QApplication.instance()
    application = running if isinstance(running, QApplication) else make_application(sys.argv[:1])
    if not QFontDatabase.families():
        raise AssertionError("there are no fonts: every letter would be a box")
    with open_register(register_path) as register:
        window = MainWindow(
            register, Settings.read(folder / "settings.json"), Looks(application), WindowPrompts()
        )
        painted: list[bool] = []
        window.painted.connect(lambda: painted.append(True))
        window.painted.connect(application.quit)
        QTimer.singleShot(_SECONDS * 1000, application.quit)
        window.show()
        application.exec()
        for name in ("overview", "evaluations", "cases", "initiatives"):
            if window.has_place(name):
                window.show_place(name)
                application.processEvents()
        window.close()
        if not painted:
            raise AssertionError("the window did not paint")
