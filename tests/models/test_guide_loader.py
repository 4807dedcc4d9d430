"""A guide is read whole: kinds of questions, places, conditions, paths and screens."""

from __future__ import annotations

from coi_desktop.models.conditions import AllOf, AnyOf, AtLeast, Count, Not, OneOf
from coi_desktop.models.guide import Place, QuestionKind
from tests.models.guide_cases import every_kind


def test_every_kind_of_question_is_read() -> None:
    guide = every_kind()
    asked = {question.kind for question in guide.by_id.values()}
    columns = {column.kind for question in guide.by_id.values() for column in question.columns}
    assert asked | columns == set(QuestionKind)


def test_places_value_lists_and_bounds_come_from_the_record_types() -> None:
    guide = every_kind()
    weight = guide.question("facts.weight")
    assert (weight.place, weight.unit_da, weight.unknown) == (Place("facts", "weight"), "kg", False)
    assert guide.question("facts.name").limit == 200
    assert (guide.question("facts.colour").values, guide.question("facts.colour").unknown) == ("colour", True)
    assert not guide.question("facts.mood").unknown
    assert (guide.question("facts.grade").lowest, guide.question("facts.grade").highest) == (1, 5)
    assert guide.question("facts.day").none_yet == Place("facts", "no_day")
    assert guide.question("facts.period").until == Place("facts", "to_day")
    beside = guide.question("items.items").column("beside")
    assert (beside.link, beside.link_parent) == (Place("item_link", "to_id"), "from_id")
    assert beside.rows_of == "items.items"
    assert guide.question("items.notes").column("item_id").rows_of == "items.items"
    assert guide.question("cards.cards").line_keys == ("red", "green")
    assert guide.question("cards.ratings").line_keys == ("red", "green", "blue")


def test_conditions_of_every_form_are_read() -> None:
    guide = every_kind()
    assert guide.step("extra").when == AnyOf(
        (OneOf("facts.colour", ("red", "green")), AtLeast("facts.grade", 4))
    )
    small = Count("items.items", 2, OneOf("size", ("small",)))
    assert guide.step("items").warnings[0].condition == AllOf((small, Not(OneOf("facts.agreed", (True,)))))


def test_a_path_without_screens_shows_every_step_on_a_screen_of_its_own() -> None:
    guide = every_kind()
    assert [screen.id for screen in guide.path("deep").screens] == ["facts", "items", "cards", "extra"]
    assert guide.path("no such depth").depth == "light"


def test_a_screen_has_its_own_words_on_a_path_of_screens_and_the_steps_words_else() -> None:
    guide = every_kind()
    assert guide.screen_words(guide.path("light"), "first", "da").title == "Først"
    assert guide.screen_words(guide.path("deep"), "facts", "en").title == "Facts"


def test_limits_hold_from_their_depth_on() -> None:
    limits = every_kind().step("extra").warnings[0].limits
    guide = every_kind()
    assert [guide.at_depth(limits, depth) for depth in guide.depths] == [None, 1, 2]


def test_a_screen_of_one_step_folds_what_only_a_deeper_path_requires() -> None:
    guide = every_kind()
    for path in guide.paths[1:]:
        for screen in path.screens:
            later = guide.depths[guide.depths.index(path.depth) + 1 :]
            folded = [one.id for one in guide.step(screen.id).questions if one.required in later]
            assert list(screen.folded) == (folded if screen.questions and folded else [])
            assert screen.questions
