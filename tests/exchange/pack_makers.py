"""Packs for tests, made byte by byte without our own writer or any ZIP library, so that they can lie."""

from __future__ import annotations

import copy
import hashlib
import json
import struct
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

CASE_1 = "6f1c1a5e-3c1e-4a43-9f0e-0d6a3a0b7c11"
CASE_2 = "0b8f7a52-8a0f-4f0e-a0f4-5d1c7f6b2e90"
OTHER = "11111111-2222-4333-8444-555555555555"
UNIT = "aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee"
PACK = "99999999-8888-4777-8666-555555555555"

REGULAR = 0o100644 << 16


@dataclass
class Part:
    """One entry of a ZIP: what it is, and what its two headers claim instead."""

    name: str | bytes
    content: bytes = b""
    method: int = 8
    flags: int | None = None
    attributes: int = REGULAR
    made_by: int = 3 << 8 | 20
    extra: bytes = b""
    packed: bytes | None = None
    local: dict[str, Any] = field(default_factory=dict)
    central: dict[str, Any] = field(default_factory=dict)
    descriptor: bytes = b""
    before: bytes = b""


def deflated(content: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(content) + packer.flush()


def build_zip(parts: Sequence[Part], *, end: dict[str, int] | None = None, comment: bytes = b"") -> bytes:
    """A ZIP of ``parts``; ``end`` overrides what its last record says (count, size, offset)."""
    body, directory = b"", b""
    for part in parts:
        raw = part.name if isinstance(part.name, bytes) else part.name.encode()
        packed = part.packed
        if packed is None:
            packed = deflated(part.content) if part.method == 8 else part.content
        flags = part.flags if part.flags is not None else (0 if raw.isascii() else 0x800)
        said = {
            "flags": flags, "method": part.method, "crc": zlib.crc32(part.content), "packed": len(packed),
            "size": len(part.content), "name": raw,
        }  # fmt: skip
        body += part.before
        header = len(body)
        local = {**said, **part.local}
        body += struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, local["flags"], local["method"], 0, 0x5A21,
            local["crc"], local["packed"], local["size"], len(local["name"]), 0,
        )  # fmt: skip
        body += local["name"] + packed + part.descriptor
        central = {"header": header, **said, **part.central}
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", part.made_by, 20, central["flags"], central["method"], 0, 0x5A21,
            central["crc"], central["packed"], central["size"], len(central["name"]), len(part.extra), 0,
            0, 0,
            part.attributes, central["header"],
        )  # fmt: skip
        directory += central["name"] + part.extra
    tail = {"count": len(parts), "size": len(directory), "offset": len(body), **(end or {})}
    last = struct.pack(
        "<4s4H2LH", b"PK\5\6", 0, 0, tail["count"], tail["count"], tail["size"], tail["offset"], len(comment)
    )
    return body + directory + last + comment


CASES_HEADER = [
    "uuid", "revision", "parent_uuid", "title", "pitch", "organisation", "field", "problem", "solution",
    "innovation_type", "stage", "yearly_cost", "evidence_level", "visibility", "last_checked",
]  # fmt: skip
CASES_CSV = (
    ",".join(CASES_HEADER) + "\r\n"
    f'{CASE_1},2,,Skærmbesøg i hjemmeplejen,Færre kilometer,Vestby Kommune,elderly,"Kørsel, kø og\nventetid",'
    "Skærm,service|process_org,trial,12500.50,2,named,2026-05-14\r\n"
    f"{CASE_2},1,{CASE_1},Medicinrobot,,Østby Kommune,health,Fejl,Robot,product,operating,-3,0,public,\r\n"
)
MEASUREMENTS_CSV = (
    "case_uuid,kind,indicator,unit,baseline,result,date,method,certainty\r\n"
    f'{CASE_1},efficiency,"Transporttid, ""daglig""",min,74,52.0,2026-10-23,,high\r\n'
    f"{CASE_1},employee,Arbejdsglæde,1-5,3.6,3.5,,,\r\n"
)
PARTS_CSV = (
    "case_uuid,name,kind,classification\r\n"
    f"{CASE_1},Fast tid,praksis,core\r\n{CASE_2},Robot,udstyr,adaptable\r\n"
)
ATTACHMENTS_CSV = (
    f"path,case_uuid,title,kind,licence\r\nattachments/vejledning.pdf,{CASE_1},Vejledning,,cc_by\r\n"
)


