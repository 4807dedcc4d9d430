"""The rows of the timeline: an initiative each, its title and, in words, what its bars show."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt

from coi_desktop.i18n import _
from coi_desktop.models.figures_catalogue import LightLimits
from coi_desktop.models.timeline_bars import Bars, bars_lines, bars_of
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.store.register import Register
from coi_desktop.ui.itemmodels.initiative_model import InitiativeModel
from coi_desktop.ui.plain import one_line, tooltip

Index = QModelIndex | QPersistentModelIndex

#: The columns: the title, and the bars, whose field only stands for them.
TITLE, BARS = 0, 1
_FIELDS = ("title", "start")


class TimelineModel(InitiativeModel):
    """The initiatives of a query; each row says its dates in words, for tooltip and screen reader."""

    def __init__(self, register: Register, words: Vocabulary, limits: LightLimits) -> None:
        super().__init__(register, words, _FIELDS)
        self._limits = limits

    def bars(self, row: int) -> Bars | None:
        """What is drawn in a row; None when its initiative has gone."""
        record = self.record(row)
        return None if record is None else bars_of(record, self._limits)

    def status(self, row: int) -> str:
        """The key of the status of the initiative in a row, or an empty string."""
        record = self.record(row)
        return "" if record is None else record.text("status")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The title; for the bars, and for whoever hears the row, the dates in words."""
        if not index.isValid() or role not in _ROLES:
            return None
        record = self.record(index.row())
        if record is None:
            return None
        title = record.text("title")
        if role == Qt.ItemDataRole.DisplayRole and index.column() == TITLE:
            return one_line(title)
        bars = bars_of(record, self._limits)
        lines = bars_lines(bars)
        if role == Qt.ItemDataRole.ToolTipRole:
            return tooltip("\n".join((title, *lines)))
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(". ".join(lines))
        return one_line(". ".join((title, *lines)), 2_000)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The title's label, and what the other column is."""
        if orientation == Qt.Orientation.Horizontal and section == BARS:
            named = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return _("Time") if named else None
        return super().headerData(section, orientation, role)


_ROLES = frozenset(
    (
        int(Qt.ItemDataRole.DisplayRole),
        int(Qt.ItemDataRole.ToolTipRole),
        int(Qt.ItemDataRole.AccessibleTextRole),
    )
)
