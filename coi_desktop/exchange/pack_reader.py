"""Reading a case pack from a stranger: everything is checked before anything is believed.

The pack is read in its place; nothing is unpacked to disk. Whatever is not as it must be refuses the whole
pack with one Problem. The result is plain values that no longer hang on the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from coi_desktop.errors import Problem
from coi_desktop.exchange.pack_descriptor import (
    ATTACHMENTS,
    DESCRIPTOR,
    MOST_BYTES,
    Descriptor,
    Resource,
    parse_descriptor,
)
from coi_desktop.exchange.pack_faults import PackFaultError, as_problem, at_cell, in_file
from coi_desktop.exchange.pack_tables import (
    TableBudget,
    TableRows,
    check_cases,
    check_children,
    read_table,
)
from coi_desktop.exchange.table_faults import find_other_kind
from coi_desktop.exchange.zip_safety import ZipEntry, ZipLimits, iter_content, read_directory
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.pack import (
    CASES,
    FORMAT_MINOR,
    PACK_TABLES,
    TABLES_BY_NAME,
    CaseContent,
    CasePack,
    PackFile,
)
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary

LIMITS = ZipLimits()

#: Files every pack of ours holds besides its tables; others that are declared are checked and left alone.
KNOWN_FILES = frozenset({"LAESMIG.txt", "README.txt", "oversigt.xlsx"})

_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!")


def read_pack(path: Path, vocabulary: Vocabulary, limits: ZipLimits = LIMITS) -> Job[CasePack]:
    """Read the case pack at ``path``. ``vocabulary`` holds the keys that choices may have.

    A job: yields Progress in thousands of bytes, and may be stopped between two. Raises Problem with the code
    ``pack_refused``, ``pack_newer`` or ``cannot_open``.
    """
    with _faults_as_problems(path):
        if path.exists() and not path.is_file():
            raise FileNotFoundError(path)  # a folder; or a pipe, which would be waited for
    with _faults_as_problems(path), path.open("rb") as file:
        yield Progress(0, 0, _("Checking the pack"))
        entries = {entry.name: entry for entry in read_directory(file, limits)}
        descriptor = parse_descriptor(_read_descriptor(file, entries))
        _check_declared(descriptor.resources, entries)
        return (yield from _read_resources(file, descriptor, entries, vocabulary))


@contextmanager
def _faults_as_problems(path: Path) -> Iterator[None]:
    try:
        yield
    except PackFaultError as fault:
        raise find_other_kind(path) or as_problem(fault, path.name) from fault
    except OSError as error:
        raise Problem(
            _("The case pack {name} cannot be opened.").format(name=path.name),
            meaning=_("Nothing was imported, and your register was not changed."),
            advice=_("See that the file is there and that you may read it."),
            code="cannot_open",
        ) from error


def _read_descriptor(file: BinaryIO, entries: dict[str, ZipEntry]) -> bytes:
    entry = entries.get(DESCRIPTOR)
    if entry is None:
        raise PackFaultError(
            _("it has no description ({file}), so it is no case pack.").format(file=DESCRIPTOR),
            advice=_("See that you chose the right file."),
        )
    if entry.size > MOST_BYTES:
        raise in_file(DESCRIPTOR, _("it is larger than a description may be"))
    return b"".join(iter_content(file, entry))


def _check_declared(resources: Sequence[Resource], entries: dict[str, ZipEntry]) -> None:
    """Every file is declared, every declared file is there, and its length is the one that was promised."""
    declared = {resource.path for resource in resources}
    for name in entries:
        if name not in declared and name != DESCRIPTOR:
            raise in_file(name, _("the description does not name it"))
    for resource in resources:
        entry = entries.get(resource.path)
        if entry is None or resource.path == DESCRIPTOR:
            raise in_file(resource.path, _("the description names it, but it is not there"))
        if entry.size != resource.size:
            raise _changed(resource)


def _read_resources(
    file: BinaryIO, descriptor: Descriptor, entries: dict[str, ZipEntry], vocabulary: Vocabulary
) -> Generator[Progress, None, CasePack]:
    budget = TableBudget()
    total = sum(resource.size for resource in descriptor.resources) // 1000
    done = 0
    tables: dict[str, TableRows] = {}
    files: list[PackFile] = []
    for resource in descriptor.resources:
        pieces = _Hashed(iter_content(file, entries[resource.path]))
        if resource.table:
            budget.size -= resource.size
            if budget.size < 0:
                raise in_file(resource.path, _("the tables are larger than is read"))
            reading = read_table(pieces, TABLES_BY_NAME[resource.table], resource.columns, vocabulary, budget)
            tables[resource.table] = yield from _watched(reading, pieces, resource, done, total)
        else:
            yield from _check_file(resource, pieces, done, total)
            files.append(PackFile(resource.path, resource.size, resource.sha256, resource.media_type))
        if pieces.digest != resource.sha256:
            raise _changed(resource)
        done += resource.size // 1000
        yield Progress(done, total, _("Checking the pack"))
    return _as_pack(descriptor, tables, tuple(files))


class _Hashed:
    """Passes pieces of bytes on while it counts and hashes them."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._sha256 = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._sha256.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def digest(self) -> str:
        """The SHA-256 of what has passed so far, in hexadecimal digits."""
        return self._sha256.hexdigest()


