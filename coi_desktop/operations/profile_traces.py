"""What the program's own small files still say of an erased person: settings, log, opened copies."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from coi_desktop import paths
from coi_desktop.i18n import _
from coi_desktop.models.person_mentions import Mentions

_LARGEST_TEXT = 20 * 2**20


def clean_profile(mentions: Mentions, replacement: str, files: frozenset[str]) -> tuple[str, ...]:
    """Take the person out of settings, logs and cached copies; returns the names of the files touched.

    ``files`` are the SHA-256 of erased attachments, whose opened copies are removed. What cannot be written
    now is passed over: settings and logs hold no records.
    """
    touched: list[str] = []
    for path in [paths.settings_file(), *_files_below(paths.log_folder())]:
        with contextlib.suppress(OSError, UnicodeDecodeError):
            before = path.read_text(encoding="utf-8")
            after = _without(before, mentions, replacement)
            if after != before:
                # In place: the log's own handle goes on writing at the end of the same file.
                with path.open("r+", encoding="utf-8", newline="") as file:
                    file.write(after)
                    file.truncate()
                touched.append(path.name)
    for path in _files_below(paths.cache_folder()):
        with contextlib.suppress(OSError):
            if _holds(path, mentions, files):
                path.unlink()
                touched.append(_("an opened copy"))
    return tuple(touched)


def _without(text: str, mentions: Mentions, replacement: str) -> str:
    stripped = text.strip()
    return text.replace(stripped, mentions.without(stripped, replacement)) if stripped else text


def _files_below(folder: Path) -> Iterator[Path]:
    if folder.is_dir():
        yield from sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _holds(path: Path, mentions: Mentions, files: frozenset[str]) -> bool:
    if mentions.is_in(path.name):
        return True
    if files:
        import hashlib  # loads OpenSSL, which the first window does not need

        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() in files:
                return True
    if path.stat().st_size > _LARGEST_TEXT:
        return False
    try:
        return mentions.is_in(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        return False
