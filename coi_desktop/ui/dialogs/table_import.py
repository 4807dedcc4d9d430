"""Taking in a list in two steps: which column is what, and what would become of every row."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, ngettext
from coi_desktop.models.folding import clean_line
from coi_desktop.models.heading_match import Suggestion
from coi_desktop.models.import_decisions import Decision, RowAction, decide
from coi_desktop.models.import_plan import FieldOutcome, ImportPlan, PlannedRow
from coi_desktop.models.import_report import Outcome
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.table_notes import notes_as_problems
from coi_desktop.models.tables import Table
from coi_desktop.operations.library import words_of
from coi_desktop.operations.own_fields import remove_own_field
from coi_desktop.operations.privacy_checks import ColumnFinding
from coi_desktop.operations.table_imports import mapped_fields, plan_table_import, report_of
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.mapping_form import MappingForm
from coi_desktop.ui.import_words import counts_sentence, outcome_word
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel, isolated
from coi_desktop.ui.split import one_above_the_other

_WIDE, _HIGH = 960, 620
_WAITING = (Outcome.CONFLICT, Outcome.LOOKALIKE)


class TableImportDialog(QDialog):
    """``plan`` and ``decisions`` are what was reviewed when the dialog was accepted.

    ``hand_back`` is called with the actions when the user wants the rows that do not go in as a workbook.
    ``findings`` tell of personal data in the list, column by column.
    """

    def __init__(
        self,
        desk: Desk,
        table: Table,
        suggestion: Suggestion,
        remembered: bool,
        hand_back: Callable[[tuple[RowAction, ...]], object],
        parent: QWidget | None = None,
        *,
        findings: tuple[ColumnFinding, ...] = (),
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._table = table
        self._hand_back = hand_back
        self._findings = findings
        self.plan: ImportPlan | None = None
        self.decisions: dict[int, Decision] = {}
        self.suggestion = suggestion
        self._made: list[str] = []
        self.setWindowTitle(_("Import list"))
        self.resize(_WIDE, _HIGH)
        self.form = MappingForm(table, suggestion, mapped_fields(desk.register), words_of(desk.register))
        self.form.own_field_wanted.connect(self.add_own_field)
        self._rows = TextRowsModel([_("Outcome"), _("Row"), _("Title"), _("Remark")], [], self._decide)
        self.preview = TextTable(self._rows, _("Rows of the list"), [140, 60, 280])
        self._fields = TextRowsModel([_("Field"), _("Here"), _("In the list")], [])
        self.details = TextTable(self._fields, _("Fields of the chosen row"), [160, 300])
        self._counts = PlainLabel(rank="section", wrap=True)
        self._how = PlainLabel(
            _(
                "Tick a row that looks like one that is here to import it as new; tick a row in conflict "
                "to take what the list says. Rows that are not ticked stay out."
            ),
            tone="muted",
            wrap=True,
        )
        self._remark = PlainLabel(wrap=True, selectable=True)
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._steps = QStackedWidget()
        self._back = QPushButton(_("&Back"))
        self._rejects = QPushButton(_("&Hand back the rest as a workbook…"))
        self._next = QPushButton()
        self._lay_out(remembered)
        self.preview.selectionModel().currentRowChanged.connect(self._show_details)
        self._show_step(0)

    def _lay_out(self, remembered: bool) -> None:
        first, second = QWidget(), QWidget()
        self._lay_out_columns(QVBoxLayout(first), remembered)
        self._lay_out_rows(QVBoxLayout(second))
        self._steps.addWidget(first)
        self._steps.addWidget(second)
        cancel = QPushButton(_("&Cancel"))
        for button in (self._back, self._rejects, cancel):
            button.setAutoDefault(False)
        self._next.setProperty("look", "main")
        self._next.setDefault(True)
        self._back.clicked.connect(lambda: self._show_step(0))
        self._rejects.clicked.connect(lambda: self._hand_back(self.row_actions()))
        self._next.clicked.connect(self.go_on)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._rejects)
        buttons.addStretch(1)
        for button in (self._back, self._next, cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._steps, 1)
        column.addWidget(self._refusal)
        column.addLayout(buttons)

    def _lay_out_columns(self, column: QVBoxLayout, remembered: bool) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        count = len(self._table.rows)
        head = ngettext("{name}: {count} row", "{name}: {count} rows", count).format(
            name=isolated(self._table.file_name), count=count
        )
        column.addWidget(PlainLabel(head, rank="head", wrap=True))
        said = (
            _("You have imported a list like this before; the columns are read as they were then.")
            if remembered
            else _("See that every column is read as what it is. Columns that are not read are not stored.")
        )
        column.addWidget(PlainLabel(said, tone="muted", wrap=True))
        for note in notes_as_problems(self._table):
            column.addWidget(PlainLabel(f"▲ {note.reason} {note.remedy}", tone="warning", wrap=True))
        for finding in self._findings:
            sign, tone = ("■", "wrong") if finding.kind == "cpr" else ("▲", "warning")
            column.addWidget(PlainLabel(f"{sign} {finding.remark()}", tone=tone, wrap=True))
        column.addWidget(self.form, 1)

    def _lay_out_rows(self, column: QVBoxLayout) -> None:
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._counts)
        column.addWidget(self._how)
        column.addWidget(one_above_the_other(self.preview, self.details, (330, 160)), 1)
        column.addWidget(self._remark)

    def go_on(self) -> None:
        """From the columns to the rows; from the rows to the import."""
        if self._steps.currentIndex() == 1:
            self.accept()
            return
        doubled = self.form.doubled()
        if doubled:
            self._refuse(_("More than one column is read as: {fields}").format(fields=", ".join(doubled)))
            return
        try:
            self.plan = plan_table_import(self._desk.register, self._table, self.form.mapping())
        except Problem as problem:
            self._refuse(str(problem))
            return
        self.decisions = {}
        self._show_rows()
        self._show_step(1)
        self.preview.selectRow(0)
        self.preview.setFocus()

    def add_own_field(self, column: int) -> None:
        """Make a column an own field: asked for with the kind its entries fit, made at once, read into."""
        from coi_desktop.models.column_kinds import suggest_kind
        from coi_desktop.ui.panels.own_fields_page import OwnFieldForm

        heading = clean_line(self._table.headings[column])
        kind = suggest_kind(heading, self._table.cells(column))
        form = OwnFieldForm(self._desk, da=heading[:60], column=kind)
        if self._desk.prompts.ask_dialog(form):
            self._made.append(form.name)
            self.form.add_field(self._desk.register.field("initiative", form.name))
            self.form.choose_field(column, form.name)

    def reject(self) -> None:
        """Turned away from: own fields that were made for the list go again, into the trash."""
        for name in self._made:
            remove_own_field(self._desk.register, name)
        self._made.clear()
        super().reject()

    def row_actions(self) -> tuple[RowAction, ...]:
        """What would be done for each row under the decisions made so far."""
        return () if self.plan is None else decide(self.plan, self.decisions)

    def _refuse(self, why: str) -> None:
        self._refusal.setText(why)
        self._refusal.show()

    def _show_step(self, step: int) -> None:
        self._refusal.hide()
        self._steps.setCurrentIndex(step)
        self._back.setVisible(step == 1)
        self._rejects.setVisible(step == 1 and any(not action.is_done for action in self.row_actions()))
        if step == 0:
            self._next.setText(_("&Preview"))
            self._next.setEnabled(True)
            return
        report = report_of(self.plan, self.row_actions(), {}) if self.plan is not None else None
        count = 0 if report is None else report.count(Outcome.NEW) + report.count(Outcome.UPDATED)
        self._next.setText(
            ngettext("&Import {count} row", "&Import {count} rows", count).format(count=count)
            if count
            else _("Nothing to import")
        )
        self._next.setEnabled(count > 0)
        if report is not None:
            self._counts.setText(counts_sentence(report))

    def _show_rows(self) -> None:
        actions = self.row_actions()
        self._how.setVisible(any(action.row.outcome in _WAITING for action in actions))
        self._rows.set_rows(
            [
                TextRow(
                    str(action.row.row_number),
                    (
                        outcome_word(action.outcome),
                        str(action.row.row_number),
                        action.row.title,
                        " ".join(_remark(problem.column, problem.reason) for problem in action.row.problems),
                    ),
                    action.is_done if action.row.outcome in _WAITING else None,
                )
                for action in actions
            ]
        )

    def _decide(self, key: str, ticked: bool) -> None:
        number = int(key)
        row = self._planned(number)
        if row is None:
            return
        if not ticked:
            self.decisions.pop(number, None)
        elif row.outcome is Outcome.LOOKALIKE:
            self.decisions[number] = Decision("new")
        else:
            waiting = [one.field for one in row.differences if one.outcome is FieldOutcome.CONFLICT]
            self.decisions[number] = Decision(fields=dict.fromkeys(waiting, "incoming"))
        chosen = self.preview.currentIndex().row()
        self._show_rows()
        self.preview.selectRow(chosen)
        self._show_step(1)

    def _planned(self, number: int) -> PlannedRow | None:
        rows = () if self.plan is None else self.plan.rows
        return next((row for row in rows if row.row_number == number), None)

    def _show_details(self, *_indexes: object) -> None:
        chosen = self.preview.chosen()
        row = None if chosen is None else self._planned(int(chosen.key))
        self._fields.set_rows([] if row is None else self._detail_rows(row))
        self.details.setColumnHidden(1, row is None or not (row.differences or row.like))
        remarks = () if row is None else row.problems
        said = [f"{_remark(one.column, one.reason)} {one.remedy}".strip() for one in remarks]
        self._remark.setText("\n".join(said))
        self._remark.setVisible(bool(said))

    def _detail_rows(self, row: PlannedRow) -> list[TextRow]:
        """What differs; of a row that looks like an initiative, what both say; else what the row says."""
        fields, words = mapped_fields(self._desk.register), words_of(self._desk.register)
        like = self._desk.register.get_many("initiative", row.like[:1])
        if row.differences:
            return [
                TextRow(
                    one.field,
                    (
                        fields[one.field].label(),
                        show_value(fields[one.field], one.local, words) or "–",
                        show_value(fields[one.field], one.incoming, words) or "–",
                    ),
                )
                for one in row.differences
            ]
        return [
            TextRow(
                name,
                (
                    fields[name].label(),
                    show_value(fields[name], like[0][name], words) or "–" if like else "",
                    show_value(fields[name], value, words),
                ),
            )
            for name, value in row.values.items()
            if value is not None and name in fields
        ]


def _remark(column: str, reason: str) -> str:
    return f"{column}: {reason}" if column else reason
