"""The overview of a portfolio: figures and charts of one moment, what waits, what changed last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import pytest

from coi_desktop.models.clock import today
from coi_desktop.models.key_figures import key_figures
from coi_desktop.models.portfolio_figures import PortfolioFigures, PortfolioSums, portfolio_figures
from coi_desktop.models.progress import run_to_end
from coi_desktop.models.records import Snapshot
from coi_desktop.models.reminder_groups import group_reminders, is_of
from coi_desktop.models.reminders import ReminderKind, reminders
from coi_desktop.operations.answering import answer
from coi_desktop.operations.charts import find_charts, find_portfolio_charts
from coi_desktop.operations.evaluations import start_evaluation
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.initiatives import add_initiative, add_row, edit_field
from coi_desktop.operations.library import words_of
from coi_desktop.operations.overview import MOST_RECENT, MOST_WAITING, Overview, make_overview
from coi_desktop.operations.portfolio_sums import sum_portfolio
from coi_desktop.operations.reminders import dismiss, put_off
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


def overview(register: Register) -> Overview:
    made = run_to_end(make_overview(register))
    assert made is not None
    return made


def test_an_empty_register_has_nothing_recent_and_no_charts(register: Register, day: Day) -> None:
    found = overview(register)
    assert (found.waiting, found.charts, found.recent, found.titles) == ((), (), (), {})
    assert found.figures[0].value == "0"


def test_the_sample_has_figures_and_both_charts(register: Register, day: Day) -> None:
    load_sample(register)
    found = overview(register)
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
    assert [one.initiative.id for one in overview(register).recent] == [second, first]
    edit_field(register, first, "owner", "Team")
    assert overview(register).recent[0].initiative.id == first
    evaluation = start_evaluation(register, second)
    edit_field(register, first, "owner", "Et andet team")
    answer(register, evaluation, "theory.if_we", "prøver", position="value_idea")
    assert overview(register).recent[0].initiative.id == second
    for number in range(MOST_RECENT):
        add_initiative(register, {"title": f"Tiltag {number}"})
    assert len(overview(register).recent) == MOST_RECENT


def test_what_waits_says_its_initiative_and_no_more_than_ten_are_shown(register: Register, day: Day) -> None:
    ids = [add_initiative(register, {"title": f"Tiltag {number:02d}"}) for number in range(MOST_WAITING + 3)]
    assert overview(register).waiting == ()
    day.pass_days(300)
    found = overview(register)
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
    found = overview(register)
    first = found.waiting[0]
    assert (found.titles[first.reminders[0].initiative_id], first.kind) == (
        "Gevinst",
        ReminderKind.BENEFIT_DUE,
    )
    assert first.reminders[0].day == date(2027, 1, 1)


def fill(register: Register, day: Day) -> None:
    """The sample, and initiatives for which something waits."""
    load_sample(register)
    for number in range(5):
        add_initiative(register, {"title": f"Tiltag {number}", "owner": "Anna" if number == 3 else ""})
    day.pass_days(200)
    figures, snapshot = whole(register)
    waiting = reminders(snapshot, figures, figures_catalogue().reminders)
    put_off(register, waiting[:1], today(day) + timedelta(days=7))
    dismiss(register, waiting[2:4])


def whole(register: Register) -> tuple[PortfolioFigures, Snapshot]:
    snapshot = register.snapshot()
    return portfolio_figures(snapshot, figures_catalogue(), today=today(register.clock)), snapshot


def test_figures_read_in_batches_of_any_size_are_those_of_the_whole_register(
    register: Register, day: Day
) -> None:
    fill(register, day)
    figures, _snapshot = whole(register)
    for size in (1, 2, 7, 200):
        sums = PortfolioSums(register.read_start(), figures_catalogue(), today=today(day))
        rows = [
            sums.add(batch.snapshot, initiative)
            for batch in register.iter_batches(size)
            if batch is not None
            for initiative in batch.snapshot.rows("initiative")
        ]
        totals = sums.totals()
        for field in fields(totals):
            assert getattr(totals, field.name) == getattr(figures, field.name), (size, field.name)
        assert [row.share for row in rows] == [row.share for row in figures.initiatives]
        assert [row.lights for row in rows] == [row.lights for row in figures.initiatives]
        assert [row.next_date for row in rows] == [row.next_date for row in figures.initiatives]
        assert [row.realised for row in rows] == [row.realised for row in figures.initiatives]


def test_the_overview_says_what_figures_and_reminders_of_the_whole_register_say(
    register: Register, day: Day
) -> None:
    fill(register, day)
    figures, snapshot = whole(register)
    words, rows = words_of(snapshot), snapshot.rows("initiative")
    quiet = register.find_untouched_imports([one.id for one in rows])
    waiting = reminders(snapshot, figures, figures_catalogue().reminders, quiet)
    mine = {one.id for one in rows if is_of(one, "anna")}
    assert mine
    made = run_to_end(make_overview(register, my_name="anna"))
    assert made is not None
    assert made.figures == key_figures(figures, words)
    assert list(made.charts) == find_portfolio_charts(figures, words)
    assert made.waiting == group_reminders(waiting, mine, MOST_WAITING)
    titles = {one.id: one.text("title") for one in rows}
    titles |= {one.id: one.text("name") for one in snapshot.rows("person")}
    assert made.titles == {one.subject_id: titles[one.subject_id] for one in waiting}
    recent = sorted(rows, key=lambda one: str(one["updated"]), reverse=True)[:MOST_RECENT]
    assert [one.initiative.id for one in made.recent] == [one.id for one in recent]


def test_charts_are_drawn_of_the_same_totals(register: Register, day: Day) -> None:
    fill(register, day)
    figures, snapshot = whole(register)
    totals, start = sum_portfolio(register, today(day))
    assert (totals, words_of(start).value_list("stage")) == (
        sum_portfolio(snapshot, today(day))[0],
        words_of(snapshot).value_list("stage"),
    )
    assert find_charts(register, clock=day) == find_portfolio_charts(figures, words_of(snapshot))


def test_a_register_that_changes_while_it_is_looked_over_gives_no_overview(
    register: Register, day: Day
) -> None:
    load_sample(register)
    job = make_overview(register)
    next(job)
    next(job)
    add_initiative(register, {"title": "Midt i det hele"})
    assert run_to_end(job) is None
    assert overview(register).figures[0].value == "13"


def test_nothing_is_kept_of_a_job_that_is_stopped(register: Register, day: Day) -> None:
    load_sample(register)
    job = make_overview(register)
    for _piece in range(5):
        next(job)
    job.close()
    add_initiative(register, {"title": "Bagefter"})
    assert overview(register).figures[0].value == "13"
