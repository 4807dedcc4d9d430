"""Answers to reminders: put off until a day, not relevant for the day they are about, confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from coi_desktop.models.clock import today
from coi_desktop.models.portfolio_figures import portfolio_figures
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.reminders import Reminder, ReminderKind, reminders
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field
from coi_desktop.operations.people import add_person
from coi_desktop.operations.reminders import confirm_initiatives, dismiss, put_off
from coi_desktop.operations.table_imports import import_table
from coi_desktop.store.register import Register
from tests.operations.days import Day


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def register(tmp_path: Path, day: Day) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi", clock=day) as made:
        yield made


def found(register: Register) -> list[Reminder]:
    snapshot = register.snapshot()
    figures = portfolio_figures(snapshot, figures_catalogue(), today=today(register.clock))
    quiet = register.find_untouched_imports([one.id for one in snapshot.rows("initiative")])
    return list(reminders(snapshot, figures, figures_catalogue().reminders, quiet))


def kinds(register: Register) -> list[str]:
    return [one.kind.value for one in found(register)]


def test_what_is_put_off_comes_back_on_its_day(register: Register, day: Day) -> None:
    add_initiative(register, {"title": "Robot"})
    day.pass_days(20)
    (waiting,) = found(register)
    put_off(register, [waiting], today(day) + timedelta(days=7))
    assert found(register) == []
    day.pass_days(6)
    assert found(register) == []
    day.pass_days(1)
    assert found(register) == [waiting]
    register.undo()
    assert found(register) == [waiting]


def test_what_is_not_relevant_stays_away_until_it_is_about_another_day(register: Register, day: Day) -> None:
    initiative = add_initiative(register, {"title": "Robot"})
    benefit = add_row(
        register, "benefit", {"initiative_id": initiative, "text": "Tid", "follow_up": today(day)}
    )
    (waiting,) = found(register)
    assert waiting.kind is ReminderKind.BENEFIT_DUE
    dismiss(register, [waiting])
    day.pass_days(10)
    assert found(register) == []
    later = today(day)
    register.transact(
        register.history()[0].op, lambda writer: writer.change("benefit", benefit, {"follow_up": later})
    )
    assert kinds(register) == ["benefit_due"]


def test_an_answer_is_no_work_on_the_initiative(register: Register, day: Day) -> None:
    initiative = add_initiative(register, {"title": "Robot"})
    before = register.get("initiative", initiative)["updated"]
    day.pass_days(20)
    dismiss(register, found(register))
    assert register.get("initiative", initiative)["updated"] == before


def test_many_are_answered_in_one_step(register: Register, day: Day) -> None:
    for title in "abc":
        add_initiative(register, {"title": title})
    day.pass_days(20)
    waiting = found(register)
    dismiss(register, waiting)
    assert found(register) == []
    register.undo()
    assert found(register) == waiting


def test_an_initiative_is_to_be_confirmed_a_year_after_anybody_stood_by_it(
    register: Register, day: Day
) -> None:
    initiative = add_initiative(register, {"title": "Robot"})
    day.pass_days(20)
    dismiss(register, found(register))
    day.pass_days(344)
    assert kinds(register) == []
    day.pass_days(1)
    assert kinds(register) == ["not_confirmed"]
    confirm_initiatives(register, [initiative])
    assert kinds(register) == []
    assert register.get("initiative", initiative)["confirmed"] == today(day)
    day.pass_days(364)
    assert kinds(register) == []
    day.pass_days(1)
    assert kinds(register) == ["not_confirmed"]


def test_what_came_from_a_list_raises_none_until_it_is_edited(
    register: Register, day: Day, tmp_path: Path
) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("Titel;Ejer\nRobot;Anna\nHave;Bo\n", encoding="utf-8")
    run_to_end(import_table(register, path))
    own = add_initiative(register, {"title": "Vores egen"})
    day.pass_days(500)
    assert {one.initiative_id for one in found(register)} == {own}
    robot = next(one for one in register.snapshot().rows("initiative") if one.text("title") == "Robot")
    edit_field(register, robot.id, "problem", "Der spildes tid")
    assert {one.initiative_id for one in found(register)} == {own, robot.id}


def test_a_person_is_reviewed_from_the_day_on_and_no_sooner(register: Register, day: Day) -> None:
    add_person(register, {"name": "Anna Holm", "review_date": today(day) + timedelta(days=30)})
    day.pass_days(29)
    assert kinds(register) == []
    day.pass_days(1)
    (waiting,) = found(register)
    assert waiting.kind is ReminderKind.PERSON_REVIEW
    assert not waiting.can_be_answered
    person = register.get("person", waiting.record_id)
    assert person.text("name") == "Anna Holm"
