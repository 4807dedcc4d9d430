"""Where searched words are marked in a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.folding import fold, words
from coi_desktop.ui.delegates.hits import find_hits


def marked(text: str, search: str) -> str:
    """The text with brackets around its hits."""
    for start, end in reversed(find_hits(text, search)):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    return text


@pytest.mark.parametrize(
    ("text", "search", "drawn"),
    [
        ("Skærmbesøg i hjemmeplejen", "pleje", "Skærmbesøg i hjemme[pleje]n"),
        ("Skærmbesøg i hjemmeplejen", "SKÆRM hjem", "[Skærm]besøg i [hjem]meplejen"),
        ("Ærø deler elbiler", "aeroe", "[Ærø] deler elbiler"),
        ("Ærø deler elbiler", "ærø", "[Ærø] deler elbiler"),
        ("Café og kaffe", "cafe", "[Café] og kaffe"),
        ("Aarhus og Århus", "århus", "[Aarhus] og [Århus]"),
        ("Medicinrobot", "robot medicin", "[Medicinrobot]"),
        ("Medicinrobot", "xyz", "Medicinrobot"),
        ("Medicinrobot", "  ", "Medicinrobot"),
        ("", "a", ""),
        ("100 % digital", "100%", "[100] % digital"),
    ],
)
def test_hits_are_found_as_the_register_finds_them(text: str, search: str, drawn: str) -> None:
    assert marked(text, search) == drawn


@given(st.text(max_size=40), st.text(max_size=12))
def test_hits_lie_in_the_text_in_order_and_apart(text: str, search: str) -> None:
    end_before = -1
    for start, end in find_hits(text, search):
        assert end_before < start < end <= len(text)
        end_before = end


@given(st.text(alphabet="abcæøåÆØÅéö ", min_size=1, max_size=20))
def test_a_word_of_the_text_is_always_marked(text: str) -> None:
    for word in words(text):
        hits = find_hits(text, word)
        assert any(word in fold(text[start:end]) for start, end in hits)
