"""Walking a guide: what is visible, required, filled and missing, and that moving never loses the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coi_desktop.models.answers import Row, StoredAnswers
from coi_desktop.models.completeness import Completeness, Missing, QuestionState, Status, shown_columns
from coi_desktop.models.guide_answers import NONE_YET
from coi_desktop.models.standing import remark_text
from coi_desktop.models.walkthrough import Walkthrough
from tests.models.guide_cases import VOCABULARY, every_kind

DEPTHS = ("light", "standard", "deep")


def _open(
    depth: str = "light",
    facts: Mapping[str, Any] | None = None,
    rows: Mapping[str, list[Row]] | None = None,
    position: str = "",
) -> Walkthrough:
    answers = StoredAnswers({"study": {"depth": depth}, "facts": facts or {}}, rows or {})
    return Walkthrough.open(every_kind(), answers, position)


def _state(walkthrough: Walkthrough, question_id: str) -> QuestionState:
    state = walkthrough.state(question_id)
    assert state is not None
    return state


def _counts(walkthrough: Walkthrough, question_id: str) -> tuple[int, int]:
    counts = _state(walkthrough, question_id).completeness
    return counts.filled, counts.required


# -------------------------------------------------------------------------- one question


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
    assert _counts(_open(facts=facts), question_id) == (int(filled), 1)


def test_a_text_that_is_too_short_is_missing() -> None:
    short = _open("standard", {"story": "Nitten tegn her, ja"})
    assert _counts(short, "facts.story") == (0, 1)
    assert _counts(_open("standard", {"story": "Tyve tegn her, ja ja"}), "facts.story") == (1, 1)


def test_a_question_not_required_at_this_depth_counts_for_nothing() -> None:
    assert _counts(_open("light", {"story": "x"}), "facts.story") == (0, 0)
    assert _state(_open("light", {"story": "x"}), "facts.story").status is Status.COMPLETE
    assert _state(_open("light"), "facts.story").status is Status.OPTIONAL


def test_a_demand_may_be_lifted_by_another_answer() -> None:
    assert _counts(_open(facts={"agreed": True}), "facts.sealed") == (0, 1)
    assert _counts(_open(facts={"agreed": False}), "facts.sealed") == (0, 0)


def test_a_ranking_over_rows_is_read_in_its_order_and_unranked_rows_come_last() -> None:
    rows: list[Row] = [
        {"id": "1", "tool": "saw", "place": 2},
        {"id": "2", "tool": "file", "place": None},
        {"id": "3", "tool": "axe", "place": 1},
    ]
    walkthrough = _open(facts={"tools": ("saw", "axe")}, rows={"ranked": rows})
    assert _state(walkthrough, "facts.order").answer == ("axe", "saw", "file")


def test_no_date_yet_is_an_answer_that_a_date_replaces() -> None:
    assert _state(_open(facts={"no_day": True}), "facts.day").answer == NONE_YET
    day = date(2026, 11, 22)
    assert _state(_open(facts={"no_day": True, "day": day}), "facts.day").answer == day


def test_a_hidden_question_is_neither_shown_nor_required_nor_heard() -> None:
    hidden = _open(facts={"weight": Decimal(9), "price": Decimal(5)})
    assert hidden.state("facts.price") is None
    assert hidden.sight.answer("facts.price") is None
    seen = _open(facts={"weight": Decimal(10), "price": Decimal(5)})
    assert _counts(seen, "facts.price") == (1, 1)


def test_what_the_program_answers_itself_is_not_asked_for() -> None:
    facts = {"colour": "red"}
    assert _counts(_open("standard", facts), "extra.setting") == (0, 0)
    assert _counts(_open("deep", facts), "extra.setting") == (0, 1)


# -------------------------------------------------------------------------- tables


def test_a_table_wants_its_rows_and_every_required_column_in_them() -> None:
    assert _counts(_open(), "items.items") == (0, 2)
    one: Row = {"id": "i", "label": "Kasse", "size": "small"}
    assert _counts(_open(rows={"item": [one]}), "items.items") == (2, 2)
    # The second row, and its price, are wanted from standard depth on.
    assert _counts(_open("standard", rows={"item": [one]}), "items.items") == (2, 5)
    large: Row = {"id": "j", "label": "Skab", "size": "large"}
    walkthrough = _open("standard", rows={"item": [one, large]})
    assert _counts(walkthrough, "items.items") == (4, 6)
    assert _state(walkthrough, "items.items").missing == (
        Missing("items.items", "reason", "j"),
        Missing("items.items", "price", "j"),
    )


def test_only_rows_that_count_are_counted_towards_the_number_wanted() -> None:
    nameless: Row = {"id": "i", "label": None, "size": "small"}
    assert _state(_open(rows={"item": [nameless]}), "items.items").missing == (
        Missing("items.items", "label", "i"),
        Missing("items.items", "label"),
        Missing("items.items", "size"),
    )


def test_a_reason_for_having_none_lifts_the_table() -> None:
    assert _counts(_open(facts={"why_none": "Ikke endnu"}), "items.items") == (0, 0)


def test_links_between_rows_are_read_with_their_row() -> None:
    items: list[Row] = [{"id": "i"}, {"id": "j"}]
    arrows: list[Row] = [
        {"id": "k", "from_id": "i", "to_id": "j"},
        {"id": "l", "from_id": "i", "to_id": None},
    ]
    rows = _open(rows={"item": items, "item_link": arrows}).sight.rows("items.items")
    assert [row["beside"] for row in rows] == [("j",), None]


def test_columns_appear_with_their_depth_and_their_condition() -> None:
    question = every_kind().question("items.items")
    light, deep = _open("light"), _open("deep")
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
    assert _state(_open(), "cards.cards").missing == (Missing("cards.cards", "weight"),)
    side: Row = {"id": "c", "kind": "red", "weight": "1"}
    assert _counts(_open(rows={"card": [side]}), "cards.cards") == (1, 2)
    main: Row = {"id": "c", "kind": "red", "weight": "2"}
    walkthrough = _open(rows={"card": [main]})
    assert _state(walkthrough, "cards.cards").missing == (Missing("cards.cards", "comment", "red"),)
    assert _counts(_open("standard", rows={"card": [main]}), "cards.cards") == (1, 3)


def test_a_key_beyond_the_given_lines_keeps_its_line() -> None:
    stray: Row = {"id": "c", "kind": "blue", "weight": "1"}
    walkthrough = _open(rows={"card": [stray]})
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
    walkthrough = _open(rows={"card": cards, "item": items})
    assert _state(walkthrough, "cards.ratings").missing == (Missing("cards.ratings", "grade", "red"),)
    assert _state(walkthrough, "cards.replies").missing == (Missing("cards.replies", "text", "i"),)
    replied: list[Row] = [{"id": "r", "item_id": "i", "text": "Fint"}]
    walkthrough = _open(rows={"card": cards, "item": items, "reply": replied})
    assert _counts(walkthrough, "cards.replies") == (1, 1)


# -------------------------------------------------------------------------- screens and steps


def test_the_light_path_and_the_steps_count_the_same() -> None:
    walkthrough = _open(facts={"name": "Bo", "colour": "red"})
    by_screens = Completeness(
        sum(screen.completeness.filled for screen in walkthrough.screens),
        sum(screen.completeness.required for screen in walkthrough.screens),
    )
    assert by_screens == walkthrough.completeness
    assert (
        sum(phase.completeness.required for phase in walkthrough.phases) == walkthrough.completeness.required
    )


def test_a_step_whose_condition_fails_is_not_walked() -> None:
    assert [step.id for step in _open("deep").steps] == ["facts", "items", "cards"]
    assert [step.id for step in _open("deep", {"grade": 4}).steps] == ["facts", "items", "cards", "extra"]
    assert _open("deep").has_screen("extra") is False


def test_minutes_shrink_with_what_is_filled_in_and_end_at_zero() -> None:
    assert _open().minutes_left == 15
    half = {"name": "Bo", "agreed": False, "colour": "blue"}
    assert [screen.minutes_left for screen in _open(facts=half).screens] == [1, 4, 8]
    full = {**half, "tools": ("saw",)}
    assert [screen.minutes_left for screen in _open(facts=full).screens] == [0, 4, 8]


def test_screens_and_phases_tell_their_state() -> None:
    fresh = _open()
    assert [screen.status for screen in fresh.screens] == [Status.EMPTY, Status.EMPTY, Status.EMPTY]
    facts = {"name": "Bo", "agreed": False, "colour": "blue", "tools": ("saw",)}
    done = _open(facts=facts)
    assert [screen.status for screen in done.screens] == [Status.COMPLETE, Status.EMPTY, Status.EMPTY]
    assert [phase.status for phase in done.phases] == [Status.STARTED, Status.EMPTY]
    assert done.phases[0].screens[0].id == "first"


def test_a_broken_rule_keeps_a_complete_step_from_being_done() -> None:
    small: list[Row] = [
        {"id": "i", "label": "A", "size": "small"},
        {"id": "j", "label": "B", "size": "small"},
    ]
    light = _open("light", rows={"item": small})
    assert light.broken == ()
    standard = _open("standard", {"agreed": True}, {"item": small})
    items = standard.steps[1]
    assert not items.completeness.missing
    assert items.status is Status.STARTED
    assert [remark.check_id for remark in standard.broken] == ["items.one_large"]
    assert remark_text(every_kind(), standard.broken[0], VOCABULARY, "da") == "Mindst én stor."


def test_warnings_speak_while_their_condition_holds_and_block_nothing() -> None:
    small: list[Row] = [
        {"id": "i", "label": "A", "size": "small"},
        {"id": "j", "label": "B", "size": "small"},
    ]
    assert [remark.check_id for remark in _open(rows={"item": small}).warnings] == ["items.many_small"]
    assert _open(facts={"agreed": True}, rows={"item": small}).warnings == ()


def test_a_rule_function_gets_the_limit_of_the_depth_and_names_are_said_in_words() -> None:
    cards: list[Row] = [{"id": "c", "kind": "red", "weight": None}]
    facts = {"colour": "red"}
    assert _open("light", facts, {"card": cards}).warnings == ()
    (remark,) = _open("standard", facts, {"card": cards}).warnings
    assert (remark.question_id, remark.names) == ("extra.reason", ("red",))
    assert remark_text(every_kind(), remark, VOCABULARY, "da") == "Uden vægt: Rød"
    assert remark_text(every_kind(), remark, VOCABULARY, "en") == "Without weight: Red"
    assert _open("deep", facts, {"card": cards}).warnings == ()


def _complete() -> tuple[dict[str, Any], dict[str, list[Row]]]:
    facts = {
        "name": "Bo", "story": "En lang nok historie om en kasse", "agreed": True, "sealed": True,
        "colour": "red", "tools": ("saw", "axe"), "favourites": ("saw",), "grade": 5, "mood": "good",
        "weight": Decimal(12), "price": Decimal(30), "pieces": 3, "no_day": True,
        "from_day": date(2026, 1, 1), "to_day": date(2026, 6, 30), "reason": "Fordi",
    }  # fmt: skip
    rows: dict[str, list[Row]] = {
        "ranked": [{"id": "r", "tool": "axe", "place": 1}],
        "item": [
            {"id": "i", "label": "A", "size": "large", "reason": "Plads", "price": Decimal(3)},
            {"id": "j", "label": "B", "size": "small"},
        ],
        "card": [
            {"id": "c", "kind": "red", "weight": "2", "comment": "Ja"},
            {"id": "d", "kind": "green", "weight": "unknown"},
        ],
        "rating": [{"id": "e", "kind": "red", "grade": -2}],
        "reply": [{"id": "f", "item_id": "i", "text": "Fint"}],
    }
    return facts, rows


@pytest.mark.parametrize("depth", DEPTHS)
def test_everything_filled_in_may_finish(depth: str) -> None:
    facts, rows = _complete()
    answers = StoredAnswers({"study": {"depth": depth, "setting": "blue"}, "facts": facts}, rows)
    walkthrough = Walkthrough.open(every_kind(), answers)
    assert walkthrough.missing == ()
    assert walkthrough.may_finish
    assert walkthrough.completeness.share == 1.0
    assert walkthrough.minutes_left == 0
    assert walkthrough.position == walkthrough.screens[-1].id


# -------------------------------------------------------------------------- moving


def test_an_evaluation_opens_where_it_was_left_or_where_something_is_missing() -> None:
    assert _open(position="tables").position == "tables"
    assert _open(position="a screen of an older guide").position == "first"
    facts = {"name": "Bo", "agreed": False, "colour": "blue", "tools": ("saw",)}
    assert _open(facts=facts).position == "numbers"


def test_moving_stops_at_both_ends() -> None:
    walkthrough = _open(position="first")
    assert walkthrough.is_first
    assert walkthrough.back().position == "first"
    last = walkthrough.forward().forward()
    assert last.position == "tables"
    assert last.is_last
    assert last.forward().position == "tables"
    assert last.current.number == 3


def test_jumping_to_a_screen_or_a_question() -> None:
    walkthrough = _open()
    assert walkthrough.jump("tables").position == "tables"
    assert walkthrough.jump_to_question("facts.mood").position == "numbers"
    with pytest.raises(KeyError):
        walkthrough.jump("extra")
    with pytest.raises(KeyError):
        walkthrough.jump_to_question("extra.reason")


def test_choosing_another_depth_stays_with_the_same_questions_and_moves_no_answer() -> None:
    facts, rows = _complete()
    walkthrough = _open("light", facts, rows, "tables")
    deeper = walkthrough.with_answers(StoredAnswers({"study": {"depth": "deep"}, "facts": facts}, rows))
    assert (deeper.depth, deeper.position) == ("deep", "items")
    back = deeper.with_answers(StoredAnswers({"study": {"depth": "light"}, "facts": facts}, rows))
    assert (back.depth, back.position) == ("light", "tables")
    for question_id in every_kind().by_id:
        assert deeper.sight.answer(question_id) == walkthrough.sight.answer(question_id)


def test_a_depth_that_is_not_chosen_or_not_known_is_walked_as_the_first() -> None:
    for depth in (None, "", "unknown", 3):
        answers = StoredAnswers({"study": {"depth": depth}}, {})
        assert Walkthrough.open(every_kind(), answers).depth == "light"


# -------------------------------------------------------------------------- properties

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
    expected = _open(depth, facts, rows)

    def answer_fact(name: str) -> Callable[[], None]:
        return lambda: so_far.update({name: facts[name]})

    def answer_table(name: str) -> Callable[[], None]:
        return lambda: tables.update({name: rows[name]})

    so_far: dict[str, Any] = {}
    tables: dict[str, list[Row]] = {}
    acts = [*map(answer_fact, facts), *map(answer_table, rows)]
    random.shuffle(acts)
    walkthrough = _open(depth)
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
    for screen in _open(*sheet).screens:
        here = _open(*sheet, position=screen.id)
        assert here.is_last or here.forward().back().position == screen.id
        assert here.is_first or here.back().forward().position == screen.id


@settings(max_examples=60, deadline=None)
@given(SHEETS)
def test_every_required_visible_question_is_reached_going_forward(
    sheet: tuple[str, dict[str, Any], dict[str, list[Row]]],
) -> None:
    walkthrough = _open(*sheet, position=_open(*sheet).screens[0].id)
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
    walkthrough = _open(*sheet)
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
    missing = [set(_open(depth, facts, rows).missing) for depth in DEPTHS]
    assert missing[0] <= missing[1] <= missing[2]
