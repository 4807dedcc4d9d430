"""The light path walked from an initiative to its decision, screen by screen, on a real register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.models.completeness import Status
from coi_desktop.operations.answering import add_row, answer, answer_line
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation, start_evaluation
from coi_desktop.operations.initiatives import add_initiative
from coi_desktop.store.register import Register


class LightPath:
    """Someone who evaluates a shared morning meeting; counts what has to be typed or chosen."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.initiative_id = add_initiative(
            register,
            {
                "title": "Fælles morgenmøde",
                "solution": "Hver morgen mødes hjemmepleje og sygepleje ti minutter ved tavlen.",
                "phase": "develop",
            },
        )
        self.evaluation_id = start_evaluation(register, self.initiative_id)
        self.inputs = 0

    def loaded(self) -> LoadedEvaluation:
        return load_evaluation(self.register, self.evaluation_id)

    def say(self, **answers: object) -> None:
        for name, value in answers.items():
            answer(self.register, self.evaluation_id, name.replace("__", "."), value)
            self.inputs += 1

    def line(self, question_id: str, line: str, **columns: str) -> None:
        for column, value in columns.items():
            answer_line(self.register, self.evaluation_id, question_id, line, column, value)
            self.inputs += 1

    def row(self, question_id: str, **values: object) -> str:
        self.inputs += len(values)
        return add_row(self.register, self.evaluation_id, question_id, values)

    def is_done(self, screen_id: str) -> bool:
        walkthrough = self.loaded().walkthrough.jump(screen_id)
        assert walkthrough.current.missing == ()
        return walkthrough.current.status is Status.COMPLETE


@pytest.fixture
def path(tmp_path: Path) -> Iterator[LightPath]:
    moment = datetime(2026, 11, 22, 9, tzinfo=UTC)
    with Register.create(tmp_path / "register.coi", clock=lambda: moment) as register:
        yield LightPath(register)


def _first_sitting(path: LightPath) -> tuple[str, str]:
    path.say(
        scope__target_groups=("citizens", "employees"),
        purpose__purposes=("goal", "learn"),
        purpose__decision_to_inform="Skal alle grupper med?",
        purpose__decision_date=date(2026, 12, 15),
        purpose__decision_forum="manager",
    )
    path.say(
        proportion__cost="0",
        proportion__reach="1",
        proportion__risk="0",
        proportion__uncertainty="1",
        proportion__stakes="1",
        proportion__requirement="0",
        proportion__hours=Decimal(8),
        proportion__carried_out_by="internal",
    )
    path.line("value.cards", "efficiency", importance="3", expected="1")
    path.say(
        theory__if_we="mødes ti minutter hver morgen",
        theory__then="kører vi færre forgæves ture",
        theory__because="ændringer bliver sagt højt, før bilerne kører",
    )
    question = path.row("questions.questions", text="Kører vi færre forgæves ture?", type="outcome")
    indicator = path.row(
        "indicators.indicators",
        name="Forgæves ture om ugen",
        kind="efficiency",
        measure="count",
        direction="down",
        baseline_status="measured",
        baseline=Decimal(12),
        baseline_date=date(2026, 2, 2),
        goal_status="provisional",
        target_likely=Decimal(6),
    )
    path.row("methods.methods", method="count", participants="Kørelisten", from_date=date(2026, 2, 2))
    return question, indicator


def _second_sitting(path: LightPath, question: str, indicator: str) -> None:
    path.row("collect.measurements", indicator_id=indicator, date=date(2026, 5, 18), value=Decimal(7))
    path.say(
        changes__none=True,
        economy__applies="yes",
        economy__one_off=Decimal(18_000),
        economy__running_per_year=Decimal(52_000),
        economy__gain_per_year=Decimal(70_000),
        economy__gain_class="budget",
    )
    path.line("analyse.answers", question, short="partly")
    path.line("judge.ratings", "efficiency", rating="1")
    path.say(
        conclude__headline="Fem færre forgæves ture om ugen",
        conclude__value_for_whom="Kollegerne om dagen sparer tid",
        conclude__how_sure="Ret sikre om dagen, intet om aftenen",
        conclude__lesson1="Ti minutter er nok",
        decide__decided="adjust",
        decide__date=date(2026, 11, 22),
        decide__forum="manager",
        decide__reason="Aftenvagten skal med",
        decide__review_date=date(2027, 5, 1),
        meta__hours_used=Decimal(9),
        meta__used="yes",
    )


def test_the_first_sitting_fills_four_screens_and_leaves_two(path: LightPath) -> None:
    _first_sitting(path)
    assert all(path.is_done(screen) for screen in ("what_why", "how_much", "value_idea", "one_measure"))
    walkthrough = path.loaded().walkthrough
    assert walkthrough.position == "what_showed"
    assert walkthrough.current.sitting == 2
    assert walkthrough.minutes_left == 11
    assert path.loaded().figures.state == "planning"


def test_the_light_path_ends_with_a_finished_evaluation(path: LightPath) -> None:
    question, indicator = _first_sitting(path)
    _second_sitting(path, question, indicator)
    loaded = path.loaded()
    walkthrough = loaded.walkthrough
    assert walkthrough.depth == "light"
    assert walkthrough.missing == ()
    assert walkthrough.broken == ()
    assert walkthrough.may_finish
    assert walkthrough.minutes_left == 0
    assert {screen.status for screen in walkthrough.screens} == {Status.COMPLETE}
    assert path.inputs <= 60


def test_the_figures_follow_from_the_six_screens(path: LightPath) -> None:
    question, indicator = _first_sitting(path)
    _second_sitting(path, question, indicator)
    figures = path.loaded().figures
    assert figures.state == "following_up"
    assert (figures.evidence.level, figures.evidence.ceiling) == (2, 2)
    progress = figures.indicator(indicator).progress
    assert progress is not None
    assert round(progress, 4) == Decimal("0.8333")
    assert figures.indicator(indicator).status == "on_the_way"
    assert figures.economy.likely is not None
    # -18,000 now, 18,000 a year for the usual five years at 3.5 %.
    assert round(figures.economy.likely.npv, 2) == Decimal("63270.94")


def test_leaving_out_the_second_sitting_loses_nothing_and_blocks_nothing(path: LightPath) -> None:
    _first_sitting(path)
    before = path.loaded()
    answer(path.register, path.evaluation_id, "decide.decided", "stop")
    after = path.loaded()
    assert after.walkthrough.state("decide.carry_on") is not None
    assert after.walkthrough.state("decide.review_date") is None
    assert not after.walkthrough.may_finish
    path.register.undo()
    assert path.loaded().answers.single("eval_decision") == before.answers.single("eval_decision") == {}


def test_every_step_can_be_taken_back_to_the_bare_initiative(path: LightPath) -> None:
    question, indicator = _first_sitting(path)
    _second_sitting(path, question, indicator)
    while path.register.count("evaluation"):
        assert path.register.undo() is not None
    for table in ("scope", "purpose", "indicator", "measurement", "answer", "audience", "design"):
        assert path.register.count(table) == 0
    while path.register.redo() is not None:
        pass
    assert path.loaded().walkthrough.may_finish
