"""Case packs: sharing the cases of initiatives, and taking in what other units have shared.

The jobs here open the register a second time, so that they may run off the UI thread; afterwards the register
they were given takes their changes in with ``catch_up``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from coi_desktop.errors import Problem
from coi_desktop.exchange import pack_reader, pack_writer
from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.i18n import N_, _, current_language, ngettext
from coi_desktop.models.case_content import digest
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import Clock, today
from coi_desktop.models.import_report import ImportReport, Outcome
from coi_desktop.models.pack import (
    SUFFIX,
    CaseContent,
    CasePack,
    Manifest,
    PackLevel,
)
from coi_desktop.models.pack_plan import Local, LocalCase, PackItem, PackPlan, changing, ids_of, plan_import
from coi_desktop.models.privacy import NamedText, PlacedFinding, check_texts
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record, Snapshot, Values
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.case_rows import change_case, put_rows
from coi_desktop.operations.cases import IMPORTED, OWN, OwnCase, draft_cases, stored_content
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.operations.outgoing_names import NamesKeptBack, find_outgoing_names
from coi_desktop.operations.outgoing_texts import iter_outgoing_texts, iter_outgoing_values, texts_around
from coi_desktop.operations.targets import check_target
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

T = TypeVar("T")

SHARE = Op("pack.share", N_("Share case pack"))
IMPORT = Op("pack.import", N_("Import case pack"))

_LONGEST_TITLE = 300
_CONFIDENTIAL = "confidential"


# ------------------------------------------------------------------------------------------------- sharing


@dataclass(frozen=True)
class SharePreview:
    """What would leave the register: the cases, and what the privacy check found in them."""

    cases: tuple[OwnCase, ...]
    level: PackLevel
    findings: tuple[PlacedFinding, ...]
    left_out: tuple[str, ...] = ()
    words: Vocabulary = field(default_factory=vocabulary, compare=False)

    @property
    def personal_numbers(self) -> tuple[PlacedFinding, ...]:
        """The findings that keep the pack from being written."""
        return tuple(finding for finding in self.findings if finding.is_personal_number)

    @property
    def kept_back(self) -> tuple[PlacedFinding, ...]:
        """The findings that name persons who may not be contacted, which keep it from being written too."""
        return tuple(finding for finding in self.findings if finding.is_kept_back)

    def texts(self) -> tuple[NamedText, ...]:
        """Every text that would leave, with its place."""
        return tuple(iter_outgoing_texts([case.content for case in self.cases], self.level))

    def shown(self) -> tuple[NamedText, ...]:
        """The same as people read it, with its place."""
        return tuple(iter_outgoing_values([case.content for case in self.cases], self.level, self.words))


@dataclass(frozen=True)
class ShareReport:
    """A pack that was written: where, its manifest, its cases, and what a person should know.

    ``changes`` is what the register's own ``catch_up`` is to be given.
    """

    path: Path
    manifest: Manifest
    cases: tuple[OwnCase, ...]
    notes: tuple[str, ...] = ()
    changes: ChangeSet | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        """The report as plain values for JSON."""
        return {
            "path": str(self.path),
            "pack_id": self.manifest.pack_id,
            "title": self.manifest.title,
            "level": self.manifest.level.value,
            "sender": self.manifest.unit_name,
            "created": self.manifest.created.isoformat(timespec="seconds"),
            "cases": [
                {
                    "id": case.content.id,
                    "revision": case.content.revision,
                    "title": case.content.title,
                    "initiative_id": case.initiative.id,
                    "completeness": case.content.values.get("completeness"),
                }
                for case in self.cases
            ],
            "notes": list(self.notes),
        }


class PersonalNumbersFound(Problem):
    """The privacy check found CPR numbers; the pack is not written. ``findings`` hold places, no numbers."""

    def __init__(self, findings: Sequence[PlacedFinding]) -> None:
        self.findings = tuple(findings)
        count = len(self.findings)
        places = "\n".join(f"– {place}" for place in self.places)
        super().__init__(
            ngettext(
                "There is {count} civil registration number in what you want to share:\n{places}",
                "There are {count} civil registration numbers in what you want to share:\n{places}",
                count,
            ).format(count=count, places=places),
            meaning=_("The case pack was not written, and nothing was changed."),
            advice=_("Delete or mask the numbers in these places, and share again."),
            code="personal_number",
        )

    @property
    def places(self) -> tuple[str, ...]:
        """The places, each once, in the order they were found."""
        return tuple(dict.fromkeys(finding.place for finding in self.findings))


def preview_share(
    register: Register, initiative_ids: Sequence[str] | None = None, level: PackLevel = PackLevel.KORT
) -> SharePreview:
    """The cases of the given initiatives as they would be shared, checked for personal data. Changes nothing.

    Without ids: all initiatives but the confidential ones. Raises Problem ``nothing_to_share``; KeyError for
    an id that is not there.
    """
    snapshot = register.snapshot(None if initiative_ids is None else list(initiative_ids))
    return _with_names(register, _preview(snapshot, initiative_ids, level))


def export_pack(
    register: Register,
    path: Path,
    initiative_ids: Sequence[str] | None = None,
    *,
    clock: Clock | None = None,
    level: PackLevel = PackLevel.KORT,
) -> Job[ShareReport]:
    """Write the cases of the given initiatives (None: all but the confidential ones) as a pack at ``path``.

    Asking for it is the consent to share: the cases become ``named`` unless they are shared more widely. A
    job. The pack appears whole or not at all, and the cases are stored as one step. Raises
    PersonalNumbersFound, NamesKeptBack, Problem ``nothing_to_share``, ``wrong_target``, ``unwritable``,
    ``target_locked`` and those of the register.
    """
    check_target(path, SUFFIX, register.path)
    yield Progress(0, 5, _("Gathering the cases"))
    with register.open_beside() as beside:
        wanted = None if initiative_ids is None else list(dict.fromkeys(initiative_ids))
        snapshot = beside.snapshot(wanted)
        preview = _with_names(beside, _preview(snapshot, wanted, level))
        yield Progress(1, 5, _("Checking for personal data"))
        order = _order(snapshot, preview, clock or register.clock)
        findings = (*preview.findings, *check_texts(texts_around(order, path)))
        numbers = [finding for finding in findings if finding.is_personal_number]
        if numbers:
            raise PersonalNumbersFound(numbers)
        if preview.kept_back:
            raise NamesKeptBack(preview.kept_back)
        with atomic_file(path) as half:
            manifest = yield from _behind(2, 5, pack_writer.write_pack(half, order, words_of(snapshot)))
        cases = tuple(
            replace(case, content=content) for case, content in zip(preview.cases, order.cases, strict=True)
        )
        changes = _note_sharing(beside, cases, level, path.name)
    return ShareReport(path, manifest, cases, _share_notes(preview, findings), changes)


def _behind(done: int, total: int, job: Job[T]) -> Job[T]:
    """A job as the last part of a longer one: its steps are counted from ``done`` on, out of ``total``."""
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        yield Progress(done + step.done, total, step.message)


def _preview(snapshot: Snapshot, initiative_ids: Sequence[str] | None, level: PackLevel) -> SharePreview:
    left_out: list[str] = []
    if initiative_ids is None:
        chosen: list[str] = []
        for initiative in snapshot.rows("initiative"):
            if initiative["confidentiality"] == _CONFIDENTIAL:
                left_out.append(initiative.text("title"))
            else:
                chosen.append(initiative.id)
    else:
        chosen = list(dict.fromkeys(initiative_ids))
    if not chosen:
        raise Problem(
            _("There is no initiative to share."),
            meaning=_("No case pack was written, and nothing was changed."),
            advice=_("Choose one or more initiatives."),
            code="nothing_to_share",
        )
    cases = draft_cases(snapshot, chosen)
    findings = check_texts(iter_outgoing_texts([case.content for case in cases], level))
    return SharePreview(cases, level, findings, tuple(left_out), words_of(snapshot))


def _with_names(register: Register, preview: SharePreview) -> SharePreview:
    names = find_outgoing_names(register, preview.texts())
    return replace(preview, findings=(*preview.findings, *names))


def _order(snapshot: Snapshot, preview: SharePreview, clock: Clock) -> pack_writer.PackOrder:
    day = today(clock)
    unit = snapshot.get("unit", snapshot.unit_id)
    sender = unit.text("name") or unit.text("organisation") or _("Unnamed unit")
    contents = tuple(_checked(case.content, day) for case in preview.cases)
    count = len(contents)
    title = (
        contents[0].title
        if count == 1
        else _("{count} cases from {sender}").format(count=count, sender=sender)
    )
    return pack_writer.PackOrder(
        cases=contents,
        unit_id=snapshot.unit_id,
        unit_name=sender,
        created=clock(),
        level=preview.level,
        title=title[:_LONGEST_TITLE],
        language=current_language(),
    )


def _checked(content: CaseContent, day: date) -> CaseContent:
    """The case with the day its revision passed the check."""
    return replace(content, values={"last_checked": day, **content.values})


def _share_notes(preview: SharePreview, findings: Iterable[PlacedFinding]) -> tuple[str, ...]:
    words = {
        "mail": _("a mail address"),
        "phone": _("a telephone number"),
        "name": _("the name of a citizen"),
        "person": _("a name"),
    }
    notes = [
        _("{place}: {what} leaves with the pack.").format(
            place=finding.place, what=words[finding.finding.kind]
        )
        for finding in findings
        if finding.finding.kind in words
    ]
    notes += [
        _("Left out because it is confidential: {title}.").format(title=title) for title in preview.left_out
    ]
    return tuple(dict.fromkeys(notes))


def _note_sharing(
    register: Register, cases: Sequence[OwnCase], level: PackLevel, file_name: str
) -> ChangeSet | None:
    """Store the cases as they were shared; a register that is only read keeps no note of it.

    Should this fail, the same export gives the same UUIDs and revisions again.
    """
    if not register.writable:
        return None
    new_ids = [case.content.id for case in cases if case.stored is None]
    elsewhere = {case.id: stored_content(register, case) for case in register.get_many("case", new_ids)}
    return register.transact(
        SHARE, lambda writer: _store_cases(writer, cases, elsewhere, level), detail=file_name
    ).changes


def _store_cases(
    writer: Writer, cases: Sequence[OwnCase], elsewhere: Mapping[str, CaseContent], level: PackLevel
) -> None:
    """Store cases; ``elsewhere`` are those that stand under another initiative since a merge, by id."""
    for case in cases:
        before = elsewhere.get(case.content.id) if case.stored is None else case.stored
        values = {
            **case.content.values,
            "initiative_id": case.initiative.id,
            "origin": OWN,
            "pack_level": level.value,
            "filled_digest": case.filled_digest,
            "shared_digest": digest(case.content),
        }
        if before is None:
            writer.put("case", values, case.content.id)
            put_rows(writer, [case.content])
        else:
            change_case(writer, before, case.content, values)


# ---------------------------------------------------------------------------------------------- taking in


@dataclass(frozen=True)
class PackImport:
    """A pack that was taken in: the report, and what the register's own ``catch_up`` is to be given."""

    report: ImportReport
    changes: ChangeSet | None = field(default=None, compare=False)


