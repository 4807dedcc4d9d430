"""Kinds of value as a unit calls, orders and colours them; keys stay, the local one is off until wanted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.errors import Problem
from coi_desktop.models.evaluation_charts import value_profile_chart
from coi_desktop.models.evaluation_figures import VALUE_KINDS
from coi_desktop.operations import choices
from coi_desktop.operations.answering import answer, answer_line
from coi_desktop.operations.charts import find_charts
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.operations.library import guide, vocabulary, words_of
from coi_desktop.store.register import Register

KIND = "value_kind"
FIVE = ("quality", "efficiency", "citizen", "employee", "political")


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as register:
        yield register


@pytest.fixture
def evaluation_id(register: Register) -> str:
    return start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg"}))


def _lines(loaded: LoadedEvaluation, question_id: str = "value.cards") -> list[str]:
    question = loaded.guide.question(question_id)
    return [line.key for line in loaded.walkthrough.sight.lines(question, "standard")]


def test_five_kinds_are_offered_and_the_local_one_is_off() -> None:
    assert vocabulary().keys(KIND) == FIVE
    assert vocabulary().known_keys(KIND) == VALUE_KINDS
    assert guide().question("value.cards").line_keys == FIVE


def test_the_local_kind_put_on_is_offered_by_its_own_name_and_asked_for(
    register: Register, evaluation_id: str
) -> None:
    assert _lines(load_evaluation(register, evaluation_id)) == list(FIVE)
    choices.rename_choice(register, KIND, "local1", "Klima", "Climate")
    assert _lines(load_evaluation(register, evaluation_id)) == list(FIVE)
    choices.retire_choice(register, KIND, "local1", retired=False)
    assert words_of(register).keys(KIND) == (*FIVE, "local1")
    for question_id in ("value.cards", "judge.ratings"):
        assert _lines(load_evaluation(register, evaluation_id), question_id) == [*FIVE, "local1"]
    register.undo()
    assert words_of(register).keys(KIND) == FIVE
    assert words_of(register).label(KIND, "local1") == "Klima"


def test_what_was_said_of_the_local_kind_stays_when_it_is_put_off(
    register: Register, evaluation_id: str
) -> None:
    choices.retire_choice(register, KIND, "local1", retired=False)
    answer_line(register, evaluation_id, "value.cards", "local1", "importance", "3")
    choices.retire_choice(register, KIND, "local1")
    assert _lines(load_evaluation(register, evaluation_id)) == [*FIVE, "local1"]


def test_order_and_names_are_followed_by_guide_figures_and_charts(
    register: Register, evaluation_id: str
) -> None:
    for kind in ("quality", "employee"):
        answer_line(register, evaluation_id, "value.cards", kind, "importance", "3")
        answer_line(register, evaluation_id, "value.cards", kind, "expected", "1")
    choices.move_choice(register, KIND, "employee", 0)
    choices.rename_choice(register, KIND, "employee", "Arbejdsglæde hos os")
    loaded = load_evaluation(register, evaluation_id)
    assert _lines(loaded)[:2] == ["employee", "quality"]
    assert [value.kind for value in loaded.figures.values] == ["employee", "quality"]
    chart = value_profile_chart(loaded.figures, loaded.words)
    assert chart is not None
    assert chart.categories == ("Arbejdsglæde hos os", "Kvalitet")
    (drawn,) = [one for one in find_charts(register, loaded.initiative.id) if one.kind == chart.kind]
    assert drawn.categories == chart.categories


def test_keys_are_neither_added_nor_retired(register: Register) -> None:
    with pytest.raises(Problem) as added:
        choices.add_choice(register, KIND, "Klima")
    with pytest.raises(Problem) as retired:
        choices.retire_choice(register, KIND, "quality")
    assert {added.value.code, retired.value.code} == {"fixed_list"}
    assert words_of(register).keys(KIND) == FIVE


def test_a_colour_is_set_with_the_words_in_one_step_and_taken_back(register: Register) -> None:
    delivered = words_of(register).colour(KIND, "quality")
    assert choices.rename_choice(register, KIND, "quality", "Kvalitet", "Quality", colour="#767676") is True
    assert words_of(register).colour(KIND, "quality") == "#767676"
    assert choices.rename_choice(register, KIND, "quality", "Kvalitet", "Quality", colour="") is True
    assert words_of(register).colour(KIND, "quality") == delivered
    register.undo()
    register.undo()
    assert words_of(register).colour(KIND, "quality") == delivered


@pytest.mark.parametrize("colour", ["blå", "#12", "#zzzzzz", "#ffffff", "#000000", "#ffff00", "#1b1f26"])
def test_a_colour_that_cannot_be_seen_everywhere_is_refused(register: Register, colour: str) -> None:
    with pytest.raises(Problem) as refused:
        choices.rename_choice(register, KIND, "quality", "Kvalitet", colour=colour)
    assert refused.value.code == "bad_colour"
    assert register.count("choice_value") == 0


def test_every_kind_has_a_colour_of_its_own() -> None:
    colours = [vocabulary().colour(KIND, kind) for kind in VALUE_KINDS]
    assert all(colours)
    assert len(set(colours)) == len(colours)


def test_an_open_answer_keeps_its_place_when_the_lists_change(register: Register, evaluation_id: str) -> None:
    answer(register, evaluation_id, "theory.if_we", "mødes hver morgen")
    choices.move_choice(register, KIND, "political", 0)
    loaded = load_evaluation(register, evaluation_id)
    assert loaded.answers.single("theory")["if_we"] == "mødes hver morgen"
    assert loaded.guide is load_evaluation(register, evaluation_id).guide
