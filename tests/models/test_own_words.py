"""A unit's own words stand above the delivered ones; no key that was ever used loses its words."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.keys import free_key
from coi_desktop.models.own_words import PHASES, unit_lists
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.models.vocabulary import (
    Vocabulary,
    VocabularyError,
    parse_editable_lists,
    parse_vocabulary,
)

DELIVERED = Vocabulary(
    parse_vocabulary(
        {
            "a.toml": {
                "initiative.field": {"health": ["Sundhed", "Health"], "school": ["Skole", "School"]},
                "initiative.phase": {"idea": ["Idé", "Idea"], "operate": ["Drift", "Operation"]},
                "stage": {"trial": ["Afprøvning", "Trial"]},
                "unknown": {"unknown": ["Ved ikke endnu", "Not known yet"]},
            }
        }
    )
)


def record(type_name: str, record_id: str = "1", **values: Value) -> Record:
    whole: Mapping[str, Value] = {field.name: None for field in record_type(type_name).fields}
    return Record(type_name, record_id, {**whole, **values})


def choice(list_name: str, key: str, da: str, **values: Value) -> Record:
    return record("choice_value", list=list_name, key=key, da=da, **values)


def overlaid(
    *choices: Record, own_fields: tuple[Record, ...] = (), phases: tuple[Record, ...] = ()
) -> Vocabulary:
    lists = unit_lists(DELIVERED, ("initiative.field",), own_fields, choices, phases)
    return DELIVERED.below(lambda: lists)


def test_without_own_records_the_words_are_the_delivered_ones() -> None:
    words = overlaid()
    assert words.keys("initiative.field") == ("health", "school")
    assert words.names() == DELIVERED.names()


def test_a_record_with_a_delivered_key_renames_it_in_its_place() -> None:
    words = overlaid(choice("initiative.field", "health", "Sundhed og omsorg", en="Health and care"))
    assert words.keys("initiative.field") == ("health", "school")
    assert words.label("initiative.field", "health", "da") == "Sundhed og omsorg"
    assert words.label("initiative.field", "health", "en") == "Health and care"
    assert words.label("initiative.field", "school", "da") == "Skole"


def test_own_choices_stand_last_and_speak_danish_where_they_have_no_english() -> None:
    words = overlaid(choice("initiative.field", "havn", "Havn"))
    assert words.keys("initiative.field") == ("health", "school", "havn")
    with speaking("en"):
        assert words.label("initiative.field", "havn") == "Havn"


def test_a_retired_choice_is_shown_and_no_longer_offered() -> None:
    words = overlaid(choice("initiative.field", "health", "Sundhed", retired=True))
    assert words.keys("initiative.field") == ("school",)
    assert words.known_keys("initiative.field") == ("health", "school")
    assert words.label("initiative.field", "health", "da") == "Sundhed"
    assert words.has("initiative.field", "health")
    assert not words.is_offered("initiative.field", "health")


def test_places_give_the_order() -> None:
    words = overlaid(
        choice("initiative.field", "school", "Skole", place=0),
        choice("initiative.field", "havn", "Havn", place=1),
        choice("initiative.field", "health", "Sundhed", place=2),
    )
    assert words.keys("initiative.field") == ("school", "havn", "health")


def test_a_list_that_no_unit_may_change_stays_as_delivered() -> None:
    words = overlaid(choice("stage", "trial", "Leg"), choice("made.up", "x", "X"))
    assert words.label("stage", "trial", "da") == "Afprøvning"
    assert not words.has_list("made.up")


def test_own_choice_fields_have_lists_also_while_they_are_empty() -> None:
    fields = (
        record("own_field", "abcdef01-2345", da="Udvalg", kind="choice"),
        record("own_field", "99999999-2345", da="Dato", kind="date"),
    )
    assert overlaid(own_fields=fields).keys("own_abcdef01") == ()
    assert not overlaid(own_fields=fields).has_list("own_99999999")
    words = overlaid(choice("own_abcdef01", "kultur", "Kulturudvalget"), own_fields=fields)
    assert words.label("own_abcdef01", "kultur") == "Kulturudvalget"
    assert "own_abcdef01" in words.names()


def test_own_phases_take_the_place_of_the_delivered_ones_which_keep_their_words() -> None:
    phases = (
        record("phase", key="late", da="Sidst", place=1),
        record("phase", key="idea", da="Begyndelse", en="Beginning", place=0),
    )
    words = overlaid(phases=phases)
    assert words.keys(PHASES) == ("idea", "late")
    assert words.label(PHASES, "idea", "en") == "Beginning"
    assert words.label(PHASES, "operate", "da") == "Drift"
    assert not words.is_offered(PHASES, "operate")


def test_the_words_follow_what_is_put_above_them() -> None:
    choices: list[Record] = []
    words = DELIVERED.below(lambda: unit_lists(DELIVERED, ("initiative.field",), (), choices, ()))
    choices.append(choice("initiative.field", "havn", "Havn"))
    assert words.has("initiative.field", "havn")


@pytest.mark.parametrize(
    ("name", "taken", "key"),
    [
        ("Kultur og fritid", (), "kultur_og_fritid"),
        ("Ældre", (), "aeldre"),
        ("Ældre", ("aeldre",), "aeldre_2"),
        ("Ældre", ("aeldre", "aeldre_2"), "aeldre_3"),
        ("…", (), "value"),
    ],
)
def test_keys_are_readable_and_free(name: str, taken: tuple[str, ...], key: str) -> None:
    assert free_key(name, taken) == key


@pytest.mark.parametrize(
    "table",
    [
        {},
        {"lists": ["stage"]},
        {"lists": "stage", "fixed": []},
        {"lists": ["stage", "stage"], "fixed": []},
        {"lists": ["nowhere"], "fixed": []},
        {"lists": [1], "fixed": []},
        {"lists": ["stage"], "fixed": ["value_kind"]},
    ],
)
def test_mistakes_in_the_file_of_editable_lists_are_named(table: dict[str, object]) -> None:
    with pytest.raises(VocabularyError, match=r"editable\.toml"):
        parse_editable_lists(table, DELIVERED)


def test_the_choices_of_a_removed_field_keep_their_words_and_of_an_undone_one_show_their_keys() -> None:
    words = overlaid(choice("own_abcdef01", "kultur", "Kulturudvalget"))
    assert words.label("own_abcdef01", "kultur") == "Kulturudvalget"
    assert words.label("own_99999999", "kultur") == "kultur"
    assert not words.has_list("own_99999999")
