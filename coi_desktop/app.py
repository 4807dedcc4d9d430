"""The composition root of the window: builds the parts once and hands them on. No singletons."""

from __future__ import annotations

import gc
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from coi_desktop.models.printout import Printout
    from coi_desktop.models.progress import Job
    from coi_desktop.ui.program import Program


def open_window(register_path: Path | None) -> int:
    """Open the window and return the program's exit code when it has closed; see ``start_program``."""
    program = start_program(register_path)
    return 1 if program is None else program.run()


def start_program(register_path: Path | None) -> Program | None:
    """The program with its window open; None when there is no register that the user would open.

    ``register_path`` is the register to open; without it the one used last, else the user's own, which is
    made at the first start.
    """
    gc.disable()  # nothing on the way to the window is thrown away; collecting would only look at it again
    program = _make_program()
    if not program.start(register_path) or program.window is None:
        gc.enable()
        return None
    program.window.painted.connect(partial(_collect_from_now_on, program))
    return program


def make_pages(printout: Printout) -> Job[bytes]:
    """A printout as a PDF, for the command line, where no window is open."""
    from coi_desktop.ui.printing.without_window import make_pages as make

    return make(printout)


def _make_program() -> Program:
    # Imported here: importing makes the most of what is not to be collected. And in this order, see there.
    from coi_desktop.ui.lean_qt import import_qt

    import_qt()
    from coi_desktop import paths
    from coi_desktop.i18n import system_language, use_language
    from coi_desktop.logs import start_log
    from coi_desktop.settings import Settings
    from coi_desktop.ui.application import Alarm, finding_fonts, log_qt_messages, make_application

    start_log(paths.log_folder())
    settings = Settings.read(paths.settings_file())
    use_language(settings.get("language") or system_language())
    application = make_application(sys.argv[:1])
    with finding_fonts():
        from coi_desktop.ui.program import Program
        from coi_desktop.ui.window_prompts import WindowPrompts
    log_qt_messages()
    program = Program(application, settings, WindowPrompts())
    Alarm(program.show_crash).install()
    return program


def _collect_from_now_on(program: Program) -> None:
    from coi_desktop.ui.garbage import GarbageCollection

    GarbageCollection(program.application)
