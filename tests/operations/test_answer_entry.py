"""A whole evaluation entered by a script: every number of the demo case comes out, nothing stands twice."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from coi_desktop.errors import Problem
from coi_desktop.i18n import speaking
from coi_desktop.models.indicators import Status
from coi_desktop.operations.answer_entry import enter_answers, read_questions
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register

DEMO = Path(__file__).resolve().parent.parent / "data" / "answers" / "screen_visits.toml"


@pytest.fixture(autouse=True, params=["da", "en"])
def _language(request: pytest.FixtureRequest) -> Iterator[None]:
    with speaking(request.param):
        yield


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.coi") as opened:
        yield opened


@pytest.fixture
def evaluation(register: Register) -> str:
    return start_evaluation(register, add_initiative(register, {"title": "Skærmbesøg i hjemmeplejen"}))


def _demo() -> dict[str, Any]:
    return read_questions(tomllib.loads(DEMO.read_text(encoding="utf-8"), parse_float=Decimal))


def test_every_number_of_the_demo_case_comes_out(register: Register, evaluation: str) -> None:
    enter_answers(register, evaluation, _demo())
    figures = load_evaluation(register, evaluation).figures
    assert (figures.proportion.total, figures.proportion.depth) == (6, "standard")
    transport, satisfaction, joy = figures.indicators
    assert transport.effect == Decimal(-19)
    assert transport.progress is not None
    assert (round(transport.progress, 2), transport.status) == (Decimal("0.92"), Status.ON_THE_WAY)
    assert (satisfaction.change, satisfaction.status) == (Decimal("0.1"), Status.REACHED)
    assert (joy.progress, joy.status) == (Decimal("-0.5"), Status.WRONG_WAY)
    assert figures.economy.npv == Decimal("-141564.39")
    assert figures.economy.npv_incl_capacity == Decimal("50074.52")
    assert (figures.economy.payback, figures.economy.payback_incl_capacity) == (None, Decimal("4.0000"))
    assert figures.evidence.level == 3
    assert figures.decided == "adjust"
    assert "learn_and_document" in figures.remarks


def test_entering_the_same_twice_changes_nothing(register: Register, evaluation: str) -> None:
    enter_answers(register, evaluation, _demo())
    before, revision = load_evaluation(register, evaluation).snapshot.records, register.revision
    enter_answers(register, evaluation, _demo())
    after = load_evaluation(register, evaluation).snapshot.records
    assert {name: rows for name, rows in after.items() if name not in ("initiative", "evaluation")} == {
        name: rows for name, rows in before.items() if name not in ("initiative", "evaluation")
    }
    assert register.revision == revision


def test_it_is_one_step_and_undo_takes_all_of_it_back(register: Register, evaluation: str) -> None:
    before = load_evaluation(register, evaluation).snapshot.records
    revision = register.revision
    enter_answers(register, evaluation, _demo())
    assert register.revision == revision + 1
    register.undo()
    after = load_evaluation(register, evaluation).snapshot.records
    assert after["evaluation"] == before["evaluation"]
    assert all(not after[name] for name in after if name not in ("initiative", "evaluation", "scope"))


def test_boxes_point_at_boxes_that_come_later_in_the_file(register: Register, evaluation: str) -> None:
    enter_answers(register, evaluation, _demo())
    snapshot = load_evaluation(register, evaluation).snapshot
    texts = {box.id: box["text"] for box in snapshot.rows("theory_node")}
    arrows = [
        (texts[link.text("from_id")], texts[link.text("to_id")]) for link in snapshot.rows("theory_link")
    ]
    assert arrows == [
        ("Skærmbesøg på fast tidspunkt", "Ét kort besøg mindre om dagen"),
        ("Ét kort besøg mindre om dagen", "Mindre kørsel"),
    ]


@pytest.mark.parametrize(
    ("question", "value", "code"),
    [
        ("purpose.purpose", ["learn"], "no_such_question"),
        ("purpose.purposes", ["learn", "fly"], "bad_value"),
        ("purpose.purposes", ["learn", "document", "steer", "goal"], "not_an_answer"),
        ("scope.stage", "kuk", "bad_value"),
        ("proportion.hours", "mange", "bad_value"),
        ("proportion.hours", {"a": 1}, "bad_value"),
        ("scope.period", "2026", "bad_value"),
        ("indicators.indicators", "Ventetid", "bad_value"),
        ("indicators.indicators", [{"name": "Ventetid", "colour": "red"}], "bad_value"),
        ("collect.measurements", [{"indicator_id": "Ventetid", "value": 3}], "no_such_row"),
        ("questions.questions", [{"id": "nope", "text": "x"}], "no_such_row"),
        ("value.cards", {"speed": {"importance": "3"}}, "bad_value"),
        ("value.cards", ["efficiency"], "bad_value"),
    ],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(
    register: Register, evaluation: str, question: str, value: Any, code: str
) -> None:
    revision = register.revision
    with pytest.raises(Problem) as fault:
        enter_answers(register, evaluation, {"theory.if_we": "mødes", question: value})
    assert fault.value.code == code
    assert register.revision == revision
    assert register.single("theory", evaluation) is None


def test_not_known_yet_and_no_date_yet_are_answers(register: Register, evaluation: str) -> None:
    given = {
        "proportion.risk": "ved ikke endnu",
        "purpose.decision_date": "none_yet",
        "proportion.cost": "unknown",
    }
    enter_answers(register, evaluation, given)
    proportion, need = register.single("proportion", evaluation), register.single("decision_need", evaluation)
    assert proportion is not None
    assert need is not None
    assert (proportion["risk"], proportion["cost"], need["no_date_yet"]) == ("unknown", "unknown", True)


def test_an_empty_text_takes_an_answer_away(register: Register, evaluation: str) -> None:
    enter_answers(register, evaluation, {"theory.if_we": "mødes", "scope.target_groups#own": "Naboer"})
    enter_answers(register, evaluation, {"theory.if_we": "", "scope.target_groups#own": ""})
    theory, scope = register.single("theory", evaluation), register.single("scope", evaluation)
    assert theory is None or theory["if_we"] is None
    assert scope is None or scope["target_groups_own"] is None


def test_a_file_without_steps_is_refused() -> None:
    with pytest.raises(Problem):
        read_questions({"purpose": "learn"})
