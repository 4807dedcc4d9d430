"""The running program: one window on one register at a time, and what happens when it is to be another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from coi_desktop.models.prepared_restore import Prepared
    from coi_desktop.operations.backups import FoundBackup

#: Why a register was opened for reading that is not the one to go on with next time.
LOOKED_INTO = ("chosen_reading", "backup_copy", "moved_away")


class Program:
    """The running program: one window on one register at a time."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings,
        prompts: Prompts,
        look: Look = look_around,
    ) -> None:
        self.application = application
        self._settings = settings
        self._words = QtWords(application)
        self._looks = Looks(application, settings.get("theme"))
        self._opening = RegisterOpening(settings, prompts, look)
        self.prompts = prompts
        self.register: Register | None = None
        self._closing: list[Thread] = []
        self._is_kept = False  # what is being replaced by a restore is kept already
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
        code = self.application.exec()
        for thread in self._closing:
            thread.join()
        return code

    def _ask_instead(self, problem: Problem, path: Path) -> tuple[Path | None, bool]:
        """Another register in place of one that cannot be opened (None to leave), and whether to make it."""
        own = paths.own_register()
        is_own_gone = problem.code == "missing" and path == own
        begin = _("Begin a &new, empty register") if is_own_gone else _("Open my &own register")
        from coi_desktop.ui.backup_commands import restore_choice

        backup = self._find_backup(problem, path)
        choices = [
            *([] if backup is None else [Choice("restore", restore_choice(backup))]),
            Choice("other", _("&Open another register…")),
            Choice("own", begin),
            Choice("quit", _("&Quit")),
        ]
        answer = self.prompts.ask_choice(_("The register cannot be opened"), say(problem), choices)
        if answer == "restore" and backup is not None:
            return self._restore_unopened(path, backup), False
        if answer == "own":
            return own, is_own_gone or self._is_first(own)
        if answer != "other":
            return None, False
        kind = FileKind(_("Register"), (paths.SUFFIX,))
        return self.prompts.ask_open_path(_("Open register"), [kind], paths.local_folder()), False

    def _find_backup(self, problem: Problem, path: Path) -> FoundBackup | None:
        """The newest backup of a register that is damaged or gone."""
        from coi_desktop.operations.backups import find_backups
        from coi_desktop.operations.restores import DAMAGED
        from coi_desktop.ui.backup_commands import second_place

        if problem.code not in DAMAGED:
            return None
        return next(iter(find_backups(path, second_place(self._settings))), None)

    def _restore_unopened(self, path: Path, backup: FoundBackup) -> Path | None:
        """Put a backup in the place of a register that cannot be opened; None when that cannot be done."""
        from coi_desktop.models.progress import run_to_end
        from coi_desktop.operations.restores import finish_restore, prepare_restore

        try:
            finish_restore(run_to_end(prepare_restore(path, backup)))
        except Problem as problem:
            self.prompts.show_problem(problem)
            return None
        return path

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
        window.restore_wanted.connect(self._restore)
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
        assert self.register is not None
        previous = self.register.path

        def go_on() -> None:
            use_language(self._settings.get("language") or system_language())
            self._words.speak()
            try:
                self._open(path, may_make=self._is_first(path))
            except Problem as problem:
                self._open(previous, may_make=False)
                self.prompts.show_problem(problem)

        self._replace_window(go_on)

    def _restore(self, prepared: Prepared) -> None:
        """Put a prepared backup in the place of the register, and go on with it in a window like the last."""
        from coi_desktop.operations.restores import drop_restore, finish_restore, missing_files_remark
        from coi_desktop.ui.backup_commands import restored_words

        def go_on() -> None:
            refused: Problem | None = None
            try:
                finish_restore(prepared)
            except Problem as problem:
                refused = problem
            self._open(prepared.path, may_make=False)
            if refused is not None:
                self.prompts.show_problem(refused)
            elif self.window is not None:
                said = (restored_words(prepared.path.name), missing_files_remark(prepared))
                self.window.desk.notices.show_done(" ".join(part for part in said if part))

        self._is_kept = True
        try:
            if not self._replace_window(go_on):
                drop_restore(prepared)
        finally:
            self._is_kept = False

    def _replace_window(self, go_on: Callable[[], None]) -> bool:
        """Close the window and its register, then ``go_on`` to the next one; False when it stays open."""
        old_window = self.window
        assert old_window is not None
        self.application.setQuitOnLastWindowClosed(False)
        try:
            if not old_window.close():
                return False
            go_on()
            old_window.deleteLater()
            return True
        finally:
            self.application.setQuitOnLastWindowClosed(True)

    def _close_register(self) -> None:
        register, self.register = self.register, None
        if register is None:
            return
        register.close()
        if register.writable and not self._is_kept:
            from coi_desktop.ui.backup_commands import second_place
            from coi_desktop.ui.closing_backup import keep_closed

            self._closing = [thread for thread in self._closing if thread.is_alive()]
            self._closing.append(keep_closed(register.path, second_place(self._settings)))

    def show_crash(self, error: BaseException) -> None:
        """Tell of a fault of the program; one of the disk is a notice of the window."""
        if isinstance(error, Problem) and self.window is not None:
            self.window.desk.notices.show_problem(error, self.window.read_again, key="disk")
            return
        from coi_desktop.ui.dialogs.crash_dialog import show_crash

        show_crash(error, self.window)
