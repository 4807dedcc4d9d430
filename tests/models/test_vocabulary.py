from __future__ import annotations

import pytest

from coi_desktop import resources
from coi_desktop.i18n import speaking
from coi_desktop.models import palette
from coi_desktop.models.fields import Kind
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.vocabulary import (
    COLOURS,
    DERIVED_LISTS,
    UNKNOWN,
    Vocabulary,
    VocabularyError,
    parse_vocabulary,
)

FOLDER = "catalogue/values"


def _shipped() -> Vocabulary:
    return Vocabulary(
        parse_vocabulary({file: resources.read_toml(file) for file in resources.find_files(FOLDER, ".toml")})
    )


def test_words_come_in_the_language_asked_for_or_spoken() -> None:
    vocabulary = _shipped()
    assert vocabulary.label("stage", "operating", "en") == "In operation"
    with speaking("da"):
        assert vocabulary.label("stage", "operating") == "I drift"


def test_keys_keep_the_order_of_the_file() -> None:
    assert _shipped().keys("stage") == (
        "idea", "trial", "implemented", "operating", "spreading", "stopped",
    )  # fmt: skip


def test_not_known_yet_has_words_in_every_list_but_is_a_key_only_where_it_is_named() -> None:
    vocabulary = _shipped()
    assert vocabulary.label("stage", UNKNOWN, "da") == "Ved ikke endnu"
    assert not vocabulary.has("stage", UNKNOWN)
    assert vocabulary.has("short_answer", UNKNOWN)
    assert vocabulary.label("reuse_degree", UNKNOWN, "da") == "Ved ikke"


def test_a_key_from_another_version_is_shown_as_it_is_and_a_list_that_is_missing_is_a_mistake() -> None:
    vocabulary = _shipped()
    assert vocabulary.label("initiative.phase", "pilot_2030", "da") == "pilot_2030"
    with pytest.raises(KeyError):
        vocabulary.label("initiative.faze", "idea")
    assert not vocabulary.has_list("initiative.faze")


def test_lists_beyond_the_first_are_read_once_and_only_when_one_of_them_is_asked_for() -> None:
    asked = []

    def more() -> dict:
        asked.append(1)
        return dict(parse_vocabulary({"more.toml": {"depth": {"light": ["Let", "Light"]}}}))

    vocabulary = Vocabulary(parse_vocabulary({"a.toml": {"stage": {"idea": ["Idé", "Idea"]}}}), more)
    assert vocabulary.label("stage", "idea", "da") == "Idé"
    assert asked == []
    assert vocabulary.label("depth", "light", "da") == "Let"
    assert vocabulary.names() == ("stage", "depth")
    assert asked == [1]


@pytest.mark.parametrize(
    ("files", "place"),
    [
        ({"a.toml": {"x": {"k": ["Én"]}}}, "a.toml: [x] k"),
        ({"a.toml": {"x": {"k": "Én"}}}, "a.toml: [x] k"),
        ({"a.toml": {"x": {"k": ["Én", ""]}}}, "a.toml: [x] k"),
        ({"a.toml": {"x": {"k": ["Én ", "One"]}}}, "a.toml: [x] k"),
        ({"a.toml": {"x": {"k": ["Én", 1]}}}, "a.toml: [x] k"),
        ({"a.toml": {"x": {"K": ["Én", "One"]}}}, "a.toml: [x] K"),
        ({"a.toml": {"x": {"k": ["Én", "One"], "l": ["To", "One"]}}}, "a.toml: [x] l"),
        ({"a.toml": {"x": {}}}, "a.toml: [x]"),
        ({"a.toml": {"x": ["k"]}}, "a.toml: [x]"),
        ({"a.toml": {"X y": {"k": ["Én", "One"]}}}, "a.toml: [X y]"),
        (
            {"a.toml": {"x": {"k": ["Én", "One"]}}, "b.toml": {"x": {"k": ["Én", "One"]}}},
            "b.toml: [x] is defined twice",
        ),
    ],
)
def test_a_mistake_in_a_value_list_names_file_and_place(files: dict, place: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        parse_vocabulary(files)
    assert str(caught.value).startswith(place)


def test_every_choice_of_a_record_type_has_its_list() -> None:
    vocabulary = _shipped()
    missing = {
        f"{record_type.name}.{field.name}: {field.values}"
        for record_type in RECORD_TYPES.values()
        for field in record_type.fields
        if field.kind in (Kind.CHOICE, Kind.CHOICES, Kind.RANK) and not vocabulary.has_list(field.values)
    }
    assert not missing


def test_every_list_is_used_by_a_field_or_names_what_is_derived() -> None:
    used = {field.values for record_type in RECORD_TYPES.values() for field in record_type.fields}
    assert not set(_shipped().names()) - used - DERIVED_LISTS


def test_a_key_may_have_a_colour_and_be_off_until_it_is_wanted() -> None:
    sky = {"day": ["Dag", "Day", "first"], "night": ["Nat", "Night", "off"]}
    lists = parse_vocabulary({"x.toml": {"sky": sky}})
    words = Vocabulary(lists)
    assert (words.colour("sky", "day"), words.colour("sky", "night")) == ("first", "")
    assert (words.keys("sky"), words.known_keys("sky")) == (("day",), ("day", "night"))


@pytest.mark.parametrize("behind", [["pink"], ["off", "first"], ["first", "second"], [1]])
def test_what_stands_behind_the_words_is_a_colour_or_off(behind: list[object]) -> None:
    with pytest.raises(VocabularyError, match=r"x\.toml: \[sky\] day"):
        parse_vocabulary({"x.toml": {"sky": {"day": ["Dag", "Day", *behind]}}})


def test_the_colours_of_keys_are_those_of_the_palette() -> None:
    assert set(COLOURS) <= set(palette.COLOURS)
