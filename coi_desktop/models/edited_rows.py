"""What became of a row since an earlier revision: worked out of the history, looked at by comparisons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from coi_desktop.models.records import Value, Values


class EditedRow(NamedTuple):
    """A row that was made, changed or removed since.

    ``fields`` are those that changed, ``base`` their values then (None: the row was not there), ``held`` all
    values that they got since. ``removed_by`` is the revision of the step that removed it; 0 when it is
    there, or when its making was undone.
    """

    fields: frozenset[str]
    base: Values | None
    held: Mapping[str, frozenset[Value]]
    removed_by: int = 0


#: By record type and id.
EditedRows = Mapping[tuple[str, str], EditedRow]
