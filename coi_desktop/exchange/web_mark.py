"""The mark that Windows puts on files from elsewhere, so that Office opens them protected and without macros.

It is a stream of its own beside the file's bytes; other systems and other disks have no such thing.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path

#: The stream's name, and what stands in it: zone 3 is the internet (MS-FSCC 5.6.1).
STREAM = "Zone.Identifier"
CONTENT = b"[ZoneTransfer]\r\nZoneId=3\r\n"

WriteStream = Callable[[str, bytes], None]


def mark_as_from_elsewhere(path: Path, write: WriteStream | None = None) -> None:
    """Mark the file at ``path``; where that cannot be done it goes without.

    ``write`` puts bytes into a named stream; without it Windows' own is used, and on other systems nothing
    is done.
    """
    if write is None:
        if os.name != "nt":
            return
        write = _write_stream
    with contextlib.suppress(OSError):
        write(f"{path}:{STREAM}", CONTENT)


def _write_stream(name: str, content: bytes) -> None:
    with open(name, "wb") as stream:
        stream.write(content)
