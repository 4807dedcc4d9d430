"""One column of the board: the initiatives of a phase as cards that can be dragged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QMimeData, QModelIndex, QPersistentModelIndex, Qt

from coi_desktop.i18n import current_language
from coi_desktop.models.dates import format_date
from coi_desktop.models.query import Condition, Query, Test
from coi_desktop.models.records import Record
from coi_desktop.ui.itemmodels.initiative_model import InitiativeModel
from coi_desktop.ui.plain import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex

#: What dragged cards carry: a line with the id of its initiative each. Nothing outside the window makes or
#: reads it.
CARD = "application/x-coi-initiative"


class BoardModel(InitiativeModel):
    """The initiatives of a query that stand in one phase (empty: in none)."""

    phase = ""
    _others: tuple[str, ...] = ()

    def set_phase(self, phase: str, others: tuple[str, ...] = ()) -> None:
        """Which phase the column is for; empty for what stands in none of ``others``, which have theirs."""
        self.phase = phase
        self._others = others

    def ask(self, query: Query) -> None:
        """Show what fits ``query`` and stands in the phase."""
        stands = (
            Condition("phase", Test.IS, self.phase)
            if self.phase
            else Condition("phase", Test.NONE_OF, self._others)
        )
        self.set_query(query._replace(conditions=(*query.conditions, stands), grouping=None))

    def lines(self, record: Record) -> tuple[str, str]:
        """What a card says below its title: who and where, and what comes next."""
        who = " · ".join(part for part in (record.text("owner"), record.text("department")) if part)
        what = record.text("next_milestone")
        day = format_date(record.day("next_date"), current_language())
        return one_line(who), one_line(" · ".join(part for part in (day, what) if part))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A card's title, its whole text for tooltip and screen reader."""
        if role not in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return super().data(index, role)
        record = self.record(index.row()) if index.isValid() else None
        if record is None:
            return None
        status = self._words.label("initiative.status", record.text("status")) if record["status"] else ""
        parts = [part for part in (record.text("title"), status, *self.lines(record)) if part]
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip("\n".join(parts))
        return one_line(". ".join(parts))

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cards can be dragged where the register may be written."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() and self._register.writable else flags

    def mimeTypes(self) -> list[str]:
        """What dragged cards are."""
        return [CARD]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """The ids of the dragged initiatives."""
        content = QMimeData()
        rows = sorted({index.row() for index in indexes})
        content.setData(CARD, "\n".join(self.id_at(row) for row in rows).encode())
        return content

    def supportedDragActions(self) -> Qt.DropAction:
        """A card is moved."""
        return Qt.DropAction.MoveAction
