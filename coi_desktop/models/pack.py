"""The case pack as values: which tables and columns it has, at which level, and what one pack holds.

A pack is a Frictionless Data Package in a ZIP file. The tables here are the allow-list of everything that may
leave a register; they drive the writer, its Table Schema, the reader and the plan of an import.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from coi_desktop.models.fields import FieldSpec, Kind, RecordType
from coi_desktop.models.import_report import ImportProblem
from coi_desktop.models.record_types.case import (
    CASE,
    CASE_ADOPTER,
    CASE_ATTACHMENT,
    CASE_EVENT,
    CASE_FUNDING,
    CASE_MEASUREMENT,
    CASE_PART,
    CASE_PARTNER,
)
from coi_desktop.models.records import Value

FORMAT_MAJOR = 1
FORMAT_MINOR = 0
FORMAT_VERSION = f"{FORMAT_MAJOR}.{FORMAT_MINOR}"

#: The end of a pack's file name.
SUFFIX = ".coipack"

KEY = "uuid"
CASE_KEY = "case_uuid"
EXTRA = "extra"


class PackLevel(StrEnum):
    """How much of a case travels: ten fields, what reuse needs, or all of it."""

    KORT = "kort"
    GENBRUG = "genbrug"
    FULD = "fuld"

    def covers(self, other: PackLevel) -> bool:
        """Whether this level holds all that ``other`` holds."""
        return _LEVELS.index(self) >= _LEVELS.index(other)


_LEVELS = tuple(PackLevel)

#: The ten named fields of the level Kort. ``value`` stands for the table of measurements.
KORT_FIELDS = (
    "title",
    "pitch",
    "organisation",
    "contact_role",
    "field",
    "problem",
    "target_group",
    "solution",
    "stage",
    "value",
)

#: Columns that travel at every level.
ALWAYS = (
    "parent_uuid",
    "revision",
    "rights",
    "licence",
    "gdpr_note",
    "image_consent",
    "visibility",
    "completeness",
    "last_checked",
    "review_due",
)

_ONLY_FULL = ("reuse_degree", "offer", "supplier_terms")

#: What attachments of a pack may be: how many, how many bytes each and all together. A mail takes no more.
MOST_ATTACHMENTS = 100
MOST_BYTES_EACH = 25_000_000
MOST_BYTES_TOGETHER = 100_000_000

#: Facts about an attachment as it is stored, which the file itself tells.
_TOLD_BY_FILE = ("file_name", "media_type", "size", "sha256")

#: Choices whose lists a unit may edit, so that other units' keys are as good as ours.
EDITABLE_CHOICES = frozenset({"initiative.field", "partner.kind"})

#: What a revision does not count as a change of: facts about the case as a record, not about the solution.
NOT_CONTENT = frozenset({KEY, "revision", "visibility", "completeness", "last_checked", "review_due"})


@dataclass(frozen=True, slots=True)
class PackColumn:
    """One column of a resource: its name in the pack, the field it holds, and from which level it travels.

    ``field`` is None for the keys ``uuid`` and ``case_uuid``.
    """

    name: str
    field: FieldSpec | None
    level: PackLevel

    @property
    def is_content(self) -> bool:
        """Whether a change of this column makes a new revision."""
        return self.name not in NOT_CONTENT and self.name != CASE_KEY


@dataclass(frozen=True)
class PackTable:
    """One CSV resource: its name (``cases`` for cases.csv), record type, columns and lowest level."""

    name: str
    record_type: RecordType
    columns: tuple[PackColumn, ...]
    level: PackLevel

    @property
    def path(self) -> str:
        """The file in the pack."""
        return f"{self.name}.csv"

    @property
    def key(self) -> str:
        """The first column: the case's own UUID, or that of the case a row belongs to."""
        return self.columns[0].name

    @cached_property
    def by_name(self) -> Mapping[str, PackColumn]:
        """The columns by name."""
        return MappingProxyType({column.name: column for column in self.columns})

    def at(self, level: PackLevel) -> tuple[PackColumn, ...]:
        """The columns that travel at ``level``; empty when the table does not."""
        if not level.covers(self.level):
            return ()
        return tuple(column for column in self.columns if level.covers(column.level))


