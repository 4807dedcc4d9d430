"""The only reader of packaged files: the same in a source tree, an installed wheel and a built program."""

from __future__ import annotations

import sys
import tomllib
from functools import cache
from pathlib import Path
from typing import Any


@cache
def resource_folder() -> Path:
    """The folder that holds guides, catalogues, locales, themes and icons.

    Raises FileNotFoundError when the installation is incomplete.
    """
    package = Path(__file__).resolve().parent
    bundle = getattr(sys, "_MEIPASS", None)
    candidates = [package.parent / "resources", package / "resources"]
    if bundle is not None:
        candidates.insert(0, Path(bundle) / "resources")
    for candidate in candidates:
        if candidate.is_dir():
            return candidate
    raise FileNotFoundError(f"no folder 'resources' beside {package}")


def read_bytes(relative: str) -> bytes:
    """The bytes of one packaged file, named relative to the resource folder with forward slashes."""
    return (resource_folder() / relative).read_bytes()


def read_text(relative: str) -> str:
    """The text (UTF-8) of one packaged file."""
    return (resource_folder() / relative).read_text(encoding="utf-8")


def read_toml(relative: str) -> dict[str, Any]:
    """One packaged TOML file as plain values. A mistake in it names the file."""
    try:
        return tomllib.loads(read_text(relative))
    except tomllib.TOMLDecodeError as error:
        raise ValueError(f"resources/{relative}: {error}") from error


def find_files(folder: str, suffix: str) -> list[str]:
    """Names (relative to the resource folder) of the files below ``folder`` that end in ``suffix``."""
    top = resource_folder()
    return sorted(path.relative_to(top).as_posix() for path in (top / folder).rglob(f"*{suffix}"))
