"""SQLite's errors as sentences. What is not listed here is a fault of the program and stays an exception."""

from __future__ import annotations

import errno
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.paths import LONGEST_REGISTER_PATH, name_too_long

#: A share that has not answered for so long is taken for gone.
SECONDS_TO_ANSWER = 2.0

_MAY_BE_AWAY = ("SQLITE_IOERR", "SQLITE_CANTOPEN")


@contextmanager
def faults_as_problems(path: Path) -> Iterator[None]:
    """Turn the faults of disk, locks and files into Problems that name the register at ``path``."""
    try:
        yield
    except sqlite3.Error as error:
        problem = problem_of(error, path)
        if problem is None:
            raise
        raise problem from error
    except UnicodeDecodeError as error:
        # SQLite's own message quotes a damaged name in the schema.
        raise damaged(path) from error


def problem_of(error: sqlite3.Error, path: Path) -> Problem | None:
    """The Problem that says what ``error`` means to the user, or None when it is a bug of ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    may_be_away = name.startswith(_MAY_BE_AWAY) and name_too_long(path, LONGEST_REGISTER_PATH) is None
    if may_be_away and not is_in_reach(path):
        return away(path)
    if name.startswith("SQLITE_READONLY_DBMOVED"):
        return replaced(path)
    for start, make in _KNOWN:
        if name.startswith(start):
            return make(path)
    if str(error).startswith(_DAMAGE_WITHOUT_CODE):
        return damaged(path)
    return None


def replaced(path: Path) -> Problem:
    """The register file was exchanged for another while it was open."""
    return Problem(
        _("The register file {name} was replaced by another while it was open.").format(name=path.name),
        meaning=_("Your last change was not written; what stands in the file now was left as it is."),
        advice=_("Close the program and open it again. Keep the register out of synchronised folders."),
        code="replaced",
    )


def not_a_register(path: Path) -> Problem:
    """The file is something else than a register."""
    return Problem(
        _("{name} is not a register of COI Desktop.").format(name=path.name),
        meaning=_("The file was not changed."),
        advice=_("Choose another file, or restore a backup."),
        code="not_a_register",
    )


def damaged(path: Path) -> Problem:
    """The register file is damaged."""
    return Problem(
        _("The register {name} is damaged.").format(name=path.name),
        meaning=_("Nothing was changed; some records may be unreadable."),
        advice=_("Keep the file as it is, and restore the newest backup."),
        code="damaged",
    )


def older(path: Path) -> Problem:
    """The register has an older version and may not be changed here."""
    return Problem(
        _("{name} was made by an older version of COI Desktop.").format(name=path.name),
        meaning=_("It must be brought up to date before it can be read, and it may not be changed here."),
        advice=_("Open it once where you may write in it."),
        code="older",
    )


def disk_full(path: Path) -> Problem:
    """There is no room left on the disk."""
    return Problem(
        _("The disk that holds {name} is full ({free} MB free).").format(
            name=path.name, free=_free_megabytes(path)
        ),
        meaning=_("The change was not written; everything before it is safe."),
        advice=_("Make room on the disk and try again. What is typed in the window still stands there."),
        code="disk_full",
    )


def away(path: Path) -> Problem:
    """The drive or share that holds the register has gone while it was open."""
    return Problem(
        _("{name} cannot be reached just now: the drive or network folder that holds it is gone.").format(
            name=path.name
        ),
        meaning=_(
            "Everything that was saved is safe in the file. What you typed last is not saved yet; it still "
            "stands in its field."
        ),
        advice=_(
            "Connect the drive or the network again and try again. You can copy the text, or save it on this "
            "computer meanwhile."
        ),
        code="away",
    )


#: Refusals that only a disk that is there gives.
_ANSWERED = (errno.ENAMETOOLONG, errno.EACCES, errno.EPERM)


def is_in_reach(
    path: Path, seconds: float = SECONDS_TO_ANSWER, ask: Callable[[Path], object] = os.stat
) -> bool:
    """Whether the file at ``path`` can be asked for at all. A dead share answers after minutes, or never: it
    is asked on a thread that is left behind then.
    """
    answers: list[bool] = []

    def wait() -> None:
        try:
            ask(path)
        except OSError as error:
            answers.append(error.errno in _ANSWERED)
        else:
            answers.append(True)

    asking = threading.Thread(target=wait, name="is the register in reach", daemon=True)
    asking.start()
    asking.join(seconds)
    return answers == [True]


def unreadable(path: Path) -> Problem:
    """The disk failed to give back what stands in the file."""
    return Problem(
        _("The disk does not give back what stands in {name}.").format(name=path.name),
        meaning=_("Nothing was changed, but what is shown may not be everything."),
        advice=_("See that the disk or the network is connected, and try again. Else restore a backup."),
        code="disk_error",
    )


def disk_error(path: Path) -> Problem:
    """The disk failed to write for another reason than room."""
    return Problem(
        _("The disk refused to write to {name}.").format(name=path.name),
        meaning=_("The change was not written; everything before it is safe."),
        advice=_("See that the disk is connected and has room, and try again."),
        code="disk_error",
    )


def read_only(path: Path) -> Problem:
    """The file or its folder may not be written to."""
    return Problem(
        _("{name} can only be read, not changed.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("Ask for the right to write in the folder, or move the register to this computer."),
        code="read_only",
    )


def _busy(path: Path) -> Problem:
    return Problem(
        _("Another program is using {name} just now.").format(name=path.name),
        meaning=_("The change was not written; everything before it is safe."),
        advice=_("Wait a moment and try again."),
        code="busy",
    )


def cannot_open(path: Path) -> Problem:
    """The file cannot be opened at all."""
    return name_too_long(path, LONGEST_REGISTER_PATH) or Problem(
        _("{name} cannot be opened.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("See that the file is there and that you may read it."),
        code="cannot_open",
    )


def _too_big(path: Path) -> Problem:
    return Problem(
        _("A value in {name} is larger than COI Desktop can hold.").format(name=path.name),
        meaning=_("Nothing was changed."),
        advice=_("Make the text shorter. If you did not write one so long, restore the newest backup."),
        code="too_long",
    )


def _free_megabytes(path: Path) -> int:
    try:
        return shutil.disk_usage(path.parent).free // 1_000_000
    except OSError:
        return 0


# Python's complaint about stored text carries no code; these of SQLite's share one with faults in our SQL.
_DAMAGE_WITHOUT_CODE = (
    "Could not decode to UTF-8",
    "SQL logic error",
    "unsupported file format",
    "vtable constructor failed",
    "invalid fts5 file format",
)

_KNOWN = (
    ("SQLITE_FULL", disk_full),
    ("SQLITE_IOERR_READ", unreadable),
    ("SQLITE_IOERR_SHORT_READ", unreadable),
    ("SQLITE_IOERR_FSTAT", unreadable),
    ("SQLITE_IOERR_SEEK", unreadable),
    ("SQLITE_IOERR", disk_error),
    ("SQLITE_READONLY", read_only),
    ("SQLITE_PERM", read_only),
    ("SQLITE_BUSY", _busy),
    ("SQLITE_LOCKED", _busy),
    ("SQLITE_CORRUPT", damaged),
    ("SQLITE_NOTADB", not_a_register),
    ("SQLITE_CANTOPEN", cannot_open),
    ("SQLITE_TOOBIG", _too_big),
)
