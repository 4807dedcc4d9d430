"""The Danish of guide, cards, suggestions, banks and help: easy, plain, and in the words of the field."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from coi_desktop.models.guide import Guide
from coi_desktop.models.guide_words import GuideWords
from coi_desktop.models.help_pages import readability
from coi_desktop.operations.help import read_chapters, read_page
from coi_desktop.operations.library import (
    guide,
    indicator_catalogue,
    method_cards,
    method_rules,
    question_bank,
    vocabulary,
)
from coi_desktop.ui.shortcut_list import SHORTCUTS

WORDS = Path(__file__).resolve().parent.parent / "data" / "words"

#: No more than an easy text (Björnsson). Texts of fewer words than these say too little to be counted.
MOST, FEWEST_WORDS = 40, 8
MOST_SENTENCES = 3

_SENTENCE = re.compile(r"[.!?](?=\s+[A-ZÆØÅ0-9\"”]|\s*$)")

Texts = dict[str, str]


def _guide_texts(language: str) -> Iterator[tuple[str, str]]:
    words: GuideWords = guide("evaluation").words(language)
    for phase, found in words.phases.items():
        yield f"phase {phase}", found.why
    for places in (words.steps, words.screens):
        for place, help_words in places.items():
            yield f"{place} why", help_words.why
            yield f"{place} example", help_words.example
    yield from ((f"check {name}", sentence) for name, sentence in words.checks.items())
    for question_id, question in words.questions.items():
        yield f"{question_id} hint", question.hint


def _card_texts(language: str) -> Iterator[tuple[str, str]]:
    for method, card in method_cards().by_language[language].items():
        for field in ("brief", "good_for", "watch"):
            yield f"card {method} {field}", getattr(card, field)


def _reasons(language: str) -> Iterator[tuple[str, str]]:
    rules = method_rules()
    for rule in (*rules.approaches, *rules.methods):
        yield f"rule {rule.id}", rule.reason[language]


def _help_texts(language: str) -> Texts:
    """Texts that explain: read in sentences."""
    found = {**dict(_guide_texts(language)), **dict(_card_texts(language)), **dict(_reasons(language))}
    return {place: text for place, text in found.items() if text}


def _short_texts(language: str) -> Texts:
    """Labels, choices, and what is offered to begin with."""
    evaluation: Guide = guide("evaluation")
    found = {}
    for question_id, question in evaluation.words(language).questions.items():
        found[f"{question_id} label"] = question.label
        found |= {f"{question_id} {column}": label for column, label in question.columns.items()}
    for method, card in method_cards().by_language[language].items():
        found |= {f"card {method} {field}": getattr(card, field) for field in ("data", "hours", "time")}
    found |= {f"bank {one.key}": one.text(language) for one in question_bank()}
    for one in indicator_catalogue():
        found[f"catalogue {one.key}"] = f"{one.name(language)} {one.source(language)}"
    for name in ("method", "method_condition", "approach", "value_kind", "design", "purpose", "stage"):
        for key in vocabulary().keys(name):
            found[f"{name} {key}"] = vocabulary().label(name, key, language)
    return found


def _pages(language: str) -> Texts:
    names = [name for chapter in read_chapters(language) for name in chapter.pages if name != SHORTCUTS]
    return {f"page {name}": read_page(name, language).text() for name in names}


@pytest.mark.parametrize("language", ["da", "en"])
def test_help_has_at_most_three_sentences(language: str) -> None:
    long = {
        place
        for place, text in _help_texts(language).items()
        if len(_SENTENCE.findall(text)) > MOST_SENTENCES
    }
    assert long == set()


def test_every_danish_help_text_is_easy_to_read() -> None:
    hard = {
        f"{place} ({readability(text):.0f}): {text}"
        for place, text in _help_texts("da").items()
        if len(text.split()) >= FEWEST_WORDS and readability(text) > MOST
    }
    assert hard == set()


def test_a_heavy_text_would_be_found() -> None:
    heavy = (
        "Evalueringsaktiviteterne gennemføres efterfølgende under hensyntagen til organisationens "
        "ressourcemæssige forudsætninger."
    )
    assert readability(heavy) > MOST
    assert len(_SENTENCE.findall("Et. To. Tre. Fire.")) > MOST_SENTENCES


def _avoided() -> dict[str, re.Pattern[str]]:
    with (WORDS / "avoided.toml").open("rb") as file:
        groups = tomllib.load(file)
    return {
        word: re.compile(
            rf"\b{re.escape(word.removesuffix('*'))}" + ("" if word.endswith("*") else r"\b"), re.I
        )
        for group in groups.values()
        for word in group
    }


def test_danish_texts_do_without_the_avoided_words() -> None:
    texts = {**_help_texts("da"), **_short_texts("da"), **_pages("da")}
    found = {
        f"{place}: {word}"
        for word, pattern in _avoided().items()
        for place, text in texts.items()
        if pattern.search(text)
    }
    assert found == set()


def test_an_avoided_word_would_be_found_and_its_neighbours_not() -> None:
    patterns = _avoided()
    assert patterns["implementer*"].search("Når I har implementeret det")
    assert patterns["samt"].search("tal samt fund")
    assert not patterns["samt"].search("sammen og samtale")


def test_a_term_of_the_field_has_the_same_danish_word_everywhere() -> None:
    with (WORDS / "glossary.toml").open("rb") as file:
        terms = tomllib.load(file)["term"]
    danish = {**_help_texts("da"), **_short_texts("da")}
    english = {**_help_texts("en"), **_short_texts("en")}
    assert danish.keys() == english.keys()
    wrong = set()
    for place, text in danish.items():
        da, en = text.lower(), english[place].lower()
        for term in terms:
            in_danish = any(re.search(rf"\b{word}", da) for word in term["da"])
            in_english = any(re.search(rf"\b{word}", en) for word in term["en"])
            if in_english and not in_danish:
                wrong.add(f"{place}: {term['da'][0]} – {term['en'][0]} | {text} | {english[place]}")
    assert wrong == set()
