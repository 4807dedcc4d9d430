"""Kinds of attachments: what a file calls itself, what it really is, and whether it may be opened from here.

Which kinds there are is data (``resources/catalogue/attachments.toml``). Only what is listed there as opening
is opened, and only when its content is what the ending of its name promises (OWASP, File Upload Cheat Sheet:
allow-list of extensions, content checked as well).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from coi_desktop.i18n import _, current_language
from coi_desktop.models.folding import clean_line
from coi_desktop.models.strict_tables import CatalogueError, StrictTable

FILE = "catalogue/attachments.toml"
UNKNOWN_MEDIA_TYPE = "application/octet-stream"

_LONGEST_SUFFIX = 20


class Opening(Enum):
    """What may be done with an attachment besides saving it."""

    OPENS = "opens"
    ONLY_SAVED = "only_saved"
    MISNAMED = "misnamed"
    RUNS = "runs"


class TwoWords(NamedTuple):
    """A name in both languages."""

    da: str
    en: str

    def label(self) -> str:
        """The name in the language spoken now."""
        return self.da if current_language() == "da" else self.en


@dataclass(frozen=True, slots=True)
class AttachmentKind:
    """Files with one of these endings: their name, media type, what they may hold, and whether they open."""

    suffixes: tuple[str, ...]
    words: TwoWords
    media_type: str
    contents: frozenset[str]
    opens: bool


@dataclass(frozen=True)
class AttachmentKinds:
    """All kinds, by ending, and what can run."""

    by_suffix: Mapping[str, AttachmentKind]
    contents: Mapping[str, TwoWords]
    running_suffixes: frozenset[str]
    running_contents: frozenset[str]

    def judge(self, file_name: str, content: str) -> Verdict:
        """What a file of this name with this content (a key of the list) is taken for."""
        suffix = suffix_of(file_name)
        kind = self.by_suffix.get(suffix)
        if suffix in self.running_suffixes or content in self.running_contents:
            opening = Opening.RUNS
        elif kind is not None and content not in kind.contents:
            opening = Opening.MISNAMED
        elif kind is not None and kind.opens:
            opening = Opening.OPENS
        else:
            opening = Opening.ONLY_SAVED
        return Verdict(opening, suffix, kind, self.contents[content])


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a file was found to be; ``kind`` is None for an ending that is not on the list."""

    opening: Opening
    suffix: str
    kind: AttachmentKind | None
    content: TwoWords

    @property
    def media_type(self) -> str:
        """The media type, which is only told where name and content agree."""
        agrees = self.opening in (Opening.OPENS, Opening.ONLY_SAVED)
        return self.kind.media_type if self.kind is not None and agrees else UNKNOWN_MEDIA_TYPE

    @property
    def label(self) -> str:
        """The kind in a word or two for lists."""
        return label_of_kind(self.kind, self.suffix)

    @property
    def warning(self) -> str:
        """Why the file is not simply opened; empty where it is."""
        content = self.content.label()
        if self.opening is Opening.OPENS:
            return ""
        if self.opening is Opening.MISNAMED:
            return _("It is called {suffix}, but is {content}.").format(suffix=self.suffix, content=content)
        if self.opening is Opening.RUNS:
            if self.kind is not None:
                return _("It is called {suffix}, but is {content}, which can run on your computer.").format(
                    suffix=self.suffix, content=content
                )
            return _("It is {content} ({suffix}) and can run on your computer.").format(
                content=content, suffix=self.suffix or "–"
            )
        return _("It is {content}; files called {suffix} are not opened from here.").format(
            content=content, suffix=self.suffix or "–"
        )


def suffix_of(file_name: str) -> str:
    """The ending of a name in lower case with its dot, as Windows reads it; empty for none.

    Blanks and dots behind it do not count there, and invisible characters are no part of it.
    """
    visible = "".join(one for one in clean_line(file_name) if one.isprintable()).rstrip(" .")
    parts = visible.replace("\\", "/").rpartition("/")[2].rpartition(".")
    return f".{parts[2].lower()}" if parts[1] and 0 < len(parts[2]) <= _LONGEST_SUFFIX else ""


def label_of_kind(kind: AttachmentKind | None, suffix: str) -> str:
    """The word of a kind for lists, or the ending itself."""
    if kind is not None:
        return kind.words.label()
    return _("File ({suffix})").format(suffix=suffix) if suffix else _("File")


def parse_attachment_kinds(values: object) -> AttachmentKinds:
    """The list from its parsed TOML. CatalogueError names what is not right in it."""
    table = StrictTable(FILE, values, ("runs", "kind", "contents"))
    contents = _parse_contents(table)
    runs = table.table("runs", ("suffixes", "contents"))
    by_suffix: dict[str, AttachmentKind] = {}
    running = frozenset(runs.texts("suffixes"))
    for entry in table.tables("kind", ("suffixes", "da", "en", "media_type", "contents", "opens")):
        kind = AttachmentKind(
            entry.texts("suffixes"),
            TwoWords(entry.text("da"), entry.text("en")),
            entry.text("media_type"),
            frozenset(entry.texts("contents")),
            entry.yes_no("opens"),
        )
        if unknown := sorted(kind.contents - set(contents)):
            raise CatalogueError(f"{entry.place}: no content is called {unknown[0]!r}")
        for suffix in kind.suffixes:
            if suffix in by_suffix or suffix in running or suffix != suffix_of(f"a{suffix}"):
                raise CatalogueError(f"{entry.place}: {suffix!r} stands twice or is no ending")
            by_suffix[suffix] = kind
    running_contents = frozenset(runs.texts("contents"))
    if unknown := sorted(running_contents - set(contents)):
        raise CatalogueError(f"{runs.place}: no content is called {unknown[0]!r}")
    return AttachmentKinds(by_suffix, contents, running, running_contents)


def _parse_contents(table: StrictTable) -> dict[str, TwoWords]:
    names = ("da", "en")
    found = table.table("contents", CONTENTS)
    words = {key: found.table(key, names) for key in CONTENTS}
    return {key: TwoWords(one.text("da"), one.text("en")) for key, one in words.items()}


#: What ``exchange.attachment_content`` tells apart.
CONTENTS = (
    "pdf", "docx", "xlsx", "pptx", "macros", "odt", "ods", "odp", "old_office", "rtf", "text", "html", "xml",
    "svg", "png", "jpeg", "gif", "webp", "tiff", "bmp", "heic", "mp4", "mp3", "wav", "archive", "program",
    "script", "shortcut", "disk_image", "help_file", "empty", "other",
)  # fmt: skip
