"""The files of attachments: storing them, judging what they are, saving them, and copies to be opened.

Nothing here needs the register's connection, only its place: it all runs on the thread of a job.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import atomic_file, unwritable
from coi_desktop.exchange.attachment_content import recognise_content
from coi_desktop.exchange.file_names import safe_file_name
from coi_desktop.exchange.web_mark import mark_as_from_elsewhere
from coi_desktop.i18n import _
from coi_desktop.models.attachment_kinds import Opening, Verdict, suffix_of
from coi_desktop.models.attachments import MEGABYTE, AttachmentLimits, shown_codes
from coi_desktop.models.folding import clean_line
from coi_desktop.models.privacy import PlacedFinding
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record
from coi_desktop.operations.library import attachment_kinds
from coi_desktop.operations.opened_copies import OpenedCopies
from coi_desktop.operations.privacy_checks import findings_of_file
from coi_desktop.settings import Settings
from coi_desktop.store.file_store import FileStore, StoredFile, file_missing
from coi_desktop.store.register import Register

_KILOBYTE = 1000


@dataclass(frozen=True)
class Pasted:
    """Something to attach that is no file: what it is to be called, and its bytes, made when first needed."""

    name: str
    make: Callable[[], bytes]


Source = Path | Pasted


@dataclass(frozen=True)
class StoredSource:
    """A source that is stored: the name it came with, its file, what it was taken for, and what was found.

    ``findings`` tells of personal data in its name and its text.
    """

    name: str
    file: StoredFile
    verdict: Verdict
    findings: tuple[PlacedFinding, ...] = ()


@dataclass(frozen=True)
class StoredSources:
    """What a job stored, why others were refused, and notices about sizes."""

    files: tuple[StoredSource, ...]
    refused: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()


def limits_of(settings: Settings) -> AttachmentLimits:
    """From which sizes on the user wants a notice."""
    return AttachmentLimits(
        settings.get("attachment_notice_mb") * MEGABYTE, settings.get("attachments_notice_mb") * MEGABYTE
    )


def store_sources(
    register: Register, sources: Sequence[Source], limits: AttachmentLimits
) -> Job[StoredSources]:
    """Store files beside the register, to be named by rows afterwards. A job; any thread.

    A source that cannot be read is left out and told of; when none can, its Problem is raised. Stopped or
    refused by the disk, it removes what it has stored.
    """
    store = register.files
    stood = frozenset(one.sha256 for one in store.find_stored())
    files: list[StoredSource] = []
    made: list[str] = []
    refused: list[Problem] = []
    sizes = [_size(source) for source in sources]
    total, done = sum(sizes) // _KILOBYTE + 1, 0
    try:
        for source, size in zip(sources, sizes, strict=True):
            name = clean_line(source.name) or "–"
            yield Progress(done // _KILOBYTE, total, name)
            try:
                storing = store.iter_put(source if isinstance(source, Path) else source.make())
                stored = yield from _told(storing, done, total, name)
                made.append(stored.sha256)
            except Problem as problem:
                if problem.code != "unreadable":
                    raise
                refused.append(problem)
            else:
                files.append(_judged(store, name, stored))
            done += size
        for place, one in enumerate(files):
            files[place] = yield from _checked(store, one)
    except BaseException:
        for sha256 in made:
            if sha256 not in stood:
                store.remove(sha256)
        raise
    if refused and not files:
        raise refused[0]
    together = sum(one.size for one in store.find_stored())
    said = limits.notices(((shown_codes(one.name), one.file.size) for one in files), together)
    return StoredSources(tuple(files), tuple(refused), said)


def _told(storing: Generator[int, None, StoredFile], before: int, total: int, name: str) -> Job[StoredFile]:
    """The copying of one file as a part of all: bytes become kilobytes done."""
    try:
        while True:
            copied = next(storing)
            yield Progress(min(total, (before + copied) // _KILOBYTE), total, name)
    except StopIteration as end:
        stored: StoredFile = end.value
        return stored
    finally:
        storing.close()


def _size(source: Source) -> int:
    try:
        return source.stat().st_size if isinstance(source, Path) else 0
    except OSError:
        return 0


def _judged(store: FileStore, name: str, stored: StoredFile) -> StoredSource:
    return StoredSource(name, stored, _verdict(store, name, stored.sha256))


def _checked(store: FileStore, one: StoredSource) -> Job[StoredSource]:
    try:
        found = yield from findings_of_file(store.path(one.file.sha256), one.name)
    except Problem:  # no child can be started now; the check informs and never keeps a file out
        found = ()
    return replace(one, findings=found)


def judge_attachment(register: Register, attachment: Record) -> Verdict:
    """What an attachment is, by its name and by what stands in the store now.

    Raises Problem ``file_missing``.
    """
    return _verdict(register.files, attachment.text("file_name"), _checksum(attachment))


def _verdict(store: FileStore, name: str, sha256: str) -> Verdict:
    if not store.has(sha256):
        raise file_missing(sha256)
    try:
        content = recognise_content(store.path(sha256))
    except OSError as error:
        raise file_missing(sha256) from error
    return attachment_kinds().judge(name, content)


def _checksum(attachment: Record) -> str:
    sha256 = attachment.text("sha256")
    if not sha256:
        raise Problem(
            _("“{title}” has no file.").format(title=shown_codes(attachment.text("title"))),
            meaning=_("Only its name is kept in the register."),
            advice=_("Add the file with “Insert new edition…”."),
            code="file_missing",
        )
    return sha256


# ------------------------------------------------------------------------------------------------- saving


def suggested_name(attachment: Record) -> str:
    """A name to save an attachment under: its title and its ending, safe on every platform."""
    name = attachment.text("file_name")
    suffix = suffix_of(name)
    title = attachment.text("title") or name
    stem = title[: -len(suffix)] if suffix and title.lower().endswith(suffix) else title
    ending = "".join(one for one in suffix[1:] if one.isascii() and (one.isalnum() or one in "-_"))
    return safe_file_name(stem) + (f".{ending}" if ending else "")


def save_attachment(
    register: Register, attachment: Record, target: Path, *, is_from_elsewhere: bool = False
) -> Job[Path]:
    """Copy an attachment to ``target``, checked; it appears whole or not at all. A job; any thread.

    Raises Problem ``file_missing``, ``file_changed``, ``wrong_target`` for a place among the register's own
    files, ``unwritable`` and ``target_locked``.
    """
    _refuse_own_files(register, target)
    store, sha256 = register.files, _checksum(attachment)
    total = (attachment.integer("size") or 0) // _KILOBYTE + 1
    done = 0
    with atomic_file(target) as half:
        with half.open("wb") as file:
            for piece in store.iter_pieces(sha256):
                file.write(piece)
                done += len(piece)
                yield Progress(min(total, done // _KILOBYTE), total, target.name)
        if is_from_elsewhere:
            mark_as_from_elsewhere(half)
    return target


def _refuse_own_files(register: Register, target: Path) -> None:
    try:
        place, folder = target.resolve(), register.files.folder.resolve()
        is_own = folder in (place, *place.parents) or (target.exists() and target.samefile(register.path))
    except OSError as error:
        raise unwritable(target) from error
    if is_own:
        raise Problem(
            _("{name} would lie among the register's own files.").format(name=target.name),
            meaning=_("Nothing was written or changed."),
            advice=_("Choose another folder."),
            code="wrong_target",
        )


def copy_to_open(register: Register, attachment: Record, copies: OpenedCopies) -> Job[Path]:
    """A checked copy of an attachment that may be opened, read-only in a private folder. A job; any thread.

    Its name is ours; of the stranger's only the ending counts, and only one from the list. Raises Problem
    ``not_opened`` for what may only be saved, ``file_missing`` and ``file_changed``.
    """
    verdict = judge_attachment(register, attachment)
    if verdict.opening is not Opening.OPENS:
        raise Problem(
            _("“{title}” is not opened from here.").format(title=shown_codes(attachment.text("title"))),
            meaning=verdict.warning,
            advice=_("Save it with “Save as…” if you know where it comes from."),
            code="not_opened",
        )
    sha256 = _checksum(attachment)
    total = (attachment.integer("size") or 0) // _KILOBYTE + 1
    path, done = copies.new_path(verdict.suffix), 0
    try:
        with path.open("xb") as file:
            for piece in register.files.iter_pieces(sha256):
                file.write(piece)
                done += len(piece)
                yield Progress(min(total, done // _KILOBYTE), total)
        mark_as_from_elsewhere(path)
        path.chmod(0o400)
    except OSError as error:
        copies.remove(path)
        raise unwritable(path) from error
    except BaseException:
        copies.remove(path)
        raise
    return path
