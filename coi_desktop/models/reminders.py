"""What waits for somebody today, worked out from the records: nothing runs in the background."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.evaluation_state import State
from coi_desktop.models.figures_catalogue import ReminderLimits
from coi_desktop.models.people import due_reviews
from coi_desktop.models.portfolio_figures import InitiativeFigures, PortfolioFigures
from coi_desktop.models.records import Record, Snapshot, last_touched
from coi_desktop.models.vocabulary import UNKNOWN

#: From these stages on a missing baseline can hardly be fetched later.
_RUNNING_STAGES = ("trial", "implemented", "operating", "spreading")

_UNDECIDED = (State.NOT_STARTED, State.PLANNING, State.COLLECTING, State.CONCLUDING)


class ReminderKind(StrEnum):
    """Why something waits; keys of the value list ``reminder``, the most urgent first."""

    DECISION_AHEAD = "decision_ahead"
    REVIEW_DUE = "review_due"
    ACTION_DUE = "action_due"
    BENEFIT_DUE = "benefit_due"
    METHOD_OVERDUE = "method_overdue"
    BASELINE_MISSING = "baseline_missing"
    UNTOUCHED = "untouched"
    NOT_STARTED = "not_started"
    NOT_CONFIRMED = "not_confirmed"
    PERSON_REVIEW = "person_review"


#: The question of the guide where a reminder is settled; the others are settled where the evaluation was left
#: or at the initiative itself.
SETTLED_AT: Mapping[ReminderKind, str] = MappingProxyType(
    {
        ReminderKind.DECISION_AHEAD: "collect.measurements",
        ReminderKind.REVIEW_DUE: "decide.review_date",
        ReminderKind.ACTION_DUE: "actions.actions",
        ReminderKind.METHOD_OVERDUE: "methods.methods",
        ReminderKind.BASELINE_MISSING: "indicators.indicators",
    }
)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that waits: for which initiative and evaluation (empty where it is about none), and the
    record it is about.

    ``day`` is when it falls or fell due, or since when it waits; None where there is no day.
    """

    kind: ReminderKind
    initiative_id: str
    evaluation_id: str
    type_name: str
    record_id: str
    day: date | None

    @property
    def subject_id(self) -> str:
        """Whose title stands on its line: the initiative, or what it is about where that is none."""
        return self.initiative_id or self.record_id

    @property
    def can_be_answered(self) -> bool:
        """Whether it can be put off or called not relevant; a date of a person is changed instead."""
        return bool(self.initiative_id)

    @property
    def key(self) -> tuple[str, str, str]:
        """What an answer to it is kept by: the initiative, the kind, and the record it is about."""
        return self.initiative_id, self.kind.value, self.record_id


def last_confirmed(initiative: Record) -> date | None:
    """When somebody last stood by what the register says of an initiative: confirmed it, or worked on it."""
    days = [initiative.day("confirmed")]
    if (touched := last_touched(initiative)) is not None:
        days.append(touched.date())
    return max((day for day in days if day is not None), default=None)


def _is_answered(reminder: Reminder, answer: Record | None, today: date) -> bool:
    """Whether it was put off to a day ahead, or is not relevant for the day it was about."""
    if answer is None:
        return False
    if answer.flag("dismissed"):
        return answer.day("about") == reminder.day
    until = answer.day("until")
    return until is not None and today < until


def reminders(
    snapshot: Snapshot,
    portfolio: PortfolioFigures,
    limits: ReminderLimits,
    quiet: Collection[str] = (),
) -> tuple[Reminder, ...]:
    """All reminders of the active initiatives on the day of the figures, the most urgent kind first, then by
    day.

    The initiatives in ``quiet`` (imported, and not edited since) raise none, and neither does what was put
    off or is not relevant.
    """
    found = [
        reminder
        for row in portfolio.initiatives
        if row.initiative.id not in quiet
        for reminder in reminders_of(snapshot, row, portfolio.day, limits)
    ]
    found += person_reminders(snapshot, portfolio.day)
    order = list(ReminderKind)
    return tuple(sorted(found, key=lambda one: (order.index(one.kind), when(one))))


def when(reminder: Reminder) -> date:
    """What reminders of a kind are in order of: their days, and last those without one."""
    return reminder.day or date.max


def reminders_of(
    snapshot: Snapshot, row: InitiativeFigures, today: date, limits: ReminderLimits
) -> list[Reminder]:
    """The reminders of one initiative that are not put off or irrelevant; none of one that is not active."""
    initiative = row.initiative
    if initiative.text("status") not in ("", "active", UNKNOWN):
        return []
    found = list(_of_initiative(snapshot, row, today, limits))
    if not found:
        return found
    answers = {
        (one.text("kind"), one.text("subject_id")): one
        for one in snapshot.children("reminder_choice", initiative.id, "initiative_id")
    }
    return [one for one in found if not _is_answered(one, answers.get(one.key[1:]), today)]


