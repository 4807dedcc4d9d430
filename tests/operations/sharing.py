"""Two units that share: their registers, files on the disk, packs out and in."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from coi_desktop.models.attachments import AttachmentLimits
from coi_desktop.models.import_report import ImportReport
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record
from coi_desktop.operations.attachment_files import store_sources
from coi_desktop.operations.attachments import add_attachments
from coi_desktop.operations.pack_imports import import_pack
from coi_desktop.operations.packs import ShareReport, export_pack
from coi_desktop.operations.registers import create_register
from coi_desktop.store.register import Register

NUMBER = "010158-5123"  # somebody born in 1858
NAME = "Karla Fiktiv"


def make_register(path: Path, unit: str) -> Register:
    """A unit's register, at whose clock every look is a second later."""
    clock = iter(range(10**6))
    return create_register(
        path,
        unit_name=unit,
        clock=lambda: datetime(2026, 11, 22, 12, next(clock) // 60 % 60, next(clock) % 60, tzinfo=UTC),
    )


def attach(register: Register, owner: str, path: Path) -> str:
    """The id of a file that was attached to an initiative."""
    stored = run_to_end(store_sources(register, [path], AttachmentLimits()))
    return add_attachments(register, owner, stored).ids[0]


def make_file(folder: Path, name: str, content: bytes | str) -> Path:
    """A file of this content."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def share(register: Register, path: Path, initiative: str, *attachments: str) -> ShareReport:
    """Write a pack of one initiative with these of its attachments."""
    report = run_to_end(export_pack(register, path, [initiative], attachments=attachments))
    register.catch_up(report.changes)
    return report


def take(register: Register, path: Path, *, dry_run: bool = False) -> ImportReport:
    """Import a pack."""
    return run_to_end(import_pack(register, path, dry_run=dry_run))


def attached(register: Register) -> list[Record]:
    """The attachments of all cases."""
    return [
        one for case in register.find(Query("case")) for one in register.children("case_attachment", case.id)
    ]
