"""Reads a stranger's list, a workbook or a text file, into a Table; whatever goes wrong becomes one Problem.

Content is recognised before anything is read; the reading itself happens in a limited child. Workbooks go to
openpyxl first and to calamine when that fails, dies or takes too long.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coi_desktop.exchange import table_faults
from coi_desktop.exchange.file_kinds import (
    LARGEST_FILE,
    PROMISED,
    READABLE,
    FileKind,
    find_archive_fault,
    recognise_file,
)
from coi_desktop.exchange.limited_child import ChildError, Limits, iter_child_messages
from coi_desktop.exchange.table_assembly import NoHeadingsError, SheetParts, assemble_table
from coi_desktop.i18n import _
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.tables import NoteKind, Table, TableNote

_READERS: Mapping[FileKind, tuple[str, ...]] = {
    FileKind.WORKBOOK: ("openpyxl", "calamine"),
    FileKind.OLD_WORKBOOK: ("calamine",),
    FileKind.BINARY_WORKBOOK: ("calamine",),
    FileKind.OPEN_DOCUMENT: ("calamine",),
    FileKind.TEXT: ("text",),
}

_ARCHIVES = (FileKind.WORKBOOK, FileKind.BINARY_WORKBOOK, FileKind.OPEN_DOCUMENT)
_DEFAULT_LIMITS = Limits()


def read_table(
    path: Path,
    sheet: str = "",
    known_headings: frozenset[str] = frozenset(),
    limits: Limits = _DEFAULT_LIMITS,
) -> Job[Table]:
    """Read one sheet of a workbook, or a text file, as a job.

    Without a ``sheet`` the visible one is taken that looks most like a list; ``known_headings`` (as
    ``fold_heading`` gives them) help to find the row of headings. Raises Problem, with a code of its own for
    every kind of fault, and changes nothing.
    """
    kind = check_file(path)
    readers = _READERS[kind]
    for reader in readers:
        try:
            parts = yield from read_parts(path, reader, known_headings, limits, sheet)
        except ChildError as failure:
            if reader == readers[-1]:
                raise table_faults.failed(path, failure, limits) from failure
            continue
        try:
            table = assemble_table(path.name, parts, known_headings)
        except NoHeadingsError as error:
            raise table_faults.no_headings(path, parts.sheet) from error
        return _with_reader(table, is_simple=reader == "calamine")
    raise AssertionError("every kind has a reader")


def check_file(path: Path) -> FileKind:
    """The kind of a file that can be read as a list; Problem for anything else, named by its content."""
    try:
        if path.exists() and not path.is_file() and not path.is_dir():
            raise table_faults.no_ordinary_file(path)  # a pipe is waited for, a device never ends
        kind = recognise_file(path)
        size = path.stat().st_size
    except OSError as error:
        raise table_faults.unreadable(path, error) from error
    if kind not in READABLE:
        raise table_faults.wrong_kind(path, kind)
    promised = PROMISED.get(path.suffix.lower(), kind)
    if promised is not kind:
        raise table_faults.wrong_name(path, kind)
    if size > LARGEST_FILE:
        raise table_faults.too_large(path)
    fault = find_archive_fault(path) if kind in _ARCHIVES else ""
    if fault:
        raise table_faults.unsafe_archive(path, fault)
    return kind


def read_parts(
    path: Path, reader: str, known_headings: frozenset[str], limits: Limits, sheet: str = ""
) -> Job[SheetParts]:
    """The filled cells of one sheet as one of the readers sees them, read in a child as a job.

    Raises ChildError when the child does not come to its end, and Problem.
    """
    parts = SheetParts()
    arguments: dict[str, Any] = {
        "path": str(path.resolve()),
        "reader": reader,
        "sheet": sheet,
        "known": sorted(known_headings),
    }
    message = _("Reading {name}").format(name=path.name)
    yield Progress(0, 0, message)
    for answer in iter_child_messages("table", arguments, limits):
        yield Progress(len(parts.rows), 0, message)
        if answer is not None:
            if "problem" in answer:
                raise table_faults.told_by_child(path, answer)
            parts.add(answer)
    return parts


def read_all_parts(path: Path, limits: Limits) -> Job[list[SheetParts]]:
    """The filled cells of every visible sheet of a workbook, read in one child as a job.

    Raises ChildError when the child does not come to its end, and Problem.
    """
    found: list[SheetParts] = []
    message = _("Reading {name}").format(name=path.name)
    yield Progress(0, 0, message)
    for answer in iter_child_messages("sheets", {"path": str(path.resolve())}, limits):
        yield Progress(len(found), 0, message)
        if answer is None:
            continue
        if "problem" in answer:
            raise table_faults.told_by_child(path, answer)
        if "sheet" in answer:
            found.append(SheetParts())
        if found:
            found[-1].add(answer)
    return found


def _with_reader(table: Table, *, is_simple: bool) -> Table:
    if not is_simple:
        return table
    notes = (*table.notes, TableNote(NoteKind.SECOND_READER))
    return Table(table.file_name, table.sheet, table.header_row, table.headings, table.rows, notes)
