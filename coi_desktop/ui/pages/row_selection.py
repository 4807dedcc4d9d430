"""Several rows chosen in a table of initiatives, told by the numbers they have in the register, so that list,
board and timeline can take them from each other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from PySide6.QtCore import QItemSelection, QItemSelectionModel
from PySide6.QtWidgets import QTableView

from coi_desktop.models.found import RowNumbers
from coi_desktop.ui.itemmodels.initiative_model import InitiativeModel

KEEP = QItemSelectionModel.SelectionFlag.NoUpdate
ADD = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
ALONE = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows


def chosen_rows(table: QTableView) -> list[int]:
    """The rows that are chosen, from the first to the last."""
    parts = table.selectionModel().selection().toList()
    return sorted({row for part in parts for row in range(part.top(), part.bottom() + 1)})


def chosen_numbers(table: QTableView, model: InitiativeModel) -> RowNumbers[int]:
    """The row numbers in the register of the rows that are chosen."""
    return model.numbers(chosen_rows(table))


def choose_numbers(table: QTableView, model: InitiativeModel, numbers: Collection[int]) -> None:
    """Choose the rows of these row numbers of the register, and no others; the current row stays current."""
    table.selectionModel().select(_selection(model, model.places(numbers)), ALONE)


def _selection(model: InitiativeModel, rows: Sequence[int]) -> QItemSelection:
    """Rows in ascending order, as few ranges as they make."""
    parts = QItemSelection()
    if rows:
        breaks = [(one, other) for one, other in pairwise(rows) if other != one + 1]
        starts = [rows[0], *(other for _one, other in breaks)]
        ends = [*(one for one, _other in breaks), rows[-1]]
        for start, end in zip(starts, ends, strict=True):
            parts.select(model.index(start, 0), model.index(end, 0))
    return parts
