"""The overview of a portfolio: figures and charts of one moment, what waits, what changed last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from coi_desktop.models.progress import run_to_end
from coi_desktop.models.reminders import ReminderKind
from coi_desktop.operations.answering import answer
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field
from coi_desktop.operations.overview import MOST_RECENT, MOST_WAITING, Overview, make_overview
from coi_desktop.operations.samples import load_sample
from coi_desktop.store.register import Register
from tests.operations.days import Day


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def register(tmp_path: Path, day: Day) -> Iterator[Register]:
    with Register.create(tmp_path / "r.coi", clock=day) as made:
        yield made


def overview(register: Register, day: Day) -> Overview:
    return run_to_end(make_overview(register.snapshot(), clock=day))


def test_an_empty_register_has_nothing_recent_and_no_charts(register: Register, day: Day) -> None:
    found = overview(register, day)
    assert (found.waiting, found.charts, found.recent, found.titles) == ((), (), (), {})
    assert found.figures[0].value == "0"


def test_the_sample_has_figures_and_both_charts(register: Register, day: Day) -> None:
    load_sample(register)
    found = overview(register, day)
    assert [one.key for one in found.figures] == [
        "initiatives",
        "evaluated",
        "under_way",
        "reused",
        "stopped",
        "gain",
    ]
    assert [one.kind.value for one in found.charts] == ["portfolio", "portfolio_gains"]


def test_the_initiative_changed_last_stands_first_and_an_answer_is_a_change(
    register: Register, day: Day
) -> None:
    first = add_initiative(register, {"title": "Første"})
    second = add_initiative(register, {"title": "Anden"})
    assert [one.initiative.id for one in overview(register, day).recent] == [second, first]
    edit_field(register, first, "owner", "Team")
    assert overview(register, day).recent[0].initiative.id == first
    evaluation = start_evaluation(register, second)
    edit_field(register, first, "owner", "Et andet team")
    answer(register, evaluation, "theory.if_we", "prøver", position="value_idea")
    assert overview(register, day).recent[0].initiative.id == second
    for number in range(MOST_RECENT):
        add_initiative(register, {"title": f"Tiltag {number}"})
    assert len(overview(register, day).recent) == MOST_RECENT


def test_what_waits_says_its_initiative_and_no_more_than_ten_are_shown(register: Register, day: Day) -> None:
    ids = [add_initiative(register, {"title": f"Tiltag {number:02d}"}) for number in range(MOST_WAITING + 3)]
    assert overview(register, day).waiting == ()
    day.pass_days(300)
    found = overview(register, day)
    (group,) = found.waiting
    assert (group.kind, len(group.reminders)) == (ReminderKind.NOT_STARTED, len(ids))
    assert group.lines == MOST_WAITING
    assert set(found.titles.values()) == {f"Tiltag {number:02d}" for number in range(len(ids))}


def test_a_gain_that_has_come_due_waits_before_what_was_never_begun(register: Register, day: Day) -> None:
    add_initiative(register, {"title": "Aldrig begyndt"})
    due = add_initiative(register, {"title": "Gevinst"})
    add_row(
        register,
        "benefit",
        {"initiative_id": due, "text": "Sparet tid", "likely": 1000, "follow_up": date(2027, 1, 1)},
    )
    day.pass_days(300)
    found = overview(register, day)
    first = found.waiting[0]
    assert (found.titles[first.reminders[0].initiative_id], first.kind) == (
        "Gevinst",
        ReminderKind.BENEFIT_DUE,
    )
    assert first.reminders[0].day == date(2027, 1, 1)
