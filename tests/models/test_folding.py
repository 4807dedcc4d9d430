"""Danish text made comparable."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.folding import (
    clean,
    clean_all,
    clean_line,
    clean_lines,
    fold,
    is_plain,
    sort_key,
    words,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ærø", "aeroe"),
        ("ÅRHUS", "aarhus"),
        ("Aarhus", "aarhus"),
        ("idé", "ide"),
        ("Malmö", "malmoe"),
        ("Läkare", "laekare"),
        ("Müller", "muller"),
        ("Straße", "strasse"),
        ("Łódź", "lodz"),
        ("Ǻ ǿ ǽ", "aa oe ae"),
        ("Å (ångstrøm)", "aa (aangstroem)"),
        ("ﬁn", "fin"),
        ("Київ", "u043au0438u0456u0432"),
        ("🙂", " "),
        ("", ""),
    ],
)
def test_folding_knows_danish_letters(text: str, folded: str) -> None:
    assert fold(text) == folded
    assert fold(unicodedata.normalize("NFD", text)) == folded


@given(st.text())
def test_folded_text_is_ascii_and_folds_to_itself(text: str) -> None:
    folded = fold(text)
    assert folded.isascii()
    assert fold(folded) == folded
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text())
def test_words_are_letters_and_digits(text: str) -> None:
    assert all(word.isalnum() and word.isascii() and word == word.lower() for word in words(text))
    assert words(" ".join(words(text))) == words(text)


@given(st.text())
def test_cleaned_text_is_composed_without_controls_and_clean(text: str) -> None:
    for cleaned, again in ((clean(text), clean), (clean_line(text), clean_line)):
        assert again(cleaned) == cleaned
        assert unicodedata.is_normalized("NFC", cleaned)
        assert cleaned == cleaned.strip()
        cleaned.encode()
        assert not any(
            unicodedata.category(letter) in ("Cc", "Cs") and letter not in "\n\t" for letter in cleaned
        )
    assert "\n" not in clean_line(text)
    assert "\t" not in clean_line(text)


@given(st.text(alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Zs"))))
def test_ordinary_text_on_one_line_keeps_all_its_letters(text: str) -> None:
    kept = [letter for letter in unicodedata.normalize("NFC", text) if not letter.isspace()]
    assert [letter for letter in clean_line(text) if not letter.isspace()] == kept


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  to ord ", "to ord"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("a\u2028b", "a\nb"),
        ("a\x00b\x1bc", "abc"),
        ("nul​bredde﻿", "nulbredde"),
        ("a\u0308\ud800", "ä"),
        ("a\u200b\u030a", "å"),
        ("\u00a0fast\u00a0mellemrum\u00a0", "fast\u00a0mellemrum"),
        ("‮bagvendt", "‮bagvendt"),
    ],
)
def test_cleaning(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_one_line_has_single_blanks() -> None:
    assert clean_line(" a \n\n b\t c\u00a0 d\u3000e ") == "a b c d e"


@given(st.lists(st.text(alphabet="abcåæøAÅÆØz ", max_size=6), max_size=8))
def test_the_sort_key_orders_as_the_danish_alphabet(texts: list[str]) -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyzæøå"

    def by_letters(text: str) -> list[int]:
        plain = " ".join(text.lower().replace("aa", "å").split())
        return [-1 if letter == " " else alphabet.index(letter) for letter in plain]

    assert sorted(texts, key=sort_key) == sorted(texts, key=by_letters)


_NEARLY_CLEAN = st.text(alphabet="aå\u030aø|–  \n\t\u00a0\u200be\u0301", max_size=6)


@given(st.lists(st.one_of(_NEARLY_CLEAN, st.text(max_size=5), st.just("Ærø")), max_size=6))
def test_many_texts_are_cleaned_as_one_by_one(texts: list[str]) -> None:
    assert clean_all(texts) == [clean(text) for text in texts]
    assert clean_lines(texts) == [clean_line(text) for text in texts]


def test_one_unclean_text_among_many_is_cleaned() -> None:
    texts = ["Skærmbesøg"] * 700
    for unclean in (" Ærø", "Ærø ", "Æ\x07rø", "A\u030ar\u00f8", "æ\u00a0ø  å"):
        mixed = [*texts, unclean, *texts]
        assert clean_lines(mixed) == [*texts, clean_line(unclean), *texts]
        assert clean_all(mixed) == [*texts, clean(unclean), *texts]


@given(st.one_of(st.text(), st.text(alphabet="aæ \u00a0\u00ad\n\x85\x7f\u0301–", max_size=3)))
def test_plain_text_is_printable_and_composed(text: str) -> None:
    if is_plain(text):
        assert text.isprintable()
        assert unicodedata.is_normalized("NFC", text)
    elif text.isprintable():
        assert max(text) > "\xff"
