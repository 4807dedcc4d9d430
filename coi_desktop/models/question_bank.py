"""Questions an evaluation can start from, in both languages (``resources/catalogue/questions.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coi_desktop.i18n import LANGUAGES, current_language
from coi_desktop.models.vocabulary import Vocabulary

FILE = "catalogue/questions.toml"

#: The value list of a question's kind.
TYPES = "question_type"


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the bank: its key, kind (value list ``question_type``) and text by language."""

    key: str
    type: str
    texts: Mapping[str, str]

    def text(self, language: str | None = None) -> str:
        """The question in ``language`` or the one spoken now."""
        return self.texts[language or current_language()]


def parse_question_bank(table: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[BankQuestion, ...]:
    """The questions of a parsed file, in its order. ValueError names file, place and what is wrong."""
    return tuple(_parse(key, entry, vocabulary) for key, entry in table.items())


def _parse(key: str, entry: object, vocabulary: Vocabulary) -> BankQuestion:
    place = f"{FILE}: [{key}]"
    if not isinstance(entry, Mapping) or set(entry) != {"type", "text"}:
        raise ValueError(f"{place}: expected type and text, and nothing else")
    if not vocabulary.has(TYPES, str(entry["type"])):
        raise ValueError(f"{place}: {entry['type']!r} is not in the value list {TYPES}")
    texts = entry["text"]
    if (
        not isinstance(texts, list)
        or len(texts) != len(LANGUAGES)
        or not all(isinstance(text, str) and text and text.strip() == text for text in texts)
    ):
        raise ValueError(f"{place}: expected two texts, Danish and English")
    return BankQuestion(key, str(entry["type"]), dict(zip(LANGUAGES, texts, strict=True)))
