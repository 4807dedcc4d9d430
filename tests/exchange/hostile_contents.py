"""Packs whose ZIP is right and whose content is not: what is wrong with each, and how it is made.

The numbers are the kinds of fault: 36 descriptions and cells, 41 references, 42 hashes, 43 packs from the
future, 52 tables.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.exchange.pack_makers import (
    CASE_1,
    CASES_HEADER,
    OTHER,
    describe,
    good_files,
    pack_of,
    with_description,
    with_file,
    with_raw_description,
    with_text,
)

Make = Callable[[], bytes]


def _deep(levels: int) -> Make:
    return lambda: with_raw_description(b'{"a":' * levels + b"1" + b"}" * levels)


def _raw(text: str | bytes) -> Make:
    return lambda: with_raw_description(text if isinstance(text, bytes) else text.encode())


def _top(**values: Any) -> Make:
    return lambda: with_description(lambda descriptor: descriptor.update(values))


def _without(*keys: str) -> Make:
    def change(descriptor: dict[str, Any]) -> None:
        inner = descriptor
        for key in keys[:-1]:
            inner = inner[key]
        del inner[keys[-1]]

    return lambda: with_description(change)


def _own(**values: Any) -> Make:
    return lambda: with_description(lambda descriptor: descriptor["coipack"].update(values))


def _cases(**values: Any) -> Make:
    """What the description says of the table of cases."""
    return lambda: with_description(lambda descriptor: descriptor["resources"][0].update(values))


def _schema(**values: Any) -> Make:
    return lambda: with_description(lambda descriptor: descriptor["resources"][0]["schema"].update(values))


def _cell(old: str, new: str) -> Make:
    return lambda: with_text("cases.csv", old, new)


def _encoded(encoding: str) -> Make:
    content = good_files()["cases.csv"].decode().encode(encoding)
    return lambda: with_file("cases.csv", content, fields=CASES_HEADER)


def _table(text: str, fields: str = "") -> Make:
    """The table of cases as ``text``; the description names ``fields``, or the header it has."""
    return lambda: with_file("cases.csv", text.encode(), fields=fields.split(",") if fields else ())


def _good_text() -> str:
    return json.dumps(describe(good_files()))


def chain(length: int) -> bytes:
    """Cases each based on the next, the last on the first."""
    ids = [f"00000000-0000-4000-8000-{number:012x}" for number in range(length)]
    rows = [f"{one},1,{ids[(place + 1) % length]},Titel" for place, one in enumerate(ids)]
    return pack_of({"cases.csv": ("uuid,revision,parent_uuid,title\n" + "\n".join(rows) + "\n").encode()})


CONTENTS: dict[str, Make] = {
    # 36 descriptions
    "36 empty": _raw(""),
    "36 not an object": _raw("[]"),
    "36 a number": _raw("1"),
    "36 an empty object": _raw("{}"),
    "36 forty levels": _deep(40),
    "36 a hundred thousand levels": _deep(100_000),
    "36 a hundred thousand lists": _raw("[" * 100_000 + "]" * 100_000),
    "36 larger than five megabytes": lambda: with_raw_description(b" " * 5_000_001 + _good_text().encode()),
    "36 long text": _top(title="x" * 40_000),
    "36 NaN": lambda: with_raw_description(_good_text().replace('"bytes": 10', '"bytes": NaN').encode()),
    "36 infinity": lambda: with_raw_description(
        _good_text().replace('"bytes": 10', '"bytes": 1e999').encode()
    ),
    "36 5,000 digits": lambda: with_raw_description(
        _good_text().replace('"bytes": 10', '"bytes": ' + "9" * 5_000).encode()
    ),
    "36 2^53": _top(x=2**53),
    "36 key twice": lambda: with_raw_description(
        _good_text().replace('{"$schema"', '{"id": 1, "$schema"').encode()
    ),
    "36 comment behind": lambda: with_raw_description(_good_text().encode() + b" // x"),
    "36 second document": lambda: with_raw_description(_good_text().encode() * 2),
    "36 byte order mark": lambda: with_raw_description(b"\xef\xbb\xbf" + _good_text().encode()),
    "36 utf-16": lambda: with_raw_description(_good_text().encode("utf-16")),
    "36 latin-1": _raw('{"title": "æ"}'.encode("latin-1")),
    "36 binary": _raw(bytes(range(256))),
    "36 lone surrogate": lambda: with_raw_description(_good_text().replace("To erf", "\\ud800").encode()),
    "36 NUL in a text": _top(title="a\x00b"),
    "36 text not NFC": _top(title="e\u0301"),
    "36 id no uuid": _top(id="1"),
    "36 id a number": _top(id=1),
    "36 no id": _without("id"),
    "36 no sender": _top(contributors=[]),
    "36 sender a number": _top(contributors=[{"title": 7}]),
    "36 empty sender": _top(contributors=[{"title": "  "}]),
    "36 unit no uuid": _own(unit_uuid="x"),
    "36 impossible date": _top(created="2026-02-30T10:00:00Z"),
    "36 date without zone": _top(created="2026-02-20T10:00:00"),
    "36 date far off": _top(created="9999-12-31T23:59:59-23:59"),
    "36 other digits": _top(created="٢٠٢٦-02-20T10:00:00Z"),
    "36 level unknown": _own(level="alt"),
    "36 level a list": _own(level=["kort"]),
    "36 kind unknown": _own(kind="gift"),
    "36 language unknown": _own(language="xx"),
    "36 resources an object": _top(resources={}),
    "36 resources empty": _top(resources=[]),
    "36 resource a text": _top(resources=["cases.csv"]),
    "36 path a list": _cases(path=["cases.csv"]),
    "36 path an address": _cases(path="https://example.org/cases.csv"),
    "36 inline data": _cases(data=[[1]]),
    "36 schema an address": _cases(schema="https://example.org/schema.json"),
    "36 schema a file": _cases(schema="schema.json"),
    "36 no schema": lambda: with_description(lambda d: d["resources"][0].pop("schema")),
    "36 schema without fields": _schema(fields=[]),
    "36 schema of other fields": _schema(fields=[{"name": "uuid"}]),
    "36 field without a name": _schema(fields=[{}]),
    "36 missing values": _schema(missingValues=["", "NA"]),
    "36 encoding utf-7": _cases(encoding="utf-7"),
    "36 encoding a codec": _cases(encoding="rot13"),
    "36 encoding a number": _cases(encoding=8),
    "36 dialect semicolon": _cases(dialect={"delimiter": ";"}),
    "36 dialect an address": _cases(dialect="https://example.org/dialect.json"),
    "36 dialect unknown": _cases(dialect={"commentChar": "#"}),
    "36 dialect of a wrong type": _cases(dialect={"header": 1}),
    "36 format": _cases(format="xlsx"),
    "36 media type": _cases(mediatype="text/html"),
    "36 version a number": _own(format_version=1.0),
    "36 version odd": _own(format_version="1"),
    # 36 and 52 tables and cells
    "52 empty table": _table("", "uuid,revision,title"),
    "52 only a header": _table("uuid,revision,title\n"),
    "52 header unlike the schema": _table(f"uuid,title,revision\n{CASE_1},x,1\n", "uuid,revision,title"),
    "52 no title column": _table(f"uuid,revision\n{CASE_1},1\n"),
    "52 no uuid column": _table("revision,title\n1,x\n"),
    "52 column twice": _table(f"uuid,revision,title,title\n{CASE_1},1,x,y\n"),
    "52 201 columns": _table(
        "uuid,revision,title,"
        + ",".join(f"x{number}" for number in range(198))
        + f"\n{CASE_1},1,x"
        + "," * 198
        + "\n"
    ),
    "52 row too short": _table(f"uuid,revision,title\n{CASE_1},1\n"),
    "52 row too long": _table(f"uuid,revision,title\n{CASE_1},1,x,y\n"),
    "52 blank row": _table(f"uuid,revision,title\n\n{CASE_1},1,x\n"),
    "52 second header": _table(f"uuid,revision,title\nuuid,revision,title\n{CASE_1},1,x\n"),
    "52 semicolons": _table(f"uuid;revision;title\n{CASE_1};1;x\n", "uuid,revision,title"),
    "52 quote never closed": _table(f'uuid,revision,title\n{CASE_1},1,"x\n'),
    "52 text behind a quote": _table(f'uuid,revision,title\n{CASE_1},1,"x"y\n'),
    "52 cell of 32,768 characters": _table(f"uuid,revision,title\n{CASE_1},1,{'x' * 32_768}\n"),
    "52 cell of 300,000 characters": _table(f"uuid,revision,title\n{CASE_1},1,{'x' * 300_000}\n"),
    "52 carriage returns only": _table(f"uuid,revision,title\r{CASE_1},1,x\r", "uuid,revision,title"),
    "52 too many rows": lambda: with_file(
        "measurements.csv", b"case_uuid,kind\n" + f"{CASE_1},quality\n".encode() * 100_001, method=0
    ),
    "36 utf-16 table": _encoded("utf-16"),
    "36 latin-1 table": _encoded("latin-1"),
    "36 byte order mark in the table": _encoded("utf-8-sig"),
    "36 lone surrogate in a cell": _cell("Medicinrobot", "\ud800"),
    "36 NUL in a cell": _cell("Medicinrobot", "a\x00b"),
    "36 escape in a cell": _cell("Medicinrobot", "a\x1b[31mb"),
    "36 C1 control in a cell": _cell("Medicinrobot", "a\x85b"),
    "36 noncharacter in a cell": _cell("Medicinrobot", "a\ufffeb"),
    "36 cell not NFC": _cell("Medicinrobot", "e\u0301"),
    "36 empty title": _cell("Medicinrobot", ""),
    "36 title of blanks": _cell("Medicinrobot", "   "),
    "36 uuid in capitals": _cell(CASE_1, CASE_1.upper()),
    "36 uuid in braces": _cell(CASE_1, "{" + CASE_1 + "}"),
    "36 no uuid": _cell(CASE_1, ""),
    "36 uuid twice": lambda: with_text("cases.csv", "0b8f7a52-8a0f-4f0e-a0f4-5d1c7f6b2e90,1", f"{CASE_1},1"),
    "36 revision nought": _cell("11,2,,Sk", "11,0,,Sk"),
    "36 revision missing": _cell("11,2,,Sk", "11,,,Sk"),
    "36 revision enormous": _cell("11,2,,Sk", "11," + "9" * 5_000 + ",,Sk"),
    **{
        f"36 number {text}": _cell("12500.50", text)
        for text in (
            "1e999",
            "NaN",
            "inf",
            "-Infinity",
            "1e5",
            "0x10",
            "1_000",
            "+5",
            " 5",
            "5.",
            ".5",
            "007",
            "1 000",
            "12.500.50",
            "--5",
            "٣",
            "9" * 5_000,
            "1." + "0" * 60,
            "9999999999999999",
            "=1+1",
        )
    },
    "36 number with a comma": _cell("12500.50", '"12500,50"'),
    **{
        f"36 date {text}": _cell("2026-05-14", text)
        for text in (
            "14-05-2026",
            "2026-02-30",
            "2026-5-14",
            "2026-05-14T00:00",
            "0001-01-01",
            "9999-12-31",
            "٢٠٢٦-05-14",
        )
    },
    "36 stage unknown": _cell("trial", "pilot"),
    "36 stage in Danish": _cell("trial", "Afprøvning"),
    "36 list with an unknown key": _cell("service|process_org", "service|magic"),
    "36 list with a key twice": _cell("service|process_org", "service|service"),
    "36 list with nothing in it": _cell("service|process_org", "service||product"),
    "36 list of 10^5 items": lambda: with_text(
        "cases.csv", "service|process_org", "|".join(["service"] * 4_000)
    ),
    "36 evidence level 9": _cell("12500.50,2,", "12500.50,9,"),
    # 41 references
    "41 based on itself": _cell(f"1,{CASE_1},Med", "1,0b8f7a52-8a0f-4f0e-a0f4-5d1c7f6b2e90,Med"),
    "41 circle of two": _cell("11,2,,Sk", "11,2,0b8f7a52-8a0f-4f0e-a0f4-5d1c7f6b2e90,Sk"),
    "41 circle of 20,000": lambda: chain(20_000),
    "41 parent no uuid": _cell(f"1,{CASE_1},Med", "1,den anden,Med"),
    "41 row of no case": lambda: with_text("measurements.csv", CASE_1, OTHER),
    "41 attachment of no case": lambda: with_text("attachments.csv", CASE_1, OTHER),
    "41 attachment outside": lambda: with_text("attachments.csv", "attachments/vejledning.pdf", "../x"),
    "41 attachment not there": lambda: with_text("attachments.csv", "vejledning.pdf", "andet.pdf"),
    "41 attachment names a table": lambda: with_text(
        "attachments.csv", "attachments/vejledning.pdf", "cases.csv"
    ),
    "41 no table of cases": lambda: pack_of(
        {path: content for path, content in good_files().items() if path != "cases.csv"}
    ),
    # 42 hashes and lengths
    "42 hash of other bytes": _cases(hash="sha256:" + "0" * 64),
    "42 hash in capitals": lambda: with_description(
        lambda d: d["resources"][0].update(hash=d["resources"][0]["hash"].upper().replace("SHA", "sha"))
    ),
    "42 hash without its kind": lambda: with_description(
        lambda d: d["resources"][0].update(hash=d["resources"][0]["hash"].removeprefix("sha256:"))
    ),
    "42 md5": _cases(hash="md5:" + "0" * 32),
    "42 bare md5": _cases(hash="0" * 32),
    "42 sha1": _cases(hash="sha1:" + "0" * 40),
    "42 no hash": lambda: with_description(lambda d: d["resources"][0].pop("hash")),
    "42 hash null": _cases(hash=None),
    "42 no length": lambda: with_description(lambda d: d["resources"][0].pop("bytes")),
    "42 length too small": _cases(bytes=1),
    "42 length negative": _cases(bytes=-1),
    "42 length true": _cases(bytes=True),
    "42 length a text": _cases(bytes="10"),
    "42 hash of an attachment": lambda: with_description(
        lambda d: d["resources"][4].update(hash="sha256:" + "0" * 64)
    ),
}

#: Packs from the future: refused with the advice to update.
NEWER: dict[str, Make] = {
    "43 next major version": _own(format_version="2.0"),
    "43 far version": _own(format_version="99.1"),
    "43 version before the first": _own(format_version="0.9"),
    "43 return pack": _own(kind="return"),
}
