"""What an import did, or would do: counts by outcome, and every problem with its place.

One shape for lists and case packs, so that a person and a script read both alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What becomes of one item of an import.

    ``NEW`` goes in; ``IDENTICAL`` is here already; ``UPDATED`` changes what came by an earlier import;
    ``KEPT`` leaves what is here, because it is newer or was changed by hand; ``CONFLICT`` waits for a person;
    ``LOOKALIKE`` may be something that is here under another name; ``REJECTED`` cannot go in as it stands.
    """

    NEW = "new"
    IDENTICAL = "identical"
    UPDATED = "updated"
    KEPT = "kept"
    CONFLICT = "conflict"
    LOOKALIKE = "lookalike"
    REJECTED = "rejected"


class Level(StrEnum):
    """How much a problem matters: an ``ERROR`` keeps its item out, a ``NOTE`` does not."""

    ERROR = "error"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """One thing to know about one place: where, which value, why, and what to do.

    ``sheet`` is a sheet of a workbook or a file of a pack; ``row`` counts as the reader's program shows it
    (the header row is 1; 0: no row in particular). ``value`` never holds a personal number.
    """

    reason: str
    remedy: str = ""
    sheet: str = ""
    row: int = 0
    column: str = ""
    value: str = ""
    level: Level = Level.ERROR

    def to_json(self) -> dict[str, Any]:
        """The problem as plain values for JSON; a place that is not known is null."""
        return {
            "sheet": self.sheet or None,
            "row": self.row or None,
            "column": self.column or None,
            "value": self.value or None,
            "reason": self.reason,
            "remedy": self.remedy or None,
            "level": self.level.value,
        }


@dataclass(frozen=True)
class ImportReport:
    """The counts by outcome and the problems of one import.

    ``applied`` is False for a dry run. ``extra`` holds what only one kind of import has to tell (the mapping
    of columns, the sender of a pack), as plain JSON values.
    """

    counts: Mapping[Outcome, int]
    problems: tuple[ImportProblem, ...] = ()
    applied: bool = False
    extra: Mapping[str, Any] = field(default_factory=dict)

    def count(self, outcome: Outcome) -> int:
        """How many items came to ``outcome``."""
        return self.counts.get(outcome, 0)

    @property
    def total(self) -> int:
        """All items of the import."""
        return sum(self.counts.values())

    @property
    def changes_something(self) -> bool:
        """Whether applying the plan changes the register."""
        return self.count(Outcome.NEW) + self.count(Outcome.UPDATED) > 0

    def as_applied(self) -> ImportReport:
        """The same report after the plan was carried out."""
        return replace(self, applied=True)

    def to_json(self) -> dict[str, Any]:
        """One object: the counts at its top, ``problems``, ``applied``, and what ``extra`` holds."""
        return {
            **{outcome.value: self.count(outcome) for outcome in Outcome},
            "problems": [problem.to_json() for problem in self.problems],
            "applied": self.applied,
            **self.extra,
        }


def count_outcomes(outcomes: Iterable[Outcome]) -> dict[Outcome, int]:
    """How often each outcome stands in ``outcomes``; all outcomes are there, also with 0."""
    counts = dict.fromkeys(Outcome, 0)
    for outcome in outcomes:
        counts[outcome] += 1
    return counts
