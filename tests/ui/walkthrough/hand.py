"""Somebody who fills in an evaluation in the window: goes to a question, and uses its editors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPushButton, QRadioButton, QWidget

from coi_desktop.models.fields import FieldSpec, Kind
from coi_desktop.models.folding import fold
from coi_desktop.models.guide import Question
from coi_desktop.models.typed_values import find_key
from coi_desktop.operations.library import guide, vocabulary
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.tick_box import TickBox
from coi_desktop.ui.walkthrough.answer_editors import ButtonsEditor, ManyEditor, ReferenceEditor, TickEditor
from coi_desktop.ui.walkthrough.cards import AnswerCard
from coi_desktop.ui.walkthrough.columns_form import ColumnsForm
from coi_desktop.ui.walkthrough.grid_card import GridCard
from coi_desktop.ui.walkthrough.rank_editor import RankEditor
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.theory_card import TheoryCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

CTRL = Qt.KeyboardModifier.ControlModifier
MOST_CHOICES = 60


class Hand:
    """Enters answers as files of answers hold them: keys or words, rows by their names."""

    def __init__(self, panel: WalkPanel) -> None:
        self.panel = panel

    def enter(self, question_id: str, raw: Any) -> None:
        """Go to a question, unfolded if need be, and answer it."""
        self.panel.walk.jump_to_question(question_id)
        QApplication.processEvents()
        card = self.panel.front.card(question_id)
        assert card.isVisibleTo(self.panel), question_id
        if isinstance(card, TheoryCard):
            self._draw(card, raw)
        elif isinstance(card, GridCard):
            for name, columns in raw.items():
                self._fill_line(card, name, columns)
        elif isinstance(card, RowsCard):
            for columns in raw:
                self._add_row(card, columns)
        else:
            assert isinstance(card, AnswerCard)
            parts = raw.split("..") if card.question.until is not None else [raw]
            for row, part in zip(card.rows, parts, strict=False):
                self._set(row.editor, row.field, part)
        assert self.panel.flush()

    # Tables

    def _draw(self, card: TheoryCard, boxes: Sequence[Mapping[str, Any]]) -> None:
        """Boxes that each lead to the next, one column further on."""
        QTest.keyClick(card.adding[boxes[0]["level"]], Qt.Key.Key_Space)
        for place, box in enumerate(boxes):
            focus = QApplication.focusWidget()
            assert focus is not None
            type_text(focus, box["text"])
            if place + 1 < len(boxes):
                QTest.keyClick(focus, Qt.Key.Key_Return, CTRL)

    def _fill_line(self, card: GridCard, name: str, columns: Mapping[str, Any]) -> None:
        if card.question.values:
            field = FieldSpec(card.question.by, Kind.CHOICE, "", "", values=card.question.values)
            box = card.boxes[find_key(field, name, vocabulary())]
        else:
            box = next(one for one in card.boxes.values() if one.accessibleName() == name)
        for column in in_order(card.question, columns):
            row = box.form.rows[column]
            if row.isHidden():
                label = f"+ {row.field.label()}"
                link = next(one for one in box.findChildren(QPushButton) if one.text() == label)
                QTest.keyClick(link, Qt.Key.Key_Space)
            self._set_column(box.form, column, columns[column])

    def _add_row(self, card: RowsCard, columns: Mapping[str, Any]) -> None:
        table, first = card.table.target, card.model.field(0)
        before = card.model.rowCount()
        table.setFocus()
        QTest.keyClick(table, Qt.Key.Key_End, CTRL)
        QTest.keyClick(table, Qt.Key.Key_Return)
        QTest.qWait(20)
        editor = QApplication.focusWidget()
        assert editor is not None
        options = card.model.options(first)
        if options is None:
            type_text(editor, as_typed(columns[first.name]))
        else:
            wanted = as_typed(columns[first.name])
            place = [wanted in option or fold(option[1]) == fold(wanted) for option in options].index(True)
            for _step in range(place + 1):
                QTest.keyClick(editor, Qt.Key.Key_Down)
        QTest.keyClick(editor, Qt.Key.Key_Return)
        QApplication.processEvents()
        assert card.model.rowCount() == before + 1, columns
        for column in in_order(card.question, columns):
            if column != first.name:
                assert not card.form.rows[column].isHidden(), (card.question.id, column)
                self._set_column(card.form, column, columns[column])

    def _set_column(self, form: ColumnsForm, column: str, raw: Any) -> None:
        self._set(form.rows[column].editor, form.rows[column].field, raw)
        assert self.panel.flush()
        QApplication.processEvents()

    # Editors

    def _set(self, editor: Editor, field: FieldSpec, raw: Any) -> None:
        if isinstance(editor, TickEditor):
            QTest.keyClick(editor.target, Qt.Key.Key_Space)
        elif isinstance(editor, ManyEditor):
            boxes = {one.text(): one for one in editor.findChildren(TickBox)}
            for one in raw:
                QTest.keyClick(boxes[word(field, one)], Qt.Key.Key_Space)
        elif isinstance(editor, RankEditor):
            for box, one in zip(editor.findChildren(QComboBox), raw, strict=False):
                step_to(box, word(field, one))
        elif isinstance(editor, ButtonsEditor):
            buttons = {one.text().replace("&&", "&"): one for one in editor.findChildren(QRadioButton)}
            button = buttons[word(field, raw)]
            button.setFocus()
            QTest.keyClick(button, Qt.Key.Key_Space)
        elif isinstance(editor.target, QComboBox):
            said = raw if isinstance(editor, ReferenceEditor) else word(field, raw)
            step_to(editor.target, said)
        else:
            write(editor.target, as_typed(raw))
        QApplication.processEvents()


def write(target: QWidget, text: str) -> None:
    """Type over what a field holds, and leave it."""
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_A, CTRL)
    QTest.keyClick(target, Qt.Key.Key_Delete)
    type_text(target, text)
    QTest.keyClick(target, Qt.Key.Key_Tab)


def type_text(target: QWidget, text: str) -> None:
    """Letters as keyboards send them; QTest knows few beyond ASCII."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))


def step_to(box: QComboBox, text: str) -> None:
    """Choose from a list with the arrow keys."""
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Home)
    for _step in range(MOST_CHOICES):
        if box.currentText() == text:
            return
        QTest.keyClick(box, Qt.Key.Key_Down)
    raise AssertionError(f"{text!r} is not offered")


def word(field: FieldSpec, raw: Any) -> str:
    """What a choice is called; a name of another row is itself."""
    if isinstance(raw, bool):
        return "Ja" if raw else "Nej"
    return vocabulary().label(field.values, find_key(field, str(raw), vocabulary())) if field.values else raw


def as_typed(raw: Any) -> str:
    """Numbers and days as they are written in Danish."""
    if isinstance(raw, date):
        return f"{raw:%d-%m-%Y}"
    return raw if isinstance(raw, str) else str(raw).replace(".", ",")


def in_order(question: Question, columns: Mapping[str, Any]) -> list[str]:
    """The columns in the order they are asked in."""
    return [column.id for column in question.columns if column.id in columns]


def questions_in_order(given: Mapping[str, Any]) -> list[str]:
    """Questions as the guide asks them, the depth with its reasons among them."""
    return [question_id for question_id in guide("evaluation").by_id if question_id in given]
