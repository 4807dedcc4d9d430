"""Everything in a register as readable files, from a proven copy, so that all of it is of one moment."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any, NamedTuple

from coi_desktop.errors import Problem
from coi_desktop.exchange.file_names import safe_file_name
from coi_desktop.exchange.full_export import (
    whole_new_folder,
    write_about,
    write_attachments,
    write_dictionary,
    write_history,
    write_records,
    write_values,
)
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.clock import Clock, now, today
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.query import Query
from coi_desktop.models.record_types.table import FILE_TYPES, RECORD_TYPES, record_type
from coi_desktop.models.records import Record
from coi_desktop.operations.library import words_of
from coi_desktop.store.file_store import FileStore, is_sha256
from coi_desktop.store.keeping import copy_beside
from coi_desktop.store.register import Register

_AT_ONCE = 500
_ALL = 10**9


class FullExport(NamedTuple):
    """What was written: the folder, how many records of each type, how many attachments were missing."""

    folder: Path
    counts: dict[str, int]
    missing_files: int


def proposed_folder(register: Path, taken: Path, *, clock: Clock = now) -> str:
    """What the folder may be called: a name that is free in the folder ``taken``."""
    name = f"{register.stem} {today(clock).isoformat()}"
    number, numbered = 2, name
    while (taken / numbered).exists():
        number, numbered = number + 1, f"{name} ({number})"
    return numbered


def export_all(path: Path, target: Path, *, clock: Clock = now) -> Job[FullExport]:
    """Write all records of the register at ``path``, its history and attachments into the new folder
    ``target``.

    The register may be open. The folder appears whole or not at all. Problems: ``exists``, ``unwritable``,
    those of opening, and ``damaged`` when the register is not sound.
    """
    steps = len(RECORD_TYPES) + 3
    with whole_new_folder(target) as folder:
        yield Progress(0, steps, _("Copying the register"))
        with tempfile.TemporaryDirectory(prefix="coi-desktop-") as apart:
            copy = Path(apart) / "copy.coi"
            copy_beside(path, copy)
            with Register.open(copy, write=False, clock=clock) as register:
                counts = {}
                for number, kind in enumerate(RECORD_TYPES.values(), start=1):
                    yield Progress(number, steps, kind.label())
                    fields = register.fields(kind.name)
                    counts[kind.name] = write_records(
                        folder, kind.name, fields, _records(register, kind.name)
                    )
                write_dictionary(
                    folder, [(name, field) for name in RECORD_TYPES for field in register.fields(name)]
                )
                write_values(folder, words_of(register))
                yield Progress(steps - 2, steps, _("History"))
                write_history(folder, _steps(register))
                yield Progress(steps - 1, steps, _("Attachments"))
                missing = _write_files(folder, register, FileStore.beside(path))
                about = _about(register, path, counts, missing, clock)
        write_about(folder, about)
    return FullExport(target, counts, len(missing))


def missing_remark(done: FullExport) -> str:
    """A sentence about attachments that could not be found; empty when all were."""
    if not done.missing_files:
        return ""
    return ngettext(
        "{count} attachment could not be found; the folder's list names it.",
        "{count} attachments could not be found; the folder's list names them.",
        done.missing_files,
    ).format(count=done.missing_files)


def _records(register: Register, type_name: str) -> Iterator[Record]:
    ids = register.find_ids(Query(type_name))
    for start in range(0, len(ids), _AT_ONCE):
        yield from register.get_many(type_name, ids[start : start + _AT_ONCE])


def _steps(register: Register) -> Iterator[dict[str, Any]]:
    for step in reversed(register.history(limit=_ALL)):
        yield {
            "revision": step.revision,
            "at": step.at.isoformat(),
            "operation": step.op.name,
            "detail": step.detail,
            "source": step.source,
            "kind": step.kind.value,
            "undone": step.undone,
            "rows": [
                {"table": row.table, "id": row.key, "before": row.before, "after": row.after}
                for row in step.rows
            ],
        }


def _write_files(folder: Path, register: Register, store: FileStore) -> list[str]:
    """Write the files of attachments under their own names; the checksums of those that are missing."""
    missing: list[str] = []
    taken: set[str] = set()
    rows: list[tuple[str, ...]] = []
    for one in (record for table in FILE_TYPES for record in _records(register, table)):
        sha256 = one.text("sha256")
        name = ""
        if is_sha256(sha256) and store.has(sha256):
            stem, suffix = Path(one.text("file_name")).stem, Path(one.text("file_name")).suffix
            free = safe_file_name(stem or one.text("title"), taken)
            taken.add(free.lower())
            name = f"{free}.{safe_file_name(suffix)}" if suffix.strip(".") else free
            try:
                _write_pieces(folder / "bilag" / name, store, sha256)
            except Problem:
                (folder / "bilag" / name).unlink(missing_ok=True)
                name = ""
        if not name:
            missing.append(sha256)
        rows.append(
            (
                name and f"bilag/{name}",
                one.id,
                one.text(record_type(one.type_name).parent),
                one.text("file_name"),
                sha256,
            )
        )
    write_attachments(folder, rows)
    return missing


def _write_pieces(target: Path, store: FileStore, sha256: str) -> None:
    target.parent.mkdir(exist_ok=True)
    with target.open("wb") as file:
        for piece in store.iter_pieces(sha256):
            file.write(piece)


def _about(
    register: Register, path: Path, counts: dict[str, int], missing: list[str], clock: Clock
) -> dict[str, Any]:
    return {
        "format": "COI Desktop full export",
        "version": 1,
        "program": metadata.version("coi-desktop"),
        "made": clock().isoformat(),
        "register": {"id": register.id, "name": path.name, "unit": register.unit().text("name")},
        "revision": register.revision,
        "records": {name: count for name, count in counts.items() if count},
        "missing_attachments": missing,
    }
