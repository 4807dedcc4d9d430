"""Every kind of question is saved where the guide says, and shown again; what cannot be read stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from coi_desktop.i18n import speaking
from coi_desktop.models.guide import QuestionKind
from coi_desktop.operations.answering import add_row, answer
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.library import guide
from coi_desktop.store.register import Register
from coi_desktop.ui.desk import Desk
from coi_desktop.ui.forms.draft import NO, YES, Raw
from coi_desktop.ui.forms.editor import Editor
from coi_desktop.ui.main_window import MainWindow
from coi_desktop.ui.walkthrough.cards import AnswerCard, AnswerRow
from coi_desktop.ui.walkthrough.grid_card import GridCard
from coi_desktop.ui.walkthrough.rows_card import RowsCard
from coi_desktop.ui.walkthrough.walk_panel import WalkPanel


@pytest.fixture(autouse=True)
def _danish() -> Iterator[None]:
    with speaking("da"):
        yield


@pytest.fixture
def standard(panel: WalkPanel, register: Register) -> WalkPanel:
    """The panel on the full twenty steps, where every kind of question is asked."""
    evaluation_id = panel.walk.evaluation_id
    answer(register, evaluation_id, "proportion.depth", "standard")
    answer(register, evaluation_id, "economy.applies", "yes")
    return panel


def _type(row: AnswerRow, raw: Raw) -> None:
    """As if the user had put this into the editor and gone on."""
    row.editor.set_raw(raw)
    row.editor.edited.emit()
    row.editor.left.emit()


def _answer_card(panel: WalkPanel, question_id: str) -> AnswerCard:
    screen_id = panel.walk.walkthrough.standing.find_screen(question_id)
    assert screen_id is not None
    panel.walk.jump(screen_id)
    card = panel.front.card(question_id)
    assert isinstance(card, AnswerCard)
    return card


SINGLES: list[tuple[QuestionKind, str, int, Raw, str, str, Any]] = [
    (QuestionKind.TEXT, "theory.if_we", 0, "mødes om morgenen", "theory", "if_we", "mødes om morgenen"),
    (
        QuestionKind.LONG_TEXT,
        "conclude.value_for_whom",
        0,
        "To\nlinjer",
        "conclusion",
        "value_for_whom",
        "To\nlinjer",
    ),
    (QuestionKind.YES_NO, "economy.include_capacity", 0, NO, "econ_setting", "include_capacity", False),
    (QuestionKind.TICK, "changes.none", 0, YES, "change_none", "ticked", True),
    (QuestionKind.CHOICE, "proportion.cost", 0, "1", "proportion", "cost", "1"),
    (QuestionKind.CHOICE, "scope.stage", 0, "unknown", "scope", "stage", "unknown"),
    (
        QuestionKind.CHOICES,
        "scope.target_groups",
        0,
        ("employees", "companies"),
        "scope",
        "target_groups",
        ("employees", "companies"),
    ),
    (QuestionKind.CHOICES, "scope.target_groups", 1, "Præster", "scope", "target_groups_own", "Præster"),
    (QuestionKind.SCALE, "judge.level", 0, "1", "evidence", "level_set", 1),
    (QuestionKind.NUMBER, "proportion.hours", 0, "7,5", "proportion", "hours", Decimal("7.5")),
    (QuestionKind.MONEY, "economy.one_off", 0, "18.000,50", "econ_setting", "one_off", Decimal("18000.50")),
    (QuestionKind.INTEGER, "economy.years", 0, "4", "econ_setting", "years", 4),
    (
        QuestionKind.DATE,
        "purpose.decision_date",
        0,
        "15/12/26",
        "decision_need",
        "decision_date",
        date(2026, 12, 15),
    ),
    (QuestionKind.DATE, "purpose.decision_date", 1, YES, "decision_need", "no_date_yet", True),
    (QuestionKind.DATE_RANGE, "scope.period", 1, "31-12-2026", "scope", "period_to", date(2026, 12, 31)),
]


def test_every_kind_of_single_question_is_saved_and_shown_again(
    standard: WalkPanel, register: Register
) -> None:
    evaluation_id = standard.walk.evaluation_id
    for kind, question_id, part, raw, table, field, stored in SINGLES:
        card = _answer_card(standard, question_id)
        assert card.question.kind is kind
        _type(card.rows[part], raw)
        record = register.single(table, evaluation_id)
        assert record is not None, question_id
        assert record[field] == stored, question_id
        assert register.get("evaluation", evaluation_id)["position"] == standard.walk.walkthrough.position
    again = WalkPanel(_desk(standard))
    again.open(evaluation_id)
    for _kind, question_id, part, *_stored in SINGLES:
        shown = _answer_card(again, question_id).rows[part].editor.raw()
        assert shown == _answer_card(standard, question_id).rows[part].editor.raw(), question_id
    again.walk.close()
    again.deleteLater()


def _desk(panel: WalkPanel) -> Desk:
    window = panel.window()
    assert isinstance(window, MainWindow)
    return window.desk


def test_the_kinds_of_single_questions_are_all_tried() -> None:
    asked = {question.kind for question in guide().by_id.values() if question.place is not None}
    assert asked - {kind for kind, *_rest in SINGLES} == {QuestionKind.RANK}


def test_a_ranking_moves_what_is_chosen_twice_and_closes_gaps(
    standard: WalkPanel, register: Register
) -> None:
    row = _answer_card(standard, "purpose.purposes").rows[0]
    _type(row, ("goal", "learn", "spread"))
    boxes = row.editor.findChildren(type(row.editor.target))
    boxes[0].setCurrentIndex(boxes[0].findData("spread"))
    boxes[0].activated.emit(boxes[0].currentIndex())
    ranks = {
        one.text("code"): one["rank"] for one in register.children("purpose", standard.walk.evaluation_id)
    }
    assert ranks == {"spread": 1, "learn": 2}
    assert row.raw() == ("spread", "learn")


def test_a_line_of_a_grid_is_made_with_its_first_answer(standard: WalkPanel, register: Register) -> None:
    standard.walk.jump_to_question("value.cards")
    card = standard.front.card("value.cards")
    assert isinstance(card, GridCard)
    assert register.children("value_expect", standard.walk.evaluation_id) == ()
    _type(card.boxes["efficiency"].form.rows["importance"], "3")
    _type(card.boxes["efficiency"].form.rows["expected"], "1")
    _type(card.boxes["efficiency"].form.rows["for_whom"], ("employees",))
    (line,) = register.children("value_expect", standard.walk.evaluation_id)
    assert (line["kind"], line["importance"], line["expected"]) == ("efficiency", "3", "1")
    assert line["for_whom"] == ("employees",)


def test_columns_of_a_line_come_with_the_answer_that_asks_for_them(panel: WalkPanel) -> None:
    panel.walk.jump("value_idea")
    card = panel.front.card("value.cards")
    assert isinstance(card, GridCard)
    box = card.boxes["efficiency"]
    assert box.form.rows["expected"].isHidden()
    _type(box.form.rows["importance"], "1")
    assert box.form.rows["expected"].isHidden()
    _type(box.form.rows["importance"], "2")
    assert not box.form.rows["expected"].isHidden()


def test_references_are_the_rows_of_the_other_table_as_they_are_now(
    standard: WalkPanel, register: Register
) -> None:
    evaluation_id = standard.walk.evaluation_id
    question = add_row(
        register, evaluation_id, "questions.questions", {"text": "Virker det?", "type": "outcome"}
    )
    method = add_row(register, evaluation_id, "methods.methods", {"method": "count"})
    standard.walk.jump_to_question("methods.methods")
    card = standard.front.card("methods.methods")
    assert isinstance(card, RowsCard)
    _type(card.form.rows["questions"], (question,))
    (link,) = register.children("method_question", method)
    assert link["question_id"] == question
    indicator = add_row(register, evaluation_id, "indicators.indicators", {"name": "Ture"})
    standard.walk.jump_to_question("indicators.indicators")
    indicators = standard.front.card("indicators.indicators")
    assert isinstance(indicators, RowsCard)
    _type(indicators.form.rows["question_id"], question)
    assert register.get("indicator", indicator)["question_id"] == question
    shown: Editor = indicators.form.rows["question_id"].editor
    assert shown.target.currentText() == "Virker det?"


def test_a_row_is_removed_and_comes_back_with_undo(panel: WalkPanel, register: Register) -> None:
    evaluation_id = panel.walk.evaluation_id
    panel.walk.jump("one_measure")
    card = panel.front.card("questions.questions")
    assert isinstance(card, RowsCard)
    for text in ("Første", "Andet"):
        add_row(register, evaluation_id, "questions.questions", {"text": text})
    assert card.model.rowCount() == 3
    card.table.choose_row(0)
    card.table.remove_current()
    assert [one.text("text") for one in register.children("question", evaluation_id)] == ["Andet"]
    register.undo()
    assert [card.model.index(row, 0).data() for row in range(2)] == ["Første", "Andet"]
    assert panel.walk.walkthrough.position == "one_measure"


def test_what_is_no_number_stays_with_its_problem_when_one_goes_on_and_comes_back(
    panel: WalkPanel, register: Register
) -> None:
    row = _answer_card(panel, "proportion.hours").rows[0]
    row.editor.set_raw("otte")
    row.editor.edited.emit()
    assert "tal" in row.note
    panel.walk.forward()
    assert panel.walk.walkthrough.position == "value_idea"
    assert panel.unsaved() == ("Timer til evalueringen",)
    assert register.single("proportion", panel.walk.evaluation_id) is None
    panel.walk.back()
    assert row.raw() == "otte"
    assert "tal" in row.note


def test_what_is_typed_belongs_to_its_evaluation_also_after_another_came_to_the_front(
    panel: WalkPanel, register: Register, initiative_id: str
) -> None:
    first = panel.walk.evaluation_id
    row = _answer_card(panel, "theory.if_we").rows[0]
    row.editor.set_raw("kun i den første")
    row.editor.edited.emit()
    second = start_evaluation(register, initiative_id)
    panel.open(second, "value_idea")
    assert _answer_card(panel, "theory.if_we").rows[0].raw() == ""
    assert register.single("theory", second) is None
    theory = register.single("theory", first)
    assert theory is not None
    assert theory["if_we"] == "kun i den første"


def test_typing_is_written_by_itself(panel: WalkPanel, register: Register, qtbot: QtBot) -> None:
    row = _answer_card(panel, "theory.because").rows[0]
    row.editor.set_raw("det bliver sagt højt")
    row.editor.edited.emit()
    assert register.single("theory", panel.walk.evaluation_id) is None
    qtbot.waitUntil(lambda: register.single("theory", panel.walk.evaluation_id) is not None, timeout=2000)


def test_changing_depth_keeps_the_place_and_every_answer(panel: WalkPanel, register: Register) -> None:
    _type(_answer_card(panel, "theory.if_we").rows[0], "mødes")
    panel.walk.jump("how_much")
    _type(_answer_card(panel, "proportion.depth").rows[0], "standard")
    assert panel.walk.walkthrough.path.by_steps
    assert panel.walk.walkthrough.position == "proportion"
    assert _answer_card(panel, "theory.if_we").rows[0].raw() == "mødes"


def test_a_period_keeps_its_other_end(standard: WalkPanel, register: Register) -> None:
    rows = _answer_card(standard, "scope.period").rows
    _type(rows[0], "1-1-2026")
    _type(rows[1], "31-12-2026")
    _type(rows[0], "1-2-2026")
    scope = register.single("scope", standard.walk.evaluation_id)
    assert scope is not None
    assert (scope["period_from"], scope["period_to"]) == (date(2026, 2, 1), date(2026, 12, 31))


def test_what_is_missing_is_told_to_those_who_hear_the_editor(panel: WalkPanel) -> None:
    row = _answer_card(panel, "purpose.decision_to_inform").rows[0]
    assert row.editor.target.accessibleDescription() == "mangler"
    _type(row, "Skal alle med?")
    assert row.editor.target.accessibleDescription() == "udfyldt"
