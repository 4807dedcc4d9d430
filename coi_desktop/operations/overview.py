"""What stands on the overview: the portfolio in figures and charts, what waits today, what changed last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from coi_desktop.i18n import current_language
from coi_desktop.models.chart_figures import ChartFigure
from coi_desktop.models.clock import today
from coi_desktop.models.key_figures import KeyFigure, key_figures
from coi_desktop.models.portfolio_figures import PortfolioSums
from coi_desktop.models.progress import Job, Progress, spoken
from coi_desktop.models.records import Record, Snapshot, last_touched
from coi_desktop.models.reminder_groups import ReminderGroup, is_of, own_first, share_lines
from coi_desktop.models.reminders import Reminder, ReminderKind, person_reminders, reminders_of, when
from coi_desktop.operations.charts import find_portfolio_charts
from coi_desktop.operations.figures import figures_catalogue
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register

#: No list on the overview is longer; one that is says how many more there are.
MOST_WAITING = 10
MOST_RECENT = 6

#: So many initiatives are worked out between two pauses; after one with an evaluation there is always one.
_INITIATIVES = 20


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


def make_overview(register: Register, *, my_name: str = "") -> Job[Overview | None]:
    """Work out the overview of the portfolio as it is today, in the language spoken now; None when the
    register was changed meanwhile.

    What ``my_name`` owns or leads stands first among the reminders. The register is read on the way, so that
    the job is advanced on its thread, some milliseconds at a time; no more of it is kept than is shown.
    """
    return spoken(current_language(), _make_overview(register, my_name))


def _make_overview(register: Register, my_name: str) -> Job[Overview | None]:
    total = register.count("initiative")
    yield Progress(0, total)
    gathered = _Gathered(register, my_name)
    batches = register.iter_batches()
    done = 0
    while True:
        try:
            batch = next(batches)
        except StopIteration as end:
            if not end.value:
                return None
            break
        if batch is not None:
            for _pause in gathered.iter_add(batch.snapshot):
                yield Progress(done, total)
            done = batch.done
        yield Progress(done, total)
    waiting = yield from gathered.order_waiting(Progress(done, total))
    overview = gathered.overview(waiting)
    return overview if register.revision == gathered.start.revision else None


class _Gathered:
    """What the overview shows, gathered from some initiatives after the other."""

    def __init__(self, register: Register, my_name: str) -> None:
        self.start = register.read_start()
        self._register = register
        self._my_name = my_name
        self._catalogue = figures_catalogue()
        self._sums = PortfolioSums(self.start, self._catalogue, today=today(register.clock))
        self._waiting: dict[ReminderKind, list[Reminder]] = {}
        self._titles: dict[str, str] = {}
        self._mine: set[str] = set()
        self._recent: list[tuple[datetime, str]] = []

    def iter_add(self, snapshot: Snapshot) -> Iterator[None]:
        """Add the initiatives of a snapshot, a few at a time."""
        initiatives = snapshot.rows("initiative")
        quiet = self._register.find_untouched_imports([one.id for one in initiatives])
        for place, initiative in enumerate(initiatives):
            row = self._sums.add(snapshot, initiative)
            if initiative.id not in quiet:
                self._wait(initiative, reminders_of(snapshot, row, self._sums.day, self._catalogue.reminders))
            if row.evaluation is not None or place % _INITIATIVES == 0:
                yield
        touched = [(moment, one.id) for one in initiatives if (moment := last_touched(one)) is not None]
        self._recent = nlargest(MOST_RECENT, [*self._recent, *touched], key=lambda one: one[0])

    def _wait(self, initiative: Record, found: list[Reminder]) -> None:
        for reminder in found:
            self._waiting.setdefault(reminder.kind, []).append(reminder)
        if found:
            self._titles[initiative.id] = initiative.text("title")
            if self._my_name and is_of(initiative, self._my_name):
                self._mine.add(initiative.id)

    def order_waiting(self, progress: Progress) -> Job[tuple[ReminderGroup, ...]]:
        """What waits, in order, a kind at a time; with it those for whom no initiative waits."""
        persons = person_reminders(self.start, self._sums.day)
        names = {person.id: person.text("name") for person in self.start.rows("person")}
        self._titles |= {one.record_id: names[one.record_id] for one in persons}
        if persons:
            self._waiting[ReminderKind.PERSON_REVIEW] = persons
        by_kind: dict[ReminderKind, tuple[Reminder, ...]] = {}
        for kind in ReminderKind:
            if found := self._waiting.pop(kind, None):
                found.sort(key=when)
                yield progress
                by_kind[kind] = own_first(found, self._mine)
                yield progress
        return share_lines(by_kind, self._mine, MOST_WAITING)

    def overview(self, waiting: tuple[ReminderGroup, ...]) -> Overview:
        """All of it."""
        totals, words = self._sums.totals(), words_of(self.start)
        recent = {
            one.id: one for one in self._register.get_many("initiative", [key for _, key in self._recent])
        }
        return Overview(
            figures=key_figures(totals, words),
            waiting=waiting,
            titles=self._titles,
            charts=tuple(find_portfolio_charts(totals, words)),
            recent=tuple(Recent(recent[key], moment) for moment, key in self._recent if key in recent),
        )
