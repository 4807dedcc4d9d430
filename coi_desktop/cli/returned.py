"""What commands that take a sheet back have in common: switches, what becomes of each cell, and counts."""

from __future__ import annotations

from collections.abc import Callable

import click

from coi_desktop.cli.shared import Command, FilePath, json_option
from coi_desktop.i18n import _
from coi_desktop.models.return_plan import CellChange, Difference, ReturnDecisions, ReturnPlan


def sheet_arguments(metavar: str) -> Callable[[Command], Command]:
    """The sheet, ``--dry-run``, ``--keep-emptied``, ``--conflicts here|sheet`` and ``--json``."""
    parts = (
        click.argument("sheet", type=FilePath(), metavar=metavar),
        click.option("--dry-run", is_flag=True, help=_("Only say what would change.")),
        click.option(
            "--keep-emptied", is_flag=True, help=_("Keep what stands here where a cell was emptied.")
        ),
        click.option(
            "--conflicts",
            "side",
            type=click.Choice(["here", "sheet"]),
            help=_("Whose values hold where both were changed; without it nothing is done there."),
        ),
        json_option(),
    )

    def put_on(command: Command) -> Command:
        for part in reversed(parts):
            command = part(command)
        return command

    return put_on


def decide(plan: ReturnPlan, *, keep_emptied: bool, side: str | None) -> ReturnDecisions:
    """The switches as decisions on a plan."""
    return ReturnDecisions(not keep_emptied, plan.conflicts_as(sheet=side == "sheet"))


def exit_code(plan: ReturnPlan, side: str | None) -> int:
    """1 while something is a problem, or a conflict that nobody has decided; else 0."""
    left = plan.count(Difference.CONFLICT) if side is None else 0
    return 1 if plan.problems or left else 0


def what_happens(record_id: str, change: CellChange, decisions: ReturnDecisions) -> str:
    """What becomes of a cell, in a word."""
    if not record_id:
        return _("new")
    if decisions.takes(record_id, change):
        return _("emptied") if change.there is None else _("changed")
    return _("to be decided") if change.difference is Difference.CONFLICT else _("kept")


def counts(plan: ReturnPlan) -> dict[str, object]:
    """How many cells and rows differ, by how they do, for JSON."""
    return {
        "changed": plan.count(Difference.CHANGED),
        "emptied": plan.count(Difference.CLEARED),
        "conflicts": plan.count(Difference.CONFLICT),
        "new": len(plan.new_rows),
        "unchanged": plan.unchanged,
    }


def cell_values(record_id: str, change: CellChange, decisions: ReturnDecisions) -> dict[str, object]:
    """One cell that differs, for JSON."""
    return {
        "id": record_id or None,
        "field": change.field.name,
        "difference": change.difference.value,
        "here": change.here,
        "sheet": change.there,
        "taken": not record_id or decisions.takes(record_id, change),
    }
