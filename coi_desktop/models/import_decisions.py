"""What a person decides about the rows of an import plan, and what then is to be done, row by row.

Without a decision a conflict is left as it is and a lookalike stays out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from coi_desktop.models.import_plan import FieldOutcome, ImportPlan, PlannedRow, compare_field
from coi_desktop.models.import_report import Outcome
from coi_desktop.models.records import Values

Side = Literal["local", "incoming"]


@dataclass(frozen=True)
class Decision:
    """What becomes of one row that waits.

    For a lookalike: ``choice`` is ``new``, or ``same`` with the initiative it is; for a conflict ``fields``
    says which side holds, field by field. ``leave`` keeps any row out.
    """

    choice: Literal["", "leave", "new", "same"] = ""
    initiative_id: str = ""
    fields: Mapping[str, Side] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class RowAction:
    """What is done for one row in the end, and what it comes to.

    ``initiative_id`` is empty for an initiative that is to be made; ``changes`` are the fields to set;
    ``last`` is what is to be remembered as said by the list (None: nothing new to remember).
    """

    row: PlannedRow
    outcome: Outcome
    initiative_id: str = ""
    changes: Values = field(default_factory=lambda: MappingProxyType({}))
    last: Values | None = None

    @property
    def is_done(self) -> bool:
        """Whether the row went in, or was in already; the others are handed back."""
        return self.outcome not in (Outcome.REJECTED, Outcome.CONFLICT, Outcome.LOOKALIKE)


def decide(plan: ImportPlan, decisions: Mapping[int, Decision]) -> tuple[RowAction, ...]:
    """An action for every row of the plan, under decisions by row number."""
    return tuple(_decide_row(plan, row, decisions.get(row.row_number, Decision())) for row in plan.rows)


def _decide_row(plan: ImportPlan, row: PlannedRow, decision: Decision) -> RowAction:
    if decision.choice == "leave" and row.outcome in (Outcome.NEW, Outcome.UPDATED):
        return RowAction(row, Outcome.KEPT, row.initiative_id)
    if row.outcome is Outcome.NEW or (row.outcome is Outcome.LOOKALIKE and decision.choice == "new"):
        made = {name: value for name, value in row.values.items() if value is not None}
        return RowAction(row, Outcome.NEW, "", made, row.values)
    if row.outcome is Outcome.LOOKALIKE and decision.choice == "same" and decision.initiative_id in row.like:
        return _join(plan, row, decision.initiative_id)
    if row.outcome in (Outcome.REJECTED, Outcome.LOOKALIKE):
        return RowAction(row, row.outcome)
    return _change(row, decision)


def _join(plan: ImportPlan, row: PlannedRow, initiative_id: str) -> RowAction:
    """A row that is said to be an initiative: its empty fields are filled, what it holds already is kept."""
    local = plan.stored[initiative_id]
    compared = [compare_field(name, local[name], {}, incoming) for name, incoming in row.values.items()]
    filled = {
        one.field: one.incoming for one in compared if one is not None and one.outcome is FieldOutcome.UPDATED
    }
    differs = any(one is not None for one in compared)
    outcome = Outcome.UPDATED if filled else Outcome.KEPT if differs else Outcome.IDENTICAL
    return RowAction(row, outcome, initiative_id, filled, row.values)


def _change(row: PlannedRow, decision: Decision) -> RowAction:
    waiting = {one.field for one in row.differences if one.outcome is FieldOutcome.CONFLICT}
    if not waiting <= decision.fields.keys():
        return RowAction(row, Outcome.CONFLICT, row.initiative_id)
    changes = {
        one.field: one.incoming
        for one in row.differences
        if one.outcome is FieldOutcome.UPDATED or decision.fields.get(one.field) == "incoming"
    }
    before = row.remembered.values if row.remembered is not None else None
    last = {**(before or {}), **row.values}
    unchanged = Outcome.KEPT if row.differences else Outcome.IDENTICAL
    outcome = Outcome.UPDATED if changes else unchanged
    return RowAction(row, outcome, row.initiative_id, changes, None if last == before else last)
