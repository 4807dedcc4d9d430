"""Answers and rows are stored where the guide says, with all that follows from them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.economy_figures import economy_figures
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.operations.answering import add_row, answer, answer_line, change_row, drop_row
from coi_desktop.operations.evaluations import load_evaluation
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.store.register import Register
from tests.store.making import StandingClock

pytestmark = pytest.mark.usefixtures("english")


def single_of(register: Register, table: str, evaluation_id: str, field: str) -> object:
    record = register.single(table, evaluation_id)
    return None if record is None else record[field]


def count_of(register: Register, table: str, evaluation_id: str) -> int:
    return len(register.children(table, evaluation_id))


def test_an_answer_is_stored_where_the_guide_says(register: Register, evaluation_id: str) -> None:
    assert answer(register, evaluation_id, "scope.target_groups", ("citizens", "employees"))
    answer(register, evaluation_id, "scope.target_groups", "Vikarer", part="own")
    answer(register, evaluation_id, "proportion.hours", Decimal("8.5"))
    answer(register, evaluation_id, "proportion.depth", "light")
    answer(register, evaluation_id, "scope.period", (date(2026, 1, 1), date(2026, 6, 30)))
    assert single_of(register, "scope", evaluation_id, "target_groups") == ("citizens", "employees")
    assert single_of(register, "scope", evaluation_id, "target_groups_own") == "Vikarer"
    assert single_of(register, "scope", evaluation_id, "period_to") == date(2026, 6, 30)
    assert single_of(register, "proportion", evaluation_id, "hours") == Decimal("8.5")
    assert register.get("evaluation", evaluation_id)["depth"] == "light"


def test_the_same_answer_again_makes_no_step(register: Register, evaluation_id: str) -> None:
    assert answer(register, evaluation_id, "scope.stage", "operating")
    revision = register.revision
    assert not answer(register, evaluation_id, "scope.stage", "operating")
    assert not answer(register, evaluation_id, "decide.reason", None)
    assert register.revision == revision


def test_typing_on_in_one_question_is_one_undo_step(
    register: Register, evaluation_id: str, clock: StandingClock
) -> None:
    for typed in ("Hvis", "Hvis vi", "Hvis vi mødes"):
        answer(register, evaluation_id, "theory.if_we", typed)
    clock.forward(120)
    answer(register, evaluation_id, "theory.if_we", "Hvis vi mødes hver dag")
    register.undo()
    assert single_of(register, "theory", evaluation_id, "if_we") == "Hvis vi mødes"
    register.undo()
    assert register.single("theory", evaluation_id) is None


def test_no_date_yet_and_a_date_take_each_others_place(register: Register, evaluation_id: str) -> None:
    def asked() -> object:
        state = load_evaluation(register, evaluation_id).walkthrough.state("purpose.decision_date")
        assert state is not None
        return state.answer

    answer(register, evaluation_id, "purpose.decision_date", NONE_YET)
    assert asked() == NONE_YET
    answer(register, evaluation_id, "purpose.decision_date", date(2026, 11, 15))
    assert asked() == date(2026, 11, 15)
    assert single_of(register, "decision_need", evaluation_id, "no_date_yet") is None
    answer(register, evaluation_id, "purpose.decision_date", None)
    assert asked() is None


def test_a_ranking_keeps_its_rows_and_changes_their_order(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "purpose.purposes", ("learn", "goal"))
    rows = {row.text("code"): row.id for row in register.children("purpose", evaluation_id)}
    answer(register, evaluation_id, "purpose.purposes", ("document", "learn"))
    after = {row.text("code"): (row.id, row["rank"]) for row in register.children("purpose", evaluation_id)}
    assert after["learn"] == (rows["learn"], 2)
    assert after["document"][1] == 1
    assert "goal" not in after
    walkthrough = load_evaluation(register, evaluation_id).walkthrough
    assert walkthrough.sight.answer("purpose.purposes") == ("document", "learn")
    assert [remark.check_id for remark in walkthrough.warnings] == ["purpose.learn_and_document"]


@pytest.mark.parametrize(
    ("question_id", "value"),
    [
        ("scope.stage", "finished"),
        ("scope.target_groups", ("citizens", "martians")),
        ("purpose.purposes", ("learn", "goal", "spread", "steer")),
        ("proportion.depth", "unknown"),
        ("judge.level", 6),
    ],
)
def test_what_is_no_answer_is_refused_and_changes_nothing(
    register: Register, evaluation_id: str, question_id: str, value: object
) -> None:
    revision = register.revision
    with pytest.raises(Problem) as caught:
        answer(register, evaluation_id, question_id, value)
    assert caught.value.code == "not_an_answer"
    assert caught.value.meaning
    assert caught.value.advice
    assert register.revision == revision


def test_not_known_yet_is_stored_and_counts_as_filled(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "proportion.cost", "unknown")
    loaded = load_evaluation(register, evaluation_id)
    state = loaded.walkthrough.state("proportion.cost")
    assert state is not None
    assert state.completeness.missing == 0
    assert loaded.figures.proportion.depth is None


def answer_proportion(register: Register, evaluation_id: str, **answers: str) -> None:
    for name in ("cost", "reach", "risk", "uncertainty", "stakes", "requirement"):
        answer(register, evaluation_id, f"proportion.{name}", answers.get(name, "0"))


def test_six_low_answers_choose_the_light_depth(register: Register, evaluation_id: str) -> None:
    answer_proportion(register, evaluation_id, cost="1", reach="1")
    evaluation = register.get("evaluation", evaluation_id)
    assert (evaluation["depth_suggested"], evaluation["depth"]) == ("light", "light")


def test_higher_answers_suggest_and_leave_the_choice_to_people(
    register: Register, evaluation_id: str
) -> None:
    answer_proportion(register, evaluation_id, risk="2")
    evaluation = register.get("evaluation", evaluation_id)
    assert (evaluation["depth_suggested"], evaluation["depth"]) == ("standard", None)
    answer(register, evaluation_id, "proportion.depth", "light")
    broken = load_evaluation(register, evaluation_id).walkthrough.broken
    assert "proportion.depth_reason" in [remark.check_id for remark in broken]
    answer(register, evaluation_id, "proportion.depth_reason", "Kun to uger til beslutningen")
    broken = load_evaluation(register, evaluation_id).walkthrough.broken
    assert "proportion.depth_reason" not in [remark.check_id for remark in broken]


def test_whoever_decides_becomes_the_first_user_of_the_answers(
    register: Register, evaluation_id: str
) -> None:
    answer(register, evaluation_id, "purpose.decision_forum", "committee")
    answer(register, evaluation_id, "purpose.decision_forum", "council")
    (user,) = register.children("audience", evaluation_id)
    assert (user["role"], user["group_code"]) == ("Council", "decision_maker")
    row_id = add_row(register, evaluation_id, "users.audience", {"role": "Planlæggere"})
    answer(register, evaluation_id, "purpose.decision_forum", "manager")
    assert [row["role"] for row in register.children("audience", evaluation_id)] == ["Council", "Planlæggere"]
    drop_row(register, evaluation_id, "users.audience", row_id)
    assert count_of(register, "audience", evaluation_id) == 1


def test_the_comparison_follows_the_baseline_at_light_depth(register: Register, evaluation_id: str) -> None:
    row_id = add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    assert single_of(register, "design", evaluation_id, "code") == "after_only"
    change_row(register, evaluation_id, "indicators.indicators", row_id, "baseline", Decimal(12))
    change_row(register, evaluation_id, "indicators.indicators", row_id, "baseline_status", "measured")
    assert single_of(register, "design", evaluation_id, "code") == "before_after"
    answer(register, evaluation_id, "design.comparison", "series")
    change_row(register, evaluation_id, "indicators.indicators", row_id, "baseline_status", "estimate")
    assert single_of(register, "design", evaluation_id, "code") == "series"


def test_at_standard_depth_the_comparison_is_left_to_people(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "proportion.depth", "standard")
    add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    assert register.single("design", evaluation_id) is None


def test_leaving_light_depth_turns_the_three_numbers_into_rows_once(
    register: Register, evaluation_id: str
) -> None:
    answer(register, evaluation_id, "economy.applies", "yes")
    answer(register, evaluation_id, "economy.one_off", Decimal(100_000))
    answer(register, evaluation_id, "economy.running_per_year", Decimal(0))
    answer(register, evaluation_id, "economy.gain_per_year", Decimal(30_000))
    answer(register, evaluation_id, "economy.gain_class", "budget")
    assert single_of(register, "econ_setting", evaluation_id, "years") == 5

    def npv() -> Decimal:
        loaded = load_evaluation(register, evaluation_id)
        economy = economy_figures(loaded.snapshot, loaded.evaluation, figures_catalogue())
        assert economy.likely is not None
        return round(economy.likely.npv, 2)

    assert npv() == Decimal("35451.57")
    for depth in ("standard", "light", "deep"):
        answer(register, evaluation_id, "proportion.depth", depth)
        assert npv() == Decimal("35451.57")
    assert count_of(register, "cost", evaluation_id) == 1
    (gain,) = load_evaluation(register, evaluation_id).answers.rows("benefit")
    assert (gain["recurs"], gain["year"], gain["until_year"]) == ("yearly", 1, 5)


def test_rows_are_added_changed_and_dropped(register: Register, evaluation_id: str) -> None:
    indicator = add_row(register, evaluation_id, "indicators.indicators", {"name": "Forgæves ture"})
    measurement = add_row(register, evaluation_id, "collect.measurements")
    record = register.get("measurement", measurement)
    assert (record["indicator_id"], record["date"], record["series"]) == (
        indicator,
        date(2026, 11, 22),
        "initiative",
    )
    change_row(register, evaluation_id, "collect.measurements", measurement, "value", Decimal("7.0"))
    assert str(register.get("measurement", measurement)["value"]) == "7.0"
    drop_row(register, evaluation_id, "indicators.indicators", indicator)
    assert register.count("measurement") == 0
    register.undo()
    assert str(register.get("measurement", measurement)["value"]) == "7.0"


def test_a_measurement_without_an_indicator_is_refused_with_advice(
    register: Register, evaluation_id: str
) -> None:
    with pytest.raises(Problem) as caught:
        add_row(register, evaluation_id, "collect.measurements", {"value": Decimal(7)})
    assert caught.value.code == "no_owner"
    assert register.count("measurement") == 0


def test_the_first_question_is_primary_and_the_next_is_not(register: Register, evaluation_id: str) -> None:
    add_row(register, evaluation_id, "questions.questions", {"text": "Kører vi færre ture?"})
    add_row(register, evaluation_id, "questions.questions", {"text": "Hvad siger aftenvagten?"})
    assert [row["priority"] for row in register.children("question", evaluation_id)] == ["primary", None]


def test_a_line_of_a_grid_is_made_when_it_is_answered(register: Register, evaluation_id: str) -> None:
    answer_line(register, evaluation_id, "value.cards", "efficiency", "importance", "3")
    answer_line(register, evaluation_id, "value.cards", "efficiency", "expected", "1")
    answer_line(register, evaluation_id, "value.cards", "quality", "downside", None)
    (card,) = register.children("value_expect", evaluation_id)
    assert (card["kind"], card["importance"], card["expected"]) == ("efficiency", "3", "1")


def test_an_answer_to_a_question_hangs_under_that_question(register: Register, evaluation_id: str) -> None:
    question = add_row(register, evaluation_id, "questions.questions", {"text": "Kører vi færre ture?"})
    answer_line(register, evaluation_id, "analyse.answers", question, "short", "partly")
    found = register.single("answer", question)
    assert found is not None
    assert found["short"] == "partly"
    finding = add_row(register, evaluation_id, "collect.findings", {"text": "Aftenvagten mangler"})
    answer_line(register, evaluation_id, "analyse.answers", question, "findings", (finding,))
    loaded = load_evaluation(register, evaluation_id)
    assert loaded.walkthrough.sight.rows("analyse.answers")[0]["findings"] == (finding,)
    answer_line(register, evaluation_id, "analyse.answers", question, "findings", None)
    assert register.count("answer_source") == 0


def test_methods_point_at_the_questions_they_answer(register: Register, evaluation_id: str) -> None:
    first = add_row(register, evaluation_id, "questions.questions", {"text": "Færre ture?"})
    second = add_row(register, evaluation_id, "questions.questions", {"text": "Bedre arbejdsdag?"})
    method = add_row(register, evaluation_id, "methods.methods", {"method": "count"})
    change_row(register, evaluation_id, "methods.methods", method, "questions", (first, second))
    change_row(register, evaluation_id, "methods.methods", method, "questions", (second,))
    assert [link["question_id"] for link in register.children("method_question", method)] == [second]


def test_the_box_nothing_shifted_notes_its_moment(
    register: Register, evaluation_id: str, clock: StandingClock
) -> None:
    answer(register, evaluation_id, "changes.none", True)
    assert single_of(register, "change_none", evaluation_id, "ticked_at") == clock.moment
    answer(register, evaluation_id, "changes.none", None)
    assert single_of(register, "change_none", evaluation_id, "ticked_at") is None
