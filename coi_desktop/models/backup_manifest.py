"""What is written down of a backup, in a small file that people can read as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from coi_desktop.i18n import N_, _

FORMAT, VERSION = "COI Desktop backup", 1
LONGEST_MANIFEST = 64 * 2**20


class Reason(StrEnum):
    """Why a backup was written."""

    CLOSED = "closed"
    REGULAR = "regular"
    IMPORT = "import"
    BULK = "bulk"
    MERGE = "merge"
    ERASE = "erase"
    RESTORE = "restore"
    UPGRADE = "upgrade"
    ASKED = "asked"

    def label(self) -> str:
        """For people."""
        return _(_REASONS[self])


_REASONS = {
    Reason.CLOSED: N_("When the program closed"),
    Reason.REGULAR: N_("While working"),
    Reason.IMPORT: N_("Before an import"),
    Reason.BULK: N_("Before a change of many initiatives"),
    Reason.MERGE: N_("Before a merge"),
    Reason.ERASE: N_("Before an erasure"),
    Reason.RESTORE: N_("Before a restore"),
    Reason.UPGRADE: N_("Before an update of the program's format"),
    Reason.ASKED: N_("On request"),
}


class BackupManifest(NamedTuple):
    """One backup: its place in the order, when (UTC) and why it was written, and of what.

    ``stamp`` is the register's random mark of its last commit: two backups with the same hold the same.
    ``rows`` counts the records by type, ``register_hash`` is over all of them. ``files`` are the SHA-256 of
    the attachments that stand in the shared folder, ``missing_files`` of those that could not be found.
    """

    sequence: int
    written: datetime
    reason: Reason
    register_id: str
    register_name: str
    place: str
    unit_name: str
    revision: int
    stamp: str
    schema_version: int
    rows: Mapping[str, int]
    register_hash: str
    file_name: str
    size: int
    files: tuple[str, ...] = ()
    missing_files: tuple[str, ...] = ()

    @property
    def amount(self) -> int:
        """How many records there are in all."""
        return sum(self.rows.values())

    @property
    def initiatives(self) -> int:
        """How many initiatives there are."""
        return self.rows.get("initiative", 0)


_TEXTS = ("register_id", "register_name", "place", "unit_name", "stamp", "register_hash", "file_name")
_NUMBERS = ("sequence", "revision", "schema_version", "size")
_LISTS = ("files", "missing_files")


def format_manifest(manifest: BackupManifest) -> str:
    """The text of the small file."""
    plain: dict[str, Any] = {"format": FORMAT, "version": VERSION, **manifest._asdict()}
    plain["written"] = manifest.written.isoformat()
    plain["rows"] = dict(manifest.rows)
    return json.dumps(plain, ensure_ascii=False, indent=1) + "\n"


def parse_manifest(text: str) -> BackupManifest:
    """The manifest in ``text``; ValueError when it is none of ours."""
    try:
        plain = json.loads(text)
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(plain, dict) or (plain.get("format"), plain.get("version")) != (FORMAT, VERSION):
        raise ValueError("no manifest of a backup")
    rows: Any = plain.get("rows")
    fits = (
        all(isinstance(plain.get(name), str) for name in (*_TEXTS, "written", "reason"))
        and all(_is_count(plain.get(name)) for name in _NUMBERS)
        and all(_are_texts(plain.get(name)) for name in _LISTS)
        and isinstance(rows, dict)
        and all(map(_is_count, rows.values()))
    )
    if not fits:
        raise ValueError("a manifest with wrong values")
    written = datetime.fromisoformat(plain["written"])
    if written.tzinfo is None:
        raise ValueError("a moment without its zone")
    values: dict[str, Any] = {name: plain[name] for name in (*_TEXTS, *_NUMBERS)}
    values |= {name: tuple(plain[name]) for name in _LISTS}
    return BackupManifest(written=written, reason=Reason(plain["reason"]), rows=rows, **values)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)
