"""Values of a block's rows: read along the paths of its layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from coi_desktop.models.records import Record
from coi_desktop.models.workbook_layout import BlockLayout


def trimmed(layout: BlockLayout, rows: Sequence[Any]) -> BlockLayout:
    """The layout of a table without the columns that have neither a value nor a text instead in any row."""
    return replace(
        layout,
        columns=tuple(
            column
            for column in layout.columns
            if column.kept or any(_has_value(rows, path) for path in (column.path, column.instead) if path)
        ),
    )


def _has_value(rows: Sequence[Any], path: str) -> bool:
    return any(value not in (None, "", ()) for value in read_path(rows, path))


def shows_something(layout: BlockLayout, rows: Any) -> bool:
    """Whether a block would show anything: rows of a table, or a fact that is known."""
    if not layout.is_facts:
        return bool(rows)
    return rows is not None and any(
        read_path([rows], column.path)[0] not in (None, "", ()) for column in layout.columns
    )


def read_path(rows: Iterable[Any], path: str) -> list[Any]:
    """The values at the end of a dotted path, one a row; None where a step is not there.

    A step through a Record is a field of it, through anything else an attribute; a number is a place in a
    row.
    """
    values = list(rows)
    for step in path.split("."):
        if step.isdigit():
            values = [None if one is None else one[int(step)] for one in values]
            continue
        values = [
            None if one is None else one.values[step] if type(one) is Record else getattr(one, step)
            for one in values
        ]
    return values
