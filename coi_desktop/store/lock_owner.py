"""Who holds the lock of a register: a small file beside it, written only so that others can be told.

It also says when its program last gave a sign of life. The lock itself is the operating system's and dies
with its program; between computers (a share, a synchronised folder) such a lock may mean nothing, and then
these lines are all there is.
"""

from __future__ import annotations

import contextlib
import json
import os
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

#: A program gives a sign of life at least this often while its window is open.
BETWEEN_SIGNS = timedelta(minutes=2)
#: After so long without one the program of another computer is taken for dead.
UNTIL_TAKEN_FOR_DEAD = timedelta(minutes=10)


class Owner(NamedTuple):
    """Who writes in a register: user, computer, process, since when, and the last sign of life (UTC)."""

    user: str
    computer: str
    process: int
    since: datetime
    seen: datetime

    def is_here(self) -> bool:
        """Whether it is, or was, a program on this computer."""
        return self.computer.casefold() == this_computer().casefold()

    def is_alive(self, moment: datetime) -> bool:
        """Whether its last sign of life is so young that it is taken for running. Clocks may differ a bit:
        a sign from the near future counts.
        """
        return abs(moment - self.seen) < UNTIL_TAKEN_FOR_DEAD


def read_owner(path: Path) -> Owner | None:
    """The owner that ``path`` names; None when it cannot be told."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        since = _moment(found["since"])
        return Owner(
            str(found["user"]),
            str(found["computer"]),
            int(found["process"]),
            since,
            _moment(found.get("seen", found["since"])),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def write_owner(path: Path, since: datetime, seen: datetime) -> None:
    """Name this program as the owner. A disk that refuses costs only the name."""
    owner = {
        "user": this_user(),
        "computer": this_computer(),
        "process": os.getpid(),
        "since": since.isoformat(timespec="seconds"),
        "seen": seen.isoformat(timespec="seconds"),
    }
    with contextlib.suppress(OSError):
        path.write_text(json.dumps(owner, ensure_ascii=False), encoding="utf-8")


def this_user() -> str:
    """The name of the user of this computer."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):  # where getpass looks first
        if os.environ.get(name):
            return os.environ[name]
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "?"


def this_computer() -> str:
    """The computer's name; ``platform`` and ``socket`` know it too, but cost a start some milliseconds."""
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "?")


def _moment(text: object) -> datetime:
    moment = datetime.fromisoformat(str(text))
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
    return moment
