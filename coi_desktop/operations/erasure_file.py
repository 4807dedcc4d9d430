"""The list of erased persons beside a register's backups, so that it outlives a restore."""

from __future__ import annotations

import contextlib
import json
import logging
from collections.abc import Iterable
from pathlib import Path

from coi_desktop import paths
from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import write_whole_files
from coi_desktop.models.erasure_list import ErasedKey, keys_from_plain, keys_to_plain

FILE_NAME = "erased.json"

_log = logging.getLogger(__name__)


def erasure_file(register_id: str) -> Path:
    """Where the list of a register lies: in its folder of backups on this computer."""
    return paths.backup_folder() / register_id / FILE_NAME


def read_erasure_file(path: Path) -> tuple[ErasedKey, ...]:
    """The keys in the list at ``path``; none when there is no list, or one that cannot be read."""
    try:
        return keys_from_plain(json.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, RecursionError):
        _log.warning("a list of erased persons cannot be read")
        return ()


def add_to_erasure_file(path: Path, keys: Iterable[ErasedKey]) -> None:
    """Add keys to the list at ``path``, made when not there. Raises Problem ``unwritable``.

    A list that cannot be read is kept beside the new one.
    """
    known = read_erasure_file(path)
    if not known and path.exists():
        with contextlib.suppress(OSError):
            path.replace(path.with_suffix(".damaged.json"))
    whole = tuple(dict.fromkeys((*known, *keys)))
    if whole != known:
        text = json.dumps(keys_to_plain(whole), indent=1) + "\n"
        write_whole_files({path: text.encode()})
        with contextlib.suppress(OSError):
            path.chmod(0o600)


def try_to_add(path: Path, keys: Iterable[ErasedKey]) -> bool:
    """As ``add_to_erasure_file``; False where the place cannot be written to now."""
    try:
        add_to_erasure_file(path, keys)
    except Problem:
        return False
    return True
