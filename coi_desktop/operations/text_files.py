"""Text that the user wants kept in a file of its own."""

from __future__ import annotations

from pathlib import Path

from coi_desktop.exchange.atomic import write_whole_files


def write_text_file(path: Path, text: str) -> Path:
    """Write ``text`` to ``path`` in UTF-8, whole or not at all. Problems: those of ``atomic_file``."""
    write_whole_files({path: text.encode()})
    return path
