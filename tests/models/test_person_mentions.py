"""Where a person is mentioned: spelled, turned round, in file names, in the genitive and within JSON."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coi_desktop.models.person_mentions import Mentions, PersonForms, keys_of

KIRSTEN = PersonForms(("Kirsten Åberg",), ("kirab@aeroe.example",), ("+45 20 34 56 78",))
MENTIONS = Mentions.of(keys_of(KIRSTEN))


@pytest.mark.parametrize(
    "text",
    [
        "Kirsten Åberg",
        "Talt med KIRSTEN AABERG i dag.",
        "Åberg, Kirsten",
        "kirsten_åberg.pdf",
        "CV-Kirsten-Aaberg-2024.docx",
        "KirstenÅberg.pdf",
        "Kirsten\u00a0Åberg",
        "Kirsten\nÅberg",
        "skriv til KirAb@aeroe.example i morgen",
        "tlf. 20345678",
        "ring 2034 5678",
        "0045 20 34 56 78",
    ],
)
def test_a_person_is_found_however_written(text: str) -> None:
    assert len(MENTIONS.find(text)) == 1
    assert MENTIONS.find(MENTIONS.without(text, "[slettet person]")) == []


@pytest.mark.parametrize(
    "text",
    [
        "Kirsten Berg",
        "Kirsten og Åberg",
        "Åbergs",
        "Kirsten",
        "20345679",
        "120345678",
        "Kirsten. Den nye Åberg",
    ],
)
def test_others_are_left_alone(text: str) -> None:
    assert MENTIONS.without(text, "X") == text


def test_the_genitive_stays() -> None:
    assert MENTIONS.without("Kirsten Åbergs idé", "[slettet person]") == "[slettet person]s idé"


def test_a_single_name_counts_with_its_capital_or_as_the_whole_text() -> None:
    bo = Mentions.of(keys_of(PersonForms(("Bo",))))
    assert bo.without("Bo vil bo i Bogense", "X") == "X vil bo i Bogense"
    assert bo.without("bo", "X") == "X"


def test_json_stays_json_and_loses_the_person_at_every_depth() -> None:
    inner = json.dumps({"owner": "Kirsten Åberg", "n": 1.50}, ensure_ascii=True)
    text = json.dumps({"a": [inner, "linje\nKirsten Åberg"], "title": "Ærø"}, ensure_ascii=False)
    after = json.loads(MENTIONS.without(text, "[slettet person]"))
    assert json.loads(after["a"][0]) == {"owner": "[slettet person]", "n": 1.5}
    assert after["a"][1] == "linje\n[slettet person]"
    assert after["title"] == "Ærø"


def test_what_only_looks_like_json_is_a_text() -> None:
    for text in ('{Kirsten Åberg sagde "hej"}', '["Kirsten Åberg]', "[Kirsten Åberg]"):
        assert "Åberg" not in MENTIONS.without(text, "X")


def test_a_number_in_json_that_is_the_telephone_number_goes_too() -> None:
    text = '{"tlf": 20345678, "budget": 20345679.5}'
    assert MENTIONS.is_in(text)
    assert json.loads(MENTIONS.without(text, "X")) == {"tlf": "X", "budget": 20345679.5}


def test_a_name_after_a_line_end_in_json_is_found() -> None:
    assert MENTIONS.is_in(json.dumps({"a": "linje\nKirsten Åberg"}))


@given(st.text(), st.text())
def test_replacing_leaves_no_mention_and_touches_nothing_else(before: str, after: str) -> None:
    text = f"{before} Kirsten Åberg {after}"
    replaced = MENTIONS.without(text, "§")
    assert not MENTIONS.is_in(replaced)
    assert MENTIONS.without(before, "§") == before or MENTIONS.is_in(before)


def test_hashes_of_the_keys_find_the_same_places() -> None:
    keys = keys_of(KIRSTEN)
    hashed = {hash(key) for key in keys.marked()}
    by_hash = Mentions(keys.lengths, lambda key: hash(key) in hashed, lambda _word: True)
    text = "Kirsten Åbergs tlf. er 20345678, KirAb@aeroe.example (Aaberg, Kirsten)"
    assert by_hash.find(text) == MENTIONS.find(text)
    assert len(by_hash.find(text)) == 4
