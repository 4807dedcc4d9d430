"""What a change of phase or status brings with it (the portfolio's rules on phases and stages)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from coi_desktop.models.records import Record, Value


def stage_suggested_by(phase: Value, status: Value, stages: Mapping[str, str]) -> str | None:
    """The stage of the solution that a phase suggests; a stop suggests ``stopped``. None: no suggestion.

    ``stages`` gives the suggestion of each of the unit's phases, by key.
    """
    if status == "stopped":
        return "stopped"
    return stages.get(phase) if isinstance(phase, str) else None


def with_consequences(
    before: Record, field_name: str, value: Value, day: date, stages: Mapping[str, str]
) -> dict[str, Value]:
    """The values to set when ``field_name`` becomes ``value``.

    Phase and status carry the date of their change. The stage follows the suggestion as long as it was never
    set to anything else by hand.
    """
    values: dict[str, Value] = {field_name: value}
    if field_name not in ("phase", "status"):
        return values
    values[f"{field_name}_since"] = day
    after = {"phase": before["phase"], "status": before["status"], **values}
    suggested = stage_suggested_by(after["phase"], after["status"], stages)
    follows = before["stage"] in (None, stage_suggested_by(before["phase"], before["status"], stages))
    if follows and suggested is not None:
        values["stage"] = suggested
    return values
