"""Attachments that may leave with a case pack: what each is, what was found in it, and why it may not go.

None goes unless somebody chooses it. Only kinds that are opened here go, within limits of size; a civil
registration number or a person who may not be contacted keeps a file back, everything else is told of.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coi_desktop.errors import Problem
from coi_desktop.exchange.attachment_text import AttachmentText, read_attachment_text
from coi_desktop.exchange.pack_writer import Pieces, attachment_path
from coi_desktop.i18n import _, current_language
from coi_desktop.models.attachment_kinds import Opening, Verdict
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.pack import (
    MOST_ATTACHMENTS,
    MOST_BYTES_EACH,
    MOST_BYTES_TOGETHER,
    CaseContent,
    PackAttachment,
)
from coi_desktop.models.privacy import NamedText, PlacedFinding, check_texts, masked
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_size
from coi_desktop.operations.attachment_files import judge_attachment
from coi_desktop.operations.attachments import find_attachments
from coi_desktop.operations.outgoing_names import find_outgoing_names
from coi_desktop.operations.privacy_checks import unread_reason
from coi_desktop.operations.small_counts import count_finding, counts_of
from coi_desktop.store.file_store import FileStore
from coi_desktop.store.register import Register


@dataclass(frozen=True)
class OutgoingFile:
    """An attachment of an initiative that could go along.

    ``refusal`` says why it may not (empty: it may), ``unread`` why its text was not looked through, and
    ``properties`` what the file tells of whoever made it.
    """

    attachment: Record
    size: int = 0
    verdict: Verdict | None = None
    findings: tuple[PlacedFinding, ...] = ()
    refusal: str = ""
    unread: str = ""
    properties: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """Its title, as it may be shown."""
        return shown_codes(self.attachment.text("title"))

    def as_attachment(self, case: CaseContent) -> PackAttachment:
        """It as part of a case in a pack: under its checksum, with the title that it is known by."""
        if self.verdict is None or self.refusal:
            raise ValueError(f"{self.attachment.id} does not leave")
        sha256, suffix = self.attachment.text("sha256"), self.verdict.suffix
        said = {
            "kind": self.verdict.label,
            "licence": case.values.get("licence"),
            "image_consent": case.values.get("image_consent"),
        }
        return PackAttachment(
            case.id,
            attachment_path(sha256, suffix),
            self.attachment.text("title"),
            self.attachment.text("title"),
            self.size,
            sha256,
            self.verdict.media_type,
            {name: value for name, value in said.items() if value},
        )


def find_outgoing_files(
    register: Register, initiative_ids: Iterable[str], only: Sequence[str] | None = None
) -> Job[tuple[OutgoingFile, ...]]:
    """The newest editions of the attachments of some initiatives, each looked through. A job; any thread.

    ``only`` are ids: the others are left out.
    """
    with register.open_beside() as beside:
        found = [one.newest for each in initiative_ids for one in find_attachments(beside, each)]
        wanted = [one for one in found if only is None or one.id in only]
        files = []
        for done, attachment in enumerate(wanted):
            yield Progress(done, len(wanted), _("Checking attachments"))
            files.append((yield from _look_at(beside, attachment)))
    return tuple(files)


def _look_at(register: Register, attachment: Record) -> Job[OutgoingFile]:
    found = OutgoingFile(attachment, attachment.integer("size") or 0)
    try:
        verdict = judge_attachment(register, attachment)
    except Problem as problem:
        return OutgoingFile(attachment, found.size, refusal=problem.what)
    path = register.files.path(attachment.text("sha256"))
    size = path.stat().st_size
    refusal = _refusal(verdict, size)
    if refusal:
        return OutgoingFile(attachment, size, verdict, refusal=refusal)
    title, name = attachment.text("title"), attachment.text("file_name")
    text = yield from read_attachment_text(path, title, counts=counts_of(name))
    texts = [
        NamedText(_("The name of the attachment “{title}”").format(title=masked(title)), title, is_cell=True)
    ]
    texts += text.texts
    findings = (
        *check_texts(texts),
        *find_outgoing_names(register, texts),
        *map(count_finding, text.small_counts),
    )
    return OutgoingFile(
        attachment,
        size,
        verdict,
        findings,
        _kept_back(findings),
        unread_reason(text.reason),
        _properties(text, title),
    )


def _refusal(verdict: Verdict, size: int) -> str:
    if verdict.opening is not Opening.OPENS:
        return verdict.warning
    if size > MOST_BYTES_EACH:
        limit = format_size(MOST_BYTES_EACH, current_language())
        return _("It is larger than {limit}, the most that a case pack takes.").format(limit=limit)
    return ""


def _kept_back(findings: Sequence[PlacedFinding]) -> str:
    numbers = [one.place for one in findings if one.is_personal_number]
    if numbers:
        return _("It holds a civil registration number ({place}).").format(place=numbers[0])
    names = [one.place for one in findings if one.is_kept_back]
    if names:
        return _("It names a person who may not be contacted ({place}).").format(place=names[0])
    return ""


def _properties(text: AttachmentText, title: str) -> tuple[str, ...]:
    """What the properties of an office file say, which few people know that they leave with it."""
    place = _("{name}, the file's properties").format(name=masked(title))
    said = (masked(one.text.strip()) for one in text.texts if one.place == place)
    return tuple(dict.fromkeys(one for one in said if one))


def order_files(
    store: FileStore, files: Sequence[OutgoingFile], cases: Mapping[str, CaseContent]
) -> tuple[tuple[PackAttachment, Pieces], ...]:
    """Chosen files as parts of a pack, with where their bytes are; ``cases`` by id of the initiative.

    Raises Problem ``attachment_kept_back`` for one that may not leave and ``too_large`` for too many.
    """
    for one in files:
        if one.refusal:
            raise Problem(
                _("“{title}” cannot go into the case pack. {why}").format(title=one.title, why=one.refusal),
                meaning=_("The case pack was not written, and nothing was changed."),
                advice=_("Leave it out, or put an edition in its place that may leave."),
                code="attachment_kept_back",
            )
    if why := too_much(files):
        raise Problem(
            why,
            meaning=_("The case pack was not written, and nothing was changed."),
            advice=_("Leave some of them out."),
            code="too_large",
        )
    return tuple(
        (one.as_attachment(cases[one.attachment.text("initiative_id")]), _pieces_of(store, one))
        for one in files
    )


def too_much(files: Sequence[OutgoingFile]) -> str:
    """Why these files are too many or too large together; empty when they are not."""
    language = current_language()
    together = sum(one.size for one in files)
    if len(files) > MOST_ATTACHMENTS:
        return _("{count} attachments are more than a case pack takes, which is {most}.").format(
            count=len(files), most=MOST_ATTACHMENTS
        )
    if together > MOST_BYTES_TOGETHER:
        return _("Together the attachments take {size}; a case pack takes {most} of them.").format(
            size=format_size(together, language), most=format_size(MOST_BYTES_TOGETHER, language)
        )
    return ""


def _pieces_of(store: FileStore, file: OutgoingFile) -> Pieces:
    return lambda: store.iter_pieces(file.attachment.text("sha256"))
