"""Rules of the evaluation guide that look across records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coi_desktop.models.answers import Row, StoredAnswers
from coi_desktop.models.guide_rules import RULES

Singles = Mapping[str, Mapping[str, Any]]
Rows = Mapping[str, list[Row]]


def _said(
    rule: str, singles: Singles | None = None, rows: Rows | None = None, limit: int | None = None
) -> list[str]:
    answers = StoredAnswers(singles or {}, rows or {})
    return list(RULES[rule](answers, None if limit is None else Decimal(limit)))


def _indicator(**values: Any) -> Row:
    return {"id": "i", "name": "Ture", **values}


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_nothing_to_say_about_nothing(rule: str) -> None:
    assert _said(rule, limit=5) == []
    assert _said(rule) == []


def test_learning_and_documenting_pull_apart_only_among_the_two_first() -> None:
    def ranked(*codes: str) -> Rows:
        return {"purpose": [{"code": code, "rank": rank} for rank, code in enumerate(codes, start=1)]}

    assert _said("learning_and_documenting", rows=ranked("document", "learn")) == ["learn", "document"]
    assert _said("learning_and_documenting", rows=ranked("learn", "goal", "document")) == []


def test_another_depth_than_suggested_wants_a_reason() -> None:
    evaluation = {"depth": "light", "depth_suggested": "standard"}
    assert _said("depth_without_reason", {"evaluation": evaluation}) == ["light"]
    assert _said("depth_without_reason", {"evaluation": {**evaluation, "depth_reason": "Tid"}}) == []
    assert _said("depth_without_reason", {"evaluation": {**evaluation, "depth": "standard"}}) == []
    assert _said("depth_without_reason", {"evaluation": {**evaluation, "depth_suggested": None}}) == []


@pytest.mark.parametrize(("hours", "expected"), [("3.9", ["3.9"]), ("4", []), (None, [])])
def test_hours_are_held_against_the_planning_floor(hours: str | None, expected: list[str]) -> None:
    proportion = {"hours": None if hours is None else Decimal(hours)}
    assert _said("hours_below", {"proportion": proportion}, limit=4) == expected


def test_every_purpose_and_every_main_aim_is_served() -> None:
    rows: Rows = {
        "purpose": [{"code": "learn", "rank": 1}, {"code": "goal", "rank": 2}],
        "question": [{"purpose_code": "goal"}],
        "value_expect": [{"kind": "quality", "importance": "3"}, {"kind": "employee", "importance": "2"}],
        "indicator": [_indicator(kind="employee")],
    }
    assert _said("purposes_without_question", rows=rows) == ["learn"]
    assert _said("main_aims_without_indicator", rows=rows) == ["quality"]


def test_a_missing_baseline_is_remarked_on_once_the_solution_is_in_use() -> None:
    rows: Rows = {
        "indicator": [
            _indicator(measure="number", baseline=None),
            _indicator(name="Tegn", measure="sign", baseline=None),
            _indicator(name="Målt", measure="number", baseline=Decimal(0)),
        ]
    }
    assert _said("baseline_missing_in_use", {"scope": {"stage": "operating"}}, rows) == ["Ture"]
    for stage in ("trial", "stopped", "unknown"):
        assert _said("baseline_missing_in_use", {"scope": {"stage": stage}}, rows) == []


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "is_wrong"),
    [
        ("up", "10", "9.99", True), ("up", "10", "10", False), ("up", "10", "12", False),
        ("down", "10", "10.01", True), ("down", "10", "6", False), ("maintain", "10", "12", False),
        ("down", "0", "-1", False), ("unknown", "10", "12", False),
    ],
)  # fmt: skip
def test_a_target_on_the_wrong_side_of_the_baseline(
    direction: str, baseline: str, target: str, is_wrong: bool
) -> None:
    row = _indicator(direction=direction, baseline=Decimal(baseline), target_likely=Decimal(target))
    assert _said("target_on_wrong_side", rows={"indicator": [row]}) == (["Ture"] if is_wrong else [])


def test_primary_questions_need_a_method_and_answers_a_source() -> None:
    rows: dict[str, list[Row]] = {
        "question": [
            {"id": "q", "text": "Færre ture?", "priority": "primary"},
            {"id": "r", "text": "Hvad lærte vi?", "priority": "secondary"},
        ],
        "answer": [{"id": "a", "question_id": "q", "short": "yes"}],
    }
    assert _said("primary_questions_without_method", rows=rows) == ["Færre ture?"]
    assert _said("answers_without_source", rows=rows) == ["Færre ture?"]
    rows["method_question"] = [{"question_id": "q"}]
    rows["answer_source"] = [{"answer_id": "a"}]
    assert _said("primary_questions_without_method", rows=rows) == []
    assert _said("answers_without_source", rows=rows) == []


def test_personal_data_is_cleared_or_awaited() -> None:
    def method(data: str, state: str | None) -> Rows:
        return {"method_use": [{"method": "survey", "personal_data": data, "legal_state": state}]}

    assert _said("personal_data_not_cleared", rows=method("sensitive", None)) == ["survey"]
    assert _said("personal_data_not_cleared", rows=method("personal", "not_relevant")) == ["survey"]
    assert _said("personal_data_not_cleared", rows=method("personal", "awaiting")) == []
    assert _said("personal_data_not_cleared", rows=method("pseudonymous", None)) == []


def test_hours_of_dropped_methods_do_not_count() -> None:
    methods: list[Row] = [
        {"method": "survey", "hours": Decimal(20), "status": "planned"},
        {"method": "interview", "hours": Decimal(9), "status": "dropped"},
    ]
    proportion = {"proportion": {"hours": Decimal(20)}}
    assert _said("method_hours_beyond_plan", proportion, {"method_use": methods}) == []
    methods[1] = {**methods[1], "status": "planned"}
    assert _said("method_hours_beyond_plan", proportion, {"method_use": methods}) == ["29"]


@pytest.mark.parametrize(
    ("methods", "expected"),
    [
        (["survey", "time_study"], ["survey", "time_study"]),
        (["interview", "log"], ["interview", "log"]),
        (["survey", "interview"], []),
        (["survey", "workshop"], []),
    ],
)
def test_only_numbers_or_only_words(methods: list[str], expected: list[str]) -> None:
    rows: Rows = {"method_use": [{"method": method} for method in methods]}
    assert _said("one_kind_of_methods", rows=rows) == expected


def test_an_indicator_is_followed_up_by_a_later_number_of_the_initiative_itself() -> None:
    indicator = _indicator(baseline_date=date(2026, 1, 31))

    def said(**measurement: Any) -> list[str]:
        rows: Rows = {"indicator": [indicator], "measurement": [{"indicator_id": "i", **measurement}]}
        return _said("indicators_without_follow_up", rows=rows)

    later = {"date": date(2026, 5, 1), "value": Decimal(7)}
    assert said(**later) == []
    assert said(**later, series="comparison") == ["Ture"]
    assert said(date=date(2026, 5, 1), value=None) == ["Ture"]
    assert said(date=date(2026, 1, 31), value=Decimal(7)) == ["Ture"]
    assert said(date=None, value=Decimal(7)) == []
    sign = _indicator(sign_status="reached")
    assert _said("indicators_without_follow_up", rows={"indicator": [sign]}) == []
    excused: Rows = {"indicator": [indicator], "finding": [{"text": "Tælleren gik i stykker"}]}
    assert _said("indicators_without_follow_up", rows=excused) == []


def test_a_method_is_done_or_dropped_with_a_reason() -> None:
    rows: Rows = {
        "method_use": [
            {"method": "survey", "status": "done"},
            {"method": "log", "status": "dropped", "dropped_reason": "Tid"},
            {"method": "pulse", "status": "dropped", "dropped_reason": " "},
            {"method": "case", "status": None},
        ]
    }
    assert _said("methods_neither_done_nor_dropped", rows=rows) == ["pulse", "case"]


def test_few_people_and_low_response_are_told_below_the_limit_only() -> None:
    def rows(**values: Any) -> Rows:
        return {"indicator": [_indicator()], "measurement": [{"indicator_id": "i", **values}]}

    assert _said("few_people", rows=rows(n=4), limit=5) == ["Ture"]
    assert _said("few_people", rows=rows(n=5), limit=5) == []
    assert _said("few_people", rows=rows(n=None), limit=5) == []
    assert _said("low_response", rows=rows(response_rate=Decimal("39.9")), limit=40) == ["Ture"]
    assert _said("low_response", rows=rows(response_rate=Decimal(40)), limit=40) == []


def test_the_season_is_that_of_the_latest_measurement() -> None:
    indicator = _indicator(baseline_date=date(2026, 1, 31))

    def said(*days: date) -> list[str]:
        measured: list[Row] = [{"indicator_id": "i", "date": day} for day in days]
        return _said("other_season", rows={"indicator": [indicator], "measurement": measured})

    assert said(date(2026, 6, 1), date(2027, 1, 5)) == []
    assert said(date(2027, 1, 5), date(2027, 6, 1)) == ["Ture"]
    assert said() == []


def test_freed_time_is_told_apart_from_money() -> None:
    light = {"econ_setting": {"gain_class": "capacity", "gain_per_year": Decimal(70_000)}}
    assert _said("freed_time_without_budget", light) == ["capacity"]
    benefit: Row = {"class": "budget", "likely": Decimal(1)}
    assert _said("freed_time_without_budget", light, {"benefit": [benefit]}) == []
    both: list[Row] = [benefit, {"class": "capacity", "likely": Decimal(5)}]
    assert _said("freed_time_without_budget", {}, {"benefit": both}) == []
    assert _said("freed_time_without_budget", {}, {"benefit": both[1:]}) == ["capacity"]
    nothing = {"econ_setting": {"gain_class": "capacity", "gain_per_year": Decimal(0)}}
    assert _said("freed_time_without_budget", nothing) == []


def test_benefits_in_money_or_time_have_an_owner_and_a_date() -> None:
    benefits: list[Row] = [
        {"text": "Kørsel", "class": "budget", "owner_role": "Leder", "follow_up": date(2026, 9, 1)},
        {"text": "Tid", "class": "capacity", "owner_role": "Leder", "follow_up": None},
        {"text": "Ro", "class": "nonmoney", "owner_role": None, "follow_up": None},
        {"text": "Indtægt", "class": "revenue", "owner_role": None, "follow_up": date(2026, 9, 1)},
    ]
    assert _said("benefits_without_owner", rows={"benefit": benefits}) == ["Tid", "Indtægt"]
    assert _said("benefits_without_follow_up", rows={"benefit": benefits}) == ["Tid"]


def test_raising_the_level_wants_a_reason_and_lowering_does_not() -> None:
    def said(level: int, reason: str | None = None) -> list[str]:
        evidence = {"level_auto": 2, "level_set": level, "reason": reason}
        return _said("level_raised_without_reason", {"evidence": evidence})

    assert said(3) == ["3"]
    assert said(3, "Ekstern evaluering") == []
    assert said(1) == said(2) == []


def test_a_decision_beyond_the_evidence_is_told() -> None:
    def said(decided: str, level_auto: int | None, level_set: int | None = None) -> list[str]:
        evidence = {"level_auto": level_auto, "level_set": level_set}
        return _said(
            "decision_beyond_evidence", {"eval_decision": {"decided": decided}, "evidence": evidence}, limit=1
        )

    assert said("scale", 1) == ["scale"]
    assert said("operate", 0) == ["operate"]
    assert said("scale", 2) == []
    assert said("scale", 3, 1) == ["scale"]
    assert said("adjust", 0) == []
    assert said("scale", None) == []


def test_a_minus_where_vulnerable_citizens_are_concerned_is_told() -> None:
    rows: Rows = {"judgement": [{"kind": "quality", "rating": "-1"}, {"kind": "employee", "rating": "na"}]}
    assert _said("minus_for_vulnerable", {"scope": {"target_groups": ("vulnerable_citizens",)}}, rows) == [
        "quality"
    ]
    assert _said("minus_for_vulnerable", {"scope": {"target_groups": ("citizens",)}}, rows) == []


def test_deciding_otherwise_than_recommended_wants_a_reason() -> None:
    decision = {"recommended": "scale", "decided": "stop"}
    assert _said("decided_differently", {"eval_decision": decision}) == ["stop"]
    assert _said("decided_differently", {"eval_decision": {**decision, "reason": "Økonomi"}}) == []
    assert _said("decided_differently", {"eval_decision": {**decision, "recommended": None}}) == []
