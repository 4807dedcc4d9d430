"""Attachments of a stranger's pack: unpacked to a private folder, looked at, and stored beside the register.

They are read with the whole pack, under names of ours, into the folder of read-only copies, which goes with
the program; what a killed program leaves there the next start removes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange.attachment_content import recognise_content
from coi_desktop.exchange.attachment_text import read_attachment_text
from coi_desktop.exchange.pack_faults import REFUSED
from coi_desktop.exchange.pack_reader import Stage, read_pack
from coi_desktop.i18n import _
from coi_desktop.models.attachment_kinds import Opening
from coi_desktop.models.attachments import shown_codes
from coi_desktop.models.erasure_list import ErasureList
from coi_desktop.models.pack import CasePack, PackAttachment
from coi_desktop.models.privacy import check_texts, masked
from coi_desktop.models.progress import Job, Progress
from coi_desktop.operations.library import attachment_kinds, vocabulary
from coi_desktop.operations.opened_copies import OpenedCopies, copies_home
from coi_desktop.operations.privacy_checks import summary_of, unread_reason
from coi_desktop.store.file_store import FileStore
from coi_desktop.store.reader import Reader


class StoredPackFiles:
    """What an import has put into the file store; ``take_back`` removes what did not stand there before."""

    def __init__(self, store: FileStore) -> None:
        self._store = store
        self._new: list[str] = []

    def put(self, path: Path, sha256: str) -> bool:
        """Store a file; False when its bytes have not this checksum."""
        stood = self._store.has(sha256)
        if self._store.put(path).sha256 != sha256:
            return False
        if not stood:
            self._new.append(sha256)
        return True

    def take_back(self) -> None:
        """Remove what was stored, because nothing will name it."""
        for sha256 in self._new:
            self._store.remove(sha256)


def read_checked_pack(register: Reader, path: Path) -> Job[CasePack]:
    """Read the pack at ``path`` with its attachments, look at what they are and what they hold, and leave out
    those of persons who were erased. What a reviewer is to know stands in its notes.

    A job; changes nothing. Raises the Problems of ``pack_reader.read_pack``; ``pack_refused`` also for an
    attachment that can run.
    """
    with _staging() as (stage, staged):
        pack = yield from read_pack(path, vocabulary(), stage=stage)
        erased = ErasureList(register.erased_keys())
        kept: list[PackAttachment] = []
        notes = list(pack.notes)
        for sha256, same in _by_file(pack.attachments).items():
            _refuse_running(path.name, same[0], staged[sha256])
            said = yield from _look_at(staged[sha256], same[0], erased)
            notes += said.notes
            kept += () if said.is_erased else same
    order = {one: place for place, one in enumerate(map(_key, pack.attachments))}
    kept.sort(key=lambda one: order[_key(one)])
    return replace(pack, attachments=tuple(kept), notes=tuple(dict.fromkeys(notes)))


def store_pack_files(stored: StoredPackFiles, path: Path, wanted: Sequence[PackAttachment]) -> Job[None]:
    """Read the pack at ``path`` once more and store these of its attachments. A job.

    Raises Problem ``pack_refused`` when they are not in it any more, and those of reading and storing.
    """
    with _staging() as (stage, staged):
        yield from read_pack(path, vocabulary(), stage=stage)
        for sha256 in dict.fromkeys(one.sha256 for one in wanted):
            yield Progress(0, 0, _("Storing attachments"))
            if sha256 not in staged or not stored.put(staged[sha256], sha256):
                raise _another_pack(path.name)


@contextmanager
def _staging() -> Iterator[tuple[Stage, dict[str, Path]]]:
    """Where files may be unpacked to, and which were, by checksum; all gone at the end."""
    copies = OpenedCopies(copies_home())
    staged: dict[str, Path] = {}

    def stage(sha256: str) -> Path:
        return staged.setdefault(sha256, copies.new_path(""))

    try:
        yield stage, staged
    finally:
        copies.close()


def _key(attachment: PackAttachment) -> tuple[str, str]:
    return attachment.case_id, attachment.sha256


def _by_file(attachments: Sequence[PackAttachment]) -> dict[str, list[PackAttachment]]:
    found: dict[str, list[PackAttachment]] = {}
    for one in attachments:
        found.setdefault(one.sha256, []).append(one)
    return found


def _refuse_running(pack_name: str, attachment: PackAttachment, staged: Path) -> None:
    verdict = attachment_kinds().judge(attachment.file_name, recognise_content(staged))
    if verdict.opening is Opening.RUNS:
        raise Problem(
            _("The case pack {name} was refused: “{title}”: {why}").format(
                name=pack_name, title=shown_codes(masked(attachment.title)), why=verdict.warning
            ),
            meaning=_("Nothing from it was imported, and your register was not changed."),
            advice=_("Do not import this pack unless you know its sender well; ask how it was made."),
            code=REFUSED,
        )


class _Said:
    """What was said of one file, and whether it is left out."""

    def __init__(self, notes: Sequence[str], *, is_erased: bool = False) -> None:
        self.notes = tuple(notes)
        self.is_erased = is_erased


def _look_at(staged: Path, attachment: PackAttachment, erased: ErasureList) -> Job[_Said]:
    title = shown_codes(masked(attachment.title))
    text = yield from read_attachment_text(staged, attachment.file_name)
    mentions = erased.mentions()
    if erased.holds_file(attachment.sha256) or (
        erased.keys and any(mentions.is_in(piece.text) for piece in text.texts)
    ):
        left_out = _("An attachment is left out: it names a person who was erased from the register.")
        return _Said([left_out], is_erased=True)
    said = [summary_of(check_texts(text.texts)), unread_reason(text.reason)]
    return _Said([_("Attachment “{title}”: {what}").format(title=title, what=one) for one in said if one])


def _another_pack(pack_name: str) -> Problem:
    return Problem(
        _("The case pack {name} is not the one that was shown.").format(name=pack_name),
        meaning=_("Nothing from it was imported, and your register was not changed."),
        advice=_("Open the pack again, and look through what it holds now."),
        code=REFUSED,
    )
