"""Who on this computer may read the register's file."""

from __future__ import annotations

import contextlib
import os
import stat
from pathlib import Path


def is_readable_by_all(path: Path) -> bool:
    """Whether every user of this computer can read the file: its own mode, and a way to it through all its
    folders. False on Windows, where the profile's rights are inherited.
    """
    if os.name != "posix":
        return False
    try:
        if not path.stat().st_mode & stat.S_IROTH:
            return False
        return all(folder.stat().st_mode & stat.S_IXOTH for folder in path.absolute().parents)
    except OSError:
        return False


def keep_to_oneself(path: Path) -> bool:
    """Let only the owner read the register, its attachments and its journal; True when that was possible."""
    with contextlib.suppress(OSError):
        for beside, mode in ((path.name + ".files", 0o700), (path.name + "-journal", 0o600)):
            if path.with_name(beside).exists():
                path.with_name(beside).chmod(mode)
        path.chmod(0o600)
    return not is_readable_by_all(path)
