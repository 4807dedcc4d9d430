"""Commands that take steps back and tell what happened."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from coi_desktop.cli.shared import json_option, reading, register_argument, write_json, writing
from coi_desktop.errors import Problem
from coi_desktop.i18n import _, current_language
from coi_desktop.models.changes import ChangeSet, step_label
from coi_desktop.models.dates import format_datetime
from coi_desktop.operations.history import StepStory, find_history, redo, undo
from coi_desktop.operations.lookup import find_initiative_id


def undo_command() -> click.Command:
    """``undo FILE``"""

    @click.command("undo", help=_("Take the last step back."))
    @register_argument()
    def undo_last(file: Path) -> None:
        with writing(file) as register:
            _tell(undo(register), _("There is nothing to undo."))

    return undo_last


def redo_command() -> click.Command:
    """``redo FILE``"""

    @click.command("redo", help=_("Do the step again that was last undone."))
    @register_argument()
    def redo_last(file: Path) -> None:
        with writing(file) as register:
            _tell(redo(register), _("There is nothing to redo."))

    return redo_last


def history_command() -> click.Command:
    """``history FILE [ID] [--json]``"""

    @click.command("history", help=_("What was done in the register, or to one initiative, newest first."))
    @register_argument()
    @click.argument("typed_id", metavar="[ID]", required=False)
    @json_option()
    def history(file: Path, typed_id: str | None, as_json: bool) -> None:
        with reading(file) as register:
            record_id = None if typed_id is None else find_initiative_id(register, typed_id)
            steps = find_history(register, record_id)
        if as_json:
            write_json([asdict(step) for step in steps])
            return
        for step in steps:
            _show(step)

    return history


def _tell(changes: ChangeSet | None, nothing: str) -> None:
    if changes is None:
        raise Problem(nothing, meaning=_("Nothing was changed."), code="nothing_to_do")
    click.echo(step_label(changes.op, changes.detail, changes.kind))


def _show(step: StepStory) -> None:
    undone = f" ({_('undone')})" if step.undone else ""
    click.echo(f"{step.revision:>6}  {format_datetime(step.at, current_language())}  {step.label}{undone}")
    for field in step.fields[:12]:
        click.echo(f"        {field.record} · {field.field}: {field.before or '–'} → {field.after or '–'}")
    if len(step.fields) > 12:
        click.echo("        " + _("… and {count} more").format(count=len(step.fields) - 12))


COMMANDS = {"undo": undo_command, "redo": redo_command, "history": history_command}
