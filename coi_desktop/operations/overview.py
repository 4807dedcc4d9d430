"""What stands on the overview: the portfolio in figures and charts, what waits today, what changed last."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from coi_desktop.i18n import current_language
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.clock import Clock, now, today
from coi_desktop.models.key_figures import KeyFigure, key_figures
from coi_desktop.models.portfolio_figures import portfolio_figures
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record, Snapshot, last_touched
from coi_desktop.models.reminder_groups import ReminderGroup, group_reminders, is_of
from coi_desktop.models.reminders import reminders
from coi_desktop.operations.charts import find_portfolio_charts
from coi_desktop.operations.exports import spoken
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import words_of

#: No list on the overview is longer; one that is says how many more there are.
MOST_WAITING = 10
MOST_RECENT = 6


@dataclass(frozen=True, slots=True)
class Recent:
    """An initiative and when it, or anything that belongs to it, was last changed."""

    initiative: Record
    changed: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on the overview, in the language it was made in.

    ``titles`` holds those of the initiatives, and the names of the persons, that something waits for, by id.
    """

    figures: tuple[KeyFigure, ...]
    waiting: tuple[ReminderGroup, ...]
    titles: Mapping[str, str]
    charts: tuple[ChartFigure, ...]
    recent: tuple[Recent, ...]


def make_overview(
    snapshot: Snapshot, *, quiet: Collection[str] = (), my_name: str = "", clock: Clock = now
) -> Job[Overview]:
    """Work out the overview of a portfolio on the day of ``clock``, in the language spoken now.

    Initiatives in ``quiet`` raise no reminders; what ``my_name`` owns or leads stands first among them.
    """
    return spoken(current_language(), _make_overview(snapshot, quiet, my_name, clock))


def _make_overview(snapshot: Snapshot, quiet: Collection[str], my_name: str, clock: Clock) -> Job[Overview]:
    yield Progress(0, 0)
    catalogue, words = figures_catalogue(), words_of(snapshot)
    portfolio = portfolio_figures(snapshot, catalogue, today=today(clock))
    yield Progress(1, 2)
    titles = {row.initiative.id: row.initiative.text("title") for row in portfolio.initiatives}
    titles |= {person.id: person.text("name") for person in snapshot.rows("person")}
    waiting = reminders(snapshot, portfolio, catalogue.reminders, quiet)
    mine = {one.id for one in snapshot.rows("initiative") if is_of(one, my_name)}
    return Overview(
        figures=key_figures(portfolio, words),
        waiting=group_reminders(waiting, mine, MOST_WAITING),
        titles={one.subject_id: titles[one.subject_id] for one in waiting},
        charts=tuple(find_portfolio_charts(portfolio, words)),
        recent=tuple(_recent(snapshot)[:MOST_RECENT]),
    )


def _recent(snapshot: Snapshot) -> list[Recent]:
    """The initiatives, the one last worked on first."""
    found = [Recent(one, moment) for one in snapshot.rows("initiative") if (moment := last_touched(one))]
    return sorted(found, key=lambda one: one.changed, reverse=True)
