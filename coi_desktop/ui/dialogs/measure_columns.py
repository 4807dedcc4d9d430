"""The first page of an import of measurements: what a row is, which column is what, and the dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language, ngettext
from coi_desktop.models.dates import format_date, parse_date
from coi_desktop.models.measure_columns import MeasureSuggestion, MeasureTable
from coi_desktop.models.measure_mapping import MeasureMapping, Shape, measure_fields
from coi_desktop.models.table_notes import notes_as_problems
from coi_desktop.operations.library import words_of
from coi_desktop.operations.measure_imports import indicators_of, suggest_off_thread
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.dialogs.mapping_form import MappingForm
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.jobs import Work
from coi_desktop.ui.plain import PlainLabel, isolated

_DAY_WIDTH = 150
_BOX_WIDTH = 230


class MeasureColumns(QWidget):
    """What a row is, the dates, the series, the file of the first round, and the columns.

    ``looking`` tells that the columns are being looked at anew, and that they have been; ``refused`` why they
    could not be.
    """

    looking = Signal(bool)
    refused = Signal(str)

    def __init__(
        self,
        desk: Desk,
        evaluation_id: str,
        ready: MeasureTable,
        suggestion: MeasureSuggestion,
        remembered: bool,
        fetch_first: Callable[[], None],
    ) -> None:
        super().__init__()
        self._desk = desk
        self._evaluation_id = evaluation_id
        self._ready = ready
        self.before: MeasureTable | None = None
        self.shape = ChoiceBox()
        self.shape.addItem(_("A row holds measurements"), "rows")
        self.shape.addItem(_("A row is one person's answers"), "answers")
        self.shape.setAccessibleName(_("What a row is"))
        self.shape.setCurrentIndex(self.shape.findData(suggestion.mapping.shape))
        self.series = ChoiceBox()
        words = words_of(desk.register)
        for key in words.keys("series"):
            self.series.addItem(words.label("series", key), key)
        self.series.setAccessibleName(_("Whose measurements these are"))
        self.series.setCurrentIndex(max(self.series.findData(suggestion.mapping.series), 0))
        self.day = _day_line(_("Date"))
        self.before_day = _day_line(_("Date of the first round"))
        self._first = QPushButton(_("The first round is in another file…"))
        self._first.setProperty("look", "link")
        self._first.clicked.connect(lambda: fetch_first())
        self._first_name = PlainLabel(tone="muted")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._wholes: dict[QWidget, QWidget] = {}
        self._lay_out(remembered)
        self.form = self._make_form(suggestion)
        self._column.addWidget(self.form, 1)
        self.shape.activated.connect(lambda _place: self._suggest_anew())
        self._show_parts()

    def _lay_out(self, remembered: bool) -> None:
        table = self._ready.table
        count = len(table.rows)
        head = ngettext("{name}: {count} row", "{name}: {count} rows", count).format(
            name=isolated(table.file_name), count=count
        )
        self._column.addWidget(PlainLabel(head, rank="head", wrap=True))
        said = (
            _("You have imported a list like this before; the columns are read as they were then.")
            if remembered
            else _("See that every column is read as what it is. Columns that are not read are not stored.")
        )
        self._column.addWidget(PlainLabel(said, tone="muted", wrap=True))
        for note in notes_as_problems(table):
            self._column.addWidget(PlainLabel(f"▲ {note.reason} {note.remedy}", tone="warning", wrap=True))
        for one in self._ready.personal:
            self._column.addWidget(PlainLabel(f"■ {one.remark()}", tone="wrong", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(12)
        for part in (self.shape, self.series, self.day, self.before_day):
            line.addWidget(self._labelled(part))
        line.addStretch(1)
        self._column.addLayout(line)
        self._only_sums = PlainLabel(
            _(
                "The answers are only summed up: number, average, spread and how many gave each answer. "
                "Rows, keys and texts are not stored."
            ),
            tone="muted",
            wrap=True,
        )
        self._column.addWidget(self._only_sums)
        first = QHBoxLayout()
        first.addWidget(self._first)
        first.addWidget(self._first_name, 1)
        self._column.addLayout(first)

    def _labelled(self, part: QWidget) -> QWidget:
        """A box or line with its name above it."""
        part.setMinimumWidth(_BOX_WIDTH if isinstance(part, ChoiceBox) else _DAY_WIDTH)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        label = PlainLabel(part.accessibleName(), rank="label")
        label.setBuddy(part)
        column.addWidget(label)
        column.addWidget(part)
        self._wholes[part] = whole
        return whole

    def show_first(self, before: MeasureTable) -> None:
        """Use the table of a first round."""
        self.before = before
        count = len(before.table.rows)
        self._first_name.setText(
            ngettext("{name}: {count} row", "{name}: {count} rows", count).format(
                name=isolated(before.table.file_name), count=count
            )
        )
        self._show_parts()

    def mapping(self) -> MeasureMapping:
        """The mapping as the user left it; a date that is none is for ``wrong_day`` to tell."""
        return MeasureMapping(
            self._shape,
            self.form.mapping(),
            _parse(self.day.text()),
            _parse(self.before_day.text()),
            str(self.series.currentData()),
        )

    def wrong_day(self) -> QLineEdit | None:
        """The line whose text is no date, or None."""
        lines = (self.day, self.before_day)
        return next((line for line in lines if line.text().strip() and _parse(line.text()) is None), None)

    @property
    def _shape(self) -> Shape:
        return "answers" if self.shape.currentData() == "answers" else "rows"

    def _make_form(self, suggestion: MeasureSuggestion) -> MappingForm:
        register = self._desk.register
        indicators = indicators_of(register, self._evaluation_id)
        fields = measure_fields(suggestion.mapping.shape, indicators, tuple(self._ready.days.values()))
        form = MappingForm(
            self._ready.table, suggestion.columns, fields, words_of(register), new_fields=False
        )
        form.changed.connect(self._show_parts)
        return form

    def _suggest_anew(self) -> None:
        shape = self._shape
        job = suggest_off_thread(self._desk.register, self._evaluation_id, self._ready, shape)
        self.form.setEnabled(False)
        self.looking.emit(True)

        def show(found: tuple[MeasureSuggestion, bool]) -> None:
            if isValid(self) and shape == self._shape:  # else another look is under way
                self._show_suggestion(found[0])
                self.looking.emit(False)

        def stop() -> None:
            if isValid(self):
                self.form.setEnabled(True)
                self.looking.emit(False)

        def refuse(problem: Problem) -> None:
            stop()
            if isValid(self):
                self.refused.emit(str(problem))

        self._desk.runner.run(Work(_("Looking at the columns"), job, show, refuse, stop))

    def _show_suggestion(self, found: MeasureSuggestion) -> None:
        form = self._make_form(replace(found))
        self._column.replaceWidget(self.form, form)
        self.form.deleteLater()
        self.form = form
        self._show_parts()

    def _show_parts(self) -> None:
        """Only what the shape and the columns leave open is asked for."""
        of_answers = self._shape == "answers"
        fields = [column.field for column in self.form.mapping().columns]
        has_rounds = (
            self.before is not None
            or "round" in fields
            or any(name.startswith(("before:", "after:")) for name in fields)
        )
        self._only_sums.setVisible(of_answers)
        self._first.setVisible(of_answers)
        self._first_name.setVisible(of_answers and self.before is not None)
        self._wholes[self.before_day].setVisible(of_answers and has_rounds)
        self._wholes[self.day].setVisible(of_answers or "date" not in fields)


def _day_line(name: str) -> QLineEdit:
    line = QLineEdit()
    line.setAccessibleName(name)
    line.editingFinished.connect(lambda: _tidy(line))
    return line


def _tidy(line: QLineEdit) -> None:
    """What was typed as the day it was read as."""
    day = _parse(line.text())
    if day is not None:
        line.setText(format_date(day, current_language()))


def _parse(text: str) -> date | None:
    return parse_date(text, period="end")
