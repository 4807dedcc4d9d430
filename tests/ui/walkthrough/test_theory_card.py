"""The theory of change is drawn by keyboard, and every edit is one step."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from coi_desktop.operations import history
from coi_desktop.operations.answering import answer
from coi_desktop.operations.theory import add_box
from coi_desktop.store.register import Register
from coi_desktop.ui.walkthrough.theory_card import TheoryCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel

MOST_KEYS = 6


class Keys:
    """Presses keys where the keyboard is, and counts them; letters of texts are not counted."""

    def __init__(self) -> None:
        self.count = 0

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.count += 1
        QTest.keyClick(QApplication.focusWidget(), key, held)
        QApplication.processEvents()

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)


@pytest.fixture
def card(panel: WalkPanel, register: Register) -> TheoryCard:
    """The editor of a standard evaluation with two boxes."""
    evaluation_id = panel.walk.evaluation_id
    answer(register, evaluation_id, "proportion.depth", "standard")
    add_box(register, evaluation_id, "activity", "Vi mødes")
    add_box(register, evaluation_id, "outcome_long", "Trygge borgere")
    panel.walk.jump_to_question("theory.boxes")
    found = panel.front.card("theory.boxes")
    assert isinstance(found, TheoryCard)
    found.lines[found.theory.boxes[0].id].text.setFocus()
    QApplication.processEvents()
    return found


def test_row_level_and_arrow_take_at_most_six_keys(card: TheoryCard, register: Register) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_Return)
    keys.press(Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)
    keys.write("Færre forgæves ture")
    assert any("Færre" in line for box in card.picture.layout_shown.boxes for line in box.lines)
    keys.press(Qt.Key.Key_Tab)
    keys.press(Qt.Key.Key_2)
    keys.press(Qt.Key.Key_Return)
    assert keys.count <= MOST_KEYS
    theory = card.theory
    assert [(box.level, box.text) for box in theory.boxes][1] == ("outcome_short", "Færre forgæves ture")
    assert [(theory.numbers[one.start], theory.numbers[one.end]) for one in theory.arrows] == [(2, 3)]
    history.undo(register)
    assert [box.text for box in card.theory.boxes] == ["Vi mødes", "Trygge borgere"]
    assert card.theory.arrows == ()


def test_ctrl_enter_goes_one_level_on_with_an_arrow(card: TheoryCard) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    keys.write("Et møde hver dag")
    keys.press(Qt.Key.Key_Return)
    assert keys.count == 2
    assert [box.level for box in card.theory.boxes] == ["activity", "output", "outcome_long"]
    assert len(card.theory.arrows) == 1


def test_an_empty_new_line_makes_no_box(card: TheoryCard) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_Return)
    assert card.flush()
    assert len(card.theory.boxes) == 2


def test_a_number_that_is_no_box_is_said_and_nothing_changes(card: TheoryCard) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_Tab)
    keys.write("7")
    keys.press(Qt.Key.Key_Return)
    assert not card._note.isHidden()
    assert card.theory.arrows == ()


def test_another_level_and_removal_by_keys(card: TheoryCard, register: Register) -> None:
    keys = Keys()
    keys.press(Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert card.theory.boxes[0].level == "output"
    line = card.lines[card.theory.boxes[0].id]
    line.removing.emit(line)
    assert [box.text for box in card.theory.boxes] == ["Trygge borgere"]
    history.undo(register)
    assert len(card.theory.boxes) == 2


def test_boxes_and_arrows_are_told_to_who_cannot_see_them(card: TheoryCard) -> None:
    first = card.lines[card.theory.boxes[0].id]
    assert first.text.accessibleName() == "Boks 1, Aktiviteter"
    assert "1. Aktiviteter: Vi mødes." in card.picture.accessibleName()
