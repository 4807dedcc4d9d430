"""The whole register as files that people and programs can read: JSON and CSV, documented, with attachments.

Written into a folder that appears whole or not at all.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from coi_desktop import resources
from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import unwritable
from coi_desktop.i18n import LANGUAGES, _
from coi_desktop.models.fields import FieldSpec
from coi_desktop.models.records import Record, Value
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.paths import sync_folder

_COMPUTED = ("=", "+", "-", "@", "'", "\t", "\r")


@contextmanager
def whole_new_folder(target: Path) -> Iterator[Path]:
    """A temporary folder beside ``target``; at the end of the block it becomes ``target``.

    Raises Problem ``exists`` when something stands there, ``unwritable`` when the disk refuses; nothing is
    left behind by a block that raises.
    """
    if os.path.lexists(target):
        raise _exists(target)
    half = target.with_name(f".{target.name}.{os.getpid()}.half")
    try:
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(parents=True)
        yield half
        if os.path.lexists(target):
            raise _exists(target)
        half.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise unwritable(target) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)


def write_records(
    folder: Path, type_name: str, fields: Sequence[FieldSpec], records: Iterable[Record]
) -> int:
    """Write the records of one type as JSON and as CSV; how many there were. OSError if the disk refuses."""
    names = ["id", *(field.name for field in fields)]
    count = 0
    with (
        _text(folder / "json" / f"{type_name}.json") as plain,
        _table(folder / "csv" / f"{type_name}.csv") as table,
    ):
        table.writerow(names)
        plain.write("[")
        for record in records:
            values = {"id": record.id, **{field.name: record.values.get(field.name) for field in fields}}
            line = json.dumps({name: _plain(value) for name, value in values.items()}, ensure_ascii=False)
            plain.write(("," if count else "") + "\n" + line)
            table.writerow([_cell(value) for value in values.values()])
            count += 1
        plain.write("\n]\n")
    return count


def write_dictionary(folder: Path, fields: Iterable[tuple[str, FieldSpec]]) -> None:
    """Write what every field is."""
    with _table(folder / "felter.csv") as table:
        table.writerow(
            ["table", "field", "da", "en", "kind", "unit_da", "unit_en", "values", "target", "required"]
        )
        for type_name, field in fields:
            cells = (
                type_name,
                field.name,
                field.da,
                field.en,
                field.kind.value,
                field.unit_da,
                field.unit_en,
            )
            table.writerow([*map(_cell, (*cells, field.values, field.target)), _cell(field.required)])


def write_values(folder: Path, words: Vocabulary) -> None:
    """Write every value list with its words in both languages."""
    with _table(folder / "værdier.csv") as table:
        table.writerow(["list", "key", *LANGUAGES])
        for name in words.names():
            for key in words.keys(name):
                table.writerow(
                    [name, key, *(_cell(words.label(name, key, language)) for language in LANGUAGES)]
                )


def write_history(folder: Path, steps: Iterable[dict[str, Any]]) -> None:
    """Write the steps, each with its changed records."""
    with _text(folder / "historik.json") as plain:
        plain.write("[")
        for number, step in enumerate(steps):
            plain.write(("," if number else "") + "\n" + json.dumps(step, ensure_ascii=False, default=str))
        plain.write("\n]\n")


def write_attachments(folder: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write what each file is: file, attachment's id, that of its initiative or case, file name, checksum."""
    with _table(folder / "bilag.csv") as table:
        table.writerow(["file", "attachment_id", "owner_id", "file_name", "sha256"])
        for row in rows:
            table.writerow([_cell(cell) for cell in row])


def write_about(folder: Path, about: dict[str, Any]) -> None:
    """Write the readme in both languages, what the folder holds, and the checksums of all of it."""
    for language, name in (("da", "LÆS MIG.txt"), ("en", "READ ME.txt")):
        with _text(folder / name) as plain:
            plain.write(resources.read_text(f"full_export/readme.{language}.txt"))
    sums = {
        path.relative_to(folder).as_posix(): _digest(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    with _text(folder / "indhold.json") as plain:
        json.dump({**about, "files": sums}, plain, ensure_ascii=False, indent=1, default=str)


def _plain(value: Value) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):  # a moment too
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _cell(value: Value) -> str:
    """As a cell that no spreadsheet computes."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return "|".join(value)
    if isinstance(value, str):
        return "'" + value if value.startswith(_COMPUTED) else value
    return str(_plain(value))


@contextmanager
def _text(path: Path) -> Iterator[Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _table(path: Path) -> Iterator[Any]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        yield csv.writer(file, delimiter=";", lineterminator="\r\n")
        file.flush()
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    import hashlib  # loads OpenSSL, which the first window does not need

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _exists(target: Path) -> Problem:
    return Problem(
        _("There is something called {name} already.").format(name=target.name),
        meaning=_("It was not touched, and nothing was written."),
        advice=_("Choose another name or folder."),
        code="exists",
    )
