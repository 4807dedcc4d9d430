"""Where the program begins: the window, the command line, or the child that reads a stranger's workbook."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

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
    if not arguments:
        return _open_window(None)
    if len(arguments) == 2 and arguments[0] == "--register":
        return _open_window(Path(arguments[1]))

    from coi_desktop.cli.main import run as run_command_line

    return run_command_line(arguments, _open_window)


def _open_window(register: Path | None) -> int:
    if sys.platform == "linux" and not any(map(os.environ.get, _SCREENS)):
        return _tell_no_screen()

    from coi_desktop.app import open_window

    return open_window(register)


def _tell_no_screen() -> int:
    """Qt would end the whole program without a word of ours."""
    from coi_desktop.i18n import _, system_language, use_language

    use_language(system_language())
    print(_("There is no screen here to open the window on."), file=sys.stderr)
    print(_("Nothing was changed."), file=sys.stderr)
    print(_("The command line does the same work without one: see “coi-desktop --help”."), file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
