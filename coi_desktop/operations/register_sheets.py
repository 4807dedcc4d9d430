"""The register out to Excel as one sheet, and back: read, show what differs, take it in as one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange import register_sheet, returned_sheet_reader
from coi_desktop.exchange.workbook_report import WorkbookReport
from coi_desktop.exchange.workbook_writer import WorkbookFacts
from coi_desktop.i18n import N_, _, current_language
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import today
from coi_desktop.models.erasure_list import ErasureList
from coi_desktop.models.initiative_rules import with_consequences
from coi_desktop.models.phases import stages_of
from coi_desktop.models.progress import Job, Progress, spoken
from coi_desktop.models.query import Query
from coi_desktop.models.records import Record, Value
from coi_desktop.models.return_plan import (
    CellChange,
    ReturnDecisions,
    ReturnPlan,
    RowChanges,
    plan_return,
)
from coi_desktop.models.returned_sheet import FORM, ReturnedSheet, SheetMark, sheet_fields
from coi_desktop.operations.exports import WORKBOOK_SUFFIX, program_version
from coi_desktop.operations.initiatives import put_initiative
from coi_desktop.operations.library import words_of
from coi_desktop.operations.phases import get_phases
from coi_desktop.operations.targets import check_target
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

RETURN = Op("initiative.return", N_("Take in workbook"))

_CHUNK = 500
_TAGS = "tags"


@dataclass(frozen=True, slots=True)
class ReturnDone:
    """What was taken in, and its changes for the register that was not written through."""

    plan: ReturnPlan
    changes: ChangeSet | None


def export_register_sheet(
    register: Register, path: Path, ids: Sequence[str] | None = None, *, language: str | None = None
) -> Job[WorkbookReport]:
    """Write initiatives (all, or those of ``ids`` in that order) as a sheet to be changed and brought back.

    A job. Problems: ``wrong_target``, ``target_locked``, ``unwritable``, ``too_many_rows``.
    """
    check_target(path, WORKBOOK_SUFFIX, register.path)
    language = language or current_language()
    return spoken(language, _export(register, path, ids, language))


def _export(register: Register, path: Path, ids: Sequence[str] | None, language: str) -> Job[WorkbookReport]:
    with register.open_beside() as beside:
        chosen = list(beside.find_ids(Query("initiative")) if ids is None else ids)
        yield Progress(0, len(chosen))
        records, tags = yield from _read(beside, chosen)
        content = register_sheet.RegisterSheet(
            SheetMark(FORM, beside.id, beside.revision, language, beside.history_mark()),
            sheet_fields(beside.fields("initiative")),
            records,
            words_of(beside),
            tags,
        )
        facts = WorkbookFacts(
            _("Register"), beside.unit().text("name"), beside.clock().astimezone(), program_version()
        )
        report = yield from register_sheet.write_register_sheet(content, path, facts)
    return report


def _read(register: Register, ids: Sequence[str]) -> Job[tuple[list[Record], dict[str, tuple[str, ...]]]]:
    records: list[Record] = []
    tags: dict[str, list[str]] = {}
    for first in range(0, len(ids), _CHUNK):
        some = list(ids[first : first + _CHUNK])
        records += register.get_many("initiative", some)
        for tag in register.children_of_many("tag", some):
            tags.setdefault(tag.text("initiative_id"), []).append(tag.text("name"))
        yield Progress(len(records), len(ids))
    return records, {owner: tuple(sorted(names)) for owner, names in tags.items()}


def is_register_sheet(path: Path) -> bool:
    """Whether a file is a register's sheet that may be brought back, not a list of somebody's own."""
    return returned_sheet_reader.is_register_sheet(path)


def read_returned_sheet(register: Register, path: Path) -> Job[ReturnedSheet]:
    """Read a sheet that comes back, as a job. Changes nothing.

    Raises Problem ``other_register`` for one that another register wrote, and those of reading.
    """
    names = frozenset(field.name for field in sheet_fields(register.fields("initiative")))
    sheet = yield from returned_sheet_reader.read_returned_sheet(path, names)
    if sheet.mark.register_id != register.id:
        raise Problem(
            _("{name} comes from another register.").format(name=path.name),
            meaning=_("Nothing was changed; its rows belong to initiatives that are not in this register."),
            advice=_("Open the register it comes from. To get initiatives from others, import a case pack."),
            code="other_register",
        )
    return sheet


def plan_returned_sheet(register: Register, sheet: ReturnedSheet) -> Job[ReturnPlan]:
    """What taking the sheet in would change, as a job. Changes nothing."""
    ids = [text for cell in sheet.cells("id") if (text := cell.text.strip())]
    with register.open_beside() as beside:
        records, tags = yield from _read(beside, list(dict.fromkeys(ids)))
        bases = beside.initiatives_at(sheet.mark.revision, sheet.mark.history)
        erased = ErasureList(beside.erased_keys()).mentions()
        whole = {
            record.id: Record(record.type_name, record.id, {**record.values, _TAGS: tags.get(record.id)})
            for record in records
        }
        fields = sheet_fields(beside.fields("initiative"))
        return plan_return(sheet, whole, bases, fields, words_of(beside), is_erased=erased.is_in)


def apply_returned_sheet(
    register: Register, sheet: ReturnedSheet, decisions: ReturnDecisions
) -> Job[ReturnDone]:
    """Take a sheet in under decisions, as one transaction and one undo step.

    A job. The plan is worked out anew against the register as it is now, so that nothing is overwritten that
    was changed since the preview.
    """
    message = _("Taking in {name}").format(name=sheet.file_name)
    yield Progress(0, 0, message)
    plan = yield from plan_returned_sheet(register, sheet)
    yield Progress(0, 0, message)
    with register.open_beside() as beside:
        committed = beside.transact(
            RETURN, lambda writer: _take_in(writer, beside, plan, decisions), detail=sheet.file_name
        )
    # Nothing is yielded from here on: work that is stopped has changed nothing.
    return ReturnDone(plan, committed.changes)


def return_sheet(
    register: Register, path: Path, decisions: ReturnDecisions, *, dry_run: bool = False
) -> Job[ReturnPlan]:
    """Read, plan and take in a sheet in one go, for where no person reviews it. Conflicts that are not
    decided stay as they are.
    """
    sheet = yield from read_returned_sheet(register, path)
    if dry_run:
        plan = yield from plan_returned_sheet(register, sheet)
        return plan
    done = yield from apply_returned_sheet(register, sheet, decisions)
    register.catch_up(done.changes)
    return done.plan


def _take_in(writer: Writer, register: Register, plan: ReturnPlan, decisions: ReturnDecisions) -> None:
    day, phases = today(register.clock), get_phases(register)
    stages = stages_of(phases)
    for row in plan.rows:
        if not row.record_id:
            values = {change.field.name: change.there for change in row.changes}
            tags = values.pop(_TAGS, None)
            made = put_initiative(writer, values, day, phases)
            _set_tags(writer, made, tags)
            continue
        taken = [change for change in row.changes if decisions.takes(row.record_id, change)]
        _change(writer, row, taken, day, stages)


def _change(
    writer: Writer, row: RowChanges, taken: Sequence[CellChange], day: date, stages: Mapping[str, str]
) -> None:
    values: dict[str, Value] = {}
    before = writer.get("initiative", row.record_id)
    said: Mapping[str, Value] = {one.field.name: one.there for one in taken if one.field.name != _TAGS}
    for name, value in said.items():
        values |= with_consequences(before, name, value, day, stages)
    if said:
        writer.change("initiative", row.record_id, {**values, **said})
    for change in taken:
        if change.field.name == _TAGS:
            _set_tags(writer, row.record_id, change.there)


def _set_tags(writer: Writer, initiative_id: str, wanted: Value) -> None:
    names = list(wanted) if isinstance(wanted, tuple) else []
    for tag_id in writer.find_child_ids("tag", initiative_id):
        name = writer.get("tag", tag_id).text("name")
        if name in names:
            names.remove(name)
        else:
            writer.drop("tag", tag_id)
    for name in names:
        writer.put("tag", {"initiative_id": initiative_id, "name": name})
