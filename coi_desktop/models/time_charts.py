"""The charts of an evaluation that lie in time: the plan of data collection, what shifted, open actions.

Each function gives None where there is nothing to draw: no chart of a single thing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter

from coi_desktop.i18n import _, ngettext
from coi_desktop.models.chart_figures import (
    FEWEST_VALUES,
    ChartFigure,
    ChartKind,
    ChartMark,
    ChartSpan,
    footnotes,
    sentences,
    shown_day,
)
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.models.vocabulary import Vocabulary

_OPEN = ("open", "under_way")

#: The status of a method that is not carried out.
DROPPED = "dropped"


def schedule_chart(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> ChartFigure | None:
    """When the methods collect, with the date of the decision as a line; dropped methods are left out."""
    methods = [
        (one, span)
        for one in snapshot.children("method_use", figures.evaluation_id, "evaluation_id")
        if one.text("status") != DROPPED
        and (span := ChartSpan(one.day("from_date"), one.day("to_date"))).days is not None
    ]
    need = snapshot.single("decision_need", figures.evaluation_id)
    decision = need.day("decision_date") if need is not None else None
    if not methods or len(methods) + (decision is not None) < FEWEST_VALUES:
        return None
    marks = [] if decision is None else [ChartMark("decision", _("Decision"), decision)]
    late = sum(1 for _one, span in methods if decision and span.days and span.days[1] > decision)
    return _over_time(
        ChartKind.SCHEDULE,
        figures.evaluation_id,
        _schedule_title(late, decision, methods),
        _("Method"),
        [words.label("method", one.text("method")) for one, _span in methods],
        [span for _one, span in methods],
        [_method_words(one, words) for one, _span in methods],
        marks,
        _("Plan of data collection"),
    )


def changes_chart(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> ChartFigure | None:
    """What shifted, by day."""
    changes = _by_day(snapshot.children("change_log", figures.evaluation_id, "evaluation_id"), "date")
    if len(changes) < FEWEST_VALUES:
        return None
    title = _("{count} changes from {first} to {last}").format(
        count=len(changes), first=shown_day(changes[0][0]), last=shown_day(changes[-1][0])
    )
    return _over_time(
        ChartKind.CHANGES,
        figures.evaluation_id,
        title,
        _("Change"),
        [one.text("what") for _day, one in changes],
        [ChartSpan(day, None) for day, _one in changes],
        [words.label("change_kind", one.text("kind")) if one.text("kind") else "" for _day, one in changes],
        [],
        _("Timeline of what shifted"),
    )


def actions_chart(snapshot: Snapshot, figures: EvaluationFigures, words: Vocabulary) -> ChartFigure | None:
    """The open actions by due date, with the day of the figures as a line."""
    known = snapshot.children("action", figures.evaluation_id, "evaluation_id")
    actions = _by_day([one for one in known if (one.text("state") or "open") in _OPEN], "due")
    if len(actions) < FEWEST_VALUES:
        return None
    late = sum(1 for day, _one in actions if day < figures.day)
    title = _("{count} open actions").format(count=len(actions))
    if late:
        title = _("{said}, {late} of them overdue").format(said=title, late=late)
    return _over_time(
        ChartKind.ACTIONS,
        figures.evaluation_id,
        title,
        _("Action"),
        [one.text("text") for _day, one in actions],
        [ChartSpan(None, day) for day, _one in actions],
        [_due_words(day, one, figures.day, words) for day, one in actions],
        [ChartMark("today", _("Today"), figures.day)],
        _("Open actions by due date"),
    )


def _by_day(records: Sequence[Record], field: str) -> list[tuple[date, Record]]:
    """Those that have a day in a field, the earliest first."""
    return sorted(((day, one) for one in records if (day := one.day(field)) is not None), key=itemgetter(0))


def _over_time(
    kind: ChartKind,
    subject: str,
    title: str,
    category_title: str,
    names: Sequence[str],
    spans: Sequence[ChartSpan],
    labels: Sequence[str],
    marks: Sequence[ChartMark],
    what: str,
) -> ChartFigure:
    said = [
        f"{name}: {' – '.join(shown_day(day) for day in dict.fromkeys(span.days or ()))}"
        for name, span in zip(names, spans, strict=True)
    ]
    crossed = [f"{mark.label}: {shown_day(mark.place)}" for mark in marks if isinstance(mark.place, date)]
    return ChartFigure(
        kind=kind,
        subject=subject,
        title=title,
        category_title=category_title,
        unit="",
        categories=tuple(names),
        labels=tuple(labels),
        series=(),
        marks=tuple(marks),
        levels=(),
        footnote=footnotes(crossed),
        alt_text=sentences([what, *said, *crossed]),
        spans=tuple(spans),
    )


def _schedule_title(late: int, decision: date | None, methods: Sequence[tuple[Record, ChartSpan]]) -> str:
    if decision is not None and late:
        return ngettext(
            "{count} method ends after the decision on {day}",
            "{count} methods end after the decision on {day}",
            late,
        ).format(count=late, day=shown_day(decision))
    if decision is not None:
        return _("Everything is collected before the decision on {day}").format(day=shown_day(decision))
    days = [day for _one, span in methods for day in span.days or ()]
    return _("Collected from {first} to {last}").format(first=shown_day(min(days)), last=shown_day(max(days)))


def _due_words(day: date, action: Record, today: date, words: Vocabulary) -> str:
    state = _("overdue") if day < today else words.label("action_state", action.text("state") or "open")
    return _joined(action.text("owner_role"), state)


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _method_words(method: Record, words: Vocabulary) -> str:
    status = method.text("status")
    return _joined(method.text("participants"), words.label("method_status", status) if status else "")
