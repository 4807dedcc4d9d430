"""The command line of the programs that the benches run and kill."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path


def run_program(write: Callable[..., None], check: Callable[[Path], str], **options: bool | int | str) -> int:
    """``write FOLDER`` or ``check FOLDER``; each option goes to ``write`` by name; False: a switch."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["write", "check"])
    parser.add_argument("folder", type=Path)
    for name, default in options.items():
        flag = "--" + name.replace("_", "-")
        if default is False:
            parser.add_argument(flag, action="store_true")
        else:
            parser.add_argument(flag, type=type(default), default=default)
    given = vars(parser.parse_args())
    what, folder = given.pop("what"), given.pop("folder")
    if what == "write":
        write(folder, **given)
    else:
        say(check(folder))
    return 0


def say(line: str) -> None:
    """Print at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
