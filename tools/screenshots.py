"""Pictures of every screen, in Danish and English, light and dark, made on a virtual screen.

    python -m tools.screenshots [--out shots] [--language da|en] [--theme light|dark] [--size 1280x800]

The program's own window is opened on a fresh sample register. Every place of the rail, every tab of the most
thoroughly evaluated initiative and every dialog that an action opens is shown and photographed; what a later
version adds to the tables of places, tabs and actions is photographed without a change here.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tools.virtual_screen import virtual_screen

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from coi_desktop.ui.main_window import MainWindow
    from coi_desktop.ui.program import Program

LANGUAGES = ("da", "en")
THEMES = ("light", "dark")
SETTLE_SECONDS = 0.6
LONGEST_SECONDS = 240
# They leave the window, or ask the platform for a file.
NOT_OPENED = frozenset({"quit", "undo", "redo", "delete", "saved", "refresh", "find", "rename"})


class Camera:
    """Shows one screen after another and keeps a picture of each."""

    def __init__(self, program: Program, out: Path, stem: str) -> None:
        self._program = program
        self._out = out
        self._stem = stem

    def settle(self) -> None:
        """Lets events, timers and jobs run until the picture has come to rest."""
        from PySide6.QtWidgets import QApplication

        until = time.monotonic() + SETTLE_SECONDS
        while time.monotonic() < until:
            QApplication.processEvents()
            time.sleep(0.01)

    def take(self, shown: QWidget, name: str) -> None:
        """One picture of a window or dialog."""
        path = self._out / f"{self._stem}-{name}.png"
        shown.grab().save(str(path))
        print(path, flush=True)

    def take_all(self) -> None:
        """Every place, every tab, every dialog."""
        from coi_desktop.ui.places import PLACES

        window = self._window()
        self.settle()
        for place in PLACES:
            if window.has_place(place.name):
                window.show_place(place.name)
                self.settle()
                self.take(window, f"place-{place.name}")
        window.show_record("initiatives", most_evaluated(window))
        self._take_tabs(window)
        self._take_dialogs(window)

    def _window(self) -> MainWindow:
        window = self._program.window
        assert window is not None
        return window

    def _take_tabs(self, window: MainWindow) -> None:
        from coi_desktop.ui.record_panel import RecordPanel

        panel = window.findChild(RecordPanel)
        if panel is None:
            return
        for name in panel.tab_names:
            panel.show_tab(name)
            self.settle()
            self.take(window, f"tab-{name}")

    def _take_dialogs(self, window: MainWindow) -> None:
        from coi_desktop.ui.actions import ACTIONS

        for spec in ACTIONS:
            if spec.name not in NOT_OPENED:
                self._take_dialog(window, spec.name)

    def _take_dialog(self, window: MainWindow, name: str) -> None:
        """What an action opens; nothing when it opens no dialog of ours."""
        from PySide6.QtCore import QTimer
        from PySide6.QtWidgets import QApplication, QFileDialog

        def photograph() -> None:
            self.settle()
            dialog = QApplication.activeModalWidget()
            if dialog is None:
                return
            if not isinstance(dialog, QFileDialog):
                self.take(dialog, f"dialog-{name}")
            dialog.close()

        QTimer.singleShot(0, photograph)
        window.actions_[name].trigger()
        self.settle()


def most_evaluated(window: MainWindow) -> str:
    """The initiative with the most indicators in its evaluation."""
    snapshot = window.desk.register.snapshot()
    counts: dict[str, int] = {}
    for evaluation in snapshot.rows("evaluation"):
        initiative = str(evaluation["initiative_id"])
        indicators = [row for row in snapshot.rows("indicator") if row["evaluation_id"] == evaluation.id]
        counts[initiative] = counts.get(initiative, 0) + 1 + len(indicators)
    return max(counts, key=lambda key: counts[key])


def draw(language: str, theme: str, out: Path) -> int:
    """Makes the pictures in one language and theme; runs in a process and on a screen of its own."""
    from coi_desktop import paths
    from coi_desktop.i18n import use_language
    from coi_desktop.operations.samples import create_sample_register
    from coi_desktop.settings import Settings
    from coi_desktop.ui.application import make_application
    from coi_desktop.ui.program import Program

    use_language(language)
    settings = Settings.read(paths.settings_file())
    settings.set("language", language)
    settings.set("theme", theme)
    application = make_application(sys.argv[:1])
    sample = paths.sample_register()
    create_sample_register(sample).close()
    program = Program(application, settings)
    if not program.start(sample):
        return 1
    Camera(program, out, f"{language}-{theme}").take_all()
    return 0


def private_environment(environment: dict[str, str], home: str) -> dict[str, str]:
    """The environment with a home of its own, so that nobody's register is opened."""
    folders = {f"XDG_{name}_HOME": f"{home}/{name.lower()}" for name in ("DATA", "CONFIG", "CACHE", "STATE")}
    return environment | folders | {"HOME": home, "LANG": "C.UTF-8"}


def make_pictures(languages: list[str], themes: list[str], size: str, out: Path) -> int:
    """The pictures of each language and theme; the number of runs that failed."""
    failed = 0
    out.mkdir(parents=True, exist_ok=True)
    with virtual_screen(size) as screen:
        for language in languages:
            for theme in themes:
                with tempfile.TemporaryDirectory(prefix="pictures-") as home:
                    done = subprocess.run(
                        [sys.executable, "-m", "tools.screenshots", "--draw", "--language", language,
                         "--theme", theme, "--out", str(out)],
                        env=private_environment(dict(screen.environment), home),
                        timeout=LONGEST_SECONDS,
                        check=False,
                    )  # fmt: skip
                failed += done.returncode != 0
    return failed


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="Pictures of every screen.")
    parser.add_argument("--out", type=Path, default=Path("shots"))
    parser.add_argument("--language", choices=LANGUAGES)
    parser.add_argument("--theme", choices=THEMES)
    parser.add_argument("--size", default="1280x800")
    parser.add_argument("--draw", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.draw:
        status = draw(options.language, options.theme, options.out)
        sys.stdout.flush()
        os._exit(status)  # whatever the pictures opened ends here
    languages = [options.language] if options.language else list(LANGUAGES)
    themes = [options.theme] if options.theme else list(THEMES)
    return 1 if make_pictures(languages, themes, options.size, options.out) else 0


if __name__ == "__main__":
    sys.exit(main())