def good_files() -> dict[str, bytes]:
    """The files of a right pack, by path, without its description."""
    return {
        "cases.csv": CASES_CSV.encode(),
        "measurements.csv": MEASUREMENTS_CSV.encode(),
        "parts.csv": PARTS_CSV.encode(),
        "attachments.csv": ATTACHMENTS_CSV.encode(),
        "attachments/vejledning.pdf": b"%PDF-1.4 " + bytes(range(256)) * 20,
        "LAESMIG.txt": "Læs mig\r\n".encode(),
    }


def resource(path: str, content: bytes, number: int = 0) -> dict[str, Any]:
    """What a description says of one file."""
    found: dict[str, Any] = {
        "name": path.removesuffix(".csv") if path.endswith(".csv") else f"file-{number}",
        "path": path,
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }
    if path.endswith(".csv"):
        header = content.decode("utf-8", "replace").split("\r\n")[0].split("\n")[0].split(",")
        found |= {"type": "table", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
        found["schema"] = {"fields": [{"name": name, "type": "string"} for name in header]}
    return found


def describe(files: dict[str, bytes]) -> dict[str, Any]:
    """A right description of ``files``."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "casepakke-2026-11-22",
        "id": PACK,
        "title": "To erfaringer",
        "created": "2026-11-22T10:30:00+01:00",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "contributors": [{"title": "Innovationsenheden, Vestby Kommune"}],
        "coipack": {
            "format_version": "1.0", "kind": "share", "level": "fuld", "language": "da", "unit_uuid": UNIT,
        },
        "resources": [resource(path, content, n) for n, (path, content) in enumerate(files.items())],
    }  # fmt: skip


def as_json(descriptor: Any) -> bytes:
    return json.dumps(descriptor, ensure_ascii=False).encode("utf-8", "surrogatepass")


def pack_of(files: dict[str, bytes], descriptor: Any | None = None) -> bytes:
    """A pack of ``files``; the description is right unless another is given."""
    described = as_json(describe(files) if descriptor is None else descriptor)
    parts = [Part("datapackage.json", described)]
    return build_zip([*parts, *(Part(path, content) for path, content in files.items())])


def good_pack() -> bytes:
    return pack_of(good_files())


def with_file(path: str, content: bytes, *, fields: Sequence[str] = (), method: int = 8) -> bytes:
    """The right pack with one file replaced or added, described rightly (with ``fields`` as its columns)."""
    files = {**good_files(), path: content}
    descriptor = describe(files)
    if fields:
        said = next(one for one in descriptor["resources"] if one["path"] == path)
        said["schema"]["fields"] = [{"name": name, "type": "string"} for name in fields]
    parts = [Part("datapackage.json", as_json(descriptor))]
    return build_zip([*parts, *(Part(name, content, method=method) for name, content in files.items())])


def with_text(path: str, old: str, new: str) -> bytes:
    """The right pack with a piece of one file exchanged (the first time it stands), described rightly."""
    files = good_files()
    text = files[path].decode()
    assert old in text, (path, old)
    files[path] = text.replace(old, new, 1).encode("utf-8", "surrogatepass")
    return pack_of(files)


def with_description(change: Callable[[dict[str, Any]], object]) -> bytes:
    """The right pack after ``change`` worked on its description."""
    files = good_files()
    descriptor = copy.deepcopy(describe(files))
    change(descriptor)
    return pack_of(files, descriptor)


def with_raw_description(raw: bytes) -> bytes:
    """The right files under a description of any bytes."""
    described = Part("datapackage.json", raw, method=0)
    return build_zip([described, *(Part(path, content) for path, content in good_files().items())])


def with_parts(change: Callable[[list[Part]], object], *, files: dict[str, bytes] | None = None) -> bytes:
    """The right pack after ``change`` worked on its ZIP entries (the description is the first)."""
    files = good_files() if files is None else files
    parts = [Part("datapackage.json", as_json(describe(files)))]
    parts += [Part(path, content) for path, content in files.items()]
    change(parts)
    return build_zip(parts)
