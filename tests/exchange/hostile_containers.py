"""Packs whose ZIP a stranger has bent: what is wrong with each, and how it is made.

The numbers are the kinds of fault: 29 paths, 30 no ordinary files, 31 bombs, 32 headers that lie, 33 names
twice or missing, 34 programs and odd names, 35 broken containers.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable
from typing import Any

from tests.exchange.pack_makers import (
    Part,
    as_json,
    build_zip,
    deflated,
    describe,
    good_files,
    good_pack,
    pack_of,
    resource,
    with_description,
    with_file,
    with_parts,
)

Make = Callable[[], bytes]

BAD_PATHS = [
    "../x", "../../etc/passwd", "/x", "//x", "a/../x", "a/../../x", "..\\x", "a\\x", "\\x", "C:\\x",
    "C:/x", "C:x",
    "\\\\host\\share\\x", "//host/share/x", "\\\\?\\C:\\x", "~/x", "~root/x", "file:///x", "http://example.org/x",
    "%2e%2e/x", "%2e%2e%2fx", "a/%2e%2e/x", "..\u2215x", "..\u2044x", "..\uff0fx", "a\uff3cx", ".", "..",
    "./x",
    "a/./x", "a//x", "a/", "", " x", "x ", "x.", "a/.hidden", ".hidden/x", "-rf", "x\x00.txt", "x\n.txt",
    "x\u202efdp.exe", "x\u200b.txt", "x:y", "x:y:$DATA", "x*", "x?", "x|y", "x<y", 'x"y', "x\ty", "x/..",
    "../",
    "e\u0301.txt", "x" * 300, "a/" * 120 + "x",
]  # fmt: skip


def declared_path(path: str) -> bytes:
    """The pack declares a file under ``path``; the ZIP entry has a plain name."""

    def change(descriptor: dict[str, Any]) -> None:
        descriptor["resources"][-1]["path"] = path

    return with_description(change)


def entry_path(path: str) -> bytes:
    """Entry and declaration agree on ``path``."""
    content = b"hejsa"
    files = good_files()
    descriptor = describe(files)
    descriptor["resources"].append({**resource("x.txt", content), "name": "extra", "path": path})
    parts = [Part("datapackage.json", as_json(descriptor)), *(Part(p, c) for p, c in files.items())]
    return build_zip([*parts, Part(path.encode("utf-8", "surrogatepass"), content)])


def _entry(**claims: Any) -> Make:
    """The right pack with the table of cases claimed otherwise."""

    def change(parts: list[Part]) -> None:
        for name, value in claims.items():
            setattr(parts[1], name, value)

    return lambda: with_parts(change)


def _special(attributes: int) -> Make:
    return _entry(attributes=attributes)


def _both(**headers: Any) -> Make:
    return _entry(local=headers, central=headers)


def quoted_overlap() -> bytes:
    """Every entry's packed bytes begin with the header of the next: one kernel counted many times."""
    kernel = deflated(bytes(1_000_000))
    names = [f"attachments/{number}.bin" for number in range(60)]
    size = 1_000_000
    headers, body = [], b""
    for name in reversed(names):
        quote = struct.pack("<BHH", 0, len(body), len(body) ^ 0xFFFF) if body else b""
        packed_length = len(quote) + len(body) if body else len(kernel)
        head = struct.pack(
            "<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0x5A21, 0, packed_length, size, len(name), 0
        ) + name.encode()  # fmt: skip
        body = head + quote + body if body else head + kernel
        headers.append((name, packed_length))
    total, directory = len(body), b""
    place = 0
    for index, (name, packed_length) in enumerate(reversed(headers)):
        directory += struct.pack(
            "<4s6H3L5H2L", b"PK\1\2", 0x314, 20, 0, 8, 0, 0x5A21, 0, packed_length, size, len(name), 0,
            0, 0, 0,
            0o100644 << 16, place,
        ) + name.encode()  # fmt: skip
        place += 30 + len(name) + (5 if index < len(names) - 1 else 0)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, len(names), len(names), len(directory), total, 0)
    return body + directory + end


