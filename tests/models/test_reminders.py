"""What waits today: each reminder from its day on, and none for what is done, parked or not yet due."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from coi_desktop.models.evaluation_records import measured_indicators, measurement_remarks
from coi_desktop.models.portfolio_figures import portfolio_figures
from coi_desktop.models.reminders import ReminderKind, reminders
from tests.models.evaluation_cases import TODAY, Drawing, draw_demo, money, shipped_catalogue
from tests.models.shipped_words import shipped_vocabulary

CATALOGUE = shipped_catalogue()


def ahead(days: int) -> date:
    return TODAY + timedelta(days=days)


def moment(days: int) -> datetime:
    return datetime(2026, 11, 22, 9, 0, tzinfo=UTC) + timedelta(days=days)


def kinds(drawing: Drawing, today: date = TODAY) -> list[str]:
    snapshot = drawing.snapshot()
    portfolio = portfolio_figures(snapshot, CATALOGUE, today=today)
    return [one.kind.value for one in reminders(snapshot, portfolio, CATALOGUE.reminders)]


@pytest.fixture
def drawing() -> Drawing:
    return Drawing()


@pytest.fixture
def evaluation(drawing):
    """An evaluation under way, touched today, of a trial."""
    initiative = drawing.put(
        "initiative", title="Medicinrobot", status="active", stage="trial", created=moment(0)
    )
    evaluation = drawing.put("evaluation", initiative_id=initiative.id, updated=moment(0))
    drawing.put("purpose", evaluation_id=evaluation.id, code="learn")
    return evaluation


def test_an_evaluation_in_order_reminds_of_nothing(drawing, evaluation):
    assert kinds(drawing) == []


@pytest.mark.parametrize(
    ("created", "status", "expected"),
    [
        (-14, "active", ["not_started"]),
        (-13, "active", []),
        (-99, "stopped", []),
        (-99, "parked", []),
        (-99, None, ["not_started"]),
    ],
)
def test_an_initiative_without_an_evaluation_waits_after_a_fortnight(drawing, created, status, expected):
    initiative = drawing.put("initiative", title="x", status=status, created=moment(created))
    assert kinds(drawing) == expected
    drawing.put("evaluation", initiative_id=initiative.id)
    assert kinds(drawing) == expected


def test_an_initiative_without_a_day_of_creation_waits_for_nothing(drawing):
    drawing.put("initiative", title="x", status="active")
    assert kinds(drawing) == []


@pytest.mark.parametrize(
    ("days", "expected"), [(-1, []), (0, ["decision_ahead"]), (30, ["decision_ahead"]), (31, [])]
)
def test_a_decision_within_a_month_waits_for_a_measurement(drawing, evaluation, days, expected):
    drawing.put("decision_need", evaluation_id=evaluation.id, decision_date=ahead(days))
    assert kinds(drawing) == expected
    indicator = drawing.put("indicator", evaluation_id=evaluation.id, baseline=Decimal(1))
    drawing.put("measurement", indicator_id=indicator.id, date=ahead(-5), value=Decimal(2))
    assert kinds(drawing) == []


@pytest.mark.parametrize(
    ("status", "days", "expected"),
    [
        ("planned", -1, ["method_overdue"]),
        ("under_way", -1, ["method_overdue"]),
        ("planned", 0, []),
        ("done", -1, []),
        ("dropped", -1, []),
    ],
)
def test_a_planned_method_past_its_date_waits(drawing, evaluation, status, days, expected):
    drawing.put(
        "method_use", evaluation_id=evaluation.id, method="survey", status=status, to_date=ahead(days)
    )
    assert kinds(drawing) == expected


@pytest.mark.parametrize(
    ("stage", "values", "expected"),
    [
        ("trial", {}, ["baseline_missing"]),
        ("operating", {}, ["baseline_missing"]),
        ("idea", {}, []),
        ("trial", {"baseline": Decimal(0)}, []),
        ("trial", {"baseline_status": "not_possible"}, []),
        ("trial", {"measure": "sign"}, []),
    ],
)
def test_a_missing_baseline_waits_once_the_trial_runs(drawing, evaluation, stage, values, expected):
    drawing.put("scope", evaluation_id=evaluation.id, stage=stage)
    drawing.put("indicator", evaluation_id=evaluation.id, name="Ventetid", **values)
    assert kinds(drawing) == expected


def test_the_stage_of_the_initiative_counts_where_the_evaluation_names_none(drawing, evaluation):
    drawing.put("indicator", evaluation_id=evaluation.id, name="Ventetid")
    assert kinds(drawing) == ["baseline_missing"]


@pytest.mark.parametrize(("days", "expected"), [(-90, ["untouched"]), (-89, [])])
def test_an_evaluation_untouched_for_a_quarter_waits(drawing, days, expected):
    initiative = drawing.put("initiative", title="x", status="active", created=moment(days))
    evaluation = drawing.put("evaluation", initiative_id=initiative.id, updated=moment(days))
    drawing.put("purpose", evaluation_id=evaluation.id, code="learn")
    assert kinds(drawing) == expected


def test_what_was_decided_comes_back_on_its_day(drawing):
    evaluation = draw_demo(drawing)
    drawing.put(
        "action", evaluation_id=evaluation.id, text="Tal med høreforeningen", due=ahead(1), state="open"
    )
    drawing.put("action", evaluation_id=evaluation.id, text="Færdig", due=ahead(0), state="done")
    assert kinds(drawing) == []
    assert kinds(drawing, ahead(1)) == ["action_due"]
    assert kinds(drawing, date(2027, 5, 15)) == ["review_due", "action_due"]


def test_a_benefit_is_followed_up_until_it_is_realised(drawing):
    initiative = drawing.put("initiative", title="x", status="active")
    for realised in (None, money(5)):
        drawing.put(
            "benefit", initiative_id=initiative.id, class_="budget", follow_up=ahead(0), realised=realised
        )
    assert kinds(drawing, ahead(-1)) == []
    assert kinds(drawing) == ["benefit_due"]


def test_the_most_urgent_stand_first_and_then_the_oldest(drawing, evaluation):
    drawing.put("decision_need", evaluation_id=evaluation.id, decision_date=ahead(3))
    drawing.put("indicator", evaluation_id=evaluation.id, name="Ventetid")
    for days in (-1, -9):
        drawing.put("action", evaluation_id=evaluation.id, due=ahead(days))
    snapshot = drawing.snapshot()
    found = reminders(snapshot, portfolio_figures(snapshot, CATALOGUE), CATALOGUE.reminders)
    assert [(one.kind, one.day) for one in found] == [
        ("decision_ahead", ahead(3)),
        ("action_due", ahead(-9)),
        ("action_due", ahead(-1)),
        ("baseline_missing", None),
    ]
    assert {one.evaluation_id for one in found} == {evaluation.id}


def test_every_kind_of_reminder_has_its_words():
    assert shipped_vocabulary().keys("reminder") == tuple(ReminderKind)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({}, ()),
        ({"n": 4}, ("too_few",)),
        ({"response_rate": Decimal("39.9")}, ("low_response",)),
        ({"response_rate": Decimal(40)}, ()),
        ({"date": date(2026, 9, 1)}, ("other_season",)),
        ({"date": date(2027, 3, 30)}, ()),
    ],
)
def test_what_deserves_a_note_about_the_latest_measurement(drawing, evaluation, values, expected):
    indicator = drawing.put(
        "indicator", evaluation_id=evaluation.id, baseline=Decimal(1), baseline_date=date(2026, 3, 1)
    )
    measured = {"date": date(2026, 3, 31), "value": Decimal(2), "n": 40} | values
    drawing.put("measurement", indicator_id=indicator.id, **measured)
    snapshot = drawing.snapshot()
    (figures,) = measured_indicators(snapshot, evaluation)
    assert measurement_remarks(snapshot, figures, CATALOGUE.low_response_rate) == expected


def test_nothing_measured_deserves_no_note(drawing, evaluation):
    drawing.put("indicator", evaluation_id=evaluation.id)
    snapshot = drawing.snapshot()
    (figures,) = measured_indicators(snapshot, evaluation)
    assert measurement_remarks(snapshot, figures, CATALOGUE.low_response_rate) == ()
