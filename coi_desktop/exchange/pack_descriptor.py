"""``datapackage.json`` of a case pack, checked against our own profile of the Frictionless Data Package.

Our table of columns counts; the sender's schema is only compared. Addresses, patterns and profiles in it are
never followed. What is not known here is left alone, so that a pack of a newer minor version can be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, TypeVar

from coi_desktop.exchange.pack_faults import NEWER, PackFaultError, in_file, shown
from coi_desktop.exchange.strict_json import parse_object
from coi_desktop.exchange.zip_safety import check_path
from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.ids import is_uuid
from coi_desktop.models.pack import FORMAT_MAJOR, TABLES_BY_NAME, Manifest, PackLevel

T = TypeVar("T")

DESCRIPTOR = "datapackage.json"
ATTACHMENTS = "attachments/"
MOST_BYTES = 5_000_000

#: Name and address of the licences of the value list ``case.licence``; ``internal`` has only a title.
LICENCES: Mapping[str, tuple[str, str]] = {
    "cc_by": ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
    "cc_by_sa": ("CC-BY-SA-4.0", "https://creativecommons.org/licenses/by-sa/4.0/"),
}
INTERNAL, INTERNAL_TITLE = "internal", "Internt"
MOST_COLUMNS = 200

#: Endings of files that a double click would run, open in a program with macros, or mount.
EXECUTABLE = frozenset(
    (
        "app", "bat", "chm", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe", "hta", "htm", "html", "img",
        "iso", "jar", "js", "jse", "lnk", "mht", "msc", "msi", "pif", "potm", "pptm", "ps1", "py", "reg",
        "scf", "scr", "sh", "svg", "url", "vb", "vbe", "vbs", "wsf", "wsh", "xlam", "xlsm", "xltm", "xll",
    )
)  # fmt: skip

_TABLE_PATHS = frozenset(table.path for table in TABLES_BY_NAME.values())
_HASH = re.compile(r"sha256:[0-9a-f]{64}")
_VERSION = re.compile(r"(0|[1-9][0-9]{0,2})\.(0|[1-9][0-9]{0,2})")
_RESOURCE_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,99}")
_COLUMN_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_-]{0,99}")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_LONGEST_NAME = 300
_DIALECT: Mapping[str, tuple[Any, ...]] = {
    "delimiter": (",",),
    "quoteChar": ('"',),
    "doubleQuote": (True,),
    "header": (True,),
    "headerRows": ([1],),
    "lineTerminator": ("\r\n", "\n"),
    "skipInitialSpace": (False,),
    "$schema": ("https://datapackage.org/profiles/2.0/tabledialect.json",),
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One declared file: its path, length, SHA-256 (hexadecimal), and for a table its name and columns."""

    path: str
    size: int
    sha256: str
    media_type: str
    table: str = ""
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descriptor:
    """All that ``datapackage.json`` says and we use."""

    manifest: Manifest
    resources: tuple[Resource, ...]


def parse_descriptor(raw: bytes) -> Descriptor:
    """The descriptor in ``raw``. Raises PackFaultError for everything that is not as it must be."""
    found = parse_object(raw, DESCRIPTOR)
    manifest = _manifest(found)
    listed = _expect(found.get("resources"), list, "resources")
    if not listed:
        raise _wrong("resources")
    resources = tuple(_resource(one, number) for number, one in enumerate(listed))
    for what, names in (
        ("path", [resource.path for resource in resources]),
        ("name", [one["name"] for one in listed]),
    ):
        if len(set(names)) < len(names):
            raise in_file(DESCRIPTOR, _("two resources have the same {what}").format(what=what))
    return Descriptor(manifest, resources)


def _manifest(found: dict[str, Any]) -> Manifest:
    own = _expect(found.get("coipack"), dict, "coipack")
    version = _expect(own.get("format_version"), str, "coipack.format_version")
    numbers = _VERSION.fullmatch(version)
    if numbers is None:
        raise _wrong("coipack.format_version")
    if int(numbers[1]) != FORMAT_MAJOR:
        raise PackFaultError(
            _("it was made for another version of COI Desktop (pack format {version}).").format(
                version=version
            ),
            advice=_("Update COI Desktop on this computer, or ask the sender for a pack you can read."),
            code=NEWER,
        )
    kind = _expect(own.get("kind"), str, "coipack.kind")
    if kind == "return":
        raise PackFaultError(
            _("it is a return pack, which this version cannot read yet."),
            advice=_("Keep the file; a later version of COI Desktop reads it."),
            code=NEWER,
        )
    if kind != "share":
        raise _wrong("coipack.kind")
    if own.get("level") not in tuple(PackLevel):
        raise _wrong("coipack.level")
    if own.get("language") not in LANGUAGES:
        raise _wrong("coipack.language")
    contributors = _expect(found.get("contributors"), list, "contributors")
    sender = _expect(contributors[0] if contributors else None, dict, "contributors")
    return Manifest(
        pack_id=_uuid(found.get("id"), "id"),
        name=_line(found.get("name"), "name"),
        title=_line(found.get("title", ""), "title", empty=True),
        created=_moment(found.get("created")),
        unit_id=_uuid(own.get("unit_uuid"), "coipack.unit_uuid"),
        unit_name=_line(sender.get("title"), "contributors"),
        language=own["language"],
        level=PackLevel(own["level"]),
        licence=_licence(found.get("licenses", [])),
        kind=kind,
        format_version=version,
    )


