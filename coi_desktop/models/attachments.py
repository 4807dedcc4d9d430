"""Attachments as people see them: editions under the newest, names without tricks, a notice when large."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coi_desktop.i18n import _, current_language
from coi_desktop.models.records import Record
from coi_desktop.models.text import format_size

MEGABYTE = 10**6


@dataclass(frozen=True, slots=True)
class AttachmentLimits:
    """From which sizes on (bytes) a notice is given: of one file, and of all together."""

    one: int = 25 * MEGABYTE
    all: int = 2_000 * MEGABYTE

    def notices(self, files: Iterable[tuple[str, int]], together: int) -> tuple[str, ...]:
        """Sentences about files (name, bytes) that are larger, and about all ``together`` when they are."""
        language = current_language()
        said = [
            _("“{name}” takes {size}; a notice is given from {limit}.").format(
                name=name, size=format_size(size, language), limit=format_size(self.one, language)
            )
            for name, size in files
            if size > self.one
        ]
        if together > self.all:
            said.append(
                _(
                    "All attachments together take {size}; a notice is given from {limit}, because each copy "
                    "takes as much."
                ).format(size=format_size(together, language), limit=format_size(self.all, language))
            )
        return tuple(said)


@dataclass(frozen=True, slots=True)
class Editions:
    """An attachment with the older editions of it, newest first; the first edition is number 1."""

    newest: Record
    older: tuple[Record, ...] = ()

    @property
    def count(self) -> int:
        """How many editions there are."""
        return 1 + len(self.older)


def group_editions(attachments: Sequence[Record]) -> tuple[Editions, ...]:
    """The attachments of one initiative, each with its older editions, in the order they were made.

    An edition whose newer one is not among them stands for itself, and so does one in a ring, which only a
    damaged or forged register can hold.
    """
    ids = {record.id for record in attachments}
    older: dict[str, list[Record]] = {}
    newest: list[Record] = []
    for record in attachments:
        newer = record.text("newer_id")
        if newer in ids and newer != record.id:
            older.setdefault(newer, []).append(record)
        else:
            newest.append(record)
    seen: set[str] = set()
    found = [Editions(record, _iter_older(record, older, seen)) for record in newest]
    left = [record for record in attachments if record.id not in seen]
    return (*found, *(Editions(record) for record in left))


def _iter_older(newest: Record, older: dict[str, list[Record]], seen: set[str]) -> tuple[Record, ...]:
    """All that a record replaced, directly or by way of others, latest made first."""
    seen.add(newest.id)
    found: list[Record] = []
    waiting = [newest]
    while waiting:
        for record in reversed(older.get(waiting.pop(0).id, ())):
            if record.id not in seen:
                seen.add(record.id)
                found.append(record)
                waiting.append(record)
    return tuple(found)


def shown_codes(text: str) -> str:
    """``text`` with invisible characters as their codes: "faktura⟨U+202E⟩fdp.exe".

    Characters that turn the reading direction around make a program look like a document (CVE-2021-42574).
    """
    if text.isprintable():
        return text
    return "".join(
        f"⟨U+{ord(one):04X}⟩" if unicodedata.category(one) in ("Cf", "Cc", "Cs", "Co", "Cn") else one
        for one in text
    )
