"""The columns that handed-back rows have behind those of their list, and what they tell when they come back.

Corrected, the rows are imported again; they still belong to the list they came from, under its name and its
mapping, whatever the workbook is called.
"""

from __future__ import annotations

from collections.abc import Sequence

from coi_desktop.i18n import LANGUAGES, N_, _, speaking
from coi_desktop.models.folding import clean_line
from coi_desktop.models.tables import CellKind, Table

_HEADINGS = (N_("Name of the list"), N_("Row in the list"), N_("Reason"), N_("What to do"))


def own_headings() -> tuple[str, ...]:
    """The headings behind those of the list: its name, the row's number there, reason and remedy."""
    return tuple(_(heading) for heading in _HEADINGS)


def is_handed_back(headings: Sequence[str]) -> bool:
    """Whether a table is a workbook of handed-back rows, in either language."""
    last = tuple(headings[-len(_HEADINGS) :])
    for language in LANGUAGES:
        with speaking(language):
            if last == own_headings():
                return True
    return False


def headings_of_list(headings: Sequence[str]) -> tuple[str, ...]:
    """The headings without our own."""
    return tuple(headings[: -len(_HEADINGS)]) if is_handed_back(headings) else tuple(headings)


def find_source(table: Table) -> str:
    """The name of the list that handed-back rows came from; empty for any other table."""
    if not is_handed_back(table.headings):
        return ""
    cells = table.cells(len(table.headings) - len(_HEADINGS))
    return next((clean_line(cell.text) for cell in cells if cell.kind is CellKind.TEXT and cell.text), "")
