"""Reminders as the start page shows them: grouped by kind with counts, one's own first, few lines in all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from coi_desktop.models.folding import fold
from coi_desktop.models.records import Record
from coi_desktop.models.reminders import Reminder, ReminderKind


class ReminderGroup(NamedTuple):
    """All reminders of one kind, one's own first; ``shown`` of them stand as lines of their own.

    A group of one is that line; a larger one is a line with its count, and below it the ``shown``.
    """

    kind: ReminderKind
    reminders: tuple[Reminder, ...]
    shown: int

    @property
    def lines(self) -> int:
        """How many lines the group takes."""
        return self.shown if len(self.reminders) == 1 else 1 + self.shown


def is_of(initiative: Record, name: str) -> bool:
    """Whether an initiative has this name as its owner or project leader, however it is written."""
    wanted = fold(name).strip()
    return bool(wanted) and wanted in (fold(initiative.text(field)).strip() for field in ("owner", "leader"))


def group_reminders(
    found: Sequence[Reminder], mine: Collection[str], most_lines: int
) -> tuple[ReminderGroup, ...]:
    """Group ``found`` (in order of urgency) by kind, in at most ``most_lines`` lines.

    ``mine`` holds the ids of one's own initiatives: kinds with one of them come first, and within a kind they
    stand on top. What room is left is shared evenly among the kinds. There are fewer kinds than lines.
    """
    by_kind: dict[ReminderKind, list[Reminder]] = {}
    for one in found:
        by_kind.setdefault(one.kind, []).append(one)
    return share_lines({kind: own_first(some, mine) for kind, some in by_kind.items()}, mine, most_lines)


def own_first(found: Sequence[Reminder], mine: Collection[str]) -> tuple[Reminder, ...]:
    """Reminders of one kind with those of one's own initiatives on top."""
    return tuple(sorted(found, key=lambda one: one.initiative_id not in mine)) if mine else tuple(found)


def share_lines(
    by_kind: Mapping[ReminderKind, tuple[Reminder, ...]], mine: Collection[str], most_lines: int
) -> tuple[ReminderGroup, ...]:
    """The groups of reminders that are in order already; see ``group_reminders``."""
    kinds = sorted(by_kind, key=lambda kind: by_kind[kind][0].initiative_id not in mine)
    room = most_lines - len(kinds)
    shown = {kind: int(len(by_kind[kind]) == 1) for kind in kinds}
    while room > 0:
        wanting = [kind for kind in kinds if shown[kind] < len(by_kind[kind])]
        if not wanting:
            break
        for kind in wanting[:room]:
            shown[kind] += 1
        room -= len(wanting[:room])
    return tuple(ReminderGroup(kind, by_kind[kind], shown[kind]) for kind in kinds)
