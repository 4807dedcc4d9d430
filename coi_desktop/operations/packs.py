"""Case packs: sharing the cases of initiatives, with the attachments that somebody chooses.

The jobs here open the register a second time, so that they may run off the UI thread; afterwards the register
they were given takes their changes in with ``catch_up``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from coi_desktop.errors import Problem
from coi_desktop.exchange import pack_writer
from coi_desktop.exchange.atomic import atomic_file
from coi_desktop.i18n import N_, _, current_language, ngettext
from coi_desktop.models.case_content import digest
from coi_desktop.models.changes import ChangeSet, Op
from coi_desktop.models.clock import Clock, today
from coi_desktop.models.pack import (
    SUFFIX,
    CaseContent,
    Manifest,
    PackLevel,
)
from coi_desktop.models.privacy import NamedText, PlacedFinding, check_texts
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Snapshot
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.case_rows import change_case, put_rows
from coi_desktop.operations.cases import OWN, OwnCase, draft_cases, stored_content
from coi_desktop.operations.library import vocabulary, words_of
from coi_desktop.operations.outgoing_files import OutgoingFile, find_outgoing_files, order_files
from coi_desktop.operations.outgoing_names import NamesKeptBack, find_outgoing_names
from coi_desktop.operations.outgoing_texts import iter_outgoing_texts, iter_outgoing_values, texts_around
from coi_desktop.operations.small_counts import find_typed_counts
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
    files: tuple[OutgoingFile, ...] = ()

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
            "attachments": [
                {
                    "id": one.attachment.id,
                    "title": one.attachment.text("title"),
                    "size": one.size,
                    "sha256": one.attachment.text("sha256"),
                }
                for one in self.files
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


def gather_share(
    register: Register, initiative_ids: Sequence[str], level: PackLevel = PackLevel.KORT
) -> Job[tuple[SharePreview, tuple[OutgoingFile, ...]]]:
    """What ``preview_share`` shows, and the attachments that may go along. A job; any thread."""
    yield Progress(0, 0, _("Gathering the cases"))
    with register.open_beside() as beside:
        preview = preview_share(beside, initiative_ids, level)
    files = yield from find_outgoing_files(register, initiative_ids)
    return preview, files


def export_pack(
    register: Register,
    path: Path,
    initiative_ids: Sequence[str] | None = None,
    *,
    clock: Clock | None = None,
    level: PackLevel = PackLevel.KORT,
    attachments: Sequence[str] = (),
) -> Job[ShareReport]:
    """Write the cases of the given initiatives (None: all but the confidential ones) as a pack at ``path``.

    Asking for it is the consent to share: the cases become ``named`` unless they are shared more widely. Of
    their attachments those go along whose ids are given. A job. The pack appears whole or not at all, and
    the cases are stored as one step. Raises PersonalNumbersFound, NamesKeptBack, Problem
    ``nothing_to_share``, ``no_such_record``, ``attachment_kept_back``, ``too_large``, ``wrong_target``,
    ``unwritable``, ``target_locked`` and those of the register.
    """
    check_target(path, SUFFIX, register.path)
    yield Progress(0, 5, _("Gathering the cases"))
    with register.open_beside() as beside:
        wanted = None if initiative_ids is None else list(dict.fromkeys(initiative_ids))
        snapshot = beside.snapshot(wanted)
        preview = _with_names(beside, _preview(snapshot, wanted, level))
        yield Progress(1, 5, _("Checking for personal data"))
        order = _order(snapshot, preview, clock or register.clock)
        files = yield from _chosen_files(beside, preview, attachments)
        order = replace(order, attachments=order_files(beside.files, files, _by_initiative(preview, order)))
        around = check_texts(texts_around(order, path))
        findings = (*preview.findings, *around, *(one for file in files for one in file.findings))
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
    notes = (*_share_notes(preview, findings), *_file_notes(files))
    return ShareReport(path, manifest, cases, notes, changes, files)


def _chosen_files(
    register: Register, preview: SharePreview, attachments: Sequence[str]
) -> Job[tuple[OutgoingFile, ...]]:
    """The attachments that were chosen, looked through; Problem ``no_such_record`` for a strange one."""
    if not attachments:
        return ()
    ids = [case.initiative.id for case in preview.cases]
    files = yield from find_outgoing_files(register, ids, attachments)
    if len(files) < len(set(attachments)):
        raise Problem(
            _("Not all chosen attachments are newest editions of the initiatives that are shared."),
            meaning=_("The case pack was not written, and nothing was changed."),
            advice=_("“attachments” shows the attachments of an initiative with their ids."),
            code="no_such_record",
        )
    return files


def _by_initiative(preview: SharePreview, order: pack_writer.PackOrder) -> dict[str, CaseContent]:
    return {case.initiative.id: content for case, content in zip(preview.cases, order.cases, strict=True)}


def _file_notes(files: Sequence[OutgoingFile]) -> tuple[str, ...]:
    said = [_("{title}: {why}").format(title=one.title, why=one.unread) for one in files if one.unread]
    said += [
        _("{title}: the file's properties say “{text}”.").format(title=one.title, text=text)
        for one in files
        for text in one.properties
    ]
    return tuple(said)


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
    contents = [case.content for case in cases]
    findings = (*check_texts(iter_outgoing_texts(contents, level)), *find_typed_counts(contents, level))
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
        "count": _("a count of very few people"),
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