def _cases() -> PackTable:
    def level_of(name: str) -> PackLevel:
        if name in ALWAYS or name in KORT_FIELDS:
            return PackLevel.KORT
        return PackLevel.FULD if name in _ONLY_FULL else PackLevel.GENBRUG

    first = [PackColumn(KEY, None, PackLevel.KORT)]
    first += [PackColumn(name, CASE.field(name), PackLevel.KORT) for name in ("revision", "parent_uuid")]
    travelling = CASE.fields[: [spec.name for spec in CASE.fields].index(EXTRA)]
    return PackTable(
        "cases",
        CASE,
        (*first, *(PackColumn(spec.name, spec, level_of(spec.name)) for spec in travelling)),
        PackLevel.KORT,
    )


def _child(name: str, kind: RecordType, level: PackLevel) -> PackTable:
    own = [spec for spec in kind.fields if spec.name not in (kind.parent, EXTRA, *_TOLD_BY_FILE)]
    columns = (PackColumn(CASE_KEY, None, level), *(PackColumn(spec.name, spec, level) for spec in own))
    return PackTable(name, kind, columns, level)


CASES = _cases()

#: Every table of a pack, cases first, in the order they are written.
PACK_TABLES: tuple[PackTable, ...] = (
    CASES,
    _child("parts", CASE_PART, PackLevel.GENBRUG),
    _child("partners", CASE_PARTNER, PackLevel.GENBRUG),
    _child("timeline", CASE_EVENT, PackLevel.GENBRUG),
    _child("funding", CASE_FUNDING, PackLevel.FULD),
    _child("measurements", CASE_MEASUREMENT, PackLevel.KORT),
    _child("adopters", CASE_ADOPTER, PackLevel.FULD),
    _child("attachments", CASE_ATTACHMENT, PackLevel.KORT),
)

#: The table of attachments, which travels at every level when somebody has chosen some.
ATTACHMENTS = PACK_TABLES[-1]

TABLES_BY_NAME: Mapping[str, PackTable] = MappingProxyType({table.name: table for table in PACK_TABLES})
CHILD_TABLES = PACK_TABLES[1:]


def is_enumerated(spec: FieldSpec) -> bool:
    """Whether only the keys of the field's own value list may stand in a pack."""
    return spec.kind in (Kind.CHOICE, Kind.CHOICES, Kind.RANK) and spec.values not in EDITABLE_CHOICES


@dataclass(frozen=True, slots=True)
class CaseContent:
    """One case with the rows that hang under it, as values by field name; ``children`` by name of the table.

    This is what is compared, written and taken in; ids of child rows are of no account.
    """

    id: str
    values: Mapping[str, Value]
    children: Mapping[str, tuple[Mapping[str, Value], ...]] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """The case's title, or an empty text."""
        title = self.values.get("title")
        return title if isinstance(title, str) else ""

    @property
    def revision(self) -> int:
        """The case's revision; 0 when it was never shared."""
        revision = self.values.get("revision")
        return revision if isinstance(revision, int) else 0

    def rows(self, table: PackTable) -> tuple[Mapping[str, Value], ...]:
        """The rows of one child table."""
        return self.children.get(table.name, ())


@dataclass(frozen=True, slots=True)
class Manifest:
    """Who sent a pack, when and in which form. The sender is a claim, not a proof."""

    pack_id: str
    name: str
    title: str
    created: datetime
    unit_id: str
    unit_name: str
    language: str
    level: PackLevel
    licence: str
    kind: str = "share"
    format_version: str = FORMAT_VERSION


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of a pack that is no table: where it stood in the pack, its length in bytes and SHA-256."""

    path: str
    size: int
    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class PackAttachment:
    """A file that a pack holds for one of its cases.

    ``path`` is where it stands in the pack, ``file_name`` what it is to be called; both are text of a
    stranger. ``values`` are the other columns of its row.
    """

    case_id: str
    path: str
    title: str
    file_name: str
    size: int
    sha256: str
    media_type: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class CasePack:
    """A pack that was read and found right in form: its manifest, its cases, and what else lay in it.

    ``columns`` holds, by table, the columns that stood in the pack: what is not there was not said, which is
    not the same as "empty". ``notes`` are sentences for the person who reviews the import, ``remarks`` what
    there is to know about single cases.
    """

    manifest: Manifest
    cases: tuple[CaseContent, ...]
    columns: Mapping[str, tuple[str, ...]]
    files: tuple[PackFile, ...] = ()
    notes: tuple[str, ...] = ()
    attachments: tuple[PackAttachment, ...] = ()
    remarks: tuple[ImportProblem, ...] = ()

    def iter_tables(self) -> Iterator[PackTable]:
        """The tables the pack's level covers, whether or not they have rows: no rows means none."""
        for table in PACK_TABLES:
            if self.manifest.level.covers(table.level):
                yield table
