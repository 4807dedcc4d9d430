"""Moving an initiative from phase to phase, and noting what was decided at the gates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from coi_desktop.errors import Problem
from coi_desktop.i18n import N_, _
from coi_desktop.models.changes import Op, StepKind
from coi_desktop.models.clock import today
from coi_desktop.models.gates import (
    CONTINUE,
    PARK,
    STOP,
    SUGGESTED_BY,
    GateEntry,
    missing_gates,
    next_phase,
    open_gate,
)
from coi_desktop.models.initiative_rules import with_consequences
from coi_desktop.models.phases import Phase
from coi_desktop.models.records import Record, Value
from coi_desktop.operations.phases import get_phases, get_stages
from coi_desktop.store.register import Register
from coi_desktop.store.writer import Writer

MOVE = Op("initiative.move", N_("Move to another phase"))
CHECK = Op("gate.check", N_("Checklist of a gate"))
DECIDE = Op("gate.decide", N_("Decide at a gate"))

#: What a decision makes of the status.
_STATUS = {PARK: "parked", STOP: "stopped"}


def move_to_phase(register: Register, initiative_id: str, phase: str, *, source: str = "") -> bool:
    """Put an initiative into a phase (empty: into none), as a step of its own; False when it stands there."""
    before = register.get("initiative", initiative_id)
    value = phase or None
    if before["phase"] == value:
        return False
    values = with_consequences(before, "phase", value, today(register.clock), get_stages(register))
    register.transact(
        MOVE,
        lambda writer: writer.change("initiative", initiative_id, values),
        source=source,
        detail=before.text("title"),
    )
    return True


def tick_line(register: Register, initiative_id: str, phase: str, line: str, *, met: bool) -> None:
    """Note whether a line of the checklist of a phase is met, before anything is decided."""
    gate = open_gate(register.children("gate", initiative_id), phase)
    lines = [one for one in (gate.text("checked").split("\n") if gate is not None else []) if one != line]
    lines = [one for one in (*lines, *([line] if met else [])) if one]
    values: dict[str, Value] = {"checked": "\n".join(lines) or None}

    def change(writer: Writer) -> None:
        if gate is None:
            writer.put("gate", {"initiative_id": initiative_id, "phase": phase, **values})
        else:
            writer.change("gate", gate.id, values)

    register.transact(CHECK, change, detail=register.get("initiative", initiative_id).text("title"))


def decide_gate(
    register: Register, initiative_id: str, phase: str, entry: GateEntry, *, source: str = ""
) -> str:
    """Note what was decided at the gate of a phase; returns the gate's id.

    In the phase where the initiative stands, "continue" moves it on to the next one, "park" and "stop" set
    its status with the reason; a gate that is noted afterwards changes nothing else. One step. Problem
    ``no_decision``.
    """
    if not entry.decision:
        raise Problem(
            _("Nothing is decided yet."),
            meaning=_("Nothing was noted; the ticks of the checklist are kept."),
            advice=_("Choose what was decided."),
            code="no_decision",
        )
    record = register.get("initiative", initiative_id)
    day = today(register.clock)
    entry = entry if entry.date is not None else entry._replace(date=day)
    values = _consequences(register, record, phase, entry, day) if record["phase"] == phase else {}
    gate = open_gate(register.children("gate", initiative_id), phase)

    def change(writer: Writer) -> str:
        if values:
            writer.change("initiative", initiative_id, values)
        if gate is not None:
            writer.change("gate", gate.id, entry.values)
            return gate.id
        return writer.put("gate", {"initiative_id": initiative_id, "phase": phase, **entry.values})

    return register.transact(DECIDE, change, source=source, detail=record.text("title")).result


def _consequences(
    register: Register, record: Record, phase: str, entry: GateEntry, day: date
) -> dict[str, Value]:
    stages = get_stages(register)
    if entry.decision == CONTINUE:
        following = next_phase(get_phases(register), phase)
        if following is None:
            return {}
        return with_consequences(record, "phase", following.key, day, stages)
    status = _STATUS.get(entry.decision)
    if status is None or record["status"] == status:
        return {}
    values = with_consequences(record, "status", status, day, stages)
    return {**values, "status_reason": _one_line(entry.reason)} if entry.reason else values


def _one_line(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else line[:199] + "…"


def find_missing_gates(register: Register, initiative_id: str) -> tuple[Phase, ...]:
    """The phases that an initiative has left without a decision being noted, in order."""
    return missing_gates(
        get_phases(register),
        phases_left(register, initiative_id),
        register.children("gate", initiative_id),
    )


def phases_left(register: Register, initiative_id: str) -> frozenset[str]:
    """Keys of the phases in which the history saw an initiative stand, and where it stands no more."""
    steps = register.history(initiative_id, limit=_MOST_STEPS)
    seen = {
        (row.before or {}).get("phase")
        for step in steps
        if step.kind is StepKind.DO and not step.undone
        for row in step.rows
        if row.table == "initiative" and row.after is not None
    }
    now = register.get("initiative", initiative_id)["phase"]
    return frozenset(phase for phase in seen if isinstance(phase, str) and phase != now)


_MOST_STEPS = 2_000


def suggested_decision(register: Register, initiative_id: str) -> str:
    """What the newest decision of an evaluation suggests for the gate; empty where there is none."""
    decisions: Sequence[Record] = [
        decision
        for evaluation in register.children("evaluation", initiative_id)
        if (decision := register.single("eval_decision", evaluation.id)) is not None and decision["decided"]
    ]
    newest = max(decisions, key=lambda one: one.day("date") or date.min, default=None)
    return SUGGESTED_BY.get(newest.text("decided"), "") if newest is not None else ""