def person_reminders(snapshot: Snapshot, today: date) -> list[Reminder]:
    """The persons whose date has come to be looked at again."""
    return [
        Reminder(ReminderKind.PERSON_REVIEW, "", "", "person", person.id, person.day("review_date"))
        for person in due_reviews(snapshot.rows("person"), today)
    ]


def _of_initiative(
    snapshot: Snapshot, row: InitiativeFigures, today: date, limits: ReminderLimits
) -> Iterator[Reminder]:
    figures, initiative = row.evaluation, row.initiative
    evaluation_id = figures.evaluation_id if figures is not None else ""
    for benefit in snapshot.children("benefit", initiative.id, "initiative_id"):
        due = benefit.day("follow_up")
        if due is not None and due <= today and benefit.number("realised") is None:
            yield Reminder(ReminderKind.BENEFIT_DUE, initiative.id, evaluation_id, "benefit", benefit.id, due)
    if figures is None or figures.state is State.NOT_STARTED:
        created = _day_of(initiative, "created")
        if created is not None and today - created >= timedelta(days=limits.not_started):
            yield Reminder(
                ReminderKind.NOT_STARTED, initiative.id, evaluation_id, "initiative", initiative.id, created
            )
    confirmed = last_confirmed(initiative)
    if confirmed is not None and today - confirmed >= timedelta(days=limits.not_confirmed):
        yield Reminder(
            ReminderKind.NOT_CONFIRMED, initiative.id, evaluation_id, "initiative", initiative.id, confirmed
        )
    if figures is None:
        return
    yield from _of_plan(snapshot, initiative, figures, today, limits)
    yield from _of_decision(snapshot, figures, today)


def _of_plan(
    snapshot: Snapshot, initiative: Record, figures: EvaluationFigures, today: date, limits: ReminderLimits
) -> Iterator[Reminder]:
    """What an evaluation without a decision waits for."""
    if figures.state not in _UNDECIDED:
        return
    here = (figures.initiative_id, figures.evaluation_id)
    need = snapshot.single("decision_need", figures.evaluation_id)
    day = need.day("decision_date") if need is not None else None
    is_near = day is not None and today <= day <= today + timedelta(days=limits.decision_ahead)
    if need is not None and is_near and not any(one.is_measured for one in figures.indicators):
        yield Reminder(ReminderKind.DECISION_AHEAD, *here, "decision_need", need.id, day)
    for use in snapshot.children("method_use", figures.evaluation_id, "evaluation_id"):
        end = use.day("to_date")
        if end is not None and end < today and use.text("status") not in ("done", "dropped"):
            yield Reminder(ReminderKind.METHOD_OVERDUE, *here, "method_use", use.id, end)
    if _stage(snapshot, initiative, figures) in _RUNNING_STAGES:
        for one in figures.indicators:
            indicator = one.indicator
            if (
                indicator.measure != "sign"
                and not one.has_baseline
                and indicator.baseline_status != "not_possible"
            ):
                yield Reminder(ReminderKind.BASELINE_MISSING, *here, "indicator", indicator.id, None)
    touched = last_touched(snapshot.get("evaluation", figures.evaluation_id))
    is_begun = figures.state is not State.NOT_STARTED
    if is_begun and touched is not None and today - touched.date() >= timedelta(days=limits.untouched):
        yield Reminder(ReminderKind.UNTOUCHED, *here, "evaluation", figures.evaluation_id, touched.date())


def _of_decision(snapshot: Snapshot, figures: EvaluationFigures, today: date) -> Iterator[Reminder]:
    """What was agreed and has come due."""
    here = (figures.initiative_id, figures.evaluation_id)
    decision = snapshot.single("eval_decision", figures.evaluation_id)
    review = decision.day("review_date") if decision is not None else None
    if decision is not None and review is not None and review <= today and figures.state is not State.CLOSED:
        yield Reminder(ReminderKind.REVIEW_DUE, *here, "eval_decision", decision.id, review)
    for action in snapshot.children("action", figures.evaluation_id, "evaluation_id"):
        due = action.day("due")
        if due is not None and due <= today and action.text("state") not in ("done", "dropped"):
            yield Reminder(ReminderKind.ACTION_DUE, *here, "action", action.id, due)


def _stage(snapshot: Snapshot, initiative: Record, figures: EvaluationFigures) -> str:
    scope = snapshot.single("scope", figures.evaluation_id)
    return (scope.text("stage") if scope is not None else "") or initiative.text("stage")


def _day_of(record: Record, field: str) -> date | None:
    moment = record[field]
    return moment.date() if isinstance(moment, datetime) else None
