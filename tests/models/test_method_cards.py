"""Method cards: six headings for every method, in both languages, with a unit's own estimates in place."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.i18n import LANGUAGES, speaking
from coi_desktop.models.guide import GuideError
from coi_desktop.models.method_cards import HEADINGS, MethodCards, cards_file, parse_method_cards
from coi_desktop.models.records import Record
from coi_desktop.operations.library import method_cards, vocabulary


@pytest.fixture
def texts() -> dict[str, dict[str, Any]]:
    folder = "guides/evaluation"
    return {
        language: copy.deepcopy(dict(resources.read_toml(f"{folder}/{cards_file(language)}")))
        for language in LANGUAGES
    }


def test_every_method_has_a_card_with_six_headings_in_both_languages() -> None:
    cards = method_cards()
    for language in LANGUAGES:
        assert tuple(cards.by_language[language]) == vocabulary().keys("method")
        with speaking(language):
            for method in vocabulary().keys("method"):
                parts = cards.card(method).parts()
                assert len(parts) == 6
                assert all(heading and text for heading, text in parts)
    assert len(vocabulary().keys("method")) == 21


def test_the_headings_are_those_of_the_guide_and_estimates_say_what_they_are() -> None:
    with speaking("da"):
        parts = dict(method_cards().card("survey").parts())
    assert list(parts) == [
        "Kort om metoden", "God til", "Vær opmærksom på", "Datatype", "Ressourceforbrug", "Tid til resultat",
    ]  # fmt: skip
    assert parts["Ressourceforbrug"] == "15–40 timer (vejledende)"
    assert parts["Tid til resultat"] == "3–6 uger (vejledende)"


def test_an_own_estimate_takes_the_place_of_the_delivered_one_in_every_language() -> None:
    own = Record("method_estimate", "e1", {"method": "survey", "hours": "60 hos os", "time": None})
    cards = method_cards().with_estimates([own])
    for language in LANGUAGES:
        with speaking(language):
            card = cards.card("survey")
            assert (card.hours, card.is_own) == ("60 hos os", True)
            assert card.time == method_cards().card("survey").time
            assert "(" not in dict(card.parts())[card.parts()[4][0]]
    assert not cards.card("interview").is_own


def test_an_estimate_of_a_method_that_is_gone_changes_nothing() -> None:
    gone = Record("method_estimate", "e1", {"method": "horoscope", "hours": "1", "time": "1"})
    assert method_cards().with_estimates([gone]) == MethodCards(dict(method_cards().by_language))


@pytest.mark.parametrize("field", list(HEADINGS))
def test_a_missing_heading_is_named_with_its_file(texts: dict[str, dict[str, Any]], field: str) -> None:
    del texts["en"]["count"][field]
    with pytest.raises(GuideError, match=rf"cards\.en\.toml: count {field}: missing"):
        parse_method_cards(texts, vocabulary())


def test_a_card_without_a_method_is_named(texts: dict[str, dict[str, Any]]) -> None:
    texts["da"]["horoscope"] = texts["da"]["count"]
    with pytest.raises(GuideError, match=r"cards\.da\.toml: horoscope: unknown key"):
        parse_method_cards(texts, vocabulary())