def shared_kernel() -> bytes:
    """Two entries of the directory point at the same bytes."""

    def change(parts: list[Part]) -> None:
        parts[2].central = {"header": 0}

    return with_parts(change)


def huge_entry() -> bytes:
    """110 MB of zeros, declared rightly: packed a thousandfold."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = bytes(1_000_000)
    packed = b"".join(packer.compress(zeros) for _ in range(110)) + packer.flush()
    crc = 0
    for _ in range(110):
        crc = zlib.crc32(zeros, crc)
    claims = {"size": 110_000_000, "crc": crc}
    return with_parts(
        lambda parts: parts.append(
            Part("attachments/zeros.bin", b"", packed=packed, local=claims, central=claims)
        )
    )


def many_entries() -> bytes:
    return build_zip([Part(f"attachments/{number}.txt", b"") for number in range(2_500)])


def too_much_in_all() -> bytes:
    """Six files of 95 MB, each within the ratio, together beyond what a pack may hold."""
    claims = {"size": 95_000_000}
    return with_parts(
        lambda parts: parts.extend(
            Part(
                f"attachments/{number}.bin",
                b"",
                method=8,
                packed=bytes(500_000),
                local=claims,
                central=claims,
            )
            for number in range(6)
        )
    )


def truncated_deflate() -> bytes:
    content = good_files()["cases.csv"]
    return _entry(packed=deflated(content)[:-5])()


def longer_than_said() -> bytes:
    """The stream gives more bytes than header and description promise."""
    content = good_files()["cases.csv"]
    return _entry(packed=deflated(content + b"x" * 5_000_000), content=content)()


def junk_after_deflate() -> bytes:
    return _entry(packed=deflated(good_files()["cases.csv"]) + b"junk")()


def _cases(**values: Any) -> Make:
    """What the description says of the table of cases."""
    return lambda: with_description(lambda descriptor: descriptor["resources"][0].update(values))


CONTAINERS: dict[str, Make] = {
    # 30 not ordinary files
    "30 symbolic link": _special(0o120777 << 16),
    "30 folder as file": _special(0o040755 << 16),
    "30 fifo": _special(0o010644 << 16),
    "30 device": _special(0o020644 << 16),
    "30 socket": _special(0o140644 << 16),
    "30 setuid": _special(0o104755 << 16),
    "30 below a link": lambda: with_parts(
        lambda parts: parts.extend(
            [Part("attachments/a", b"/etc", attributes=0o120777 << 16), Part("attachments/a/b", b"x")]
        )
    ),
    # 31 bombs
    "31 one huge entry": huge_entry,
    "31 too much in all": too_much_in_all,
    "31 quoted overlap": quoted_overlap,
    "31 shared bytes": shared_kernel,
    "31 too many entries": many_entries,
    "31 endless line": lambda: with_file("cases.csv", b"uuid,revision,title\n" + b"x" * 20_000_000, method=0),
    "31 endless quoted cell": lambda: with_file(
        "cases.csv", b'uuid,revision,title\n"' + b"x\n" * 9_000_000, method=0
    ),
    # 32 headers that lie
    "32 size in the directory": _entry(central={"size": 3}),
    "32 size in both headers": _both(size=3),
    "32 larger size in both": _both(size=100_000),
    "32 packed size": _entry(central={"packed": 5}),
    "32 packed size in both": _both(packed=5),
    "32 checksum in both": _both(crc=1),
    "32 checksum in one": _entry(local={"crc": 1}),
    "32 name in one": _entry(local={"name": b"other.csv"}),
    "32 method in one": _entry(local={"method": 0}),
    "32 method unknown": _both(method=12),
    "32 encrypted": _both(flags=1),
    "32 encrypted in one": _entry(local={"flags": 1}),
    "32 strange flags": _both(flags=0x2000),
    "32 stored but shorter": _entry(method=0, packed=b"abc"),
    "32 offset": _entry(central={"header": 7}),
    "32 offset behind the end": _entry(central={"header": 99_999_999}),
    "32 zip64 sizes": _entry(central={"size": 0xFFFFFFFF}),
    "32 zip64 extra": _entry(extra=struct.pack("<2H8s", 1, 8, bytes(8))),
    "32 other name in extra": _entry(extra=struct.pack("<2H5s", 0x7075, 5, bytes(5))),
    "32 broken extra": _entry(extra=b"\x01\x02\xff"),
    "32 count in the end": lambda: build_zip([Part("datapackage.json", b"{}")], end={"count": 2}),
    "32 offset in the end": lambda: build_zip([Part("datapackage.json", b"{}")], end={"offset": 1}),
    "32 deflate cut": truncated_deflate,
    "32 deflate gives more": longer_than_said,
    "32 junk behind deflate": junk_after_deflate,
    "32 wrong data descriptor": _entry(
        flags=8, local={"crc": 0, "packed": 0, "size": 0}, descriptor=bytes(12)
    ),
    "32 hidden between entries": lambda: with_parts(lambda parts: setattr(parts[2], "before", b"hidden")),
    # 33 names twice, undeclared, missing
    "33 entry twice": lambda: with_parts(lambda parts: parts.append(Part("cases.csv", b"other"))),
    "33 two descriptions": lambda: with_parts(lambda parts: parts.append(Part("datapackage.json", b"{}"))),
    "33 description in a folder": lambda: with_file("attachments/datapackage.json", b"{}"),
    "33 description in capitals": lambda: with_parts(
        lambda parts: parts.append(Part("DATAPACKAGE.JSON", b"{}"))
    ),
    "33 no description": lambda: with_parts(lambda parts: parts.pop(0)),
    "33 undeclared file": lambda: with_parts(lambda parts: parts.append(Part("attachments/x.txt", b"x"))),
    "33 mac folder": lambda: with_parts(lambda parts: parts.append(Part("__MACOSX/cases.csv", b"x"))),
    "33 declared but missing": lambda: with_parts(lambda parts: parts.pop()),
    "33 resource name twice": _cases(name="file-5"),
    "33 resource path twice": _cases(path="LAESMIG.txt", name="x"),
    "33 file and folder": lambda: pack_of({**good_files(), "attachments/a": b"x", "attachments/a/b": b"y"}),
    "33 folder with content": lambda: with_parts(
        lambda parts: parts.append(Part("attachments/", b"content"))
    ),
    "33 table under another path": lambda: with_parts(lambda parts: setattr(parts[1], "name", "tables.csv")),
    "33 other name for the table": _cases(name="sager"),
    "33 only a description": lambda: build_zip([Part("datapackage.json", as_json(describe({})))]),
    # 34 programs and odd names
    **{
        f"34 program {name}": (lambda name=name: with_file(f"attachments/{name}", b"x"))
        for name in (
            "a.exe",
            "a.EXE",
            "a.pdf.lnk",
            "a.js",
            "a.docm",
            "a.hta",
            "a.svg",
            "a.html",
            "a.url",
            "a.ps1",
        )
    },
    "34 program called pdf": lambda: with_file("attachments/a.pdf", b"MZ\x90\x00" + bytes(100)),
    "34 script called txt": lambda: with_file("attachments/a.txt", b"#!/bin/sh\nrm -rf ~\n"),
    "34 name in cp437": lambda: with_parts(
        lambda parts: parts.append(Part(b"attachments/\x91.txt", b"", flags=0))
    ),
    "34 name not utf-8": lambda: with_parts(lambda parts: parts.append(Part(b"\xff\xfe", b"", flags=0x800))),
    # 35 broken containers
    "35 empty file": lambda: b"",
    "35 only the end": lambda: build_zip([]),
    "35 random behind a head": lambda: b"PK\3\4" + bytes((number * 37) % 256 for number in range(5_000)),
    "35 junk before": lambda: b"junk" + good_pack(),
    "35 program before": lambda: b"MZ" + bytes(500) + good_pack(),
    "35 junk after": lambda: good_pack() + b"junk",
    "35 comment": lambda: build_zip([Part("datapackage.json", b"{}")], comment=b"hello"),
    "35 pdf": lambda: b"%PDF-1.7\n" + bytes(5_000),
    "35 text": lambda: b"uuid,title\n1,2\n",
    "35 two packs": lambda: good_pack() + good_pack(),
}
