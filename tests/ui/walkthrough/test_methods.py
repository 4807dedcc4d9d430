"""Methods in the walk-through: suggestions with their reasons, the method card, a comparison offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.operations import choices
from coi_desktop.operations.answering import answer
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.store.register import Register
from coi_desktop.ui.dialogs.fields_dialog import FieldsDialog
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.panels.methods_page import EstimateForm
from coi_desktop.ui.walkthrough.grid_card import GridCard
from coi_desktop.ui.walkthrough.method_suggestions import DesignHint, MethodSuggestions
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.walkthrough.keyboard import Keyboard


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


def _say(panel: WalkPanel, register: Register, **answers: object) -> None:
    for question, value in answers.items():
        answer(register, panel.walk.evaluation_id, question.replace("__", "."), value)


def _suggestions(panel: WalkPanel) -> MethodSuggestions:
    found = panel.front.findChild(MethodSuggestions)
    assert isinstance(found, MethodSuggestions)
    return found


def _shown(suggestions: MethodSuggestions) -> list[str]:
    return [key for key, line in suggestions.lines.items() if not line.isHidden()]


def test_at_most_three_methods_are_shown_and_the_others_unfold(panel: WalkPanel, register: Register) -> None:
    _say(panel, register, proportion__hours=Decimal(6), proportion__depth="standard")
    _say(panel, register, purpose__purposes=("steer",))
    _say(panel, register, methods__conditions=("registered", "behaviour", "hard_forms"))
    panel.walk.jump("methods")
    suggestions = _suggestions(panel)
    assert suggestions.approach.text() == (
        "Procesevaluering: Det vigtigste for jer er at styre, mens I er i gang."
    )
    assert _shown(suggestions) == ["admin_data", "observation", "pulse"]
    assert suggestions.lines["pulse"].reason.text() == "I har sat under otte timer af."
    assert suggestions.unfold.text() == "Vis flere (3)"
    suggestions.unfold.click()
    assert len(_shown(suggestions)) == 6


def test_without_answers_nothing_is_suggested(panel: WalkPanel) -> None:
    panel.walk.jump("one_measure")
    assert _suggestions(panel).isHidden()


def test_choosing_a_suggestion_adds_the_method_and_says_that_it_is_there(
    panel: WalkPanel, register: Register, loaded: Callable[[], LoadedEvaluation]
) -> None:
    _say(panel, register, proportion__hours=Decimal(6))
    panel.walk.jump("one_measure")
    line = _suggestions(panel).lines["log"]
    line.add.click()
    assert [row["method"] for row in loaded().answers.rows("method_use")] == ["log"]
    line = _suggestions(panel).lines["log"]
    assert (line.add.text(), line.add.isEnabled()) == ("Er i planen", False)
    assert _suggestions(panel).lines["pulse"].add.isEnabled()


def test_the_card_of_the_chosen_method_stands_in_the_help(panel: WalkPanel, register: Register) -> None:
    _say(panel, register, proportion__hours=Decimal(6))
    panel.walk.jump("one_measure")
    card = panel.help.card
    assert card is not None
    assert card.texts == ()
    row_id = panel.walk.add_row("methods.methods", {"method": "survey"})
    assert card.method == "survey"
    assert "15–40 timer (vejledende)" in card.texts
    _suggestions(panel).lines["pulse"].card.click()
    assert card.method == "pulse"
    assert card.texts[0] == "Kort om metoden"
    panel.walk.jump("what_why")
    panel.walk.jump("one_measure")
    assert card.method == "survey"
    panel.walk.drop_row("methods.methods", row_id)
    assert card.method == ""


def test_asking_for_a_card_unfolds_the_help(panel: WalkPanel, register: Register) -> None:
    panel.window().resize(1366, 768)
    _say(panel, register, proportion__hours=Decimal(6))
    panel.walk.jump("one_measure")
    panel.help.fold_wanted.emit()
    assert panel.help.isHidden()
    _suggestions(panel).lines["pulse"].card.click()
    assert not panel.help.isHidden()
    assert panel.help.card is not None
    assert panel.help.card.method == "pulse"


def test_the_card_is_gone_where_no_methods_are_asked_for(panel: WalkPanel) -> None:
    panel.walk.jump("one_measure")
    panel.walk.jump("what_why")
    assert panel.help.card is not None
    assert panel.help.card.isHidden()


def test_a_suggestion_is_reached_and_taken_by_keyboard(
    panel: WalkPanel, register: Register, loaded: Callable[[], LoadedEvaluation]
) -> None:
    _say(panel, register, proportion__hours=Decimal(6))
    panel.walk.jump("one_measure")
    keys = Keyboard()
    keys.reach("Tilføj Pulsmåling")
    keys.press(Qt.Key.Key_Space)
    assert [row["method"] for row in loaded().answers.rows("method_use")] == ["pulse"]


def test_a_stepped_start_is_offered_and_chosen_with_one_press(
    panel: WalkPanel, register: Register, loaded: Callable[[], LoadedEvaluation]
) -> None:
    _say(panel, register, proportion__depth="standard", design__staggered=True)
    panel.walk.jump("design")
    hint = panel.front.findChild(DesignHint)
    assert isinstance(hint, DesignHint)
    assert not hint.isHidden()
    hint.button.click()
    assert loaded().answers.single("design")["code"] == "stepwise"
    assert hint.isHidden()


def test_the_units_own_hours_are_set_in_fields_and_lists(
    panel: WalkPanel, register: Register, qtbot: QtBot
) -> None:
    window = panel.window()
    assert isinstance(window, MainWindow)
    desk = window.desk
    form = EstimateForm(desk, "survey")
    qtbot.addWidget(form)
    form.hours.setText("60")
    form.keep()
    dialog = FieldsDialog(desk)
    qtbot.addWidget(dialog)
    shown = [dialog.methods.model.index(1, column).data() for column in range(4)]
    assert shown == ["Spørgeskema", "60", "3–6 uger", "vores eget"]
    panel.walk.jump("one_measure")
    panel.walk.add_row("methods.methods", {"method": "survey"})
    assert panel.help.card is not None
    assert "60 timer" in panel.help.card.texts


def test_screens_follow_the_units_own_kinds_of_value(panel: WalkPanel, register: Register) -> None:
    panel.walk.jump("value_idea")
    choices.rename_choice(register, "value_kind", "local1", "Klima")
    choices.retire_choice(register, "value_kind", "local1", retired=False)
    choices.move_choice(register, "value_kind", "local1", 0)
    card = panel.front.card("value.cards")
    assert isinstance(card, GridCard)
    assert next(iter(card.boxes)) == "local1"
    assert card.boxes["local1"].accessibleName() == "Klima"
    assert panel.walk.walkthrough.position == "value_idea"
