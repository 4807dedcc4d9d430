"""Where the program begins: the window, the command line, or the child that reads a stranger's workbook."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path


def main() -> int:
    """Run the program with the arguments it was started with, and return its exit code."""
    return run(sys.argv[1:])


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
    from coi_desktop.app import open_window

    return open_window(register)


if __name__ == "__main__":
    sys.exit(main())
