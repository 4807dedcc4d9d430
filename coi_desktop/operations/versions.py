"""Versions of an evaluation's plan: kept when the plan is changed after the first measurement, so that a
reader can follow what was meant when.

The evaluation's own ``version`` is that of the plan as it stands; a stored version is a plan that was left.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op
from coi_desktop.models.clock import today
from coi_desktop.models.plan_versions import (
    Plan,
    PlanChange,
    find_plan_changes,
    plan_of,
    plan_text,
    read_plan,
)
from coi_desktop.models.record_types.table import record_type
from coi_desktop.models.records import Record, Value
from coi_desktop.operations.evaluations import LoadedEvaluation, load_evaluation
from coi_desktop.operations.library import words_of
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

SAVE_VERSION = Op("evaluation.save_version", N_("Keep version of the plan"))
NOTE_SHIFT = Op("evaluation.note_shift", N_("Note what moved"))


@dataclass(frozen=True, slots=True)
class Shift:
    """What moved, in words: ``kind`` is a key of ``change_kind``."""

    kind: str
    what: str
    why: str = ""
    consequence: str = ""


@dataclass(frozen=True, slots=True)
class SavedVersion:
    """A plan that was left: its number, when it was kept, and the reason that was given."""

    number: int
    saved_at: datetime | None
    reason: str
    plan: Plan


def is_measured(loaded: LoadedEvaluation) -> bool:
    """Whether anything was measured after its baseline, so that a change of the plan matters."""
    return any(figures.is_measured for figures in loaded.figures.indicators)


def current_plan(loaded: LoadedEvaluation) -> Plan:
    """The plan as it stands."""
    return plan_of(loaded.snapshot, loaded.evaluation, loaded.guide)


def find_moves(register: Register, before: LoadedEvaluation, now: LoadedEvaluation) -> tuple[PlanChange, ...]:
    """What moved in the plan between two readings of an evaluation; what was only filled in is left out."""
    return find_plan_changes(current_plan(before), current_plan(now), now.guide, words_of(register))


def save_version(
    register: Register, evaluation_id: str, *, plan: Plan | None = None, reason: str = "", source: str = ""
) -> int:
    """Keep a plan (the one that stands, unless given) as a version and go on with the next; returns its
    number.

    KeyError when there is no such evaluation.
    """
    loaded = load_evaluation(register, evaluation_id)
    kept = current_plan(loaded) if plan is None else plan
    return register.transact(
        SAVE_VERSION,
        lambda writer: _keep(writer, loaded.evaluation, kept, reason, register.clock()),
        source=source,
        detail=loaded.initiative.text("title"),
    ).result


def note_shift(register: Register, evaluation_id: str, plan: Plan, shift: Shift, *, source: str = "") -> int:
    """Write down what moved, and keep the plan it moved away from, as one step; returns the version's number.

    The line goes to the step of changes, where nothing can have stood still any more. Raises Problem
    ``no_text`` without words for what moved, KeyError when there is no such evaluation.
    """
    if not shift.what.strip():
        raise Problem(
            _("It does not say what moved."),
            meaning=_("Nothing was noted."),
            advice=_("Write in a few words what is otherwise now, or skip it."),
            code="no_text",
        )
    loaded = load_evaluation(register, evaluation_id)
    reason = " – ".join(part.strip() for part in (shift.what, shift.why) if part.strip())

    def note(writer: Writer) -> int:
        line: dict[str, Value] = {
            "evaluation_id": evaluation_id,
            "date": today(register.clock),
            "kind": shift.kind or None,
            "what": shift.what.strip(),
            "why": shift.why.strip() or None,
            "consequence": shift.consequence.strip() or None,
        }
        writer.put("change_log", line)
        if loaded.snapshot.single("change_none", evaluation_id) is not None:
            writer.put_single("change_none", evaluation_id, {"ticked": None, "ticked_at": None})
        return _keep(writer, loaded.evaluation, plan, reason, register.clock())

    return register.transact(NOTE_SHIFT, note, source=source, detail=loaded.initiative.text("title")).result


def find_versions(register: Register, evaluation_id: str) -> tuple[SavedVersion, ...]:
    """The versions kept of an evaluation's plan, the newest first."""
    kept = register.children("evaluation_version", evaluation_id)
    if not kept:
        return ()
    guide = load_evaluation(register, evaluation_id).guide
    found = [
        SavedVersion(
            record.integer("version") or 0,
            _moment(record),
            record.text("reason"),
            read_plan(record.text("snapshot_json"), guide),
        )
        for record in kept
    ]
    return tuple(sorted(found, key=lambda version: version.number, reverse=True))


def find_changes_since(
    register: Register, evaluation_id: str, version: SavedVersion
) -> tuple[PlanChange, ...]:
    """What is otherwise in the plan that stands than in a version."""
    loaded = load_evaluation(register, evaluation_id)
    return find_plan_changes(version.plan, current_plan(loaded), loaded.guide, words_of(register))


def describe_moves(moves: tuple[PlanChange, ...], most: int = 3) -> str:
    """Some changes on a line: "Transporttid, måltal: 50 → 45; Nyt mål: Ventetid; and 2 more"."""
    lines = [_describe(move) for move in moves[:most]]
    if len(moves) > most:
        lines.append(_("and {count} more").format(count=len(moves) - most))
    return "; ".join(lines)


def _describe(move: PlanChange) -> str:
    if not move.field:
        return (
            _("new: {row}").format(row=move.after) if move.after else _("gone: {row}").format(row=move.before)
        )
    name = f"{move.row}, {move.field}" if move.row else move.field
    return _("{name}: {before} → {after}").format(name=name, before=move.before, after=move.after or "–")


def _keep(writer: Writer, evaluation: Record, plan: Plan, reason: str, moment: datetime) -> int:
    number = evaluation.integer("version") or 1
    limit = record_type("evaluation_version").field("reason").limit
    writer.put(
        "evaluation_version",
        {
            "evaluation_id": evaluation.id,
            "version": number,
            "saved_at": moment,
            "reason": reason[:limit] or None,
            "snapshot_json": plan_text(plan),
        },
    )
    writer.change("evaluation", evaluation.id, {"version": number + 1})
    return number


def _moment(record: Record) -> datetime | None:
    saved = record["saved_at"]
    return saved if isinstance(saved, datetime) else None