def read_pack(path: Path) -> Job[CasePack]:
    """Read and check the pack at ``path``; see ``exchange.pack_reader.read_pack``. Changes nothing."""
    return pack_reader.read_pack(path, vocabulary())


def plan_pack_import(register: Register, pack: CasePack, file_name: str = "") -> PackPlan:
    """What taking the pack in would do to this register. Changes nothing."""
    ids = ids_of(pack)
    found = register.get_many("case", ids)
    taken = frozenset(record.id for record in register.get_many("initiative", ids))
    cases = {record.id: _local(register, record) for record in found}
    return plan_import(Local(register.unit().id, cases, taken), pack, file_name)


def preview_pack_import(register: Register, path: Path) -> Job[PackPlan]:
    """Read the pack at ``path`` and work out what taking it in would do. A job; changes nothing."""
    pack = yield from read_pack(path)
    with register.open_beside() as beside:
        return plan_pack_import(beside, pack, path.name)


def apply_pack_import(register: Register, plan: PackPlan) -> Job[PackImport]:
    """Carry out a plan as one transaction and one undo step.

    A job. The plan is worked out anew against the register as it is now, keeping the decisions that were
    made, so that nothing is overwritten that was changed since the preview.
    """
    total = len(plan.items)
    yield Progress(0, total, _("Importing the cases"))
    with register.open_beside() as beside:
        fresh = plan_pack_import(beside, plan.pack, plan.file_name)
        for item in plan.items:
            if item.is_taken and any(now.may_take and now.case.id == item.case.id for now in fresh.items):
                fresh = fresh.taking(item.case.id)
        yield Progress(0, total, _("Importing the cases"))
        committed = beside.transact(
            IMPORT,
            lambda writer: _take_in(writer, fresh, beside.clock()),
            detail=plan.file_name or plan.pack.manifest.title,
        )
    # Nothing is yielded from here on: work that is stopped has changed nothing.
    return PackImport(fresh.report.as_applied(), committed.changes)


def import_pack(register: Register, path: Path, *, dry_run: bool = False) -> Job[ImportReport]:
    """Read, plan and take in the pack at ``path`` in one go, for where no person reviews it.

    A job for the thread the register belongs to. Conflicts are left as they are and reported.
    """
    plan = plan_pack_import(register, (yield from read_pack(path)), path.name)
    if dry_run:
        return plan.report
    done = yield from apply_pack_import(register, plan)
    register.catch_up(done.changes)
    return done.report


def _local(register: Register, record: Record) -> LocalCase:
    return LocalCase(
        stored_content(register, record),
        is_own=record["origin"] != IMPORTED,
        sender_id=record.text("sender_id"),
        sender=record.text("sender"),
        filled_digest=record.text("filled_digest"),
    )


def _take_in(writer: Writer, plan: PackPlan, moment: datetime) -> None:
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


def _update(writer: Writer, item: PackItem, origin: Values) -> None:
    if item.local is None or item.target is None:
        raise ValueError(f"nothing to change for {item.case.id}")
    values = {**item.target.values, **origin, "filled_digest": digest(item.target)}
    change_case(writer, item.local.content, item.target, values)
