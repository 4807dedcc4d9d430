"""Gates between phases: what is asked before one is left, what was decided, and where nothing was noted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from coi_desktop.models.phases import Phase
from coi_desktop.models.records import Record, Value

CONTINUE, REDO, PARK, STOP = "continue", "redo", "park", "stop"

#: What the decision of an evaluation suggests for the gate (the portfolio's rules on phases and gates).
SUGGESTED_BY: Mapping[str, str] = MappingProxyType(
    {
        "stop": STOP,
        "adjust": REDO,
        "keep_testing": REDO,
        "operate": CONTINUE,
        "scale": CONTINUE,
        "postpone": PARK,
    }
)


class GateEntry(NamedTuple):
    """What is noted at a gate: the met lines of the checklist, the decision, by whom, when and why."""

    decision: str
    decided_by: str = ""
    date: date | None = None
    reason: str = ""
    checked: tuple[str, ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """The entry as fields of a gate."""
        return {
            "decision": self.decision or None,
            "decided_by": self.decided_by or None,
            "date": self.date,
            "reason": self.reason or None,
            "checked": "\n".join(self.checked) or None,
        }


def checked_lines(gate: Record | None) -> tuple[str, ...]:
    """The lines of the checklist that were met."""
    return tuple(gate.text("checked").split("\n")) if gate is not None and gate["checked"] else ()


def open_gate(gates: Sequence[Record], phase: str) -> Record | None:
    """The gate of a phase whose checklist is begun and where nothing is decided yet."""
    return next((one for one in gates if one["phase"] == phase and one["decision"] is None), None)


def missing_gates(
    phases: Sequence[Phase], left: Collection[str], gates: Sequence[Record]
) -> tuple[Phase, ...]:
    """The phases that an initiative has left (``left``, keys) without a decision being noted, in order."""
    decided = {one["phase"] for one in gates if one["decision"] is not None}
    return tuple(phase for phase in phases if phase.key in left and phase.key not in decided)


def next_phase(phases: Sequence[Phase], key: str) -> Phase | None:
    """The phase after the one with this key, or None after the last and for a phase that is not known."""
    keys = [phase.key for phase in phases]
    place = keys.index(key) + 1 if key in keys else len(keys)
    return phases[place] if place < len(phases) else None
