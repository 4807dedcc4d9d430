"""Walks through the guide that holds every kind, begun with any answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from coi_desktop.models.answers import Row, StoredAnswers
from coi_desktop.models.completeness import QuestionState
from coi_desktop.models.walkthrough import Walkthrough
from tests.models.guide_cases import every_kind

#: From the shortest path to the longest.
DEPTHS = ("light", "standard", "deep")


def open_walk(
    depth: str = "light",
    facts: Mapping[str, Any] | None = None,
    rows: Mapping[str, list[Row]] | None = None,
    position: str = "",
) -> Walkthrough:
    """A walk at a depth, with the given fields of the facts and rows of the tables."""
    answers = StoredAnswers({"study": {"depth": depth}, "facts": facts or {}}, rows or {})
    return Walkthrough.open(every_kind(), answers, position)


def state_of(walkthrough: Walkthrough, question_id: str) -> QuestionState:
    """The state of a question that is shown."""
    state = walkthrough.state(question_id)
    assert state is not None
    return state


def counts_of(walkthrough: Walkthrough, question_id: str) -> tuple[int, int]:
    """What of a question is filled in, and what is required."""
    counts = state_of(walkthrough, question_id).completeness
    return counts.filled, counts.required


def complete_answers() -> tuple[dict[str, Any], dict[str, list[Row]]]:
    """Facts and rows with which nothing is missing at any depth."""
    facts = {
        "name": "Bo", "story": "En lang nok historie om en kasse", "agreed": True, "sealed": True,
        "colour": "red", "tools": ("saw", "axe"), "favourites": ("saw",), "grade": 5, "mood": "good",
        "weight": Decimal(12), "price": Decimal(30), "pieces": 3, "no_day": True,
        "from_day": date(2026, 1, 1), "to_day": date(2026, 6, 30), "reason": "Fordi",
    }  # fmt: skip
    rows: dict[str, list[Row]] = {
        "ranked": [{"id": "r", "tool": "axe", "place": 1}],
        "item": [
            {"id": "i", "label": "A", "size": "large", "reason": "Plads", "price": Decimal(3)},
            {"id": "j", "label": "B", "size": "small"},
        ],
        "card": [
            {"id": "c", "kind": "red", "weight": "2", "comment": "Ja"},
            {"id": "d", "kind": "green", "weight": "unknown"},
        ],
        "rating": [{"id": "e", "kind": "red", "grade": -2}],
        "reply": [{"id": "f", "item_id": "i", "text": "Fint"}],
    }
    return facts, rows
