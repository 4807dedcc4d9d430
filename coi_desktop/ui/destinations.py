"""Where files that are written for others go: asked for, beginning where the last ones went."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from coi_desktop.ui.desk import Desk
from coi_desktop.ui.prompts import FileKind


def ask_file(desk: Desk, title: str, kinds: Sequence[FileKind], name: str) -> Path | None:
    """Ask under which name a file is to be written, ``name`` to begin with; None when the user would not."""
    path = desk.prompts.ask_save_path(title, kinds, last_folder(desk) / name)
    if path is not None:
        _remember(desk, path.parent)
    return path


def ask_folder(desk: Desk, title: str) -> Path | None:
    """Ask into which folder several files are to be written; None when the user would not."""
    folder = desk.prompts.ask_folder(title, last_folder(desk))
    if folder is not None:
        _remember(desk, folder)
    return folder


def last_folder(desk: Desk) -> Path:
    """Where files went the last time, else where the register lies."""
    last = desk.settings.get("export_folder")
    return Path(last) if last and Path(last).is_dir() else desk.register.path.parent


def _remember(desk: Desk, folder: Path) -> None:
    desk.settings.set("export_folder", str(folder))