def _watched(
    reading: Generator[int, None, TableRows], pieces: _Hashed, resource: Resource, done: int, total: int
) -> Generator[Progress, None, TableRows]:
    """Advance ``reading`` with Progress. When hash and content both fail, changed bytes are the reason."""
    try:
        while True:
            try:
                next(reading)
            except StopIteration as end:
                rows: TableRows = end.value
                return rows
            yield Progress(done + pieces.size // 1000, total, _("Reading the cases"))
    except PackFaultError:
        for _piece in pieces:
            yield Progress(done + pieces.size // 1000, total, _("Checking the pack"))
        if pieces.digest != resource.sha256:
            raise _changed(resource) from None
        raise


def _changed(resource: Resource) -> PackFaultError:
    return in_file(resource.path, _("its bytes are not those the pack promises"))


def _check_file(resource: Resource, pieces: _Hashed, done: int, total: int) -> Iterator[Progress]:
    is_first = True
    for piece in pieces:
        if is_first and piece.startswith(_PROGRAM_STARTS):
            raise in_file(resource.path, _("it is a program under another name"))
        is_first = False
        yield Progress(done + pieces.size // 1000, total, _("Checking the pack"))


def _as_pack(descriptor: Descriptor, tables: dict[str, TableRows], files: tuple[PackFile, ...]) -> CasePack:
    cases = tables.pop(CASES.name, None)
    if cases is None:
        raise PackFaultError(_("there is no case in it."))
    check_cases(cases)
    known = frozenset(cases.keys)
    children: dict[str, dict[str, list[dict[str, Value]]]] = {}
    for table in PACK_TABLES:
        rows = tables.get(table.name)
        if rows is None:
            continue
        check_children(rows, known)
        for key, row in zip(rows.keys, rows.rows, strict=True):
            children.setdefault(key, {}).setdefault(table.name, []).append(row)
    attachments = _check_attachments(tables.get("attachments"), files)
    columns = {name: rows.columns for name, rows in tables.items()}
    return CasePack(
        descriptor.manifest,
        tuple(
            CaseContent(
                key,
                values,
                {name: tuple(rows) for name, rows in children.get(key, {}).items() if name != "attachments"},
            )
            for key, values in zip(cases.keys, cases.rows, strict=True)
        ),
        {CASES.name: cases.columns, **columns},
        files,
        _notes(descriptor, files, attachments),
    )


def _check_attachments(rows: TableRows | None, files: tuple[PackFile, ...]) -> int:
    """How many attachments the pack has; each row must name a file of its own under ``attachments/``."""
    there = {file.path for file in files if file.path.startswith(ATTACHMENTS)}
    for index, row in enumerate([] if rows is None else rows.rows):
        path = row.get("path")
        if path not in there:
            raise at_cell("attachments.csv", index + 2, "path", _("is no file of this pack"))
    return len(there)


def _notes(descriptor: Descriptor, files: tuple[PackFile, ...], attachments: int) -> tuple[str, ...]:
    notes: list[str] = []
    if int(descriptor.manifest.format_version.partition(".")[2]) > FORMAT_MINOR:
        notes.append(
            _("The pack was made by a newer version. What is not known here is kept unseen and shared again.")
        )
    if attachments:
        notes.append(
            ngettext(
                "{count} attachment was checked but is not taken in by this version.",
                "{count} attachments were checked but are not taken in by this version.",
                attachments,
            ).format(count=attachments)
        )
    others = [
        file.path for file in files if file.path not in KNOWN_FILES and not file.path.startswith(ATTACHMENTS)
    ]
    if others:
        notes.append(_("Not read: {files}.").format(files=", ".join(others[:10])))
    return tuple(notes)
