"""What the guide tells of an evaluation for its workbook: open answers, remarks, versions of the plan."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from coi_desktop.exchange.guide_rows import GuideNotes, VersionLine
from coi_desktop.models.completeness import Missing
from coi_desktop.models.evaluation_figures import EvaluationFigures
from coi_desktop.models.plan_versions import find_plan_changes, plan_of, read_plan
from coi_desktop.models.records import Record, Snapshot
from coi_desktop.operations.evaluations import LoadedEvaluation
from coi_desktop.operations.versions import describe_moves

#: Changes of the plan that are told one by one.
_MOST_MOVES = 12


def guide_notes(snapshot: Snapshot, initiative: Record, figures: EvaluationFigures) -> GuideNotes:
    """The notes on an evaluation of the snapshot, known by its figures, in the language spoken now."""
    evaluation = snapshot.get("evaluation", figures.evaluation_id)
    loaded = LoadedEvaluation(evaluation, initiative, snapshot).knowing(figures)
    standing = loaded.walkthrough.standing
    remarks = [loaded.remark_text(one) for one in (*standing.broken, *standing.warnings)]
    return GuideNotes(
        tuple(_by_step(loaded, standing.missing)),
        tuple(dict.fromkeys(remarks)),
        tuple(_versions(loaded)),
        loaded.guide.words().source,
    )


def _by_step(loaded: LoadedEvaluation, missing: Iterable[Missing]) -> Iterable[tuple[str, str]]:
    words = loaded.guide.words()
    found: dict[str, dict[str, None]] = {}
    for one in missing:
        step = loaded.guide.step(one.question_id.partition(".")[0])
        asked = words.label(one.question_id)
        if one.column_id:
            asked = f"{asked}: {words.label(one.question_id, one.column_id)}"
        found.setdefault(f"{step.number}. {words.steps[step.id].title}", {})[asked] = None
    return ((step, "\n".join(asked)) for step, asked in found.items())


def _versions(loaded: LoadedEvaluation) -> Iterable[VersionLine]:
    records = loaded.snapshot.children("evaluation_version", loaded.evaluation.id, "evaluation_id")
    ordered = sorted(records, key=lambda record: record.integer("version") or 0)
    plans = [read_plan(record.text("snapshot_json"), loaded.guide) for record in ordered]
    plans.append(plan_of(loaded.snapshot, loaded.evaluation, loaded.guide))
    for place, record in enumerate(ordered):
        moves = find_plan_changes(plans[place], plans[place + 1], loaded.guide, loaded.words)
        yield VersionLine(
            record.integer("version") or 0,
            _day(record),
            record.text("reason"),
            describe_moves(moves, _MOST_MOVES),
        )


def _day(record: Record) -> date | None:
    saved = record["saved_at"]
    return saved.date() if isinstance(saved, datetime) else None
