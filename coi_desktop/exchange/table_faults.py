"""Why a list could not be read, each as a Problem of three sentences that names the file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coi_desktop.errors import Problem
from coi_desktop.exchange.file_kinds import LARGEST_FILE, FileKind, recognise_file
from coi_desktop.exchange.limited_child import ChildError, Limits
from coi_desktop.exchange.pack_faults import REFUSED
from coi_desktop.i18n import N_, _
from coi_desktop.models.tables import column_letters

_EXPORT_AGAIN = N_("Fetch the list again from where it comes from, and save it as an Excel workbook or CSV.")
_SAVE_IN_EXCEL = N_("Open it in Excel, save it as “Excel workbook (.xlsx)”, and import that file.")
_CHOOSE_ANOTHER = N_("Choose another file: an Excel workbook (.xlsx) or a text file (.csv).")

_WRONG_KINDS: Mapping[FileKind, tuple[str, str]] = {
    FileKind.EMPTY: (N_("{name} is empty (0 bytes)."), _EXPORT_AGAIN),
    FileKind.BLANK: (N_("{name} holds nothing but blanks."), _EXPORT_AGAIN),
    FileKind.LOCK_FILE: (
        N_("{name} is not a list: Excel makes such a file while a workbook is open."),
        N_("Choose the workbook itself, the name without “~$”."),
    ),
    FileKind.PROTECTED: (
        N_("{name} is protected by a password."),
        N_("Open it in Excel, remove the password (File, Info, Protect Workbook), save, and try again."),
    ),
    FileKind.HTML: (
        N_("{name} is a web page, not a workbook or text file, whatever its name says."),
        _SAVE_IN_EXCEL,
    ),
    FileKind.LOGIN_PAGE: (
        N_("{name} is a login page: the list itself was never fetched."),
        N_("Log in where the list comes from, and fetch it again."),
    ),
    FileKind.JSON: (
        N_("{name} holds JSON (an answer meant for programs), not rows and columns."),
        _EXPORT_AGAIN,
    ),
    FileKind.XML: (N_("{name} holds XML, not a workbook or text file."), _SAVE_IN_EXCEL),
    FileKind.PDF: (
        N_("{name} is a PDF."),
        N_("Ask for the list as an Excel workbook; a PDF holds no columns that can be read."),
    ),
    FileKind.PICTURE: (N_("{name} is a picture."), _CHOOSE_ANOTHER),
    FileKind.OTHER_OFFICE: (
        N_("{name} is another kind of Office document, not a workbook."),
        _CHOOSE_ANOTHER,
    ),
    FileKind.CASE_PACK: (
        N_("{name} is a case pack, not a list."),
        N_("Import it with “Import case pack”."),
    ),
    FileKind.ARCHIVE: (
        N_("{name} is a ZIP archive that is no workbook."),
        N_("Unpack it, and choose the workbook or text file inside."),
    ),
    FileKind.BROKEN_ARCHIVE: (N_("{name} is damaged or was only fetched in part."), _EXPORT_AGAIN),
    FileKind.REGISTER: (
        N_("{name} is a register of this program, not a list."),
        N_("Open it with “Open register”."),
    ),
    FileKind.BINARY: (N_("{name} is no workbook and no text file."), _CHOOSE_ANOTHER),
}

_KIND_NAMES: Mapping[FileKind, tuple[str, str]] = {
    FileKind.WORKBOOK: (N_("an Excel workbook"), ".xlsx"),
    FileKind.OLD_WORKBOOK: (N_("an old Excel workbook"), ".xls"),
    FileKind.BINARY_WORKBOOK: (N_("a binary Excel workbook"), ".xlsb"),
    FileKind.OPEN_DOCUMENT: (N_("an OpenDocument spreadsheet"), ".ods"),
    FileKind.TEXT: (N_("text in rows (CSV)"), ".csv"),
}

_NOT_TELLING = frozenset((FileKind.CASE_PACK, FileKind.ARCHIVE, FileKind.BROKEN_ARCHIVE, FileKind.BINARY))

_ARCHIVE_FAULTS: Mapping[str, str] = {
    "entries": N_("{name} holds more parts than a workbook ever does."),
    "size": N_("{name} would take far too much room when unpacked."),
    "ratio": N_("{name} would take far too much room when unpacked."),
    "overlap": N_("{name} is put together in a way that no spreadsheet program makes."),
    "twins": N_("{name} is put together in a way that no spreadsheet program makes."),
    "encrypted": N_("{name} is protected by a password."),
    "method": N_("{name} is packed in a way that cannot be read."),
    "broken": N_("{name} is damaged or was only fetched in part."),
}


def _problem(path: Path, what: str, advice: str, code: str) -> Problem:
    return Problem(
        _(what).format(name=path.name),
        meaning=_("Nothing was imported or changed."),
        advice=_(advice),
        code=code,
    )


def wrong_kind(path: Path, kind: FileKind) -> Problem:
    """The Problem of a file whose content is no list; its code is the name of the kind."""
    what, advice = _WRONG_KINDS[kind]
    return _problem(path, what, advice, kind.value)


def no_ordinary_file(path: Path) -> Problem:
    """The Problem of a pipe or a device (``no_ordinary_file``)."""
    return _problem(path, N_("{name} is no ordinary file."), _CHOOSE_ANOTHER, "no_ordinary_file")


def find_other_kind(path: Path) -> Problem | None:
    """Why a file that was taken for a case pack is none, told from its content; None when that does not tell.

    Code ``pack_refused``.
    """
    try:
        kind = recognise_file(path)
    except OSError:
        return None
    if kind in _KIND_NAMES:
        what = _("{name} holds {kind}, not a case pack.").format(name=path.name, kind=_(_KIND_NAMES[kind][0]))
        advice = _("Import it with “Import list” if it is a list of initiatives.")
    elif kind in _NOT_TELLING:
        return None
    else:
        what = _(_WRONG_KINDS[kind][0]).format(name=path.name)
        advice = _("Choose a case pack; its name ends in .coipack.")
    return Problem(
        what,
        meaning=_("Nothing was imported, and your register was not changed."),
        advice=advice,
        code=REFUSED,
    )


def wrong_name(path: Path, kind: FileKind) -> Problem:
    """The Problem of a list whose name promises another kind (``wrong_name``)."""
    name, suffix = _KIND_NAMES[kind]
    return Problem(
        _("{name} is called {called}, but holds {kind}.").format(
            name=path.name, called=path.suffix.lower(), kind=_(name)
        ),
        meaning=_("Nothing was imported or changed."),
        advice=_("See that it is the right file; then rename it to end in {suffix}, and try again.").format(
            suffix=suffix
        ),
        code="wrong_name",
    )


def unreadable(path: Path, error: OSError) -> Problem:
    """The Problem of a file that is not there or may not be read (``missing``, ``unreadable``)."""
    if isinstance(error, FileNotFoundError):
        return _problem(
            path, N_("{name} is not there."), N_("See that the file was not moved or renamed."), "missing"
        )
    if isinstance(error, IsADirectoryError):
        return _problem(path, N_("{name} is a folder."), _CHOOSE_ANOTHER, "unreadable")
    return _problem(
        path,
        N_("{name} cannot be read."),
        N_("Close it in other programs, see that you may read it, and try again."),
        "unreadable",
    )


def too_large(path: Path) -> Problem:
    """The Problem of a file that is larger than any list (``too_large``)."""
    return Problem(
        _("{name} is larger than {limit} MB.").format(name=path.name, limit=LARGEST_FILE // 2**20),
        meaning=_("Nothing was imported or changed."),
        advice=_("Keep the sheet with the list in a workbook of its own, without pictures, and import that."),
        code="too_large",
    )


def unsafe_archive(path: Path, fault: str) -> Problem:
    """The Problem of a workbook that is not handed to any reader (``unsafe_file``)."""
    return _problem(path, _ARCHIVE_FAULTS[fault], _SAVE_IN_EXCEL, "unsafe_file")


def no_headings(path: Path, sheet: str) -> Problem:
    """The Problem of a sheet without a row of headings (``no_headings``)."""
    if sheet:
        what = _("No row of headings was found on the sheet “{sheet}” of {name}.").format(
            sheet=sheet, name=path.name
        )
    else:
        what = _("No row of headings was found in {name}.").format(name=path.name)
    return Problem(
        what,
        meaning=_("Nothing was imported or changed."),
        advice=_(
            "Give every column a heading in one row above the list, such as “Titel”, “Afdeling”, “Start”."
        ),
        code="no_headings",
    )


def failed(path: Path, failure: ChildError, limits: Limits) -> Problem:
    """The Problem of a file on which every reader gave up (``too_much`` or ``damaged``)."""
    if failure.reason == "refused":
        return _problem(
            path,
            N_("{name} could not be read: it is damaged, or made in an unusual way."),
            _SAVE_IN_EXCEL,
            "damaged",
        )
    if failure.reason == "time":
        what = _("Reading {name} took more than {seconds} seconds and was stopped.").format(
            name=path.name, seconds=limits.seconds
        )
    else:
        what = _("Reading {name} took more memory than is allowed and was stopped.").format(name=path.name)
    return Problem(
        what,
        meaning=_("Nothing was imported or changed."),
        advice=_(
            "Often a single cell far down or far to the right is to blame: copy the list alone into a new"
            " workbook, and import that."
        ),
        code="too_much",
    )


def told_by_child(path: Path, message: Mapping[str, Any]) -> Problem:
    """The Problem of what the reading child found in the file; its code is the child's word."""
    code = str(message["problem"])
    what, advice = _CHILD_FAULTS[code]
    arguments = {
        "name": path.name,
        "line": message.get("line", ""),
        "limit": message.get("limit", ""),
        "cell": f"{column_letters(message.get('column', 0))}{message.get('row', '')}",
        "sheets": ", ".join(message.get("sheets", ())),
    }
    return Problem(
        _(what).format(**arguments),
        meaning=_("Nothing was imported or changed."),
        advice=_(advice).format(**arguments),
        code=code,
    )


