"""The running program: one window on one register at a time, and what happens when it is to be another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, system_language, use_language
from coi_desktop.operations.file_places import Look, look_around
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.application import QtWords
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.prompts import Choice, FileKind, Prompts
from coi_desktop.ui.register_opening import RegisterOpening, say
from coi_desktop.ui.theme import Looks

#: Why a register was opened for reading that is not the one to go on with next time.
LOOKED_INTO = ("chosen_reading", "backup_copy")


class Program:
    """The running program: one window on one register at a time."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        prompts: Prompts,
        look: Look = look_around,
    ) -> None:
        self._application = application
        self._settings = settings
        self._words = QtWords(application)
        self._looks = Looks(application, settings.get("theme"))
        self._opening = RegisterOpening(settings, prompts, look)
        self.prompts = prompts
        self.register: Register | None = None
        self.window: MainWindow | None = None

    def start(self, wanted: Path | None) -> bool:
        """Open the first window; False when the user would rather not.

        A register is made only at the very first start: where one was remembered and is gone, that is said.
        """
        last = self._settings.get("register")
        path: Path | None = wanted or (Path(last) if last else paths.own_register())
        may_make = wanted is None and self._is_first(path)
        while path is not None:
            try:
                self._open(path, may_make=may_make, lasting=wanted is None)
            except Problem as problem:
                path, may_make = self._ask_instead(problem, path)
            else:
                return True
        return False

    def _is_first(self, path: Path | None) -> bool:
        """Whether ``path`` is that of the user's own register, and it was never made."""
        return path == paths.own_register() and not self._settings.get("own_made")

    def run(self) -> int:
        """Serve the window until it has closed; the program's exit code."""
        return self._application.exec()

    def _ask_instead(self, problem: Problem, path: Path) -> tuple[Path | None, bool]:
        """Another register in place of one that cannot be opened (None to leave), and whether to make it."""
        own = paths.own_register()
        is_own_gone = problem.code == "missing" and path == own
        begin = _("Begin a &new, empty register") if is_own_gone else _("Open my &own register")
        choices = [
            Choice("other", _("&Open another register…")),
            Choice("own", begin),
            Choice("quit", _("&Quit")),
        ]
        answer = self.prompts.ask_choice(_("The register cannot be opened"), say(problem), choices)
        if answer == "own":
            return own, is_own_gone or self._is_first(own)
        if answer != "other":
            return None, False
        kind = FileKind(_("Register"), (paths.SUFFIX,))
        return self.prompts.ask_open_path(_("Open register"), [kind], paths.local_folder()), False

    def _open(self, path: Path, *, may_make: bool, lasting: bool = True) -> None:
        """A window on the register at ``path``, which is opened next time too if that is ``lasting``.

        Raises Problem; then nothing has changed.
        """
        opened = self._opening.open(path, may_make=may_make)
        self.register = opened.register
        is_a_look = opened.refused is not None and opened.refused.code in LOOKED_INTO
        self._remember(opened.register.path, lasting=lasting and not is_a_look)
        window = MainWindow(opened.register, self._settings, self._looks, self.prompts, opened.refused)
        window.register_wanted.connect(self._change_register)
        self.window = window
        self.prompts.stand_above(window)
        window.closed.connect(self._close_register)
        if opened.moves:
            window.painted.connect(window.move_register)
        window.show()

    def _remember(self, path: Path, *, lasting: bool) -> None:
        """Note the register to open next time; the sample portfolio is never that."""
        is_own = path == paths.own_register()
        lasting = lasting and path != paths.sample_register()
        if lasting and self._settings.get("register") != str(path):
            self._settings.set("register", str(path))
        elif not is_own or self._settings.get("own_made"):
            return
        if is_own:
            self._settings.set("own_made", True)
        self._settings.save()

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
                self._open(path, may_make=self._is_first(path))
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
