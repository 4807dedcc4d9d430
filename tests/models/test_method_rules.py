"""Suggestions: which approach and methods follow from the answers, rule by rule, and why."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.models.answers import Row, StoredAnswers
from coi_desktop.models.guide import GuideError
from coi_desktop.models.guide_answers import Sight
from coi_desktop.models.method_rules import FILE, Suggestion, Suggestions, parse_method_rules
from coi_desktop.operations.library import guide, method_rules, vocabulary

Singles = Mapping[str, Mapping[str, Any]]
Rows = Mapping[str, Sequence[Row]]


def _purposes(*codes: str) -> list[Row]:
    return [{"id": code, "code": code, "rank": rank} for rank, code in enumerate(codes, start=1)]


def _goals(*states: str) -> list[Row]:
    return [{"id": str(place), "name": "x", "goal_status": state} for place, state in enumerate(states)]


def _value(kind: str, importance: str) -> list[Row]:
    return [{"id": kind, "kind": kind, "importance": importance}]


def _suggest(singles: Singles | None = None, rows: Rows | None = None, **further: Any) -> Suggestions:
    answers = StoredAnswers(
        {table: dict(values) for table, values in (singles or {}).items()}, dict(rows or {})
    )
    return method_rules().suggest(Sight(guide("evaluation"), answers), language="da", **further)


def _keys(found: Sequence[Suggestion]) -> list[str]:
    return [one.key for one in found]


TRIAL_NEW = {"scope": {"stage": "trial"}, "proportion": {"uncertainty": "2"}}


@pytest.mark.parametrize(
    ("singles", "rows", "expected"),
    [
        ({}, {"indicator": _goals("exploratory")}, ["developmental"]),
        ({}, {"indicator": _goals("exploratory", "fixed"), "purpose": _purposes("learn")}, ["formative"]),
        (TRIAL_NEW, {"purpose": _purposes("steer")}, ["developmental"]),
        ({"scope": {"stage": "trial"}}, {"purpose": _purposes("steer", "learn")}, ["process"]),
        (
            {"scope": {"stage": "operating"}},
            {"purpose": _purposes("goal"), "indicator": _goals("fixed", "provisional")},
            ["goal"],
        ),
        ({"proportion": {"stakes": "2"}}, {"purpose": _purposes("document", "learn")}, ["effect"]),
        ({}, {"purpose": _purposes("spread")}, ["theory"]),
        ({}, {"purpose": _purposes("learn", "spread")}, ["formative"]),
        ({}, {"purpose": _purposes("other"), "indicator": _goals("fixed")}, ["goal"]),
        ({}, {"purpose": _purposes("document")}, ["formative"]),
        ({}, {}, []),
        (
            {"proportion": {"cost": "1"}},
            {"purpose": _purposes("learn"), "value_expect": _value("efficiency", "3")},
            ["formative", "economic"],
        ),
        (
            {"proportion": {"cost": "0"}},
            {"purpose": _purposes("learn"), "value_expect": _value("efficiency", "3")},
            ["formative"],
        ),
        (
            {"scope": {"target_groups": ("vulnerable_citizens",)}},
            {"purpose": _purposes("steer")},
            ["process", "user"],
        ),
    ],
)
def test_the_first_approach_that_holds_is_suggested_and_added_to(
    singles: Singles, rows: Rows, expected: list[str]
) -> None:
    assert _keys(_suggest(singles, rows).approaches) == expected


def _conditions(*keys: str, **values: Any) -> Singles:
    return {"method_need": {"conditions": keys or None, **values}}


@pytest.mark.parametrize(
    ("singles", "rows", "expected"),
    [
        (_conditions("registered"), {}, ["admin_data"]),
        (_conditions("closed_answers", people=30), {}, ["survey"]),
        (_conditions("closed_answers", people=29), {}, ["interview", "focus_group"]),
        (_conditions(people=200), {}, []),
        ({}, {"value_expect": _value("efficiency", "3")}, ["time_study"]),
        ({}, {"value_expect": _value("efficiency", "2")}, []),
        (_conditions("behaviour"), {}, ["observation"]),
        (_conditions("nobody_knows"), {}, ["log", "interview", "most_significant_change"]),
        ({"proportion": {"hours": Decimal("7.5")}}, {}, ["pulse", "log", "admin_data"]),
        ({"proportion": {"hours": Decimal(8)}}, {}, []),
        (_conditions("hard_forms"), {}, ["observation", "proxy", "photo_story"]),
        ({"design": {"staggered": True}}, {}, ["stepwise"]),
        ({"design": {"staggered": False}}, {}, []),
        (_conditions("why_it_worked"), {}, ["process_trace", "case"]),
        (_conditions("welfare_technology"), {}, ["vtv"]),
        ({}, {"purpose": _purposes("learn", "spread")}, ["implementation_check"]),
    ],
)
def test_each_method_rule_suggests_its_methods(singles: Singles, rows: Rows, expected: list[str]) -> None:
    found = _suggest(singles, rows)
    assert _keys((*found.methods, *found.more)) == expected
    assert all(one.reason.endswith(".") for one in found.methods)


def test_at_most_three_methods_are_shown_each_once_and_the_others_folded() -> None:
    singles = {**_conditions("registered", "behaviour", "hard_forms"), "proportion": {"hours": Decimal(4)}}
    found = _suggest(singles)
    assert _keys(found.methods) == ["admin_data", "observation", "pulse"]
    assert _keys(found.more) == ["log", "proxy", "photo_story"]
    reasons = {one.key: one.reasons for one in found.methods}
    assert len(reasons["admin_data"]) == len(reasons["observation"]) == 2


def test_methods_suggested_elsewhere_follow_those_of_the_rules() -> None:
    further = [Suggestion("survey", ("Kataloget foreslår det.",)), Suggestion("vtv", ("Igen.",))]
    found = _suggest(_conditions("welfare_technology"), further=further)
    assert _keys(found.methods) == ["vtv", "survey"]
    assert found.methods[0].reasons[-1] == "Igen."


def test_a_stepped_start_is_offered_as_comparison_too() -> None:
    assert _keys(_suggest({"design": {"staggered": True}}).designs) == ["stepwise"]
    assert _suggest().designs == ()


def test_every_rule_has_a_reason_in_both_languages_and_a_card_behind_it() -> None:
    rules = method_rules()
    assert [rule.id for rule in rules.methods] == [f"M{number}" for number in range(1, 13)]
    assert {f"A{number}" for number in range(1, 9)} <= {rule.id for rule in rules.approaches}
    for rule in (*rules.approaches, *rules.methods):
        assert set(rule.reason) == {"da", "en"}


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"suggests": ["horoscope"]}, "there is no method 'horoscope'"),
        ({"design": "horoscope"}, "'horoscope' is none of"),
        ({"reason": ["Kun dansk."]}, "expected two texts"),
        ({"when": {"question": "methods.nothing", "equals": "x"}}, "there is no question"),
        ({"when": {"question": "proportion.hours", "first": "x"}}, "is no ranking"),
        ({"when": {"question": "purpose.purposes", "first": "sleep"}}, "is no answer"),
        ({"id": "A1"}, "'A1' stands twice"),
        ({"why": "x"}, "unknown key"),
    ],
)
def test_a_mistake_in_the_file_names_its_place(change: dict[str, Any], complaint: str) -> None:
    table: dict[str, Any] = copy.deepcopy(dict(resources.read_toml(f"guides/evaluation/{FILE}")))
    table["method"][0] |= change
    with pytest.raises(GuideError, match=complaint) as caught:
        parse_method_rules(table, guide("evaluation"), vocabulary())
    assert caught.value.file == FILE
