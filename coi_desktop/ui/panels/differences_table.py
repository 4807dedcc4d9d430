"""Differences line by line, with a choice of side for those that are conflicts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _
from coi_desktop.models.return_plan import Difference, ReturnDecisions
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce
from coi_desktop.ui.tick_box import TickBox

_WIDTHS = (210, 120, 165, 165)

Key = tuple[str, str]


class DifferenceLine(NamedTuple):
    """One line: the decision it goes by, its texts (what it is about, the field, here, there), and how it
    differs (None: it is only there); ``arrives`` is what happens to it then, ``asks`` what is to be chosen.
    """

    key: Key
    cells: tuple[str, str, str, str]
    difference: Difference | None
    arrives: str
    asks: str = ""


class DifferencesTable(QWidget):
    """The lines, below them the two sides of a conflict, and a tick for what was emptied there where anything
    was; ``decided`` is emitted with every choice, and ``decisions`` are those made so far.
    """

    decided = Signal()

    def __init__(
        self,
        lines: Sequence[DifferenceLine],
        there: str,
        use_there: str,
        ask: Callable[[int], str],
        empties: str,
        parent: QWidget | None = None,
        *,
        where: str = "",
    ) -> None:
        super().__init__(parent)
        self._sides: dict[Key, bool] = {}
        self._lines = tuple(lines)
        self._ask = ask
        headings = (where or _("Initiative"), _("Field"), _("Here now"), there, _("What happens"))
        self.rows = TextRowsModel(headings, [])
        self.table = TextTable(self.rows, _("Differences"), _WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setVisible(bool(self._lines))
        self.use_there = QPushButton(use_there)
        self.use_here = QPushButton(_("&Keep what is here"))
        self._left = PlainLabel(tone="warning", wrap=True)
        self.emptied = TickBox(empties)
        self.emptied.setChecked(True)
        self._lay_out()
        self.use_there.clicked.connect(lambda: self._decide(is_there=True))
        self.use_here.clicked.connect(lambda: self._decide(is_there=False))
        self.emptied.toggled.connect(self.tell)
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self.tell()
        self.table.choose_row(0)

    @property
    def count_taken(self) -> int:
        """How many lines are taken in."""
        return sum(map(self._is_taken, self._lines))

    @property
    def decisions(self) -> ReturnDecisions:
        """What was decided so far."""
        return ReturnDecisions(self.emptied.isChecked(), dict(self._sides))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.table, 1)
        if any(line.difference is Difference.CONFLICT for line in self._lines):
            column.addWidget(self._left)
            sides = QHBoxLayout()
            sides.setSpacing(8)
            for button in (self.use_there, self.use_here):
                button.setAutoDefault(False)
                sides.addWidget(button)
            sides.addStretch(1)
            column.addLayout(sides)
        self.emptied.setVisible(any(line.difference is Difference.CLEARED for line in self._lines))
        column.addWidget(self.emptied)

    def tell(self, *_toggled: object) -> None:
        """Show every line as it is decided now, and what still waits."""
        chosen = [index.row() for index in self.table.selectionModel().selectedRows()]
        self.rows.set_rows(
            [
                TextRow(str(place), (*line.cells, self._what_happens(line)))
                for place, line in enumerate(self._lines)
            ]
        )
        for place in chosen[:1]:
            self.table.choose_row(place)
        waiting = sum(map(self._waits, self._lines))
        self._left.setText(self._ask(waiting) if waiting else _("All conflicts are settled."))
        self._offer()
        self.decided.emit()

    def _decide(self, *, is_there: bool) -> None:
        """Settle the chosen conflicts, and go on to the next one that waits."""
        for line in self._chosen_conflicts():
            self._sides[line.key] = is_there
        self.tell()
        waiting = [place for place, line in enumerate(self._lines) if self._waits(line)]
        if waiting:
            self.table.choose_row(waiting[0])
        announce(self._left, self._left.text())

    def _chosen_conflicts(self) -> list[DifferenceLine]:
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [
            self._lines[place] for place in places if self._lines[place].difference is Difference.CONFLICT
        ]

    def _offer(self, *_selection: object) -> None:
        has_conflict = bool(self._chosen_conflicts())
        self.use_there.setEnabled(has_conflict)
        self.use_here.setEnabled(has_conflict)

    def _waits(self, line: DifferenceLine) -> bool:
        return line.difference is Difference.CONFLICT and line.key not in self._sides

    def _is_taken(self, line: DifferenceLine) -> bool:
        if line.difference is Difference.CONFLICT:
            return self._sides.get(line.key, False)
        return line.difference is not Difference.CLEARED or self.emptied.isChecked()

    def _what_happens(self, line: DifferenceLine) -> str:
        if self._waits(line):
            return line.asks or _("Changed in both: choose")
        return line.arrives if self._is_taken(line) else _("Stays as it is here")
