"""Pictures of every screen, in Danish and English, light and dark, on the sample portfolio.

    python -m tools.screenshots [--out FOLDER] [--only WORD]

The window is opened without a screen (offscreen), at 1366×768, and every place, every tab and the dialogs are
brought up one after another; one picture each is written to out/screenshots. Two more show the window in high
contrast and on a small screen at double scale.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import use_language
from coi_desktop.models.query import Query
from coi_desktop.operations import initiatives
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.application import QtWords, make_application
from coi_desktop.ui.dialogs.quick_add import QuickAdd
from coi_desktop.ui.dialogs.settings_dialog import SettingsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.notices import NextStep
from coi_desktop.ui.pages.initiatives_page import InitiativesPage
from coi_desktop.ui.pages.search_line import SearchLine
from coi_desktop.ui.panels.facts_tab import FactsTab
from coi_desktop.ui.places import PLACES
from coi_desktop.ui.theme import Looks
from coi_desktop.ui.window_prompts import WindowPrompts

Scene = Callable[[], None]

LANGUAGES = ("da", "en")
THEMES = ("light", "dark")
WIDTH, HEIGHT = 1366, 768
SECONDS_FOR_WORK = 20
#: The initiative whose evaluation is stored in full.
MAIN = "Skærmbesøg"


def main() -> int:
    """The command line described at the top of this file."""
    parser = argparse.ArgumentParser(description="Pictures of every screen.")
    parser.add_argument("--out", type=Path, default=Path("out") / "screenshots")
    parser.add_argument("--only", default="", help="only pictures with this word in their name")
    parser.add_argument("--one", nargs=3, metavar=("LANGUAGE", "THEME", "SCALE"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if options.one:
        language, theme, scale = options.one
        return take_pictures(options.out, language, theme, scale, options.only)
    runs = [(language, theme, "1") for language in LANGUAGES for theme in THEMES]
    runs += [("da", "contrast", "1"), ("da", "light", "2")]
    failed = 0
    for language, theme, scale in runs:
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
        command = [
            sys.executable,
            "-m",
            "tools.screenshots",
            "--out",
            str(options.out),
            "--only",
            options.only,
        ]
        done = subprocess.run(
            [*command, "--one", language, theme, scale], env=environment, timeout=600, check=False
        )
        failed += done.returncode != 0
    print(f"{len(list(options.out.glob('*.png')))} pictures in {options.out}")
    return 1 if failed else 0


def take_pictures(out: Path, language: str, theme: str, scale: str, only: str) -> int:
    """The pictures of one language and theme, in a process of their own."""
    use_language(language)
    application = make_application(sys.argv[:1])
    words = QtWords(application)
    looks = Looks(application, theme)
    with tempfile.TemporaryDirectory() as folder:
        register = create_sample_register(Path(folder) / "eksempel.coi")
        window = MainWindow(register, Settings.read(Path(folder) / "settings.json"), looks, WindowPrompts())
        if scale == "2":
            window.resize(WIDTH // 2, HEIGHT // 2)
        else:
            window.resize(WIDTH, HEIGHT)
        window.show()
        camera = Camera(out, f"{language}-{theme}" + ("-200" if scale == "2" else ""), only)
        scenes = Scenes(window, Path(folder), camera)
        for scene in scenes.all() if (theme, scale) in (("light", "1"), ("dark", "1")) else scenes.few():
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


class Scenes:
    """What is brought before the camera."""

    def __init__(self, window: MainWindow, folder: Path, camera: Camera) -> None:
        self._window = window
        self._folder = folder
        self._camera = camera

    def all(self) -> Iterator[Scene]:
        """Every screen there is."""
        yield self.initiatives
        yield self.tabs
        yield self.search
        yield self.problem_in_a_field
        yield self.notices
        yield self.places
        yield self.walk_through
        yield self.dialogs
        yield self.reading_only
        yield self.empty

    def few(self) -> Iterator[Scene]:
        """What shows whether a look works."""
        yield self.initiatives
        yield self.search
        yield self.problem_in_a_field
        yield self.places

    def initiatives(self) -> None:
        """The list with one chosen."""
        self._choose()
        self._shoot("initiatives")

    def tabs(self) -> None:
        """Every tab of the panel, that of the facts also scrolled down."""
        self._choose()
        panel = self._initiatives().panel
        assert panel is not None
        initiatives.edit_field(self._window.desk.register, panel.record_id, "owner", "Ældreområdet")
        for name in panel.tab_names:
            panel.show_tab(name)
            self._shoot(f"tab-{name}")
            for area in panel.findChildren(QScrollArea):
                bar = area.verticalScrollBar()
                if area.isVisible() and bar.maximum():
                    bar.setValue(bar.maximum())
                    self._shoot(f"tab-{name}-end")
                    bar.setValue(0)
        panel.show_tab("facts")

    def search(self) -> None:
        """Hits marked, and nothing found."""
        page = self._initiatives()
        line = page.findChild(SearchLine)
        assert isinstance(line, SearchLine)
        line.setText("pleje")
        self._shoot("search")
        line.setText("findes ikke")
        self._shoot("search-nothing")
        line.clear()

    def problem_in_a_field(self) -> None:
        """What does not read, and a number of two meanings."""
        self._choose()
        panel = self._initiatives().panel
        assert panel is not None
        facts = panel.show_tab("facts")
        assert isinstance(facts, FactsTab)
        for name, text in (("start", "snart"), ("budget", "1.234")):
            row = facts.form.row(name)
            row.editor.set_raw(text)
            row.editor.edited.emit()
        facts.focus_field("start")
        area = facts.findChild(QScrollArea)
        assert isinstance(area, QScrollArea)
        area.ensureWidgetVisible(facts.form.row("spent"))
        self._shoot("problem")
        for name in ("start", "budget"):
            facts.form.row(name).editor.set_raw("")
            facts.form.row(name).editor.edited.emit()
        facts.flush()

    def notices(self) -> None:
        """Something done, and a problem that stays."""
        notices = self._window.desk.notices
        words = ("Arbejdsbogen portefølje.xlsx er skrevet.", "Åbn", "Vis mappe")
        notices.show_done(words[0], [NextStep(words[1], bool), NextStep(words[2], bool)])
        self._shoot("notice-done")
        problem = Problem(
            "Disken, der rummer eksempel.coi, er fuld (0 MB ledig).",
            meaning="Ændringen er ikke skrevet; alt før den er i sikkerhed.",
            advice="Skaf plads på disken, og prøv igen; det, du skrev, står stadig i feltet.",
        )
        notices.show_problem(problem, bool)
        self._shoot("notice-problem")
        notices.clear()

    def places(self) -> None:
        """Every place of the rail."""
        for place in PLACES:
            if self._window.has_place(place.name):
                self._window.show_place(place.name)
                self._shoot(f"place-{place.name}")

    def walk_through(self) -> None:
        """The evaluation of the main initiative."""
        if self._window.has_place("evaluations"):
            self._window.show_record("evaluations", self._main_id())
            self._shoot("walk-through")
        self._window.show_place("initiatives")

    def dialogs(self) -> None:
        """Our own dialogs."""
        desk = self._window.desk
        for name, dialog in (
            ("quick-add", QuickAdd(desk, self._window)),
            ("settings", SettingsDialog(desk, self._window)),
        ):
            dialog.show()
            self._camera.shoot(dialog, f"dialog-{name}")
            if isinstance(dialog, QuickAdd):
                dialog.add()
                self._camera.shoot(dialog, f"dialog-{name}-problem")
            dialog.close()
        menu = self._initiatives().table.make_column_menu()
        menu.popup(self._window.mapToGlobal(QPoint(400, 100)))
        self._camera.shoot(menu, "columns")
        menu.close()

    def reading_only(self) -> None:
        """A register that is open elsewhere."""
        with open_register(self._window.desk.register.path, write=False) as register:
            self._other(register, "read-only", Problem("eksempel.coi er åben på en anden computer."))

    def empty(self) -> None:
        """A register without an initiative."""
        with create_register(self._folder / "register.coi") as register:
            self._other(register, "empty", None)

    def _other(self, register: Register, name: str, refused: Problem | None) -> None:
        desk = self._window.desk
        settings = Settings.read(self._folder / "other.json")
        window = MainWindow(register, settings, desk.looks, desk.prompts, refused)
        window.resize(WIDTH, HEIGHT)
        window.show()
        settle(window)
        self._camera.shoot(window, name)
        window.close()

    def _initiatives(self) -> InitiativesPage:
        self._window.show_place("initiatives")
        page = self._window.page
        assert isinstance(page, InitiativesPage)
        return page

    def _choose(self) -> None:
        settle(self._window)
        self._initiatives().show_record(self._main_id())

    def _main_id(self) -> str:
        found = self._window.desk.register.find_ids(Query("initiative", search=MAIN))
        return found[0]

    def _shoot(self, name: str) -> None:
        self._camera.shoot(self._window, name)


if __name__ == "__main__":
    sys.exit(main())
