"""The frame around the questions: outline, head, help, foot, notes in passing, what can only be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.query import Query
from coi_desktop.operations.answering import add_row, answer, answer_line
from coi_desktop.operations.evaluations import find_evaluations
from coi_desktop.operations.samples import create_sample_register
from coi_desktop.settings import Settings
from coi_desktop.store.register import Register
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.pages.evaluations_page import EvaluationsPage
from coi_desktop.ui.plain import PlainLabel
from coi_desktop.ui.walkthrough.cards import AnswerCard
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel
from tests.ui.fakes import FakePrompts
from tests.ui.walkthrough.keyboard import Keyboard


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def keys() -> Keyboard:
    return Keyboard()


def _texts(shown: QWidget) -> list[str]:
    return [label.text() for label in shown.findChildren(PlainLabel) if not label.isHidden()]


def test_the_head_tells_depth_minutes_evidence_and_what_comes_next(
    panel: WalkPanel, register: Register
) -> None:
    head = panel.head
    assert head.title.text() == "Fælles morgenmøde"
    assert head.standing.text() == "Dybde: Let · 2 af 46 udfyldt · ca. 28 min. tilbage"
    assert head.evidence.text() == "Evidens 0 af højst 1: Fornemmelse"
    assert head.next_level.text().startswith("Et trin op: skriv, hvad I gør")
    for name in ("if_we", "then", "because"):
        answer(register, panel.walk.evaluation_id, f"theory.{name}", "ord nok")
    assert head.evidence.text() == "Evidens 1 af højst 1: Begrundet"


def test_the_outline_says_every_screen_with_state_and_minutes_and_leads_there(
    panel: WalkPanel, keys: Keyboard
) -> None:
    entry = panel.outline.entry("what_why")
    assert entry.accessibleName() == "1 Hvad og hvorfor: i gang · ca. 4 min."
    assert panel.outline.entry("how_much").below == "ikke begyndt · ca. 2 min."
    entry.setFocus()
    keys.press(Qt.Key.Key_Down, 3)
    assert keys.name.startswith("4 Ét spørgsmål, ét mål")
    keys.press(Qt.Key.Key_Return)
    assert panel.walk.walkthrough.position == "one_measure"
    assert panel.outline.entry("one_measure").isChecked()


def test_every_control_on_every_screen_has_a_name(panel: WalkPanel, register: Register) -> None:
    evaluation_id = panel.walk.evaluation_id
    answer(register, evaluation_id, "economy.applies", "yes")
    add_row(register, evaluation_id, "questions.questions", {"text": "Virker det?"})
    add_row(register, evaluation_id, "indicators.indicators", {"name": "Ture"})
    add_row(register, evaluation_id, "methods.methods", {"method": "count"})
    add_row(register, evaluation_id, "collect.measurements")
    answer_line(register, evaluation_id, "value.cards", "efficiency", "importance", "3")
    kinds = (QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QAbstractItemView)
    for depth in ("light", "standard"):
        answer(register, evaluation_id, "proportion.depth", depth)
        for part in panel.walk.walkthrough.screens:
            panel.walk.jump(part.id)
            nameless = [
                f"{part.id}: {control}"
                for kind in kinds
                for control in panel.findChildren(kind)
                if control.isVisible()
                and control.focusPolicy() != Qt.FocusPolicy.NoFocus
                and not (control.accessibleName() or str(getattr(control, "text", str)()))
            ]
            assert nameless == []


def test_a_warning_stands_beside_its_question_and_stops_nobody(panel: WalkPanel, register: Register) -> None:
    answer(register, panel.walk.evaluation_id, "purpose.purposes", ("learn", "document"))
    card = panel.front.card("purpose.purposes")
    (said,) = card.remarks.sentences
    assert said.startswith("Læring kræver åbenhed, og dokumentation kræver fasthed.")
    assert card.remarks.isVisible()
    panel.foot.next.click()
    assert panel.walk.walkthrough.position == "how_much"
    answer(register, panel.walk.evaluation_id, "purpose.purposes", ("learn",))
    panel.foot.back.click()
    assert card.remarks.sentences == ()


def test_a_rule_is_not_held_against_what_is_not_begun(panel: WalkPanel, register: Register) -> None:
    panel.walk.jump("one_measure")
    card = panel.front.card("questions.questions")
    assert card.remarks.sentences == ()
    row = add_row(register, panel.walk.evaluation_id, "questions.questions", {"text": "Virker det?"})
    assert card.remarks.sentences == ()
    panel.walk.save_row("questions.questions", panel.walk.line_place(row), "priority", "secondary", "")
    assert card.remarks.sentences == ("Gør mindst ét spørgsmål primært.",)


def test_help_folds_away_and_stays_folded(panel: WalkPanel, settings: Settings) -> None:
    assert panel.help.isVisible()
    assert any("Hvorfor spørger vi?" in text for text in _texts(panel.help))
    panel.help.fold_wanted.emit()
    assert not panel.help.isVisible()
    assert settings.get("help_folded") is True
    other = WalkPanel(panel.window().desk)
    assert other.help.isHidden()
    other.deleteLater()


def test_the_example_is_shown_on_request(panel: WalkPanel) -> None:
    example = panel.walk.loaded.guide.screen_words(panel.walk.walkthrough.path, "what_why").example
    assert example not in _texts(panel.help)
    buttons = [one for one in panel.help.findChildren(QAbstractButton) if one.text() == "Vis eksempel"]
    buttons[0].click()
    assert example in _texts(panel.help)


def test_a_quick_finding_is_noted_in_passing(panel: WalkPanel, keys: Keyboard, register: Register) -> None:
    panel.walk.jump("value_idea")
    panel.foot.finding.click()
    keys.press(Qt.Key.Key_Return)
    assert any("Et fund skal have et par ord" in text or "fund" in text for text in _texts(panel.foot))
    keys.write("Aftenvagten kender ikke aftalerne")
    keys.press(Qt.Key.Key_Return)
    (finding,) = register.children("finding", panel.walk.evaluation_id)
    assert finding["text"] == "Aftenvagten kender ikke aftalerne"
    assert panel.walk.walkthrough.position == "value_idea"
    assert keys.focus is panel.foot.finding


def test_measure_now_keeps_the_baseline_first_and_measurements_then(
    panel: WalkPanel, keys: Keyboard, register: Register
) -> None:
    panel.foot.measure.click()
    assert panel.walk.walkthrough.position == "one_measure"
    indicator = add_row(register, panel.walk.evaluation_id, "indicators.indicators", {"name": "Ture"})
    for number in ("12,5", "9"):
        panel.foot.measure.click()
        keys.reach("Tallet i dag")
        keys.write(number)
        keys.press(Qt.Key.Key_Return)
    assert register.get("indicator", indicator)["baseline"] == Decimal("12.5")
    (measurement,) = register.children("measurement", indicator)
    assert measurement["value"] == Decimal(9)


def test_escape_shuts_a_note_and_keeps_nothing(panel: WalkPanel, keys: Keyboard, register: Register) -> None:
    panel.foot.finding.click()
    keys.write("Nej")
    keys.press(Qt.Key.Key_Escape)
    assert register.children("finding", panel.walk.evaluation_id) == ()
    assert keys.focus is panel.foot.finding


def test_the_suggested_depth_is_said_with_its_reason(panel: WalkPanel, register: Register) -> None:
    evaluation_id = panel.walk.evaluation_id
    panel.walk.jump("how_much")
    card = panel.front.card("proportion.depth")
    assert "Der foreslås en dybde, når alle seks spørgsmål er besvaret (0 af 6 er det)." in _texts(card)
    for name in ("cost", "reach", "uncertainty", "stakes", "requirement"):
        answer(register, evaluation_id, f"proportion.{name}", "0")
    answer(register, evaluation_id, "proportion.risk", "2")
    said = "Forslag: Standard. Svarene giver 2 af 12 point. Hævet fra let på grund af ”Hvad kan gå galt?”."
    assert said in _texts(card)
    reason = panel.front.card("proportion.depth_reason")
    assert reason.isHidden()
    answer(register, evaluation_id, "proportion.depth", "light")
    assert not reason.isHidden()
    assert panel.front.card("proportion.depth_reason").remarks.sentences == ()


def test_a_question_of_the_bank_becomes_a_row_of_its_kind(panel: WalkPanel, register: Register) -> None:
    panel.walk.jump("one_measure")
    card = panel.front.card("questions.questions")
    box = card.extras[0].box
    place = box.findText("Oplevelse: Hvordan oplever borgerne forskellen?")
    box.setCurrentIndex(place)
    box.activated.emit(place)
    (question,) = register.children("question", panel.walk.evaluation_id)
    assert question["text"] == "Hvordan oplever borgerne forskellen?"
    assert (question["type"], question["priority"]) == ("experience", "primary")


def test_economy_is_worked_out_while_one_types(panel: WalkPanel, register: Register) -> None:
    evaluation_id = panel.walk.evaluation_id
    panel.walk.jump("what_showed")
    answer(register, evaluation_id, "economy.applies", "yes")
    card = panel.front.card("economy.years")
    assert any(text.startswith("Regnes ud, når dette er udfyldt: ”") for text in _texts(card))
    for name, amount in (("one_off", 18_000), ("running_per_year", 52_000), ("gain_per_year", 70_000)):
        answer(register, evaluation_id, f"economy.{name}", Decimal(amount))
    answer(register, evaluation_id, "economy.gain_class", "budget")
    assert "63.271 kr." in " ".join(_texts(card)).replace("\N{NO-BREAK SPACE}", " ")


def test_rows_that_need_others_first_say_so_and_lead_there(panel: WalkPanel) -> None:
    panel.walk.jump("what_showed")
    card = panel.front.card("collect.measurements")
    assert isinstance(card, RowsCard)
    assert card.table.isHidden()
    assert card.target is not None
    assert card.target.text() == "Udfyld først ”Mål for værdien”: gå dertil"
    card.target.click()
    assert panel.walk.walkthrough.position == "one_measure"


def test_done_leads_back_to_the_list(panel: WalkPanel, prompts: FakePrompts) -> None:
    panel.walk.jump("conclude_decide")
    assert panel.foot.next.text() == "Fær&dig"
    panel.foot.next.click()
    page = panel.window().findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    assert not page.is_walking
    assert prompts.asked == []


def test_an_evaluation_that_undo_takes_away_leaves_the_list(panel: WalkPanel, register: Register) -> None:
    page = panel.window().findChild(EvaluationsPage)
    assert isinstance(page, EvaluationsPage)
    register.undo()
    assert not page.is_walking
    assert not panel.walk.is_open
    register.redo()
    assert page.list.model.rowCount() == 1


def test_a_register_open_for_reading_can_be_walked_and_not_changed(
    register: Register, initiative_id: str, panel: WalkPanel, open_window: Callable[..., MainWindow]
) -> None:
    with Register.open(register.path, write=False) as reading:
        window = open_window(other=reading)
        window.show_record("evaluations", initiative_id)
        reader = window.findChild(WalkPanel)
        assert isinstance(reader, WalkPanel)
        card = reader.front.card("scope.description_now")
        assert isinstance(card, AnswerCard)
        text = card.rows[0].editor.target
        assert isinstance(text, QPlainTextEdit)
        assert text.isReadOnly()
        assert not reader.foot.finding.isEnabled()
        reader.walk.jump("one_measure")
        questions = reader.front.card("questions.questions")
        assert isinstance(questions, RowsCard)
        assert questions.model.rowCount() == 0
        window.close()


@pytest.fixture
def sample_panel(
    tmp_path: object, open_window: Callable[..., MainWindow]
) -> Iterator[tuple[WalkPanel, Register]]:
    with create_sample_register(tmp_path / "sample.coi") as sample:
        window = open_window(other=sample)
        initiatives = {one.text("title"): one.id for one in _all(sample)}
        evaluation = find_evaluations(sample, initiatives["Skærmbesøg i hjemmeplejen"])[0]
        window.show_record("evaluations", evaluation.id)
        panel = window.findChild(WalkPanel)
        assert isinstance(panel, WalkPanel)
        yield panel, sample
        window.close()


def _all(register: Register) -> tuple:
    from coi_desktop.models.query import Query

    return register.find(Query("initiative"))


def test_the_tables_of_the_standard_path_are_edited_in_place(
    sample_panel: tuple[WalkPanel, Register],
) -> None:
    panel, sample = sample_panel
    evaluation_id = panel.walk.evaluation_id
    panel.walk.jump("economy")
    costs = panel.front.card("economy.costs")
    assert isinstance(costs, RowsCard)
    assert len(costs.model.read()) == len(sample.children("cost", evaluation_id)) == 2
    panel.walk.add_row("economy.costs", {"year": 1, "likely": Decimal(500)})
    assert len(costs.model.read()) == len(sample.children("cost", evaluation_id)) == 3
    for screen in panel.walk.walkthrough.screens:
        panel.walk.jump(screen.id)
        for state in screen.questions:
            assert panel.front.card(state.question.id).target is not None, state.question.id


def test_a_light_evaluation_keeps_what_is_not_asked_for_folded_and_never_hidden(
    sample_panel: tuple[WalkPanel, Register],
) -> None:
    panel, sample = sample_panel
    evaluation_id = panel.walk.evaluation_id
    answer(sample, evaluation_id, "proportion.depth", "light")
    panel.walk.jump("what_showed")
    folded = panel.front.folded
    assert not folded.is_unfolded
    assert "besvaret" in folded.opener.text()
    folded.opener.click()
    assert panel.front.focusWidget() in [card.target for card in folded.cards]
    costs = panel.front.card("economy.costs")
    assert isinstance(costs, RowsCard)
    assert len(costs.model.read()) == len(sample.children("cost", evaluation_id)) == 2


def test_what_is_typed_in_a_folded_question_is_kept(panel: WalkPanel, register: Register) -> None:
    panel.walk.jump_to_question("theory.context")
    card = panel.front.card("theory.context")
    assert isinstance(card, AnswerCard)
    assert panel.front.focusWidget() is card.target
    card.rows[0].editor.set_raw("Vejret")
    card.rows[0].editor.edited.emit()
    assert panel.flush()
    theory = register.single("theory", panel.walk.evaluation_id)
    assert theory is not None
    assert theory["context"] == "Vejret"


def test_undo_brings_a_folded_question_into_sight(panel: WalkPanel, register: Register) -> None:
    answer(register, panel.walk.evaluation_id, "theory.context", "Vejret")
    register.undo()
    assert panel.walk.walkthrough.position == "value_idea"
    assert panel.front.focusWidget() is panel.front.card("theory.context").target


def test_a_long_name_of_strangers_stays_plain_and_leaves_room_for_the_status(
    panel: WalkPanel, register: Register
) -> None:
    name = "<b>Ture</b> & " + "a" * 150
    add_row(register, panel.walk.evaluation_id, "indicators.indicators", {"name": name})
    panel.walk.jump("what_showed")
    (said,) = [
        text for text in _texts(panel.front.card("collect.measurements")) if text.startswith("<b>Ture</b>")
    ]
    assert said.endswith("… · ikke målt endnu")
    assert len(said) < 90


def test_a_measurement_is_documented_where_it_is_entered(
    panel: WalkPanel, prompts: FakePrompts, register: Register, qtbot: QtBot, tmp_path: Path
) -> None:
    indicator = add_row(register, panel.walk.evaluation_id, "indicators.indicators", {"name": "Ture"})
    values = {"indicator_id": indicator, "value": Decimal(9)}
    measurement = add_row(register, panel.walk.evaluation_id, "collect.measurements", values)
    panel.walk.jump("what_showed")
    card = panel.front.card("collect.measurements")
    assert isinstance(card, RowsCard)
    assert card.evidence is not None
    assert card.evidence.said.text() == "Intet bilag dokumenterer den endnu."
    (tmp_path / "Optælling.pdf").write_bytes(b"%PDF-1.7\n")
    prompts.paths = [tmp_path / "Optælling.pdf"]
    card.evidence.add.click()
    qtbot.waitUntil(lambda: card.evidence.said.text() == "Dokumentation: Optælling.pdf")
    (attachment,) = register.find(Query("attachment"))
    assert attachment["measurement_id"] == measurement
    register.undo()
    assert card.evidence.said.text() == "Intet bilag dokumenterer den endnu."
