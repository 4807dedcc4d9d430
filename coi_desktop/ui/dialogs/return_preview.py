"""What a sheet that came back from Excel would change, before anything of it is taken in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.return_plan import CellChange, Difference, ReturnDecisions, ReturnPlan, RowChanges
from coi_desktop.models.returned_cells import shown_cell_value
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, announce, isolated
from coi_desktop.ui.tick_box import TickBox

_WIDE, _HIGH = 980, 600
_WIDTHS = (210, 120, 165, 165)
_PROBLEM_WIDTHS = (60, 150, 190, 260)


class ReturnPreview(QDialog):
    """Every cell that differs, what it would do, and the problems; a conflict has no answer until one is
    given.

    ``decisions`` are those that were made.
    """

    def __init__(self, desk: Desk, plan: ReturnPlan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._words = words_of(desk.register)
        self._sides: dict[tuple[str, str], bool] = {}
        self._cells = [(row, change) for row in plan.rows for change in row.changes]
        self.setWindowTitle(_("Take in workbook"))
        self.resize(_WIDE, _HIGH)
        headings = (_("Initiative"), _("Field"), _("Here now"), _("In the workbook"), _("What happens"))
        self.rows = TextRowsModel(headings, [])
        self.table = TextTable(self.rows, _("Differences"), _WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.emptied = TickBox(_("&Empty the fields whose cells were emptied"))
        self.emptied.setChecked(True)
        self.use_sheet = QPushButton(_("Use the &workbook's value"))
        self.use_here = QPushButton(_("&Keep what is here"))
        self._take = QPushButton()
        self._left = PlainLabel(tone="warning", wrap=True)
        self._lay_out()
        self.emptied.toggled.connect(self._tell)
        self.use_sheet.clicked.connect(lambda: self._decide(sheet=True))
        self.use_here.clicked.connect(lambda: self._decide(sheet=False))
        self.table.selectionModel().selectionChanged.connect(self._offer)
        self._tell()
        self.table.selectRow(0)

    @property
    def decisions(self) -> ReturnDecisions:
        """What was decided so far."""
        return ReturnDecisions(self.emptied.isChecked(), dict(self._sides))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(isolated(self._plan.sheet.file_name), rank="head", wrap=True))
        column.addWidget(PlainLabel(self._plan.sentence(), rank="section", wrap=True))
        column.addWidget(
            PlainLabel(
                _("Rows and columns that are missing in the workbook change nothing."),
                tone="muted",
                wrap=True,
            )
        )
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(self.table)
        self.table.setVisible(bool(self._cells))
        if self._plan.problems:
            split.addWidget(self._make_problems())
        column.addWidget(split, 1)
        if self._plan.count(Difference.CONFLICT):
            column.addWidget(self._left)
            sides = QHBoxLayout()
            sides.setSpacing(8)
            for button in (self.use_sheet, self.use_here):
                button.setAutoDefault(False)
                sides.addWidget(button)
            sides.addStretch(1)
            column.addLayout(sides)
        if self._plan.count(Difference.CLEARED):
            column.addWidget(self.emptied)
        column.addWidget(make_foot(self, self._take))

    def _make_problems(self) -> QWidget:
        rows = [
            TextRow(
                str(place),
                (
                    str(one.row_number),
                    one.heading or one.column,
                    one.shown,
                    one.reason,
                    one.remedy,
                ),
            )
            for place, one in enumerate(self._plan.problems)
        ]
        headings = (_("Row"), _("Column"), _("In the workbook"), _("Problem"), _("What to do"))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(_("Not taken in"), rank="section"))
        table = TextTable(TextRowsModel(headings, rows), _("Not taken in"), _PROBLEM_WIDTHS)
        whole = PlainLabel(wrap=True, selectable=True)
        column.addWidget(table)
        column.addWidget(whole)
        table.selectionModel().currentRowChanged.connect(
            lambda index: whole.setText(self._plan.problems[index.row()].sentence())
        )
        table.selectRow(0)
        return box

    # Deciding

    def _decide(self, *, sheet: bool) -> None:
        """Settle the chosen conflicts, and go on to the next one that waits."""
        for row, change in self._chosen_conflicts():
            self._sides[(row.record_id, change.field.name)] = sheet
        self._tell()
        waiting = [place for place, (row, change) in enumerate(self._cells) if self._waits(row, change)]
        if waiting:
            self.table.selectRow(waiting[0])
        announce(self._left, self._left.text())

    def _chosen_conflicts(self) -> list[tuple[RowChanges, CellChange]]:
        places = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        cells = [self._cells[place] for place in places]
        return [(row, change) for row, change in cells if change.difference is Difference.CONFLICT]

    def _waits(self, row: RowChanges, change: CellChange) -> bool:
        is_open = (row.record_id, change.field.name) not in self._sides
        return change.difference is Difference.CONFLICT and is_open

    def _offer(self, *_selection: object) -> None:
        has_conflict = bool(self._chosen_conflicts())
        self.use_sheet.setEnabled(has_conflict)
        self.use_here.setEnabled(has_conflict)

    # Telling

    def _tell(self) -> None:
        chosen = [index.row() for index in self.table.selectionModel().selectedRows()]
        self.rows.set_rows([self._row(place) for place in range(len(self._cells))])
        for place in chosen[:1]:
            self.table.selectRow(place)
        waiting = sum(self._waits(row, change) for row, change in self._cells)
        self._left.setText(
            ngettext(
                "{count} field was changed both here and in the workbook. Choose what is to hold; until then "
                "it stays as it is here.",
                "{count} fields were changed both here and in the workbook. Choose what is to hold; until "
                "then they stay as they are here.",
                waiting,
            ).format(count=format_number(waiting, current_language()))
            if waiting
            else _("All conflicts are settled.")
        )
        count = self._count_taken()
        self._take.setEnabled(count > 0)
        self._take.setText(
            ngettext("&Take in {count} change", "&Take in {count} changes", count).format(
                count=format_number(count, current_language())
            )
            if count
            else _("Nothing to take in")
        )
        self._offer()

    def _count_taken(self) -> int:
        """Changed fields and new initiatives."""
        decisions = self.decisions
        fields = [
            row for row, change in self._cells if row.record_id and decisions.takes(row.record_id, change)
        ]
        return len(fields) + len(self._plan.new_rows)

    def _row(self, place: int) -> TextRow:
        row, change = self._cells[place]
        cells = (
            row.title,
            change.field.label(),
            shown_cell_value(change.field, change.here, self._words) or "–",
            shown_cell_value(change.field, change.there, self._words) or "–",
            self._what_happens(row, change),
        )
        return TextRow(str(place), cells)

    def _what_happens(self, row: RowChanges, change: CellChange) -> str:
        if not row.record_id:
            return _("New initiative")
        if self._waits(row, change):
            return _("Changed in both: choose")
        if self.decisions.takes(row.record_id, change):
            return _("Is emptied") if change.there is None else _("Is changed")
        return _("Stays as it is here")
