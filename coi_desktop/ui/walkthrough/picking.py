"""Rows to begin with: questions of the bank, and measures of the catalogue."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from coi_desktop.errors import Problem
from coi_desktop.i18n import _
from coi_desktop.operations.library import question_bank
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.choice_editors import ChoiceBox
from coi_desktop.ui.walkthrough.extra import Extra
from coi_desktop.ui.walkthrough.walk import Walk


class QuestionBank(Extra):
    """Questions to take over, by kind; what is chosen becomes a row."""

    goes_first = True

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        words = desk.words
        self.box = ChoiceBox()
        self.box.setAccessibleName(_("Take a question from the bank"))
        self.box.addItem(_("Take one from the question bank …"), "")
        order = words.keys("question_type")
        for question in sorted(question_bank(), key=lambda one: order.index(one.type)):
            kind = words.label("question_type", question.type)
            self.box.addItem(f"{kind}: {question.text()}", question.key)
        self.box.activated.connect(self._take)
        self.box.setEnabled(desk.can_write)
        line = QHBoxLayout()
        line.addWidget(self.box, 1)
        self.column.addLayout(line)

    def show_walk(self) -> None:
        """Always the same."""

    def _take(self) -> None:
        key = self.box.currentData()
        self.box.setCurrentIndex(0)
        question = next((one for one in question_bank() if one.key == key), None)
        if question is None:
            return
        try:
            self.walk.add_row("questions.questions", {"text": question.text(), "type": question.type})
        except Problem as problem:
            self.desk.notices.show_problem(problem, key="questions.questions")


class IndicatorPicker(Extra):
    """Opens the catalogue; the measure that is chosen there becomes a row."""

    goes_first = True

    def __init__(self, desk: Desk, walk: Walk) -> None:
        super().__init__(desk, walk)
        self.button = QPushButton(_("Take a measure from the catalogue …"))
        self.button.setEnabled(desk.can_write)
        self.button.clicked.connect(self._take)
        self.column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_walk(self) -> None:
        """Always the same."""

    def _take(self) -> None:
        from coi_desktop.ui.dialogs.catalogue_dialog import CatalogueDialog

        dialog = CatalogueDialog(self.desk)
        if not self.desk.prompts.ask_dialog(dialog) or dialog.chosen is None:
            return
        try:
            self.walk.add_row("indicators.indicators", dict(dialog.chosen.values()))
        except Problem as problem:
            self.desk.notices.show_problem(problem, key="indicators.indicators")
