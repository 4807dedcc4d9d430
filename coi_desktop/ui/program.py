"""The running program: one window on one register at a time, and what happens when it is to be another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, system_language, use_language
from coi_desktop.operations.registers import create_register, open_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.application import QtWords
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.prompts import Choice, FileKind, Prompts
from coi_desktop.ui.theme import Looks

#: Problems of opening for writing that still let one read.
_READABLE = ("locked", "read_only", "backup_copy")


class Program:
    """The running program: one window on one register at a time."""

    def __init__(self, application: QApplication, settings: Settings, prompts: Prompts) -> None:
        self._application = application
        self._settings = settings
        self._words = QtWords(application)
        self._looks = Looks(application, settings.get("theme"))
        self.prompts = prompts
        self.register: Register | None = None
        self.window: MainWindow | None = None

    def start(self, wanted: Path | None) -> bool:
        """Open the first window; False when the user would rather not."""
        path: Path | None = wanted or self._last_register()
        while path is not None:
            try:
                self._open(path, may_make=wanted is None and path == paths.own_register())
            except Problem as problem:
                path = self._ask_instead(problem)
            else:
                return True
        return False

    def run(self) -> int:
        """Serve the window until it has closed; the program's exit code."""
        return self._application.exec()

    def _last_register(self) -> Path:
        last = self._settings.get("register")
        return Path(last) if last and Path(last).exists() else paths.own_register()

    def _ask_instead(self, problem: Problem) -> Path | None:
        """Another register in place of one that cannot be opened; None to leave."""
        text = "\n\n".join(part for part in (problem.what, problem.meaning, problem.advice) if part)
        choices = [
            Choice("other", _("&Open another register…")),
            Choice("own", _("Open my &own register")),
            Choice("quit", _("&Quit")),
        ]
        answer = self.prompts.ask_choice(_("The register cannot be opened"), text, choices)
        if answer == "own":
            return paths.own_register()
        if answer != "other":
            return None
        kind = FileKind(_("Register"), (paths.SUFFIX,))
        return self.prompts.ask_open_path(_("Open register"), [kind], paths.local_folder())

    def _open(self, path: Path, *, may_make: bool) -> None:
        """A window on the register at ``path``. Raises Problem; then nothing has changed."""
        refused: Problem | None = None
        try:
            register = create_register(path) if may_make and not path.exists() else open_register(path)
        except Problem as problem:
            if problem.code not in _READABLE:
                raise
            refused = problem
            register = open_register(path, write=False)
        self.register = register
        window = MainWindow(register, self._settings, self._looks, self.prompts, refused)
        window.register_wanted.connect(self._change_register)
        self.window = window
        self.prompts.stand_above(window)
        window.closed.connect(self._close_register)
        window.show()

    def _change_register(self, path: Path) -> None:
        """Another register, or this one anew (for writing, in another language): the window is replaced."""
        old_window, old_register = self.window, self.register
        assert old_window is not None
        assert old_register is not None
        previous = old_register.path
        self._application.setQuitOnLastWindowClosed(False)
        try:
            if not old_window.close():
                return
            use_language(self._settings.get("language") or system_language())
            self._words.speak()
            try:
                self._open(path, may_make=path == paths.own_register())
                if path != paths.sample_register():
                    self._settings.set("register", str(path))
            except Problem as problem:
                self._open(previous, may_make=False)
                self.prompts.show_problem(problem)
            old_window.deleteLater()
        finally:
            self._application.setQuitOnLastWindowClosed(True)

    def _close_register(self) -> None:
        if self.register is not None:
            self.register.close()
            self.register = None

    def show_crash(self, error: BaseException) -> None:
        """Tell of a fault of the program."""
        from coi_desktop.ui.dialogs.crash_dialog import show_crash

        show_crash(error, self.window)
