"""When a question or a table counts as filled in, and what of it is missing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coi_desktop.models.answers import Row
from coi_desktop.models.completeness import Missing, Status, shown_columns
from coi_desktop.models.guide_answers import NONE_YET
from tests.models.guide_cases import every_kind
from tests.models.walks import counts_of, open_walk, state_of


@pytest.mark.parametrize(
    ("question_id", "facts", "filled"),
    [
        ("facts.name", {"name": "  "}, False),
        ("facts.name", {"name": "Bo"}, True),
        ("facts.agreed", {"agreed": False}, True),
        ("facts.sealed", {"sealed": False}, False),
        ("facts.sealed", {"sealed": True}, True),
        ("facts.colour", {"colour": "unknown"}, True),
        ("facts.tools", {"tools": ()}, False),
        ("facts.tools", {"tools": ("saw",)}, True),
        ("facts.tools", {"tools": None, "tools_own": "Hammer"}, True),
        ("facts.tools", {"tools": None, "tools_own": " "}, False),
        ("facts.grade", {"grade": 1}, True),
        ("facts.weight", {"weight": Decimal(0)}, True),
        ("facts.pieces", {"pieces": 0}, True),
        ("facts.day", {"day": date(2026, 11, 22)}, True),
        ("facts.day", {"no_day": True}, True),
        ("facts.day", {"no_day": False}, False),
        ("facts.period", {"from_day": date(2026, 1, 1)}, False),
        ("facts.period", {"from_day": date(2026, 1, 1), "to_day": date(2026, 6, 30)}, True),
    ],
)
def test_what_counts_as_filled_in(question_id: str, facts: Mapping[str, Any], filled: bool) -> None:
    assert counts_of(open_walk(facts=facts), question_id) == (int(filled), 1)


def test_a_text_that_is_too_short_is_missing() -> None:
    short = open_walk("standard", {"story": "Nitten tegn her, ja"})
    assert counts_of(short, "facts.story") == (0, 1)
    assert counts_of(open_walk("standard", {"story": "Tyve tegn her, ja ja"}), "facts.story") == (1, 1)


def test_a_question_not_required_at_this_depth_counts_for_nothing() -> None:
    assert counts_of(open_walk("light", {"story": "x"}), "facts.story") == (0, 0)
    assert state_of(open_walk("light", {"story": "x"}), "facts.story").status is Status.COMPLETE
    assert state_of(open_walk("light"), "facts.story").status is Status.OPTIONAL


def test_a_demand_may_be_lifted_by_another_answer() -> None:
    assert counts_of(open_walk(facts={"agreed": True}), "facts.sealed") == (0, 1)
    assert counts_of(open_walk(facts={"agreed": False}), "facts.sealed") == (0, 0)


def test_a_ranking_over_rows_is_read_in_its_order_and_unranked_rows_come_last() -> None:
    rows: list[Row] = [
        {"id": "1", "tool": "saw", "place": 2},
        {"id": "2", "tool": "file", "place": None},
        {"id": "3", "tool": "axe", "place": 1},
    ]
    walkthrough = open_walk(facts={"tools": ("saw", "axe")}, rows={"ranked": rows})
    assert state_of(walkthrough, "facts.order").answer == ("axe", "saw", "file")


def test_no_date_yet_is_an_answer_that_a_date_replaces() -> None:
    assert state_of(open_walk(facts={"no_day": True}), "facts.day").answer == NONE_YET
    day = date(2026, 11, 22)
    assert state_of(open_walk(facts={"no_day": True, "day": day}), "facts.day").answer == day


def test_a_hidden_question_is_neither_shown_nor_required_nor_heard() -> None:
    hidden = open_walk(facts={"weight": Decimal(9), "price": Decimal(5)})
    assert hidden.state("facts.price") is None
    assert hidden.sight.answer("facts.price") is None
    seen = open_walk(facts={"weight": Decimal(10), "price": Decimal(5)})
    assert counts_of(seen, "facts.price") == (1, 1)


def test_what_the_program_answers_itself_is_not_asked_for() -> None:
    facts = {"colour": "red"}
    assert counts_of(open_walk("standard", facts), "extra.setting") == (0, 0)
    assert counts_of(open_walk("deep", facts), "extra.setting") == (0, 1)


def test_a_table_wants_its_rows_and_every_required_column_in_them() -> None:
    assert counts_of(open_walk(), "items.items") == (0, 2)
    one: Row = {"id": "i", "label": "Kasse", "size": "small"}
    assert counts_of(open_walk(rows={"item": [one]}), "items.items") == (2, 2)
    # The second row, and its price, are wanted from standard depth on.
    assert counts_of(open_walk("standard", rows={"item": [one]}), "items.items") == (2, 5)
    large: Row = {"id": "j", "label": "Skab", "size": "large"}
    walkthrough = open_walk("standard", rows={"item": [one, large]})
    assert counts_of(walkthrough, "items.items") == (4, 6)
    assert state_of(walkthrough, "items.items").missing == (
        Missing("items.items", "reason", "j"),
        Missing("items.items", "price", "j"),
    )


def test_only_rows_that_count_are_counted_towards_the_number_wanted() -> None:
    nameless: Row = {"id": "i", "label": None, "size": "small"}
    assert state_of(open_walk(rows={"item": [nameless]}), "items.items").missing == (
        Missing("items.items", "label", "i"),
        Missing("items.items", "label"),
        Missing("items.items", "size"),
    )


def test_a_reason_for_having_none_lifts_the_table() -> None:
    assert counts_of(open_walk(facts={"why_none": "Ikke endnu"}), "items.items") == (0, 0)


def test_links_between_rows_are_read_with_their_row() -> None:
    items: list[Row] = [{"id": "i"}, {"id": "j"}]
    arrows: list[Row] = [
        {"id": "k", "from_id": "i", "to_id": "j"},
        {"id": "l", "from_id": "i", "to_id": None},
    ]
    rows = open_walk(rows={"item": items, "item_link": arrows}).sight.rows("items.items")
    assert [row["beside"] for row in rows] == [("j",), None]


def test_columns_appear_with_their_depth_and_their_condition() -> None:
    question = every_kind().question("items.items")
    light, deep = open_walk("light"), open_walk("deep")
    assert [column.id for column in shown_columns(question, light.sight, "light")] == [
        "label",
        "size",
        "reason",
    ]
    assert [column.id for column in shown_columns(question, deep.sight, "deep", {"size": "small"})] == [
        "label",
        "size",
        "price",
        "comment",
        "beside",
    ]


def test_a_grid_by_a_list_wants_enough_lines_at_light_and_all_of_them_later() -> None:
    assert state_of(open_walk(), "cards.cards").missing == (Missing("cards.cards", "weight"),)
    side: Row = {"id": "c", "kind": "red", "weight": "1"}
    assert counts_of(open_walk(rows={"card": [side]}), "cards.cards") == (1, 2)
    main: Row = {"id": "c", "kind": "red", "weight": "2"}
    walkthrough = open_walk(rows={"card": [main]})
    assert state_of(walkthrough, "cards.cards").missing == (Missing("cards.cards", "comment", "red"),)
    assert counts_of(open_walk("standard", rows={"card": [main]}), "cards.cards") == (1, 3)


def test_a_key_beyond_the_given_lines_keeps_its_line() -> None:
    stray: Row = {"id": "c", "kind": "blue", "weight": "1"}
    walkthrough = open_walk(rows={"card": [stray]})
    lines = walkthrough.sight.lines(every_kind().question("cards.cards"), "light")
    assert [(line.key, line.row is not None) for line in lines] == [
        ("red", False),
        ("green", False),
        ("blue", True),
    ]


def test_lines_taken_from_another_table_are_required_where_their_source_says_so() -> None:
    cards: list[Row] = [
        {"id": "c", "kind": "red", "weight": "3"},
        {"id": "d", "kind": "green", "weight": "1"},
    ]
    items: list[Row] = [
        {"id": "i", "label": "A", "size": "large"},
        {"id": "j", "label": "B", "size": "small"},
    ]
    walkthrough = open_walk(rows={"card": cards, "item": items})
    assert state_of(walkthrough, "cards.ratings").missing == (Missing("cards.ratings", "grade", "red"),)
    assert state_of(walkthrough, "cards.replies").missing == (Missing("cards.replies", "text", "i"),)
    replied: list[Row] = [{"id": "r", "item_id": "i", "text": "Fint"}]
    walkthrough = open_walk(rows={"card": cards, "item": items, "reply": replied})
    assert counts_of(walkthrough, "cards.replies") == (1, 1)
