"""Moving several initiatives to a phase at once, as one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coi_desktop.i18n import ngettext
from coi_desktop.models.changes import ChangeSet
from coi_desktop.models.clock import today
from coi_desktop.models.gates import missing_gates
from coi_desktop.models.initiative_rules import with_consequences
from coi_desktop.models.progress import Job, Progress
from coi_desktop.models.records import Record, Value
from coi_desktop.operations.bulk import MOST_AT_ONCE, too_many
from coi_desktop.operations.gates import MOVE
from coi_desktop.operations.phases import get_phases, get_stages
from coi_desktop.store.register import Register

_CHUNK = 500


@dataclass(frozen=True, slots=True)
class ManyMoved:
    """Ids of the initiatives that changed phase, those of them that left one at whose gate nothing was
    decided, and the changes for the register that was not written through.
    """

    moved: tuple[str, ...]
    ungated: tuple[str, ...]
    changes: ChangeSet | None


def move_many_to_phase(
    register: Register, ids: Sequence[str], phase: str, *, most: int = MOST_AT_ONCE
) -> Job[ManyMoved]:
    """Put initiatives into a phase (empty: into none) as one step. Those that stand there, or are gone, are
    passed over; with none left nothing is written.

    A job. Raises Problem ``too_many``.
    """
    if len(ids) > most:
        raise too_many(len(ids), most)
    yield Progress(0, len(ids))
    changes: dict[str, Mapping[str, Value]] = {}
    ungated: list[str] = []
    title = ""
    with register.open_beside() as beside:
        phases, stages, day = get_phases(beside), get_stages(beside), today(beside.clock)
        for first in range(0, len(ids), _CHUNK):
            some = list(ids[first : first + _CHUNK])
            gates = _by_owner(beside.children_of_many("gate", some))
            for record in beside.get_many("initiative", some):
                if record["phase"] == (phase or None):
                    continue
                title = record.text("title")
                changes[record.id] = with_consequences(record, "phase", phase or None, day, stages)
                if missing_gates(phases, [record.text("phase")], gates.get(record.id, [])):
                    ungated.append(record.id)
            yield Progress(min(first + _CHUNK, len(ids)), len(ids))
        if not changes:
            return ManyMoved((), (), None)
        said = ngettext("{count} initiative", "{count} initiatives", len(changes)).format(count=len(changes))
        detail = title if len(changes) == 1 else said
        done = beside.transact(
            MOVE, lambda writer: writer.change_many("initiative", changes), detail=detail
        ).changes
    return ManyMoved(tuple(changes), tuple(ungated), done)


def _by_owner(gates: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for gate in gates:
        found.setdefault(gate.text("initiative_id"), []).append(gate)
    return found
