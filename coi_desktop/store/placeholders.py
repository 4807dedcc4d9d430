"""Files that a synchronising program shows and does not hold here: reading them fetches them over the net.

Only what the system says of a file is asked; nothing is opened. Windows tells by attributes (OneDrive's
"Files On-Demand", archives), macOS by a flag of files without content, and an older iCloud by a stub in the
file's place: ``.name.icloud``.
"""

from __future__ import annotations

import os
from pathlib import Path

from coi_desktop.store.windows_calls import NO_ATTRIBUTES, NOT_HERE, WindowsCalls, find_windows

#: SF_DATALESS of macOS: the file has a name and a size, and its content lies elsewhere.
_DATALESS = 0x40000000


def is_placeholder(path: Path, windows: WindowsCalls | None = None) -> bool:
    """Whether reading the file at ``path`` would fetch it first. ``windows`` answers for the system."""
    calls = windows or find_windows()
    if calls is not None:
        attributes = calls.get_file_attributes(str(path))
        return attributes != NO_ATTRIBUTES and bool(attributes & NOT_HERE)
    try:
        return bool(getattr(os.lstat(path), "st_flags", 0) & _DATALESS)
    except OSError:
        return _is_there(stub_of(path))


def stub_of(path: Path) -> Path:
    """What an older iCloud puts in the place of a file that it has taken away."""
    return path.with_name(f".{path.name}.icloud")


def _is_there(path: Path) -> bool:
    """Whether there is such a file; a name that no file can have is that of none."""
    try:
        return path.exists()
    except OSError:
        return False
