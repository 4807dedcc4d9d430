"""The program's log: a small rotating file without anything from the register in it."""

from __future__ import annotations

import logging
import logging.handlers
from pathlib import Path

_BYTES = 500_000
_FILES = 3


def start_log(folder: Path) -> Path | None:
    """Log warnings and worse to a file in ``folder``; returns its path, or None when it cannot be written."""
    path = folder / "coi-desktop.log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger("coi_desktop").addHandler(handler)
    return path
