"""Pictures of every screen, in Danish and English, light and dark, on the sample portfolio.

    python -m tools.screenshots [--out FOLDER] [--only WORD] [--run RUN]

The window is opened on a virtual screen, at 1366×768, and every place, every tab and the dialogs are
brought up one after another; pictures are written to out/screenshots. Further ones show the window in high
contrast, in a narrow window, and on small screens at one and a half and at double scale.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from coi_desktop.i18n import use_language
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.settings import Settings
from coi_desktop.ui.application import QtWords, make_application
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.window_prompts import WindowPrompts
from tools.scenes import Scenes
from tools.virtual_screen import Screen, virtual_screen

LANGUAGES = ("da", "en")
THEMES = ("light", "dark")
SECONDS_FOR_WORK = 20
SCREEN = "1600x1000"

#: Sizes of the window by name: its side lengths (logical pixels) and Qt's scale.
SIZES = {
    "": (1366, 768, "1"),
    "narrow": (1024, 600, "1"),
    "150": (910, 512, "1.5"),
    "200": (683, 384, "2"),
}


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="Pictures of every screen.")
    parser.add_argument("--out", type=Path, default=Path("out") / "screenshots")
    parser.add_argument("--only", default="", help="only pictures with this word in their name")
    parser.add_argument("--run", default="", help="only one run, for example da-dark or da-light-200")
    parser.add_argument("--one", nargs=3, metavar=("LANGUAGE", "THEME", "SIZE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.one:
        language, theme, size = options.one
        return take_pictures(options.out, language, theme, size, options.only)
    runs = [(language, theme, "") for language in LANGUAGES for theme in THEMES]
    runs += [
        ("da", "contrast", ""),
        ("da", "light", "narrow"),
        ("da", "light", "150"),
        ("da", "light", "200"),
    ]
    wanted = [run for run in runs if options.run in ("", "-".join(part for part in run if part))]
    with virtual_screen(SCREEN) as screen:
        failed = [run for run in wanted if not _succeeds(run, options.out, options.only, screen)]
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}")
    return 1 if failed else 0


def _succeeds(run: tuple[str, str, str], out: Path, only: str, screen: Screen) -> bool:
    """Take one run's pictures in a process of its own: language and scale are those of a whole program."""
    environment = dict(screen.environment) | {"QT_SCALE_FACTOR": SIZES[run[2]][2]}
    command = (sys.executable, "-m", "tools.screenshots", "--out", str(out), "--only", only, "--one", *run)
    return subprocess.run(command, env=environment, timeout=900, check=False).returncode == 0


def take_pictures(out: Path, language: str, theme: str, size: str, only: str) -> int:
    """The pictures of one language and theme, in a process of their own."""
    use_language(language)
    application = make_application(sys.argv[:1])
    words = QtWords(application)
    looks = Looks(application, theme)
    with tempfile.TemporaryDirectory() as folder:
        register = create_sample_register(Path(folder) / "eksempel.coi")
        window = MainWindow(register, Settings.read(Path(folder) / "settings.json"), looks, WindowPrompts())
        window.resize(*SIZES[size][:2])
        window.show()
        camera = Camera(out, "-".join(part for part in (language, theme, size) if part), only)
        scenes = Scenes(window, Path(folder), camera, settle)
        for scene in scenes.all() if theme in THEMES and not size else scenes.few():
            scene()
        window.close()
        register.close()
    del words
    return 0


class Camera:
    """Writes pictures under a common prefix."""

    def __init__(self, out: Path, prefix: str, only: str) -> None:
        self._out = out
        self._prefix = prefix
        self._only = only

    def shoot(self, target: QWidget, name: str) -> None:
        """One picture of a window, once everything in it has been drawn."""
        settle(target)
        if self._only in name:
            target.grab().save(str(self._out / f"{name}-{self._prefix}.png"))


def settle(target: QWidget) -> None:
    """Let what is waiting be drawn, and work be finished."""
    until = time.monotonic() + SECONDS_FOR_WORK
    while time.monotonic() < until:
        for _turn in range(5):
            QApplication.processEvents()
            time.sleep(0.01)
        if not isinstance(target, MainWindow) or not target.desk.runner.is_busy:
            return


if __name__ == "__main__":
    sys.exit(main())
