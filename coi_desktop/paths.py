"""Where the program keeps things, asked of the platform and never built by hand."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import platformdirs

from coi_desktop.errors import Problem
from coi_desktop.i18n import _

_APP = "COI Desktop"
SUFFIX = ".coi"

#: Bytes that a file's name may have with what is put around it while it is written: 255 in the end.
LONGEST_NAME = 225
#: Bytes that a register's whole path may have: SQLite's limit is 512 with what it adds for its journal.
LONGEST_REGISTER_PATH = 500


def local_folder() -> Path:
    """The folder for the user's register: on this computer, not roaming and not synchronised."""
    return Path(platformdirs.user_data_dir(_APP, appauthor=False, roaming=False))


def own_register() -> Path:
    """Where the user's own register lies unless told otherwise."""
    return local_folder() / f"register{SUFFIX}"


def sample_register() -> Path:
    """Where the sample portfolio lies, apart from the user's own register."""
    return local_folder() / "eksempel" / f"eksempel{SUFFIX}"


def backup_folder() -> Path:
    """Where backups go: outside the register's own folder."""
    return Path(platformdirs.user_data_dir(f"{_APP} backup", appauthor=False, roaming=False))


def settings_file() -> Path:
    """The small file with the user's settings."""
    return Path(platformdirs.user_config_dir(_APP, appauthor=False, roaming=True)) / "settings.json"


def cache_folder() -> Path:
    """A folder for what can be made again."""
    return Path(platformdirs.user_cache_dir(_APP, appauthor=False))


def log_folder() -> Path:
    """The folder of the program's log."""
    return Path(platformdirs.user_log_dir(_APP, appauthor=False))


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to disk, where the system can.

    A refusal is passed over: the file stands under its new name, whole, and only a power cut in this very
    moment could bring the old name back.
    """
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def name_too_long(path: Path, longest_path: int | None = None) -> Problem | None:
    """Why ``path`` can be no file of ours when it is because its name, or the whole of it, is too long.

    To be asked when the system refused a path; it only says "cannot be opened". Code ``name_too_long``.
    """
    length, longest = len(os.fsencode(path.name)), LONGEST_NAME
    what = _("The name of the file is too long: {length} bytes; there is room for {longest}.")
    if length <= LONGEST_NAME:
        if longest_path is None or len(os.fsencode(path.absolute())) <= longest_path:
            return None
        length, longest = len(os.fsencode(path.absolute())), longest_path
        what = _("The path to {name} is too long: {length} bytes; there is room for {longest}.")
    return Problem(
        what.format(name=path.name, length=length, longest=longest),
        meaning=_("Nothing was written or changed."),
        advice=_("Choose a shorter name, or a folder nearer to the top of the disk."),
        code="name_too_long",
    )
