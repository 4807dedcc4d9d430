"""The text of an attachment – docx, xlsx, pptx, odt, ods, pdf, txt, csv – read in a child with limits."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from coi_desktop.exchange.attached_counts import AttachedCounts
from coi_desktop.exchange.limited_child import ChildError, Limits, iter_child_messages
from coi_desktop.exchange.text_tasks import may_hold_text
from coi_desktop.i18n import _
from coi_desktop.models.privacy import NamedText, masked
from coi_desktop.models.progress import Job, Progress

#: A long PDF takes time; a file that is not done then is told of as not read.
LIMITS = Limits(memory_mb=768, seconds=40, cells=1_000_000)


class AttachmentText(NamedTuple):
    """The texts of a file with their places, and why it could not be read (empty: it was, to its end).

    ``reason``: ``unsupported`` (a picture, a program), ``locked`` (a password), ``too_large``,
    ``too_much_text``, ``unsafe`` (an archive that no reader should open), ``limits``, ``unreadable``.
    ``small_counts`` are the places of counts of too few people, when they were looked for.
    """

    texts: tuple[NamedText, ...]
    reason: str = ""
    small_counts: tuple[str, ...] = ()


def read_attachment_text(
    path: Path, name: str = "", *, limits: Limits = LIMITS, counts: AttachedCounts | None = None
) -> Job[AttachmentText]:
    """The text of the file at ``path``, with places that speak of it as ``name``. With ``counts`` its tables
    are looked through for small counts as well.

    A job that never raises for what a file holds: what cannot be read is told as a reason. Raises Problem
    ``no_child`` when the reading child cannot be started.
    """
    shown = masked(name or path.name)
    message = _("Reading {name}").format(name=shown)
    yield Progress(0, 0, message)
    texts: list[NamedText] = []
    try:
        if not may_hold_text(path):
            return AttachmentText((), "unsupported")
    except OSError:
        return AttachmentText((), "unreadable")
    try:
        for answer in iter_child_messages("text", {"path": str(path.resolve())}, limits):
            yield Progress(len(texts), 0, message)
            if answer is None:
                continue
            if "problem" in answer:
                return AttachmentText(tuple(texts), str(answer["problem"]))
            if counts is not None:
                for kind, part, text, _is_cell in answer.get("pieces", ()):
                    counts.take(str(kind), str(part), str(text))
            texts += [
                NamedText(_place(shown, str(kind), masked(str(part))), str(text), is_cell=bool(is_cell))
                for kind, part, text, is_cell in answer.get("pieces", ())
            ]
    except ChildError as error:
        return AttachmentText(tuple(texts), _REASONS.get(error.detail, _reason(error)))
    return AttachmentText(tuple(texts), small_counts=_places(shown, counts))


#: What readers raise, as reasons.
_REASONS = {"PermissionError": "locked", "FileNotDecryptedError": "locked", "DependencyError": "locked"}


def _reason(error: ChildError) -> str:
    return "limits" if error.reason in ("memory", "time") else "unreadable"


def _places(shown: str, counts: AttachedCounts | None) -> tuple[str, ...]:
    if counts is None:
        return ()
    counts.finish()
    return tuple(_place(shown, "cell", masked(cell)) for cell in counts.cells)


def _place(name: str, kind: str, part: str) -> str:
    if kind == "page":
        return _("{name}, page {number}").format(name=name, number=part)
    if kind == "cell":
        return _("{name}, cell {cell}").format(name=name, cell=part)
    if kind == "sheet":
        return _("{name}, the name of a sheet").format(name=name)
    if kind == "facts":
        return _("{name}, the file's properties").format(name=name)
    return name
