"""What a sheet that came back from Excel would change, before anything of it is taken in."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtWidgets import QDialog, QPushButton, QVBoxLayout, QWidget

from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.return_plan import CellChange, ReturnDecisions, ReturnPlan, RowChanges
from coi_desktop.models.returned_cells import shown_cell_value
from coi_desktop.models.text import format_number
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.operations.library import words_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.foot import make_foot
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.differences_table import DifferenceLine, DifferencesTable
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.split import one_above_the_other

_WIDE, _HIGH = 980, 600
_PROBLEM_WIDTHS = (60, 150, 190, 260)


class PreviewWords(NamedTuple):
    """What is said around the cells: the window's title, what stands over the places of cells, what a new
    row becomes, what missing ones mean, and a remark (empty: none).
    """

    title: str
    where: str
    new: str
    missing: str
    remark: str = ""


def _words_of_register() -> PreviewWords:
    return PreviewWords(
        _("Take in workbook"),
        _("Initiative"),
        _("New initiative"),
        _("Rows and columns that are missing in the workbook change nothing."),
    )


class ReturnPreview(QDialog):
    """Every cell that differs, what it would do, and the problems; a conflict has no answer until one is
    given.

    ``decisions`` are those that were made.
    """

    def __init__(
        self,
        desk: Desk,
        plan: ReturnPlan,
        parent: QWidget | None = None,
        *,
        words: Vocabulary | None = None,
        said: PreviewWords | None = None,
    ) -> None:
        super().__init__(parent)
        self._plan = plan
        self._words = words or words_of(desk.register)
        self._said = said or _words_of_register()
        self.setWindowTitle(self._said.title)
        self.resize(_WIDE, _HIGH)
        lines = [self._line(row, change) for row in plan.rows for change in row.changes]
        self._new_cells = sum(line.difference is None for line in lines)
        self.differences = DifferencesTable(
            lines,
            _("In the workbook"),
            _("Use the &workbook's value"),
            _ask_to_choose,
            _("&Empty the fields whose cells were emptied"),
            self,
            where=self._said.where,
        )
        self._take = QPushButton()
        self._lay_out()
        self.differences.decided.connect(self._tell)
        self._tell()

    @property
    def decisions(self) -> ReturnDecisions:
        """What was decided so far."""
        return self.differences.decisions

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(PlainLabel(isolated(self._plan.sheet.file_name), rank="head", wrap=True))
        column.addWidget(PlainLabel(self._plan.sentence(), rank="section", wrap=True))
        column.addWidget(PlainLabel(self._said.missing, tone="muted", wrap=True))
        if self._said.remark:
            column.addWidget(PlainLabel(self._said.remark, tone="warning", wrap=True))
        self.differences.setVisible(bool(self._plan.rows))
        read: QWidget = self.differences
        if self._plan.problems:
            read = one_above_the_other(read, self._make_problems(), (300, 200))
        column.addWidget(read, 1)
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

    def _tell(self) -> None:
        """Changed fields and new initiatives are counted."""
        count = self.differences.count_taken - self._new_cells + len(self._plan.new_rows)
        self._take.setEnabled(count > 0)
        self._take.setText(
            ngettext("&Take in {count} change", "&Take in {count} changes", count).format(
                count=format_number(count, current_language())
            )
            if count
            else _("Nothing to take in")
        )

    def _line(self, row: RowChanges, change: CellChange) -> DifferenceLine:
        cells = (
            row.title,
            change.field.label(),
            shown_cell_value(change.field, change.here, self._words) or "–",
            shown_cell_value(change.field, change.there, self._words) or "–",
        )
        if not row.record_id:
            return DifferenceLine(("", change.field.name), cells, None, self._said.new)
        arrives = _("Is emptied") if change.there is None else _("Is changed")
        return DifferenceLine((row.record_id, change.field.name), cells, change.difference, arrives)


def _ask_to_choose(waiting: int) -> str:
    return ngettext(
        "{count} field was changed both here and in the workbook. Choose what is to hold; until then "
        "it stays as it is here.",
        "{count} fields were changed both here and in the workbook. Choose what is to hold; until "
        "then they stay as they are here.",
        waiting,
    ).format(count=format_number(waiting, current_language()))
