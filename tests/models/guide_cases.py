"""What the tests of the guide engine share: record types, value lists and the guide that holds every kind."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.models.answers import Answers
from coi_desktop.models.fields import RecordType
from coi_desktop.models.guide import TABLES, Guide, GuideError
from coi_desktop.models.guide_loader import Surroundings, parse_guide
from coi_desktop.models.record_types.building import (
    choice,
    choices,
    day,
    integer,
    long_text,
    moment,
    money,
    number,
    rank,
    reference,
    text,
    yes_no,
)
from coi_desktop.models.vocabulary import Vocabulary, parse_vocabulary

FOLDER = Path(__file__).resolve().parent.parent / "data" / "guides" / "every_kind"

IN_STUDY = reference("study_id", "Undersøgelse", "Study", "study")

TYPES: Mapping[str, RecordType] = {
    kind.name: kind
    for kind in (
        RecordType("visitor", "Gæst", "Visitor", (text("name", "Navn", "Name"),)),
        RecordType(
            "study",
            "Undersøgelse",
            "Study",
            (
                choice("depth", "Dybde", "Depth", "depth"),
                choice("setting", "Opsætning", "Setting", "colour"),
                moment("made", "Lavet", "Made"),
            ),
        ),
        RecordType(
            "facts",
            "Fakta",
            "Facts",
            (
                IN_STUDY,
                text("name", "Navn", "Name"),
                long_text("story", "Historie", "Story"),
                yes_no("agreed", "Enig", "Agreed"),
                yes_no("sealed", "Forseglet", "Sealed"),
                choice("colour", "Farve", "Colour", "colour"),
                choice("ghost", "Spøgelse", "Ghost", "no_such_list"),
                choices("tools", "Redskaber", "Tools", "tool"),
                text("tools_own", "Andre", "Others"),
                rank("favourites", "Foretrukne", "Favourites", "tool"),
                integer("grade", "Karakter", "Grade"),
                choice("mood", "Humør", "Mood", "mood"),
                number("weight", "Vægt", "Weight", unit=("kg", "kg")),
                money("price", "Pris", "Price"),
                integer("pieces", "Antal", "Pieces"),
                day("day", "Dag", "Day"),
                yes_no("no_day", "Ingen dag", "No day"),
                day("from_day", "Fra", "From"),
                day("to_day", "Til", "To"),
                text("why_none", "Hvorfor ingen", "Why none"),
                text("reason", "Grund", "Reason"),
            ),
            parent="study_id",
            single=True,
        ),
        RecordType(
            "ranked",
            "Rang",
            "Ranked",
            (IN_STUDY, choice("tool", "Redskab", "Tool", "tool"), integer("place", "Plads", "Place")),
            parent="study_id",
        ),
        RecordType(
            "item",
            "Ting",
            "Item",
            (
                IN_STUDY,
                text("label", "Navn", "Label"),
                choice("size", "Størrelse", "Size", "size"),
                text("reason", "Grund", "Reason"),
                money("price", "Pris", "Price"),
                text("comment", "Bemærkning", "Comment"),
                moment("made", "Lavet", "Made"),
            ),
            parent="study_id",
        ),
        RecordType(
            "item_link",
            "Pil",
            "Arrow",
            (reference("from_id", "Fra", "From", "item"), reference("to_id", "Til", "To", "item")),
            parent="from_id",
        ),
        RecordType(
            "note",
            "Note",
            "Note",
            (reference("item_id", "Ting", "Item", "item"), text("text", "Tekst", "Text")),
            parent="item_id",
        ),
        RecordType(
            "card",
            "Kort",
            "Card",
            (
                IN_STUDY,
                choice("kind", "Farve", "Kind", "colour"),
                choice("weight", "Vægt", "Weight", "weight"),
                text("comment", "Bemærkning", "Comment"),
            ),
            parent="study_id",
        ),
        RecordType(
            "rating",
            "Vurdering",
            "Rating",
            (IN_STUDY, choice("kind", "Farve", "Kind", "colour"), integer("grade", "Karakter", "Grade")),
            parent="study_id",
        ),
        RecordType(
            "reply",
            "Svar",
            "Reply",
            (reference("item_id", "Ting", "Item", "item"), text("text", "Tekst", "Text")),
            parent="item_id",
            single=True,
        ),
    )
}

VOCABULARY = Vocabulary(
    parse_vocabulary(
        {
            "lists.toml": {
                "unknown": {"unknown": ["Ved ikke endnu", "Not known yet"]},
                "depth": {
                    "light": ["Let", "Light"],
                    "standard": ["Standard", "Standard"],
                    "deep": ["Dyb", "Deep"],
                },
                "colour": {"red": ["Rød", "Red"], "green": ["Grøn", "Green"], "blue": ["Blå", "Blue"]},
                "tool": {"saw": ["Sav", "Saw"], "axe": ["Økse", "Axe"], "file": ["Fil", "File"]},
                "mood": {"good": ["Godt", "Good"], "bad": ["Dårligt", "Bad"]},
                "size": {"small": ["Lille", "Small"], "large": ["Stor", "Large"]},
                "weight": {
                    "0": ["Nul", "Nil"],
                    "1": ["En", "One"],
                    "2": ["To", "Two"],
                    "3": ["Tre", "Three"],
                },
            }
        }
    )
)


def unweighed(answers: Answers, limit: Decimal | None) -> Sequence[str]:
    """The kinds of cards without a weight, from ``limit`` of them on."""
    kinds = [str(row["kind"]) for row in answers.rows("card") if row.get("weight") is None]
    return kinds if limit is not None and len(kinds) >= limit else ()


SURROUNDINGS = Surroundings(TYPES, VOCABULARY, {"unweighed": unweighed})


@cache
def _read() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "guide.toml").read_text(encoding="utf-8"))


def structure() -> dict[str, Any]:
    """The parsed structure of the guide that holds every kind, free to be broken."""
    return copy.deepcopy(_read())


def texts(language: str) -> dict[str, Any]:
    """The parsed words of that guide in a language, free to be broken."""
    return tomllib.loads((FOLDER / f"texts.{language}.toml").read_text(encoding="utf-8"))


@cache
def every_kind() -> Guide:
    """The guide that holds every kind."""
    return parse_guide(structure(), {"da": texts("da"), "en": texts("en")}, SURROUNDINGS)


def step_of(guide: dict[str, Any], step_id: str) -> dict[str, Any]:
    """One step of a parsed structure."""
    found: dict[str, Any] = next(step for step in guide["step"] if step["id"] == step_id)
    return found


def question_of(guide: dict[str, Any], question_id: str) -> dict[str, Any]:
    """One question (``step.question``) of a parsed structure."""
    step_id, _, name = question_id.partition(".")
    found: dict[str, Any] = next(
        question for question in step_of(guide, step_id)["question"] if question["id"] == name
    )
    return found


def column_of(guide: dict[str, Any], question_id: str, column_id: str) -> dict[str, Any]:
    """One column of a question of a parsed structure."""
    found: dict[str, Any] = next(
        column
        for column in question_of(guide, question_id)["columns"]
        if column.get("field", column.get("id")) == column_id
    )
    return found


def made_texts(guide: Guide, language: str) -> dict[str, Any]:
    """Complete words for any guide: every text is its own place and language."""

    def question(found: Any) -> dict[str, Any]:
        words: dict[str, Any] = {"label": f"{found.id} {language}"}
        if found.kind in TABLES:
            words["columns"] = {column.id: f"{column.id} {language}" for column in found.columns}
            if not found.by:
                words["row"] = f"row {language}"
        return words

    return {
        "title": f"title {language}",
        "source": f"source {language}",
        "phase": {phase: {"title": f"{phase} {language}"} for phase in guide.phases},
        "screen": {
            path.id: {
                screen.id: {"title": f"{screen.id} {language}", "why": f"why {language}"}
                for screen in path.screens
            }
            for path in guide.paths
            if not path.by_steps
        },
        "step": {
            step.id: {
                "title": f"{step.id} {language}",
                "why": f"why {language}",
                "question": {found.id.partition(".")[2]: question(found) for found in step.questions},
                "rule": {check.id: f"{check.id} {language}" for check in step.rules},
                "warning": {check.id: f"{check.id} {language}" for check in step.warnings},
            }
            for step in guide.steps
        },
    }


#: What breaks a parsed guide or its words.
Break = Callable[[dict[str, Any]], object]


def parse_broken(
    guide: dict[str, Any], da: dict[str, Any] | None = None, en: dict[str, Any] | None = None
) -> Guide:
    """The guide that holds every kind, read anew from what was done to it and its words."""
    words = {"da": texts("da") if da is None else da, "en": texts("en") if en is None else en}
    return parse_guide(guide, words, SURROUNDINGS)


def fault_of(guide: dict[str, Any]) -> GuideError:
    """What is said of a broken structure."""
    with pytest.raises(GuideError) as caught:
        parse_broken(guide)
    return caught.value
