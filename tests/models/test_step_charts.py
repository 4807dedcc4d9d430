from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from coi_desktop.i18n import speaking
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.evaluation_figures import EvaluationFigures, evaluation_figures
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.step_charts import (
    answers_chart,
    audience_chart,
    evidence_chart,
    findings_chart,
    method_hours_chart,
    step_charts,
)
from coi_desktop.models.time_charts import actions_chart, changes_chart, schedule_chart
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import vocabulary
from tests.exchange.workbook_makers import make_record, make_snapshot


@pytest.fixture(autouse=True)
def danish() -> Any:
    with speaking("da"):
        yield


def evaluation_with(*records: Record) -> tuple[Snapshot, EvaluationFigures]:
    snapshot = make_snapshot(
        make_record("initiative", "i1", title="T"),
        make_record("evaluation", "e1", initiative_id="i1", title="E", depth="deep"),
        *records,
    )
    return snapshot, evaluation_figures(snapshot, snapshot.get("evaluation", "e1"), figures_catalogue())


def row(type_name: str, number: int, **values: Any) -> Record:
    return make_record(type_name, f"{type_name}{number}", evaluation_id="e1", **values)


def made(make: Any, *records: Record) -> ChartFigure | None:
    snapshot, figures = evaluation_with(*records)
    found = make(snapshot, figures, vocabulary())
    assert found is None or isinstance(found, ChartFigure)
    return found


def test_an_evaluation_just_begun_has_no_charts_of_steps() -> None:
    assert step_charts(*evaluation_with(), vocabulary()) == []


def test_the_plan_of_collection_has_the_decision_as_a_line_and_says_what_comes_too_late() -> None:
    figure = made(
        schedule_chart,
        row("decision_need", 1, decision_date=date(2026, 11, 15)),
        row("method_use", 1, method="interview", from_date=date(2026, 9, 1), to_date=date(2026, 12, 1)),
        row("method_use", 2, method="survey", from_date=date(2026, 10, 1)),
        row("method_use", 3, method="observation", from_date=date(2026, 1, 1), status="dropped"),
        row("method_use", 4, method="experiment"),
    )
    assert figure is not None
    assert len(figure.categories) == 2
    assert figure.title == "1 metode slutter efter beslutningen 15-11-2026"
    assert [mark.place for mark in figure.marks] == [date(2026, 11, 15)]
    assert figure.spans[0].days == (date(2026, 9, 1), date(2026, 12, 1))
    assert figure.spans[1].days == (date(2026, 10, 1), date(2026, 10, 1))
    assert figure.table()[1][0][1:3] == (date(2026, 9, 1), date(2026, 12, 1))


def test_days_typed_the_wrong_way_round_are_a_span_all_the_same() -> None:
    figure = made(
        schedule_chart,
        row("decision_need", 1, decision_date=date(2026, 11, 15)),
        row("method_use", 1, method="survey", from_date=date(2026, 10, 9), to_date=date(2026, 10, 1)),
    )
    assert figure is not None
    assert figure.spans[0].days == (date(2026, 10, 1), date(2026, 10, 9))


def test_hours_of_one_method_used_twice_are_added_and_dropped_ones_left_out() -> None:
    figure = made(
        method_hours_chart,
        row("proportion", 1, hours=Decimal(40)),
        row("method_use", 1, method="interview", hours=Decimal("4.5")),
        row("method_use", 2, method="interview", hours=Decimal("2.5")),
        row("method_use", 3, method="survey", hours=Decimal(14)),
        row("method_use", 4, method="experiment", hours=Decimal(99), status="dropped"),
    )
    assert figure is not None
    assert figure.series[0].values == (Decimal(14), Decimal("7.0"))
    assert figure.title == "Metoderne tager 21 af 40 timer"


def test_findings_are_counted_by_theme_and_sign_and_the_unexpected_named() -> None:
    figure = made(
        findings_chart,
        row("finding", 1, theme="Adgang", sign="negative", expected=False),
        row("finding", 2, theme="Adgang", sign="positive"),
        row("finding", 3, theme="", sign="positive"),
        row("finding", 4, theme="Adgang", text="uden retning"),
    )
    assert figure is not None
    assert figure.categories == ("Adgang", "uden tema")
    assert {one.key: one.values for one in figure.series} == {
        "positive": (Decimal(1), Decimal(1)),
        "negative": (Decimal(1), Decimal(0)),
    }
    assert figure.footnote == "heraf uventede: 1"


def test_answers_stand_in_the_grid_by_answer_and_confidence() -> None:
    figure = made(
        answers_chart,
        row("question", 1, text="A?"),
        row("question", 2, text="B?"),
        row("question", 3, text="C?"),
        make_record("answer", "a1", question_id="question1", short="yes", confidence="low"),
        make_record("answer", "a2", question_id="question2", short="no", confidence="high"),
        make_record("answer", "a3", question_id="question3", short="no"),
    )
    assert figure is not None
    assert figure.grid is not None
    assert figure.table()[1] == (("A?", "Ja", "Lav"), ("B?", "Nej", "Høj"))


def test_roles_stand_by_interest_and_influence_with_the_greatest_influence_on_top() -> None:
    figure = made(
        audience_chart,
        row("audience", 1, role="Udvalg", interest=5, influence=5),
        row("audience", 2, role="Nabo", interest=1, influence=2),
        row("audience", 3, role="Ukendt", interest=4),
        row("audience", 4, role="Forkert", interest=9, influence=1),
    )
    assert figure is not None
    assert figure.grid is not None
    assert figure.grid.places == ((4, 0), (0, 3))
    assert figure.table()[1][1] == ("Nabo", "1", "2")


def test_the_ladder_shows_what_is_reached_and_what_the_comparison_allows() -> None:
    figure = made(
        evidence_chart,
        row("design", 1, code="before_after"),
        row("theory", 1, if_we="a", then="b", because="c"),
        row("finding", 1, text="f", date=date(2026, 1, 1)),
    )
    assert figure is not None
    assert figure.labels == ("nået", "nået", "kan nås", *["ikke med denne sammenligning"] * 3)


def test_open_actions_stand_by_due_date_and_overdue_ones_are_counted() -> None:
    figure = made(
        actions_chart,
        row("action", 1, text="Sent", due=date(2026, 12, 24), state="open"),
        row("action", 2, text="Forbi", due=date(2026, 1, 1), state="under_way", owner_role="Leder"),
        row("action", 3, text="Gjort", due=date(2026, 1, 1), state="done"),
    )
    assert figure is not None
    assert figure.categories == ("Forbi", "Sent")
    assert figure.title == "2 åbne handlinger, heraf 1 over fristen"
    assert figure.labels == ("Leder, over fristen", "Åben")


def test_what_shifted_stands_on_a_timeline_from_the_first_to_the_last_day() -> None:
    changes = [
        row("change_log", 1, date=date(2026, 6, 1), kind="goal", what="Målet blev lavere"),
        row("change_log", 2, date=date(2026, 3, 1), kind="solution", what="Ny skærm"),
        row("change_log", 3, what="uden dag"),
    ]
    figure = made(changes_chart, *changes)
    assert figure is not None
    assert figure.categories == ("Ny skærm", "Målet blev lavere")
    assert made(changes_chart, changes[0]) is None
