"""The evaluation guide as it is shipped: complete, walkable, and written for the people who use it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from coi_desktop import resources
from coi_desktop.models.answers import StoredAnswers
from coi_desktop.models.completeness import Status
from coi_desktop.models.earlier_answers import SET_BY_PROGRAM
from coi_desktop.models.guide import TABLES, Guide, QuestionKind
from coi_desktop.models.guide_words import GuideWords
from coi_desktop.models.record_types.evaluation import PLAN_TYPES
from coi_desktop.models.record_types.findings import FINDING_TYPES
from coi_desktop.models.record_types.table import RECORD_TYPES
from coi_desktop.models.walkthrough import Walkthrough
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import guide, vocabulary

STEPS = (
    "scope", "purpose", "users", "proportion", "value", "theory", "questions", "indicators", "design",
    "methods", "collect", "changes", "economy", "analyse", "judge", "conclude", "decide", "actions", "share",
    "meta",
)  # fmt: skip


@pytest.fixture(scope="module")
def evaluation() -> Guide:
    return guide("evaluation")


def test_four_phases_and_twenty_steps_in_order(evaluation: Guide) -> None:
    assert tuple(step.id for step in evaluation.steps) == STEPS
    assert [step.phase for step in evaluation.steps] == (
        ["clarify"] * 4 + ["plan"] * 6 + ["collect_conclude"] * 6 + ["use"] * 4
    )
    assert [evaluation.words("da").phases[phase].title for phase in evaluation.phases] == [
        "Afklar", "Planlæg", "Indsaml, analysér og konkludér", "Brug det",
    ]  # fmt: skip
    for phase in evaluation.phases:
        for language in ("da", "en"):
            words = evaluation.words(language).phases[phase].title
            assert words == vocabulary().label("evaluation.phase", phase, language)


def test_the_light_path_has_six_screens_in_two_sittings_of_29_minutes(evaluation: Guide) -> None:
    screens = evaluation.path("light").screens
    assert [screen.minutes for screen in screens] == [4, 2, 5, 7, 5, 6]
    assert [screen.sitting for screen in screens] == [1, 1, 1, 1, 2, 2]
    assert [evaluation.words("da").screens[f"light.{screen.id}"].title for screen in screens] == [
        "Hvad og hvorfor",
        "Hvor meget er nok?",
        "Værdi og tanken bag",
        "Ét spørgsmål, ét mål",
        "Hvad viste det?",
        "Konklusion og beslutning",
    ]


def test_the_light_path_asks_for_about_fifty_inputs_of_which_few_are_typed(evaluation: Guide) -> None:
    rows = {
        "value_expect": [{"id": "v", "kind": "quality", "importance": "2"}],
        "question": [{"id": "q", "priority": "primary"}],
        "indicator": [{"id": "i"}],
    }
    facts = {"econ_setting": {"applies": "yes"}, "eval_decision": {"decided": "adjust"}}
    walkthrough = Walkthrough.open(evaluation, StoredAnswers(facts, rows))
    assert 45 <= walkthrough.completeness.required <= 60
    assert all(screen.is_required for screen in walkthrough.screens)


def test_an_empty_evaluation_asks_for_more_the_deeper_it_goes(evaluation: Guide) -> None:
    walked = {
        depth: Walkthrough.open(evaluation, StoredAnswers({"evaluation": {"depth": depth}}, {}))
        for depth in evaluation.depths
    }
    missing = [walkthrough.completeness.missing for walkthrough in walked.values()]
    assert missing == sorted(missing)
    assert missing[1] > 1.8 * missing[0]
    assert all(len(walkthrough.steps) == 20 for walkthrough in walked.values())
    optional = {step.id for step in walked["light"].steps if step.status is Status.OPTIONAL}
    assert optional == {"users", "design", "actions", "share"}
    assert {step.id for step in walked["standard"].steps if not step.is_required} == set()


def test_every_field_of_an_evaluation_is_asked_for_somewhere(evaluation: Guide) -> None:
    typed = {
        f"{kind.name}.{field.name}"
        for kind in (*PLAN_TYPES, *FINDING_TYPES)
        for field in kind.fields
        if field.name not in (kind.parent, "evaluation_id", "initiative_id")
    }
    set_by_program = SET_BY_PROGRAM | {"change_none.ticked_at"}
    assert typed - evaluation.fields_asked - set_by_program == set()
    assert {"evaluation.depth", "evaluation.depth_reason"} <= evaluation.fields_asked


def test_every_table_is_reached_at_every_depth_but_the_light_one(evaluation: Guide) -> None:
    tables = {kind.name for kind in (*PLAN_TYPES, *FINDING_TYPES)}
    for depth in ("standard", "deep"):
        shown: set[str] = set()
        for screen in evaluation.path(depth).screens:
            for question in map(evaluation.question, screen.questions):
                shown |= {place.table for place in question.places} | {question.table}
                shown |= {column.link.table for column in question.columns if column.link is not None}
        assert tables <= shown


def test_a_choice_may_be_left_not_known_where_the_guide_does_not_forbid_it(evaluation: Guide) -> None:
    forbidden = [
        f"{question.id} {asked.id}".strip()
        for question in evaluation.by_id.values()
        for asked in (question, *question.columns)
        if asked.kind in (QuestionKind.CHOICE, QuestionKind.SCALE) and asked.values and not asked.unknown
    ]
    assert forbidden == [
        "proportion.depth proportion.depth",
        "questions.questions priority",
        "economy.rate_set economy.rate_set",
        "judge.ratings rating",
    ]


def test_limits_in_the_guide_are_those_of_the_catalogue(evaluation: Guide) -> None:
    catalogue = figures_catalogue()
    limits = {check.id: check.limits for step in evaluation.steps for check in step.warnings if check.limits}
    assert limits["few_hours"] == dict(catalogue.proportion.hours)
    assert limits["few_people"] == {"light": Decimal(catalogue.smallest_count)}
    assert limits["low_response"] == {"light": catalogue.low_response_rate}


def test_a_table_of_a_light_screen_shows_little_more_than_it_requires(evaluation: Guide) -> None:
    for screen in evaluation.path("light").screens:
        for question in map(evaluation.question, screen.questions):
            if question.kind in TABLES:
                shown = [
                    column for column in question.columns if evaluation.is_reached(column.shown, "light")
                ]
                required = [column for column in shown if evaluation.is_reached(column.required, "light")]
                assert len(shown) - len(required) <= 5, question.id


# --------------------------------------------------------------------------------------------------- words


def _sentences(words: GuideWords) -> Iterator[tuple[str, str]]:
    for phase, found in words.phases.items():
        yield f"phase {phase}", found.why
    for places in (words.steps, words.screens):
        for place, help_words in places.items():
            yield f"{place} why", help_words.why
            yield f"{place} example", help_words.example
    yield from words.checks.items()
    for question_id, question in words.questions.items():
        yield f"{question_id} hint", question.hint


def test_the_guide_says_where_it_comes_from_and_claims_no_more(evaluation: Guide) -> None:
    assert evaluation.words("da").source == (
        "Følger de fire faser i Grønspættebogen (Public Intelligence og COI, 2016). "
        "Spørgsmål og hjælpetekster er vores egne."
    )
    assert evaluation.words("en").source == (
        "Follows the four phases of Grønspættebogen (Public Intelligence and COI, 2016). "
        "Questions and help texts are our own."
    )
    for language in ("da", "en"):
        whole = resources.read_text(f"guides/evaluation/texts.{language}.toml").lower()
        for claim in ("arbejdsskema", "ledetråd", "ti råd", "clues", "coi's"):
            assert claim not in whole


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_step_and_screen_has_an_example(evaluation: Guide, language: str) -> None:
    words = evaluation.words(language)
    for places in (words.steps, words.screens):
        assert [place for place, found in places.items() if not found.example] == []


def test_danish_texts_are_danish_and_english_ones_english(evaluation: Guide) -> None:
    english = re.compile(r"\b(the|and|what|which|with|you|your|we)\b", re.IGNORECASE)
    danish = re.compile(r"\b(og|hvad|det|ikke|hvor|skal|jeres|vi)\b|[æå]", re.IGNORECASE)
    for place, text in _sentences(evaluation.words("da")):
        assert not english.search(text), place
    for place, text in _sentences(evaluation.words("en")):
        assert not danish.search(text), place


def test_labels_are_short_enough_to_stand_beside_a_field(evaluation: Guide) -> None:
    for language in ("da", "en"):
        for question_id, words in evaluation.words(language).questions.items():
            assert len(words.label) <= 70, question_id
            for column_id, label in words.columns.items():
                assert len(label) <= 45, f"{question_id} {column_id}"


def test_the_words_cover_every_language_with_the_same_ids(evaluation: Guide) -> None:
    da, en = evaluation.words("da"), evaluation.words("en")
    assert da.questions.keys() == en.questions.keys() == evaluation.by_id.keys()
    assert replace(da, title="").checks.keys() == en.checks.keys()
    assert RECORD_TYPES["evaluation"].name == evaluation.owner
