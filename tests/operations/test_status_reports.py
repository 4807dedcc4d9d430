"""Lights, risks and status reports of an initiative: worked out, kept, found, merged, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from coi_desktop.models.portfolio_figures import initiative_figures
from coi_desktop.models.query import Query
from coi_desktop.operations.evaluations import load_evaluation, start_evaluation
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import (
    add_initiative,
    add_row,
    edit_row,
    remove_initiative,
    remove_row,
)
from coi_desktop.operations.merging import merge, plan_merging
from coi_desktop.operations.people import add_person, edit_person
from coi_desktop.operations.status_reports import add_status_report, find_lights, find_reports, lacks_reason
from coi_desktop.operations.trash import find_trash, restore_item
from coi_desktop.store.register import Register
from tests.store.making import StandingClock


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi", clock=StandingClock()) as made:
        yield made


@pytest.fixture
def robot(register: Register) -> str:
    values = {"title": "Robot", "forecast": Decimal(110), "baseline_budget": Decimal(100)}
    return add_initiative(register, values)


def add_risk(register: Register, initiative: str, text: str = "Strejke", **values: object) -> str:
    return add_row(register, "risk", {"initiative_id": initiative, "text": text, **values})


def found(register: Register, words: str) -> tuple[str, ...]:
    return tuple(register.find_ids(Query("initiative", search=words)))


def test_a_report_begins_with_the_lights_of_its_day_and_keeps_them(register: Register, robot: str) -> None:
    risk = add_risk(register, robot, probability="5", consequence="3")
    report_id = add_status_report(register, robot, {"done": "Indkøbt"})
    remove_row(register, "risk", risk)
    report = register.get("status_report", report_id)
    assert report["date"] == register.clock().date()
    assert (report["cost"], report["time"], report["risk"]) == ("yellow", None, "red")
    assert (report["suggested"], report["overall"], report["done"]) == ("red", "red", "Indkøbt")
    assert find_lights(register, robot).overall == "yellow"


def test_another_light_than_the_suggested_asks_for_a_reason(register: Register, robot: str) -> None:
    report = add_status_report(register, robot)
    assert not lacks_reason(register.get("status_report", report))
    edit_row(register, "status_report", report, "overall", "green")
    assert lacks_reason(register.get("status_report", report))
    edit_row(register, "status_report", report, "reason", "Aftalt")
    assert not lacks_reason(register.get("status_report", report))


def test_reports_stand_newest_first(register: Register, robot: str) -> None:
    days = (date(2026, 3, 1), date(2026, 9, 1), date(2026, 6, 1))
    for day in days:
        add_status_report(register, robot, {"date": day})
    assert [one.day("date") for one in find_reports(register, robot)] == sorted(days, reverse=True)


def test_the_lights_are_those_of_the_portfolio(register: Register, robot: str) -> None:
    add_risk(register, robot, probability="2", consequence="4")
    start_evaluation(register, robot)
    snapshot = register.snapshot()
    [initiative] = snapshot.rows("initiative")
    assert (
        find_lights(register, robot) == initiative_figures(snapshot, initiative, figures_catalogue()).lights
    )


def test_a_benefit_of_no_evaluation_counts_in_each_of_the_initiative(register: Register, robot: str) -> None:
    evaluation = start_evaluation(register, robot)
    other = start_evaluation(register, robot)
    values = {"initiative_id": robot, "text": "Tid", "class": "budget", "year": 1, "likely": Decimal(500)}
    add_row(register, "benefit", values)
    add_row(register, "benefit", {**values, "evaluation_id": other, "text": "Ro"})
    loaded = load_evaluation(register, evaluation)
    assert [row["text"] for row in loaded.answers.rows("benefit")] == ["Tid"]
    assert len(load_evaluation(register, other).answers.rows("benefit")) == 2


def test_words_of_risks_and_reports_find_their_initiative(register: Register, robot: str) -> None:
    assert found(register, "strejke") == ()
    risk = add_risk(register, robot, text="Lærerstrejke", action="Vikarer aftales")
    report = add_status_report(register, robot, {"decision_needed": "Forlængelse til sommer"})
    for words in ("strejke", "vikar", "forlæng", "forlængelse vikarer"):
        assert found(register, words) == (robot,)
    remove_row(register, "risk", risk)
    edit_row(register, "status_report", report, "decision_needed", None)
    assert found(register, "strejke") == found(register, "vikar") == found(register, "forlæng") == ()
    register.undo()
    register.undo()
    assert found(register, "vikar forlæng") == (robot,)


def test_words_below_are_found_from_the_start_of_a_register(register: Register, robot: str) -> None:
    add_risk(register, robot, text="Lærerstrejke", action="Vikarer aftales")
    path = register.path
    register.close()
    with Register.open(path) as again:
        assert found(again, "vikar") == found(again, "strejke") == (robot,)


def test_they_go_to_the_trash_with_their_initiative_and_come_back(register: Register, robot: str) -> None:
    add_risk(register, robot)
    add_status_report(register, robot)
    remove_initiative(register, robot)
    assert register.count("risk") == register.count("status_report") == 0
    [removed] = find_trash(register)
    restore_item(register, removed)
    assert len(register.children("risk", robot)) == len(register.children("status_report", robot)) == 1


def test_a_merge_takes_them_along_and_keeps_equal_ones_once(register: Register, robot: str) -> None:
    other = add_initiative(register, {"title": "Robotten"})
    for owner in (robot, other):
        add_risk(register, owner)
    add_risk(register, other, text="Ny lov")
    add_status_report(register, other, {"done": "Prøvet"})
    merge(register, plan_merging(register, robot, other))
    assert [one["text"] for one in register.children("risk", robot)] == ["Strejke", "Ny lov"]
    assert [one["done"] for one in register.children("status_report", robot)] == ["Prøvet"]


def test_the_owner_of_a_risk_is_a_person_who_is_renamed_everywhere(register: Register, robot: str) -> None:
    risk = add_risk(register, robot, owner="Mette Holm")
    person = add_person(register, {"name": "Mette Holm"})
    edit_person(register, person, "name", "Mette Lund")
    assert register.get("risk", risk)["owner"] == "Mette Lund"