def _licence(listed: Any) -> str:
    """Our key for a licence we know, else what the sender calls it."""
    licences = _expect(listed, list, "licenses")
    if not licences:
        return ""
    first = _expect(licences[0], dict, "licenses")
    called = _line(first.get("name") or first.get("title"), "licenses")
    ours = {name: key for key, (name, _address) in LICENCES.items()} | {INTERNAL_TITLE: INTERNAL}
    return ours.get(called, called)


def _resource(one: Any, number: int) -> Resource:
    place = f"resources[{number}]"
    found = _expect(one, dict, place)
    name = _expect(found.get("name"), str, f"{place}.name")
    path = _expect(found.get("path"), str, f"{place}.path")
    check_path(path)
    if _RESOURCE_NAME.fullmatch(name) is None:
        raise _wrong(f"{place}.name")
    if "data" in found:
        raise _wrong(f"{place}.data")
    size = found.get("bytes")
    if not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise _wrong(f"{place}.bytes")
    digest = _expect(found.get("hash"), str, f"{place}.hash")
    if _HASH.fullmatch(digest) is None:
        raise in_file(path, _("its hash is missing or is not a SHA-256 in small letters"))
    media_type = _expect(found.get("mediatype", ""), str, f"{place}.mediatype")
    _check_place(name, path)
    columns = _columns(found, place) if name in TABLES_BY_NAME else ()
    table = name if name in TABLES_BY_NAME else ""
    return Resource(path, size, digest.removeprefix("sha256:"), media_type, table, columns)


def _check_place(name: str, path: str) -> None:
    """A known table stands under its own path and nothing else does; no second description, no program."""
    is_table = name in TABLES_BY_NAME
    if (path != TABLES_BY_NAME[name].path) if is_table else (path in _TABLE_PATHS):
        raise in_file(path, _("the table and its file do not belong together"))
    if PurePosixPath(path).name.casefold() == DESCRIPTOR:
        raise in_file(path, _("a pack has only one description"))
    if path.casefold().rpartition(".")[2] in EXECUTABLE:
        raise in_file(path, _("files of this kind can run as programs and are not taken in"))


def _columns(found: dict[str, Any], place: str) -> tuple[str, ...]:
    for key, allowed in (("type", "table"), ("format", "csv"), ("mediatype", "text/csv")):
        if found.get(key, allowed) != allowed:
            raise _wrong(f"{place}.{key}")
    if str(found.get("encoding", "utf-8")).lower() != "utf-8":
        raise _wrong(f"{place}.encoding")
    dialect = _expect(found.get("dialect", {}), dict, f"{place}.dialect")
    for key, value in dialect.items():
        if not any(value == known and type(value) is type(known) for known in _DIALECT.get(key, ())):
            raise _wrong(f"{place}.dialect")
    schema = _expect(found.get("schema"), dict, f"{place}.schema")
    if schema.get("missingValues", [""]) != [""]:
        raise _wrong(f"{place}.schema.missingValues")
    fields = _expect(schema.get("fields"), list, f"{place}.schema.fields")
    names = tuple(_column(field, f"{place}.schema.fields") for field in fields)
    if not names or len(names) > MOST_COLUMNS or len(set(names)) < len(names):
        raise _wrong(f"{place}.schema.fields")
    return names


def _column(field: Any, place: str) -> str:
    name = _expect(_expect(field, dict, place).get("name"), str, place)
    if _COLUMN_NAME.fullmatch(name) is None:
        raise _wrong(place)
    return name


def _expect(value: Any, kind: type[T], place: str) -> T:
    if not isinstance(value, kind):
        raise _wrong(place)
    return value


def _line(value: Any, place: str, *, empty: bool = False) -> str:
    text = _expect(value, str, place)
    if len(text) > _LONGEST_NAME or not (text.strip() or empty) or "\n" in text or "\r" in text:
        raise _wrong(place)
    return text.strip()


def _uuid(value: Any, place: str) -> str:
    text = _expect(value, str, place)
    if not is_uuid(text):
        raise _wrong(place)
    return text


def _moment(value: Any) -> datetime:
    text = _expect(value, str, "created")
    if _MOMENT.fullmatch(text) is None:
        raise _wrong("created")
    try:
        moment = datetime.fromisoformat(text)
        moment.utctimetuple()
    except (ValueError, OverflowError) as error:
        raise _wrong("created") from error
    if not 2000 <= moment.year <= 2200:
        raise _wrong("created")
    return moment


def _wrong(place: str) -> PackFaultError:
    return in_file(DESCRIPTOR, _("“{place}” is missing or not as it must be").format(place=shown(place)))
