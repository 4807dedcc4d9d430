"""A mapping of columns in a JSON file of the user's own, as a dry run reports it under ``mapping``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from coi_desktop.errors import Problem
from coi_desktop.i18n import _

_LARGEST = 5 * 2**20


def read_mapping_file(path: Path) -> object:
    """The parsed JSON in ``path`` (UTF-8): a mapping, or a whole report that holds one.

    What it says is judged by ``models.table_mapping.parse_mapping``. Raises Problem ``bad_mapping`` when the
    file is missing, too large, no JSON, or says a name twice.
    """
    try:
        if path.exists() and not path.is_file():
            raise _bad(path, _("it is no ordinary file"))
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise _bad(path, _("it cannot be read")) from error
    if len(content) > _LARGEST:
        raise _bad(path, _("it is too large for a mapping"))
    try:
        plain = json.loads(content.decode("utf-8-sig"), object_pairs_hook=_unique)
    except (ValueError, RecursionError) as error:
        raise _bad(path, _("it is not JSON, or a name stands twice in it")) from error
    if isinstance(plain, dict) and "columns" not in plain and isinstance(plain.get("mapping"), dict):
        return plain["mapping"]
    return plain


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice")
    return found


def _bad(path: Path, why: str) -> Problem:
    return Problem(
        _("{name} cannot be used as a mapping of columns: {why}.").format(name=path.name, why=why),
        meaning=_("Nothing was imported or changed."),
        advice=_("Make the mapping anew with a dry run (--dry-run --json), and change what it reports."),
        code="bad_mapping",
    )
