"""Reading a case pack from a stranger: everything is checked before anything is believed.

The pack is read in its place; only attachments are unpacked, when the caller says where, under names of
ours. Whatever is not as it must be refuses the whole pack with one Problem. The result is plain values that
no longer hang on the file.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from coi_desktop.errors import Problem
from coi_desktop.exchange.atomic import unwritable
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
from coi_desktop.i18n import _
from coi_desktop.models.attachment_kinds import suffix_of
from coi_desktop.models.folding import clean_line
from coi_desktop.models.pack import (
    CASES,
    FORMAT_MINOR,
    MOST_ATTACHMENTS,
    MOST_BYTES_EACH,
    MOST_BYTES_TOGETHER,
    PACK_TABLES,
    TABLES_BY_NAME,
    CaseContent,
    CasePack,
    PackAttachment,
    PackFile,
)
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Value
from coi_desktop.models.vocabulary import Vocabulary

LIMITS = ZipLimits()

#: Files every pack of ours holds besides its tables; others that are declared are checked and left alone.
KNOWN_FILES = frozenset({"LAESMIG.txt", "README.txt", "oversigt.xlsx"})

_HEX = frozenset("0123456789abcdef")
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"#!")


#: Where an attachment with this SHA-256 is to be unpacked: a path of the caller's own making.
Stage = Callable[[str], Path]


def read_pack(
    path: Path, vocabulary: Vocabulary, limits: ZipLimits = LIMITS, stage: Stage | None = None
) -> Job[CasePack]:
    """Read the case pack at ``path``. ``vocabulary`` holds the keys that choices may have.

    With ``stage`` its attachments are unpacked to the paths that it gives; they are the right ones only when
    the whole pack was read.

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
        return (yield from _read_resources(file, descriptor, entries, vocabulary, stage))


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
    _check_attached([resource for resource in resources if resource.path.startswith(ATTACHMENTS)])


def _check_attached(attached: Sequence[Resource]) -> None:
    """No more and no larger attachments than are taken in; one that is named by a checksum has that one."""
    for resource in attached:
        stem = Path(resource.path).stem
        if len(stem) == 64 and _HEX.issuperset(stem) and stem != resource.sha256:
            raise in_file(resource.path, _("its name is not the checksum of what it holds"))
        if resource.size > MOST_BYTES_EACH:
            raise in_file(resource.path, _("it is larger than an attachment of a pack may be"))
    together = sum(resource.size for resource in attached)
    if len(attached) > MOST_ATTACHMENTS or together > MOST_BYTES_TOGETHER:
        raise PackFaultError(_("it holds more attachments than are read."))


def _read_resources(
    file: BinaryIO,
    descriptor: Descriptor,
    entries: dict[str, ZipEntry],
    vocabulary: Vocabulary,
    stage: Stage | None,
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
            checking = _check_file(resource, pieces, done, total)
            if stage is None or not resource.path.startswith(ATTACHMENTS):
                yield from checking
            else:
                with stage(resource.sha256).open("wb") as staged:
                    pieces.write_to(staged)
                    yield from checking
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
        self._copy: BinaryIO | None = None
        self.size = 0

    def write_to(self, copy: BinaryIO) -> None:
        """Write what passes from now on into a file as well."""
        self._copy = copy

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self._sha256.update(piece)
            self.size += len(piece)
            if self._copy is not None:
                self._write(self._copy, piece)
            yield piece

    def _write(self, copy: BinaryIO, piece: bytes) -> None:
        try:
            copy.write(piece)
        except OSError as error:  # the disk's fault and not the pack's
            raise unwritable(Path(copy.name)) from error

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
    attachments = _attachments(tables.get("attachments"), files)
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
        attachments,
    )


def _attachments(rows: TableRows | None, files: tuple[PackFile, ...]) -> tuple[PackAttachment, ...]:
    """The attachments of the cases; each row must name a file under ``attachments/``. A file that stands
    twice under a case is taken once.
    """
    there = {file.path: file for file in files if file.path.startswith(ATTACHMENTS)}
    found: dict[tuple[str, str], PackAttachment] = {}
    for index, row in enumerate([] if rows is None else rows.rows):
        file = there.get(str(row.get("path")))
        if file is None or rows is None:
            raise at_cell("attachments.csv", index + 2, "path", _("is no file of this pack"))
        key = (rows.keys[index], file.sha256)
        found.setdefault(key, _attachment(key[0], file, row))
    return tuple(found.values())


def _attachment(case_id: str, file: PackFile, row: dict[str, Value]) -> PackAttachment:
    """An attachment under its title, with the true ending of its file behind it."""
    name, suffix = file.path.rpartition("/")[2], suffix_of(file.path)
    title = clean_line(str(row.get("title") or "")) or name
    file_name = title if suffix_of(title) == suffix else title + suffix
    values = {key: value for key, value in row.items() if key not in ("path", "title")}
    return PackAttachment(
        case_id, file.path, title, file_name, file.size, file.sha256, file.media_type, values
    )


def _notes(
    descriptor: Descriptor, files: tuple[PackFile, ...], attachments: tuple[PackAttachment, ...]
) -> tuple[str, ...]:
    notes: list[str] = []
    if int(descriptor.manifest.format_version.partition(".")[2]) > FORMAT_MINOR:
        notes.append(
            _("The pack was made by a newer version. What is not known here is kept unseen and shared again.")
        )
    named = {attachment.path for attachment in attachments}
    others = [file.path for file in files if file.path not in KNOWN_FILES and file.path not in named]
    if others:
        notes.append(_("Not read: {files}.").format(files=", ".join(others[:10])))
    return tuple(notes)
