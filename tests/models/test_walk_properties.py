"""Whatever is answered in whatever order, a walk counts the same and never loses the way."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from coi_desktop.models.answers import Row, StoredAnswers
from tests.models.walks import DEPTHS, open_walk

TOOLS = st.lists(st.sampled_from(["saw", "axe", "file"]), unique=True, max_size=3).map(tuple)
FACTS = {
    "name": st.sampled_from([None, "", "Bo"]),
    "story": st.sampled_from([None, "kort", "lang nok til at tælle som en historie"]),
    "agreed": st.sampled_from([None, True, False]),
    "sealed": st.sampled_from([None, True, False]),
    "colour": st.sampled_from([None, "red", "blue", "unknown"]),
    "tools": TOOLS,
    "tools_own": st.sampled_from([None, "Hammer"]),
    "favourites": TOOLS,
    "grade": st.sampled_from([None, 1, 3, 4, 5]),
    "mood": st.sampled_from([None, "good"]),
    "weight": st.sampled_from([None, Decimal("9.9"), Decimal(10)]),
    "price": st.sampled_from([None, Decimal(1)]),
    "pieces": st.sampled_from([None, 0, 7]),
    "day": st.sampled_from([None, date(2026, 11, 22)]),
    "no_day": st.sampled_from([None, True]),
    "from_day": st.sampled_from([None, date(2026, 1, 1)]),
    "to_day": st.sampled_from([None, date(2026, 2, 1)]),
    "why_none": st.sampled_from([None, "Ingen her"]),
    "reason": st.sampled_from([None, "Fordi"]),
}
ROWS: dict[str, st.SearchStrategy[list[Row]]] = {
    "item": st.lists(
        st.fixed_dictionaries(
            {
                "id": st.sampled_from(["i", "j", "k"]),
                "label": st.sampled_from([None, "A"]),
                "size": st.sampled_from([None, "small", "large", "unknown"]),
                "reason": st.sampled_from([None, "Plads"]),
                "price": st.sampled_from([None, Decimal(3)]),
            }
        ),
        max_size=3,
        unique_by=lambda row: row["id"],
    ),
    "card": st.lists(
        st.fixed_dictionaries(
            {
                "id": st.sampled_from(["c", "d", "e"]),
                "kind": st.sampled_from(["red", "green", "blue"]),
                "weight": st.sampled_from([None, "0", "2", "3", "unknown"]),
                "comment": st.sampled_from([None, "Ja"]),
            }
        ),
        max_size=3,
        unique_by=(lambda row: row["id"], lambda row: row["kind"]),
    ),
    "reply": st.lists(
        st.fixed_dictionaries(
            {"id": st.just("r"), "item_id": st.sampled_from(["i", "j"]), "text": st.just("x")}
        ),
        max_size=1,
    ),
    "ranked": st.lists(
        st.fixed_dictionaries(
            {"id": st.just("r"), "tool": st.sampled_from(["saw"]), "place": st.sampled_from([None, 1])}
        ),
        max_size=1,
    ),
}
SHEETS = st.tuples(st.sampled_from(DEPTHS), st.fixed_dictionaries(FACTS), st.fixed_dictionaries(ROWS))


@settings(max_examples=60, deadline=None)
@given(SHEETS, st.randoms(use_true_random=False))
def test_any_order_of_answering_gives_the_same_completeness(
    sheet: tuple[str, dict[str, Any], dict[str, list[Row]]], random: Any
) -> None:
    depth, facts, rows = sheet
    expected = open_walk(depth, facts, rows)

    def answer_fact(name: str) -> Callable[[], None]:
        return lambda: so_far.update({name: facts[name]})

    def answer_table(name: str) -> Callable[[], None]:
        return lambda: tables.update({name: rows[name]})

    so_far: dict[str, Any] = {}
    tables: dict[str, list[Row]] = {}
    acts = [*map(answer_fact, facts), *map(answer_table, rows)]
    random.shuffle(acts)
    walkthrough = open_walk(depth)
    for act in acts:
        act()
        walkthrough = walkthrough.with_answers(
            StoredAnswers({"study": {"depth": depth}, "facts": dict(so_far)}, dict(tables))
        )
    assert walkthrough.completeness == expected.completeness
    assert walkthrough.missing == expected.missing
    assert walkthrough.warnings == expected.warnings


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_back_after_forward_returns(sheet: tuple[str, dict[str, Any], dict[str, list[Row]]]) -> None:
    for screen in open_walk(*sheet).screens:
        here = open_walk(*sheet, position=screen.id)
        assert here.is_last or here.forward().back().position == screen.id
        assert here.is_first or here.back().forward().position == screen.id


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_every_required_visible_question_is_reached_going_forward(
    sheet: tuple[str, dict[str, Any], dict[str, list[Row]]],
) -> None:
    walkthrough = open_walk(*sheet, position=open_walk(*sheet).screens[0].id)
    seen: set[str] = set()
    while True:
        seen |= {state.question.id for state in walkthrough.current.questions}
        if walkthrough.is_last:
            break
        walkthrough = walkthrough.forward()
    required = {
        state.question.id for step in walkthrough.steps for state in step.questions if state.is_required
    }
    assert required <= seen
    assert {missing.question_id for missing in walkthrough.missing} <= seen


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_completeness_is_what_is_not_missing(
    sheet: tuple[str, dict[str, Any], dict[str, list[Row]]],
) -> None:
    walkthrough = open_walk(*sheet)
    counts = walkthrough.completeness
    assert 0 <= counts.filled <= counts.required
    assert counts.missing == len(walkthrough.missing)
    assert walkthrough.may_finish == (not walkthrough.missing and not walkthrough.broken)
    by_screens = sum(screen.completeness.required for screen in walkthrough.screens)
    assert by_screens == counts.required
    assert (walkthrough.minutes_left == 0) == (counts.missing == 0)


@settings(max_examples=40, deadline=None)
@given(SHEETS)
def test_a_lighter_depth_never_asks_for_more(
    sheet: tuple[str, dict[str, Any], dict[str, list[Row]]],
) -> None:
    _, facts, rows = sheet
    missing = [set(open_walk(depth, facts, rows).missing) for depth in DEPTHS]
    assert missing[0] <= missing[1] <= missing[2]
