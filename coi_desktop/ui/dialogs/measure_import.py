"""Taking in measurements in up to three steps: the columns, what answers stand for, what becomes of each."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.import_report import Level, Outcome
from coi_desktop.models.measure_columns import MeasureSuggestion, MeasureTable
from coi_desktop.models.measure_mapping import AFTER, BEFORE, MeasureMapping
from coi_desktop.models.measure_plan import MeasurePlan, PlannedMeasurement, align_table, with_choices
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.shown_values import show_value
from coi_desktop.models.text import format_number
from coi_desktop.operations.library import words_of
from coi_desktop.operations.measure_imports import indicators_of, measure_words, plan_off_thread
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.answer_choices import AnswerChoices
from coi_desktop.ui.dialogs.measure_columns import MeasureColumns
from coi_desktop.ui.import_words import counts_sentence, outcome_word
from coi_desktop.ui.itemmodels.plan_model import TextRow, TextRowsModel
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.panels.text_table import TextTable
from coi_desktop.ui.plain import PlainLabel

_WIDE, _HIGH = 980, 640
#: Asks for a file and reads it; gives the table to the one, or a problem to the other.
FetchFirst = Callable[[Callable[[MeasureTable], None], Callable[[Problem], None]], None]

_COLUMNS, _ANSWERS, _ROWS = range(3)
_WIDTHS = [120, 190, 100, 110, 90, 70]


class MeasureImportDialog(QDialog):
    """``plan`` and ``taken`` (places of conflicts that go by the table) are what was reviewed when it was
    accepted. ``fetch_first`` is called with what takes the table of a first round, or the problem with it.
    """

    def __init__(
        self,
        desk: Desk,
        evaluation_id: str,
        ready: MeasureTable,
        suggestion: MeasureSuggestion,
        remembered: bool,
        fetch_first: FetchFirst,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._evaluation_id = evaluation_id
        self._ready = ready
        self._fetch = fetch_first
        self._indicators = {one.id: one for one in indicators_of(desk.register, evaluation_id)}
        self.plan: MeasurePlan | None = None
        self.taken: set[int] = set()
        self.setWindowTitle(_("Import measurements"))
        self.resize(_WIDE, _HIGH)
        self.columns = MeasureColumns(desk, evaluation_id, ready, suggestion, remembered, self._fetch_first)
        self.answers = AnswerChoices(words_of(desk.register))
        self._has_answers = False
        self._is_planning = False
        headings = [
            _("Outcome"), _("Indicator"), _("Date"), _("Group"), _("Value"), _("Answers"), _("Remark"),
        ]  # fmt: skip
        self._rows = TextRowsModel(headings, [], self._decide)
        self.preview = TextTable(self._rows, _("Measurements of the table"), _WIDTHS)
        self._counts = PlainLabel(rank="section", wrap=True)
        self._how = PlainLabel(
            _("Tick a measurement in conflict to take what the table says. The others stay as they are."),
            tone="muted",
            wrap=True,
        )
        self._remark = PlainLabel(wrap=True, selectable=True)
        self._refusal = PlainLabel(tone="wrong", wrap=True)
        self._steps = QStackedWidget()
        self._back = QPushButton(_("&Back"))
        self._next = QPushButton()
        self._lay_out()
        self.preview.selectionModel().currentRowChanged.connect(self._show_remark)
        self._show_step(_COLUMNS)

    def _lay_out(self) -> None:
        second, third = QWidget(), QWidget()
        of_answers, of_rows = QVBoxLayout(second), QVBoxLayout(third)
        for column in (of_answers, of_rows):
            column.setContentsMargins(0, 0, 0, 0)
        of_answers.addWidget(PlainLabel(_("What do the answers stand for?"), rank="head"))
        said = _(
            "A question goes in when every answer to it is known. “Don't know” and the like are no answers."
        )
        of_answers.addWidget(PlainLabel(said, tone="muted", wrap=True))
        of_answers.addWidget(self.answers, 1)
        for part in (self._counts, self._how):
            of_rows.addWidget(part)
        of_rows.addWidget(self.preview, 1)
        of_rows.addWidget(self._remark)
        for page in (self.columns, second, third):
            self._steps.addWidget(page)
        cancel = QPushButton(_("&Cancel"))
        for button in (self._back, cancel):
            button.setAutoDefault(False)
        self._next.setProperty("look", "main")
        self._next.setDefault(True)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self.go_on)
        self.columns.looking.connect(self._next.setDisabled)
        self.columns.refused.connect(self._refuse)
        cancel.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch(1)
        for button in (self._back, self._next, cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(10)
        column.addWidget(self._steps, 1)
        column.addWidget(self._refusal)
        column.addLayout(buttons)

    def _fetch_first(self) -> None:
        self._refusal.hide()
        self._fetch(self.columns.show_first, lambda problem: self._refuse(str(problem)))

    def go_on(self) -> None:
        """From the columns to the answers, from there to the measurements, from those to the import."""
        step = self._steps.currentIndex()
        if step == _ROWS:
            self.accept()
        elif step == _ANSWERS:
            self._preview(self.answers.fill(self.columns.mapping()))
        elif self._may_go_on():
            mapping = self._known_answers()
            if mapping is None:
                return
            if self._has_answers:
                self._show_step(_ANSWERS)
            else:
                self._preview(mapping)

    def _may_go_on(self) -> bool:
        doubled = self.columns.form.doubled()
        wrong = self.columns.wrong_day()
        if doubled:
            self._refuse(_("More than one column is read as: {fields}").format(fields=", ".join(doubled)))
        elif wrong is not None:
            self._refuse(_("“{text}” is no date. Write for example 22-11-2026.").format(text=wrong.text()))
            wrong.setFocus()
        return not doubled and wrong is None

    def _known_answers(self) -> MeasureMapping | None:
        """The mapping with what is known of the answers; None where the tables of two rounds do not fit."""
        mapping = self.columns.mapping()
        if mapping.shape == "rows":
            self._has_answers = False
            return mapping
        tables = {AFTER: self._ready.table}
        try:
            if self.columns.before is not None:
                tables[BEFORE] = align_table(self.columns.before, self._ready.table, mapping)
        except Problem as problem:
            self._refuse(str(problem))
            return None
        mapping = with_choices(mapping, tables.values(), self._indicators, measure_words())
        self._has_answers = self.answers.show_answers(tuple(tables.values()), mapping, self._indicators)
        return mapping

    def _preview(self, mapping: MeasureMapping) -> None:
        """Work the plan out off the UI thread, and show it."""
        before = self.columns.before if mapping.shape == "answers" else None
        job = plan_off_thread(self._desk.register, self._evaluation_id, self._ready, mapping, before)
        self._is_planning = True
        self._next.setEnabled(False)
        self._desk.runner.run(
            Work(_("Comparing with what is here"), job, self._show_plan, self._refuse_plan, self._stopped)
        )

    def _stopped(self) -> None:
        if self._is_planning:
            self._is_planning = False
            self._next.setEnabled(True)

    def _refuse_plan(self, problem: Problem) -> None:
        if self._is_planning:
            self._stopped()
            self._refuse(str(problem))

    def done(self, result: int) -> None:
        """Closed: a plan that is still being made is wanted no more."""
        if self._is_planning:
            self._is_planning = False
            self._desk.runner.cancel()
        super().done(result)

    def _show_plan(self, plan: MeasurePlan) -> None:
        if not self._is_planning:
            return
        self._is_planning = False
        self.plan = plan
        self.taken = set()
        self._show_rows()
        self._show_step(_ROWS)
        wrong = (row.place for row in self.plan.rows if row.outcome is Outcome.REJECTED)
        self.preview.selectRow(next(wrong, 0))
        self.preview.setFocus()

    def _go_back(self) -> None:
        at_rows = self._steps.currentIndex() == _ROWS
        self._show_step(_ANSWERS if at_rows and self._has_answers else _COLUMNS)

    def _refuse(self, why: str) -> None:
        self._refusal.setText(why)
        self._refusal.show()

    def _show_step(self, step: int) -> None:
        self._refusal.hide()
        self._steps.setCurrentIndex(step)
        self._back.setVisible(step != _COLUMNS)
        if step != _ROWS or self.plan is None:
            self._next.setText(_("&Preview") if step == _ANSWERS else _("&Next"))
            self._next.setEnabled(True)
            return
        report = self.plan.report(tuple(self._indicators.values()), self.taken)
        count = report.count(Outcome.NEW) + report.count(Outcome.UPDATED)
        self._next.setText(
            ngettext("&Import {count} measurement", "&Import {count} measurements", count).format(count=count)
            if count
            else _("Nothing to import")
        )
        self._next.setEnabled(count > 0)
        self._counts.setText(counts_sentence(report))

    def _show_rows(self) -> None:
        rows = () if self.plan is None else self.plan.rows
        self._how.setVisible(any(row.outcome is Outcome.CONFLICT for row in rows))
        self._rows.set_rows([self._text_row(row) for row in rows])

    def _text_row(self, row: PlannedMeasurement) -> TextRow:
        fields, words = record_type("measurement").by_name, words_of(self._desk.register)
        remark = " ".join(self._remarks(row))
        cells = [show_value(fields[name], row.values.get(name), words) for name in ("date", "subgroup")]
        value, n = (row.values.get(name) for name in ("value", "n"))
        is_decided = row.outcome is Outcome.CONFLICT
        language = current_language()
        return TextRow(
            str(row.place),
            (
                outcome_word(row.under(self.taken)),
                row.indicator or "–",
                *cells,
                format_number(value, language) if value is not None else "",  # type: ignore[arg-type]
                format_number(n, language) if n is not None else "",  # type: ignore[arg-type]
                remark,
            ),
            row.place in self.taken if is_decided else None,
        )

    def _remarks(self, row: PlannedMeasurement) -> list[str]:
        """What is wrong, and what is here instead where the two differ."""
        fields, words = record_type("measurement").by_name, words_of(self._desk.register)
        said = []
        for problem in row.problems:
            place = _("row {row}").format(row=problem.row) if problem.row else ""
            reason = problem.reason if problem.level is Level.ERROR else f"▲ {problem.reason}"
            said.append(f"{place}: {reason}." if place else f"{reason}.")
        for name in row.conflicts:
            here = show_value(fields[name], row.existing[name] if row.existing else None, words)
            said.append(_("{field} here: {value}.").format(field=fields[name].label(), value=here))
        pairs = row.values.get("paired_n")
        if isinstance(pairs, int):
            said.append(ngettext("{count} pair.", "{count} pairs.", pairs).format(count=pairs))
        if self.plan is not None and self._gives_baseline(row):
            said.append(_("Becomes the baseline."))
        return said

    def _gives_baseline(self, row: PlannedMeasurement) -> bool:
        baseline = self.plan.baselines.get(row.indicator_id) if self.plan is not None else None
        return (
            baseline is not None
            and "subgroup" not in row.values
            and row.values.get("date") == baseline["baseline_date"]
        )

    def _decide(self, key: str, ticked: bool) -> None:
        (self.taken.add if ticked else self.taken.discard)(int(key))
        chosen = self.preview.currentIndex().row()
        self._show_rows()
        self.preview.selectRow(chosen)
        self._show_step(_ROWS)

    def _show_remark(self, *_indexes: object) -> None:
        chosen = self.preview.chosen()
        rows = () if self.plan is None else self.plan.rows
        row = next((one for one in rows if chosen is not None and str(one.place) == chosen.key), None)
        said = [] if row is None else self._remarks(row)
        said += [] if row is None else [one.remedy for one in row.problems if one.remedy]
        self._remark.setText(" ".join(dict.fromkeys(said)))
        self._remark.setVisible(bool(said))
