"""Writing a case pack: a Frictionless Data Package 2.0 in a ZIP, the same bytes for the same cases and time.

Only the columns of ``models.pack`` are written: nothing of the register gets into a pack by being there. CSV
cells hold the exact values; they are hashed and meant for programs.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coi_desktop import resources
from coi_desktop.exchange.pack_descriptor import ATTACHMENTS as ATTACHMENT_FOLDER
from coi_desktop.exchange.pack_descriptor import DESCRIPTOR, INTERNAL, INTERNAL_TITLE, LICENCES
from coi_desktop.i18n import _, ngettext, speaking
from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.pack import (
    ATTACHMENTS,
    CASES,
    EXTRA,
    FORMAT_VERSION,
    PACK_TABLES,
    CaseContent,
    Manifest,
    PackAttachment,
    PackColumn,
    PackLevel,
    PackTable,
    is_enumerated,
)
from coi_desktop.models.pack_cells import LIST_SEPARATOR, RANGES, UUIDS, format_cell
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
README_BY_LANGUAGE: Mapping[str, str] = {"da": "LAESMIG.txt", "en": "README.txt"}
_TYPES: Mapping[Kind, str] = {
    Kind.INTEGER: "integer",
    Kind.NUMBER: "number",
    Kind.MONEY: "number",
    Kind.DATE: "date",
}
_EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
_FILE_MODE = 0o100644 << 16
_UNIX = 3


#: The bytes of an attachment, a piece at a time; what goes wrong with them it raises itself.
Pieces = Callable[[], Iterator[bytes]]


@dataclass(frozen=True)
class PackOrder:
    """What is to be written: cases in order, level, sender, title, language, and the moment it is made.

    ``attachments`` are files with their bytes, which belong to some of the cases.
    """

    cases: tuple[CaseContent, ...]
    unit_id: str
    unit_name: str
    created: datetime
    level: PackLevel = PackLevel.KORT
    title: str = ""
    language: str = "da"
    attachments: tuple[tuple[PackAttachment, Pieces], ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    path: str
    media_type: str
    content: bytes
    table: PackTable | None = None
    columns: tuple[PackColumn, ...] = ()
    extras: tuple[str, ...] = ()


def write_pack(path: Path, order: PackOrder, vocabulary: Vocabulary) -> Job[Manifest]:
    """Write the pack at ``path`` (see ``atomic.atomic_file``) and return its manifest.

    A job. The pack's id follows from its content and time, so that the same order gives the same bytes.
    """
    yield Progress(0, 2, _("Writing the pack"))
    cases = _with_attachments(order)
    parts = [part for table in PACK_TABLES if (part := _table_part(table, order.level, cases)) is not None]
    yield Progress(1, 2, _("Writing the pack"))
    licence = pack_licence(order.cases)
    parts += [_read_me(language, order, licence) for language in README_BY_LANGUAGE]
    files = {attachment.sha256: (attachment, pieces) for attachment, pieces in order.attachments}
    listed = [attachment for attachment, _pieces in files.values()]
    manifest = _manifest(order, licence, parts, listed)
    described = _descriptor(manifest, parts, vocabulary)
    described["resources"] += [_file_resource(one, number) for number, one in enumerate(listed, start=1)]
    descriptor = json.dumps(described, ensure_ascii=False, indent=2)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        _add(archive, DESCRIPTOR, f"{descriptor}\n".encode(), order.created)
        for part in parts:
            _add(archive, part.path, part.content, order.created)
        for attachment, pieces in files.values():
            yield Progress(1, 2, _("Writing the pack"))
            _add_file(archive, attachment, pieces, order.created)
    yield Progress(2, 2, _("Writing the pack"))
    return manifest


def _with_attachments(order: PackOrder) -> tuple[CaseContent, ...]:
    """The cases with the rows of their attachments."""
    rows: dict[str, list[Mapping[str, Value]]] = {}
    for one, _pieces in order.attachments:
        row = {**one.values, "path": one.path, "title": one.title}
        rows.setdefault(one.case_id, []).append(row)
    return tuple(
        replace(case, children={**case.children, ATTACHMENTS.name: tuple(rows.get(case.id, ()))})
        for case in order.cases
    )


def pack_licence(cases: Sequence[CaseContent]) -> str:
    """The narrowest licence of the cases; one that was not stated is ``internal``."""
    stated = {case.values.get("licence") or INTERNAL for case in cases}
    for licence in (INTERNAL, "cc_by_sa", "cc_by"):
        if licence in stated:
            return licence
    return INTERNAL


def iter_cells(table: PackTable, columns: Sequence[PackColumn], case: CaseContent) -> Iterator[list[str]]:
    """The rows of one case in one table, as the texts of ``columns``."""
    rows: Sequence[Mapping[str, Value]] = [case.values] if table is CASES else case.rows(table)
    for row in rows:
        yield [case.id if column.field is None else format_cell(row.get(column.name)) for column in columns]


def _table_part(table: PackTable, level: PackLevel, cases: Sequence[CaseContent]) -> _Part | None:
    columns = table.at(level)
    if not columns:
        return None
    unknown = [
        [_unknown(row) for row in ([case.values] if table is CASES else case.rows(table))] for case in cases
    ]
    extras = tuple(sorted({name for case_rows in unknown for row in case_rows for name in row}))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*(column.name for column in columns), *extras])
    count = 0
    for case, more in zip(cases, unknown, strict=True):
        for cells, row in zip(iter_cells(table, columns, case), more, strict=True):
            writer.writerow([*cells, *(row.get(name, "") for name in extras)])
            count += 1
    if not count and table is not CASES:
        return None
    content = text.getvalue().encode()
    return _Part(table.name, table.path, "text/csv", content, table, columns, extras)


def _unknown(row: Mapping[str, Value]) -> dict[str, str]:
    """What a pack of a newer version said in columns that are not known here."""
    kept = row.get(EXTRA)
    return json.loads(kept) if isinstance(kept, str) else {}


def _read_me(language: str, order: PackOrder, licence: str) -> _Part:
    path = README_BY_LANGUAGE[language]
    with speaking(language):
        count = len(order.cases)
        terms = {
            "cc_by": _("Everybody may use and change the content when the sender is named."),
            "cc_by_sa": _(
                "Everybody may use and change the content when the sender is named and it stays as free."
            ),
            INTERNAL: _(
                "For use in the public units that received it. Ask the sender before you publish it."
            ),
        }
        text = resources.read_text(f"pack/{path}").format(
            title=order.title,
            sender=order.unit_name,
            created=order.created.astimezone(UTC).strftime("%Y-%m-%d %H:%M UTC"),
            count=count,
            noun=ngettext("case", "cases", count),
            level=order.level.value,
            licence=LICENCES[licence][0] if licence in LICENCES else _("Internal"),
            terms=terms[licence],
            titles="\n".join(f"- {case.title}" for case in order.cases),
        )
    name = path.removesuffix(".txt").lower()
    return _Part(name, path, "text/plain", text.replace("\n", "\r\n").encode())


def _manifest(
    order: PackOrder, licence: str, parts: Sequence[_Part], attachments: Sequence[PackAttachment]
) -> Manifest:
    content = hashlib.sha256(order.created.isoformat().encode())
    for part in parts:
        content.update(hashlib.sha256(part.content).digest())
    for attachment in attachments:
        content.update(bytes.fromhex(attachment.sha256))
    return Manifest(
        pack_id=str(uuid.uuid5(uuid.UUID(order.unit_id), content.hexdigest())),
        name=f"casepakke-{order.created.astimezone(UTC):%Y-%m-%d}",
        title=order.title,
        created=order.created,
        unit_id=order.unit_id,
        unit_name=order.unit_name,
        language=order.language,
        level=order.level,
        licence=licence,
    )


def _descriptor(manifest: Manifest, parts: Sequence[_Part], vocabulary: Vocabulary) -> dict[str, Any]:
    name, path = LICENCES.get(manifest.licence, ("", ""))
    licence = (
        {"name": name, "path": path} if name else {"title": INTERNAL_TITLE, "path": README_BY_LANGUAGE["da"]}
    )
    return {
        "$schema": PROFILE,
        "name": manifest.name,
        "id": manifest.pack_id,
        "title": manifest.title,
        "created": manifest.created.isoformat(timespec="seconds"),
        "licenses": [licence],
        "contributors": [{"title": manifest.unit_name}],
        "coipack": {
            "format_version": FORMAT_VERSION,
            "kind": manifest.kind,
            "level": manifest.level.value,
            "language": manifest.language,
            "unit_uuid": manifest.unit_id,
        },
        "resources": [_resource(part, manifest.language, vocabulary) for part in parts],
    }


def _resource(part: _Part, language: str, vocabulary: Vocabulary) -> dict[str, Any]:
    found: dict[str, Any] = {"name": part.name, "path": part.path, "mediatype": part.media_type}
    if part.table is not None:
        found |= {"type": "table", "format": "csv", "encoding": "utf-8"}
    found |= {"bytes": len(part.content), "hash": f"sha256:{hashlib.sha256(part.content).hexdigest()}"}
    if part.table is not None:
        found["schema"] = _schema(part, language, vocabulary)
    return found


def _file_resource(attachment: PackAttachment, number: int) -> dict[str, Any]:
    return {
        "name": f"attachment-{number}",
        "path": attachment.path,
        "mediatype": attachment.media_type,
        "bytes": attachment.size,
        "hash": f"sha256:{attachment.sha256}",
    }


def _schema(part: _Part, language: str, vocabulary: Vocabulary) -> dict[str, Any]:
    fields = [_field(column, language, vocabulary) for column in part.columns]
    fields += [{"name": name, "type": "string"} for name in part.extras]
    if part.name == CASES.name:
        return {"fields": fields, "primaryKey": [CASES.key]}
    reference = {"resource": CASES.name, "fields": [CASES.key]}
    return {"fields": fields, "foreignKeys": [{"fields": [part.columns[0].name], "reference": reference}]}


def _field(column: PackColumn, language: str, vocabulary: Vocabulary) -> dict[str, Any]:
    spec = column.field
    if spec is None:
        return {"name": column.name, "type": "string", "format": "uuid", "constraints": {"required": True}}
    found: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(spec.kind, "string"),
        "title": spec.label(language),
    }
    if spec.name in UUIDS:
        found["format"] = "uuid"
    constraints = _constraints(spec, vocabulary)
    return {**found, "constraints": constraints} if constraints else found


def _constraints(spec: FieldSpec, vocabulary: Vocabulary) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if spec.name in ("title", "revision"):
        found["required"] = True
    if is_enumerated(spec):
        keys = vocabulary.keys(spec.values)
        if spec.kind is Kind.CHOICE:
            found["enum"] = list(keys)
        else:
            one = f"({'|'.join(keys)})"
            found["pattern"] = f"{one}(\\{LIST_SEPARATOR}{one})*"
    if spec.kind is Kind.INTEGER and spec.name in RANGES:
        found["minimum"], found["maximum"] = RANGES[spec.name]
    return found


def attachment_path(sha256: str, suffix: str) -> str:
    """Where an attachment stands in a pack: under the checksum of its bytes, with its ending."""
    return f"{ATTACHMENT_FOLDER}{sha256}{suffix}"


def _add(archive: zipfile.ZipFile, path: str, content: bytes, created: datetime) -> None:
    archive.writestr(_entry(path, created, zipfile.ZIP_DEFLATED), content)


def _add_file(
    archive: zipfile.ZipFile, attachment: PackAttachment, pieces: Pieces, created: datetime
) -> None:
    """Put a file in as it is: documents and pictures are packed already, and a list of equal lines would look
    like a bomb to the reader.
    """
    entry = _entry(attachment.path, created, zipfile.ZIP_STORED)
    entry.file_size = attachment.size  # known beforehand, so that no large-file header is written
    with archive.open(entry, "w") as target:
        for piece in pieces():
            target.write(piece)


def _entry(path: str, created: datetime, method: int) -> zipfile.ZipInfo:
    moment = max(created.astimezone(UTC), _EARLIEST)
    entry = zipfile.ZipInfo(path, moment.timetuple()[:6])
    entry.compress_type = method
    entry.create_system = _UNIX
    entry.external_attr = _FILE_MODE
    return entry
