"""What the answers of a questionnaire stand for: a line an answer, with the step or meaning beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from PySide6.QtWidgets import QGridLayout, QScrollArea, QVBoxLayout, QWidget

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.answer_sets import BLANK, is_open_question, labels_of
from coi_desktop.models.measure_mapping import ANSWER, LEFT_OUT, NO, YES, MeasureMapping, is_coded, part_of
from coi_desktop.models.measure_values import scale_of
from coi_desktop.models.records import Record
from coi_desktop.models.tables import Table
from coi_desktop.models.text import parse_number
from coi_desktop.models.vocabulary import Vocabulary
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.plain import ElidedLabel, PlainLabel, one_line

_NAME_WIDTH = 360
_BOX_WIDTH = 220


class AnswerChoices(QScrollArea):
    """One box for each different answer to a question whose answers stand for something."""

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self._words = words
        self._boxes: dict[tuple[str, str], ChoiceBox] = {}
        self.setWidgetResizable(True)
        self.setAccessibleName(_("What the answers stand for"))

    def show_answers(
        self, tables: Sequence[Table], mapping: MeasureMapping, indicators: Mapping[str, Record]
    ) -> bool:
        """A line for each answer, filled in as far as it is known; whether there is anything to say.

        Bare numbers on a scale stand for themselves.
        """
        self._boxes.clear()
        inner = QWidget()
        inner.setProperty("look", "page")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(2, 1)
        for column in mapping.table.columns:
            indicator = indicators.get(part_of(column.field)[1])
            if indicator is None or not is_coded(indicator):
                continue
            labels = labels_of(cell for table in tables for cell in table.cells(column.column))
            if is_open_question(labels):
                continue
            given = {text: next(iter(keys.values()), "") for text, keys in column.choices.items()}
            wanted = [
                label
                for label in labels
                if label in given or scale_of(indicator) is None or not parse_number(label).is_number
            ]
            if BLANK in given:
                wanted.append(BLANK)
            if wanted:
                self._add_question(grid, column.field, indicator, wanted, labels, given)
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 8, 0)
        whole.addLayout(grid)
        whole.addStretch(1)
        self.setWidget(inner)
        return bool(self._boxes)

    def _add_question(
        self,
        grid: QGridLayout,
        field: str,
        indicator: Record,
        labels: Sequence[str],
        counts: Mapping[str, int],
        given: Mapping[str, str],
    ) -> None:
        row = grid.rowCount()
        grid.addWidget(PlainLabel(one_line(indicator.text("name"), 90), rank="section"), row, 0, 1, 3)
        for place, label in enumerate(labels, 1):
            name = one_line(label, 80) or _("(left blank)")
            box = ChoiceBox()
            box.setMinimumWidth(_BOX_WIDTH)
            box.setAccessibleName(_("“{answer}” stands for").format(answer=name))
            box.addItem(_("Not known: the question stays out"), "")
            for key in _keys(indicator):
                box.addItem(self._words.label(ANSWER, key), key)
            box.setCurrentIndex(max(box.findData(given.get(label, "")), 0))
            self._boxes[field, label] = box
            count = counts.get(label, 0)
            told = ngettext("{count} answer", "{count} answers", count).format(count=count) if count else ""
            grid.addWidget(ElidedLabel(name), row + place, 0)
            grid.addWidget(box, row + place, 1)
            grid.addWidget(PlainLabel(told, tone="muted"), row + place, 2)

    def fill(self, mapping: MeasureMapping) -> MeasureMapping:
        """The mapping with what was chosen here."""
        columns = []
        for column in mapping.table.columns:
            chosen = {
                label: str(box.currentData() or "")
                for (field, label), box in self._boxes.items()
                if field == column.field
            }
            if chosen:
                choices = {
                    label: MappingProxyType({column.field: key}) for label, key in chosen.items() if key
                }
                column = replace(column, choices=MappingProxyType(choices))
            columns.append(column)
        return replace(mapping, table=replace(mapping.table, columns=tuple(columns)))

    def choose(self, label: str, key: str) -> None:
        """Say what an answer stands for, wherever it was given."""
        for (_field, answer), box in self._boxes.items():
            if answer == label:
                box.setCurrentIndex(max(box.findData(key), 0))


def _keys(indicator: Record) -> list[str]:
    ends = scale_of(indicator)
    if ends is None:
        return [YES, NO, LEFT_OUT]
    steps = range(max(0, int(ends.lowest)), min(10, int(ends.highest)) + 1)
    return [*map(str, reversed(steps)), LEFT_OUT]
