"""How sure an evaluation may be: the evidence level by rule, its ceiling by design, and what is missing.

The level says what the material can carry: 0 hunch, 1 reasoned, 2 measured change, 3 compared, 4 confirmed
elsewhere, 5 ready to repeat (value list ``evidence.level``; the program's own names, compatible with Nesta's
Standards of Evidence). The design is stored as a fact and the level derived from it; nobody is asked for a
number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

#: The highest level each design can reach (key of ``design.code``).
CEILINGS: Mapping[str, int] = MappingProxyType(
    {
        "after_only": 1,
        "recall": 1,
        "before_after": 2,
        "series": 2,
        "benchmark": 2,
        "theory": 2,
        "group_before_after": 5,
        "stepwise": 5,
        "lots": 5,
    }
)

#: Contribution analysis may carry one level more, when a reason is written.
CEILING_OF_THEORY_WITH_REASON = 3

HIGHEST = 5


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """What the rules look at; every fact can be checked in the stored records.

    ``theory_missing`` names the empty ones of ``if_we``, ``then``, ``because``. ``design`` is the stored
    design, empty where none is chosen.
    """

    theory_missing: tuple[str, ...] = ("if_we", "then", "because")
    has_material: bool = False
    has_measured_baseline: bool = False
    has_later_measurement: bool = False
    has_measured_change: bool = False
    has_repeated_method: bool = False
    has_comparison_before: bool = False
    has_comparison_after: bool = False
    has_comparison: bool = False
    has_justification: bool = False
    is_confirmed_elsewhere: bool = False
    has_written_guide: bool = False
    has_unit_cost: bool = False
    design: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFigures:
    """The evidence of an evaluation.

    ``level`` is what is shown: the suggested one, or the one set by hand where that is allowed.
    ``is_set_manually`` is True when it differs from the suggestion. ``refused`` tells why a level set by hand
    does not hold: ``reason`` (raised without a reason) or ``ceiling`` (above what the design allows).
    ``missing`` holds what the level after ``level`` still asks for, as keys; empty at the top.
    """

    suggested: int
    level: int
    ceiling: int
    design: str
    is_design_assumed: bool
    is_set_manually: bool
    refused: str
    reason: str
    missing: tuple[str, ...]


def ceiling_of(design: str, *, with_reason: bool = False) -> int | None:
    """The highest level a design can reach; None for a design that is not chosen or not known.

    Contribution analysis reaches 2, and 3 when a reason is written.
    """
    if design == "theory" and with_reason:
        return CEILING_OF_THEORY_WITH_REASON
    return CEILINGS.get(design)


def assumed_design(facts: EvidenceFacts) -> str:
    """The design where none is chosen: before and after with a measured baseline, else after only."""
    return "before_after" if facts.has_measured_baseline else "after_only"


def reached_level(facts: EvidenceFacts) -> int:
    """The highest level whose condition holds, whatever the design.

    1: if/then/because complete, or any material; 2: a numeric indicator with a measured baseline and a later
    measurement, or a structured qualitative method used at two times; 3: level 2 with a comparison series
    before and after, and why it is comparable; 4: the same sign elsewhere; 5: a written guide and a known
    unit cost.
    """
    if facts.has_measured_change or facts.has_repeated_method:
        if not (facts.has_comparison and facts.has_justification):
            return 2
        if not facts.is_confirmed_elsewhere:
            return 3
        return 5 if facts.has_written_guide and facts.has_unit_cost else 4
    return 1 if not facts.theory_missing or facts.has_material else 0


def evidence_figures(facts: EvidenceFacts, set_level: int | None = None, reason: str = "") -> EvidenceFigures:
    """The level to show, from the facts and what was set by hand.

    Lowering is free; raising needs a reason and never goes above the ceiling of the design.
    """
    design = facts.design if facts.design in CEILINGS else assumed_design(facts)
    reason = reason.strip()
    ceiling = ceiling_of(design, with_reason=bool(reason))
    ceiling = HIGHEST if ceiling is None else ceiling
    plain_ceiling = CEILINGS[design]
    suggested = min(reached_level(facts), plain_ceiling)
    level, refused = suggested, ""
    if set_level is not None and set_level != suggested:
        if set_level > suggested and not reason:
            refused = "reason"
        elif set_level > ceiling:
            level, refused = ceiling, "ceiling"
        else:
            level = max(set_level, 0)
    return EvidenceFigures(
        suggested=suggested,
        level=level,
        ceiling=ceiling,
        design=design,
        is_design_assumed=design != facts.design,
        is_set_manually=level != suggested,
        refused=refused,
        reason=reason,
        missing=missing_for_next(facts, level, ceiling),
    )


def missing_for_next(facts: EvidenceFacts, level: int, ceiling: int) -> tuple[str, ...]:
    """What stands between ``level`` and the next, as keys: ``theory_*``, ``material``, ``measured_baseline``,
    ``later_measurement``, ``measured_change``, ``comparison_before``, ``comparison_after``, ``comparison``,
    ``justification``, ``elsewhere``, ``written_guide``, ``unit_cost``, and ``design`` where the design's
    ceiling is in the way. Empty at the highest level, and where the level was only lowered by hand.

    Contribution analysis has a shorter way from 2 to 3: ``contribution``, the reason written down.
    """
    if level >= HIGHEST:
        return ()
    if facts.design == "theory" and level == CEILINGS["theory"] and level < CEILING_OF_THEORY_WITH_REASON:
        return (*_for_measured(facts), "contribution")
    wanted = _NEXT[level](facts)
    return (*wanted, "design") if level >= ceiling else wanted


def _for_reasoned(facts: EvidenceFacts) -> tuple[str, ...]:
    if facts.has_material:
        return ()
    return tuple(f"theory_{part}" for part in facts.theory_missing)


def _for_measured(facts: EvidenceFacts) -> tuple[str, ...]:
    if facts.has_measured_change or facts.has_repeated_method:
        return ()
    wanted = _open(
        measured_baseline=facts.has_measured_baseline, later_measurement=facts.has_later_measurement
    )
    # Both are there, but on different indicators.
    return wanted or ("measured_change",)


def _for_compared(facts: EvidenceFacts) -> tuple[str, ...]:
    wanted = _for_measured(facts)
    if not facts.has_comparison:
        series = _open(
            comparison_before=facts.has_comparison_before, comparison_after=facts.has_comparison_after
        )
        wanted += series or ("comparison",)
    return wanted + _open(justification=facts.has_justification)


def _for_confirmed(facts: EvidenceFacts) -> tuple[str, ...]:
    return _for_compared(facts) + _open(elsewhere=facts.is_confirmed_elsewhere)


def _for_repeatable(facts: EvidenceFacts) -> tuple[str, ...]:
    return _for_confirmed(facts) + _open(written_guide=facts.has_written_guide, unit_cost=facts.has_unit_cost)


_NEXT = (_for_reasoned, _for_measured, _for_compared, _for_confirmed, _for_repeatable)


def _open(**facts: bool) -> tuple[str, ...]:
    return tuple(name for name, is_there in facts.items() if not is_there)
