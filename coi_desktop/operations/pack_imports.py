"""Taking in what other units have shared as case packs: read, checked, planned, and applied as one step.

The jobs here open the register a second time, so that they may run off the UI thread; afterwards the register
they were given takes their changes in with ``catch_up``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from coi_desktop.exchange import pack_reader
from coi_desktop.i18n import N_, _
from coi_desktop.models.case_content import digest
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.ids import new_ids
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.pack import CasePack, PackAttachment
from coi_desktop.models.pack_plan import Local, LocalCase, PackItem, PackPlan, changing, ids_of, plan_import
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record, Values
from coi_desktop.operations.case_rows import change_case, put_rows
from coi_desktop.operations.cases import IMPORTED, stored_content
from coi_desktop.operations.erased_in_packs import name_without_erased, without_erased
from coi_desktop.operations.library import vocabulary
from coi_desktop.operations.pack_staging import StoredPackFiles, read_checked_pack, store_pack_files
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

IMPORT = Op("pack.import", N_("Import case pack"))


@dataclass(frozen=True)
class PackImport:
    """A pack that was taken in: the report, and what the register's own ``catch_up`` is to be given."""

    report: ImportReport
    changes: ChangeSet | None = field(default=None, compare=False)


def read_pack(path: Path) -> Job[CasePack]:
    """Read and check the pack at ``path``; see ``exchange.pack_reader.read_pack``. Changes nothing."""
    return pack_reader.read_pack(path, vocabulary())


def plan_pack_import(register: Register, pack: CasePack, file_name: str = "") -> PackPlan:
    """What taking the pack in would do to this register. Changes nothing.

    Who was erased from the register is taken out of the pack, which is told in the plan's report.
    """
    file_name = name_without_erased(register, pack, file_name)
    pack = without_erased(register, pack)
    ids = ids_of(pack)
    found = register.get_many("case", ids)
    taken = frozenset(record.id for record in register.get_many("initiative", ids))
    cases = {record.id: _local(register, record) for record in found}
    return plan_import(Local(register.unit().id, cases, taken), pack, file_name)


def preview_pack_import(register: Register, path: Path) -> Job[PackPlan]:
    """Read the pack at ``path`` with its attachments and work out what taking it in would do. A job; changes
    nothing.
    """
    with register.open_beside() as beside:
        pack = yield from read_checked_pack(beside, path)
        return plan_pack_import(beside, pack, path.name)


def apply_pack_import(register: Register, plan: PackPlan, path: Path | None = None) -> Job[PackImport]:
    """Carry out a plan as one transaction and one undo step.

    A job. The plan is worked out anew against the register as it is now, keeping the decisions that were
    made, so that nothing is overwritten that was changed since the preview. Attachments are read anew from
    the pack at ``path`` and stored before the rows that name them; without it they stay out. Raises Problem
    ``pack_refused`` when the pack is another one by now.
    """
    total = len(plan.items)
    yield Progress(0, total, _("Importing the cases"))
    with register.open_beside() as beside:
        fresh = plan_pack_import(beside, plan.pack, plan.file_name)
        for item in plan.items:
            if item.is_taken and any(now.may_take and now.case.id == item.case.id for now in fresh.items):
                fresh = fresh.taking(item.case.id)
        wanted = [] if path is None else [one for item in changing(fresh.items) for one in item.files]
        stored = StoredPackFiles(beside.files)
        try:
            if path is not None and wanted:
                yield from store_pack_files(stored, path, wanted)
            yield Progress(0, total, _("Importing the cases"))
            committed = beside.transact(
                IMPORT,
                lambda writer: _take_in(writer, fresh, wanted, beside.clock()),
                detail=plan.file_name or plan.pack.manifest.title,
            )
        except BaseException:
            stored.take_back()
            raise
    # Nothing is yielded from here on: work that is stopped has changed nothing.
    return PackImport(fresh.report.as_applied(), committed.changes)


def import_pack(register: Register, path: Path, *, dry_run: bool = False) -> Job[ImportReport]:
    """Read, plan and take in the pack at ``path`` in one go, for where no person reviews it.

    A job for the thread the register belongs to. Conflicts are left as they are and reported.
    """
    plan = plan_pack_import(register, (yield from read_checked_pack(register, path)), path.name)
    if dry_run:
        return plan.report
    done = yield from apply_pack_import(register, plan, path)
    register.catch_up(done.changes)
    return done.report


def _local(register: Register, record: Record) -> LocalCase:
    return LocalCase(
        stored_content(register, record),
        is_own=record["origin"] != IMPORTED,
        sender_id=record.text("sender_id"),
        sender=record.text("sender"),
        filled_digest=record.text("filled_digest"),
        files=frozenset(one.text("sha256") for one in register.children("case_attachment", record.id)),
    )


def _take_in(writer: Writer, plan: PackPlan, files: Sequence[PackAttachment], moment: datetime) -> None:
    items = changing(plan.items)
    manifest = plan.pack.manifest
    origin: Values = {
        "origin": IMPORTED,
        "sender_id": manifest.unit_id,
        "sender": manifest.unit_name,
        "pack_id": manifest.pack_id,
        "pack_level": manifest.level.value,
        "imported": moment,
    }
    new = [item.case for item in items if item.outcome is Outcome.NEW]
    writer.put_many(
        "case", [(case.id, {**case.values, **origin, "filled_digest": digest(case)}) for case in new]
    )
    put_rows(writer, new)
    for item in items:
        if item.outcome is not Outcome.NEW:
            _update(writer, item, origin)
    rows = [_file_row(one) for one in files]
    if rows:
        writer.put_many("case_attachment", zip(new_ids(len(rows)), rows, strict=True))


def _update(writer: Writer, item: PackItem, origin: Values) -> None:
    if item.local is None or item.target is None:
        raise ValueError(f"nothing to change for {item.case.id}")
    values = {**item.target.values, **origin, "filled_digest": digest(item.target)}
    change_case(writer, item.local.content, item.target, values)


def _file_row(attachment: PackAttachment) -> Values:
    return {
        **attachment.values,
        "case_id": attachment.case_id,
        "path": attachment.path,
        "title": attachment.title,
        "file_name": attachment.file_name,
        "media_type": attachment.media_type,
        "size": attachment.size,
        "sha256": attachment.sha256,
    }
