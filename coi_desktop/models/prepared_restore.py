"""A restore that is ready but for its last moment."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from coi_desktop.models.backup_manifest import BackupManifest


class Prepared(NamedTuple):
    """A restore up to its last moment: the register's ``path``, the finished file ``half`` beside it, the
    backup it holds, the commit that stood there (empty: it could not be read or is not there; then its file
    is kept as it is), where what is replaced is kept, and how many attachments could not be brought back.
    """

    path: Path
    half: Path
    manifest: BackupManifest
    stamp: str
    kept: Path
    missing_files: int
