"""Opens the window as the program does and says when it had painted: ``first_paint.py REGISTER``."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from coi_desktop.app import start_program


def main(register: str) -> int:
    """Run the program until its first paint; prints the time of day in seconds, and the window's size."""
    program = start_program(Path(register))
    if program is None or program.window is None:
        return 1
    window = program.window

    def tell() -> None:
        print(time.time(), window.width(), window.height(), flush=True)
        from PySide6.QtCore import QTimer  # as late as the program itself has it

        QTimer.singleShot(0, window.close)

    window.painted.connect(tell)
    return program.run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