_CHILD_FAULTS: Mapping[str, tuple[str, str]] = {
    "quote": (
        N_("A quotation mark in {name} is never closed or stands wrong; the row begins on line {line}."),
        N_("Look at that line in a text editor, or open the file in Excel and save it as a workbook."),
    ),
    "long_field": (
        N_("A field in {name} is longer than any cell may be; the row begins on line {line}."),
        N_("Probably a quotation mark is missing there: correct it in a text editor, and try again."),
    ),
    "not_text": (N_("{name} is no workbook and no text file."), _CHOOSE_ANOTHER),
    "no_sheet": (
        N_("{name} has no sheet of that name."),
        N_("Choose one of its sheets: {sheets}."),
    ),
    "no_cells": (N_("{name} has no visible sheet with anything on it."), _CHOOSE_ANOTHER),
    "too_many_cells": (
        N_("{name} holds more than {limit} filled cells."),
        N_("Keep the list alone in a workbook of its own, and import that."),
    ),
    "too_much_text": (
        N_("{name} holds more text than a list ever does."),
        N_("Keep the list alone in a workbook of its own, and import that."),
    ),
    "long_cell": (
        N_("Cell {cell} in {name} holds more text than a cell may."),
        N_("Shorten the text in that cell, and try again."),
    ),
}
