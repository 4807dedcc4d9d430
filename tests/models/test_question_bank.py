from __future__ import annotations

from typing import Any

import pytest

from coi_desktop import resources
from coi_desktop.i18n import speaking
from coi_desktop.models.question_bank import FILE, parse_question_bank
from coi_desktop.operations.library import question_bank, vocabulary


def test_the_bank_has_questions_of_every_kind_in_both_languages() -> None:
    bank = question_bank()
    assert [question.key for question in bank] == [f"qb{number:02}" for number in range(1, 25)]
    assert {question.type for question in bank} == set(vocabulary().keys("question_type"))
    for question in bank:
        assert question.text("da") != question.text("en")
        assert question.text("da").endswith("?")
        assert question.text("en").endswith("?")


def test_no_question_stands_twice_and_none_is_longer_than_its_field() -> None:
    for language in ("da", "en"):
        texts = [question.text(language) for question in question_bank()]
        assert len(set(texts)) == len(texts)
        assert max(map(len, texts)) <= 200


def test_a_question_speaks_the_language_spoken_now() -> None:
    question = question_bank()[0]
    with speaking("en"):
        assert question.text() == question.texts["en"]
    with speaking("da"):
        assert question.text() == question.texts["da"]


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ("text", "expected type and text"),
        ({"type": "outcome"}, "expected type and text"),
        ({"type": "outcome", "text": ["Hvad?", "What?"], "hint": "x"}, "expected type and text"),
        ({"type": "weather", "text": ["Hvad?", "What?"]}, "'weather' is not in the value list"),
        ({"type": "outcome", "text": ["Hvad?"]}, "expected two texts"),
        ({"type": "outcome", "text": ["Hvad?", " "]}, "expected two texts"),
        ({"type": "outcome", "text": ["Hvad?", 2]}, "expected two texts"),
    ],
)
def test_a_mistake_in_the_file_names_its_place(entry: object, complaint: str) -> None:
    table: dict[str, Any] = {**resources.read_toml(FILE), "qb99": entry}
    with pytest.raises(ValueError, match=complaint) as caught:
        parse_question_bank(table, vocabulary())
    assert str(caught.value).startswith("catalogue/questions.toml: [qb99]: ")
