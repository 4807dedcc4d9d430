"""The words of a guide are whole in both languages; what is broken is told with its file and place."""

from __future__ import annotations

import pytest

from coi_desktop.models.guide import GuideError
from coi_desktop.models.guide_loader import parse_guide
from tests.models.guide_cases import SURROUNDINGS, Break, parse_broken, structure, texts

#: What is broken in the Danish words · where · what is said.
BROKEN_WORDS: list[tuple[Break, str, str]] = [
    (lambda t: t.pop("title"), "title", "missing"),
    (lambda t: t.pop("source"), "source", "missing"),
    (lambda t: t["phase"].pop("begin"), "phase begin title", "missing"),
    (lambda t: t["phase"].update(middle={"title": "Midt"}), "phase middle", "unknown key"),
    (lambda t: t["step"]["facts"].pop("title"), "step facts title", "missing"),
    (lambda t: t["step"]["facts"].pop("why"), "step facts why", "missing"),
    (lambda t: t["step"].update(gone={"title": "Væk", "why": "Ja"}), "step gone", "unknown key"),
    (
        lambda t: t["step"]["facts"]["question"]["name"].update(label=" "),
        "step facts question name label",
        "text",
    ),
    (lambda t: t["step"]["facts"]["question"].pop("name"), "step facts question name label", "missing"),
    (
        lambda t: t["step"]["facts"]["question"].update(old={"label": "Før"}),
        "step facts question old",
        "unknown",
    ),
    (
        lambda t: t["step"]["facts"]["question"]["name"].update(row="række"),
        "step facts question name row",
        "unknown",
    ),
    (
        lambda t: t["step"]["items"]["question"]["items"]["columns"].pop("size"),
        "step items question items columns size",
        "missing",
    ),
    (
        lambda t: t["step"]["items"]["question"]["items"]["columns"].update(width="Bredde"),
        "step items question items columns width",
        "unknown key",
    ),
    (
        lambda t: t["step"]["items"]["question"]["items"].pop("row"),
        "step items question items row",
        "missing",
    ),
    (lambda t: t["step"]["items"]["rule"].pop("one_large"), "step items rule one_large", "missing"),
    (lambda t: t["step"]["items"]["warning"].update(old="Før"), "step items warning old", "unknown key"),
    (lambda t: t["screen"]["light"].pop("first"), "screen light first title", "missing"),
    (lambda t: t["screen"].update(deep={}), "screen deep", "unknown key"),
]


@pytest.mark.parametrize(
    ("broken", "place", "said"), BROKEN_WORDS, ids=[f"{row[1]}: {row[2]}" for row in BROKEN_WORDS]
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_broken_words_are_refused_with_their_file_and_place(
    broken: Break, place: str, said: str, language: str
) -> None:
    words = {"da": texts("da"), "en": texts("en")}
    broken(words[language])
    with pytest.raises(GuideError) as caught:
        parse_guide(structure(), words, SURROUNDINGS)
    assert (caught.value.file, caught.value.place) == (f"texts.{language}.toml", place)
    assert said in str(caught.value)


def test_words_in_one_language_only_are_refused_and_the_poorer_file_is_named() -> None:
    da, en = texts("da"), texts("en")
    da["step"]["facts"]["question"]["name"]["hint"] = "Fornavn er nok."
    with pytest.raises(GuideError) as caught:
        parse_broken(structure(), da, en)
    assert (caught.value.file, caught.value.place) == ("texts.en.toml", "question facts.name hint")
    da, en = texts("da"), texts("en")
    da["screen"]["light"]["first"].pop("example")
    with pytest.raises(GuideError) as caught:
        parse_broken(structure(), da, en)
    assert (caught.value.file, caught.value.place) == ("texts.da.toml", "screen light.first example")
    da, en = texts("da"), texts("en")
    da["step"]["extra"]["warning"]["unweighed"] = "Noget er uden vægt"
    with pytest.raises(GuideError, match="one language only"):
        parse_broken(structure(), da, en)


def test_a_guide_without_one_of_its_languages_is_refused() -> None:
    with pytest.raises(GuideError) as caught:
        parse_guide(structure(), {"da": texts("da")}, SURROUNDINGS)
    assert caught.value.file == "texts.en.toml"
