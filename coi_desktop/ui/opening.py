"""The one place where something is opened with another program: files that this program has just written.

Never addresses, nothing that comes out of a text: only a path that we wrote to, with one of our endings, its
folder, and the read-only copy of an attachment of a kind that opens, under a name of ours in our own folder.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.ui.plain import isolated

#: The endings of the files we write for people to open.
OPENED = frozenset((".xlsx", ".png", ".svg", ".pdf"))


def open_written(path: Path) -> None:
    """Open a file that this program has just written, with the program that the platform has for it.

    ValueError for an ending that we never write; Problem ``cannot_open`` when the file is gone or nothing
    here opens it.
    """
    if path.suffix.lower() not in OPENED:
        raise ValueError(f"not one of our files: {path.name}")
    _open(path, path.is_file())


def open_copy(path: Path) -> None:
    """Open the read-only copy of an attachment. ValueError for any path but one of those copies."""
    from coi_desktop.operations.library import attachment_kinds
    from coi_desktop.operations.opened_copies import copies_home

    kind = attachment_kinds().by_suffix.get(path.suffix)
    if kind is None or not kind.opens or path.parent.parent != copies_home():
        raise ValueError(f"not one of our copies: {path.name}")
    _open(path, path.is_file())


def show_folder(path: Path) -> None:
    """Show the folder that a written file (or several) lies in. Problem ``cannot_open`` when that fails."""
    folder = path if path.is_dir() else path.parent
    _open(folder, folder.is_dir())


def _open(path: Path, is_there: bool) -> None:
    if is_there and QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.resolve()))):
        return
    raise Problem(
        _("{name} could not be opened from here.").format(name=isolated(path.name)),
        meaning=_("What was written stands where it was saved."),
        advice=_("Open it yourself in {folder}.").format(folder=isolated(str(path.parent))),
        code="cannot_open",
    )
