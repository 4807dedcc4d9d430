"""Where the program begins: the window, the command line, or the child that reads a stranger's workbook."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coi_desktop.errors import Problem
from coi_desktop.i18n import _

if TYPE_CHECKING:
    from coi_desktop.models.printout import Printout
    from coi_desktop.models.progress import Job

_SCREENS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main() -> int:
    """Run the program with the arguments it was started with, and return its exit code."""
    try:
        return run(sys.argv[1:])
    except KeyboardInterrupt:  # before there are words to say anything with
        return 1


def run(arguments: Sequence[str]) -> int:
    """The window is reached without the command line's library: it would cost a tenth of the start."""
    if arguments[:1] == ["--read-table"]:
        from coi_desktop.exchange.reading_child import serve

        return serve()
    if _has_screen():
        if not arguments:
            return _open_window(None)
        if len(arguments) == 2 and arguments[0] == "--register":
            return _open_window(Path(arguments[1]))

    from coi_desktop.cli.main import run as run_command_line

    return run_command_line(arguments, _open_window, _make_pages)


def _has_screen() -> bool:
    """Where there is none Qt would end the whole program without a word of ours."""
    return sys.platform != "linux" or any(map(os.environ.get, _SCREENS))


def _open_window(register: Path | None) -> int:
    if not _has_screen():
        raise _no_screen()

    from coi_desktop.app import open_window

    return open_window(register)


def _make_pages(printout: Printout) -> Job[bytes]:
    """A printout as a PDF; where there is no screen the pages are made without one."""
    if not _has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"

    from coi_desktop.app import make_pages

    return make_pages(printout)


def _no_screen() -> Problem:
    return Problem(
        _("There is no screen here to open the window on."),
        meaning=_("Nothing was changed."),
        advice=_("The command line does the same work without one: see “coi-desktop --help”."),
        code="no_screen",
    )


if __name__ == "__main__":
    sys.exit(main())
