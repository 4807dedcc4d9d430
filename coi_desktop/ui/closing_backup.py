"""The backup of a register that has just been closed: written behind the window that is gone or changing."""

from __future__ import annotations

import logging
import threading
from contextvars import copy_context
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.models.backup_manifest import Reason
from coi_desktop.models.progress import run_to_end
from coi_desktop.operations.backups import keep_backup

_log = logging.getLogger(__name__)


def keep_closed(path: Path, elsewhere: Path | None) -> threading.Thread:
    """Begin the backup, if anything has changed; the program ends when the thread has.

    One that cannot be written is made up for, and told of, when the register is open again.
    """
    thread = threading.Thread(target=copy_context().run, args=(_keep, path, elsewhere), name="closing backup")
    thread.start()
    return thread


def _keep(path: Path, elsewhere: Path | None) -> None:
    try:
        run_to_end(keep_backup(path, Reason.CLOSED, elsewhere=elsewhere))
    except Problem as problem:
        _log.warning("no backup when the register was closed: %s", problem.what)
    except Exception:  # noqa: BLE001 - the edge: nobody is there to hear of it
        _log.exception("no backup when the register was closed")
