"""What an import of a case pack would do, worked out before anything is done.

A pack touches only what came by pack, from the same sending unit, under the same UUID, with a higher
revision, and not changed here. A UUID of our own is identical or a conflict, never an update; who the sender
is remains a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from coi_desktop.i18n import _, current_language
from coi_desktop.models.case_content import Difference, digest, find_differences, merged
from coi_desktop.models.import_report import ImportProblem, ImportReport, Level, Outcome, count_outcomes
from coi_desktop.models.pack import CASES, CaseContent, CasePack, PackAttachment


class Why(StrEnum):
    """The reason behind an outcome that a person may want to know."""

    NOTHING = ""
    NEWER_HERE = "newer_here"
    CHANGED_HERE = "changed_here"
    SAME_REVISION = "same_revision"
    OUR_OWN = "our_own"
    OUR_PACK = "our_pack"
    OUR_UNIT = "our_unit"
    OTHER_SENDER = "other_sender"
    MORE_FILES = "more_files"


@dataclass(frozen=True, slots=True)
class LocalCase:
    """A case of the register that the pack also speaks of. ``sender_id`` is empty for our own; ``files`` are
    the checksums of its attachments.
    """

    content: CaseContent
    is_own: bool
    sender_id: str = ""
    sender: str = ""
    filled_digest: str = ""
    files: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Local:
    """What the register holds that matters to an import: our unit, and the cases with the pack's UUIDs.

    ``taken_ids`` are UUIDs of the pack's cases that other records of the register have (our initiatives').
    """

    unit_id: str
    cases: Mapping[str, LocalCase]
    taken_ids: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PackItem:
    """One case of the pack: its outcome, why, and what it would become.

    ``target`` is the content after an update. ``may_take`` says that a person may decide for the pack's
    version in a conflict; ``is_taken`` that this was decided. ``files`` are the attachments that would come
    with it and are not here yet; none is ever taken away by a pack.
    """

    case: CaseContent
    row: int
    outcome: Outcome
    why: Why = Why.NOTHING
    local: LocalCase | None = None
    target: CaseContent | None = None
    may_take: bool = False
    is_taken: bool = False
    files: tuple[PackAttachment, ...] = ()

    @property
    def changes_here(self) -> bool:
        """Whether applying the plan changes the register for this case."""
        return self.outcome in (Outcome.NEW, Outcome.UPDATED) or self.is_taken

    def differences(self, language: str | None = None) -> tuple[Difference, ...]:
        """Field by field, what the register holds and what the pack says; empty for a new case."""
        if self.local is None or self.target is None:
            return ()
        return find_differences(self.local.content, self.target, language or current_language())


@dataclass(frozen=True)
class PackPlan:
    """The whole import as it would be done; see ``plan_import``."""

    pack: CasePack
    items: tuple[PackItem, ...]
    file_name: str = ""

    def taking(self, case_id: str, *, take: bool = True) -> PackPlan:
        """The plan after a person decided a conflict; ValueError where there is nothing to decide."""
        found = next((item for item in self.items if item.case.id == case_id), None)
        if found is None or not found.may_take:
            raise ValueError(f"nothing to decide about {case_id}")
        changed = replace(found, is_taken=take)
        return replace(self, items=tuple(changed if item is found else item for item in self.items))

    @property
    def report(self) -> ImportReport:
        """Counts and problems, for the preview and for a script. A decided conflict counts as updated."""
        outcomes = (Outcome.UPDATED if item.is_taken else item.outcome for item in self.items)
        manifest = self.pack.manifest
        return ImportReport(
            count_outcomes(outcomes),
            (
                *self.pack.remarks,
                *(problem for item in self.items if (problem := _problem(item)) is not None),
            ),
            extra={
                "pack": {
                    "id": manifest.pack_id,
                    "title": manifest.title,
                    "sender": manifest.unit_name,
                    "sender_id": manifest.unit_id,
                    "created": manifest.created.isoformat(),
                    "level": manifest.level.value,
                    "licence": manifest.licence or None,
                },
                "notes": list(self.pack.notes),
                "attachments": [
                    {"case": one.case_id, "title": one.title, "size": one.size, "sha256": one.sha256}
                    for item in changing(self.items)
                    for one in item.files
                ],
            },
        )


def plan_import(local: Local, pack: CasePack, file_name: str = "") -> PackPlan:
    """What becomes of each case of the pack. Planning twice, or after applying, changes nothing more."""
    files: dict[str, list[PackAttachment]] = {}
    for one in pack.attachments:
        files.setdefault(one.case_id, []).append(one)
    items = (_plan(local, pack, case, row) for row, case in enumerate(pack.cases, start=2))
    return PackPlan(
        pack,
        tuple(_with_files(item, files.get(item.case.id, ()), pack) for item in items),
        file_name,
    )


def _with_files(item: PackItem, files: Sequence[PackAttachment], pack: CasePack) -> PackItem:
    """The item with the attachments that are not here. A case that stands here as the same sender sent it,
    and whose pack has more attachments now, is updated by those.
    """
    here = item.local
    if here is not None and (here.is_own or here.sender_id != pack.manifest.unit_id):
        return item
    new = tuple(one for one in files if here is None or one.sha256 not in here.files)
    found = replace(item, files=new)
    if new and item.outcome is Outcome.IDENTICAL:
        return replace(found, outcome=Outcome.UPDATED, why=Why.MORE_FILES)
    return found


def _plan(local: Local, pack: CasePack, case: CaseContent, row: int) -> PackItem:
    here = local.cases.get(case.id)
    if here is None:
        if case.id in local.taken_ids or pack.manifest.unit_id == local.unit_id:
            why = Why.OUR_OWN if case.id in local.taken_ids else Why.OUR_UNIT
            return PackItem(case, row, Outcome.CONFLICT, why)
        return PackItem(case, row, Outcome.NEW, target=case)
    target = merged(here.content, case, pack)
    now, then = digest(here.content), digest(target)
    item = PackItem(case, row, Outcome.IDENTICAL, local=here, target=target)
    if here.is_own:
        why = Why.OUR_PACK if pack.manifest.unit_id == local.unit_id else Why.OUR_OWN
        return item if now == then else replace(item, outcome=Outcome.CONFLICT, why=why)
    if here.sender_id != pack.manifest.unit_id:
        return item if now == then else replace(item, outcome=Outcome.CONFLICT, why=Why.OTHER_SENDER)
    if now == then:
        return item
    outcome, why = _between(here, case, now, then)
    return replace(item, outcome=outcome, why=why, may_take=outcome is Outcome.CONFLICT)


def _between(here: LocalCase, case: CaseContent, now: str, then: str) -> tuple[Outcome, Why]:
    """The outcome of a case from the same sender whose content differs from what is here."""
    is_changed_here = now != here.filled_digest
    if case.revision < here.content.revision:
        return Outcome.KEPT, Why.NEWER_HERE
    if case.revision == here.content.revision:
        if is_changed_here and then == here.filled_digest:
            return Outcome.KEPT, Why.CHANGED_HERE
        return Outcome.CONFLICT, Why.SAME_REVISION
    return (Outcome.CONFLICT, Why.CHANGED_HERE) if is_changed_here else (Outcome.UPDATED, Why.NOTHING)


def _problem(item: PackItem) -> ImportProblem | None:
    if item.outcome not in (Outcome.CONFLICT, Outcome.KEPT) or item.is_taken:
        return None
    reason, remedy = _words(item)
    return ImportProblem(
        reason,
        remedy,
        sheet=CASES.path,
        row=item.row,
        column=CASES.key,
        value=item.case.title,
        level=Level.ERROR if item.outcome is Outcome.CONFLICT else Level.NOTE,
    )


def _words(item: PackItem) -> tuple[str, str]:
    """Why a case stays as it is, and what a person can do."""
    if item.why is Why.OUR_OWN:
        return (
            _("The pack holds another version of what is your own."),
            _("Your own was left alone. Ask the sender how their version came about."),
        )
    if item.why is Why.OUR_PACK:
        return (
            _("The pack is one of your own and holds another version of the case than the register."),
            _("What stands in the register counts and was left alone; nothing needs to be done."),
        )
    if item.why is Why.OUR_UNIT:
        return (
            _("The pack says it comes from your own unit, but the register does not know this case."),
            _("It was not taken in. If it is yours, restore a backup that holds it."),
        )
    if item.why is Why.OTHER_SENDER:
        return (
            _("Another unit has sent this case before ({sender}).").format(
                sender=item.local.sender if item.local else ""
            ),
            _("What came first was kept. Ask the two units which version counts."),
        )
    if item.why is Why.NEWER_HERE:
        return (_("The register holds a newer revision."), _("Nothing needs to be done."))
    if item.outcome is Outcome.KEPT:
        return (_("The case was changed here after it was imported."), _("Nothing needs to be done."))
    if item.why is Why.CHANGED_HERE:
        return (
            _("The case was changed here, and the sender has a new revision."),
            _("Compare the two and decide which counts."),
        )
    return (
        _("The sender changed the case without a new revision."),
        _("Compare the two and decide, or ask the sender."),
    )


def ids_of(pack: CasePack) -> list[str]:
    """The UUIDs of the pack's cases, in order."""
    return [case.id for case in pack.cases]


def changing(items: Iterable[PackItem]) -> tuple[PackItem, ...]:
    """The items that change the register."""
    return tuple(item for item in items if item.changes_here)
