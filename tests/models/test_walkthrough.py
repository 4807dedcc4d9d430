"""Walking a guide: its screens, steps and phases, what they still lack, and moving between them."""

from __future__ import annotations

import pytest

from coi_desktop.models.answers import Row, StoredAnswers
from coi_desktop.models.completeness import Completeness, Status
from coi_desktop.models.standing import remark_text
from coi_desktop.models.walkthrough import Walkthrough
from tests.models.guide_cases import VOCABULARY, every_kind
from tests.models.walks import DEPTHS, complete_answers, open_walk


def test_the_light_path_and_the_steps_count_the_same() -> None:
    walkthrough = open_walk(facts={"name": "Bo", "colour": "red"})
    by_screens = Completeness(
        sum(screen.completeness.filled for screen in walkthrough.screens),
        sum(screen.completeness.required for screen in walkthrough.screens),
    )
    assert by_screens == walkthrough.completeness
    assert (
        sum(phase.completeness.required for phase in walkthrough.phases) == walkthrough.completeness.required
    )


def test_a_step_whose_condition_fails_is_not_walked() -> None:
    assert [step.id for step in open_walk("deep").steps] == ["facts", "items", "cards"]
    assert [step.id for step in open_walk("deep", {"grade": 4}).steps] == ["facts", "items", "cards", "extra"]
    assert open_walk("deep").has_screen("extra") is False


def test_minutes_shrink_with_what_is_filled_in_and_end_at_zero() -> None:
    assert open_walk().minutes_left == 15
    half = {"name": "Bo", "agreed": False, "colour": "blue"}
    assert [screen.minutes_left for screen in open_walk(facts=half).screens] == [1, 4, 8]
    full = {**half, "tools": ("saw",)}
    assert [screen.minutes_left for screen in open_walk(facts=full).screens] == [0, 4, 8]


def test_screens_and_phases_tell_their_state() -> None:
    fresh = open_walk()
    assert [screen.status for screen in fresh.screens] == [Status.EMPTY, Status.EMPTY, Status.EMPTY]
    facts = {"name": "Bo", "agreed": False, "colour": "blue", "tools": ("saw",)}
    done = open_walk(facts=facts)
    assert [screen.status for screen in done.screens] == [Status.COMPLETE, Status.EMPTY, Status.EMPTY]
    assert [phase.status for phase in done.phases] == [Status.STARTED, Status.EMPTY]
    assert done.phases[0].screens[0].id == "first"


def test_a_broken_rule_keeps_a_complete_step_from_being_done() -> None:
    small: list[Row] = [
        {"id": "i", "label": "A", "size": "small"},
        {"id": "j", "label": "B", "size": "small"},
    ]
    light = open_walk("light", rows={"item": small})
    assert light.broken == ()
    standard = open_walk("standard", {"agreed": True}, {"item": small})
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
    assert [remark.check_id for remark in open_walk(rows={"item": small}).warnings] == ["items.many_small"]
    assert open_walk(facts={"agreed": True}, rows={"item": small}).warnings == ()


def test_a_rule_function_gets_the_limit_of_the_depth_and_names_are_said_in_words() -> None:
    cards: list[Row] = [{"id": "c", "kind": "red", "weight": None}]
    facts = {"colour": "red"}
    assert open_walk("light", facts, {"card": cards}).warnings == ()
    (remark,) = open_walk("standard", facts, {"card": cards}).warnings
    assert (remark.question_id, remark.names) == ("extra.reason", ("red",))
    assert remark_text(every_kind(), remark, VOCABULARY, "da") == "Uden vægt: Rød"
    assert remark_text(every_kind(), remark, VOCABULARY, "en") == "Without weight: Red"
    assert open_walk("deep", facts, {"card": cards}).warnings == ()


@pytest.mark.parametrize("depth", DEPTHS)
def test_everything_filled_in_may_finish(depth: str) -> None:
    facts, rows = complete_answers()
    answers = StoredAnswers({"study": {"depth": depth, "setting": "blue"}, "facts": facts}, rows)
    walkthrough = Walkthrough.open(every_kind(), answers)
    assert walkthrough.missing == ()
    assert walkthrough.may_finish
    assert walkthrough.completeness.share == 1.0
    assert walkthrough.minutes_left == 0
    assert walkthrough.position == walkthrough.screens[-1].id


def test_an_evaluation_opens_where_it_was_left_or_where_something_is_missing() -> None:
    assert open_walk(position="tables").position == "tables"
    assert open_walk(position="a screen of an older guide").position == "first"
    facts = {"name": "Bo", "agreed": False, "colour": "blue", "tools": ("saw",)}
    assert open_walk(facts=facts).position == "numbers"


def test_moving_stops_at_both_ends() -> None:
    walkthrough = open_walk(position="first")
    assert walkthrough.is_first
    assert walkthrough.back().position == "first"
    last = walkthrough.forward().forward()
    assert last.position == "tables"
    assert last.is_last
    assert last.forward().position == "tables"
    assert last.current.number == 3


def test_jumping_to_a_screen_or_a_question() -> None:
    walkthrough = open_walk()
    assert walkthrough.jump("tables").position == "tables"
    assert walkthrough.jump_to_question("facts.mood").position == "numbers"
    with pytest.raises(KeyError):
        walkthrough.jump("extra")
    with pytest.raises(KeyError):
        walkthrough.jump_to_question("extra.reason")


def test_choosing_another_depth_stays_with_the_same_questions_and_moves_no_answer() -> None:
    facts, rows = complete_answers()
    walkthrough = open_walk("light", facts, rows, "tables")
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
