"""The derived state: which line holds last, and the rules of the steps it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from coi_desktop.models.evaluation_figures import evaluation_figures
from coi_desktop.models.evaluation_state import (
    State,
    StateFacts,
    derived_state,
    is_decision_complete,
    is_meta_complete,
    share_of,
)
from tests.models.evaluation_cases import TODAY, Drawing, draw_demo, shipped_catalogue

NOTHING = StateFacts()
PLANNED = replace(NOTHING, is_planned_by_hand=True)
DECIDED = replace(PLANNED, has_follow_up=True, is_decided=True)


@pytest.mark.parametrize(
    ("facts", "state"),
    [
        (NOTHING, "not_started"),
        (PLANNED, "planning"),
        (replace(PLANNED, has_follow_up=True), "collecting"),
        (replace(PLANNED, has_finding=True), "collecting"),
        (replace(PLANNED, is_method_under_way=True), "collecting"),
        (replace(NOTHING, has_finding=True), "collecting"),
        (replace(PLANNED, is_collected=True), "concluding"),
        (replace(PLANNED, is_concluding_by_hand=True), "concluding"),
        (DECIDED, "decided"),
        (replace(NOTHING, is_decided=True), "decided"),
        (replace(DECIDED, has_open_action=True), "following_up"),
        (replace(DECIDED, is_review_ahead=True), "following_up"),
        (replace(DECIDED, is_review_ahead=True, is_meta_complete=True), "following_up"),
        (replace(DECIDED, is_meta_complete=True), "closed"),
        (replace(PLANNED, is_meta_complete=True), "planning"),
        (replace(PLANNED, has_open_action=True), "planning"),
    ],
)
def test_the_last_rule_that_holds_gives_the_state(facts, state):
    assert derived_state(facts) == State(state)


@pytest.mark.parametrize(
    ("state", "has_material", "share"),
    [
        ("not_started", False, "none"), ("planning", False, "planned"), ("collecting", False, "under_way"),
        ("concluding", True, "under_way"), ("decided", True, "evaluated"), ("decided", False, "none"),
        ("following_up", True, "evaluated"), ("closed", True, "evaluated"), ("closed", False, "none"),
    ],
)  # fmt: skip
def test_where_an_evaluation_counts_nationally(state, has_material, share):
    assert share_of(State(state), has_material) == share


def state_of(drawing: Drawing, evaluation, today: date = TODAY) -> str:
    return evaluation_figures(drawing.snapshot(), evaluation, shipped_catalogue(), today=today).state


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def evaluation(drawing):
    initiative = drawing.put(
        "initiative",
        title="Medicinrobot",
        description="Robotter hælder medicin op hos borgeren.",
        stage="trial",
    )
    return drawing.put("evaluation", initiative_id=initiative.id, depth="light")


def test_what_the_program_prefills_starts_nothing(drawing, evaluation):
    drawing.put("scope", evaluation_id=evaluation.id, stage="trial",
                description_now="Robotter hælder medicin op hos borgeren.")  # fmt: skip
    drawing.put("audience", evaluation_id=evaluation.id, role="Styregruppe", group_code="decision_maker")
    drawing.put("design", evaluation_id=evaluation.id, code="after_only")
    drawing.put("decision_need", evaluation_id=evaluation.id, no_date_yet=False)
    assert state_of(drawing, evaluation) == "not_started"


@pytest.mark.parametrize(
    ("type_name", "values"),
    [
        ("scope", {"description_now": "Nu hælder sygeplejersken op sammen med robotten."}),
        ("scope", {"target_groups": ("citizens",)}),
        ("decision_need", {"no_date_yet": True}),
        ("purpose", {"code": "learn"}),
        ("proportion", {"cost": "unknown"}),
        ("value_expect", {"importance": "0"}),
        ("theory", {"if_we": "bruger robotter"}),
        ("indicator", {"baseline": Decimal(0)}),
        ("method_use", {"method": "interview"}),
    ],
)
def test_one_field_by_hand_is_planning(drawing, evaluation, type_name, values):
    drawing.put(type_name, evaluation_id=evaluation.id, **values)
    assert state_of(drawing, evaluation) == "planning"


def indicator_with(drawing, evaluation, *days: date, baseline_date: date | None = date(2026, 1, 31)):
    indicator = drawing.put(
        "indicator",
        evaluation_id=evaluation.id,
        name="Ventetid",
        direction="down",
        baseline=Decimal(14),
        baseline_date=baseline_date,
        baseline_status="measured",
        target_likely=Decimal(9),
        goal_status="fixed",
    )
    for day in days:
        drawing.put(
            "measurement", indicator_id=indicator.id, date=day, value=Decimal(14), series="initiative"
        )
    return indicator


def test_a_measurement_of_the_baseline_alone_is_still_planning(drawing, evaluation):
    indicator_with(drawing, evaluation, date(2026, 1, 31))
    assert state_of(drawing, evaluation) == "planning"


def test_a_follow_up_measurement_is_collecting_even_for_a_handful_of_people(drawing, evaluation):
    indicator = indicator_with(drawing, evaluation)
    drawing.put("measurement", indicator_id=indicator.id, date=date(2026, 6, 1), value=Decimal(9), n=3)
    assert state_of(drawing, evaluation) == "collecting"


def test_measured_and_nothing_shifted_is_concluding(drawing, evaluation):
    indicator_with(drawing, evaluation, date(2026, 6, 1))
    drawing.put("change_none", evaluation_id=evaluation.id, ticked=True)
    assert state_of(drawing, evaluation) == "concluding"


def test_a_tick_taken_away_again_is_no_tick(drawing, evaluation):
    indicator_with(drawing, evaluation, date(2026, 6, 1))
    drawing.put("change_none", evaluation_id=evaluation.id, ticked=False)
    assert state_of(drawing, evaluation) == "collecting"


def test_one_indicator_not_measured_holds_back_unless_a_finding_stands_in(drawing, evaluation):
    indicator_with(drawing, evaluation, date(2026, 6, 1))
    indicator_with(drawing, evaluation)
    drawing.put("change_log", evaluation_id=evaluation.id, what="Målgruppen blev større")
    assert state_of(drawing, evaluation) == "collecting"
    drawing.put("finding", evaluation_id=evaluation.id, text="Systemet kunne ikke trække tallet")
    assert state_of(drawing, evaluation) == "concluding"


@pytest.mark.parametrize(
    ("status", "reason", "state"),
    [
        ("planned", None, "collecting"), ("under_way", None, "collecting"), ("done", None, "concluding"),
        ("dropped", None, "collecting"), ("dropped", "Ingen tid", "concluding"),
    ],
)  # fmt: skip
def test_a_planned_method_is_done_or_dropped_with_a_reason(drawing, evaluation, status, reason, state):
    indicator_with(drawing, evaluation, date(2026, 6, 1))
    drawing.put("change_none", evaluation_id=evaluation.id, ticked=True)
    drawing.put(
        "method_use", evaluation_id=evaluation.id, method="survey", status=status, dropped_reason=reason
    )
    assert state_of(drawing, evaluation) == state


@pytest.mark.parametrize(
    ("type_name", "values"),
    [
        ("judgement", {"kind": "quality", "rating": "na"}),
        ("conclusion", {"headline": "Det virker"}),
        ("evidence", {"level_set": 0}),
    ],
)
def test_a_field_of_the_conclusion_is_concluding(drawing, evaluation, type_name, values):
    drawing.put(type_name, evaluation_id=evaluation.id, **values)
    assert state_of(drawing, evaluation) == "concluding"


def test_how_sure_is_prefilled_and_concludes_nothing(drawing, evaluation):
    drawing.put("conclusion", evaluation_id=evaluation.id, how_sure="Trin 1: Begrundet")
    assert state_of(drawing, evaluation) == "not_started"


def test_an_answer_to_a_question_is_concluding(drawing, evaluation):
    question = drawing.put("question", evaluation_id=evaluation.id, text="Nåede vi dem?")
    assert state_of(drawing, evaluation) == "planning"
    drawing.put("answer", question_id=question.id, short="unknown")
    assert state_of(drawing, evaluation) == "concluding"


COMPLETE = {"date": date(2026, 11, 15), "forum": "manager", "reason": "Tallene er gode"}


@pytest.mark.parametrize(
    ("values", "is_complete"),
    [
        ({**COMPLETE, "decided": "operate"}, True),
        ({**COMPLETE, "decided": "scale"}, True),
        ({**COMPLETE, "decided": "unknown"}, False),
        ({**COMPLETE}, False),
        ({**COMPLETE, "decided": "operate", "reason": ""}, False),
        ({**COMPLETE, "decided": "adjust"}, False),
        ({**COMPLETE, "decided": "keep_testing"}, False),
        ({**COMPLETE, "decided": "postpone", "review_date": date(2027, 1, 1)}, True),
        ({**COMPLETE, "decided": "stop"}, False),
        ({**COMPLETE, "decided": "stop", "carry_on": "Aftalen med apoteket"}, True),
    ],
)
def test_when_a_decision_is_complete(drawing, evaluation, values, is_complete):
    decision = drawing.put("eval_decision", evaluation_id=evaluation.id, **values)
    assert is_decision_complete(decision) is is_complete
    assert (state_of(drawing, evaluation, date(2027, 1, 1)) == "decided") is is_complete


def test_no_record_is_complete():
    assert not is_decision_complete(None)
    assert not is_meta_complete(None)


def test_the_demo_case_is_followed_up_until_its_review_and_an_open_action_is_done():
    drawing = Drawing()
    evaluation = draw_demo(drawing)
    assert state_of(drawing, evaluation) == "following_up"
    assert state_of(drawing, evaluation, date(2027, 5, 15)) == "decided"
    drawing.put("meta", evaluation_id=evaluation.id, hours_used=Decimal(0), used="too_early")
    assert state_of(drawing, evaluation, date(2027, 5, 15)) == "closed"
    drawing.put("action", evaluation_id=evaluation.id, text="Tal med høreforeningen", state="open")
    assert state_of(drawing, evaluation, date(2027, 5, 15)) == "following_up"
